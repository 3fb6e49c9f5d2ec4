//! Trials of the signals of time.
//!
//! In: the hours and minutes of reference authors. Out: trials with the same number of active
//! hours on both sides, for calibration, or with all that there is, for measurement. The hours
//! around the cut are left out in the first: one evening cut in two is no habit.

use std::collections::{BTreeMap, BTreeSet};

use super::Trial;
use crate::reference::{AuthorHours, Reference};
use crate::timing::hour_of_week::{REFERENCE_HOURS, weight};
use crate::timing::posting_times::GAPS_WEIGHT;
use crate::timing::{Base, GapPrior, Gaps, Profile};

/// Minutes between two clocks that count as one zone (summer time moves by one hour).
const SAME_ZONE_MIN: i64 = 60;
/// Hours around the cut that calibration leaves out.
const LEFT_OUT_HOURS: i64 = 24;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// `hour_of_week`.
    Hours,
    /// `posting_gaps`.
    Gaps,
    /// `posting_times`, which fuses both.
    Both,
}

/// A trial and the active hours of the side that has fewer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sized {
    /// The trial.
    pub trial: Trial,
    /// Active hours of the smaller side.
    pub hours: usize,
}

/// One half of an author's history.
struct Half {
    profile: Profile,
    gaps: Gaps,
}

impl Half {
    fn new(hours: &[i64], minutes: &[i64]) -> Self {
        let kept: BTreeSet<i64> = hours.iter().copied().collect();
        let minutes: Vec<i64> = minutes
            .iter()
            .copied()
            .filter(|minute| kept.contains(&minute.div_euclid(60)))
            .collect();
        Self { profile: Profile::new(kept.iter().copied()), gaps: Gaps::new(&minutes) }
    }
}

/// Trials of `hour_of_week` with `hours` active hours a side, those nearest the cut once the 24
/// hours around it are left out.
pub fn timing(reference: &Reference, authors: &[AuthorHours], hours: usize) -> Vec<Trial> {
    matched(reference, authors, hours, Times::Hours)
}

/// Trials of any signal of time with `hours` active hours a side, chosen as in [`timing`].
pub fn matched(
    reference: &Reference,
    authors: &[AuthorHours],
    hours: usize,
    what: Times,
) -> Vec<Trial> {
    let halves = authors.iter().map(|author| {
        let [first, second] = away_from_the_cut(author);
        if first.len() < hours || second.len() < hours {
            return None;
        }
        let kept = [&first[first.len() - hours..], &second[..hours]];
        Some(halves(author, kept))
    });
    let trials = trials(reference, authors, &halves.collect::<Vec<_>>(), what);
    trials.into_iter().map(|sized| sized.trial).collect()
}

/// Trials with everything that the authors hold on both sides, whatever the amount.
pub fn unmatched(reference: &Reference, authors: &[AuthorHours], what: Times) -> Vec<Sized> {
    let halves = authors.iter().map(|author| {
        let kept = author.halves.each_ref().map(Vec::as_slice);
        kept.iter().all(|half| !half.is_empty()).then(|| halves(author, kept))
    });
    trials(reference, authors, &halves.collect::<Vec<_>>(), what)
}

fn halves(author: &AuthorHours, kept: [&[i64]; 2]) -> [Half; 2] {
    let minutes = author.minutes();
    [Half::new(kept[0], &minutes[0]), Half::new(kept[1], &minutes[1])]
}

/// The hours of both halves that are not within half a day of the cut.
fn away_from_the_cut(author: &AuthorHours) -> [&[i64]; 2] {
    let [first, second] = author.halves.each_ref().map(Vec::as_slice);
    let (Some(last), Some(next)) = (first.last(), second.first()) else { return [first, second] };
    // Twice the instant of the cut, so that it stays a whole number.
    let cut = last.saturating_add(*next);
    let before = first.partition_point(|h| h.saturating_mul(2) < cut - LEFT_OUT_HOURS);
    let after = second.partition_point(|h| h.saturating_mul(2) <= cut + LEFT_OUT_HOURS);
    [&first[..before], &second[after..]]
}

fn trials(
    reference: &Reference,
    authors: &[AuthorHours],
    halves: &[Option<[Half; 2]>],
    what: Times,
) -> Vec<Sized> {
    let mut sites = BTreeMap::<&str, Vec<(usize, &[Half; 2])>>::new();
    for (number, (author, halves)) in authors.iter().zip(halves).enumerate() {
        if let Some(halves) = halves {
            sites.entry(&author.source).or_default().push((number, halves));
        }
    }
    let site = |members: &Vec<(usize, &[Half; 2])>| site(reference, authors, members, what);
    sites.values().flat_map(site).collect()
}

fn site(
    reference: &Reference,
    authors: &[AuthorHours],
    members: &[(usize, &[Half; 2])],
    what: Times,
) -> Vec<Sized> {
    let all = || members.iter().flat_map(|(_, halves)| halves.iter());
    let mut base: Base = reference.base(REFERENCE_HOURS);
    for half in all() {
        base.add(&half.profile, weight(&half.profile));
    }
    let (hours, gaps) = (base.prior(), GapPrior::of(all().map(|half| &half.gaps)));
    let alone = |half: &Half| (hours.alone(&half.profile), gaps.alone(&half.gaps));
    let alone: Vec<_> = members.iter().map(|(_, both)| both.each_ref().map(alone)).collect();
    let mut trials = Vec::new();
    for (&(a, one), alone_a) in members.iter().zip(&alone) {
        for (&(b, other), alone_b) in members.iter().zip(&alone) {
            if !same_zone(&authors[a], &authors[b]) {
                continue;
            }
            let (x, y) = (&one[0], &other[1]);
            let (own, others) = (&alone_a[0], &alone_b[1]);
            let of_hours = || hours.score((&x.profile, &own.0), (&y.profile, &others.0));
            let of_gaps = || gaps.score((&x.gaps, own.1), (&y.gaps, others.1));
            let score = match what {
                Times::Hours => of_hours(),
                Times::Gaps => of_gaps(),
                Times::Both => of_hours() + GAPS_WEIGHT * of_gaps(),
            };
            let hours = x.profile.hours().min(y.profile.hours());
            trials.push(Sized { trial: Trial { a, b, score }, hours });
        }
    }
    trials
}

/// Pairs of distant zones are easy; zones that are not known count as one.
fn same_zone(one: &AuthorHours, other: &AuthorHours) -> bool {
    match (one.offset_min, other.offset_min) {
        (Some(one), Some(other)) => (one - other).abs() <= SAME_ZONE_MIN,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn author(name: &str, halves: [Vec<i64>; 2]) -> AuthorHours {
        let steps = halves.each_ref().map(|half| {
            let minutes: Vec<i64> = half.iter().flat_map(|h| [h * 60, h * 60 + 1]).collect();
            AuthorHours::steps(&minutes)
        });
        AuthorHours {
            author: name.to_owned(),
            source: "site".to_owned(),
            offset_min: None,
            halves,
            steps,
        }
    }

    #[test]
    fn the_evening_that_was_cut_is_left_out() {
        let cut = author("a", [vec![0, 90, 99], vec![101, 102, 113, 150]]);
        assert_eq!(away_from_the_cut(&cut), [&[0][..], &[113, 150][..]]);
        let empty = author("b", [vec![], vec![5]]);
        assert_eq!(away_from_the_cut(&empty), [&[][..], &[5][..]]);
    }

    #[test]
    fn both_sides_have_the_same_hours_and_all_pairs_are_tried() {
        let day = |from: i64, hour: i64, days: i64| (0..days).map(move |d| (from + d) * 24 + hour);
        let owl = author("o", [day(0, 2, 9).collect(), day(20, 2, 30).collect()]);
        let lark = author("l", [day(0, 8, 20).collect(), day(30, 8, 6).collect()]);
        let authors = [owl, lark];
        let reference = Reference::empty();
        let trials = matched(&reference, &authors, 6, Times::Both);
        assert_eq!(trials.len(), 4);
        assert!(trials.iter().all(|t| (t.score > 0.0) == (t.a == t.b)), "{trials:?}");
        assert_eq!(matched(&reference, &authors, 7, Times::Both).len(), 1);
        let all = unmatched(&reference, &authors, Times::Hours);
        assert_eq!(all.iter().map(|t| t.hours).collect::<Vec<_>>(), [9, 6, 20, 6]);
    }
}
