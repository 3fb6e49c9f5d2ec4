//! What a dataset says of an address at an instant.
//!
//! Texts are lent, not shared out: threads that count references to one text wait for each other.

use std::sync::Arc;

use faisceau_model::{Listing, Maybe};

/// A value that a dataset gives for an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict<'a, T> {
    /// The value, or why there is none.
    pub value: Maybe<T>,
    /// The dataset that answered, `id@date`.
    pub source: &'a Arc<str>,
    /// Whole days between the date of the dataset and the event, either way; missing for the
    /// reason for which the time of the event is missing.
    pub days: Maybe<i64>,
}

/// Whether a list has an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListVerdict<'a> {
    /// The answer.
    pub listing: Listing,
    /// The list that answered, `id@date`.
    pub source: &'a Arc<str>,
    /// Whole days between the event and the nearest date that the list covers, either way.
    pub days: Maybe<i64>,
    /// Where the list says that the users of the range are.
    pub region: Option<&'a Arc<str>>,
}
