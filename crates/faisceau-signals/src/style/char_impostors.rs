//! The signal `char_impostors`.
//!
//! In: what the accounts wrote. Out: a score for each pair of the same language with enough text.
//! Refuses languages that the reference does not have: the score has never been measured there.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::{AccountKey, Family, selection};
use rayon::prelude::*;

use super::plan::{Rivals, choose};
use super::{Population, Writing};
use crate::card::Card;
use crate::compare::{Finding, Unit};
use crate::language::UNDECIDED;
use crate::reference::Reference;

/// The card.
pub const CARD: Card = Card {
    name: "char_impostors",
    family: Family::Style,
    measures: "Whether two texts are nearer to each other than to texts of other authors. Texts \
        are cut to one length and described by their sequences of 2 to 4 characters (tf-idf, \
        cosine). In each of 32 rounds half of the sequences are drawn and up to 25 other authors \
        of the same language; the score is the mean gap, in standard deviations, between the \
        similarity of the pair and that of the others, taken in both directions. 0 is an \
        ordinary pair of different authors, higher is nearer.",
    source: "posts, without forwarded ones; links, mentions, mail addresses, quotes, code and \
        lines that several accounts share are masked",
    needs: "100 words a side in the same language, which must be one of the bundled reference \
        (English, French): in another, or where the language cannot be told, nothing was ever \
        measured and nothing is compared; 6 other authors with as much text in the \
        case or 24 in the bundled reference",
    innocent: &["common_subject", "copied_text", "foreign_population", "small_population"],
    depends_on: "Every other feature of the text: signals of the family style are never \
        multiplied. Independent of the hours of activity on the reference.",
    validation: "Alter ego: histories of reference authors cut in two halves, all pairs of halves \
        of the same site, at each length, with rivals from the same site, with six rivals, and \
        with rivals from another site. Figures in the calibration file, printed with each report.",
    reference: "Koppel and Winter, JASIST 2014 (impostors); Potha and Stamatatos, 2017; \
        bootstrap distance impostors, Nini, 2024 (gap instead of wins)",
};

/// One set of documents to compare: a language, a length, the kind of rivals.
type Group<'a> = (&'a str, usize, Rivals);

/// Compares the accounts.
pub(crate) fn findings(
    accounts: &[AccountKey],
    writings: &[(AccountKey, Writing)],
    reference: &Reference,
) -> Vec<Finding> {
    let examined: Vec<usize> = accounts
        .iter()
        .filter_map(|account| writings.binary_search_by(|(key, _)| key.cmp(account)).ok())
        .collect();
    let mut groups = BTreeMap::<Group<'_>, Vec<(usize, usize)>>::new();
    let sizes = Sizes::new(writings, reference);
    for (at, &a) in examined.iter().enumerate() {
        for &b in &examined[at + 1..] {
            let (x, y) = (&writings[a].1, &writings[b].1);
            let language = x.language.as_str();
            // Elsewhere the score has never been measured, and `und` is no language at all.
            if language != y.language || language == UNDECIDED || !sizes.measured(language) {
                continue;
            }
            let words = x.words().min(y.words());
            let local = |rung| sizes.local(language, rung);
            let bundled = |rung| sizes.reference(language, rung);
            if let Some((rung, rivals)) = choose(words, local, bundled) {
                groups.entry((language, rung, rivals)).or_default().push((a, b));
            }
        }
    }
    groups.iter().flat_map(|(group, pairs)| compare(*group, pairs, writings, reference)).collect()
}

/// Numbers of words of each language, in ascending order.
struct Sizes<'a> {
    local: BTreeMap<&'a str, Vec<usize>>,
    reference: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Sizes<'a> {
    fn new(writings: &'a [(AccountKey, Writing)], reference: &'a Reference) -> Self {
        fn sorted<'a>(all: impl Iterator<Item = &'a Writing>) -> BTreeMap<&'a str, Vec<usize>> {
            let mut sizes = BTreeMap::<&str, Vec<usize>>::new();
            for writing in all {
                sizes.entry(&writing.language).or_default().push(writing.words());
            }
            for sizes in sizes.values_mut() {
                sizes.sort_unstable();
            }
            sizes
        }
        Self {
            local: sorted(writings.iter().map(|(_, writing)| writing)),
            reference: sorted(reference.writings().iter()),
        }
    }

    /// Whether the reference has authors of this language.
    fn measured(&self, language: &str) -> bool {
        self.reference.contains_key(language)
    }

    fn local(&self, language: &str, words: usize) -> usize {
        Self::reaching(&self.local, language, words)
    }

    fn reference(&self, language: &str, words: usize) -> usize {
        Self::reaching(&self.reference, language, words)
    }

    fn reaching(sizes: &BTreeMap<&str, Vec<usize>>, language: &str, words: usize) -> usize {
        let Some(sizes) = sizes.get(language) else { return 0 };
        sizes.len() - sizes.partition_point(|&size| size < words)
    }
}

fn compare(
    (language, rung, rivals): Group<'_>,
    pairs: &[(usize, usize)],
    writings: &[(AccountKey, Writing)],
    reference: &Reference,
) -> Vec<Finding> {
    let reaches = |writing: &&Writing| writing.language == language && writing.words() >= rung;
    let local = writings.iter().enumerate().filter(|(_, (_, writing))| reaches(&writing));
    let (numbers, mut texts): (Vec<usize>, Vec<&Writing>) =
        local.map(|(number, (_, writing))| (number, writing)).unzip();
    if rivals == Rivals::Reference {
        texts.extend(reference.writings().iter().filter(reaches));
    }
    let documents: Vec<Vec<&str>> = texts.iter().map(|writing| writing.sample(rung)).collect();
    let population = Population::new(&documents);
    let everyone: Vec<usize> = (0..texts.len()).collect();
    let mut rows = BTreeMap::<usize, BTreeSet<usize>>::new();
    for &(a, b) in pairs {
        rows.entry(a).or_default().insert(b);
        rows.entry(b).or_default().insert(a);
    }
    let place = |number: usize| numbers.binary_search(&number).unwrap_or_default();
    let rows: Vec<(usize, BTreeSet<usize>)> = rows.into_iter().collect();
    let scored: BTreeMap<(usize, usize), f64> = rows
        .par_iter()
        .flat_map_iter(|(x, others)| {
            let candidates: Vec<usize> = others.iter().map(|&y| place(y)).collect();
            let key = &writings[*x].1.key;
            let scores = population.scores(place(*x), key, &candidates, &everyone);
            let with_pair = others.iter().zip(scores).map(|(&y, score)| ((*x, y), score));
            with_pair.filter_map(|(pair, score)| Some((pair, score?))).collect::<Vec<_>>()
        })
        .collect();
    let finding = |&(a, b): &(usize, usize)| {
        let score = f64::midpoint(*scored.get(&(a, b))?, *scored.get(&(b, a))?);
        Some(finding(score, rung, rivals, a, b, writings))
    };
    pairs.iter().filter_map(finding).collect()
}

fn finding(
    score: f64,
    rung: usize,
    rivals: Rivals,
    a: usize,
    b: usize,
    writings: &[(AccountKey, Writing)],
) -> Finding {
    let ((key_a, x), (key_b, y)) = (&writings[a], &writings[b]);
    let mut innocent: BTreeSet<&str> = rivals.code().into_iter().collect();
    if x.copied_with.contains(&b) {
        innocent.insert("copied_text");
    }
    if x.subjects.intersection(&y.subjects).next().is_some() {
        innocent.insert("common_subject");
    }
    Finding {
        rows: vec![
            selection("posts", &[("account", key_a.as_str())]),
            selection("posts", &[("account", key_b.as_str())]),
        ],
        innocent,
        ..Finding::new(&CARD, key_a, key_b, score, (rung, rung), Unit::Words)
    }
}
