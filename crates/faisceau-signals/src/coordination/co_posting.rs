//! How often two accounts share one object within a window: the count that other tools make.
//!
//! In: shares and a window in seconds. Out: for each pair of accounts the number of pairs of
//! shares of one object, at most that far apart. Source: Righetti and Balluff, `CooRTweet`
//! (`detect_groups`); Giglietto, Righetti, Rossi and Marino, Information, Communication and
//! Society 2020. It is no evidence: a popular object makes many such pairs by itself.

use rayon::prelude::*;

use super::shares::{Share, Shares};

/// Most pairs of shares of one object that are counted; of an object with more nothing is.
const MOST_PAIRS: u64 = 20_000_000;
/// Pairs that are sorted at a time, which bounds the memory.
const BATCH: usize = 16_000_000;

/// The counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CoPosting {
    /// Number of the lower account, of the higher one, pairs of shares; in order.
    pub edges: Vec<(u32, u32, u32)>,
    /// Objects with too many pairs, left out.
    pub objects_left_out: usize,
    /// Pairs of shares of these.
    pub pairs_left_out: u64,
}

/// Counts. `window` is in seconds, both ends included.
pub fn co_posting(shares: &Shares, window: i64) -> CoPosting {
    let mut found = CoPosting::default();
    let (mut batches, mut pending) = (Vec::new(), 0_u64);
    let mut batch: Vec<&[Share]> = Vec::new();
    for object in shares.by_object() {
        let pairs = pairs_within(object, window);
        if pairs > MOST_PAIRS {
            found.objects_left_out += 1;
            found.pairs_left_out += pairs;
            continue;
        }
        if pairs == 0 {
            continue;
        }
        batch.push(object);
        pending += pairs;
        if pending >= BATCH as u64 {
            batches.push(counted(&batch, pending, window));
            batch.clear();
            pending = 0;
        }
    }
    batches.push(counted(&batch, pending, window));
    found.edges = merged(batches);
    found
}

/// Pairs of shares of one object, sorted by time, at most `window` apart.
pub(super) fn pairs_within(object: &[Share], window: i64) -> u64 {
    let (mut pairs, mut start) = (0_u64, 0);
    for (at, share) in object.iter().enumerate() {
        while object[start].at < share.at.saturating_sub(window) {
            start += 1;
        }
        pairs += (at - start) as u64;
    }
    pairs
}

fn counted(batch: &[&[Share]], pairs: u64, window: i64) -> Vec<(u64, u32)> {
    let mut keys: Vec<u64> = Vec::with_capacity(pairs as usize);
    for object in batch {
        let mut start = 0;
        for (at, share) in object.iter().enumerate() {
            while object[start].at < share.at.saturating_sub(window) {
                start += 1;
            }
            let others = object[start..at].iter().filter(|o| o.account != share.account);
            keys.extend(others.map(|other| key(share.account, other.account)));
        }
    }
    // Equal keys are equal: their order after sorting shows nowhere.
    keys.par_sort_unstable();
    keys.chunk_by(|one, other| one == other).map(|run| (run[0], run.len() as u32)).collect()
}

/// Both accounts in one number that sorts like the pair.
pub(super) const fn key(one: u32, other: u32) -> u64 {
    let (low, high) = if one < other { (one, other) } else { (other, one) };
    (low as u64) << 32 | high as u64
}

/// The accounts of a number made by [`key`].
pub(super) const fn accounts(key: u64) -> (u32, u32) {
    ((key >> 32) as u32, key as u32)
}

fn merged(batches: Vec<Vec<(u64, u32)>>) -> Vec<(u32, u32, u32)> {
    let mut all = batches.into_iter().filter(|batch| !batch.is_empty()).collect::<Vec<_>>();
    let mut counts = if all.len() == 1 { all.remove(0) } else { all.concat() };
    if !all.is_empty() {
        counts.sort_unstable();
    }
    let runs = counts.chunk_by(|one, other| one.0 == other.0);
    runs.map(|run| {
        let (low, high) = accounts(run[0].0);
        (low, high, run.iter().fold(0, |sum: u32, one| sum.saturating_add(one.1)))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_of_the_window_count_and_an_account_is_no_pair() {
        let shares = Shares::new(&[
            ("a", "x", 0, 0),
            ("b", "x", 10, 0),
            ("a", "x", 11, 0),
            ("c", "x", 22, 0),
            ("a", "y", 0, 0),
            ("b", "y", 3, 0),
        ]);
        let found = co_posting(&shares, 10);
        assert_eq!(found.edges, [(0, 1, 3)]);
        assert_eq!(co_posting(&shares, 12).edges, [(0, 1, 3), (0, 2, 1), (1, 2, 1)]);
        assert_eq!(co_posting(&Shares::default(), 10), CoPosting::default());
    }

    #[test]
    fn times_at_the_end_of_the_scale_do_not_wrap() {
        let shares = Shares::new(&[("a", "x", i64::MIN, 0), ("b", "x", i64::MAX, 0)]);
        assert_eq!(co_posting(&shares, i64::MAX).edges, []);
    }
}
