//! `vpn_exit`, `tor_exit`, `relay_exit`: all users of the service leave by the same addresses.
//!
//! Speaks for it: a dated list that has the address at the time of a use, or another account on
//! it. Against: the two accounts were also seen on a common home line. Such a line does not undo
//! the sharing; it makes it unneeded.

use faisceau_model::Listing;

use super::found::Found;
use super::lines::{Line, Use, on_lines};
use super::pair::Pair;

pub(super) const COUNTS: &[&str] =
    &["uses_a", "uses_b", "listed", "not_covered", "others", "common_lines"];

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    let (raised, lines, sum) = on_lines(pair, code)?;
    let said = |wanted: Listing| {
        let of = |used: &&Use<'_>| listing(code, used) == wanted;
        lines.iter().flat_map(|line| line.by_a.iter().chain(line.by_b)).filter(of).count()
    };
    let (listed, not_covered) = (said(Listing::Listed), said(Listing::NoData));
    let homes = pair.common_lines();
    let mut found = Found::new();
    found.count("uses_a", sum.uses_a);
    found.count("uses_b", sum.uses_b);
    found.count("listed", listed);
    found.count("not_covered", not_covered);
    found.count("others", sum.others);
    found.count("common_lines", homes.len());
    let against = !homes.is_empty();
    found.judge(!against && (listed > 0 || sum.others > 0), against);
    found.rest_on(homes.iter().map(|c| &c.id));
    found.rest_on(lines.iter().flat_map(Line::rows));
    found.rest_on(raised.iter().map(|c| &c.id));
    Some(found)
}

fn listing(code: &str, used: &Use<'_>) -> Listing {
    match code {
        "vpn_exit" => used.address.vpn,
        "tor_exit" => used.address.tor,
        _ => used.address.relay,
    }
}
