//! How many other pairs of the case are at least as near under the same signal.
//!
//! In: all comparisons. Out: for one of them, its rank. Pairs inside one group are left out: they
//! are no sample of different persons.

use std::collections::BTreeMap;

use faisceau_model::rows::Comparison;

/// The scores of pairs by signal, in order.
#[derive(Debug)]
pub(super) struct Ranks<'a>(BTreeMap<&'a str, Vec<f64>>);

/// One comparison among the others of its signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rank {
    /// Other pairs with a score at least as high.
    pub(super) as_near: usize,
    /// Other pairs.
    pub(super) pairs: usize,
}

/// Pairs from which a rank says that nearness is rare.
const LEAST_PAIRS: usize = 100;

impl Rank {
    /// One pair in twenty is as near: nothing rare.
    pub(super) const fn common(self) -> bool {
        self.pairs > 0 && self.as_near * 20 >= self.pairs
    }

    /// Fewer than one pair in a hundred, of at least a hundred.
    pub(super) const fn rare(self) -> bool {
        self.pairs >= LEAST_PAIRS && self.as_near * 100 < self.pairs
    }
}

impl<'a> Ranks<'a> {
    pub(super) fn of(comparisons: &'a [Comparison], groups: &BTreeMap<&str, usize>) -> Self {
        let mut scores = BTreeMap::<&str, Vec<f64>>::new();
        for c in comparisons.iter().filter(|c| c.score.is_finite() && !grouped(c, groups)) {
            scores.entry(&c.signal).or_default().push(c.score);
        }
        for scores in scores.values_mut() {
            scores.sort_by(f64::total_cmp);
        }
        Self(scores)
    }

    /// The rank of a comparison; `own` tells whether it counts among the pairs itself.
    pub(super) fn rank(&self, c: &Comparison, own: bool) -> Rank {
        let scores = self.0.get(c.signal.as_str()).map(Vec::as_slice).unwrap_or_default();
        let below = scores.partition_point(|score| score.total_cmp(&c.score).is_lt());
        let own = usize::from(own && c.score.is_finite());
        Rank {
            as_near: (scores.len() - below).saturating_sub(own),
            pairs: scores.len().saturating_sub(own),
        }
    }
}

fn grouped(c: &Comparison, groups: &BTreeMap<&str, usize>) -> bool {
    let group = |key: &faisceau_model::AccountKey| groups.get(key.as_str());
    group(&c.a).is_some() && group(&c.a) == group(&c.b)
}
