//! Active hours and the cells that they fall in.
//!
//! In: hours since the Unix epoch, each once however many posts it holds (bursts would count one
//! evening as a habit). Out: counts over windows of three hours, at each of the three ways to cut
//! the day, without and with working day against weekend, all in UTC.

use crate::dirichlet::Tabled;

/// Hours in a window.
const WINDOW: i64 = 3;
/// Windows in a day.
const WINDOWS: usize = 8;
/// Cells of one cut of the day, with and without the kind of day.
const LAYOUTS: [(i64, bool); 6] =
    [(0, false), (1, false), (2, false), (0, true), (1, true), (2, true)];
/// Strength of the prior, in active hours; chosen on the reference.
const CONCENTRATION: f64 = 10.0;

/// Distinct active clock hours of one account.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    hours: usize,
    counts: [Vec<f64>; LAYOUTS.len()],
}

impl Profile {
    /// Counts hours since the Unix epoch, each once.
    pub(crate) fn new(hours: impl Iterator<Item = i64> + Clone) -> Self {
        let counts = LAYOUTS.map(|(shift, by_day)| {
            let mut counts = vec![0.0; if by_day { 2 * WINDOWS } else { WINDOWS }];
            for hour in hours.clone() {
                counts[cell(hour, shift, by_day)] += 1.0;
            }
            counts
        });
        Self { hours: hours.count(), counts }
    }

    /// Distinct active hours.
    pub(crate) fn hours(&self) -> usize {
        self.hours
    }
}

fn cell(hour: i64, shift: i64, by_day: bool) -> usize {
    let window = ((hour + shift).rem_euclid(24) / WINDOW) as usize;
    // Day 0 of the Unix epoch was a Thursday.
    let weekend = (hour.div_euclid(24) + 3).rem_euclid(7) >= 5;
    if by_day && weekend { WINDOWS + window } else { window }
}

/// The profile of a population: the sum over its accounts.
#[derive(Debug, Clone)]
pub(crate) struct Base([Vec<f64>; LAYOUTS.len()]);

impl Base {
    /// One hour spread evenly over the cells, so that no cell is impossible.
    pub(crate) fn flat() -> Self {
        Self(LAYOUTS.map(|(_, by_day)| {
            let cells = if by_day { 2 * WINDOWS } else { WINDOWS };
            vec![1.0; cells]
        }))
    }

    /// Adds an account, its hours multiplied by `weight`.
    pub(crate) fn add(&mut self, profile: &Profile, weight: f64) {
        for (sums, counts) in self.0.iter_mut().zip(&profile.counts) {
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += weight * count);
        }
    }

    /// The prior around this profile.
    pub(crate) fn prior(&self) -> Prior {
        Prior(self.0.clone().map(|base| {
            let total: f64 = base.iter().sum();
            Tabled::new(base.iter().map(|x| CONCENTRATION * x / total).collect())
        }))
    }
}

/// ln of the probability of an account's hours, for each cut of the day.
pub(crate) type HoursAlone = [f64; LAYOUTS.len()];

/// What is expected of an account before its hours are seen.
#[derive(Debug, Clone)]
pub(crate) struct Prior([Tabled; LAYOUTS.len()]);

impl Prior {
    /// ln of the probability of an account's hours, for each cut of the day.
    pub(crate) fn alone(&self, profile: &Profile) -> HoursAlone {
        std::array::from_fn(|at| self.0[at].log_probability(profile.counts[at].iter().copied()))
    }

    /// The score of two accounts: the mean, over the cuts of the day, of ln of the ratio between
    /// the probability of both under one profile and under two. `alone` as the function gives it.
    pub(crate) fn score(
        &self,
        (a, alone_a): (&Profile, &HoursAlone),
        (b, alone_b): (&Profile, &HoursAlone),
    ) -> f64 {
        let mut sum = 0.0;
        for (at, prior) in self.0.iter().enumerate() {
            let both = a.counts[at].iter().zip(&b.counts[at]).map(|(x, y)| x + y);
            sum += prior.log_probability(both) - alone_a[at] - alone_b[at];
        }
        sum / LAYOUTS.len() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_know_the_weekend_and_the_cut() {
        // 1970-01-03 was a Saturday.
        assert_eq!(cell(48 + 5, 0, true), 8 + 1);
        assert_eq!(cell(48 + 5, 1, false), 2);
        assert_eq!(cell(24 + 23, 1, true), 0);
        assert_eq!(cell(-1, 0, false), 7);
    }

    #[test]
    fn night_owls_resemble_each_other() {
        let owl = |day: i64| Profile::new((0..20).map(move |n| (day + n) * 24 + 2));
        let lark = Profile::new((0..20).map(|n| n * 24 + 9));
        let mut base = Base::flat();
        for profile in [&owl(0), &owl(30), &lark] {
            base.add(profile, 1.0);
        }
        let prior = base.prior();
        let score =
            |a: &Profile, b: &Profile| prior.score((a, &prior.alone(a)), (b, &prior.alone(b)));
        assert!(score(&owl(0), &owl(40)) > 1.0);
        assert!(score(&owl(0), &lark) < -1.0);
    }
}
