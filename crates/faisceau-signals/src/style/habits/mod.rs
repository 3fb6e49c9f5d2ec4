//! The feature `writing_habits`: what a writer does the same way each time.
//!
//! In: masked passages of documents, white space as written, one language and length. Out: for
//! each pair the sum over habits of ln of the ratio between the probability of both documents'
//! choices under one common profile and under two. A habit is a choice between alternatives: the
//! apostrophe, the space before a mark, the spelling of a word. Those that all share or that change
//! from message to message weigh little, for their concentration is fitted to the population.

mod capitals;
pub(crate) mod client;
mod expressive;
mod group;
mod message;
pub mod names;
mod shape;
mod spelling;
mod tally;
mod typography;
mod variants;

use std::borrow::Cow;
use std::collections::BTreeMap;

use faisceau_model::Family;
use rayon::prelude::*;

use self::group::Group;
pub(crate) use self::group::Habit;
use self::message::Message;
use self::spelling::Spelling;
use self::tally::Tally;
use self::variants::Variants;
use crate::card::Card;
use crate::style::similarity::Similarity;

/// Habits that the keyboard, the program or the site may have made.
const MACHINE: [&str; 10] = [
    "accents on capitals",
    "apostrophe",
    "dash",
    "ellipsis",
    "first letter of a message",
    "ligature œ",
    "quotation marks",
    "space before ! ?",
    "space before : ;",
    "space inside « »",
];
/// Sum of the ln ratios of these habits from which a common program could explain the score: e.
const MACHINE_LEAST: f64 = 1.0;

/// The card.
pub const CARD: Card = Card {
    name: "writing_habits",
    family: Family::Style,
    measures: "Whether two texts make the same choices where writers have a choice: apostrophe, \
        quotation marks, spaces around marks, capitals, elongation, laughter, emoji, emoticons, \
        accents left out, abbreviated spellings, negation, first and last words, final marks, \
        length of messages, sentences and lines. Each habit gives ln of the ratio between the \
        probability of both texts' choices under one profile and under two, drawn around that of \
        the population (Dirichlet-multinomial, concentration fitted to the population); a choice \
        counts three times a message at most, and a habit is taken to have changed with a chance \
        of 5 %. The score is the sum. 0 says nothing, higher is nearer.",
    source: "posts, without forwarded ones, spacing as the exhibit gives it; links, mentions, \
        mail addresses, quotes, code and lines that several accounts share are masked. What an \
        exporter rewrote (quotation marks, spaces, emoji) can no longer be told from a habit: \
        accounts of one export share it, and the population then makes it weigh little",
    needs: "As the comparison of style: a population of the same language and length; a habit \
        counts from four texts that show it",
    innocent: &["same_client"],
    depends_on: "Every other feature of the text: signals of the family style are never \
        multiplied. Apostrophe, quotation marks, spaces and first capitals can be those of the \
        keyboard, the program or the site. The declared client itself is not in the score.",
    validation: "Alter ego on the bundled reference, pairs of the same site, so that what a site \
        writes for all gives nothing.",
    reference: "Minka 2000 (Dirichlet-multinomial); Abbasi and Chen 2008 (writeprints)",
};

/// Documents that are compared with each other.
#[derive(Debug)]
pub(crate) struct WritingHabits {
    language: String,
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
        let (language, groups) = (language.to_owned(), groups.collect());
        Self { language, documents: documents.len(), groups }
    }

    /// The score of two documents.
    pub(crate) fn score(&self, a: usize, b: usize) -> Option<f64> {
        (a < self.documents && b < self.documents)
            .then(|| self.groups.iter().map(|group| group.ln_ratio(a, b)).sum())
    }

    /// `same_client` where the habits that a program or a keyboard may have made speak for one
    /// hand by themselves; where the posts of both declare one program, as soon as they speak for
    /// it at all.
    pub(crate) fn innocent(&self, a: usize, b: usize, declared: bool) -> Option<&'static str> {
        let machine = self.groups.iter().filter(|group| MACHINE.contains(&group.name));
        let sum: f64 = machine.map(|group| group.ln_ratio(a, b)).sum();
        (sum >= MACHINE_LEAST || (declared && sum > 0.0)).then_some("same_client")
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

impl Similarity for WritingHabits {
    fn row(&self, x: usize, others: &[usize]) -> Vec<f64> {
        others.iter().map(|&other| self.score(x, other).unwrap_or_default()).collect()
    }

    fn block(&self, xs: &[usize], others: &[usize]) -> Vec<Vec<f64>> {
        let row = |known: &mut Vec<Option<f64>>, &x: &usize| {
            let mut sums = vec![0.0; others.len()];
            for group in &self.groups {
                group.add_row(x, others, &mut sums, known);
            }
            sums
        };
        xs.par_iter().map_init(Vec::new, row).collect()
    }

    fn emptied(&self) -> Box<dyn Similarity> {
        let groups = self.groups.iter().map(Group::emptied).collect();
        Box::new(Self { language: self.language.clone(), documents: 0, groups })
    }

    fn extend(&mut self, _: &[Vec<&str>], written: &[Vec<&str>]) {
        let reader = Reader::new(&self.language);
        let tallies: Vec<Tally> =
            written.par_iter().map(|passages| reader.read(passages)).collect();
        self.groups.par_iter_mut().for_each(|group| group.extend(&tallies));
        self.documents += tallies.len();
    }

    fn truncate(&mut self, count: usize) {
        self.groups.iter_mut().for_each(|group| group.truncate(count));
        self.documents = self.documents.min(count);
    }

    fn innocent(&self, x: usize, y: usize, declared: bool) -> Option<&'static str> {
        Self::innocent(self, x, y, declared)
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

#[cfg(test)]
mod tests;
