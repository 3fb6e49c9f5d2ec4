//! Why a page could not be read, or not to its end.

use faisceau_model::Place;

/// What is wrong with a page, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// Its text cannot be had.
    #[error("{detail}")]
    Broken {
        /// Where.
        place: Place,
        /// What was expected.
        detail: String,
    },
    /// A limit on nesting, on the number of nodes or on attributes.
    #[error("{detail}")]
    Limit {
        /// The last element before it.
        place: Place,
        /// The limit.
        detail: String,
    },
}

impl PageError {
    /// Where it is.
    pub fn place(&self) -> Place {
        match self {
            Self::Broken { place, .. } | Self::Limit { place, .. } => place.clone(),
        }
    }
}
