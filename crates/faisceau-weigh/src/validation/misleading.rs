//! Evidence that misleads, and how strong the evidence that does not is.
//!
//! In: natural log LRs. Out: shares of trials on the wrong side of 10, 100 and 1000, and the
//! median log10 LR of one hand.

use serde::{Deserialize, Serialize};

use super::trials::Scores;

/// The LRs at which misleading evidence is counted.
pub const MISLEADING_AT: [f64; 3] = [10.0, 100.0, 1000.0];

/// Shares of misleading evidence, at each of [`MISLEADING_AT`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Misleading {
    /// Shares of the trials of one hand with an LR below 1/10, 1/100, 1/1000.
    pub same: [f64; 3],
    /// Shares of the trials of different hands with an LR above 10, 100, 1000.
    pub different: [f64; 3],
}

/// The rates of misleading evidence. NaN for an empty class.
pub fn misleading(lrs: &Scores) -> Misleading {
    let share = |lrs: &[f64], holds: &dyn Fn(f64) -> bool| {
        lrs.iter().filter(|&&lr| holds(lr)).count() as f64 / lrs.len() as f64
    };
    Misleading {
        same: MISLEADING_AT.map(|at| share(&lrs.same, &|lr| lr < -libm::log(at))),
        different: MISLEADING_AT.map(|at| share(&lrs.different, &|lr| lr > libm::log(at))),
    }
}

/// The median log10 LR of the trials of one hand. NaN without one.
pub fn median_same(lrs: &Scores) -> f64 {
    let mut same = lrs.same.clone();
    same.sort_by(f64::total_cmp);
    let middle = same.len() / 2;
    let median = match (same.get(middle.wrapping_sub(1)), same.get(middle)) {
        (Some(&below), Some(&above)) if same.len().is_multiple_of(2) => f64::midpoint(below, above),
        (_, Some(&middle)) => middle,
        _ => f64::NAN,
    };
    median / core::f64::consts::LN_10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_class_has_its_wrong_side() {
        let ln = libm::log;
        let lrs = Scores {
            same: vec![-ln(20.0), -ln(5.0), ln(9.0), -ln(2000.0)],
            different: vec![ln(20.0), -ln(5000.0), ln(200.0), 0.0],
        };
        let rates = misleading(&lrs);
        assert_eq!(rates.same, [0.5, 0.25, 0.25]);
        assert_eq!(rates.different, [0.5, 0.25, 0.0]);
        let median = median_same(&lrs);
        assert!((median + libm::log10(10.0)).abs() < 1e-12, "{median}");
        assert!(median_same(&Scores::default()).is_nan());
        assert_eq!(median_same(&Scores { same: vec![0.0], different: vec![] }), 0.0);
    }
}
