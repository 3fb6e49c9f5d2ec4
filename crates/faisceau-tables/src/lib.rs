//! Tables on disk: any [`Row`](faisceau_model::table::Row) to Parquet, and back.
//!
//! In: slices of row structs. Out: one Parquet file a table, written to a temporary file and
//! renamed, with the same bytes for the same rows on any number of threads. The crate knows the
//! columns only through the row structs, knows no exhibit format, and is the first in the arrow
//! of crates that knows polars.
//!
//! A [`Moment`](faisceau_model::Moment) becomes three columns, `NAME_utc` (microseconds, UTC),
//! `NAME_prec` and `NAME_zone`. A missing value is null, and the column `absent` says why:
//! `port=not_recorded lang=not_exported`.

mod columns;
mod error;
mod finder;
mod footer;
mod index;
mod parquet;
mod reader;
mod rows;
mod schema_page;
mod value;
mod writer;

pub use error::TableError;
pub use finder::{Finder, Wanted};
pub use parquet::SCHEMA_VERSION;
pub use reader::{count, read, read_batches};
pub use schema_page::schema_page;
pub use value::{has_column, value};
pub use writer::{TableWriter, write};
