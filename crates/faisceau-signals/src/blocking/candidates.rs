//! The candidate pairs, with the reasons and the counts.
//!
//! In: the pairs of each reason. Out: each pair once, ascending, with all its reasons.

use faisceau_model::AccountKey;

use super::postings::{Packed, Paired};
use super::reasons::{Reason, Reasons};

/// What blocking kept, and what it did not look at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Accounts.
    pub accounts: u64,
    /// Pairs of accounts that exist.
    pub possible: u64,
    /// Pairs kept.
    pub kept: u64,
    /// Pairs kept for each reason, in the order of [`Reason::ALL`]; a pair may have several.
    pub kept_for: [u64; Reason::ALL.len()],
    /// Values left out because too many accounts hold them, for each reason; of near copies, bands
    /// of sketches.
    pub too_common: [u64; Reason::ALL.len()],
    /// Posts read.
    pub posts: u64,
    /// Posts left out: forwarded, without text, or of an account that is not compared.
    pub posts_left_out: u64,
    /// Accounts with enough text to have neighbours.
    pub with_text: u64,
    /// Neighbours looked for of each of them.
    pub neighbours: u64,
    /// Bands of sketches, of 20, in which near copies had to meet.
    pub bands: u64,
    /// Pairs of near copies left out because they met in fewer.
    pub near_copies_left_out: u64,
}

/// Candidate pairs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidates {
    /// The accounts, ascending, each once: what the numbers of the pairs mean.
    pub accounts: Vec<AccountKey>,
    /// Pairs of numbers of accounts, the smaller first, ascending, each once.
    pub pairs: Vec<(u32, u32)>,
    /// For each pair, why it was kept.
    pub reasons: Vec<Reasons>,
    /// The counts.
    pub counts: Counts,
}

impl Candidates {
    /// Merges what each reason gave; several entries of one reason must not hold a pair twice.
    pub(super) fn merge(
        accounts: Vec<AccountKey>,
        found: Vec<(Reason, Paired)>,
        mut counts: Counts,
    ) -> Self {
        let mut all: Vec<(Packed, Reasons)> = Vec::new();
        for (reason, paired) in found {
            counts.kept_for[reason as usize] += paired.pairs.len() as u64;
            counts.too_common[reason as usize] += paired.too_common;
            let reasons = Reasons::default().with(reason);
            all.extend(paired.pairs.into_iter().map(|pair| (pair, reasons)));
        }
        all.sort_unstable();
        let mut pairs = Vec::new();
        let mut reasons = Vec::new();
        for same in all.chunk_by(|one, other| one.0 == other.0) {
            pairs.push(((same[0].0 >> 32) as u32, same[0].0 as u32));
            reasons.push(same.iter().fold(Reasons::default(), |sum, one| sum.and(one.1)));
        }
        counts.kept = pairs.len() as u64;
        Self { accounts, pairs, reasons, counts }
    }

    /// Why a pair of numbers, the smaller first, was kept; `None` for a pair that was not.
    pub fn reasons_of(&self, pair: (u32, u32)) -> Option<Reasons> {
        Some(self.reasons[self.pairs.binary_search(&pair).ok()?])
    }
}
