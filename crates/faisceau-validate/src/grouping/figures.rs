//! Figures of a grouping whose truth is known.

use std::collections::BTreeMap;

use faisceau_model::rows::Link;
use faisceau_model::{AccountKey, Relation};

use super::accounts::Population;

/// What came of one population at one floor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grouped {
    /// The floor, log10 LR.
    pub floor: f64,
    /// Groups.
    pub groups: usize,
    /// Members of the largest.
    pub largest: usize,
    /// Pairs of accounts in one group.
    pub joined: usize,
    /// Those of one author.
    pub right: usize,
    /// Pairs of accounts of one author.
    pub true_pairs: usize,
    /// Groups with accounts of several authors.
    pub mixed: usize,
    /// Groups with a member who has no link of its own above the floor to half of the rest.
    pub chained: usize,
}

impl Grouped {
    /// The figures of groups.
    pub fn new(
        population: &Population,
        links: &[Link],
        groups: &[Vec<AccountKey>],
        floor: f64,
    ) -> Self {
        let lows = lows(links);
        let mut figures = Self {
            floor,
            groups: groups.len(),
            largest: groups.iter().map(Vec::len).max().unwrap_or(0),
            joined: 0,
            right: 0,
            true_pairs: population.true_pairs(),
            mixed: 0,
            chained: 0,
        };
        for members in groups {
            let joined = pairs(members).count();
            let right = pairs(members).filter(|(a, b)| population.same_hand(a, b)).count();
            figures.joined += joined;
            figures.right += right;
            figures.mixed += usize::from(right < joined);
            figures.chained += usize::from(chained(members, &lows, floor));
        }
        figures
    }

    /// Share of the joined pairs that are of one author; none without any.
    pub fn precision(&self) -> Option<f64> {
        (self.joined > 0).then(|| self.right as f64 / self.joined as f64)
    }

    /// Share of the pairs of one author that are joined; none without any.
    pub fn recall(&self) -> Option<f64> {
        (self.true_pairs > 0).then(|| self.right as f64 / self.true_pairs as f64)
    }
}

/// Two accounts of different authors in one group.
#[derive(Debug, Clone, PartialEq)]
pub struct WrongPair {
    /// The holders.
    pub holders: [String; 2],
    /// Total and its lower end, log10 LR; none where the two have no link.
    pub total: Option<(f64, f64)>,
    /// The families that were known, each with its log10 LR.
    pub families: Vec<(&'static str, f64)>,
}

/// The pairs that a grouping joined wrongly.
pub fn wrong_pairs(
    population: &Population,
    links: &[Link],
    groups: &[Vec<AccountKey>],
) -> Vec<WrongPair> {
    let by_pair = by_pair(links);
    let wrong = |(a, b): (&AccountKey, &AccountKey)| {
        let link = by_pair.get(&(a, b));
        let families = link.map(|link| {
            let all = [
                ("style", &link.style),
                ("time", &link.time),
                ("identifiers", &link.identifiers),
                ("objects", &link.objects),
            ];
            let known = |(name, lr): (&'static str, &faisceau_model::Maybe<f64>)| {
                lr.known().map(|lr| (name, *lr))
            };
            all.into_iter().filter_map(known).collect()
        });
        let holder = |account| population.holders.get(account).map(|(_, name)| name.clone());
        WrongPair {
            holders: [a, b].map(|account| holder(account).unwrap_or_default()),
            total: link.map(|link| (link.total, link.total_low)),
            families: families.unwrap_or_default(),
        }
    };
    let joined = groups.iter().flat_map(|members| pairs(members));
    joined.filter(|(a, b)| !population.same_hand(a, b)).map(wrong).collect()
}

type ByPair<'a> = BTreeMap<(&'a AccountKey, &'a AccountKey), &'a Link>;

fn by_pair(links: &[Link]) -> ByPair<'_> {
    let same = links.iter().filter(|link| link.relation == Relation::SameHand);
    same.map(|link| (ordered(&link.a, &link.b), link)).collect()
}

/// The lower ends of the links.
fn lows(links: &[Link]) -> BTreeMap<(&AccountKey, &AccountKey), f64> {
    by_pair(links).into_iter().map(|(pair, link)| (pair, link.total_low)).collect()
}

fn ordered<'a>(a: &'a AccountKey, b: &'a AccountKey) -> (&'a AccountKey, &'a AccountKey) {
    if a < b { (a, b) } else { (b, a) }
}

/// The pairs of members, who stand in order.
fn pairs(members: &[AccountKey]) -> impl Iterator<Item = (&AccountKey, &AccountKey)> {
    members.iter().enumerate().flat_map(|(n, a)| members[n + 1..].iter().map(move |b| (a, b)))
}

fn chained(
    members: &[AccountKey],
    lows: &BTreeMap<(&AccountKey, &AccountKey), f64>,
    floor: f64,
) -> bool {
    let direct = |one: &AccountKey| {
        let others = members.iter().filter(|other| *other != one);
        others.filter(|other| lows.get(&ordered(one, other)).is_some_and(|&l| l > floor)).count()
    };
    members.iter().any(|one| 2 * direct(one) < members.len() - 1)
}
