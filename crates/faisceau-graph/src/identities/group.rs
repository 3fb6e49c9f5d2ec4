//! What is said of a group: weakest link, cohesion, what would split it.

use std::collections::BTreeMap;

use faisceau_model::rows::{Identity, Link};
use faisceau_model::{Maybe, RowId};

use super::contract::{Rule, Tie};
use super::evidence::{Evidence, Micro, log10, micro, support};
use super::joining::would_join;

/// Describes a group. `None` for a group without a link, which the guards do not let be.
///
/// Codes of `would_split`, in this order:
/// - `unlinked_pair`: two members were never compared, or had too little material;
/// - `leaning_pair`: two members lean to H2, less than the veto;
/// - `one_link`: one of the links alone, if refuted, splits the group;
/// - `without_style`, `without_time`, `without_network`, `without_media`, `without_identifiers`,
///   `without_objects`: the group rests on that family: without it, the guards no longer hold;
/// - `innocent_open`: an innocent explanation applies to a link of the group.
pub(super) fn describe(members: &[usize], evidence: &Evidence<'_>, rule: Rule) -> Option<Identity> {
    let inside = inside(members, evidence);
    let weakest = inside
        .iter()
        .map(|(_, link)| *link)
        .min_by(|x, y| x.total.total_cmp(&y.total).then_with(|| x.id.cmp(&y.id)))?;
    Some(Identity {
        id: RowId::derived("idt", 0),
        members: names(&inside),
        weakest_link: weakest.id.clone(),
        weakest: weakest.total,
        cohesion: log10(cohesion(members, evidence)),
        would_split: would_split(members, &inside, rule),
        would_join: would_join(members, evidence, rule),
        rows: inside.iter().map(|(_, link)| link.id.to_string()).collect(),
    })
}

type FamilyLr = fn(&Link) -> &Maybe<f64>;

type Inside<'a> = Vec<((usize, usize), &'a Link)>;

fn inside<'a>(members: &[usize], evidence: &Evidence<'a>) -> Inside<'a> {
    pairs(members).filter_map(|pair| evidence.links.get(&pair).map(|link| (pair, *link))).collect()
}

fn pairs(members: &[usize]) -> impl Iterator<Item = (usize, usize)> + '_ {
    members.iter().enumerate().flat_map(|(n, &a)| members[n + 1..].iter().map(move |&b| (a, b)))
}

fn names(inside: &Inside<'_>) -> Vec<String> {
    let ends = inside.iter().flat_map(|(_, link)| [&link.a, &link.b]);
    let sorted: std::collections::BTreeSet<_> = ends.collect();
    sorted.into_iter().map(ToString::to_string).collect()
}

/// The lowest mean total of one member's links to the rest; a missing link counts as 0.
fn cohesion(members: &[usize], evidence: &Evidence<'_>) -> Micro {
    let total = |a: usize, b: usize| {
        evidence.links.get(&(a.min(b), a.max(b))).map_or(0, |link| micro(link.total))
    };
    let rest = members.len().saturating_sub(1).max(1) as Micro;
    let mean = |&one: &usize| {
        members.iter().filter(|&&other| other != one).map(|&other| total(one, other)).sum::<Micro>()
            / rest
    };
    members.iter().map(mean).min().unwrap_or(0)
}

fn would_split(members: &[usize], inside: &Inside<'_>, rule: Rule) -> Vec<String> {
    let own = |link: &Link| support(link.total, link.total_low, link.total_high);
    let find = |a, b| {
        let found = inside.binary_search_by_key(&(a, b), |(pair, _)| *pair);
        found.ok().map(|at| inside[at].1)
    };
    let mut codes: Vec<&str> = Vec::new();
    if inside.len() < pairs(members).count() {
        codes.push("unlinked_pair");
    }
    if inside.iter().any(|(_, link)| own(link) < 0) {
        codes.push("leaning_pair");
    }
    if refuted_splits(members, inside, rule) {
        codes.push("one_link");
    }
    let families: [(&str, FamilyLr); 6] = [
        ("without_style", |link| &link.style),
        ("without_time", |link| &link.time),
        ("without_network", |link| &link.network),
        ("without_media", |link| &link.media),
        ("without_identifiers", |link| &link.identifiers),
        ("without_objects", |link| &link.objects),
    ];
    for (code, family) in families {
        if !rule.holds(members, |a, b| find(a, b).map_or(0, |link| without(link, family(link)))) {
            codes.push(code);
        }
    }
    if inside.iter().any(|(_, link)| !link.innocent.is_empty()) {
        codes.push("innocent_open");
    }
    codes.into_iter().map(str::to_owned).collect()
}

/// Whether one link alone, if refuted, splits the group. It concerns its two ends alone.
fn refuted_splits(members: &[usize], inside: &Inside<'_>, rule: Rule) -> bool {
    let own = |link: &Link| support(link.total, link.total_low, link.total_high);
    let mut ties: BTreeMap<usize, Tie> = BTreeMap::new();
    for ((a, b), link) in inside {
        for end in [a, b] {
            let tie = ties.entry(*end).or_default();
            *tie = rule.add(*tie, own(link)).unwrap_or(*tie);
        }
    }
    let weaker = |tie: Tie, s: Micro| Tie {
        sum: tie.sum - s.max(0),
        direct: tie.direct - Micro::from(s > rule.floor),
    };
    inside.iter().any(|((a, b), link)| {
        let s = own(link);
        [a, b].iter().any(|end| !rule.enough(weaker(ties[end], s), members.len()))
    })
}

/// The support left when the LR of a family is taken away; a family that speaks against the group
/// is not taken away.
fn without(link: &Link, family: &Maybe<f64>) -> Micro {
    let gone = family.known().map_or(0.0, |lr| lr.max(0.0));
    support(link.total - gone, link.total_low - gone, link.total_high - gone)
}

#[cfg(test)]
mod tests {
    use faisceau_model::Maybe;

    use super::super::contract::{ClusterSettings, identities};
    use crate::requests::planted::link;

    #[test]
    fn a_group_says_what_would_split_it() {
        let mut ab = link(1, "x:a", "x:b", 4.0, 3.0);
        ab.network = Maybe::Known(3.0);
        ab.style = Maybe::Known(0.5);
        ab.innocent = vec!["shared_line".into()];
        let found = identities(&[ab.clone()], &ClusterSettings::default());
        assert_eq!(
            found[0].would_split,
            ["one_link", "without_network", "innocent_open"].map(String::from)
        );
        // Style adds 0.5 of what the interval cannot take back: without it 1.9 is left.
        ab.total_low = 2.4;
        let found = identities(&[ab], &ClusterSettings::default());
        assert!(found[0].would_split.contains(&"without_style".to_owned()));
    }

    #[test]
    fn the_weakest_link_and_the_cohesion_are_those_of_the_totals() {
        let links = [
            link(1, "x:a", "x:b", 5.0, 5.0),
            link(2, "x:a", "x:c", 5.5, 5.5),
            link(3, "x:b", "x:c", -0.4, -0.5),
        ];
        let found = identities(&links, &ClusterSettings::default());
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].weakest_link.as_str(), found[0].weakest), ("lnk:3", -0.4));
        assert_eq!(found[0].cohesion, 2.3);
        assert_eq!(found[0].members, ["x:a", "x:b", "x:c"].map(String::from));
        assert!(found[0].would_split.contains(&"one_link".to_owned()));
    }

    #[test]
    fn four_accounts_that_all_agree_survive_the_loss_of_any_link() {
        let mut links = Vec::new();
        for (n, (a, b)) in [(1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4)].into_iter().enumerate()
        {
            links.push(link(n + 1, &format!("x:{a}"), &format!("x:{b}"), 6.0, 6.0));
        }
        let found = identities(&links, &ClusterSettings::default());
        assert_eq!(found.len(), 1);
        assert!(found[0].would_split.is_empty(), "{:?}", found[0].would_split);
        assert_eq!(found[0].rows.len(), 6);
    }
}
