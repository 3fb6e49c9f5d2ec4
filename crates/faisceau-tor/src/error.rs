//! Why a document or an index cannot be read.

use std::io;

/// Why a document was refused as a whole.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Its first lines are of no kind that is read here.
    #[error("line {line}: not a document of the Tor network that is read here")]
    Unknown {
        /// Line, from 1.
        line: usize,
    },
    /// A line that the kind of document must have is missing or bad.
    #[error("line {line}: `{keyword}` is missing or cannot be read")]
    Field {
        /// Line from 1, or 0 where the line is missing.
        line: usize,
        /// The keyword.
        keyword: &'static str,
    },
    /// It is larger than the limit.
    #[error("more than {limit} {what}")]
    TooLarge {
        /// The limit.
        limit: u64,
        /// Of what.
        what: &'static str,
    },
    /// It could not be read or unpacked.
    #[error("failed to read: {0}")]
    Read(#[from] io::Error),
}

/// Why bytes are not an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadIndex {
    /// The first bytes are others.
    #[error("not an index of Tor documents")]
    Magic,
    /// Another version of the layout.
    #[error("version {0} of the layout is not read here")]
    Version(u32),
    /// The checksum is not that of the content.
    #[error("the content does not have its SHA-256")]
    Checksum,
    /// It ends too early, or has bytes after its end.
    #[error("byte {0}: the content has another length than it says")]
    Length(usize),
    /// A number points outside its table, or a table is out of order.
    #[error("byte {0}: {1}")]
    Content(usize, &'static str),
}
