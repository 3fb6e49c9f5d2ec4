//! `hosting_exit`: a rented server may be a relay for many.
//!
//! Speaks for it: another account leaves by it. Against: these two alone, seen there often.

use super::found::Found;
use super::lines::{Line, on_lines};
use super::pair::Pair;

/// Uses of each account from which being alone on a server says something.
const LEAST_USES: usize = 5;

pub(super) const COUNTS: &[&str] = &["uses_a", "uses_b", "others"];

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    let (raised, lines, sum) = on_lines(pair, code)?;
    let mut found = Found::new();
    found.count("uses_a", sum.uses_a);
    found.count("uses_b", sum.uses_b);
    found.count("others", sum.others);
    let often = sum.uses_a.min(sum.uses_b) >= LEAST_USES;
    found.judge(sum.others > 0, often && sum.others == 0);
    found.rest_on(lines.iter().flat_map(Line::rows));
    found.rest_on(raised.iter().map(|c| &c.id));
    Some(found)
}
