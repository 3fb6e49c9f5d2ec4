//! How far Cllr would move with other authors.
//!
//! In: LRs of trials, and how often each author was drawn in each replicate. Out: the bounds of
//! 95 % of the replicates. Trials share authors, so authors are drawn and not trials. A trial of
//! different hands counts as often as both its authors together were drawn.

use super::logistic::softplus;
use super::trials::Trial;

/// The interval of Cllr. `None` when no replicate holds both classes.
pub fn cllr_interval(lrs: &[Trial], draws: &[Vec<u32>]) -> Option<(f64, f64)> {
    let costs: Vec<f64> =
        lrs.iter().map(|t| softplus(if t.same() { -t.score } else { t.score })).collect();
    let mut replicates: Vec<f64> =
        draws.iter().filter_map(|drawn| replicate(lrs, &costs, drawn)).collect();
    replicates.sort_by(f64::total_cmp);
    let last = replicates.len().checked_sub(1)?;
    let tail = replicates.len() * 25 / 1000;
    Some((*replicates.get(tail)?, *replicates.get(last - tail)?))
}

fn replicate(lrs: &[Trial], costs: &[f64], drawn: &[u32]) -> Option<f64> {
    let times = |author: usize| f64::from(drawn.get(author).copied().unwrap_or(0));
    let (mut same, mut different) = ((0.0, 0.0), (0.0, 0.0));
    for (trial, cost) in lrs.iter().zip(costs) {
        let (class, weight) = if trial.same() {
            (&mut same, times(trial.a))
        } else {
            (&mut different, times(trial.a) * times(trial.b))
        };
        class.0 += weight * cost;
        class.1 += weight;
    }
    let holds_both = same.1 > 0.0 && different.1 > 0.0;
    let mean = f64::midpoint(same.0 / same.1, different.0 / different.1);
    holds_both.then_some(mean / core::f64::consts::LN_2)
}

#[cfg(test)]
mod tests {
    use super::super::cllr::cllr;
    use super::super::trials::Scores;
    use super::*;

    #[test]
    fn everybody_once_is_cllr_itself_and_other_draws_spread() {
        let pairs = (0..6).flat_map(|a| (0..6).map(move |b| (a, b)));
        let lrs: Vec<Trial> = pairs
            .map(|(a, b)| Trial { a, b, score: if a == b { a as f64 } else { -(b as f64) } })
            .collect();
        let (low, high) = cllr_interval(&lrs, &[vec![1; 6]]).unwrap();
        let point = cllr(&Scores::of(&lrs));
        assert!((low - point).abs() < 1e-12 && (high - point).abs() < 1e-12);
        let draws = [vec![1; 6], vec![3, 3, 0, 0, 0, 0], vec![0, 0, 0, 0, 3, 3]];
        let (low, high) = cllr_interval(&lrs, &draws).unwrap();
        assert!(low < point && point < high);
        assert_eq!(cllr_interval(&lrs, &[vec![6, 0, 0, 0, 0, 0]]), None);
    }
}
