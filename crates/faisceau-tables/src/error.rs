//! What can go wrong between rows and files.

use std::path::PathBuf;

use faisceau_model::table::FieldError;

/// A table that could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file system refused.
    #[error("cannot {action} `{}`", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// On which file.
        path: PathBuf,
        /// Why it failed.
        source: std::io::Error,
    },
    /// The Parquet layer refused.
    #[error("table `{table}`: {message}")]
    Parquet {
        /// The table.
        table: &'static str,
        /// What polars said.
        message: String,
    },
    /// A cell does not fit its column: the file was written by another version or altered.
    #[error("table `{table}`, column `{column}`: {source}")]
    Cell {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// What does not fit.
        source: FieldError,
    },
    /// A column is not in the file.
    #[error("table `{table}` has no column `{column}`; run `faisceau run` again")]
    Column {
        /// The table.
        table: &'static str,
        /// The column.
        column: String,
    },
}

impl TableError {
    pub(crate) fn parquet(table: &'static str, error: &impl std::fmt::Display) -> Self {
        Self::Parquet { table, message: error.to_string() }
    }
}
