//! `shared_site`: a school, a company or a public access sends all its users out by one address.
//!
//! Speaks for it: the investigator's own ranges name the site, or another account is on the
//! address. Against: the two accounts also share a home line.

use super::found::Found;
use super::lines::{Line, on_lines};
use super::pair::Pair;

pub(super) const COUNTS: &[&str] = &["uses_a", "uses_b", "declared", "others", "common_lines"];

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    let (raised, lines, sum) = on_lines(pair, code)?;
    let declared = lines
        .iter()
        .flat_map(|line| line.by_a.iter().chain(line.by_b))
        .filter(|used| used.address.access_basis.starts_with("overlay:"))
        .count();
    let homes = pair.common_lines();
    let mut found = Found::new();
    found.count("uses_a", sum.uses_a);
    found.count("uses_b", sum.uses_b);
    found.count("declared", declared);
    found.count("others", sum.others);
    found.count("common_lines", homes.len());
    let against = !homes.is_empty();
    found.judge(!against && (declared > 0 || sum.others > 0), against);
    found.rest_on(homes.iter().map(|c| &c.id));
    found.rest_on(lines.iter().flat_map(Line::rows));
    found.rest_on(raised.iter().map(|c| &c.id));
    Some(found)
}
