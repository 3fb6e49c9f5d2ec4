//! The alter-ego protocol: histories cut in two, each first half against each second half.
//!
//! In: authors with two halves. Out: trials, made by the code that compares accounts. The two
//! halves of one author are a trial of the same hand, halves of two authors of the same site one
//! of different hands: pairs of different sites are easy and would flatter. An author's other
//! half is never an impostor.

mod times;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::reference::Author;
use crate::splitmix::SplitMix64;
use crate::style::{Parts, Passage, Writing, limit_words};

/// Share of the words wanted that a half must hold.
const LEAST_SHARE: f64 = 0.8;
/// Impostors drawn in trials with few rivals: six are left when the candidate is one of them.
const FEW: usize = 7;

pub use self::times::{Sized, Times, matched, timing, unmatched};
pub use crate::style::plan::Rivals;

/// A first half against a second half.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trial {
    /// Number of the author of the first half.
    pub a: usize,
    /// Number of the author of the second half.
    pub b: usize,
    /// The score of the signal.
    pub score: f64,
}

/// A first half against a second half, under each part of a fused signal.
#[derive(Debug, Clone, PartialEq)]
pub struct PartTrial {
    /// Number of the author of the first half.
    pub a: usize,
    /// Number of the author of the second half.
    pub b: usize,
    /// What each part says.
    pub parts: Vec<f64>,
}

/// Trials of `writing_style` at `words` words a side, with the text nearest the cut.
pub fn style(authors: &[Author], words: usize, rivals: Rivals) -> Vec<PartTrial> {
    let halves: Vec<Option<[Writing; 2]>> =
        authors.iter().map(|author| cut(author, words)).collect();
    let mut sites = BTreeMap::<(&str, &str), Vec<usize>>::new();
    for (number, author) in authors.iter().enumerate().filter(|(at, _)| halves[*at].is_some()) {
        sites.entry((&author.lang, &author.source)).or_default().push(number);
    }
    let groups = sites.iter().flat_map(|(&(lang, source), numbers)| {
        let elsewhere = sites.iter().filter(|((l, s), _)| *l == lang && *s != source);
        let elsewhere: Vec<usize> = elsewhere.flat_map(|(_, n)| n).copied().collect();
        site(&halves, numbers, &elsewhere, words, rivals)
    });
    groups.collect()
}

/// The halves of an author near the cut, if both hold enough words.
fn cut(author: &Author, words: usize) -> Option<[Writing; 2]> {
    let half = |texts: &mut dyn Iterator<Item = &String>| {
        let passages = limit_words(texts.map(|text| Passage::of_text(text)), words);
        Writing::new(author.author.clone(), author.lang.clone(), passages)
    };
    let first = half(&mut author.halves[0].iter().rev());
    let second = half(&mut author.halves[1].iter());
    let least = (LEAST_SHARE * words as f64) as usize;
    (first.words().min(second.words()) >= least).then_some([first, second])
}

fn site(
    halves: &[Option<[Writing; 2]>],
    numbers: &[usize],
    elsewhere: &[usize],
    words: usize,
    rivals: Rivals,
) -> Vec<PartTrial> {
    let count = numbers.len();
    // Documents: first halves, second halves, then halves of other sites.
    let half = |half: usize| move |&n: &usize| halves[n].as_ref().map(|both| &both[half]);
    let mut texts: Vec<&Writing> = numbers.iter().filter_map(half(0)).collect();
    texts.extend(numbers.iter().filter_map(half(1)));
    // Authors of other sites tell what is common in the language, even where they are no rivals.
    texts.extend(elsewhere.iter().filter_map(half(0)));
    let documents: Vec<Vec<&str>> = texts.iter().map(|text| text.sample(words)).collect();
    let written: Vec<Vec<&str>> = texts.iter().map(|text| text.sample_as_written(words)).collect();
    let language = texts.first().map_or("", |text| text.language.as_str());
    let parts = Parts::new(&documents, &written, language);
    let row = |x: usize| {
        let (own, other) = if x < count { (x, count) } else { (x - count, 0) };
        let candidates: Vec<usize> = (other..other + count).collect();
        let local: Vec<usize> = (0..count).filter(|&n| n != own).map(|n| other + n).collect();
        let key = &texts[x].key;
        let pool = match rivals {
            Rivals::Local => local,
            Rivals::FewLocal => {
                let drawn = SplitMix64::for_text(0, key).sample(local.len(), FEW);
                drawn.into_iter().map(|at| local[at]).collect()
            }
            Rivals::Reference => (2 * count..texts.len()).collect(),
        };
        parts.scores(x, &candidates, &pool)
    };
    let rows: Vec<Vec<Option<Vec<f64>>>> = (0..2 * count).into_par_iter().map(row).collect();
    let mut trials = Vec::with_capacity(count * count);
    for i in 0..count {
        for j in 0..count {
            if let (Some(one), Some(other)) = (&rows[i][j], &rows[count + j][i]) {
                let parts = one.iter().zip(other).map(|(one, other)| f64::midpoint(*one, *other));
                trials.push(PartTrial { a: numbers[i], b: numbers[j], parts: parts.collect() });
            }
        }
    }
    trials
}
