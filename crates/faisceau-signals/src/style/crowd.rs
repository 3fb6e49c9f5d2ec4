//! Pairs among more documents than are compared at once.
//!
//! In: documents of one language and length, and pairs of them. Out: for each pair the parts of
//! `writing_style`, as among few documents but for two things. What is common in the language is
//! learnt from a sample of [`POPULATION`] documents, and each document is set against the same
//! [`RIVALS`] rivals; both are drawn by the hash of the account, so that neither the pairs asked
//! for nor the order of rows matters. Documents are read in tiles, so that memory is bounded
//! whatever their number.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::Writing;
use super::cohort::{self, Stand};
use super::parts::{PARTS, Parts};
use crate::splitmix::SplitMix64;

/// Documents that tell what is common.
const POPULATION: usize = 2_000;
/// Rivals of every document.
const RIVALS: usize = 400;
/// Documents that are set against the rivals at a time.
const CHUNK: usize = 2_000;
/// Documents of one side of a tile. Two sides of 3,000 texts of 500 words hold 0.9 GB; with smaller
/// tiles documents are read again more often.
const TILE: usize = 3_000;
/// Start of the draw.
const SEED: u64 = 0x7374_796c_6573_7479;

/// The scores of one pair.
type Scores = [f64; PARTS.len()];

/// Documents to compare.
pub(super) struct Crowd<'a> {
    /// Documents that reach the length.
    pub(super) texts: &'a [&'a Writing],
    /// Bundled ones, which also tell what is common.
    pub(super) reference: &'a [&'a Writing],
    /// The length, in words.
    pub(super) words: usize,
    /// Of all of them.
    pub(super) language: &'a str,
}

impl Crowd<'_> {
    /// The parts of each pair of different numbers of `texts`.
    pub(super) fn of_pairs(&self, pairs: &[(usize, usize)]) -> Vec<Scores> {
        let mut order: Vec<(u64, usize)> = self
            .texts
            .iter()
            .enumerate()
            .map(|(number, text)| (SplitMix64::for_text(SEED, &text.key).next(), number))
            .collect();
        order.sort_unstable();
        let first = |count| {
            let drawn = order.iter().take(count).map(|(_, number)| *number);
            drawn.collect::<BTreeSet<usize>>().into_iter().collect::<Vec<usize>>()
        };
        let base = self.fitted(&first(POPULATION));
        let asked: Vec<usize> = pairs
            .iter()
            .flat_map(|&(a, b)| [a, b])
            .collect::<BTreeSet<usize>>()
            .into_iter()
            .collect();
        let stands = self.stands(&base, &asked, &first(RIVALS), pairs);
        self.in_tiles(&base, &asked, &stands, pairs)
    }

    fn fitted(&self, population: &[usize]) -> Parts {
        let population = population.iter().map(|&number| self.texts[number]);
        let texts: Vec<&Writing> = population.chain(self.reference.iter().copied()).collect();
        let (documents, written) = self.samples(&texts);
        Parts::new(&documents, &written, self.language).emptied()
    }

    fn samples<'t>(&self, texts: &[&'t Writing]) -> (Vec<Vec<&'t str>>, Vec<Vec<&'t str>>) {
        let documents = texts.iter().map(|text| text.sample(self.words));
        let written = texts.iter().map(|text| text.sample_as_written(self.words));
        (documents.collect(), written.collect())
    }

    fn extend(&self, parts: &mut Parts, numbers: &[usize]) {
        let texts: Vec<&Writing> = numbers.iter().map(|&number| self.texts[number]).collect();
        let (documents, written) = self.samples(&texts);
        parts.extend(&documents, &written);
    }

    /// Sets each document against the rivals.
    fn stands(
        &self,
        base: &Parts,
        asked: &[usize],
        rivals: &[usize],
        pairs: &[(usize, usize)],
    ) -> Stands {
        let mut stands = Stands {
            of_strangers: vec![[None; PARTS.len()]; self.texts.len()],
            of_rivals: BTreeMap::new(),
        };
        let mut with_rivals = BTreeMap::<usize, Vec<usize>>::new();
        for (x, y) in pairs.iter().flat_map(|&(a, b)| [(a, b), (b, a)]) {
            if let Ok(at) = rivals.binary_search(&y) {
                with_rivals.entry(x).or_default().push(at);
            }
        }
        let mut parts = base.emptied();
        self.extend(&mut parts, rivals);
        let others: Vec<usize> = (0..rivals.len()).collect();
        for chunk in asked.chunks(CHUNK) {
            self.extend(&mut parts, chunk);
            let xs: Vec<usize> = (others.len()..others.len() + chunk.len()).collect();
            for (part, similarity) in parts.similarities().enumerate() {
                let one = |(x, mut values): (&usize, Vec<f64>)| {
                    let own = rivals.binary_search(x).ok();
                    if let Some(own) = own {
                        values.remove(own);
                    }
                    let asked = with_rivals.get(x).map_or(&[][..], Vec::as_slice);
                    let shifted = |&at: &usize| at - usize::from(own.is_some_and(|own| own < at));
                    let shifted: Vec<usize> = asked.iter().map(shifted).collect();
                    cohort::stand(similarity, &values, &shifted)
                };
                let block = similarity.block(&xs, &others);
                let found: Vec<_> = chunk.par_iter().zip(block).map(one).collect();
                for (x, (stand, places)) in chunk.iter().zip(found) {
                    stands.of_strangers[*x][part] = stand;
                    for (rival, place) in with_rivals.get(x).into_iter().flatten().zip(places) {
                        let scores = stands.of_rivals.entry((*x, rivals[*rival])).or_default();
                        scores[part] = place.unwrap_or(0.0);
                    }
                }
            }
            parts.truncate(rivals.len());
        }
        stands
    }

    /// Measures the pairs, those of the same two tiles of documents together.
    fn in_tiles(
        &self,
        base: &Parts,
        asked: &[usize],
        stands: &Stands,
        pairs: &[(usize, usize)],
    ) -> Vec<Scores> {
        let place = |number: &usize| asked.binary_search(number).unwrap_or_default();
        let mut tiles = BTreeMap::<(usize, usize), Vec<usize>>::new();
        for (number, (a, b)) in pairs.iter().enumerate() {
            let (a, b) = (place(a) / TILE, place(b) / TILE);
            tiles.entry((a.min(b), a.max(b))).or_default().push(number);
        }
        let sides: Vec<&[usize]> = asked.chunks(TILE).collect();
        let mut scores = vec![Scores::default(); pairs.len()];
        let (mut parts, mut held) = (base.emptied(), None);
        for ((a, b), numbers) in tiles {
            if held != Some(a) {
                parts.truncate(0);
                self.extend(&mut parts, sides[a]);
                held = Some(a);
            }
            parts.truncate(sides[a].len());
            if a != b {
                self.extend(&mut parts, sides[b]);
            }
            let at = |number: usize| {
                let place = place(&number);
                place % TILE + if place / TILE == a { 0 } else { sides[a].len() }
            };
            let one = |&number: &usize| {
                let (x, y) = pairs[number];
                let (at_x, at_y) = (at(x), at(y));
                let mut scores = Scores::default();
                for (part, similarity) in parts.similarities().enumerate() {
                    let (one, other) = similarity.both(at_x, at_y);
                    let (one, other) =
                        (stands.place((x, y), part, one), stands.place((y, x), part, other));
                    scores[part] = f64::midpoint(one, other);
                }
                scores
            };
            let found: Vec<Scores> = numbers.par_iter().map(one).collect();
            for (number, found) in numbers.into_iter().zip(found) {
                scores[number] = found;
            }
        }
        scores
    }
}

/// What the rivals of each document leave.
struct Stands {
    /// By document, part by part.
    of_strangers: Vec<[Option<Stand>; PARTS.len()]>,
    /// The places of candidates that are rivals themselves, among the others.
    of_rivals: BTreeMap<(usize, usize), Scores>,
}

impl Stands {
    /// The place of `y` for `x`. A part under which all rivals are alike is 0.
    fn place(&self, (x, y): (usize, usize), part: usize, value: f64) -> f64 {
        match self.of_rivals.get(&(x, y)) {
            Some(scores) => scores[part],
            None => self.of_strangers[x][part].and_then(|stand| stand.of(value)).unwrap_or(0.0),
        }
    }
}
