//! How much of a corpus is read.

/// Limits of a corpus; what passes them is a reject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes after decompression.
    pub bytes: u64,
    /// Most bytes of a record, line ends inside quotes included.
    pub record: usize,
    /// Most authors.
    pub authors: usize,
    /// Most posts.
    pub posts: usize,
    /// Most rejects whose reason is kept; those beyond are counted.
    pub rejects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 4 << 30,
            record: 1 << 20,
            authors: 100_000,
            posts: 20_000_000,
            rejects: 10_000,
        }
    }
}
