//! One habit of a population.
//!
//! In: the tallies of the documents. Out: for two documents ln of the ratio between one common
//! profile and two. Alternatives that one document alone took are pooled, and a habit may change
//! from one document to the other with a fixed chance, so that no single habit speaks against one
//! hand without bound.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

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

/// One habit as the population shows it.
#[derive(Debug)]
struct Fitted {
    /// Alternatives that stand alone, in ascending order.
    names: Vec<String>,
    /// Whether others are pooled behind them.
    pooled: bool,
    choice: Choice,
}

impl Fitted {
    fn counts(&self, name: &'static str, tally: &Tally) -> Counts {
        counts(&self.names, self.pooled, name, tally)
    }
}

/// Counts of the alternatives. One without a name is pooled, or left out where none is.
fn counts(names: &[String], pooled: bool, name: &'static str, tally: &Tally) -> Counts {
    let rest = pooled.then_some(names.len() as u32);
    let from = tally.0.range((name, Cow::Borrowed(""))..);
    let own = from.take_while(|((habit, _), _)| *habit == name);
    Counts::new(own.filter_map(|((_, alternative), count)| {
        let place = names.binary_search_by(|name| name.as_str().cmp(alternative));
        Some((place.map_or(rest, |at| Some(at as u32))?, *count))
    }))
}

/// One habit of some documents.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) name: &'static str,
    fitted: Arc<Fitted>,
    /// For each document the number of its counts in `counts`: many documents make the same few
    /// choices.
    documents: Vec<u32>,
    /// Different counts, with their numbers.
    numbers: BTreeMap<Counts, u32>,
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
        let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        let pooled = names.len() < ranked.len();
        let alternatives = names.len() + usize::from(pooled);
        let documents: Vec<Counts> =
            tallies.iter().map(|tally| counts(&names, pooled, name, tally)).collect();
        let shown = documents.iter().filter(|counts| !counts.is_empty()).count();
        if alternatives < 2 || shown < LEAST_DOCUMENTS {
            return None;
        }
        let choice = Choice::fit(&documents, alternatives, BOUNDS);
        let mut group = Self::emptied_of(name, Arc::new(Fitted { names, pooled, choice }));
        for counts in documents {
            group.push(counts);
        }
        Some(group)
    }

    fn emptied_of(name: &'static str, fitted: Arc<Fitted>) -> Self {
        let (documents, counts) = (Vec::new(), Vec::new());
        Self { name, fitted, documents, numbers: BTreeMap::new(), counts }
    }

    /// The same habit without documents.
    pub(super) fn emptied(&self) -> Self {
        Self::emptied_of(self.name, Arc::clone(&self.fitted))
    }

    fn push(&mut self, counts: Counts) {
        let next = self.counts.len() as u32;
        let number = *self.numbers.entry(counts.clone()).or_insert(next);
        if number == next {
            self.counts.push(counts);
        }
        self.documents.push(number);
    }

    /// Adds documents that do not change what the habit is fitted to.
    pub(super) fn extend(&mut self, tallies: &[Tally]) {
        for tally in tallies {
            let counts = self.fitted.counts(self.name, tally);
            self.push(counts);
        }
    }

    /// Leaves the first `count` documents.
    pub(super) fn truncate(&mut self, count: usize) {
        self.documents.truncate(count);
        // Counts are numbered as they come.
        let known = self.documents.iter().max().map_or(0, |last| last + 1);
        self.counts.truncate(known as usize);
        self.numbers.retain(|_, number| *number < known);
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
        match self.fitted.choice.ln_ratio(a, b) {
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
        let names = self.fitted.names.iter().map(String::as_str);
        let both = names.chain(self.fitted.pooled.then_some(POOLED)).zip(0..);
        let both = both.map(|(name, cell)| (name.to_owned(), x.of(cell), y.of(cell)));
        let counts = both.filter(|(_, a, b)| *a > 0 || *b > 0).collect();
        Some(Habit { name: self.name, ln_ratio: self.ln_ratio(a, b), counts })
    }
}
