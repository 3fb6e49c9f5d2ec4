//! Presence: do two accounts post in the same minute as often as their weeks let expect?
//!
//! In: minutes of posts of two accounts. Out: how many minutes hold both, how many the same weeks
//! shifted against each other hold, and both tails. One pair of hands types in one account at a
//! time: fewer common minutes than expected. A program, or people who act together: more. Refused:
//! a common period of fewer than 17 weeks (16 shifts), and an expectation below 3, where even no
//! common minute would be no surprise. Source: the shift of whole weeks keeps hour and weekday, as
//! surrogate data do for series (Theiler et al., Physica D 1992).

use super::shared_hands::LEAST_EXPECTED;

/// Minutes in a week.
const WEEK: i64 = 7 * 24 * 60;
/// Fewest shifts, so fewest weeks less one.
const LEAST_SHIFTS: i64 = 16;
/// Most shifts that are tried, evenly spread.
const MOST_SHIFTS: i64 = 64;

/// The common minutes of two accounts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Presence {
    /// Minutes in which both posted, inside whole weeks of the common period.
    pub observed: usize,
    /// The mean over all shifts by one whole week or more.
    pub expected: f64,
    /// Variance over the shifts that were tried.
    pub variance: f64,
    /// Shifts that were tried.
    pub shifts: usize,
    /// Share of shifts, the true one among them, with no more common minutes than observed.
    pub p_fewer: f64,
    /// Share of shifts, the true one among them, with no fewer common minutes than observed.
    pub p_more: f64,
}

impl Presence {
    /// (observed − expected) / √(expected + variance + ½).
    pub fn z(&self) -> f64 {
        (self.observed as f64 - self.expected) / (self.expected + self.variance + 0.5).sqrt()
    }
}

/// The distinct minutes of one account, and how they fall in the week.
#[derive(Debug, Clone)]
pub(crate) struct Minutes {
    minutes: Vec<i64>,
    of_week: Vec<i64>,
}

impl Minutes {
    /// From minutes since the Unix epoch, in any order.
    pub(crate) fn new(minutes: &[i64]) -> Self {
        let mut minutes = minutes.to_vec();
        minutes.sort_unstable();
        minutes.dedup();
        let mut of_week: Vec<i64> = minutes.iter().map(|at| at.rem_euclid(WEEK)).collect();
        of_week.sort_unstable();
        Self { minutes, of_week }
    }

    fn inside(&self, from: i64, to: i64) -> &[i64] {
        let at = |minute: i64| self.minutes.partition_point(|&own| own < minute);
        self.minutes.get(at(from)..at(to)).unwrap_or_default()
    }
}

/// Compares the presence of two accounts, given as minutes since the Unix epoch in any order.
/// `None` where nothing can be said.
pub fn presence(a: &[i64], b: &[i64]) -> Option<Presence> {
    compare(&Minutes::new(a), &Minutes::new(b))
}

/// Minutes from the last post of the account that ends to the first of the one that begins, if
/// their periods do not overlap: one account may have followed the other. A fact, not a score.
pub fn succession(a: &[i64], b: &[i64]) -> Option<i64> {
    let ends = |minutes: &[i64]| Some((*minutes.iter().min()?, *minutes.iter().max()?));
    let ((first_a, last_a), (first_b, last_b)) = (ends(a)?, ends(b)?);
    let gap = first_a.saturating_sub(last_b).max(first_b.saturating_sub(last_a));
    (gap > 0).then_some(gap)
}

pub(crate) fn compare(a: &Minutes, b: &Minutes) -> Option<Presence> {
    let from = *a.minutes.first()?.max(b.minutes.first()?);
    let to = *a.minutes.last()?.min(b.minutes.last()?);
    let weeks = to.saturating_sub(from) / WEEK;
    if weeks <= LEAST_SHIFTS {
        return None;
    }
    // The whole accounts hold at least what the common period holds: a cheap upper bound.
    let others = (weeks - 1) as f64;
    if pairs(&a.of_week, &b.of_week) / others < LEAST_EXPECTED {
        return None;
    }
    let length = weeks * WEEK;
    let (a, b) = (a.inside(from, from + length), b.inside(from, from + length));
    let week = |minutes: &[i64]| {
        let mut week: Vec<i64> = minutes.iter().map(|at| (at - from).rem_euclid(WEEK)).collect();
        week.sort_unstable();
        week
    };
    // Over all shifts each pair of posts of one minute of the week meets once; the true one is no
    // chance.
    let observed = common(a, b, from, length, 0);
    let expected = (pairs(&week(a), &week(b)) - observed as f64) / others;
    if expected < LEAST_EXPECTED {
        return None;
    }
    let tried = (weeks - 1).min(MOST_SHIFTS);
    // From 1 to weeks − 1, evenly.
    let shift = |n: i64| 1 + n * (weeks - 1) / tried;
    let counts: Vec<usize> =
        (0..tried).map(|n| common(a, b, from, length, shift(n) * WEEK)).collect();
    let shifts = counts.len();
    let mean = counts.iter().sum::<usize>() as f64 / shifts as f64;
    let square = |count: &usize| (*count as f64 - mean) * (*count as f64 - mean);
    let share = |holds: &dyn Fn(usize) -> bool| {
        (1 + counts.iter().filter(|&&count| holds(count)).count()) as f64 / (1 + shifts) as f64
    };
    Some(Presence {
        observed,
        expected,
        variance: counts.iter().map(square).sum::<f64>() / shifts as f64,
        shifts,
        p_fewer: share(&|count| count <= observed),
        p_more: share(&|count| count >= observed),
    })
}

/// Pairs of equal values of two ascending lists.
fn pairs(a: &[i64], b: &[i64]) -> f64 {
    let mut pairs = 0.0;
    let mut rest = b;
    for group in a.chunk_by(|x, y| x == y) {
        let Some(&value) = group.first() else { continue };
        rest = rest.get(rest.partition_point(|&other| other < value)..).unwrap_or_default();
        let equal = rest.partition_point(|&other| other == value);
        pairs += group.len() as f64 * equal as f64;
    }
    pairs
}

/// Values common to `a` and to `b` moved on by `shift` inside a circle.
fn common(a: &[i64], b: &[i64], from: i64, length: i64, shift: i64) -> usize {
    // What passes the end of the circle comes back at its start: two ascending runs.
    let turn = b.partition_point(|at| at - from < length - shift);
    let (stay, wrap) = b.split_at(turn);
    let of_run = |run: &[i64], by: i64| {
        let mut rest = a;
        let meets = |minute: &&i64| {
            let minute = **minute + by;
            rest = rest.get(rest.partition_point(|&own| own < minute)..).unwrap_or_default();
            rest.first() == Some(&minute)
        };
        run.iter().filter(meets).count()
    };
    of_run(stay, shift) + of_run(wrap, shift - length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::splitmix::SplitMix64;

    /// Twelve posts in the same busy hour every day, at minutes drawn anew.
    fn evenings(weeks: i64, seed: u64) -> Vec<i64> {
        let mut chance = SplitMix64::new(seed);
        let day = |day: i64| {
            let drawn = chance.sample(60, 12);
            drawn.into_iter().map(move |n| day * 1440 + 1200 + n as i64)
        };
        (0..weeks * 7).flat_map(day).collect()
    }

    #[test]
    fn strangers_with_one_schedule_meet_as_often_as_expected() {
        let both = presence(&evenings(40, 3), &evenings(40, 7)).unwrap();
        // 12 of 60 minutes against 12 of 60, on 7 evenings of 39 whole weeks.
        assert!((both.expected - 39.0 * 7.0 * 12.0 * 12.0 / 60.0).abs() < 30.0, "{both:?}");
        assert!(both.z().abs() < 2.0 && both.p_fewer > 0.05 && both.p_more > 0.05, "{both:?}");
        assert_eq!(both.shifts, 38);
    }

    #[test]
    fn one_pair_of_hands_is_never_in_two_places() {
        let a = evenings(40, 3);
        let apart: Vec<i64> = evenings(40, 7).into_iter().filter(|at| !a.contains(at)).collect();
        let apart = presence(&a, &apart).unwrap();
        assert_eq!(apart.observed, 0);
        assert!(apart.z() < -3.0 && apart.p_fewer < 0.05 && apart.p_more == 1.0, "{apart:?}");
    }

    #[test]
    fn a_program_is_always_in_two_places() {
        let a = evenings(40, 3);
        let same = presence(&a, &a).unwrap();
        assert!(same.z() > 3.0 && same.p_more < 0.05 && same.p_fewer == 1.0, "{same:?}");
        let wandering: Vec<i64> = (0..300).map(|n| n * 1440 + n * n % 1000).collect();
        // One post a day at a time that wanders: the weeks expect next to nothing.
        assert_eq!(presence(&wandering, &wandering), None);
    }

    #[test]
    fn little_time_or_few_posts_say_nothing() {
        assert_eq!(presence(&evenings(17, 3), &evenings(17, 7)), None);
        assert!(presence(&evenings(19, 3), &evenings(19, 7)).is_some());
        assert_eq!(presence(&[], &evenings(40, 3)), None);
        assert_eq!(presence(&[0, 40 * WEEK], &evenings(40, 3)), None);
    }

    #[test]
    fn one_account_follows_another() {
        assert_eq!(succession(&[5, 1], &[20, 9]), Some(4));
        assert_eq!(succession(&[20, 9], &[5, 1]), Some(4));
        assert_eq!(succession(&[1, 10], &[5, 20]), None);
        assert_eq!(succession(&[], &[5]), None);
    }

    proptest! {
        #[test]
        fn the_circle_loses_and_doubles_nothing(
            a in prop::collection::btree_set(0_i64..18 * WEEK, 2..40),
            b in prop::collection::btree_set(0_i64..18 * WEEK, 2..40),
            shift in 0_i64..18,
        ) {
            let (a, b): (Vec<i64>, Vec<i64>) = (a.into_iter().collect(), b.into_iter().collect());
            let length = 18 * WEEK;
            let moved = |at: i64| (at + shift * WEEK).rem_euclid(length);
            let slow = b.iter().filter(|&&at| a.contains(&moved(at))).count();
            prop_assert_eq!(common(&a, &b, 0, length, shift * WEEK), slow);
            let all: usize = (0..18).map(|k| common(&a, &b, 0, length, k * WEEK)).sum();
            let week = Minutes::new(&a).of_week;
            prop_assert_eq!(pairs(&week, &Minutes::new(&b).of_week) as usize, all);
        }

        #[test]
        fn any_minutes_are_answered_alike_both_ways(
            a in prop::collection::vec(-3_000_000_i64..3_000_000, 0..80),
            extreme in any::<i64>(),
        ) {
            let mut b = a.clone();
            b.push(extreme / 1_000_000);
            let (one, other) = (presence(&a, &b), presence(&b, &a));
            prop_assert_eq!(one.map(|p| p.observed), other.map(|p| p.observed));
        }
    }
}
