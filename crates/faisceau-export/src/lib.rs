//! The graph and the tables in the formats that other tools read.
//!
//! Comes in: a [`Source`], which is the graph, the folder of the tables, what the journal says and
//! what was decided of links. Goes out: files in a folder that the caller puts in place. Refuses:
//! to decide, to leave out what was dismissed, and to let a text of the exhibits be anything but a
//! text in the format it goes to.

pub mod csv;
mod error;
mod format;
pub mod parquet;
mod plain;
mod source;
mod tabular;
pub mod timesketch;
mod written;
pub mod xlsx;

pub use error::ExportError;
pub use format::Format;
pub use plain::{Attributes, PlainEdge, PlainGraph, PlainNode, Value};
pub use source::{Act, CaseCard, Source};
pub use tabular::{CsvOptions, TableOptions};
pub use written::Written;

#[cfg(test)]
#[path = "../tests/planted/mod.rs"]
mod planted;
