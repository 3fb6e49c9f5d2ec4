//! Hours of the day: cosine and Dirichlet-multinomial.
//!
//! In: times in seconds since the Unix epoch, UTC. Out: counts of posts, or of distinct active
//! hours, over the 24 hours of the day, without or with working day against weekend.

use std::collections::BTreeSet;

use super::dirichlet::bayes_factors;
use super::matrix::Matrix;
use super::processor::Processor;
use super::strengths;

/// What is counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counting {
    /// Working day and weekend apart.
    pub(super) weekend: bool,
    /// Distinct hours in place of posts.
    pub(super) active: bool,
}

fn profile(times: &[i64], counting: Counting) -> Vec<f64> {
    let mut counts = vec![0.0; if counting.weekend { 48 } else { 24 }];
    let hours = times.iter().map(|at| at.div_euclid(3600));
    let hours: Vec<i64> = if counting.active {
        hours.collect::<BTreeSet<i64>>().into_iter().collect()
    } else {
        hours.collect()
    };
    for hour in hours {
        // Day 0 of the Unix epoch was a Thursday.
        let weekend = counting.weekend && (hour.div_euclid(24) + 3).rem_euclid(7) >= 5;
        counts[hour.rem_euclid(24) as usize + if weekend { 24 } else { 0 }] += 1.0;
    }
    counts
}

fn profiles(sides: &[[Vec<i64>; 2]], counting: Counting) -> [Vec<Vec<f64>>; 2] {
    [0, 1].map(|side| sides.iter().map(|sides| profile(&sides[side], counting)).collect())
}

/// Cosines of the counts.
pub(super) fn cosines(sides: &[[Vec<i64>; 2]], counting: Counting) -> Matrix {
    let [first, second] = profiles(sides, counting);
    Matrix::cosines(&first, &second)
}

/// Bayes factors of the counts.
pub(super) fn dirichlet(
    sides: &[[Vec<i64>; 2]],
    counting: Counting,
    processor: Processor,
) -> Matrix {
    let [first, second] = profiles(sides, counting);
    bayes_factors(&first, &second, strengths::hours(processor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bursts_are_one_active_hour() {
        // 1970-01-03 was a Saturday.
        let times = [48 * 3600, 48 * 3600 + 59, 24 * 3600];
        let counting = |weekend, active| profile(&times, Counting { weekend, active });
        assert_eq!(counting(false, false)[0], 3.0);
        assert_eq!(counting(false, true)[0], 2.0);
        assert_eq!((counting(true, true)[0], counting(true, true)[24]), (1.0, 1.0));
    }
}
