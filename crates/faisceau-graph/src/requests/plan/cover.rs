//! The cheapest choice of sets that covers everything that can be covered.
//!
//! In: sets of units with their costs. Out: the chosen sets, whether no cheaper choice exists, and
//! how few sets any choice needs at least. Weighted set cover is NP-hard: a part whose units hang
//! together is solved exactly by branch and bound within a fixed number of steps; beyond, the
//! greedy choice stands, which takes at most `H(k) = 1 + 1/2 + … + 1/k` times as many sets as the
//! fewest, `k` being the most units that one set covers (Chvátal, 1979).

use std::collections::{BTreeMap, BTreeSet};

/// Steps of the search in one part.
const STEPS: u64 = 200_000;

/// What a set costs, compared part by part: how many sets, how far their answers fall short, third
/// parties touched, how early their data lapse.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cost(pub(super) [u64; 4]);

impl std::ops::Add for Cost {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(std::array::from_fn(|n| self.0[n].saturating_add(other.0[n])))
    }
}

/// A set that may be chosen.
#[derive(Debug, Clone)]
pub(super) struct Set {
    /// The units that it covers.
    pub(super) covers: BTreeSet<usize>,
    /// Its cost; the first part is 1.
    pub(super) cost: Cost,
}

/// The choice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cover {
    /// The sets, in their order.
    pub(super) chosen: Vec<usize>,
    /// Whether no choice of fewer sets, nor a cheaper one of as many, covers as much.
    pub(super) exact: bool,
    /// Sets that any choice needs at least.
    pub(super) at_least: usize,
}

/// Covers every unit that some set covers.
pub(super) fn cover(sets: &[Set]) -> Cover {
    let useful = undominated(sets);
    let mut cover = Cover { exact: true, ..Cover::default() };
    for part in parts(sets, &useful) {
        let units: BTreeSet<usize> =
            part.iter().flat_map(|&n| sets[n].covers.iter().copied()).collect();
        let greedy = greedy(sets, &part, &units);
        let most = part.iter().map(|&n| sets[n].covers.len()).max().unwrap_or(1).max(1);
        let mut search =
            Search { sets, by_unit: by_unit(sets, &part), most, best: greedy, steps: 0 };
        let mut open = units.clone();
        search.branch(&mut Vec::new(), Cost::default(), &mut open);
        let exact = search.steps < STEPS;
        cover.exact &= exact;
        cover.at_least += if exact { search.best.1.len() } else { units.len().div_ceil(most) };
        cover.chosen.extend(search.best.1);
    }
    cover.chosen.sort_unstable();
    cover
}

/// The sets that no other makes superfluous: of those that cover the same the cheapest, and none
/// whose units a set that costs no more covers too.
fn undominated(sets: &[Set]) -> Vec<usize> {
    let mut cheapest: BTreeMap<&BTreeSet<usize>, usize> = BTreeMap::new();
    for (n, set) in sets.iter().enumerate().filter(|(_, set)| !set.covers.is_empty()) {
        let slot = cheapest.entry(&set.covers).or_insert(n);
        if (set.cost, n) < (sets[*slot].cost, *slot) {
            *slot = n;
        }
    }
    let mut kept: Vec<usize> = cheapest.into_values().collect();
    kept.sort_unstable();
    let large: Vec<usize> = kept.iter().copied().filter(|&n| sets[n].covers.len() > 1).collect();
    kept.retain(|&n| {
        !large.iter().any(|&m| {
            let (one, other) = (&sets[n], &sets[m]);
            other.covers.len() > one.covers.len()
                && other.cost <= one.cost
                && one.covers.is_subset(&other.covers)
        })
    });
    kept
}

/// The sets in parts that share no unit.
fn parts(sets: &[Set], useful: &[usize]) -> Vec<Vec<usize>> {
    let by_unit = by_unit(sets, useful);
    let mut part_of: BTreeMap<usize, usize> = BTreeMap::new();
    let mut parts: Vec<Vec<usize>> = Vec::new();
    for &first in useful {
        if part_of.contains_key(&first) {
            continue;
        }
        let mut stack = vec![first];
        let mut part = Vec::new();
        part_of.insert(first, parts.len());
        while let Some(n) = stack.pop() {
            part.push(n);
            for near in sets[n].covers.iter().flat_map(|unit| &by_unit[unit]) {
                if let std::collections::btree_map::Entry::Vacant(slot) = part_of.entry(*near) {
                    slot.insert(parts.len());
                    stack.push(*near);
                }
            }
        }
        part.sort_unstable();
        parts.push(part);
    }
    parts
}

/// The sets that cover each unit, the cheapest first.
fn by_unit(sets: &[Set], part: &[usize]) -> BTreeMap<usize, Vec<usize>> {
    let mut by_unit: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &n in part {
        for &unit in &sets[n].covers {
            by_unit.entry(unit).or_default().push(n);
        }
    }
    for near in by_unit.values_mut() {
        near.sort_by_key(|&n| (sets[n].cost, n));
    }
    by_unit
}

/// The set that covers most of what is open, the cheapest of those, again and again.
fn greedy(sets: &[Set], part: &[usize], units: &BTreeSet<usize>) -> (Cost, Vec<usize>) {
    let mut open = units.clone();
    let (mut cost, mut chosen) = (Cost::default(), Vec::new());
    while !open.is_empty() {
        let reached = |n: usize| sets[n].covers.intersection(&open).count();
        let best = part
            .iter()
            .copied()
            .max_by(|&n, &m| {
                reached(n).cmp(&reached(m)).then_with(|| (sets[m].cost, m).cmp(&(sets[n].cost, n)))
            })
            .filter(|&n| reached(n) > 0);
        let Some(best) = best else { break };
        open.retain(|unit| !sets[best].covers.contains(unit));
        cost = cost + sets[best].cost;
        chosen.push(best);
    }
    chosen.sort_unstable();
    (cost, chosen)
}

struct Search<'a> {
    sets: &'a [Set],
    by_unit: BTreeMap<usize, Vec<usize>>,
    most: usize,
    best: (Cost, Vec<usize>),
    steps: u64,
}

impl Search<'_> {
    fn branch(&mut self, chosen: &mut Vec<usize>, cost: Cost, open: &mut BTreeSet<usize>) {
        if self.steps >= STEPS {
            return;
        }
        self.steps += 1;
        let needed = open.len().div_ceil(self.most) as u64;
        if cost + Cost([needed, 0, 0, 0]) > self.best.0 {
            return;
        }
        // The unit that fewest sets cover leaves the fewest branches.
        let hardest = open.iter().copied().min_by_key(|unit| (self.by_unit[unit].len(), *unit));
        let Some(unit) = hardest else {
            let mut found = chosen.clone();
            found.sort_unstable();
            if (cost, &found) < (self.best.0, &self.best.1) {
                self.best = (cost, found);
            }
            return;
        };
        for n in self.by_unit[&unit].clone() {
            let closed: Vec<usize> =
                self.sets[n].covers.iter().copied().filter(|unit| open.remove(unit)).collect();
            chosen.push(n);
            self.branch(chosen, cost + self.sets[n].cost, open);
            chosen.pop();
            open.extend(closed);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn set(covers: &[usize], worth: u64) -> Set {
        Set { covers: covers.iter().copied().collect(), cost: Cost([1, worth, 0, 0]) }
    }

    #[test]
    fn two_sets_beat_the_three_that_greed_takes() {
        // Greed takes the four in the middle first, and then needs both ends.
        let sets = [
            set(&[0, 1, 2], 0),
            set(&[3, 4, 5], 0),
            set(&[1, 2, 3, 4], 0),
            set(&[0], 0),
            set(&[5], 0),
        ];
        let part: Vec<usize> = (0..sets.len()).collect();
        assert_eq!(greedy(&sets, &part, &(0..6).collect()).1.len(), 3);
        assert_eq!(cover(&sets), Cover { chosen: vec![0, 1], exact: true, at_least: 2 });
    }

    #[test]
    fn of_as_few_sets_the_cheapest_are_taken() {
        let sets = [set(&[0, 1], 9), set(&[2], 0), set(&[0], 0), set(&[1, 2], 1)];
        assert_eq!(cover(&sets).chosen, [2, 3]);
    }

    #[test]
    fn a_large_knot_stands_with_its_bound() {
        // Every pair of 60 units is a set: the search cannot end, the bound still holds.
        let mut sets = Vec::new();
        for a in 0..60 {
            for b in a + 1..60 {
                sets.push(set(&[a, b], ((a * 7 + b * 13) % 11) as u64));
            }
        }
        let found = cover(&sets);
        assert_eq!((found.exact, found.at_least), (false, 30));
        assert!(found.chosen.len() >= 30 && found.chosen.len() <= 45, "{}", found.chosen.len());
    }

    fn any_sets() -> impl Strategy<Value = Vec<Set>> {
        let one = (prop::collection::btree_set(0usize..7, 1..4), 0u64..4, 0u64..3);
        let set = |(covers, worth, third)| Set { covers, cost: Cost([1, worth, third, 0]) };
        prop::collection::vec(one.prop_map(set), 1..9)
    }

    proptest! {
        #[test]
        fn the_choice_is_the_best_of_all(sets in any_sets()) {
            let found = cover(&sets);
            prop_assert!(found.exact);
            let all: BTreeSet<usize> = sets.iter().flat_map(|s| s.covers.iter().copied()).collect();
            let cost = |chosen: &mut dyn Iterator<Item = usize>| {
                let mut covered = BTreeSet::new();
                let cost = chosen.fold(Cost::default(), |cost, n| {
                    covered.extend(sets[n].covers.iter().copied());
                    cost + sets[n].cost
                });
                (covered == all).then_some(cost)
            };
            let best = (0u32..1 << sets.len())
                .filter_map(|bits| cost(&mut (0..sets.len()).filter(|n| bits >> n & 1 == 1)))
                .min();
            prop_assert_eq!(cost(&mut found.chosen.iter().copied()), best);
            prop_assert_eq!(found.at_least, found.chosen.len());
        }
    }
}
