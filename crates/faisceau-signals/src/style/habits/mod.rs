//! The feature `writing_habits`: what a writer does the same way each time.
//!
//! In: masked passages of documents, white space as written, one language and length. Out: for
//! each pair the sum over habits of ln of the ratio between the probability of both documents'
//! choices under one common profile and under two. A habit is a choice between alternatives: the
//! apostrophe, the space before a mark, the spelling of a word. Those that all share or that change
//! from message to message weigh little, for their concentration is fitted to the population.

mod capitals;
mod expressive;
mod message;
mod shape;
mod spelling;
mod tally;
mod typography;
mod variants;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use self::message::Message;
use self::spelling::Spelling;
use self::tally::Tally;
use self::variants::Variants;
use super::choice::{Choice, Counts};

/// Bounds of the concentration, in choices.
const BOUNDS: (f64, f64) = (0.5, 200.0);
/// Documents that must show an alternative for it to stand alone; rarer ones are pooled.
const LEAST_HOLDERS: usize = 2;
/// Documents that must show a habit for it to be compared.
const LEAST_DOCUMENTS: usize = 4;
/// Alternatives of one habit that stand alone.
const MOST_ALTERNATIVES: usize = 40;
/// The name of the alternatives that are pooled.
const POOLED: &str = "other";
/// Habits that the keyboard, the program or the site may have made.
pub(crate) const MACHINE: &[&str] = &[
    "apostrophe",
    "dash",
    "ellipsis",
    "quotation marks",
    "space before ! ?",
    "space before : ;",
    "space inside « »",
    "accents on capitals",
    "ligature œ",
    "first letter of a message",
];

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
struct Group {
    name: &'static str,
    alternatives: Vec<String>,
    choice: Choice,
    /// Counts of each document.
    documents: Vec<Counts>,
}

/// Documents that are compared with each other.
#[derive(Debug)]
pub(crate) struct WritingHabits {
    documents: usize,
    groups: Vec<Group>,
}

impl WritingHabits {
    /// Counts the documents, which are also the population.
    pub(crate) fn new(documents: &[Vec<&str>], language: &str) -> Self {
        let reader = Reader::new(language);
        let tallies: Vec<Tally> =
            documents.par_iter().map(|passages| reader.read(passages)).collect();
        let mut holders = BTreeMap::<&'static str, BTreeMap<&Cow<'static, str>, usize>>::new();
        for ((habit, alternative), _) in tallies.iter().flat_map(|tally| &tally.0) {
            *holders.entry(habit).or_default().entry(alternative).or_default() += 1;
        }
        let habits: Vec<_> = holders.into_iter().collect();
        let groups = habits.par_iter().filter_map(|(name, held)| Group::new(name, held, &tallies));
        Self { documents: documents.len(), groups: groups.collect() }
    }

    /// The score of two documents.
    pub(crate) fn score(&self, a: usize, b: usize) -> Option<f64> {
        (a < self.documents && b < self.documents)
            .then(|| self.groups.iter().map(|group| group.ln_ratio(a, b)).sum())
    }

    /// Every habit that both documents show, the weightiest first.
    pub(crate) fn explain(&self, a: usize, b: usize) -> Vec<Habit> {
        let mut habits: Vec<Habit> =
            self.groups.iter().filter_map(|group| group.explain(a, b)).collect();
        habits.sort_by(|one, other| {
            other.ln_ratio.abs().total_cmp(&one.ln_ratio.abs()).then(one.name.cmp(other.name))
        });
        habits
    }
}

impl Group {
    fn new(
        name: &'static str,
        held: &BTreeMap<&Cow<'static, str>, usize>,
        tallies: &[Tally],
    ) -> Option<Self> {
        let mut ranked: Vec<(&str, usize)> =
            held.iter().map(|(alternative, holders)| (alternative.as_ref(), *holders)).collect();
        ranked.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
        let alone = ranked.iter().filter(|(_, holders)| *holders >= LEAST_HOLDERS);
        let alone: BTreeSet<&str> = alone.take(MOST_ALTERNATIVES).map(|(name, _)| *name).collect();
        let mut alternatives: Vec<String> = alone.iter().map(|&name| name.to_owned()).collect();
        if alone.len() < ranked.len() {
            alternatives.push(POOLED.to_owned());
        }
        let counts = |tally: &Tally| {
            let mut cells = BTreeMap::<u32, u32>::new();
            let own =
                tally.0.range((name, Cow::Borrowed(""))..).take_while(|(key, _)| key.0 == name);
            for ((_, alternative), count) in own {
                let rest = alternatives.len() as u32 - 1;
                let place =
                    alternatives[..alone.len()].binary_search_by(|x| x.as_str().cmp(alternative));
                let cell = place.map_or(rest, |at| at as u32);
                let sum = cells.entry(cell).or_default();
                *sum = sum.saturating_add(*count);
            }
            cells.into_iter().collect::<Counts>()
        };
        let documents: Vec<Counts> = tallies.iter().map(counts).collect();
        let shown = documents.iter().filter(|counts| !counts.is_empty()).count();
        if alternatives.len() < 2 || shown < LEAST_DOCUMENTS {
            return None;
        }
        let choice = Choice::fit(&documents, alternatives.len(), BOUNDS);
        Some(Self { name, alternatives, choice, documents })
    }

    fn ln_ratio(&self, a: usize, b: usize) -> f64 {
        self.choice.ln_ratio(&self.documents[a], &self.documents[b])
    }

    fn explain(&self, a: usize, b: usize) -> Option<Habit> {
        let (x, y) = (self.documents.get(a)?, self.documents.get(b)?);
        if x.is_empty() || y.is_empty() {
            return None;
        }
        let of = |counts: &Counts, cell: u32| {
            counts.iter().find(|(at, _)| *at == cell).map_or(0, |(_, count)| *count)
        };
        let both = self
            .alternatives
            .iter()
            .zip(0..)
            .map(|(name, cell)| (name.clone(), of(x, cell), of(y, cell)));
        let counts = both.filter(|(_, a, b)| a + b > 0).collect();
        Some(Habit { name: self.name, ln_ratio: self.ln_ratio(a, b), counts })
    }
}

/// What reads messages of one language.
struct Reader {
    variants: Variants,
    spelling: Option<Spelling>,
    english: bool,
}

impl Reader {
    fn new(language: &str) -> Self {
        Self {
            variants: Variants::new(language),
            spelling: (language == "fr").then(Spelling::new),
            english: language == "en",
        }
    }

    fn read(&self, passages: &[&str]) -> Tally {
        let mut all = Tally::default();
        for passage in passages {
            let message = Message::new(passage);
            let mut tally = Tally::default();
            typography::read(&message, &mut tally);
            capitals::read(&message, self.english, &mut tally);
            expressive::read(&message, &mut tally);
            shape::read(&message, &mut tally);
            self.variants.read(&message, &mut tally);
            if let Some(spelling) = &self.spelling {
                spelling.read(&message, &mut tally);
            }
            all.add_message(tally);
        }
        all
    }
}
