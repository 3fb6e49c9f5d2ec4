//! `unknown_access`: nothing says how many people used the address.
//!
//! Speaks for sharing: another account on it. The rows never speak against it.

use super::found::Found;
use super::lines::{Line, on_lines};
use super::pair::Pair;

pub(super) const COUNTS: &[&str] = &["uses_a", "uses_b", "ports_a", "ports_b", "others"];

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    let (raised, lines, sum) = on_lines(pair, code)?;
    let mut found = Found::new();
    found.count("uses_a", sum.uses_a);
    found.count("uses_b", sum.uses_b);
    found.count("ports_a", sum.ports_a);
    found.count("ports_b", sum.ports_b);
    found.count("others", sum.others);
    found.judge(sum.others > 0, false);
    found.rest_on(lines.iter().flat_map(Line::rows));
    found.rest_on(raised.iter().map(|c| &c.id));
    Some(found)
}
