//! The graph and the tables in the formats that other tools read.
//!
//! Comes in: a [`Source`], which is the graph, the folder of the tables, what the journal says and
//! what was decided of links. Goes out: files in a folder that the caller puts in place. Refuses:
//! to decide, to leave out what was dismissed, and to let a text of the exhibits be anything but a
//! text in the format it goes to.

mod attributes;
mod case_uco;
pub mod csv;
mod error;
mod examined;
mod export;
mod format;
mod ftm;
mod gexf;
mod graphml;
mod graphology;
mod instants;
mod joined;
mod json;
mod layout;
pub mod parquet;
mod plain;
mod source;
mod stix;
mod style;
mod tabular;
mod time;
pub mod timesketch;
mod uuid5;
mod visible;
mod weighed;
mod written;
pub mod xlsx;
mod xml;

pub use error::ExportError;
pub use export::{Options, export, export_with};
pub use format::Format;
pub use plain::{Attributes, PlainEdge, PlainGraph, PlainNode, Value};
pub use source::{Act, CaseCard, Source};
pub use style::{LEGEND, Style, style};
pub use tabular::{CsvOptions, TableOptions};
pub use weighed::propositions;
pub use written::{Exported, Written};

#[cfg(test)]
#[path = "../tests/planted/mod.rs"]
mod planted;
