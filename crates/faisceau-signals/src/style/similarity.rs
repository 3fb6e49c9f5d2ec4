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

    /// Least deviation of the rivals: where all write alike, small differences must not weigh.
    fn least_deviation(&self) -> f64 {
        0.0
    }
}
