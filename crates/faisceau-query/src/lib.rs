//! SQL over the tables of a case.
//!
//! Comes in: the folder of the tables, small tables that the caller adds, and one statement. Goes
//! out: an [`Answer`], and it as a table for a terminal, CSV, JSON, JSON lines or Parquet. The crate
//! only reads, and only the files of that folder: every statement is parsed and held to what asks
//! ([`check`]), and the engine is built without the readers that SQL could call on a path.
//!
//! Refused: statements that change something, functions that read files, names that the case does
//! not have, and SQL that is too long or too deep. A panic inside polars, for odd SQL brings some
//! about, ends as [`QueryError::Engine`] that quotes it.
//!
//! The same tables and the same SQL give the same bytes on any number of threads: groups, distinct
//! rows and joins keep the order of their input, also where nobody asked for an order.

mod answer;
mod catalogue;
mod describe;
mod engine;
mod error;
mod nearest;
mod output;
mod scan;
mod screen;
mod session;
mod stable;
mod statement;
mod table;
mod value;
mod views;

pub use answer::{Answer, Limits};
pub use catalogue::{ColumnInfo, TableInfo, TableKind};
pub use error::QueryError;
pub use output::{Format, csv, json, json_lines, parquet};
pub use screen::{Screen, Style, screen};
pub use session::Session;
pub use statement::{MAX_BRACKETS, MAX_BYTES, MAX_DEPTH, MAX_TOKENS, check};
pub use table::{ExtraColumn, ExtraTable, REVIEWS};
pub use value::Value;
pub use views::View;
