//! One habit of a population.
//!
//! In: the tallies of the documents. Out: for two documents ln of the ratio between one common
//! profile and two. Alternatives that one document alone took are pooled, and a habit may change
//! from one document to the other with a fixed chance, so that no single habit speaks against one
//! hand without bound.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::tally::Tally;
use crate::style::choice::{Choice, Counts};

/// Bounds of the concentration, in choices.
const BOUNDS: (f64, f64) = (1.0, 200.0);
/// Chance that one writer has another habit in the other document: device, mood, addressee.
const CHANGE: f64 = 0.05;
/// Documents that must show an alternative for it to stand alone; rarer ones are pooled.
const LEAST_HOLDERS: usize = 2;
/// Documents that must show a habit for it to be compared.
const LEAST_DOCUMENTS: usize = 4;
/// Alternatives of one habit that stand alone.
const MOST_ALTERNATIVES: usize = 40;
/// The name of the alternatives that are pooled.
const POOLED: &str = "rarer";
/// One habit of two documents.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Habit {
    /// The habit.
    pub(crate) name: &'static str,
    /// ln of the ratio between one common profile and two.
    pub(crate) ln_ratio: f64,
    /// Alternatives with the counts of both documents.
    pub(crate) counts: Vec<(String, u32, u32)>,
}

/// One habit of the population.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) name: &'static str,
    alternatives: Vec<String>,
    choice: Choice,
    /// For each document the number of its counts in `counts`: many documents make the same few
    /// choices.
    documents: Vec<u32>,
    /// Different counts.
    counts: Vec<Counts>,
}

impl Group {
    /// Fits a habit, or `None` where too few documents show it or all took one alternative.
    pub(super) fn new(
        name: &'static str,
        held: &BTreeMap<&Cow<'static, str>, usize>,
        tallies: &[Tally],
    ) -> Option<Self> {
        let mut ranked: Vec<(&str, usize)> =
            held.iter().map(|(alternative, holders)| (alternative.as_ref(), *holders)).collect();
        ranked.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
        let alone = ranked.iter().filter(|(_, holders)| *holders >= LEAST_HOLDERS);
        let mut names: Vec<&str> = alone.take(MOST_ALTERNATIVES).map(|(name, _)| *name).collect();
        names.sort_unstable();
        let mut alternatives: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        if names.len() < ranked.len() {
            alternatives.push(POOLED.to_owned());
        }
        let rest = alternatives.len() as u32 - 1;
        let counts = |tally: &Tally| {
            let from = tally.0.range((name, Cow::Borrowed(""))..);
            let own = from.take_while(|((habit, _), _)| *habit == name);
            Counts::new(own.map(|((_, alternative), count)| {
                let place = names.binary_search(&alternative.as_ref());
                (place.map_or(rest, |at| at as u32), *count)
            }))
        };
        let documents: Vec<Counts> = tallies.iter().map(counts).collect();
        let shown = documents.iter().filter(|counts| !counts.is_empty()).count();
        if alternatives.len() < 2 || shown < LEAST_DOCUMENTS {
            return None;
        }
        let choice = Choice::fit(&documents, alternatives.len(), BOUNDS);
        let counts: Vec<Counts> =
            documents.iter().collect::<BTreeSet<_>>().into_iter().cloned().collect();
        let number = |own: &Counts| counts.binary_search(own).unwrap_or_default() as u32;
        let documents = documents.iter().map(number).collect();
        Some(Self { name, alternatives, choice, documents, counts })
    }

    /// ln of the ratio between one common profile and two, where one writer may have changed.
    pub(super) fn ln_ratio(&self, a: usize, b: usize) -> f64 {
        let (Some(a), Some(b)) = (self.counts(a), self.counts(b)) else { return 0.0 };
        self.ln_ratio_of(a, b)
    }

    fn counts(&self, document: usize) -> Option<&Counts> {
        self.counts.get(*self.documents.get(document)? as usize)
    }

    /// Adds the ratio of `x` with each of `others` to `sums`. Each different counts are compared
    /// once. `known` is room to work in.
    pub(super) fn add_row(
        &self,
        x: usize,
        others: &[usize],
        sums: &mut [f64],
        known: &mut Vec<Option<f64>>,
    ) {
        let Some(own) = self.counts(x).filter(|own| !own.is_empty()) else { return };
        known.clear();
        known.resize(self.counts.len(), None);
        for (sum, &other) in sums.iter_mut().zip(others) {
            let number = self.documents[other] as usize;
            *sum +=
                *known[number].get_or_insert_with(|| self.ln_ratio_of(own, &self.counts[number]));
        }
    }

    fn ln_ratio_of(&self, a: &Counts, b: &Counts) -> f64 {
        match self.choice.ln_ratio(a, b) {
            0.0 => 0.0,
            // Without overflow, however large the ratio.
            ratio if ratio > 0.0 => ratio + libm::log(1.0 - CHANGE + CHANGE * libm::exp(-ratio)),
            ratio => libm::log((1.0 - CHANGE) * libm::exp(ratio) + CHANGE),
        }
    }

    /// The habit of two documents, or `None` where one does not show it.
    pub(super) fn explain(&self, a: usize, b: usize) -> Option<Habit> {
        let (x, y) = (self.counts(a)?, self.counts(b)?);
        if x.is_empty() || y.is_empty() {
            return None;
        }
        let both = self.alternatives.iter().zip(0..);
        let both = both.map(|(name, cell)| (name.clone(), x.of(cell), y.of(cell)));
        let counts = both.filter(|(_, a, b)| *a > 0 || *b > 0).collect();
        Some(Habit { name: self.name, ln_ratio: self.ln_ratio(a, b), counts })
    }
}
