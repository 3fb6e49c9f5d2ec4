//! The signal `hour_of_week`.
//!
//! In: times of posts. Out: a score for each pair with enough active hours.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, Family, Maybe, Moment, Precision, selection};

use rayon::prelude::*;

use super::Profile;
use crate::card::Card;
use crate::compare::{Finding, Unit};
use crate::reference::Reference;

/// Fewest active hours a side: below, a single evening passes for a habit.
const LEAST_HOURS: usize = 15;
/// Weight of the reference in the population profile, in active hours.
pub(crate) const REFERENCE_HOURS: f64 = 100.0;
/// Most active hours that one account brings to the population profile.
const MOST_HOURS: f64 = 100.0;
/// Posts from which a regular clock is looked for.
const LEAST_FOR_CLOCK: usize = 10;
/// Days between two periods of activity from which habits may have changed.
const FAR_APART_DAYS: i64 = 180;

/// The card.
pub const CARD: Card = Card {
    name: "hour_of_week",
    family: Family::Time,
    measures: "Whether two accounts are active at the same times of the week. Distinct active \
        hours (date and hour in UTC) fall in windows of three hours, cut in three ways, without \
        and with working day against weekend; the score is the mean natural logarithm of the \
        ratio between the probability of both counts under one profile and under two \
        (Dirichlet-multinomial around the profile of the population). 0 says nothing, higher is \
        nearer.",
    source: "posts whose time is precise to the hour and whose zone is not assumed",
    needs: "15 active hours a side",
    innocent: &["common_schedule", "different_period", "scheduled_posts"],
    depends_on: "Any other measure of activity in time: never multiplied within the family. \
        Independent of style on the reference.",
    validation: "Alter ego: active hours of reference authors cut in two halves, the same number \
        taken on both sides, pairs of the same site and, where known, of the same time zone. \
        Figures in the calibration file, printed with each report.",
    reference: "Johansson, Kaati and Shrestha, Security Informatics 2015 (timeprints); Minka 2000 \
        (Dirichlet-multinomial)",
};

/// The active hours of one account.
struct Activity {
    profile: Profile,
    first: i64,
    last: i64,
    scheduled: bool,
}

/// Compares the accounts.
pub(crate) fn findings(
    accounts: &[AccountKey],
    posts: &[Post],
    reference: &Reference,
) -> Vec<Finding> {
    let activities = activities(posts);
    let examined: Vec<(&AccountKey, &Activity)> = accounts
        .iter()
        .filter_map(|account| activities.get_key_value(account))
        .filter(|(_, activity)| activity.profile.hours() >= LEAST_HOURS)
        .map(|(account, activity)| (*account, activity))
        .collect();
    let mut population = reference.base(REFERENCE_HOURS);
    for activity in activities.values() {
        population.add(&activity.profile, weight(&activity.profile));
    }
    let prior = population.prior();
    let alone: Vec<_> = examined.iter().map(|(_, own)| prior.alone(&own.profile)).collect();
    let numbers = 0..examined.len();
    let pairs = numbers.flat_map(|x| (x + 1..examined.len()).map(move |y| (x, y)));
    let pairs: Vec<(usize, usize)> = pairs.collect();
    let score = |&(x, y): &(usize, usize)| {
        let (a, b) = (examined[x], examined[y]);
        let score = prior.score((&a.1.profile, &alone[x]), (&b.1.profile, &alone[y]));
        finding(a, b, score)
    };
    pairs.par_iter().map(score).collect()
}

/// Brings an account that is active all the time down to the weight of the others.
pub(crate) fn weight(profile: &Profile) -> f64 {
    (MOST_HOURS / profile.hours().max(1) as f64).min(1.0)
}

fn finding(
    (a, x): (&AccountKey, &Activity),
    (b, y): (&AccountKey, &Activity),
    score: f64,
) -> Finding {
    let mut innocent = BTreeSet::from(["common_schedule"]);
    if x.scheduled || y.scheduled {
        innocent.insert("scheduled_posts");
    }
    if x.first.max(y.first) - x.last.min(y.last) > FAR_APART_DAYS * 24 {
        innocent.insert("different_period");
    }
    let material = (x.profile.hours(), y.profile.hours());
    Finding {
        innocent,
        rows: vec![
            selection("posts", &[("account", a.as_str())]),
            selection("posts", &[("account", b.as_str())]),
        ],
        ..Finding::new(&CARD, a, b, score, material, Unit::ActiveHours)
    }
}

fn activities(posts: &[Post]) -> BTreeMap<&AccountKey, Activity> {
    let mut moments = BTreeMap::<&AccountKey, Vec<Moment>>::new();
    for post in posts {
        if let Maybe::Known(at) = post.at
            && at.feeds_timing()
        {
            moments.entry(&post.account).or_default().push(at);
        }
    }
    let activity = |(account, moments): (_, Vec<Moment>)| {
        let hours: BTreeSet<i64> = moments.iter().map(|at| at.at_s().div_euclid(3600)).collect();
        let (first, last) = (*hours.first()?, *hours.last()?);
        let scheduled = on_the_clock(&moments);
        let profile = Profile::new(hours.iter().copied());
        Some((account, Activity { profile, first, last, scheduled }))
    };
    moments.into_iter().filter_map(activity).collect()
}

/// Whether most posts fall on the first second of a multiple of five minutes: a program posts.
fn on_the_clock(moments: &[Moment]) -> bool {
    let precise = moments.iter().filter(|at| at.precision() <= Precision::Second);
    let (all, on) = precise.fold((0_usize, 0_usize), |(all, on), at| {
        (all + 1, on + usize::from(at.at_s().rem_euclid(300) == 0))
    });
    all >= LEAST_FOR_CLOCK && on * 2 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_keeps_to_the_clock() {
        let at = |second: i64| Moment::from_unix_seconds(second).unwrap();
        let regular: Vec<Moment> = (0..12).map(|n| at(n * 3600)).collect();
        let human: Vec<Moment> = (0..12).map(|n| at(n * 3671 + 17)).collect();
        assert!(on_the_clock(&regular));
        assert!(!on_the_clock(&human));
        assert!(!on_the_clock(&regular[..5]));
    }
}
