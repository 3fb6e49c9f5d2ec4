//! `foreign_population`, `small_population`: the texts of comparison are few, or from elsewhere.
//!
//! If habits of the place pass for habits of a person, other pairs of the place are as near.
//! Speaks for it: one other pair of the case in twenty is. Against: fewer than one in a hundred,
//! of a hundred at least.

use faisceau_model::Family;

use super::common_schedule::ranked;
use super::found::Found;
use super::pair::Pair;

pub(super) const FAMILIES: &[Family] = &[Family::Style];
pub(super) const COUNTS: &[&str] = super::common_schedule::COUNTS;

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    ranked(pair, code)
}
