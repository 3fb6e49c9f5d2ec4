//! Phrases that two accounts use and hardly anybody else.
//!
//! In: the words of the accounts, and reference texts. Out: for each pair of accounts the phrases
//! of [`LENGTH`] words in a row that both use, and no other account nor reference author: with two
//! others allowed, different authors agreed twice as often and halves of one author no oftener. Long
//! common passages are copies and left out. Memory is bounded: sequences are sorted in rounds of
//! about [`ROUND`].

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, RowId};

use super::corpus::{Corpus, Passage, Text, runs};
use crate::activity::{Activity, Window};
use crate::frequency::rarity;
use crate::reference::Reference;
use crate::style::masked_lines;

/// Words in a row. On the reference, 4 coincide among different authors at every turn and 6 are
/// hardly ever used again.
pub(crate) const LENGTH: usize = 5;
/// Longest common passage, in words, that is still a habit and not a copy.
const LONGEST: usize = 12;
/// Decades that one word is worth at most: a word that nobody else uses may be the subject's.
const MOST_OF_WORD: f64 = 2.0;
/// Decades of all words together from which the phrase is made of rare words.
const RARE_WORDS: f64 = 3.0;
/// Words a side at which the rates were measured: with more text, chance brings more phrases.
const MEASURED_WORDS: f64 = 1000.0;
/// Sequences sorted at once.
const ROUND: usize = 8_000_000;
/// Days on each side of the uses in which other accounts count as the population.
const WINDOW_US: i64 = 30 * 86_400_000_000;
/// Uses of a phrase by one account that are looked at: if all of them are copies, it is one.
const MOST_USES: usize = 50;
/// Most rows of one account for one phrase.
const MOST_ROWS: usize = 5;

type Gram = [u32; LENGTH];

/// What a phrase is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tier {
    /// Words that many use.
    Ordinary,
    /// Words that few use.
    Rare,
}

/// A phrase that two accounts have in common.
#[derive(Debug, Clone)]
pub(crate) struct Phrase<'a> {
    pub(crate) a: &'a AccountKey,
    pub(crate) b: &'a AccountKey,
    pub(crate) tier: Tier,
    pub(crate) words: String,
    pub(crate) score: f64,
    pub(crate) population: usize,
    /// The posts that hold it.
    pub(crate) rows: Vec<&'a RowId>,
}

/// All phrases of all pairs.
#[derive(Debug, Default)]
pub(crate) struct Phrases<'a>(pub(crate) Vec<Phrase<'a>>);

/// A sequence that two texts share: their numbers, and the posts of each that hold it.
#[derive(Debug)]
struct Hit {
    pair: (u32, u32),
    gram: Gram,
    posts: (Vec<u32>, Vec<u32>),
}

impl<'a> Phrases<'a> {
    /// The phrases of the examined accounts of a case. `languages` are those of accounts, in order.
    pub(crate) fn of(
        posts: &'a [Post],
        accounts: &[AccountKey],
        languages: &'a [(AccountKey, String)],
        reference: &Reference,
    ) -> Self {
        let language = |key: &AccountKey| {
            let at = languages.binary_search_by(|(of, _)| of.cmp(key)).ok()?;
            Some(languages.get(at)?.1.as_str())
        };
        let examined = |key: &AccountKey| accounts.binary_search(key).is_ok();
        Self::find(&Corpus::of(posts), examined, language, reference)
    }

    /// Finds the phrases of the texts that `examined` lets through. `language` is that of an
    /// account, where it is known.
    pub(crate) fn find(
        corpus: &Corpus<'a>,
        examined: impl Fn(&AccountKey) -> bool,
        language: impl Fn(&AccountKey) -> Option<&'a str>,
        reference: &Reference,
    ) -> Self {
        let chosen: Vec<bool> = corpus.texts.iter().map(|text| examined(text.key)).collect();
        let mut hits = hits(corpus, &chosen);
        let grams: BTreeSet<Gram> = hits.iter().map(|hit| hit.gram).collect();
        let known = Known::of(reference, corpus, &grams);
        hits.retain(|hit| !known.grams.contains(&hit.gram));
        hits.sort_by_key(|hit| (hit.pair, hit.gram));
        let spelled = corpus.spelled();
        let (mut phrases, mut windows) = (Vec::new(), Vec::new());
        for of_pair in hits.chunk_by(|x, y| x.pair == y.pair) {
            let grams: BTreeSet<Gram> = of_pair.iter().map(|hit| hit.gram).collect();
            for hit in of_pair {
                let (Some(x), Some(y)) =
                    (corpus.texts.get(hit.pair.0 as usize), corpus.texts.get(hit.pair.1 as usize))
                else {
                    continue;
                };
                let (in_x, in_y) = (passages(x, &hit.posts.0), passages(y, &hit.posts.1));
                // One use that is no copy is enough on each side.
                let short = |passages: &[&Passage<'_>]| {
                    passages
                        .iter()
                        .take(MOST_USES)
                        .any(|p| shortest(&p.run, &hit.gram, &grams) <= LONGEST)
                };
                if !short(&in_x) || !short(&in_y) {
                    continue;
                }
                let same = language(x.key).filter(|of_x| language(y.key) == Some(of_x));
                let authors = same.map_or(0, |lang| known.authors.get(lang).copied().unwrap_or(0));
                let all = corpus.texts.len().saturating_sub(2) + authors;
                let of_word = |word: &u32| {
                    let holders = corpus.holders(*word).saturating_sub(2)
                        + same.map_or(0, |lang| known.holders(lang, *word));
                    rarity(holders, all.max(holders)).min(MOST_OF_WORD)
                };
                let rare = hit.gram.iter().map(of_word).sum::<f64>() >= RARE_WORDS;
                let words: Vec<&str> = hit
                    .gram
                    .iter()
                    .map(|word| spelled.get(*word as usize).copied().unwrap_or_default())
                    .collect();
                windows.push(window(&in_x, &in_y));
                phrases.push(Phrase {
                    a: x.key,
                    b: y.key,
                    tier: if rare { Tier::Rare } else { Tier::Ordinary },
                    words: words.join(" "),
                    score: -chance(x.words, y.words),
                    population: authors,
                    rows: [&in_x, &in_y]
                        .iter()
                        .flat_map(|of| of.iter().take(MOST_ROWS).map(|passage| passage.row))
                        .collect(),
                });
            }
        }
        let uses = corpus
            .texts
            .iter()
            .flat_map(|text| text.passages.iter().map(|passage| (text.key, passage.at)));
        let active = Activity::from_uses(uses).counts(&windows);
        for (phrase, active) in phrases.iter_mut().zip(active) {
            phrase.population += active.saturating_sub(2);
            phrase.score += rarity(0, phrase.population);
        }
        Self(phrases)
    }
}

/// The texts' shared sequences, in rounds.
fn hits(corpus: &Corpus<'_>, chosen: &[bool]) -> Vec<Hit> {
    let words: usize = corpus.texts.iter().map(|text| text.words).sum();
    let rounds = words / ROUND + 1;
    let mut hits = Vec::new();
    for round in 0..rounds {
        let mut entries = Vec::<(Gram, u32, u32)>::new();
        for (number, text) in (0..).zip(&corpus.texts) {
            for (post, passage) in (0..).zip(&text.passages) {
                let grams = passage.run.windows(LENGTH);
                for gram in grams.filter_map(|window| Gram::try_from(window).ok()) {
                    let sum: u64 = gram.iter().map(|word| u64::from(*word)).sum();
                    if sum as usize % rounds == round {
                        entries.push((gram, number, post));
                    }
                }
            }
        }
        entries.sort_unstable();
        entries.dedup();
        for group in entries.chunk_by(|x, y| x.0 == y.0) {
            pairs_of(corpus, chosen, group, &mut hits);
        }
    }
    hits
}

fn pairs_of(corpus: &Corpus<'_>, chosen: &[bool], group: &[(Gram, u32, u32)], hits: &mut Vec<Hit>) {
    let owner = |number: u32| corpus.texts.get(number as usize).map(|text| text.owner);
    let holders: Vec<&[(Gram, u32, u32)]> = group.chunk_by(|x, y| x.1 == y.1).collect();
    let owners: BTreeSet<Option<usize>> =
        holders.iter().filter_map(|of| of.first()).map(|entry| owner(entry.1)).collect();
    if holders.len() < 2 || owners.len() > 2 {
        return;
    }
    for (at, of_x) in holders.iter().enumerate() {
        for of_y in holders.iter().skip(at + 1) {
            let (Some(&(gram, x, _)), Some(&(_, y, _))) = (of_x.first(), of_y.first()) else {
                continue;
            };
            let is_chosen = |number: u32| chosen.get(number as usize).is_some_and(|c| *c);
            let alone = owners == BTreeSet::from([owner(x), owner(y)]);
            if is_chosen(x) && is_chosen(y) && alone {
                let posts = |of: &[(Gram, u32, u32)]| of.iter().map(|entry| entry.2).collect();
                hits.push(Hit { pair: (x, y), gram, posts: (posts(of_x), posts(of_y)) });
            }
        }
    }
}

fn passages<'t, 'a>(text: &'t Text<'a>, posts: &[u32]) -> Vec<&'t Passage<'a>> {
    posts.iter().filter_map(|post| text.passages.get(*post as usize)).collect()
}

/// The shortest passage made of `grams` only that holds `gram`, in words.
fn shortest(run: &[u32], gram: &Gram, grams: &BTreeSet<Gram>) -> usize {
    let mut shortest = usize::MAX;
    let (mut length, mut holds) = (0_usize, false);
    let windows = run.windows(LENGTH).map(|window| Gram::try_from(window).ok());
    for window in windows.chain([None]) {
        if let Some(window) = window.filter(|window| grams.contains(window)) {
            length += 1;
            holds |= window == *gram;
        } else {
            if holds {
                shortest = shortest.min(length + LENGTH - 1);
            }
            (length, holds) = (0, false);
        }
    }
    shortest
}

/// Decades by which so much text brings more chance coincidences than where they were measured.
fn chance(words_a: usize, words_b: usize) -> f64 {
    let more = words_a as f64 * words_b as f64 / (MEASURED_WORDS * MEASURED_WORDS);
    libm::log10(more.max(1.0))
}

fn window(in_x: &[&Passage<'_>], in_y: &[&Passage<'_>]) -> Window {
    let times = || in_x.iter().chain(in_y).filter_map(|passage| passage.at);
    let from = times().min()?.saturating_sub(WINDOW_US);
    Some((from, times().max()?.saturating_add(WINDOW_US)))
}

/// What reference authors use.
#[derive(Debug, Default)]
struct Known<'r> {
    /// Authors by language.
    authors: BTreeMap<&'r str, usize>,
    /// Sequences, among those asked for, that an author uses.
    grams: BTreeSet<Gram>,
    /// Authors that use a word of a sequence asked for, by language.
    words: BTreeMap<&'r str, BTreeMap<u32, usize>>,
}

impl<'r> Known<'r> {
    fn of(reference: &'r Reference, corpus: &Corpus<'_>, grams: &BTreeSet<Gram>) -> Self {
        let mut known = Self::default();
        if grams.is_empty() {
            return known;
        }
        let asked: BTreeSet<u32> = grams.iter().flatten().copied().collect();
        for author in reference.authors() {
            *known.authors.entry(&author.lang).or_default() += 1;
            let mut own = BTreeSet::new();
            let lines = author.halves.iter().flatten().flat_map(|text| masked_lines(text));
            for run in lines.flat_map(|line| runs(&line)) {
                let numbers: Vec<Option<u32>> =
                    run.iter().map(|word| corpus.number(word)).collect();
                own.extend(numbers.iter().flatten().filter(|word| asked.contains(word)));
                for window in numbers.windows(LENGTH) {
                    let whole: Option<Vec<u32>> = window.iter().copied().collect();
                    let gram = whole.and_then(|whole| Gram::try_from(whole).ok());
                    known.grams.extend(gram.filter(|gram| grams.contains(gram)));
                }
            }
            let words = known.words.entry(&author.lang).or_default();
            for word in own {
                *words.entry(word).or_default() += 1;
            }
        }
        known
    }

    fn holders(&self, language: &str, word: u32) -> usize {
        self.words.get(language).and_then(|words| words.get(&word)).copied().unwrap_or(0)
    }
}
