//! The signal `synchrony`.
//!
//! In: posts. Out: a score for each pair of accounts that post in the same minutes more often than
//! their own weeks, set against each other, would bring. One account is shifted by whole weeks,
//! around the period that both share, which keeps hours and weekdays; where that period holds too
//! few weeks, by whole days. That two accounts avoid each other's minutes is another question.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, Family, Maybe, selection};

use super::co_posting::{accounts as numbers_of, key as pair_of};
use super::objects::{target, timed};
use crate::card::Card;
use crate::compare::{Finding, Unit};

/// Fewest minutes in common before a pair is looked at.
const LEAST_COMMON: usize = 3;
/// Fewest shifts: fewer give no chance that could be called low.
const LEAST_SHIFTS: i64 = 16;
/// Most shifts, taken evenly.
const MOST_SHIFTS: i64 = 103;
/// Minutes between two posts of one coincidence.
const APART: i64 = 1;
/// Most accounts in three minutes whose pairs are nominated; busier minutes are common events.
const MOST_AT_ONCE: usize = 200;
const DAY: i64 = 1440;
const WEEK: i64 = 7 * DAY;

/// The card.
pub const CARD: Card = Card {
    name: "synchrony",
    family: Family::Coordination,
    measures: "Whether two accounts post in the same minutes (one minute apart at most) more \
        often than when one of them is shifted by whole weeks around their common period, at \
        least 16 shifts (whole days where there are fewer than 17 weeks). Posts in a conversation \
        of both and posts to each other are left out. The score is -log10 of p = (1 + shifts with \
        as many) / (1 + shifts). 0 says nothing, higher is nearer; with n shifts it ends at \
        log10 (n + 1).",
    source: "posts whose time is precise to the minute and whose zone is not assumed",
    needs: "three minutes in common, a common period of 17 days",
    innocent: &["common_audience", "common_event", "common_schedule", "scheduled_posts"],
    depends_on: "Objects shared by the same accounts at the same time: one of the family is kept, \
        they are never multiplied. Never added to signals of one hand.",
    validation: "p is the share of shifts that do as well, whatever the accounts' habits; but pairs \
        are looked at because they have minutes in common, so that among these p is low by chance \
        more often than it says. Worlds without groups and with planted ones: figures in \
        docs/coordination.md.",
    reference: "Weekly shifts as surrogate data: Theiler et al., Physica D 1992; Besag and Clifford, \
        Biometrika 1991 (p of a Monte Carlo test)",
};

/// How often two accounts post in the same minutes, and how often by chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Synchrony {
    /// Minutes of the first account with a post of the second at most a minute away.
    pub observed: usize,
    /// Mean of the same over the shifts.
    pub expected: f64,
    /// Its variance over the shifts.
    pub variance: f64,
    /// (observed - expected) / sqrt(expected + variance + 1/2).
    pub z: f64,
    /// (1 + shifts with at least as many) / (1 + shifts).
    pub p: f64,
    /// Shifts made.
    pub shifts: usize,
    /// Whether they were of days, for want of weeks.
    pub by_days: bool,
}

/// Sets the minutes of two accounts, each sorted and once, against shifted ones. `None` where the
/// common period is shorter than 17 days.
pub fn synchrony(one: &[i64], other: &[i64]) -> Option<Synchrony> {
    let start = (*one.first()?).max(*other.first()?);
    let end = (*one.last()?).min(*other.last()?).checked_add(1)?;
    let length = end.checked_sub(start).filter(|length| *length > 0)?;
    let enough = |step: i64| length / step > LEAST_SHIFTS;
    let step = if enough(WEEK) { WEEK } else { DAY };
    if !enough(step) {
        return None;
    }
    let period = length / step * step;
    let inside = |minutes: &[i64]| -> Vec<i64> {
        let from = minutes.iter().map(|minute| minute.saturating_sub(start));
        from.filter(|minute| (0..period).contains(minute)).collect()
    };
    let (one, other) = (inside(one), inside(other));
    let all = period / step - 1;
    let made = all.min(MOST_SHIFTS);
    let observed = common(&one, &other);
    let counts: Vec<usize> = (1..=made)
        .map(|n| common(&shifted(&one, ((n - 1) * all / made + 1) * step, period), &other))
        .collect();
    let shifts = counts.len();
    let mean = counts.iter().sum::<usize>() as f64 / shifts as f64;
    let squares: f64 = counts.iter().map(|&n| (n as f64 - mean) * (n as f64 - mean)).sum();
    let variance = squares / (shifts as f64 - 1.0).max(1.0);
    let as_many = counts.iter().filter(|&&count| count >= observed).count();
    Some(Synchrony {
        observed,
        expected: mean,
        variance,
        z: (observed as f64 - mean) / (mean + variance + 0.5).sqrt(),
        p: (1 + as_many) as f64 / (1 + shifts) as f64,
        shifts,
        by_days: step == DAY,
    })
}

/// Minutes moved around the period, sorted.
fn shifted(minutes: &[i64], by: i64, period: i64) -> Vec<i64> {
    let cut = minutes.partition_point(|minute| minute + by < period);
    let (before, after) = minutes.split_at(cut);
    let wrapped = after.iter().map(|minute| minute + by - period);
    wrapped.chain(before.iter().map(|minute| minute + by)).collect()
}

/// Minutes of one list near a minute of the other.
fn common(one: &[i64], other: &[i64]) -> usize {
    let mut at = 0;
    one.iter()
        .filter(|&&minute| {
            while other.get(at).is_some_and(|next| *next < minute - APART) {
                at += 1;
            }
            other.get(at).is_some_and(|next| *next <= minute + APART)
        })
        .count()
}

/// What is needed of a post.
struct Act<'a> {
    minute: i64,
    thread: Option<&'a str>,
    target: Option<String>,
}

/// Compares the accounts, and counts the minutes in which too many of them posted.
pub(crate) fn findings(accounts: &[AccountKey], posts: &[Post]) -> (Vec<Finding>, usize) {
    let mut acts: Vec<Vec<Act<'_>>> = accounts.iter().map(|_| Vec::new()).collect();
    for post in posts {
        let Some((moment, width)) = timed(post) else { continue };
        let Ok(account) = accounts.binary_search(&post.account) else { continue };
        if width <= 60 {
            acts[account].push(Act {
                minute: moment.at_s().div_euclid(60),
                thread: post.thread.known().map(String::as_str),
                target: target(post),
            });
        }
    }
    let finding = |&pair: &u64| {
        let (x, y) = numbers_of(pair);
        let (x, y) = (x as usize, y as usize);
        finding((&accounts[x], &acts[x]), (&accounts[y], &acts[y]))
    };
    let (pairs, crowded) = nominated(&acts);
    (pairs.par_iter().filter_map(finding).collect(), crowded)
}

/// Pairs with enough minutes in common, sorted, and the minutes that nominated no pair, or not all,
/// because too many accounts posted.
fn nominated(acts: &[Vec<Act<'_>>]) -> (Vec<u64>, usize) {
    let mut minutes: Vec<(i64, u32)> = (0..)
        .zip(acts)
        .flat_map(|(number, acts)| acts.iter().map(move |act| (act.minute, number)))
        .collect();
    minutes.sort_unstable();
    minutes.dedup();
    let mut counts = BTreeMap::<u64, usize>::new();
    let (mut start, mut crowded) = (0, BTreeSet::new());
    for (at, (minute, account)) in minutes.iter().enumerate() {
        while minutes[start].0 < minute - APART {
            start += 1;
        }
        if at - start > MOST_AT_ONCE {
            crowded.insert(*minute);
            continue;
        }
        for (_, other) in minutes[start..at].iter().filter(|(_, other)| other != account) {
            *counts.entry(pair_of(*account, *other)).or_default() += 1;
        }
    }
    let enough = counts.into_iter().filter(|(_, count)| *count >= LEAST_COMMON);
    (enough.map(|(pair, _)| pair).collect(), crowded.len())
}

fn finding(
    (a, x): (&AccountKey, &[Act<'_>]),
    (b, y): (&AccountKey, &[Act<'_>]),
) -> Option<Finding> {
    let threads = |acts: &[Act<'_>]| -> BTreeSet<String> {
        acts.iter().filter_map(|act| act.thread.map(str::to_owned)).collect()
    };
    let both: BTreeSet<String> = threads(x).intersection(&threads(y)).cloned().collect();
    // Answers come within minutes: a conversation of both is no synchrony.
    let own = |acts: &[Act<'_>], other: &AccountKey| -> Vec<i64> {
        let other = other.native().trim_start_matches('@').to_lowercase();
        let kept = acts.iter().filter(|act| {
            !act.thread.is_some_and(|thread| both.contains(thread))
                && act.target.as_ref() != Some(&other)
        });
        kept.map(|act| act.minute).collect::<BTreeSet<i64>>().into_iter().collect()
    };
    let (one, other) = (own(x, b), own(y, a));
    let found = synchrony(&one, &other)?;
    if found.observed < LEAST_COMMON {
        return None;
    }
    let mut innocent = BTreeSet::from(["common_audience", "common_event"]);
    if found.by_days {
        // Shifts of days do not keep the weekday.
        innocent.insert("common_schedule");
    }
    let on_the_clock = |minutes: &[i64]| {
        minutes.iter().filter(|minute| minute.rem_euclid(5) == 0).count() * 2 > minutes.len()
    };
    if on_the_clock(&one) || on_the_clock(&other) {
        innocent.insert("scheduled_posts");
    }
    let score = -libm::log10(found.p);
    let material = (one.len(), other.len());
    Some(Finding {
        innocent,
        shared: Maybe::Known(format!(
            "{} minutes in common, {:.1} expected, z {:.1}, {} shifts",
            found.observed, found.expected, found.z, found.shifts
        )),
        rows: [a, b].map(|key| selection("posts", &[("account", key.as_str())])).to_vec(),
        ..Finding::new(&CARD, a, b, score, material, Unit::Minutes)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SplitMix64;

    /// Minutes of one account over 30 weeks, in the evening.
    fn evenings(seed: u64, posts: usize) -> BTreeSet<i64> {
        let mut chance = SplitMix64::new(seed);
        (0..posts)
            .map(|_| chance.below(210) as i64 * DAY + 1200 + chance.below(120) as i64)
            .chain([0, 210 * DAY])
            .collect()
    }

    fn list(minutes: &BTreeSet<i64>) -> Vec<i64> {
        minutes.iter().copied().collect()
    }

    #[test]
    fn a_common_evening_is_no_synchrony_and_a_common_minute_is() {
        let (a, b) = (evenings(1, 900), evenings(2, 900));
        let chance = synchrony(&list(&a), &list(&b)).unwrap();
        assert!(chance.observed > 30 && chance.expected > 30.0, "{chance:?}");
        assert!(chance.z.abs() < 3.0 && chance.p > 0.05, "{chance:?}");
        let mut together = b.clone();
        together.extend(a.iter().step_by(12).copied());
        let found = synchrony(&list(&a), &list(&together)).unwrap();
        assert!(found.z > 4.0 && found.p < 0.05, "{found:?}");
        assert_eq!((found.shifts, found.by_days), (29, false));
    }

    #[test]
    fn p_is_even_by_chance() {
        let low = (0..200).filter(|seed| {
            let (a, b) = (evenings(seed * 2, 200), evenings(seed * 2 + 1, 200));
            synchrony(&list(&a), &list(&b)).unwrap().p <= 0.1
        });
        assert!(low.count() <= 32, "10 % of 200, with room for chance");
    }

    #[test]
    fn minutes_of_too_many_accounts_are_counted() {
        let at_once = |accounts: usize| -> Vec<Vec<Act<'_>>> {
            let act = |minute| Act { minute, thread: None, target: None };
            (0..accounts).map(|_| [0, 10, 20].map(act).into()).collect()
        };
        let (pairs, crowded) = nominated(&at_once(MOST_AT_ONCE + 1));
        assert_eq!((pairs.len(), crowded), (201 * 200 / 2, 0));
        let (pairs, crowded) = nominated(&at_once(MOST_AT_ONCE + 2));
        assert_eq!((pairs.len(), crowded), (201 * 200 / 2, 3));
    }

    #[test]
    fn a_short_period_says_nothing() {
        assert_eq!(synchrony(&[0, 5 * DAY], &[0, 5 * DAY]), None);
        assert_eq!(synchrony(&[], &[0]), None);
        assert_eq!(synchrony(&[i64::MIN, i64::MAX], &[i64::MIN, i64::MAX]), None);
        let days = synchrony(&[0, 40 * DAY], &[0, 40 * DAY]).unwrap();
        assert!(days.by_days && days.shifts == 39);
    }
}
