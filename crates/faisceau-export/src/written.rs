//! What an export has written.

/// A count of what one file holds. A file that holds nodes and edges has two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Name of the file in the folder of the export.
    pub file: String,
    /// What was counted: `nodes`, `edges`, `rows`…
    pub what: &'static str,
    /// How many.
    pub count: u64,
}
