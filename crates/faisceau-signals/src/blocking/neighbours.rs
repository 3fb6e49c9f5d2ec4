//! The accounts whose texts are nearest to each account's.
//!
//! In: vectors of character 4-grams. Out: for each account up to [`NEIGHBOURS`] others. A first
//! pass over inverted lists looks at the weightiest grams that few accounts hold; the best
//! [`PRESELECTED`] of it are measured again over all grams (cosine). Hours of activity decide only
//! between equals. An account that shares no gram held by few with another is not found: the
//! pruning that makes this possible for 100,000 accounts.

use rayon::prelude::*;

use super::lexicon::{Vectors, Weighed};
use super::postings::{Packed, pack};

/// Neighbours kept of each account.
pub(super) const NEIGHBOURS: usize = 50;
/// Accounts measured over all grams, of each account.
const PRESELECTED: usize = 200;
/// Grams of an account that are looked up.
const LOOKED_UP: usize = 200;
/// Most accounts in an inverted list: commoner grams are left to the second measure.
const MOST_HOLDERS: u32 = 1_000;
/// Steps of the cosine below which two accounts count as equally near.
const STEPS: f64 = 1_000.0;

/// Hours of the day, one bit each, in which an account is active more than evenly.
pub(super) type Signature = u32;

/// The signature of posts counted by hour of the day.
pub(super) fn signature(hours: &[u16; 24]) -> Signature {
    let all: u32 = hours.iter().map(|&posts| u32::from(posts)).sum();
    (0..)
        .zip(hours)
        .fold(0, |bits, (hour, &posts)| bits | u32::from(u32::from(posts) * 24 > all) << hour)
}

/// The pairs in which one is among the nearest `count` of the other, ascending, each once.
pub(super) fn pairs(vectors: &Vectors, hours: &[Signature], count: usize) -> Vec<Packed> {
    let lists = Lists::new(vectors);
    let norms: Vec<f64> = vectors.accounts.par_iter().map(|grams| norm(grams)).collect();
    let search = Search { vectors, lists, norms, hours, count };
    let scratch = || Scratch::new(vectors);
    let one = |scratch: &mut Scratch, x: usize| search.nearest(scratch, x);
    let found: Vec<Vec<Packed>> =
        (0..vectors.accounts.len()).into_par_iter().map_init(scratch, one).collect();
    let mut pairs = found.concat();
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

fn norm(grams: &[Weighed]) -> f64 {
    let sum: u64 = grams.iter().map(|gram| u64::from(gram.weight() * gram.weight())).sum();
    (sum as f64).sqrt()
}

/// The grams of an account that are looked up: the weightiest that few accounts hold.
fn keys(grams: &[Weighed], holders: &[u32]) -> Vec<Weighed> {
    let few = |gram: &&Weighed| holders[gram.gram()] <= MOST_HOLDERS;
    let mut keys: Vec<Weighed> = grams.iter().filter(few).copied().collect();
    // Of equal weights the rarer: grams are numbered from the commonest.
    keys.sort_unstable_by_key(|gram| std::cmp::Reverse((gram.weight(), gram.gram())));
    keys.truncate(LOOKED_UP);
    keys
}

/// For each gram the accounts of which it is a key, with the weight.
struct Lists {
    entries: Vec<(u32, u8)>,
    /// Where the list of each gram starts, and the end of the last.
    starts: Vec<u32>,
}

impl Lists {
    fn new(vectors: &Vectors) -> Self {
        let keys: Vec<Vec<Weighed>> =
            vectors.accounts.par_iter().map(|grams| keys(grams, &vectors.holders)).collect();
        let mut starts = vec![0_u32; vectors.holders.len() + 1];
        for gram in keys.iter().flatten() {
            starts[gram.gram() + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut entries = vec![(0, 0); sum as usize];
        for (account, keys) in (0..).zip(&keys) {
            for gram in keys {
                let at = &mut next[gram.gram()];
                entries[*at as usize] = (account, gram.weight() as u8);
                *at += 1;
            }
        }
        Self { entries, starts }
    }

    fn of(&self, gram: usize) -> &[(u32, u8)] {
        &self.entries[self.starts[gram] as usize..self.starts[gram + 1] as usize]
    }
}

/// What one thread works on; all zero between two accounts.
struct Scratch {
    /// Products with each account.
    products: Vec<u32>,
    /// Accounts with a product.
    met: Vec<u32>,
    /// The weights of the account searched for.
    weights: Vec<u8>,
}

impl Scratch {
    fn new(vectors: &Vectors) -> Self {
        Self {
            products: vec![0; vectors.accounts.len()],
            met: Vec::new(),
            weights: vec![0; vectors.holders.len()],
        }
    }
}

struct Search<'a> {
    vectors: &'a Vectors,
    lists: Lists,
    norms: Vec<f64>,
    hours: &'a [Signature],
    count: usize,
}

impl Search<'_> {
    fn nearest(&self, scratch: &mut Scratch, x: usize) -> Vec<Packed> {
        let grams = &self.vectors.accounts[x];
        for gram in keys(grams, &self.vectors.holders) {
            for &(account, weight) in self.lists.of(gram.gram()) {
                let product = &mut scratch.products[account as usize];
                if *product == 0 {
                    scratch.met.push(account);
                }
                *product += gram.weight() * u32::from(weight);
            }
        }
        let mut met: Vec<(u64, u32)> = Vec::with_capacity(scratch.met.len());
        for account in scratch.met.drain(..) {
            let product = std::mem::take(&mut scratch.products[account as usize]);
            if account as usize != x {
                let cosine = f64::from(product) / self.norms[account as usize];
                met.push((rank(cosine), account));
            }
        }
        if met.len() > PRESELECTED {
            met.select_nth_unstable(PRESELECTED);
            met.truncate(PRESELECTED);
        }
        self.measure(scratch, x, met)
    }

    /// The nearest of those met, over all grams.
    fn measure(&self, scratch: &mut Scratch, x: usize, met: Vec<(u64, u32)>) -> Vec<Packed> {
        let grams = &self.vectors.accounts[x];
        for gram in grams {
            scratch.weights[gram.gram()] = gram.weight() as u8;
        }
        let measure = |(_, account): (u64, u32)| {
            let other = account as usize;
            let product: u64 = self.vectors.accounts[other]
                .iter()
                .map(|gram| u64::from(gram.weight() * u32::from(scratch.weights[gram.gram()])))
                .sum();
            let cosine = product as f64 / (self.norms[x] * self.norms[other]);
            let steps = (cosine * STEPS) as u32;
            let hours = (self.hours[x] & self.hours[other]).count_ones();
            (std::cmp::Reverse((steps, hours)), account)
        };
        let mut measured: Vec<_> = met.into_iter().map(measure).collect();
        for gram in grams {
            scratch.weights[gram.gram()] = 0;
        }
        measured.sort_unstable();
        measured.truncate(self.count);
        measured.into_iter().map(|(_, account)| pack(x as u32, account)).collect()
    }
}

/// Ascending as the cosine falls: the bits of a positive float sort like the float.
fn rank(cosine: f64) -> u64 {
    !cosine.to_bits()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocking::sample::Sample;

    #[test]
    fn halves_of_one_author_are_neighbours() {
        let sample = |author: usize, half: usize| {
            let mut sample = Sample::default();
            for n in 0..20 {
                let (word, other) = (author * 7 + n % 5, half * 20 + n);
                sample.add(&format!("alors mot{word}r et fin{other} de phrase"), 6);
            }
            Some(sample)
        };
        let samples = (0..40).flat_map(|author| [sample(author, 0), sample(author, 1)]);
        let vectors = Vectors::new(samples.chain([None]).collect());
        let found = pairs(&vectors, &[0; 81], 1);
        assert!(
            (0..40).all(|author| found.binary_search(&pack(2 * author, 2 * author + 1)).is_ok())
        );
        assert!(found.len() <= 80);
        assert_eq!(found, pairs(&vectors, &[0; 81], 1));
    }

    #[test]
    fn a_signature_marks_the_busy_hours() {
        let mut hours = [0; 24];
        hours[3] = 2;
        hours[20] = u16::MAX;
        assert_eq!(signature(&hours), 1 << 20);
        assert_eq!(signature(&[0; 24]), 0);
        assert_eq!(signature(&[4; 24]), 0);
    }
}
