//! What would enlarge a group: the accounts nearest to it, and what keeps each out.

use std::collections::BTreeMap;

use super::contract::{Rule, Tie};
use super::evidence::{Evidence, Micro, log10};

/// Accounts that are named, at most.
const NAMED: usize = 3;

/// The accounts outside a group whose links lean to it, the nearest first, each with the first
/// guard that keeps it out: `veto=MEMBER`, `direct=HAS/NEEDS`, `floor=SHORT` (log10 LR a pair).
pub(super) fn would_join(members: &[usize], evidence: &Evidence<'_>, rule: Rule) -> Vec<String> {
    let mut outside: BTreeMap<usize, Micro> = BTreeMap::new();
    for &member in members {
        for (other, support) in evidence.around(member) {
            if members.binary_search(&other).is_err() {
                *outside.entry(other).or_insert(0) += support;
            }
        }
    }
    let mut nearest: Vec<(Micro, usize)> =
        outside.into_iter().filter(|(_, sum)| *sum > 0).map(|(other, sum)| (-sum, other)).collect();
    nearest.sort_unstable();
    nearest.truncate(NAMED);
    nearest.iter().map(|&(_, other)| kept_out(other, members, evidence, rule)).collect()
}

fn kept_out(other: usize, members: &[usize], evidence: &Evidence<'_>, rule: Rule) -> String {
    let name = evidence.names[other];
    let mut tie = Tie::default();
    for &member in members {
        let pair = (member.min(other), member.max(other));
        match rule.add(tie, evidence.support.get(&pair).copied().unwrap_or(0)) {
            Some(more) => tie = more,
            None => return format!("{name} veto={}", evidence.names[member]),
        }
    }
    let rest = members.len() as Micro;
    let needed = (rule.direct * rest + 999_999) / 1_000_000;
    if tie.direct < needed {
        return format!("{name} direct={}/{needed}", tie.direct);
    }
    // A member's guard may be what fails; then nothing is short on this side.
    let short = (rule.floor - tie.sum / rest.max(1)).max(0);
    format!("{name} floor={:.2}", log10(short))
}

#[cfg(test)]
mod tests {
    use super::super::contract::{ClusterSettings, identities};
    use crate::requests::planted::link;

    #[test]
    fn the_nearest_account_says_what_keeps_it_out() {
        let sure = |n, a: &str, b: &str, total| link(n, a, b, total, total);
        let mut links = vec![
            sure(1, "x:a", "x:b", 6.0),
            sure(2, "x:a", "x:c", 1.2),
            sure(3, "x:b", "x:c", 1.4),
            sure(4, "x:a", "x:d", 5.0),
            sure(5, "x:b", "x:d", -2.0),
            sure(6, "x:a", "x:e", -3.0),
        ];
        let found = identities(&links, &ClusterSettings::default());
        assert_eq!(found[0].would_join, ["x:d veto=x:b", "x:c direct=0/1"]);
        // One own link above the floor is half of the group; the mean is still short.
        links[1] = sure(2, "x:a", "x:c", 2.1);
        links[2] = sure(3, "x:b", "x:c", 0.5);
        let found = identities(&links, &ClusterSettings::default());
        assert_eq!(found[0].would_join, ["x:d veto=x:b", "x:c floor=0.70"]);
    }
}
