//! What was decided of links, as a table of its own.

use faisceau_model::Review;

use super::entries::Entry;

/// The name of the table.
pub(crate) const REVIEWS: &str = "reviews";

/// Its columns.
pub(crate) fn review_columns() -> Vec<String> {
    ["a", "b", "decision", "because", "who", "at", "seq", "earlier"].map(str::to_owned).to_vec()
}

/// A decision as a row.
pub(crate) fn review_entries(review: &Review) -> Vec<Entry<'_>> {
    vec![
        Entry::text(review.a.as_str()),
        Entry::text(review.b.as_str()),
        Entry::text(review.decision.as_str()),
        Entry::text(&review.because),
        Entry::text(&review.who),
        Entry::text(&review.at),
        Entry::Int(review.seq as i64),
        Entry::Int(review.earlier as i64),
    ]
}
