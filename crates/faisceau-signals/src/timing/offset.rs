//! The offset of an account's clock from UTC, as a set, and whether its clock jumps.
//!
//! In: times of posts precise to the minute. Out: weights over offsets in half-hour steps, the
//! smallest set that holds 95 % of them, and weights over the laws of summer time. The set is
//! about a clock, not about a place: people of one zone live by different hours, so what the posts
//! say is tempered until sets that claim 95 % held the true offset in at least 90 % of the authors
//! of the development corpora. Refused: fewer than six active half-hours. Source: local activity
//! profiles as in Johansson, Kaati and Shrestha 2015; prior and tempering are ours.

use std::collections::BTreeSet;

use faisceau_model::{Moment, Precision};

pub use super::summer_time::ClockLaw;
use crate::dirichlet::log_probability;

/// Half-hours in a day.
const CELLS: usize = 48;
/// Fewest distinct active half-hours.
const LEAST_HALF_HOURS: usize = 6;
/// Least and greatest offset, in half-hours.
const OFFSETS: std::ops::RangeInclusive<i64> = -24..=28;
/// Active half-hours that even the longest history counts for; chosen on commits of 60 authors
/// whose offset is known, for histories of 20 posts to 600, checked on French comments.
const MOST_EVIDENCE: f64 = 10.0;
/// What a set holds.
const NOMINAL: f64 = 0.95;
/// Share of activity by local half-hour, in 1/10 000: the mean of French comments (88 authors) and
/// of commits (60 authors, five continents), smoothed over two and a half hours.
const LOCAL: [f64; CELLS] = [
    120.0, 113.0, 100.0, 89.0, 78.0, 74.0, 71.0, 68.0, 63.0, 56.0, 51.0, 47.0, 50.0, 57.0, 72.0,
    96.0, 128.0, 165.0, 202.0, 247.0, 303.0, 351.0, 373.0, 353.0, 326.0, 304.0, 313.0, 336.0,
    362.0, 375.0, 372.0, 372.0, 369.0, 365.0, 351.0, 341.0, 327.0, 302.0, 258.0, 215.0, 188.0,
    183.0, 186.0, 190.0, 184.0, 172.0, 150.0, 133.0,
];
/// Weights of the laws of summer time before the posts are seen.
const LAWS: [f64; 4] = [0.40, 0.30, 0.25, 0.05];
/// Strength of the profile in the comparison of laws, in active hours.
const LAW_CONCENTRATION: f64 = 10.0;
/// What the posts say of the law is raised to this power: hours of one sitting are not independent.
const LAW_TEMPER: f64 = 0.5;
/// Weight from which a statement about the clock is made.
const DECIDED: f64 = 0.9;

/// What the posts say of a clock.
#[derive(Debug, Clone, PartialEq)]
pub struct OffsetEstimate {
    /// The smallest set that holds the nominal mass: offsets in minutes east of UTC with their
    /// weights, heaviest first.
    pub set: Vec<(i32, f64)>,
    /// The heaviest offset, in minutes.
    pub best_min: i32,
    /// What the set holds after tempering, from 0.95 to 1.
    pub mass: f64,
    /// Distinct active half-hours.
    pub half_hours: usize,
    /// Distinct active days, in UTC.
    pub days: usize,
    /// Weight of each law of summer time, in the order of [`ClockLaw::ALL`].
    pub laws: [f64; 4],
}

/// Whether a clock is put forward in summer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockJumps {
    /// It is, under this law if the posts tell which.
    Yes(Option<ClockLaw>),
    /// It is not.
    No,
    /// The posts do not tell.
    Undecided,
}

impl OffsetEstimate {
    /// The verdict on summer time: a statement needs nine tenths of the weight.
    pub fn jumps(&self) -> ClockJumps {
        let unchanged = self.laws[0];
        if unchanged >= DECIDED {
            return ClockJumps::No;
        }
        if unchanged > 1.0 - DECIDED {
            return ClockJumps::Undecided;
        }
        let laws = ClockLaw::ALL.into_iter().zip(self.laws).skip(1);
        ClockJumps::Yes(laws.into_iter().find(|(_, w)| *w >= DECIDED).map(|(law, _)| law))
    }

    /// Whether two sets have an offset in common, one hour apart allowed for summer time. Two
    /// clocks that agree say little: half a continent has one. It is a remark, not a score.
    pub fn agrees_with(&self, other: &Self) -> bool {
        let near = |own: i32| other.set.iter().any(|(min, _)| (own - min).abs() <= 60);
        self.set.iter().any(|&(min, _)| near(min))
    }
}

/// The estimate from the times of one account's posts, in any order.
pub fn estimate(moments: &[Moment]) -> Option<OffsetEstimate> {
    let precise =
        moments.iter().filter(|at| at.feeds_timing() && at.precision() <= Precision::Minute);
    let active: BTreeSet<i64> = precise.map(|at| at.at_s().div_euclid(1800)).collect();
    if active.len() < LEAST_HALF_HOURS {
        return None;
    }
    let mut weights = weights(&active);
    weights.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    let mut mass = 0.0;
    let mut set = Vec::new();
    for (min, weight) in weights {
        if mass >= NOMINAL {
            break;
        }
        mass += weight;
        set.push((min, weight));
    }
    let days: BTreeSet<i64> = active.iter().map(|at| at.div_euclid(48)).collect();
    Some(OffsetEstimate {
        best_min: set.first()?.0,
        set,
        mass: mass.min(1.0),
        half_hours: active.len(),
        days: days.len(),
        laws: laws(&active),
    })
}

/// Offsets in minutes with their weights, which add up to 1.
fn weights(active: &BTreeSet<i64>) -> Vec<(i32, f64)> {
    let mut counts = [0.0; CELLS];
    for at in active {
        counts[at.rem_euclid(CELLS as i64) as usize] += 1.0;
    }
    let temper = 1.0 / (1.0 + active.len() as f64 / MOST_EVIDENCE);
    let ln = |offset: i64| {
        let local = |utc: usize| LOCAL[(utc as i64 + offset).rem_euclid(CELLS as i64) as usize];
        let said: f64 =
            counts.iter().enumerate().map(|(utc, n)| n * libm::log(local(utc) / 10_000.0)).sum();
        temper * said + libm::log(people(offset))
    };
    let all: Vec<(i32, f64)> =
        OFFSETS.map(|offset| (i32::try_from(30 * offset).unwrap_or(0), ln(offset))).collect();
    normal(all)
}

/// How many people use an offset, roughly, before the posts are seen: Europe, the Americas, east
/// Asia, others; the half-hours are few, but for India.
const fn people(offset: i64) -> f64 {
    match offset {
        11 => 1.0,
        _ if offset % 2 != 0 => 0.1,
        0..=6 => 4.0,
        -16..=-6 => 3.0,
        14..=20 => 2.0,
        _ => 1.0,
    }
}

/// Weights of the laws: under the right one the hours of the year fall closest together.
fn laws(active: &BTreeSet<i64>) -> [f64; 4] {
    let hours: BTreeSet<i64> = active.iter().map(|at| at.div_euclid(2)).collect();
    let prior = [LAW_CONCENTRATION / 12.0; 12];
    let ln = |(law, weight): (ClockLaw, f64)| {
        let local: Vec<i64> = hours.iter().map(|h| h + law.forward(h.div_euclid(24))).collect();
        let of_cut = |cut: i64| {
            let mut counts = [0.0; 12];
            for hour in &local {
                counts[((hour + cut).rem_euclid(24) / 2) as usize] += 1.0;
            }
            log_probability(counts.iter().copied(), &prior)
        };
        LAW_TEMPER * f64::midpoint(of_cut(0), of_cut(1)) + libm::log(weight)
    };
    let all = ClockLaw::ALL.into_iter().zip(LAWS).map(|one| ((), ln(one))).collect();
    let mut weights = [0.0; 4];
    weights.iter_mut().zip(normal(all)).for_each(|(weight, ((), own))| *weight = own);
    weights
}

/// Turns natural logarithms into weights that add up to 1.
fn normal<T>(mut all: Vec<(T, f64)>) -> Vec<(T, f64)> {
    let top = all.iter().map(|(_, ln)| *ln).fold(f64::NEG_INFINITY, f64::max);
    for (_, ln) in &mut all {
        *ln = libm::exp(*ln - top);
    }
    let total: f64 = all.iter().map(|(_, weight)| weight).sum();
    for (_, weight) in &mut all {
        *weight /= total;
    }
    all
}

#[cfg(test)]
#[path = "offset/tests.rs"]
mod tests;
