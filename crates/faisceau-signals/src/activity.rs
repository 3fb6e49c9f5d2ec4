//! How many accounts were active in a window: the population of a value seen in it.
//!
//! In: uses of accounts, with or without time. Out: for each window the number of accounts with a
//! use in it. All windows are counted at once, in n log n steps (a sum over a Fenwick tree), so
//! that a hundred thousand accounts do not cost a hundred thousand looks each.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::AccountKey;
use faisceau_model::rows::{Account, Device, Post};

/// A window in microseconds, both ends in it; `None` is all time.
pub(crate) type Window = Option<(i64, i64)>;

/// When the accounts were active.
#[derive(Debug, Default)]
pub(crate) struct Activity {
    /// Accounts with a use of unknown time: they count in every window.
    always: usize,
    /// All accounts.
    all: usize,
    /// Each known time of the others, with the time before it of the same account; ascending.
    points: Vec<(i64, Option<i64>)>,
}

impl Activity {
    /// The activity that rows show. A row without time makes its account count in every window:
    /// leaving it out would make values look rarer.
    pub(crate) fn of(posts: &[Post], accounts: &[Account], devices: &[Device]) -> Self {
        let of_posts = posts.iter().map(|p| (&p.account, p.at.known().map(|at| at.at_us())));
        let of_accounts = accounts.iter().map(|account| (&account.account, None));
        let of_devices = devices.iter().filter_map(|device| Some((device.account.known()?, None)));
        Self::from_uses(of_posts.chain(of_accounts).chain(of_devices))
    }

    /// The activity of uses in any order.
    pub(crate) fn from_uses<'a>(uses: impl Iterator<Item = (&'a AccountKey, Option<i64>)>) -> Self {
        let mut times = BTreeMap::<&AccountKey, BTreeSet<Option<i64>>>::new();
        for (account, at) in uses {
            times.entry(account).or_default().insert(at);
        }
        let mut activity = Self { all: times.len(), ..Self::default() };
        for times in times.values() {
            if times.contains(&None) {
                activity.always += 1;
                continue;
            }
            let mut before = None;
            for at in times.iter().flatten() {
                activity.points.push((*at, before));
                before = Some(*at);
            }
        }
        activity.points.sort_unstable();
        activity
    }

    /// Accounts active in each of the windows, in their order.
    pub(crate) fn counts(&self, windows: &[Window]) -> Vec<usize> {
        let mut counts = vec![self.all; windows.len()];
        let mut queries: Vec<(i64, i64, usize)> = (0..)
            .zip(windows)
            .filter_map(|(at, window)| window.map(|(from, to)| (from, to, at)))
            .collect();
        queries.sort_unstable();
        // The first use of an account in a window is the one whose predecessor lies before it.
        let mut by_before: Vec<(Option<i64>, usize)> =
            self.points.iter().enumerate().map(|(place, (_, before))| (*before, place)).collect();
        by_before.sort_unstable();
        let mut entering = by_before.into_iter().peekable();
        let mut tree = vec![0_usize; self.points.len() + 1];
        for (from, to, at) in queries {
            while let Some((_, place)) = entering.next_if(|(before, _)| *before < Some(from)) {
                add(&mut tree, place);
            }
            let first = self.points.partition_point(|(time, _)| *time < from);
            let end = self.points.partition_point(|(time, _)| *time <= to);
            let inside = sum(&tree, end).saturating_sub(sum(&tree, first));
            if let Some(count) = counts.get_mut(at) {
                *count = self.always + inside;
            }
        }
        counts
    }
}

fn add(tree: &mut [usize], place: usize) {
    let mut at = place + 1;
    while let Some(node) = tree.get_mut(at) {
        *node += 1;
        at += at & at.wrapping_neg();
    }
}

/// Points entered among the first `count`.
fn sum(tree: &[usize], count: usize) -> usize {
    let (mut at, mut total) = (count, 0);
    while at > 0 {
        total += tree.get(at).copied().unwrap_or(0);
        at &= at - 1;
    }
    total
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn counts_are_those_of_a_plain_look(
            uses in prop::collection::vec((0..6_u8, prop::option::weighted(0.9, -40..40_i64)), 0..60),
            windows in prop::collection::vec(prop::option::of((-50..50_i64, 0..60_i64)), 0..20),
        ) {
            let uses: Vec<(AccountKey, Option<i64>)> = uses
                .iter()
                .map(|(n, at)| (AccountKey::by_id("x", &n.to_string()), *at))
                .collect();
            let windows: Vec<Window> =
                windows.iter().map(|window| window.map(|(from, wide)| (from, from + wide))).collect();
            let activity = Activity::from_uses(uses.iter().map(|(key, at)| (key, *at)));
            let plain: Vec<usize> = windows
                .iter()
                .map(|window| {
                    let inside = |at: &Option<i64>| match (at, window) {
                        (Some(at), Some((from, to))) => (from..=to).contains(&at),
                        _ => true,
                    };
                    let active = uses.iter().filter(|(_, at)| inside(at)).map(|(key, _)| key);
                    active.collect::<BTreeSet<_>>().len()
                })
                .collect();
            prop_assert_eq!(activity.counts(&windows), plain);
        }
    }
}
