//! `selected_pair`: among many pairs, some are near by chance.
//!
//! Of pairs of different persons at most one in LR reaches a likelihood ratio of LR (Markov's
//! inequality; Good, 1950). So pairs compared / LR bounds how many such pairs the search brings. Speaks for
//! chance: the bound is one pair or more, with the low end of the interval. Against: a hundredth.

use faisceau_model::Relation;

use super::found::Found;
use super::pair::Pair;

pub(super) const COUNTS: &[&str] = &["pairs_compared", "per_thousand"];

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    let link = pair.link;
    let wanted = pair.favours("H1") && link.relation == Relation::SameHand;
    if !pair.raises(code) && !wanted {
        return None;
    }
    let mut found = Found::new();
    found.count("pairs_compared", link.pairs_compared);
    if link.total_low.is_finite() && link.pairs_compared > 0 {
        let expected = libm::log10(link.pairs_compared as f64) - link.total_low;
        // Beyond a million the figure says no more.
        let bound = libm::exp10((expected + 3.0).min(9.0));
        found.count("per_thousand", bound.ceil() as i64);
        found.judge(expected >= 0.0, expected <= -2.0);
    }
    found.rest_on([&link.id]);
    Some(found)
}
