//! `reassigned_address`: the operator gave the address to another subscriber in between.
//!
//! Speaks for it: one account, then the other, and a month or more between them. Against: the
//! accounts take turns on the address, which a change of subscriber does not make.

use super::found::Found;
use super::lines::Line;
use super::pair::Pair;

/// Seconds between the two accounts from which a change of subscriber is likely.
const LONG_S: i64 = 30 * 86_400;
/// Changes of the account seen from which they take turns: a, b, a, b.
const TURNS: usize = 3;

pub(super) const COUNTS: &[&str] = &["addresses", "undated", "gap_days", "changes"];

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    let raised = pair.raising(code);
    if raised.is_empty() {
        return None;
    }
    let lines = pair.case.lines.shared(pair, &raised);
    let mut found = Found::new();
    let seen: Vec<(Option<i64>, usize)> = lines.iter().map(Line::nearest_and_changes).collect();
    let gap = seen.iter().filter_map(|(gap, _)| *gap).min();
    let changes = seen.iter().map(|(_, changes)| *changes).max().unwrap_or(0);
    let undated = seen.iter().filter(|(gap, _)| gap.is_none()).count();
    found.count("addresses", lines.len());
    found.count("undated", undated);
    found.count_known("gap_days", gap.map(|s| s / 86_400));
    found.count("changes", changes);
    let long = gap.is_some_and(|s| s >= LONG_S);
    found.judge(long && changes < TURNS, changes >= TURNS);
    found.rest_on(lines.iter().flat_map(Line::rows));
    found.rest_on(raised.iter().map(|c| &c.id));
    Some(found)
}
