//! Raids: bursts of several accounts on one target.
//!
//! In: posts. Out: rows of `raids`, in the order of their onset. A target is a thread, an account
//! addressed or mentioned, a link, or a hashtag. Every act opens a window of ten minutes, one hour
//! and one day; the accounts in it are set against what the same corpus, period and hour of day
//! would bring (`raids::baseline`), and the chance is multiplied by the number of windows that
//! were looked at. Whether accounts lead or follow is judged over all raids (`raids::order`).
//! Source: scan statistics (Kulldorff 1997; Naus 1965), with a negative binomial for ordinary
//! bursts. A raid says that accounts acted at one time, and not that they agreed to.

mod acts;
mod baseline;
mod order;

use std::collections::BTreeSet;

use faisceau_model::RowId;
use faisceau_model::rows::{Post, Raid};

use acts::{Act, Acts, Target};
use baseline::Baseline;

/// Lengths of the windows, in seconds.
pub(super) const LENGTHS: [i64; 3] = [600, 3600, 86_400];
/// Fewest accounts of a raid.
const LEAST_ACCOUNTS: usize = 3;
/// Highest log10 of the chance, times the windows looked at.
const HIGHEST_CHANCE: f64 = -2.0;
/// Most raids of one target.
const MOST_PER_TARGET: usize = 20;
/// Most acts of one target in which raids are sought again after one was found.
const MOST_SOUGHT_AGAIN: usize = 200_000;
/// Most posts listed one by one.
const MOST_ROWS: usize = 200;
/// Accounts outside the raid from which a target is one that everybody writes to.
const POPULAR: usize = 30;
/// Acts for each account from which a burst is rather a conversation.
const CONVERSATION: usize = 3;

/// A window and what it holds.
#[derive(Debug, Clone, Copy)]
struct Burst {
    from: usize,
    to: usize,
    expected: f64,
    log10_chance: f64,
    /// More acts in the whole corpus than at such an hour otherwise.
    busy: bool,
    /// As many accounts come to other targets of the kind.
    elsewhere: bool,
}

/// Finds the raids in posts.
pub fn raids(posts: &[Post]) -> Vec<Raid> {
    let acts = Acts::of(posts);
    let baseline = Baseline::of(&acts);
    let searched: usize = acts.targets.iter().map(|target| target.acts.len() * LENGTHS.len()).sum();
    let mut found: Vec<(&Target, Vec<&Act>, Burst)> = Vec::new();
    for target in &acts.targets {
        let mut left: Vec<&Act> = target.acts.iter().collect();
        for _ in 0..MOST_PER_TARGET {
            let Some(burst) = best(target, &left, &baseline, searched) else { break };
            found.push((target, left.drain(burst.from..=burst.to).collect(), burst));
            if left.len() > MOST_SOUGHT_AGAIN {
                break;
            }
        }
    }
    let onset = |acts: &[&Act]| acts.first().map(|act| act.at);
    found.sort_by(|x, y| {
        onset(&x.1)
            .cmp(&onset(&y.1))
            .then_with(|| x.0.kind.cmp(y.0.kind))
            .then_with(|| x.0.name.cmp(&y.0.name))
    });
    let orders: Vec<Vec<(u32, i64)>> = found.iter().map(|(_, acts, _)| entries(acts)).collect();
    let (leaders, followers) = order::judged(&orders);
    let rows = found.iter().zip(&orders).enumerate();
    rows.filter_map(|(number, ((target, raided, burst), entries))| {
        let names = |chosen: &BTreeSet<u32>| -> Vec<String> {
            let of = entries.iter().filter(|(account, _)| chosen.contains(account));
            of.map(|(account, _)| acts.name(*account)).collect()
        };
        Some(Raid {
            id: RowId::derived("raid", number + 1),
            target: target.name.clone(),
            target_kind: target.kind.to_owned(),
            onset: raided.first()?.moment,
            end: raided.last()?.moment,
            accounts: entries.iter().map(|(account, _)| acts.name(*account)).collect(),
            leaders: names(&leaders),
            followers: names(&followers),
            acts: raided.len() as i64,
            expected: burst.expected,
            log10_chance: burst.log10_chance,
            searched: searched as i64,
            innocent: innocent(target, raided, entries.len(), burst),
            rows: rows_of(raided),
        })
    })
    .collect()
}

/// The window with the lowest chance, if that is low enough.
fn best(target: &Target, acts: &[&Act], baseline: &Baseline<'_>, searched: usize) -> Option<Burst> {
    let mut best: Option<Burst> = None;
    for (kind, length) in LENGTHS.iter().enumerate() {
        for (from, to, accounts) in windows(acts, *length) {
            if accounts < LEAST_ACCOUNTS {
                continue;
            }
            let start = acts[from].at;
            let expected = baseline.expected(target, kind, start);
            // The act that opens the window is given; the chance is of the others.
            let chance = expected.log10_chance(accounts - 1);
            let log10_chance = chance + libm::log10(searched as f64);
            let lower = best.is_none_or(|burst| log10_chance < burst.log10_chance);
            if lower && log10_chance <= HIGHEST_CHANCE {
                let busy = baseline.busy(target, kind, start);
                let elsewhere = baseline.seen_elsewhere(target, kind, accounts);
                best = Some(Burst {
                    from,
                    to,
                    expected: expected.accounts(),
                    log10_chance,
                    busy,
                    elsewhere,
                });
            }
        }
    }
    best
}

/// For each act the last act in the window that it opens, and the accounts in it.
fn windows(acts: &[&Act], length: i64) -> Vec<(usize, usize, usize)> {
    let mut inside = std::collections::BTreeMap::<u32, usize>::new();
    let (mut end, mut windows) = (0, Vec::with_capacity(acts.len()));
    for (from, act) in acts.iter().enumerate() {
        while let Some(next) = acts.get(end).filter(|next| next.at < act.at.saturating_add(length))
        {
            *inside.entry(next.account).or_default() += 1;
            end += 1;
        }
        windows.push((from, end.saturating_sub(1), inside.len()));
        if let Some(count) = inside.get_mut(&act.account) {
            *count -= 1;
            if *count == 0 {
                inside.remove(&act.account);
            }
        }
    }
    windows
}

/// The accounts with the time of their first act, in that order.
fn entries(acts: &[&Act]) -> Vec<(u32, i64)> {
    let mut seen = BTreeSet::new();
    let first = acts.iter().filter(|act| seen.insert(act.account));
    first.map(|act| (act.account, act.at)).collect()
}

fn innocent(target: &Target, acts: &[&Act], accounts: usize, burst: &Burst) -> Vec<String> {
    let mut codes = BTreeSet::from(["common_event"]);
    if burst.busy {
        codes.insert("busy_period");
    }
    if burst.elsewhere {
        codes.insert("ordinary_burst");
    }
    let (inside, outside): (BTreeSet<u32>, BTreeSet<u32>) = (
        acts.iter().map(|act| act.account).collect(),
        target.acts.iter().map(|act| act.account).collect(),
    );
    if outside.difference(&inside).count() >= POPULAR {
        codes.insert("popular_target");
    }
    if acts.len() >= accounts * CONVERSATION {
        codes.insert("conversation");
    }
    if acts.iter().any(|act| act.width > 0) {
        codes.insert("coarse_times");
    }
    codes.into_iter().map(str::to_owned).collect()
}

/// The posts, at most [`MOST_ROWS`]; how many there are stands in `acts`.
fn rows_of(acts: &[&Act]) -> Vec<String> {
    acts.iter().take(MOST_ROWS).map(|act| act.row.to_string()).collect()
}

#[cfg(test)]
mod tests;
