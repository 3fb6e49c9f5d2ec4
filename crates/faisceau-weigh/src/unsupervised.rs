//! Unsupervised calibration of style: the reference held against the population of the case.
//!
//! In: the comparisons of a case in which all pairs were compared, and a calibration that says
//! what pairs of different hands cost on the reference. Out: for each table of style the factor by
//! which its LRs are lowered, so that the pairs of the case cost no more than those. Never raises.
//! Almost all pairs of a population are of different hands: if they cost more than on the
//! reference, its LRs are too high here, those of one hand too. The strongest tenth of the pairs
//! is left out on both sides, so that a few hands with many accounts weigh little.
//! Not made: with fewer than [`LEAST_ACCOUNTS`] accounts, where the pairs were chosen by what
//! they share, where the reference does not say what its pairs cost.
//! Source: after Brümmer and Garcia-Romero, "Generative modelling for unsupervised score
//! calibration", ICASSP 2014, who fit shift and scale to a mixture of both kinds of trials; here
//! the shift alone, and downwards alone, for it was measured (`docs/validation.md`, Transfer).

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::Comparison;
use faisceau_model::{AccountKey, Cap, Family, Lr};
use serde::{Deserialize, Serialize};

use crate::calibration::{Calibration, Table};
use crate::validation::{CELLS, CostCells};

/// Fewest accounts among the pairs of a table.
pub const LEAST_ACCOUNTS: u64 = 30;
/// Farthest shift, in cells of the cost: 6 on the log10 scale.
const FARTHEST: i32 = -6 * CELLS;

/// What the check found for one table of style.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// The signal.
    pub signal: String,
    /// The innocent explanation that the table is for, empty for the others.
    pub condition: String,
    /// Accounts among the pairs.
    pub accounts: u64,
    /// Pairs compared under the table.
    pub pairs: u64,
    /// Mean cost of these pairs in bits, the strongest tenth left out.
    pub cost: Option<f64>,
    /// The same on pairs of different hands of the reference.
    pub expected: Option<f64>,
    /// What is added to each log10 LR: 0 or below. None where the check was not made.
    pub log10: Option<f64>,
    /// Why it was not made.
    pub unmade: Option<Unmade>,
}

/// Why the check was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unmade {
    /// Fewer accounts than [`LEAST_ACCOUNTS`].
    FewAccounts,
    /// Pairs were chosen by what they share: they are no sample of the population.
    ChosenPairs,
    /// The reference was made before the check and does not say what its pairs cost.
    NoFigure,
}

/// The shifts of a case.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shifts(Vec<Shift>);

impl Shifts {
    /// Holds the comparisons of style against the calibration. `all_pairs` says that every pair of
    /// accounts was compared.
    pub fn of(comparisons: &[Comparison], calibration: &Calibration, all_pairs: bool) -> Self {
        let mut tables = BTreeMap::<(&str, &str), Population<'_>>::new();
        for comparison in comparisons.iter().filter(|one| one.family == Family::Style) {
            let Some(table) = calibration.table(comparison) else { continue };
            let material = comparison.material_a.min(comparison.material_b);
            let Some(point) = table.point(material, comparison.score) else { continue };
            let population = tables
                .entry((&table.signal, &table.condition))
                .or_insert_with(|| Population::new(table));
            population.cells.entry(material).or_default().add(point);
            population.pairs += 1;
            population.accounts.insert(&comparison.a);
            population.accounts.insert(&comparison.b);
        }
        Self(tables.into_values().map(|population| population.shift(all_pairs)).collect())
    }

    /// What was found, in the order of signal and condition.
    pub fn tables(&self) -> &[Shift] {
        &self.0
    }

    /// The LR of a comparison under a table, lowered.
    pub(crate) fn lowered(&self, table: &Table, lr: Lr) -> Lr {
        let of_table =
            |shift: &&Shift| shift.signal == table.signal && shift.condition == table.condition;
        self.0.iter().find(of_table).map_or(lr, |shift| shift.lowered(lr))
    }
}

impl Shift {
    /// The one of some shifts that a comparison was weighed with.
    pub fn of_comparison<'a>(shifts: &'a [Self], comparison: &Comparison) -> Option<&'a Self> {
        let of_signal = || shifts.iter().filter(|shift| shift.signal == comparison.signal);
        let special = of_signal().find(|shift| comparison.innocent.contains(&shift.condition));
        special.or_else(|| of_signal().find(|shift| shift.condition.is_empty()))
    }

    /// The shift of one table from amounts of material and scores of all pairs of `accounts`
    /// accounts.
    pub fn of(table: &Table, accounts: u64, scores: impl Iterator<Item = (i64, f64)>) -> Self {
        let mut cells = BTreeMap::<i64, CostCells>::new();
        let mut pairs = 0;
        for (material, score) in scores {
            if let Some(point) = table.point(material, score) {
                cells.entry(material).or_default().add(point);
                pairs += 1;
            }
        }
        found(table, (accounts, pairs), &cells, true)
    }

    /// The check in a line of English.
    pub fn to_text(&self) -> String {
        let under = match self.condition.as_str() {
            "" => String::new(),
            condition => format!(" ({condition})"),
        };
        let pairs = format!("{} pairs of {} accounts", self.pairs, self.accounts);
        if let (Some(cost), Some(expected), Some(log10)) = (self.cost, self.expected, self.log10) {
            let done = if log10 < 0.0 {
                format!("each log10 LR lowered by {:.2}", -log10)
            } else {
                "nothing lowered".to_owned()
            };
            return format!(
                "style{under} held against the case: {pairs} cost {cost:.2} bits, on the reference \
                 {expected:.2}: {done}"
            );
        }
        let why = match self.unmade {
            Some(Unmade::ChosenPairs) => "pairs were chosen by what they share",
            Some(Unmade::NoFigure) => "the reference does not say what its pairs cost",
            Some(Unmade::FewAccounts) | None => "too few accounts",
        };
        format!("style{under} not held against the case: {why} ({pairs})")
    }

    /// An LR lowered by the shift, interval and highest end too. LR 1 stays within its bounds, and
    /// no LR falls below what the reference supports.
    #[must_use]
    pub fn lowered(&self, lr: Lr) -> Lr {
        let Some(shift) = self.log10.filter(|shift| *shift < 0.0) else { return lr };
        let cap = Cap { low: lr.cap().low, high: (lr.cap().high + shift).max(0.0) };
        // Numbers in order stay in order when one is added to all.
        Lr::calibrated(lr.log10() + shift, lr.low() + shift, lr.high() + shift, cap).unwrap_or(lr)
    }
}

/// The pairs of one table.
struct Population<'a> {
    table: &'a Table,
    accounts: BTreeSet<&'a AccountKey>,
    pairs: u64,
    /// Amount of material, and the LRs of its pairs.
    cells: BTreeMap<i64, CostCells>,
}

impl<'a> Population<'a> {
    fn new(table: &'a Table) -> Self {
        Self { table, accounts: BTreeSet::new(), pairs: 0, cells: BTreeMap::new() }
    }

    fn shift(&self, all_pairs: bool) -> Shift {
        found(self.table, (self.accounts.len() as u64, self.pairs), &self.cells, all_pairs)
    }
}

fn found(
    table: &Table,
    (accounts, pairs): (u64, u64),
    cells: &BTreeMap<i64, CostCells>,
    all_pairs: bool,
) -> Shift {
    let shift = Shift {
        signal: table.signal.clone(),
        condition: table.condition.clone(),
        accounts,
        pairs,
        cost: None,
        expected: None,
        log10: None,
        unmade: None,
    };
    let kept: u64 = cells.values().map(CostCells::kept).sum();
    if accounts < LEAST_ACCOUNTS || kept == 0 {
        return Shift { unmade: Some(Unmade::FewAccounts), ..shift };
    }
    if !all_pairs {
        return Shift { unmade: Some(Unmade::ChosenPairs), ..shift };
    }
    let expected = cells.iter().map(|(&material, cells)| {
        let figure = table.mixed(material, |bin| bin.ordinary_cost)?;
        Some(figure * cells.kept() as f64)
    });
    let Some(expected) = expected.sum::<Option<f64>>() else {
        return Shift { unmade: Some(Unmade::NoFigure), ..shift };
    };
    let cost = |shift: i32| cells.values().map(|cells| cells.cost(shift)).sum::<f64>();
    let mean = |sum: f64| (sum / kept as f64 * 1e4).round() / 1e4;
    Shift {
        cost: Some(mean(cost(0))),
        expected: Some(mean(expected)),
        log10: Some(f64::from(highest(|shift| cost(shift) <= expected)) / f64::from(CELLS)),
        ..shift
    }
}

/// The highest shift that suffices, between [`FARTHEST`] and 0: costs fall with the shift.
fn highest(suffices: impl Fn(i32) -> bool) -> i32 {
    if suffices(0) {
        return 0;
    }
    let (mut low, mut high) = (FARTHEST, 0);
    while high - low > 1 {
        let middle = i32::midpoint(low, high);
        if suffices(middle) { low = middle } else { high = middle }
    }
    low
}

#[cfg(test)]
mod tests;
