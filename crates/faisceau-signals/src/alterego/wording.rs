//! Trials of the features that count words and habits, with the documents of `style`.
//!
//! In: authors with two halves. Out: trials of each feature, and for habits of each habit alone.

use std::collections::BTreeMap;

use super::{Author, Trial, Writing, cut};
use crate::style::habits::WritingHabits;
use crate::style::word_dirichlet::WordDirichlet;

/// The halves of the authors of one site.
struct Site<'a> {
    language: &'a str,
    numbers: Vec<usize>,
    /// First halves, then second halves.
    halves: Vec<Writing>,
}

fn sites(authors: &[Author], words: usize) -> Vec<Site<'_>> {
    let mut sites = BTreeMap::<(&str, &str), Vec<(usize, [Writing; 2])>>::new();
    for (number, author) in authors.iter().enumerate() {
        if let Some(halves) = cut(author, words) {
            sites.entry((&author.lang, &author.source)).or_default().push((number, halves));
        }
    }
    let mut found = Vec::with_capacity(sites.len());
    for ((language, _), authors) in sites {
        let numbers = authors.iter().map(|(number, _)| *number).collect();
        let (mut halves, second): (Vec<Writing>, Vec<Writing>) =
            authors.into_iter().map(|(_, [first, second])| (first, second)).unzip();
        halves.extend(second);
        found.push(Site { language, numbers, halves });
    }
    found
}

impl Site<'_> {
    fn trials(&self, mut score: impl FnMut(usize, usize) -> Option<f64>) -> Vec<Trial> {
        let count = self.numbers.len();
        let pairs = (0..count).flat_map(|i| (0..count).map(move |j| (i, j)));
        let trial = |(i, j): (usize, usize)| {
            Some(Trial { a: self.numbers[i], b: self.numbers[j], score: score(i, count + j)? })
        };
        pairs.filter_map(trial).collect()
    }
}

/// Trials of `word_dirichlet`.
pub fn words(authors: &[Author], words: usize) -> Vec<Trial> {
    let one = |site: &Site<'_>| {
        let documents: Vec<Vec<&str>> = site.halves.iter().map(|half| half.sample(words)).collect();
        let feature = WordDirichlet::new(&documents, site.language);
        site.trials(|a, b| feature.score(a, b))
    };
    sites(authors, words).iter().flat_map(one).collect()
}

/// Trials of `writing_habits`, and those of each habit with its name.
pub fn habits(
    authors: &[Author],
    words: usize,
) -> (Vec<Trial>, BTreeMap<&'static str, Vec<Trial>>) {
    let mut all = Vec::new();
    let mut each = BTreeMap::<&'static str, Vec<Trial>>::new();
    for site in sites(authors, words) {
        let documents: Vec<Vec<&str>> =
            site.halves.iter().map(|half| half.sample_as_written(words)).collect();
        let feature = WritingHabits::new(&documents, site.language);
        all.extend(site.trials(|a, b| feature.score(a, b)));
        let _ = site.trials(|a, b| {
            let count = site.numbers.len();
            for habit in feature.explain(a, b) {
                let (a, b) = (site.numbers[a], site.numbers[b - count]);
                let trial = Trial { a, b, score: habit.ln_ratio };
                each.entry(habit.name).or_default().push(trial);
            }
            None
        });
    }
    (all, each)
}
