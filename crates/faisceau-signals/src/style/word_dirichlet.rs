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
use std::sync::Arc;

use faisceau_model::Family;
use rayon::prelude::*;

use super::choice::{Choice, Counts};
use super::similarity::Similarity;
use crate::card::Card;

/// Words and marks counted one by one.
const FREQUENT: usize = 400;
/// Occurrences of a word that count in one message.
const MOST_A_MESSAGE: u32 = 3;
/// Bounds of the concentration, in words.
const BOUNDS: (f64, f64) = (20.0, 8000.0);
/// Marks that count as words, and the masks of links, mentions and mail addresses.
const MARKS: &str = ".,;:!?…'’()-«»\"\u{1}\u{2}\u{3}";

/// The card.
pub const CARD: Card = Card {
    name: "word_dirichlet",
    family: Family::Style,
    measures: "Whether two texts use the commonest words and marks at the same rates: ln of the \
        ratio between the probability of both counts under one profile and under two, drawn \
        around that of the population (Dirichlet-multinomial over the 400 commonest words and \
        marks and the rest, concentration fitted to the population); a word counts three times a \
        message at most. 0 says nothing, higher is nearer.",
    source: "posts, without forwarded ones; links, mentions and mail addresses count as marks; \
        quotes, code and lines that several accounts share are masked",
    needs: "As the comparison of style: a population of the same language and length",
    innocent: &["common_subject"],
    depends_on: "Every other feature of the text: signals of the family style are never multiplied",
    validation: "Alter ego on the bundled reference, pairs of the same site",
    reference: "Burrows 2002 (frequent words); Ishihara 2020 to 2022 (word models against cosine); \
        Minka 2000 (Dirichlet-multinomial)",
};

/// Documents that are compared with each other.
#[derive(Debug)]
pub(crate) struct WordDirichlet {
    frequent: Arc<Vec<String>>,
    choice: Arc<Choice>,
    documents: Vec<Counts>,
}

impl WordDirichlet {
    /// Counts the documents, which are also the population. The words are those of the population,
    /// so `language` changes nothing here; it is asked for as every feature is.
    pub(crate) fn new(documents: &[Vec<&str>], _language: &str) -> Self {
        let counts: Vec<BTreeMap<String, u32>> =
            documents.par_iter().map(|passages| count(passages)).collect();
        let frequent = frequent(&counts);
        let documents: Vec<Counts> =
            counts.par_iter().map(|counts| numbered(&frequent, counts)).collect();
        let choice = Arc::new(Choice::fit(&documents, frequent.len() + 1, BOUNDS));
        Self { frequent: Arc::new(frequent), choice, documents }
    }

    /// The score of two documents, or `None` where one has no words.
    pub(crate) fn score(&self, a: usize, b: usize) -> Option<f64> {
        let (a, b) = (self.documents.get(a)?, self.documents.get(b)?);
        (!a.is_empty() && !b.is_empty()).then(|| self.choice.ln_ratio(a, b))
    }
}

impl Similarity for WordDirichlet {
    fn row(&self, x: usize, others: &[usize]) -> Vec<f64> {
        others.iter().map(|&other| self.score(x, other).unwrap_or_default()).collect()
    }

    fn block(&self, xs: &[usize], others: &[usize]) -> Vec<Vec<f64>> {
        let of = |numbers: &[usize]| -> Vec<&Counts> {
            numbers.iter().map(|&number| &self.documents[number]).collect()
        };
        self.choice.ln_ratios(&of(xs), &of(others))
    }

    fn emptied(&self) -> Box<dyn Similarity> {
        let (frequent, choice) = (Arc::clone(&self.frequent), Arc::clone(&self.choice));
        Box::new(Self { frequent, choice, documents: Vec::new() })
    }

    fn extend(&mut self, documents: &[Vec<&str>], _: &[Vec<&str>]) {
        let numbered = |passages: &Vec<&str>| numbered(&self.frequent, &count(passages));
        let more: Vec<Counts> = documents.par_iter().map(numbered).collect();
        self.documents.extend(more);
    }

    fn truncate(&mut self, count: usize) {
        self.documents.truncate(count);
    }
}

/// The counts of the frequent words, and of the rest together.
fn numbered(frequent: &[String], counts: &BTreeMap<String, u32>) -> Counts {
    let rest = frequent.len() as u32;
    let cell = |word| frequent.binary_search(word).map_or(rest, |at| at as u32);
    Counts::new(counts.iter().map(|(word, count)| (cell(word), *count)))
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_marks_and_masks_count_at_most_three_times_a_message() {
        let counts = count(&["Non non non non, \u{1} !", "non"]);
        let counts: Vec<(&str, u32)> = counts.iter().map(|(word, n)| (word.as_str(), *n)).collect();
        assert_eq!(counts, [("\u{1}", 1), ("!", 1), (",", 1), ("non", 4)]);
    }

    #[test]
    fn the_same_words_bring_texts_together() {
        let documents: Vec<Vec<&str>> = (0..10)
            .map(|n| {
                let text =
                    if n % 2 == 0 { "je le sais, je le vois" } else { "cela ne va pas du tout" };
                vec![text; 8]
            })
            .collect();
        let words = WordDirichlet::new(&documents, "fr");
        let (same, other) = (words.score(0, 2).unwrap(), words.score(0, 1).unwrap());
        assert!(same > 1.0 && other < -1.0, "{same} {other}");
        assert_eq!(words.score(0, 10), None);
        assert_eq!(WordDirichlet::new(&[vec!["1 2"], vec!["a"]], "fr").score(0, 1), None);
    }

    proptest! {
        #[test]
        fn any_text_is_counted_whatever_the_order(texts in prop::collection::vec("\\PC{0,60}", 2..6)) {
            let forwards: Vec<Vec<&str>> = texts.iter().map(|t| vec![t.as_str(), "a b."]).collect();
            let backwards: Vec<Vec<&str>> = texts.iter().map(|t| vec!["a b.", t.as_str()]).collect();
            let one = WordDirichlet::new(&forwards, "fr");
            let other = WordDirichlet::new(&backwards, "fr");
            for a in 0..texts.len() {
                let score = one.score(0, a).unwrap();
                prop_assert!(score.is_finite());
                prop_assert_eq!(score, other.score(0, a).unwrap());
            }
        }
    }
}
