//! What can go wrong on the way out.

use std::io;
use std::path::PathBuf;

use faisceau_tables::TableError;

/// An export that could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The file system refused.
    #[error("cannot write `{}`", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A table could not be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The case holds more than the format takes.
    #[error("{format} takes no more than {most} {what}, the case has {found}")]
    TooMany {
        /// The format.
        format: &'static str,
        /// What there is too much of.
        what: &'static str,
        /// What it takes.
        most: usize,
        /// What there is.
        found: usize,
    },
    /// The layer below the format refused.
    #[error("{format}: {message}")]
    Writer {
        /// The format.
        format: &'static str,
        /// What it said.
        message: String,
    },
}
