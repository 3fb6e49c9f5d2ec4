//! Reads posts and values one at a time.
//!
//! In: posts and shared values, in any order. Out: [`Candidates`]. What is held of a post is its
//! hashes (at most 200 bytes) and, of an account, a sample of about 1,000 words; the posts
//! themselves are not. The result does not depend on the order nor on the number of threads.

use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, Maybe, PostKind};
use rayon::prelude::*;

use super::candidates::{Candidates, Counts};
use super::digest::{BANDS, Digest, hash};
use super::lexicon::Vectors;
use super::neighbours::{NEIGHBOURS, Signature, pairs, signature};
use super::postings::{MOST_ACCOUNTS, Packed, Paired, Postings};
use super::reasons::{Reason, Shared};
use super::sample::Sample;
use crate::style::LEAST_WORDS;

/// Posts digested at a time, by all threads.
const BATCH: usize = 4_096;
/// Pairs that neighbours may give; beyond, from 20,000 accounts, fewer neighbours of each are kept,
/// so that what follows fits in 8 GB for 100,000.
const MOST_NEIGHBOUR_PAIRS: usize = 1_000_000;

/// Pairs that the values of one reason may give, and one band of the sketches.
const MOST_OF_VALUES: usize = 5_000_000;
const MOST_OF_BAND: usize = 2_000_000;
/// Near copies kept; where there are more, they have to meet in more bands.
const MOST_NEAR_COPIES: usize = 1_000_000;

/// Collects what blocking needs.
#[derive(Debug)]
pub struct Builder {
    accounts: Vec<AccountKey>,
    batch: Vec<(u32, String)>,
    /// By [`Reason`]; near copies have an index a band, neighbours none.
    values: [Postings; 5],
    bands: [Postings; BANDS],
    samples: Vec<Sample>,
    hours: Vec<[u16; 24]>,
    counts: Counts,
}

impl Builder {
    /// A builder for these accounts; repetitions are dropped, and so is what lies beyond the
    /// first 16 million in ascending order.
    pub fn new(accounts: &[AccountKey]) -> Self {
        let mut accounts = accounts.to_vec();
        accounts.sort();
        accounts.dedup();
        accounts.truncate(MOST_ACCOUNTS);
        let count = accounts.len() as u64;
        let counts = Counts {
            accounts: count,
            possible: count * count.saturating_sub(1) / 2,
            ..Counts::default()
        };
        Self {
            batch: Vec::with_capacity(BATCH),
            values: Default::default(),
            bands: Default::default(),
            samples: accounts.iter().map(|_| Sample::default()).collect(),
            hours: vec![[0; 24]; accounts.len()],
            accounts,
            counts,
        }
    }

    fn number(&self, account: &AccountKey) -> Option<u32> {
        Some(self.accounts.binary_search(account).ok()? as u32)
    }

    /// Reads a post.
    pub fn post(&mut self, post: &Post) {
        self.counts.posts += 1;
        let (Some(account), Maybe::Known(text)) = (self.number(&post.account), &post.text) else {
            self.counts.posts_left_out += 1;
            return;
        };
        if post.kind == PostKind::Forwarded {
            self.counts.posts_left_out += 1;
            return;
        }
        if let Maybe::Known(at) = post.at
            && at.feeds_timing()
        {
            let hour = at.at_s().div_euclid(3600).rem_euclid(24) as usize;
            let posts = &mut self.hours[account as usize][hour];
            *posts = posts.saturating_add(1);
        }
        self.batch.push((account, text.clone()));
        if self.batch.len() >= BATCH {
            self.digest();
        }
    }

    /// Reads a value that other accounts may hold as well. An account that is not compared is
    /// left out.
    pub fn value(&mut self, account: &AccountKey, shared: Shared, value: &str) {
        if let Some(account) = self.number(account) {
            self.values[shared.reason() as usize].push(hash(value), account);
        }
    }

    fn digest(&mut self) {
        let digests: Vec<(u32, Digest)> =
            self.batch.par_drain(..).map(|(account, text)| (account, Digest::of(&text))).collect();
        for (account, digest) in digests {
            for link in digest.links {
                self.values[Reason::Link as usize].push(link, account);
            }
            if let Some(wording) = digest.wording {
                self.values[Reason::SameText as usize].push(wording, account);
            }
            if let Some(hashes) = digest.bands {
                for (band, hash) in self.bands.iter_mut().zip(hashes) {
                    band.push(hash, account);
                }
            }
            self.samples[account as usize].add(&digest.text, digest.words);
        }
    }

    /// The candidates.
    pub fn finish(self) -> Candidates {
        self.finish_with(NEIGHBOURS)
    }

    /// The candidates, with up to so many neighbours of each account: fewer find fewer second
    /// accounts and leave fewer pairs to compare.
    pub fn finish_with(mut self, neighbours: usize) -> Candidates {
        self.digest();
        let hours: Vec<Signature> = self.hours.iter().map(signature).collect();
        let mut found: Vec<(Reason, Paired)> = Vec::new();
        for (reason, postings) in Reason::ALL.into_iter().zip(self.values) {
            found.push((reason, postings.pairs(MOST_OF_VALUES)));
        }
        let (near, bands, left_out) =
            near_copies(self.bands.into_iter().map(|band| band.pairs(MOST_OF_BAND)));
        self.counts.bands = u64::from(bands);
        self.counts.near_copies_left_out = left_out;
        found.push((Reason::NearCopy, near));
        let long = |sample: Sample| (sample.words() >= LEAST_WORDS).then_some(sample);
        let samples: Vec<Option<Sample>> = self.samples.into_iter().map(long).collect();
        let with_text = samples.iter().flatten().count();
        let neighbours = neighbours.min(MOST_NEIGHBOUR_PAIRS / with_text.max(1));
        self.counts.with_text = with_text as u64;
        self.counts.neighbours = neighbours as u64;
        let pairs = pairs(&Vectors::new(samples), &hours, neighbours);
        found.push((Reason::Style, Paired { pairs, too_common: 0 }));
        Candidates::merge(self.accounts, found, self.counts)
    }
}

/// The pairs that meet in enough bands, how many are enough (one, or more where that gives more
/// than [`MOST_NEAR_COPIES`]), and the pairs that meet in fewer.
fn near_copies(bands: impl IntoIterator<Item = Paired>) -> (Paired, u8, u64) {
    let mut near = Paired::default();
    let mut met: Vec<(Packed, u8)> = Vec::new();
    for band in bands {
        near.too_common += band.too_common;
        met.extend(band.pairs.into_iter().map(|pair| (pair, 1)));
        met.par_sort_unstable();
        met.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            kept.1 += if same { later.1 } else { 0 };
            same
        });
    }
    let reaching = |least: u8| met.iter().filter(|(_, bands)| *bands >= least).count();
    let enough = (1..BANDS as u8).find(|&least| reaching(least) <= MOST_NEAR_COPIES);
    let enough = enough.unwrap_or(BANDS as u8);
    near.pairs = met.iter().filter(|(_, bands)| *bands >= enough).map(|(pair, _)| *pair).collect();
    let left_out = (met.len() - near.pairs.len()) as u64;
    (near, enough, left_out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocking::postings::pack;

    #[test]
    fn too_many_near_copies_have_to_meet_more_often() {
        let mut bands: [Paired; BANDS] = Default::default();
        bands[0].pairs = (1..=MOST_NEAR_COPIES as u32).map(|b| pack(0, b)).collect();
        bands[7].pairs = vec![pack(0, 5)];
        let (near, enough, left_out) = near_copies(bands);
        assert_eq!((near.pairs.len(), enough, left_out), (MOST_NEAR_COPIES, 1, 0));
        let mut bands: [Paired; BANDS] = Default::default();
        bands[0].pairs = (1..=MOST_NEAR_COPIES as u32 + 1).map(|b| pack(0, b)).collect();
        bands[7].pairs = vec![pack(0, 5)];
        let (near, enough, left_out) = near_copies(bands);
        let all_but_one = MOST_NEAR_COPIES as u64;
        assert_eq!((near.pairs, enough, left_out), (vec![pack(0, 5)], 2, all_but_one));
    }
}
