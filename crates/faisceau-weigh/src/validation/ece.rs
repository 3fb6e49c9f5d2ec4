//! The empirical cross-entropy over prior odds (Ramos and Gonzalez-Rodriguez, 2013).
//!
//! In: natural log LRs of both classes. Out: for each prior, the mean cost in bits of the system,
//! of its best monotone calibration and of saying nothing. At even odds they are Cllr, Cllr min
//! and 1. The prior belongs to the court: the curve shows all of them, and none is chosen.

use serde::{Deserialize, Serialize};

use super::logistic::softplus;
use super::pav::pooled;
use super::trials::Scores;

/// Highest and lowest log10 of the prior odds, in quarters.
const QUARTERS: i32 = 12;

/// The costs at one prior, in bits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ece {
    /// log10 of the prior odds.
    pub prior_log10_odds: f64,
    /// Cost of the LRs.
    pub system: f64,
    /// Cost of the same LRs after the best monotone calibration.
    pub best: f64,
    /// Cost of an LR of 1 throughout.
    pub silent: f64,
}

/// The costs at log10 prior odds from −3 to 3. Empty for an empty class.
pub fn ece(lrs: &Scores) -> Vec<Ece> {
    if lrs.same.is_empty() || lrs.different.is_empty() {
        return Vec::new();
    }
    let counted = |lrs: &[f64]| lrs.iter().map(|&lr| (lr, 1.0)).collect::<Vec<_>>();
    let system = [counted(&lrs.same), counted(&lrs.different)];
    let best = pooled(lrs);
    let point = |quarter: i32| {
        let prior_log10_odds = f64::from(quarter) / 4.0;
        let odds = prior_log10_odds * core::f64::consts::LN_10;
        Ece {
            prior_log10_odds,
            system: cost(&system, odds),
            best: cost(&best, odds),
            silent: cost(&[vec![(0.0, 1.0)], vec![(0.0, 1.0)]], odds),
        }
    };
    (-QUARTERS..=QUARTERS).map(point).collect()
}

/// The cost of log LRs, each with its number of trials, at natural log prior odds.
fn cost([same, different]: &[Vec<(f64, f64)>; 2], odds: f64) -> f64 {
    let mean = |class: &[(f64, f64)], sign: f64| {
        let counted = class.iter().filter(|(_, count)| *count > 0.0);
        let (cost, total) = counted.fold((0.0, 0.0), |(cost, total), &(lr, count)| {
            (cost + count * softplus(sign * (lr + odds)), total + count)
        });
        cost / total / core::f64::consts::LN_2
    };
    let share = 1.0 / (1.0 + libm::exp(-odds));
    share * mean(same, -1.0) + (1.0 - share) * mean(different, 1.0)
}

#[cfg(test)]
mod tests {
    use super::super::cllr::cllr;
    use super::super::pav::{Ends, cllr_min};
    use super::super::trials::test_vector;
    use super::*;

    #[test]
    fn at_even_odds_the_curves_are_cllr_its_least_and_one() {
        let scores = test_vector();
        let curve = ece(&scores);
        let even = curve.iter().find(|point| point.prior_log10_odds == 0.0).unwrap();
        assert!((even.system - cllr(&scores)).abs() < 1e-12);
        assert!((even.best - cllr_min(&scores, Ends::Open)).abs() < 1e-12);
        assert!((even.silent - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_best_calibration_is_never_worse_and_perfect_scores_cost_nothing() {
        assert!(ece(&test_vector()).iter().all(|p| p.best <= p.silent && p.best <= p.system));
        let perfect = Scores { same: vec![9.0; 3], different: vec![-9.0; 3] };
        assert!(ece(&perfect).iter().all(|p| p.best == 0.0 && p.system < p.silent));
        assert!(ece(&Scores::default()).is_empty());
    }

    #[test]
    fn silence_costs_the_entropy_of_the_prior() {
        // Odds of 10 to 1: the entropy of 1/11.
        let curve = ece(&test_vector());
        let ten = curve.iter().find(|point| point.prior_log10_odds == 1.0).unwrap();
        assert!((ten.silent - 0.439_496_986_9).abs() < 1e-9, "{}", ten.silent);
    }
}
