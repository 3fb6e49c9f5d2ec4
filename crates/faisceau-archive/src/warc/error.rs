//! What is wrong with a WARC file.

use super::reader::Place;

/// Why the bytes of a file cannot be read on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// A gzip member that breaks off or has a wrong check sum.
    #[error("the gzip member is damaged: {0}")]
    Gzip(String),
    /// Bytes between gzip members.
    #[error("what follows the gzip member is none")]
    NoMember,
    /// A gzip member that grows out of all proportion: a decompression bomb.
    #[error("the gzip member gives more than {0} times the bytes stored")]
    Ratio(u64),
    /// More bytes than are read.
    #[error("more than {0} bytes in all: the rest is not read")]
    Total(u64),
}

/// Why a record cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BrokenRecord {
    /// No record begins here.
    #[error("no WARC record begins here; {skipped} bytes were passed over")]
    NoRecord {
        /// Bytes to the next record, decompressed.
        skipped: u64,
    },
    /// A head without end, or beyond the limit.
    #[error("the head of the record does not end within {limit} bytes")]
    Head {
        /// Bytes.
        limit: usize,
    },
    /// The length of the block is missing, no number, or stated twice.
    #[error("the record states no length that can be read: {0}")]
    Length(String),
    /// A block beyond the limit; it was passed over.
    #[error("the block has {stated} bytes, more than {limit}: it was not read")]
    TooLong {
        /// Bytes, as the record states.
        stated: u64,
        /// Bytes.
        limit: u64,
    },
    /// The file or the gzip member ends in the record.
    #[error("the record is cut: {have} bytes of its block came, {want} are stated")]
    Cut {
        /// Bytes.
        have: u64,
        /// Bytes, as the record states. Nothing where the head is cut.
        want: u64,
    },
    /// The bytes cannot be read on.
    #[error("{0}")]
    Damage(#[from] Damage),
}

/// A broken record at its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at byte {}: {why}", place.at)]
pub struct Broken {
    /// Where it begins.
    pub place: Place,
    /// Why.
    pub why: BrokenRecord,
}

/// What is wrong with a record that was read all the same.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordFlaw {
    /// A version other than 1.0 and 1.1.
    #[error("the version of the record is `{0}`, which is read as 1.1")]
    Version(String),
    /// A field that every record must have.
    #[error("the field {0} is missing")]
    Missing(&'static str),
    /// Lines of the head that are no fields.
    #[error("{0} lines of the head are no fields and were left out")]
    Lines(usize),
    /// What follows the block is not the two empty lines that must.
    #[error("the two empty lines after the block are missing: its length may be wrong")]
    End,
    /// The block was read, and the gzip member is damaged behind it.
    #[error("{0}")]
    Damage(Damage),
}
