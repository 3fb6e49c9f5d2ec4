//! Values that accounts hold, and the pairs of accounts that share one.
//!
//! In: values, each with its account, its time and its row. Out: the pairs that share a value,
//! with the number of other accounts that hold it and of those that could have, in the same
//! window (term frequency adjustment as in Splink). A value that more than [`MOST_HOLDERS`]
//! accounts hold gives no pair: being everywhere is its rarity.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::{AccountKey, RowId};

use crate::activity::{Activity, Window};
use crate::frequency::rarity;

/// Most accounts that hold a value before it counts as common.
pub(crate) const MOST_HOLDERS: usize = 50;
/// Days on each side of the shared use in which other accounts count as the population.
const WINDOW_DAYS: i64 = 30;
/// Most rows of one account listed.
const MOST_ROWS: usize = 20;
const DAY_US: i64 = 86_400_000_000;

/// One place where an account shows a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Trace<'a> {
    /// When, in microseconds.
    pub(crate) at: Option<i64>,
    /// The row.
    pub(crate) row: &'a RowId,
    /// The value as it stands there.
    pub(crate) form: String,
    /// Whether the account says it of itself: profile, device; a post may name anybody's.
    pub(crate) own: bool,
}

/// The accounts that hold each value.
#[derive(Debug, Default)]
pub(crate) struct Holdings<'a> {
    values: BTreeMap<String, BTreeMap<&'a AccountKey, Vec<Trace<'a>>>>,
}

/// Two accounts that hold one value.
#[derive(Debug)]
pub(crate) struct Shared<'h, 'a> {
    pub(crate) value: &'h str,
    pub(crate) a: &'a AccountKey,
    pub(crate) b: &'a AccountKey,
    pub(crate) by_a: &'h [Trace<'a>],
    pub(crate) by_b: &'h [Trace<'a>],
    /// Other accounts that hold it in the window.
    pub(crate) others: usize,
    /// Other accounts that were active in the window.
    pub(crate) population: usize,
}

impl Shared<'_, '_> {
    /// −log10 of the frequency of the value among the other accounts.
    pub(crate) fn rarity(&self) -> f64 {
        rarity(self.others, self.population.max(self.others))
    }

    /// The rows of both accounts, at most [`MOST_ROWS`] each.
    pub(crate) fn rows(&self) -> Vec<String> {
        let some = |traces: &[Trace<'_>]| -> Vec<String> {
            let mut rows: Vec<&RowId> = Vec::new();
            for trace in traces {
                if rows.len() == MOST_ROWS {
                    break;
                }
                if rows.last() != Some(&trace.row) {
                    rows.push(trace.row);
                }
            }
            rows.into_iter().map(ToString::to_string).collect()
        };
        [some(self.by_a), some(self.by_b)].concat()
    }

    /// Whether some form that one account shows is one that the other shows.
    pub(crate) fn same_form(&self) -> bool {
        let forms: BTreeSet<&str> = self.by_a.iter().map(|trace| trace.form.as_str()).collect();
        self.by_b.iter().any(|trace| forms.contains(trace.form.as_str()))
    }

    /// Whether both accounts say it of themselves.
    pub(crate) fn own(&self) -> bool {
        [self.by_a, self.by_b].iter().all(|traces| traces.iter().any(|trace| trace.own))
    }
}

impl<'a> Holdings<'a> {
    /// Adds a value of an account.
    pub(crate) fn add(&mut self, value: String, account: &'a AccountKey, trace: Trace<'a>) {
        self.values.entry(value).or_default().entry(account).or_default().push(trace);
    }

    /// The pairs of examined accounts that share a value, in the order of values and accounts.
    pub(crate) fn shared(
        &mut self,
        accounts: &[AccountKey],
        activity: &Activity,
    ) -> Vec<Shared<'_, 'a>> {
        for traces in self.values.values_mut().flat_map(BTreeMap::values_mut) {
            traces.sort_unstable();
            traces.dedup();
        }
        let (mut pairs, mut windows) = (Vec::new(), Vec::new());
        for (value, holding) in &self.values {
            if !(2..=MOST_HOLDERS).contains(&holding.len()) {
                continue;
            }
            let examined: Vec<_> =
                holding.iter().filter(|(key, _)| accounts.binary_search(key).is_ok()).collect();
            for (at, (a, by_a)) in examined.iter().enumerate() {
                for (b, by_b) in examined.iter().skip(at + 1) {
                    let window = window(by_a, by_b);
                    let others = holding
                        .iter()
                        .filter(|(key, traces)| key != a && key != b && any_in(traces, window))
                        .count();
                    windows.push(window);
                    let (by_a, by_b) = (by_a.as_slice(), by_b.as_slice());
                    pairs.push(Shared { value, a, b, by_a, by_b, others, population: 0 });
                }
            }
        }
        for (pair, active) in pairs.iter_mut().zip(activity.counts(&windows)) {
            pair.population = active.saturating_sub(2);
        }
        pairs
    }
}

/// The period of the shared use, widened. All time when one account shows the value at no known
/// time.
fn window(by_a: &[Trace<'_>], by_b: &[Trace<'_>]) -> Window {
    // In order of time, those without time first.
    let known = |traces: &[Trace<'_>]| {
        let first = traces.get(traces.partition_point(|trace| trace.at.is_none()))?.at?;
        Some((first, traces.last()?.at?))
    };
    let (a, b) = (known(by_a)?, known(by_b)?);
    let wide = WINDOW_DAYS * DAY_US;
    Some((a.0.min(b.0).saturating_sub(wide), a.1.max(b.1).saturating_add(wide)))
}

/// Whether some of the traces, in order of time, lies in the window. One without time does: leaving
/// it out would make the value look rarer.
fn any_in(traces: &[Trace<'_>], window: Window) -> bool {
    let Some((from, to)) = window else { return true };
    let timeless = traces.first().is_some_and(|trace| trace.at.is_none());
    let next = traces.get(traces.partition_point(|trace| trace.at < Some(from)));
    timeless || next.and_then(|trace| trace.at).is_some_and(|at| at <= to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_counted_in_its_window_and_a_common_one_gives_no_pair() {
        let row: RowId = "post:1:whole".parse().unwrap();
        let keys: Vec<AccountKey> =
            (0..60).map(|n| AccountKey::by_id("x", &format!("{n:02}"))).collect();
        let trace = |at| Trace { at: Some(at * DAY_US), row: &row, form: String::new(), own: true };
        let mut holdings = Holdings::default();
        for (n, key) in keys.iter().enumerate() {
            holdings.add("everywhere".to_owned(), key, trace(0));
            if n < 51 {
                holdings.add("51".to_owned(), key, trace(0));
            }
        }
        for (n, day) in [(0, 0), (1, 1), (2, 20), (3, 100)] {
            holdings.add("rare".to_owned(), &keys[n], trace(day));
        }
        let uses = keys.iter().enumerate().map(|(n, key)| (key, Some(n as i64 * DAY_US)));
        let activity = Activity::from_uses(uses);
        let shared = holdings.shared(&keys[..2], &activity);
        let [only] = &shared[..] else { panic!("{shared:?}") };
        assert_eq!((only.value, only.others), ("rare", 1));
        // Days −30 to 31: 32 accounts, two of which are the pair.
        assert_eq!(only.population, 30);
        assert!((only.rarity() - libm::log10(31.0 / 1.5)).abs() < 1e-12);
    }
}
