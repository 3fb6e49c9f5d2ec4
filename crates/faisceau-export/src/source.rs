//! What an export is made from.

use std::path::Path;

use faisceau_model::Review;
use serde_json::{Map, Value};

use crate::plain::PlainGraph;
use crate::style::legend;

/// All that an export may read.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The case.
    pub case: &'a CaseCard,
    /// The folder of the tables.
    pub tables: &'a Path,
    /// The graph, made of them.
    pub graph: &'a PlainGraph,
    /// The last decision on each pair that was reviewed, in the order of the pairs.
    pub reviews: &'a [Review],
    /// The journal, in order.
    pub acts: &'a [Act],
}

/// What identifies the case and what its tables were made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseCard {
    /// Its title, as its owner wrote it.
    pub title: String,
    /// The day at which it is drawn up, ISO 8601.
    pub as_of: String,
    /// Version of the program.
    pub tool: String,
    /// SHA-256 over the exhibits.
    pub exhibits_sha256: String,
    /// SHA-256 over the tables.
    pub tables_sha256: String,
}

impl CaseCard {
    /// What a graph says of the case as a whole, by name, with the legend of its drawing.
    pub(crate) fn about(&self) -> [(&'static str, String); 6] {
        [
            ("title", self.title.clone()),
            ("as_of", self.as_of.clone()),
            ("tool", self.tool.clone()),
            ("exhibits_sha256", self.exhibits_sha256.clone()),
            ("tables_sha256", self.tables_sha256.clone()),
            ("legend", legend()),
        ]
    }
}

/// A line of the journal.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// Its number, from 1.
    pub seq: u64,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// Who.
    pub who: String,
    /// What was done, one word.
    pub act: String,
    /// What else it says.
    pub fields: Map<String, Value>,
    /// Hash of the line.
    pub hash: String,
}
