//! The feature `word_dirichlet`: frequent words and punctuation marks.
//!
//! In: masked passages of documents of one language and length. Out: for each pair ln of the ratio
//! between the probability of both counts under one profile and under two (Dirichlet-multinomial
//! around the profile of the population) over the 400 commonest words and marks and the rest.
//! Frequent words depend little on the subject. A document counts a word once a message at most
//! [`MOST_A_MESSAGE`] times, for a message that repeats a word is one habit, not many.
//!
//! Burrows 2002 (frequent words); Minka 2000 (Dirichlet-multinomial).

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::choice::{Choice, Counts};

/// Words and marks counted one by one.
const FREQUENT: usize = 400;
/// Occurrences of a word that count in one message.
const MOST_A_MESSAGE: u32 = u32::MAX;
/// Bounds of the concentration, in words.
const BOUNDS: (f64, f64) = (20.0, 8000.0);
/// Marks that count as words.
const MARKS: &str = ".,;:!?…'’()-«»\"";

/// Documents that are compared with each other.
#[derive(Debug)]
pub(crate) struct WordDirichlet {
    choice: Choice,
    documents: Vec<Counts>,
}

impl WordDirichlet {
    /// Counts the documents, which are also the population. The words are those of the population,
    /// so `language` changes nothing here; it is asked for as every feature is.
    pub(crate) fn new(documents: &[Vec<&str>], _language: &str) -> Self {
        let counts: Vec<BTreeMap<String, u32>> =
            documents.par_iter().map(|passages| count(passages)).collect();
        let frequent = frequent(&counts);
        let rest = frequent.len() as u32;
        let numbered = |counts: &BTreeMap<String, u32>| {
            let mut cells = BTreeMap::<u32, u32>::new();
            for (word, count) in counts {
                let cell = frequent.binary_search(word).map_or(rest, |at| at as u32);
                let sum = cells.entry(cell).or_default();
                *sum = sum.saturating_add(*count);
            }
            cells.into_iter().collect()
        };
        let documents: Vec<Counts> = counts.iter().map(numbered).collect();
        let choice = Choice::fit(&documents, frequent.len() + 1, BOUNDS);
        Self { choice, documents }
    }

    /// The score of two documents, or `None` where one has no words.
    pub(crate) fn score(&self, a: usize, b: usize) -> Option<f64> {
        let (a, b) = (self.documents.get(a)?, self.documents.get(b)?);
        (!a.is_empty() && !b.is_empty()).then(|| self.choice.ln_ratio(a, b))
    }
}

fn count(passages: &[&str]) -> BTreeMap<String, u32> {
    let mut all = BTreeMap::<String, u32>::new();
    for passage in passages {
        let mut here = BTreeMap::<String, u32>::new();
        let mut word = String::new();
        for c in passage.chars().chain(std::iter::once(' ')) {
            if c.is_alphabetic() {
                word.extend(c.to_lowercase());
                continue;
            }
            if !word.is_empty() {
                *here.entry(std::mem::take(&mut word)).or_default() += 1;
            }
            if MARKS.contains(c) {
                *here.entry(c.to_string()).or_default() += 1;
            }
        }
        for (word, count) in here {
            *all.entry(word).or_default() += count.min(MOST_A_MESSAGE);
        }
    }
    all
}

/// The commonest words of the population in ascending order; ties go by the alphabet.
fn frequent(counts: &[BTreeMap<String, u32>]) -> Vec<String> {
    let mut sums = BTreeMap::<&str, u64>::new();
    for (word, count) in counts.iter().flatten() {
        *sums.entry(word).or_default() += u64::from(*count);
    }
    let mut ranked: Vec<(&str, u64)> = sums.into_iter().collect();
    ranked.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
    let mut words: Vec<String> =
        ranked.into_iter().take(FREQUENT).map(|(word, _)| word.to_owned()).collect();
    words.sort_unstable();
    words
}
