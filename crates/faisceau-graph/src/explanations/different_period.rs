//! `different_period`: the accounts were not active at the same time, and habits change.
//!
//! Explains why one person looks like two, and why hours compare badly. Speaks for it: half a year
//! between the end of one and the start of the other. Against: a common period of a month or more.

use faisceau_model::Family;

use super::found::Found;
use super::pair::Pair;

const DAY_S: i64 = 86_400;
/// Days between two periods of activity from which habits may have changed.
const FAR_APART_DAYS: i64 = 180;
/// Days of a common period from which the two compare well.
const COMMON_DAYS: i64 = 30;

pub(super) const FAMILIES: &[Family] = &[Family::Style, Family::Time];
pub(super) const COUNTS: &[&str] = &["gap_days", "common_days"];

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    let far = pair.leans_far(Family::Style) || pair.leans_far(Family::Time);
    let concerned = pair.raises(code) || (pair.favours("H2") && far);
    if !concerned {
        return None;
    }
    let mut found = Found::new();
    if let (Some((from_a, to_a)), Some((from_b, to_b))) = (pair.a.period, pair.b.period) {
        let common = to_a.min(to_b) - from_a.max(from_b);
        let gap = (-common).max(0) / DAY_S;
        let common = common.max(0) / DAY_S;
        found.count("gap_days", gap);
        found.count("common_days", common);
        found.judge(gap > FAR_APART_DAYS, common >= COMMON_DAYS);
    }
    found.rest_on(pair.posts_of_both());
    Some(found)
}
