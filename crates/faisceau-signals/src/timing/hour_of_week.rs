//! The signal `hour_of_week`.
//!
//! In: times of posts. Out: a score for each pair with enough active hours.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::{AccountKey, Family, selection};

use super::activity::Activity;
use super::profile::{Prior, Profile};
use crate::card::Card;
use crate::compare::{Finding, Unit};
use crate::reference::Reference;

/// Fewest active hours a side. A handful says next to nothing, and its score says so: on unseen
/// authors a calibrated score of two hours was never worse than none.
pub(super) const LEAST_HOURS: usize = 2;
/// Weight of the reference in the population profile, in active hours.
pub(crate) const REFERENCE_HOURS: f64 = 100.0;
/// Most active hours that one account brings to the population profile.
const MOST_HOURS: f64 = 100.0;
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
    needs: "2 active hours a side; below 6 the score is worth about nothing, and its calibration \
        says so",
    innocent: &["common_schedule", "different_period", "scheduled_posts"],
    depends_on: "Any other measure of activity in time: never multiplied within the family, fused \
        with posting_gaps in posting_times. Independent of style on the reference.",
    validation: "Alter ego: active hours of reference authors cut in two halves, the 24 hours \
        around the cut left out (one evening cut in two would pass for a habit), the same number \
        taken on both sides, pairs of the same site and, where known, of the same time zone. \
        Figures in the calibration file, printed with each report.",
    reference: "Johansson, Kaati and Shrestha, Security Informatics 2015 (timeprints); Minka 2000 \
        (Dirichlet-multinomial)",
};

/// What is expected of an account: the population of the case, topped up by the reference.
pub(super) fn prior(activities: &BTreeMap<&AccountKey, Activity>, reference: &Reference) -> Prior {
    let mut population = reference.base(REFERENCE_HOURS);
    for activity in activities.values() {
        population.add(&activity.profile, weight(&activity.profile));
    }
    population.prior()
}

/// Active hours of both, the material of the signals that read them.
pub(super) fn hours(a: &Activity, b: &Activity) -> (usize, usize) {
    (a.profile.hours(), b.profile.hours())
}

/// Brings an account that is active all the time down to the weight of the others.
pub(crate) fn weight(profile: &Profile) -> f64 {
    (MOST_HOURS / profile.hours().max(1) as f64).min(1.0)
}

/// A finding with the explanations that hold for every signal of time, and the posts behind it.
pub(super) fn finding(
    card: &Card,
    (a, x): (&AccountKey, &Activity),
    (b, y): (&AccountKey, &Activity),
    score: f64,
    material: (usize, usize),
    unit: Unit,
) -> Finding {
    let mut innocent = BTreeSet::from(["common_schedule"]);
    if x.scheduled || y.scheduled {
        innocent.insert("scheduled_posts");
    }
    // Hours of civil dates: the difference cannot overflow.
    if x.first.max(y.first) - x.last.min(y.last) > FAR_APART_DAYS * 24 {
        innocent.insert("different_period");
    }
    Finding {
        innocent,
        rows: vec![
            selection("posts", &[("account", a.as_str())]),
            selection("posts", &[("account", b.as_str())]),
        ],
        ..Finding::new(card, a, b, score, material, unit)
    }
}
