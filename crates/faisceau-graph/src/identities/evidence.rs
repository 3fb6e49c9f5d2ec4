//! Links as exact whole numbers, so that no sum depends on its order.

use std::collections::BTreeMap;

use faisceau_model::rows::Link;
use faisceau_model::{AccountKey, Relation};

/// Millionths of a log10 LR. Sums of whole numbers are the same in any order.
pub(super) type Micro = i64;

/// A log10 LR as a whole number. Beyond a thousand powers of ten nothing is measured.
pub(super) fn micro(log10: f64) -> Micro {
    if log10.is_nan() { 0 } else { (log10.clamp(-1000.0, 1000.0) * 1e6).round() as Micro }
}

/// The log10 LR that a whole number stands for.
pub(super) fn log10(micro: Micro) -> f64 {
    micro as f64 / 1e6
}

/// What an interval cannot take back: its end nearest to LR 1, or 0 when it crosses.
pub(super) fn support(total: f64, low: f64, high: f64) -> Micro {
    if total >= 0.0 { micro(low.max(0.0)).max(0) } else { micro(high.min(0.0)).min(0) }
}

/// The accounts that links speak of, numbered in their order, and the links between them.
pub(super) struct Evidence<'a> {
    /// The links by pair of numbers, the lower number first. One link a pair.
    pub(super) links: BTreeMap<(usize, usize), &'a Link>,
    /// The support of each pair.
    pub(super) support: BTreeMap<(usize, usize), Micro>,
    /// How many accounts there are.
    pub(super) accounts: usize,
    /// The accounts, in their order.
    pub(super) names: Vec<&'a AccountKey>,
    around: Vec<Vec<(usize, Micro)>>,
}

impl<'a> Evidence<'a> {
    /// Takes the links of a relation. Where a pair has several, the least favourable to joining
    /// counts.
    pub(super) fn new(links: &'a [Link], relation: Relation) -> Self {
        let same = || links.iter().filter(|l| l.relation == relation && l.a != l.b);
        let mut numbers: BTreeMap<_, usize> = same().flat_map(|l| [(&l.a, 0), (&l.b, 0)]).collect();
        for (number, slot) in numbers.values_mut().enumerate() {
            *slot = number;
        }
        let names = numbers.keys().copied().collect();
        let mut kept: BTreeMap<(usize, usize), &Link> = BTreeMap::new();
        for link in same() {
            let (a, b) = (numbers[&link.a], numbers[&link.b]);
            let slot = kept.entry((a.min(b), a.max(b))).or_insert(link);
            let rank = |l: &'a Link| (support(l.total, l.total_low, l.total_high), &l.id);
            if rank(link) < rank(slot) {
                *slot = link;
            }
        }
        let of = |l: &Link| support(l.total, l.total_low, l.total_high);
        let support = kept.iter().map(|(pair, link)| (*pair, of(link))).collect();
        let support: BTreeMap<_, Micro> = support;
        let mut around = vec![Vec::new(); numbers.len()];
        for (&(a, b), &s) in &support {
            around[a].push((b, s));
            around[b].push((a, s));
        }
        Self { links: kept, support, accounts: numbers.len(), names, around }
    }

    /// The accounts that one was weighed against, with the support of each pair.
    pub(super) fn around(&self, one: usize) -> impl Iterator<Item = (usize, Micro)> + '_ {
        self.around.get(one).into_iter().flatten().copied()
    }
}
