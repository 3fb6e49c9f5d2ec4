//! `common_schedule`: people of one country, age or trade are active at the same hours.
//! `common_audience`: followers of one source share what it posts, soon after it.
//!
//! Speaks for it: one other pair of the case in twenty is as near. Against: fewer than one in a
//! hundred, of a hundred at least.

use faisceau_model::Family;

use super::found::Found;
use super::pair::Pair;
use super::rank::Rank;

pub(super) const FAMILIES: &[Family] = &[Family::Time];
pub(super) const COUNTS: &[&str] = &["as_near", "pairs"];

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    ranked(pair, code)
}

/// The rank of the nearest comparison that carries the code.
pub(super) fn ranked(pair: &Pair<'_>, code: &str) -> Option<Found> {
    let raised = pair.raising(code);
    let own = !pair.case.same_group(&pair.link.a, &pair.link.b);
    let ranks = raised.iter().map(|c| (pair.case.ranks.rank(c, own), &c.id));
    // The rarest counts: where one signal sets the pair apart, the explanation does not reach it.
    let rarer = |x: &Rank, y: &Rank| (x.as_near * y.pairs).cmp(&(y.as_near * x.pairs));
    let (rank, _) = ranks.min_by(|(x, i), (y, j)| rarer(x, y).then_with(|| i.cmp(j)))?;
    let mut found = Found::new();
    found.count("as_near", rank.as_near);
    found.count("pairs", rank.pairs);
    found.judge(rank.common(), rank.rare());
    found.rest_on(raised.iter().map(|c| &c.id));
    Some(found)
}
