//! `carrier_nat`: the operator puts many subscribers behind the address.
//!
//! Speaks for it: another account on the address, or ports of different parts where the operator
//! gives each line its part. Against: the same source port within minutes, or all ports of one
//! part. The kind of network alone is no more than the reason to look: operators share some of
//! their addresses (RFC 6888), not all.

use std::collections::BTreeSet;

use faisceau_model::Maybe;

use super::found::Found;
use super::lines::{Line, on_lines};
use super::pair::Pair;

/// Seconds in which a port that was set free is not given to another subscriber (RFC 6888 asks
/// for two minutes).
const SAME_PORT_S: i64 = 120;

pub(super) const COUNTS: &[&str] = &[
    "uses_a",
    "uses_b",
    "ports_a",
    "ports_b",
    "same_port",
    "shares_a",
    "shares_b",
    "shares_common",
    "others",
];

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    let (raised, lines, sum) = on_lines(pair, code)?;
    let same_port: usize = lines.iter().map(same_port).sum();
    let mut shares = [0_usize; 3];
    for line in &lines {
        let of = |uses: &[super::lines::Use<'_>]| -> BTreeSet<String> {
            uses.iter().filter_map(|used| used.share.map(str::to_owned)).collect()
        };
        let (a, b) = (of(line.by_a), of(line.by_b));
        if !a.is_empty() && !b.is_empty() {
            shares[0] += a.len();
            shares[1] += b.len();
            shares[2] += a.intersection(&b).count();
        }
    }
    let [shares_a, shares_b, common] = shares;
    let mut found = Found::new();
    found.count("uses_a", sum.uses_a);
    found.count("uses_b", sum.uses_b);
    found.count("ports_a", sum.ports_a);
    found.count("ports_b", sum.ports_b);
    found.count("same_port", same_port);
    if shares_a > 0 {
        found.count("shares_a", shares_a);
        found.count("shares_b", shares_b);
        found.count("shares_common", common);
    }
    found.count("others", sum.others);
    let one_part = common > 0 && common == shares_a && common == shares_b;
    found.judge(sum.others > 0 || (shares_a > 0 && common == 0), same_port > 0 || one_part);
    found.rest_on(lines.iter().flat_map(Line::rows));
    found.rest_on(raised.iter().map(|c| &c.id));
    Some(found)
}

/// Uses of one account that the other follows or precedes by the same port within two minutes.
fn same_port(line: &Line<'_>) -> usize {
    let mut ports: Vec<(i64, i64, bool)> = Vec::new();
    for (uses, first) in [(line.by_a, true), (line.by_b, false)] {
        for used in uses {
            if let (Maybe::Known(port), Some(at), Some(_)) =
                (used.address.port, used.at, used.minute)
            {
                ports.push((port, at, first));
            }
        }
    }
    ports.sort_unstable();
    let near =
        |((port, at, first), (other, after, second)): &((i64, i64, bool), (i64, i64, bool))| {
            port == other && first != second && after - at <= SAME_PORT_S
        };
    ports.iter().copied().zip(ports.iter().copied().skip(1)).filter(|two| near(two)).count()
}
