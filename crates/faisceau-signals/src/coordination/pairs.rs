//! The pure core of `shared_objects`: shares in, scored pairs out.
//!
//! In: shares. Out: the pairs of accounts that shared at least one object within five minutes of
//! each other and met on at least two occasions, with the sum of the terms of their common
//! objects. Near-linear: a popular object nominates fewer pairs, which is counted, and no object
//! is left out of the score of a pair that another object nominated.

use rayon::prelude::*;

use super::co_posting::{accounts, key, pairs_within};
use super::law::{Law, NEAR};
use super::shares::{Share, Shares};

/// Fewest occasions: one coincidence is what chance brings to somebody.
const LEAST_OCCASIONS: usize = 2;
/// Most pairs that one object nominates.
const MOST_NOMINATED: u64 = 1_000_000;
/// Narrower windows for objects with more, in seconds.
const WINDOWS: [i64; 3] = [NEAR, 60, 10];
/// Seconds between two meetings of one episode: who is on-line together meets several times.
const EPISODE: i64 = 3600;

/// Two accounts that shared the same objects.
#[derive(Debug, Clone, PartialEq)]
pub struct Together {
    /// Number of the lower account.
    pub a: u32,
    /// Number of the higher account.
    pub b: u32,
    /// Sum of the terms of the common objects, natural logarithm, damped inside episodes.
    pub score: f64,
    /// Meetings at different times.
    pub occasions: usize,
    /// Of these, within five minutes.
    pub near: usize,
    /// Most accounts that share an object that both shared within five minutes.
    pub most_sharers: u32,
    /// The shares of both, of the meetings within five minutes.
    pub shares: Vec<(Share, Share)>,
}

/// What was looked at, and what was not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Objects with at least two sharers.
    pub objects: usize,
    /// Objects so popular that only pairs nearer than five minutes were nominated by them.
    pub narrowed: usize,
    /// Objects so popular that they nominated none.
    pub silent: usize,
    /// Pairs nominated.
    pub nominated: usize,
}

/// The scored pairs in the order of their numbers, and what was looked at.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// The pairs.
    pub pairs: Vec<Together>,
    /// What was looked at.
    pub coverage: Coverage,
}

/// Scores the pairs of accounts for which `examined` holds. All shares form the laws.
pub fn together(shares: &Shares, examined: impl Fn(u32) -> bool) -> Outcome {
    let shares = shares.first_only();
    let law = Law::of(&shares);
    let examined: Vec<bool> = (0..shares.accounts().len() as u32).map(examined).collect();
    let (nominated, mut coverage) = nominated(&shares, &examined);
    coverage.nominated = nominated.len();
    let of_account = of_account(&shares);
    let scored = |&pair: &u64| scored(pair, &of_account, &law);
    Outcome { pairs: nominated.par_iter().filter_map(scored).collect(), coverage }
}

/// Pairs near each other on some object, sorted.
fn nominated(shares: &Shares, examined: &[bool]) -> (Vec<u64>, Coverage) {
    let (mut pairs, mut coverage) = (Vec::new(), Coverage::default());
    for object in shares.by_object().filter(|object| object.len() > 1) {
        coverage.objects += 1;
        let shares: Vec<Share> =
            object.iter().filter(|share| examined[share.account as usize]).copied().collect();
        let fits = |window: &&i64| pairs_within(&shares, **window) <= MOST_NOMINATED;
        let Some(&window) = WINDOWS.iter().find(fits) else {
            coverage.silent += 1;
            continue;
        };
        coverage.narrowed += usize::from(window < NEAR);
        let mut start = 0;
        for (at, share) in shares.iter().enumerate() {
            while shares[start].at < share.at.saturating_sub(window) {
                start += 1;
            }
            let near = shares[start..at].iter().filter(|other| Law::near(other, share));
            pairs.extend(near.map(|other| key(share.account, other.account)));
        }
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    (pairs, coverage)
}

/// The shares of each account by object.
fn of_account(shares: &Shares) -> Vec<Vec<Share>> {
    let mut of_account = vec![Vec::new(); shares.accounts().len()];
    // The shares come by object, so each list is in the order of its objects.
    for share in shares.all() {
        of_account[share.account as usize].push(*share);
    }
    of_account
}

fn scored(pair: u64, of_account: &[Vec<Share>], law: &Law) -> Option<Together> {
    let (a, b) = accounts(pair);
    let mut meetings = meetings(&of_account[a as usize], &of_account[b as usize]);
    meetings.sort_unstable_by_key(|(x, y)| (x.at.min(y.at), x.at, y.at, x.object));
    // Link, tag and mention of one message are one act, not three.
    let at_once = |one: &(Share, Share), other: &(Share, Share)| {
        (one.0.at, one.1.at) == (other.0.at, other.1.at)
    };
    let occasions: Vec<(i64, f64, bool)> = meetings
        .chunk_by(at_once)
        .map(|acts| {
            let sum: f64 = acts.iter().map(|(x, y)| law.term(x, y)).sum();
            let (x, y) = &acts[0];
            (x.at.min(y.at), sum / acts.len() as f64, Law::near(x, y))
        })
        .collect();
    if occasions.len() < LEAST_OCCASIONS {
        return None;
    }
    let same =
        |one: &(i64, f64, bool), other: &(i64, f64, bool)| other.0.saturating_sub(one.0) <= EPISODE;
    // Meetings of one episode are not independent: n of them count as the root of n.
    let episode = |run: &[(i64, f64, bool)]| {
        run.iter().map(|one| one.1).sum::<f64>() / (run.len() as f64).sqrt()
    };
    let score = occasions.chunk_by(same).map(episode).sum();
    let near = occasions.iter().filter(|one| one.2).count();
    let count = occasions.len();
    meetings.retain(|(x, y)| Law::near(x, y));
    let most_sharers = meetings.iter().map(|(x, _)| law.sharers(x.object)).max().unwrap_or(0);
    Some(Together { a, b, score, occasions: count, near, most_sharers, shares: meetings })
}

/// The shares of the objects that both lists hold.
fn meetings(a: &[Share], b: &[Share]) -> Vec<(Share, Share)> {
    let (mut x, mut y, mut met) = (0, 0, Vec::new());
    while let (Some(one), Some(other)) = (a.get(x), b.get(y)) {
        match one.object.cmp(&other.object) {
            std::cmp::Ordering::Less => x += 1,
            std::cmp::Ordering::Greater => y += 1,
            std::cmp::Ordering::Equal => {
                met.push((*one, *other));
                x += 1;
                y += 1;
            }
        }
    }
    met
}

#[cfg(test)]
mod tests;
