//! Corpora whose authors are known.
//!
//! In: CSV or JSON lines, plain or compressed with gzip or zstd, told apart by their first bytes.
//! Columns `author`, `timestamp_utc`, `text`, `lang`, and where there are any `split` (`A` before
//! the author's cut, `B` after it), `source` (the site) and `tz_offset_min`. Out: authors in the
//! order of their names with their posts in the order of time. A line that cannot be read is a
//! reject with its number and a reason; nothing is dropped silently.

mod gather;
mod limits;
mod lines;
mod open;
mod read;
mod reject;
mod row;

pub use limits::Limits;
pub use read::CorpusError;
pub use reject::{Reject, Rejects};

/// The side of an author's cut that a post is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Split {
    /// Before it.
    A,
    /// After it.
    B,
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CorpusPost {
    /// Seconds since the Unix epoch.
    pub at_s: i64,
    /// What was written.
    pub text: String,
    /// The side that the corpus puts it on, where it says so.
    pub split: Option<Split>,
}

/// One author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorpusAuthor {
    /// Pseudonym.
    pub name: String,
    /// Language of most posts.
    pub lang: String,
    /// Site of most posts; empty when the corpus names none.
    pub source: String,
    /// Median offset of the author's clock from UTC in minutes, where it is known.
    pub offset_min: Option<i64>,
    /// Posts in the order of time, then of text.
    pub posts: Vec<CorpusPost>,
}

/// Authors and what could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corpus {
    /// In the order of their names.
    pub authors: Vec<CorpusAuthor>,
    /// Records that were not taken.
    pub rejects: Rejects,
}

#[cfg(test)]
mod tests;
