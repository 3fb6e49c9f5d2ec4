//! What can be wrong with a dataset.

/// A dataset that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DatasetError {
    /// The compressed bytes are damaged, or unpack to another size than the catalogue says.
    #[error("the dataset `{dataset}` does not unpack: {detail}")]
    Packed {
        /// The file.
        dataset: String,
        /// What was met.
        detail: String,
    },
    /// A line is not what its format says.
    #[error("the dataset `{dataset}` is not understood at line {line}: {detail}")]
    Line {
        /// The dataset.
        dataset: String,
        /// The line, from 1.
        line: usize,
        /// What was expected.
        detail: &'static str,
    },
    /// The licence of a database does not allow this use, or none is stated.
    #[error("the database `{dataset}` ({database_type}, built on {built}) is refused: {detail}")]
    Licence {
        /// The dataset.
        dataset: String,
        /// The type that its head states.
        database_type: String,
        /// The day it was built.
        built: String,
        /// Why, and on what basis.
        detail: String,
    },
    /// The dataset as a whole is not what its format says.
    #[error("the dataset `{dataset}` is not understood: {detail}")]
    Whole {
        /// The dataset.
        dataset: String,
        /// What was met.
        detail: String,
    },
}
