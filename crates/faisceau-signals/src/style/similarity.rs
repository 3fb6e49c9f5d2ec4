//! What a signal of style says of two documents before it is set against other people's.

use rayon::prelude::*;

/// How near the documents of one comparison are to each other. Higher is nearer; the scale is the
/// signal's own, for only the place among other authors counts.
pub(crate) trait Similarity: Sync {
    /// The similarity of document `x` with each of `others`.
    fn row(&self, x: usize, others: &[usize]) -> Vec<f64>;

    /// A row for each of `xs`, equal to what `row` gives, to the last bit. Signals that can do
    /// better than row by row do.
    fn block(&self, xs: &[usize], others: &[usize]) -> Vec<Vec<f64>> {
        xs.par_iter().map(|&x| self.row(x, others)).collect()
    }

    /// The similarity of `x` with `y`, and of `y` with `x`.
    fn both(&self, x: usize, y: usize) -> (f64, f64) {
        let one = |x, y| self.row(x, &[y]).first().copied().unwrap_or_default();
        (one(x, y), one(y, x))
    }

    /// The same measure, fitted to the same documents, without documents.
    fn emptied(&self) -> Box<dyn Similarity>;

    /// Adds documents behind those that are there. They change nothing in the measure.
    /// `documents` and `written` as for [`super::parts::Parts`].
    fn extend(&mut self, documents: &[Vec<&str>], written: &[Vec<&str>]);

    /// Leaves the first `count` documents.
    fn truncate(&mut self, count: usize);

    /// Least deviation of the rivals: where all write alike, small differences must not weigh.
    fn least_deviation(&self) -> f64 {
        0.0
    }

    /// What else may have brought two documents together, as a code; `declared`, that the posts of
    /// both name the same client.
    fn innocent(&self, _x: usize, _y: usize, _declared: bool) -> Option<&'static str> {
        None
    }
}
