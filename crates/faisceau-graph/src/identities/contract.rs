//! Greedy additive contraction under guards.

use std::collections::{BTreeMap, BinaryHeap};

use faisceau_model::rows::{CoordinationGroup, Identity, Link};
use faisceau_model::{Relation, RowId};

use super::evidence::{Evidence, Micro, micro};
use super::group;

/// What it takes to join accounts. The defaults are explained where the module begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClusterSettings {
    /// Support that a pair must exceed to speak for joining, log10 LR. 2 stands for prior odds of
    /// 1/100, the setting measured.
    pub floor_log10: f64,
    /// A pair that supports H2 by more than this keeps its accounts apart, log10 LR above 0.
    pub veto_log10: f64,
    /// Share of the rest of its group to which each member has its own link above the floor.
    pub direct_share: f64,
}

impl Default for ClusterSettings {
    fn default() -> Self {
        Self { floor_log10: 2.0, veto_log10: 1.0, direct_share: 0.5 }
    }
}

/// Odds of 19 to 1: nineteen pairs right in twenty.
const ODDS: f64 = 19.0;

impl ClusterSettings {
    /// The settings with a floor that counts the accounts compared, never below that given: a pair
    /// found among many must support more. At log10(19 (n - 1)) a pair is right nineteen times in
    /// twenty if each of the n accounts has one other account of the same hand among them.
    #[must_use]
    pub fn among(self, accounts: usize) -> Self {
        let others = accounts.saturating_sub(1).max(1) as f64;
        Self { floor_log10: self.floor_log10.max(libm::log10(ODDS * others)), ..self }
    }
}

/// The settings as exact numbers.
#[derive(Clone, Copy)]
pub(super) struct Rule {
    pub(super) floor: Micro,
    pub(super) veto: Micro,
    /// In millionths of the rest of the group.
    pub(super) direct: Micro,
}

impl Rule {
    fn new(settings: &ClusterSettings) -> Self {
        Self {
            // A floor below LR 1 would let silence join accounts.
            floor: micro(settings.floor_log10).max(0),
            veto: -micro(settings.veto_log10).max(0),
            direct: micro(settings.direct_share.clamp(0.0, 1.0)),
        }
    }

    /// Whether the guards hold inside one group, given the support of its pairs.
    pub(super) fn holds(self, members: &[usize], support: impl Fn(usize, usize) -> Micro) -> bool {
        members.iter().all(|&one| {
            let mut others = members.iter().filter(|&&other| other != one);
            let tie = others.try_fold(Tie::default(), |tie, &other| {
                self.add(tie, support(one.min(other), one.max(other)))
            });
            tie.is_some_and(|tie| self.enough(tie, members.len()))
        })
    }

    /// Adds a pair to a member's tie. `None` if the pair keeps its accounts apart.
    pub(super) fn add(self, tie: Tie, support: Micro) -> Option<Tie> {
        let direct = tie.direct + Micro::from(support > self.floor);
        (support >= self.veto).then_some(Tie { sum: tie.sum + support, direct })
    }

    /// Whether a member's tie is enough in a group of that size.
    pub(super) fn enough(self, tie: Tie, size: usize) -> bool {
        let rest = size.saturating_sub(1) as Micro;
        tie.sum >= self.floor * rest && tie.direct * 1_000_000 >= self.direct * rest
    }
}

/// What ties one member to the rest of its group.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tie {
    /// Sum of the support of its pairs.
    pub(super) sum: Micro,
    /// Pairs above the floor.
    pub(super) direct: Micro,
}

/// The groups of accounts that one hand may hold, in the order of their first members.
///
/// The order of the links does not matter. Accounts in no group are left out.
pub fn identities(links: &[Link], settings: &ClusterSettings) -> Vec<Identity> {
    grouped(links, Relation::SameHand, settings)
}

/// The groups of accounts that act together, by the same rule, over the links of that relation.
/// They are never mixed with [`identities`]: many hands may act as one.
pub fn coordination_groups(links: &[Link], settings: &ClusterSettings) -> Vec<CoordinationGroup> {
    let groups = grouped(links, Relation::Coordination, settings).into_iter();
    let named = groups.zip(1..).map(|(group, n)| CoordinationGroup {
        id: RowId::derived("cgr", n),
        members: group.members,
        weakest_link: group.weakest_link,
        weakest: group.weakest,
        cohesion: group.cohesion,
        would_split: group.would_split,
        would_join: group.would_join,
        rows: group.rows,
    });
    named.collect()
}

fn grouped(links: &[Link], relation: Relation, settings: &ClusterSettings) -> Vec<Identity> {
    let evidence = Evidence::new(links, relation);
    let rule = Rule::new(settings);
    let groups = contract(&evidence, rule);
    groups
        .iter()
        .filter_map(|members| group::describe(members, &evidence, rule))
        .enumerate()
        .map(|(n, identity)| Identity { id: RowId::derived("idt", n + 1), ..identity })
        .collect()
}

/// A proposal to join, the largest sum first, then the pair of the lowest numbers.
type Proposal = (Micro, std::cmp::Reverse<(usize, usize)>, (u32, u32));

struct Clusters {
    members: Vec<Vec<usize>>,
    /// Sums of support between clusters that have at least one link.
    between: Vec<BTreeMap<usize, Micro>>,
    /// Raised when a cluster changes: proposals made before are stale.
    version: Vec<u32>,
    /// What ties each account to the rest of its cluster.
    ties: Vec<Tie>,
    rule: Rule,
}

impl Clusters {
    fn new(evidence: &Evidence<'_>, rule: Rule) -> Self {
        let mut between = vec![BTreeMap::new(); evidence.accounts];
        for (&(a, b), &s) in &evidence.support {
            between[a].insert(b, s);
            between[b].insert(a, s);
        }
        let members = (0..evidence.accounts).map(|n| vec![n]).collect();
        let ties = vec![Tie::default(); evidence.accounts];
        Self { members, between, version: vec![0; evidence.accounts], ties, rule }
    }

    fn proposal(&self, a: usize, b: usize) -> Option<Proposal> {
        let (a, b) = (a.min(b), a.max(b));
        let pairs = (self.members[a].len() * self.members[b].len()) as Micro;
        let sum = self.between[a].get(&b)? - self.rule.floor * pairs;
        (sum > 0).then_some((sum, std::cmp::Reverse((a, b)), (self.version[a], self.version[b])))
    }

    /// The ties of all members if `a` and `b` were joined, or `None` if a guard would not hold.
    ///
    /// Both clusters keep the guards already: only the pairs across are new.
    fn union(&self, a: usize, b: usize, evidence: &Evidence<'_>) -> Option<Vec<(usize, Tie)>> {
        let size = self.members[a].len() + self.members[b].len();
        let sides = [(a, b), (b, a)];
        let members = sides
            .iter()
            .flat_map(|&(own, other)| self.members[own].iter().map(move |&member| (member, other)));
        members
            .map(|(member, other)| {
                let tie = self.members[other].iter().try_fold(self.ties[member], |tie, &far| {
                    let pair = (member.min(far), member.max(far));
                    self.rule.add(tie, evidence.support.get(&pair).copied().unwrap_or(0))
                })?;
                self.rule.enough(tie, size).then_some((member, tie))
            })
            .collect()
    }

    /// Joins `b` into `a` and returns the proposals that the new cluster makes.
    fn join(&mut self, a: usize, b: usize) -> Vec<Proposal> {
        let moved = std::mem::take(&mut self.members[b]);
        self.members[a].extend(moved);
        self.members[a].sort_unstable();
        for (other, sum) in std::mem::take(&mut self.between[b]) {
            self.between[other].remove(&b);
            if other != a {
                *self.between[a].entry(other).or_insert(0) += sum;
                *self.between[other].entry(a).or_insert(0) += sum;
            }
        }
        self.version[a] += 1;
        self.version[b] += 1;
        self.between[a].keys().filter_map(|&other| self.proposal(a, other)).collect()
    }
}

fn contract(evidence: &Evidence<'_>, rule: Rule) -> Vec<Vec<usize>> {
    let mut clusters = Clusters::new(evidence, rule);
    let mut heap: BinaryHeap<Proposal> =
        evidence.support.keys().filter_map(|&(a, b)| clusters.proposal(a, b)).collect();
    while let Some((_, std::cmp::Reverse((a, b)), versions)) = heap.pop() {
        if versions != (clusters.version[a], clusters.version[b]) {
            continue;
        }
        if let Some(ties) = clusters.union(a, b, evidence) {
            for (member, tie) in ties {
                clusters.ties[member] = tie;
            }
            heap.extend(clusters.join(a, b));
        }
    }
    let mut groups: Vec<Vec<usize>> =
        clusters.members.into_iter().filter(|members| members.len() > 1).collect();
    groups.sort();
    groups
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::requests::planted::{link, shuffle};

    fn groups(links: &[Link]) -> Vec<String> {
        let of = |i: Identity| i.members.join(" ");
        identities(links, &ClusterSettings::default()).into_iter().map(of).collect()
    }

    /// A link whose interval is its total.
    fn sure(n: usize, a: &str, b: &str, total: f64) -> Link {
        link(n, a, b, total, total)
    }

    #[test]
    fn two_strong_links_do_not_join_two_accounts_that_exclude_each_other() {
        let chain = |ac| {
            [sure(1, "x:a", "x:b", 6.0), sure(2, "x:b", "x:c", 9.0), sure(3, "x:a", "x:c", ac)]
        };
        assert_eq!(groups(&chain(-3.0)), ["x:b x:c"]);
        // The sum of weights would be 4 - 3.5 > 0: the veto decides.
        assert_eq!(groups(&chain(-1.5)), ["x:b x:c"]);
        assert_eq!(groups(&chain(3.0)), ["x:a x:b x:c"]);
    }

    #[test]
    fn a_chain_of_any_strength_ends_at_three() {
        let links: Vec<Link> =
            (0..9).map(|n| sure(n, &format!("x:{n}"), &format!("x:{}", n + 1), 400.0)).collect();
        let settings = ClusterSettings::default();
        assert!(identities(&links, &settings).iter().all(|i| i.members.len() <= 3));
    }

    #[test]
    fn an_interval_that_reaches_one_joins_nobody() {
        assert!(groups(&[link(1, "x:a", "x:b", 5.0, 0.0)]).is_empty());
        assert!(groups(&[link(1, "x:a", "x:b", 5.0, 2.0)]).is_empty(), "the floor is not enough");
        assert_eq!(groups(&[link(1, "x:a", "x:b", 5.0, 2.1)]), ["x:a x:b"]);
    }

    #[test]
    fn coordination_is_another_relation() {
        let mut together = sure(1, "x:a", "x:b", 9.0);
        together.relation = faisceau_model::Relation::Coordination;
        let together = [together];
        assert!(groups(&together).is_empty());
        let found = coordination_groups(&together, &ClusterSettings::default());
        assert_eq!((found.len(), found[0].id.as_str()), (1, "cgr:1"));
        assert!(
            coordination_groups(&[sure(1, "x:a", "x:b", 9.0)], &ClusterSettings::default())
                .is_empty()
        );
    }

    #[test]
    fn a_number_that_is_none_joins_nobody() {
        assert!(groups(&[sure(1, "x:a", "x:b", f64::NAN)]).is_empty());
        assert!(groups(&[link(1, "x:a", "x:b", 5.0, f64::NAN)]).is_empty());
    }

    fn any_links() -> impl Strategy<Value = Vec<Link>> {
        prop::collection::vec((0u8..9, 0u8..9, -4.0f64..8.0, 0.0f64..3.0), 0..40).prop_map(|rows| {
            rows.into_iter()
                .enumerate()
                .filter(|(_, (a, b, ..))| a != b)
                .map(|(n, (a, b, total, width))| {
                    link(
                        n,
                        &format!("x:{}", a.min(b)),
                        &format!("x:{}", a.max(b)),
                        total,
                        total - width,
                    )
                })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn groups_do_not_depend_on_the_order_of_links(links in any_links(), seed in any::<u64>()) {
            let mut shuffled = links.clone();
            shuffle(&mut shuffled, seed);
            let settings = ClusterSettings::default();
            prop_assert_eq!(identities(&links, &settings), identities(&shuffled, &settings));
        }

        #[test]
        fn every_group_keeps_its_guards(links in any_links()) {
            let evidence = Evidence::new(&links, Relation::SameHand);
            let rule = Rule::new(&ClusterSettings::default());
            let mut seen = std::collections::BTreeSet::new();
            for group in contract(&evidence, rule) {
                let support = |x, y| evidence.support.get(&(x, y)).copied().unwrap_or(0);
                prop_assert!(rule.holds(&group, support));
                prop_assert!(group.iter().all(|member| seen.insert(*member)), "groups overlap");
            }
        }

        #[test]
        fn a_true_group_with_strong_links_is_found(size in 2usize..6, others in 0usize..6) {
            let mut links = Vec::new();
            for a in 0..size + others {
                for b in a + 1..size + others {
                    let total = if b < size { 3.0 } else { -1.0 };
                    links.push(sure(links.len(), &format!("x:{a:02}"), &format!("x:{b:02}"), total));
                }
            }
            let found = identities(&links, &ClusterSettings::default());
            prop_assert_eq!(found.len(), 1);
            prop_assert_eq!(found[0].members.len(), size);
        }
    }
}
