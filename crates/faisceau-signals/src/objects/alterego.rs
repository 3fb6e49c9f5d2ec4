//! The alter-ego protocol for phrases: histories cut in two, each first half against each second
//! half of the same site.
//!
//! In: authors with two halves. Out: for each pair whether the two halves have a phrase in common,
//! found by the code that compares accounts. What different authors have in common by chance is
//! what a phrase of two accounts must be weighed against.

use std::collections::BTreeMap;

use faisceau_model::{AccountKey, RowId};

use super::corpus::Corpus;
use super::phrases::{Phrases, Tier};
use crate::reference::{Author, Reference};
use crate::style::Passage;

/// Share of the words wanted that a half must hold.
const LEAST_SHARE: f64 = 0.8;

/// A common phrase of a first half and a second half.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PhraseTrial {
    /// Number of the author of the first half.
    pub a: usize,
    /// Number of the author of the second half.
    pub b: usize,
    /// The score of `rare_phrase`, where one was found.
    pub rare: Option<f64>,
    /// The score of `shared_phrase`, where one was found.
    pub shared: Option<f64>,
}

/// Trials of `rare_phrase` and `shared_phrase`: all pairs of halves of one site, with the text
/// nearest the cut up to `words` words a side, without the bundled reference. An author's other
/// half never counts as another account.
pub fn phrases(authors: &[Author], words: usize) -> Vec<PhraseTrial> {
    let row = &RowId::derived("half", 0);
    let least = (LEAST_SHARE * words as f64) as usize;
    let near_the_cut = |author: &'_ Author| {
        let half = |texts: &mut dyn Iterator<Item = &String>| {
            let mut taken = 0;
            let texts = texts.take_while(|text| {
                let goes_on = taken < words;
                taken += Passage::of_text(text).words();
                goes_on
            });
            let texts: Vec<String> = texts.cloned().collect();
            (texts, taken)
        };
        [half(&mut author.halves[0].iter().rev()), half(&mut author.halves[1].iter())]
    };
    let halves: Vec<_> = authors.iter().map(near_the_cut).collect();
    let mut sites = BTreeMap::<(&str, &str), Vec<usize>>::new();
    for (number, author) in authors.iter().enumerate() {
        let enough = |half: &(Vec<String>, usize)| half.1 >= least && half.1 > 0;
        if halves[number].iter().all(enough) {
            sites.entry((&author.lang, &author.source)).or_default().push(number);
        }
    }
    let mut languages = BTreeMap::<&str, Vec<usize>>::new();
    for ((lang, _), numbers) in &sites {
        languages.entry(lang).or_default().extend(numbers);
    }
    let mut found = BTreeMap::<(usize, usize), [Option<f64>; 2]>::new();
    for numbers in languages.values() {
        let keys: Vec<(AccountKey, usize, usize)> = numbers
            .iter()
            .flat_map(|&n| {
                [0, 1].map(|half| (AccountKey::by_id("half", &format!("{n:06}-{half}")), n, half))
            })
            .collect();
        let raw = keys.iter().flat_map(|(key, n, half)| {
            halves[*n][*half].0.iter().map(move |text| (key, *n, None, row, text.as_str()))
        });
        let corpus = Corpus::new(raw.collect());
        let half_of =
            |key: &AccountKey| keys.iter().find(|(k, ..)| k == key).map(|(_, n, half)| (*n, *half));
        let phrases = Phrases::find(&corpus, |_| true, |_| None, &Reference::empty());
        for phrase in &phrases.0 {
            let (Some(one), Some(other)) = (half_of(phrase.a), half_of(phrase.b)) else { continue };
            let pair = match (one, other) {
                ((n, 0), (m, 1)) | ((m, 1), (n, 0)) => (n, m),
                _ => continue,
            };
            let slot =
                &mut found.entry(pair).or_default()[usize::from(phrase.tier == Tier::Ordinary)];
            *slot = Some(slot.unwrap_or(f64::NEG_INFINITY).max(phrase.score));
        }
    }
    let mut trials = Vec::new();
    for numbers in sites.values() {
        for &a in numbers {
            for &b in numbers {
                let [rare, shared] = found.get(&(a, b)).copied().unwrap_or_default();
                trials.push(PhraseTrial { a, b, rare, shared });
            }
        }
    }
    trials
}
