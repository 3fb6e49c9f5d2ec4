//! The cost of log likelihood ratios (Brümmer and du Preez, 2006).

use super::logistic::softplus;
use super::trials::Scores;

/// Cllr of natural log LRs: 0 is perfect, 1 useless, above 1 misleading. NaN for an empty class.
pub fn cllr(lrs: &Scores) -> f64 {
    let [same, different] = costs(lrs);
    f64::midpoint(same, different)
}

/// What the trials of one hand cost, and those of different hands: Cllr is their mean. The first
/// rises where LRs say too little for one hand, the second where they say too much. NaN for an
/// empty class.
pub fn costs(lrs: &Scores) -> [f64; 2] {
    let mean = |costs: &mut dyn Iterator<Item = f64>, count: usize| {
        costs.sum::<f64>() / count as f64 / core::f64::consts::LN_2
    };
    let same = mean(&mut lrs.same.iter().map(|&lr| softplus(-lr)), lrs.same.len());
    let different = mean(&mut lrs.different.iter().map(|&lr| softplus(lr)), lrs.different.len());
    [same, different]
}

#[cfg(test)]
mod tests {
    use super::super::logistic::{Logistic, fit};
    use super::super::trials::test_vector;
    use super::*;

    #[test]
    fn the_published_costs_come_out() {
        let scores = test_vector();
        assert!((cllr(&scores) - 0.772_866_648_3).abs() < 1e-9);
        let even = |scores: &[f64]| scores.iter().map(|&s| (s, 1.0)).collect::<Vec<_>>();
        let model: Logistic = fit(&even(&scores.same), &even(&scores.different)).unwrap();
        let cost = cllr(&scores.map(|score| model.ln_lr(score)));
        assert!((cost - 0.745_038_125).abs() < 1e-9, "{cost}");
    }

    #[test]
    fn saying_nothing_costs_one() {
        let nothing = Scores { same: vec![0.0; 3], different: vec![0.0; 5] };
        assert!((cllr(&nothing) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn an_lr_too_high_costs_on_the_side_of_different_hands() {
        let lrs = Scores { same: vec![3.0; 2], different: vec![1.0; 4] };
        let [same, different] = costs(&lrs);
        assert!(same < 0.1 && different > 1.5, "{same} {different}");
    }
}
