//! `same_household`: several people of one home use the line.
//!
//! Speaks for it: both accounts on the line in the same minute with different user agents, or
//! another account on it. Against: each seen there often, never in the same minute, with a common
//! user agent. One person may hold two devices, and two people one: neither decides. A device that
//! platforms tie to both accounts is counted; who holds it when, the rows do not say.

use super::found::Found;
use super::lines::on_lines;
use super::pair::Pair;

/// Uses of each account on the line below which its absence in a minute says nothing.
const LEAST_USES: usize = 5;

pub(super) const COUNTS: &[&str] = &[
    "lines",
    "devices",
    "uses_a",
    "uses_b",
    "same_minutes",
    "apart_minutes",
    "common_agents",
    "others",
];

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    let (raised, lines, sum) = on_lines(pair, code)?;
    let (mut same, mut apart) = (0, 0);
    for line in &lines {
        let (both, different) = line.same_minutes();
        same += both;
        apart += different;
    }
    let agents: Vec<bool> = lines.iter().filter_map(super::lines::Line::common_agent).collect();
    let mut found = Found::new();
    found.count("lines", lines.len());
    found.count("devices", raised.iter().filter(|c| c.access.known().is_none()).count());
    found.count("uses_a", sum.uses_a);
    found.count("uses_b", sum.uses_b);
    found.count("same_minutes", same);
    if !agents.is_empty() {
        found.count("apart_minutes", apart);
        found.count("common_agents", agents.iter().filter(|common| **common).count());
    }
    found.count("others", sum.others);
    let often = sum.uses_a.min(sum.uses_b) >= LEAST_USES;
    let one_device = agents.iter().any(|common| *common);
    found.judge(apart > 0 || sum.others > 0, often && same == 0 && one_device);
    found.rest_on(lines.iter().flat_map(super::lines::Line::rows));
    found.rest_on(raised.iter().map(|c| &c.id));
    Some(found)
}
