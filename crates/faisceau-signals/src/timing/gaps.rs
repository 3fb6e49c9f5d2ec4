//! Gaps between one account's posts, in cells.
//!
//! In: minutes since the Unix epoch at which an account posted. Out: how many gaps fall in each
//! cell, from none (several posts in one minute) to more than an hour. Longer gaps are one cell:
//! their length follows from how active an account is in that month, not from a habit. Refused: a
//! time that is not precise to the minute.

use crate::dirichlet::log_probability;

/// Longest gap of each cell but the last, in minutes.
const EDGES: [i64; 8] = [0, 1, 2, 4, 8, 15, 30, 60];
/// Cells.
const CELLS: usize = EDGES.len() + 1;
/// Strength of the prior, in gaps; chosen on the development corpora.
const CONCENTRATION: f64 = 30.0;
/// Most gaps that one account brings to the population.
const MOST_GAPS: f64 = 100.0;
/// Gaps in each cell that the population starts from, so that no cell is impossible.
const FLAT: f64 = 0.5;

/// The gaps of one account.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Gaps {
    counts: [f64; CELLS],
    count: usize,
}

impl Gaps {
    /// Counts the gaps between minutes in ascending order.
    pub(crate) fn new(minutes: &[i64]) -> Self {
        let mut gaps = Self::default();
        for (before, after) in minutes.iter().zip(minutes.iter().skip(1)) {
            // The last cell has no longest gap, so that every gap has a cell.
            let cell = EDGES.partition_point(|&edge| edge < after.saturating_sub(*before));
            if let Some(count) = gaps.counts.get_mut(cell) {
                *count += 1.0;
                gaps.count += 1;
            }
        }
        gaps
    }

    /// Number of gaps.
    pub(crate) fn count(&self) -> usize {
        self.count
    }
}

/// What is expected of an account of a platform before its gaps are seen.
#[derive(Debug, Clone)]
pub(crate) struct GapPrior([f64; CELLS]);

impl GapPrior {
    /// The prior around a population; an account with many gaps counts as much as the others.
    /// The sums do not depend on rounding for a fixed order: give accounts in the order of keys.
    pub(crate) fn of<'a>(population: impl Iterator<Item = &'a Gaps>) -> Self {
        let mut sums = [FLAT; CELLS];
        for gaps in population {
            let weight = (MOST_GAPS / gaps.count.max(1) as f64).min(1.0);
            sums.iter_mut().zip(&gaps.counts).for_each(|(sum, count)| *sum += weight * count);
        }
        let total: f64 = sums.iter().sum();
        Self(sums.map(|sum| CONCENTRATION * sum / total))
    }

    /// ln of the probability of an account's gaps.
    pub(crate) fn alone(&self, gaps: &Gaps) -> f64 {
        log_probability(gaps.counts.iter().copied(), &self.0)
    }

    /// ln of the ratio between the probability of both under one habit and under two. `alone` as
    /// the function gives it.
    pub(crate) fn score(&self, (a, alone_a): (&Gaps, f64), (b, alone_b): (&Gaps, f64)) -> f64 {
        let both = a.counts.iter().zip(&b.counts).map(|(x, y)| x + y);
        log_probability(both, &self.0) - alone_a - alone_b
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_gap_falls_in_the_cell_that_holds_it() {
        let gaps = Gaps::new(&[0, 0, 1, 3, 7, 16, 77, 10_000]);
        assert_eq!(gaps.counts, [1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 2.0]);
        assert_eq!(gaps.count(), 7);
        assert_eq!(Gaps::new(&[5]), Gaps::default());
    }

    #[test]
    fn bursts_resemble_bursts() {
        let burst: Vec<i64> = (0..40).map(|n| n / 4 * 300 + n % 4).collect();
        let slow: Vec<i64> = (0..40).map(|n| n * 45).collect();
        let (burst, slow) = (Gaps::new(&burst), Gaps::new(&slow));
        let prior = GapPrior::of([&burst, &slow].into_iter());
        let score = |a, b| prior.score((a, prior.alone(a)), (b, prior.alone(b)));
        assert!(score(&burst, &burst) > 1.0);
        assert!(score(&burst, &slow) < -1.0);
        assert_eq!(score(&burst, &Gaps::default()), 0.0);
    }

    proptest! {
        #[test]
        fn any_minutes_have_a_finite_and_symmetric_score(
            mut a in prop::collection::vec(any::<i64>(), 0..60),
            mut b in prop::collection::vec(-500_i64..500, 0..60),
        ) {
            a.sort_unstable();
            b.sort_unstable();
            let (a, b) = (Gaps::new(&a), Gaps::new(&b));
            let prior = GapPrior::of([&a, &b].into_iter());
            let one = prior.score((&a, prior.alone(&a)), (&b, prior.alone(&b)));
            let other = prior.score((&b, prior.alone(&b)), (&a, prior.alone(&a)));
            prop_assert!(one.is_finite());
            prop_assert!((one - other).abs() < 1e-9);
        }
    }
}
