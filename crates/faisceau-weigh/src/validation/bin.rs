//! One bin of a calibration: a signal at one amount of material.
//!
//! In: trials, and how often each author was drawn in each replicate. Out: coefficients, bounds,
//! error figures and replicates. Error figures and bounds come from LRs of authors who were not
//! in the fit (five folds by author).

use serde::{Deserialize, Serialize};

use super::cllr::cllr;
use super::cost_cells::CostCells;
use super::elub::elub;
use super::logistic::{Logistic, fit};
use super::pav::{Ends, auc, cllr_min, eer};
use super::trials::{Scores, Trial};

/// Folds of the cross-validation; the fold of an author is its number modulo this.
pub const FOLDS: usize = 5;
/// Fewest trials of the same hand from which a bin is fitted.
const LEAST_SAME: usize = 15;

/// A point of the Tippett plot: shares of trials whose LR is at least `log10_lr`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tippett {
    /// The threshold.
    pub log10_lr: f64,
    /// Share of the trials of one hand.
    pub same: f64,
    /// Share of the trials of different hands.
    pub different: f64,
}

/// A signal at one amount of material.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bin {
    /// Amount of material a side.
    pub material: i64,
    /// Authors.
    pub authors: usize,
    /// Trials of one hand.
    pub same: usize,
    /// Trials of different hands.
    pub different: usize,
    /// ln LR at score 0.
    pub intercept: f64,
    /// ln LR a unit of the score.
    pub slope: f64,
    /// Lowest log10 LR supported (ELUB).
    pub low: f64,
    /// Highest log10 LR supported (ELUB).
    pub high: f64,
    /// Area under the ROC of the score.
    pub auc: f64,
    /// Equal error rate of the score, on the convex hull.
    pub eer: f64,
    /// Cllr of LRs of unseen authors.
    pub cllr: f64,
    /// Cllr of the same LRs after the best monotone calibration.
    pub cllr_min: f64,
    /// What trials of different hands cost, in bits: mean of log2(1 + LR) of the same LRs within
    /// the bounds, the strongest tenth left out ([`CostCells`]). None in a file of version 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordinary_cost: Option<f64>,
    /// Shares of the trials of one hand with LR below 1, 1/10, 1/100.
    pub same_misleading: [f64; 3],
    /// Shares of the trials of different hands with LR above 1, 10, 100.
    pub different_misleading: [f64; 3],
    /// The Tippett plot.
    pub tippett: Vec<Tippett>,
    /// Intercept and slope of fits to authors drawn with replacement.
    pub replicates: Vec<[f64; 2]>,
}

impl Bin {
    /// log10 LR of a score, before the cap.
    pub fn log10_lr(&self, score: f64) -> f64 {
        (self.intercept + self.slope * score) / core::f64::consts::LN_10
    }

    /// The bounds within which 95 % of the replicates put the log10 LR of a score.
    pub fn interval(&self, score: f64) -> (f64, f64) {
        let point = self.log10_lr(score);
        let lr =
            |[intercept, slope]: &[f64; 2]| (intercept + slope * score) / core::f64::consts::LN_10;
        let mut lrs: Vec<f64> = self.replicates.iter().map(lr).collect();
        lrs.sort_by(f64::total_cmp);
        let Some(last) = lrs.len().checked_sub(1) else { return (point, point) };
        let tail = lrs.len() * 25 / 1000;
        (lrs[tail].min(point), lrs[last - tail].max(point))
    }
}

/// Fits a bin. `draws` gives, for each replicate, how often each author was drawn. `None` with
/// too few trials, or when the classes do not overlap.
pub fn fit_bin(material: i64, trials: &[Trial], draws: &[Vec<u32>]) -> Option<Bin> {
    let scores = Scores::of(trials);
    if scores.same.len() < LEAST_SAME {
        return None;
    }
    let model = fit_weighed(trials, |_| 1.0)?;
    let lrs = Scores::of(&cross_validated(trials)?);
    if lrs.same.is_empty() || lrs.different.is_empty() {
        return None;
    }
    let (low, high) = elub(&lrs);
    let log10 = lrs.map(|lr| lr / core::f64::consts::LN_10);
    let [low, high] = [low, high].map(|bound| rounded(bound / core::f64::consts::LN_10, 4));
    let replicate = |drawn: &Vec<u32>| {
        let times = |author: usize| f64::from(drawn.get(author).copied().unwrap_or(0));
        let weight = |t: &Trial| if t.same() { times(t.a) } else { times(t.a) * times(t.b) };
        let model = fit_weighed(trials, weight)?;
        Some([rounded(model.intercept, 4), rounded(model.slope, 4)])
    };
    Some(Bin {
        material,
        authors: scores.same.len(),
        same: scores.same.len(),
        different: scores.different.len(),
        intercept: rounded(model.intercept, 6),
        slope: rounded(model.slope, 6),
        low,
        high,
        auc: rounded(auc(&scores), 4),
        eer: rounded(eer(&scores, Ends::Open), 4),
        cllr: rounded(cllr(&lrs), 4),
        cllr_min: rounded(cllr_min(&lrs, Ends::Open), 4),
        ordinary_cost: ordinary_cost(&log10, (low, high)),
        same_misleading: [0.0, -1.0, -2.0].map(|t| share(&log10.same, |lr| lr < t)),
        different_misleading: [0.0, 1.0, 2.0].map(|t| share(&log10.different, |lr| lr > t)),
        tippett: tippett(&log10),
        replicates: draws.iter().filter_map(replicate).collect(),
    })
}

/// What a case would find of pairs of different hands: their LRs within the bounds.
fn ordinary_cost(log10: &Scores, (low, high): (f64, f64)) -> Option<f64> {
    let within = log10.different.iter().map(|lr| lr.clamp(low, high));
    within.collect::<CostCells>().mean_cost().map(|cost| rounded(cost, 5))
}

fn fit_weighed(trials: &[Trial], weight: impl Fn(&Trial) -> f64) -> Option<Logistic> {
    let class = |same: bool| -> Vec<(f64, f64)> {
        let class = trials.iter().filter(|trial| trial.same() == same);
        class.map(|trial| (trial.score, weight(trial))).collect()
    };
    fit(&class(true), &class(false))
}

/// The trials whose two authors can be left out together, with the natural log LR of a fit to all
/// other authors in place of the score. The fold of an author is its number modulo five.
pub fn cross_validated(trials: &[Trial]) -> Option<Vec<Trial>> {
    let mut held_out = Vec::new();
    for held in 0..FOLDS {
        let inside = |author: usize| author % FOLDS == held;
        let unseen = |trial: &Trial| !inside(trial.a) && !inside(trial.b);
        let model = fit_weighed(trials, |trial| f64::from(u8::from(unseen(trial))))?;
        let tested = trials.iter().filter(|trial| inside(trial.a) && inside(trial.b));
        held_out.extend(tested.map(|trial| Trial { score: model.ln_lr(trial.score), ..*trial }));
    }
    Some(held_out)
}

/// The Tippett plot of log10 LRs, from −3 to 3 by quarters.
pub fn tippett(log10: &Scores) -> Vec<Tippett> {
    let point = |step: i32| {
        let log10_lr = f64::from(step) / 4.0;
        let at_least = |lrs: &[f64]| share(lrs, |lr| lr >= log10_lr);
        Tippett { log10_lr, same: at_least(&log10.same), different: at_least(&log10.different) }
    };
    (-12..=12).map(point).collect()
}

fn share(lrs: &[f64], holds: impl Fn(f64) -> bool) -> f64 {
    let count = lrs.iter().filter(|&&lr| holds(lr)).count();
    rounded(count as f64 / lrs.len() as f64, 5)
}

/// Rounds to decimals, so that the file is short and reads back to the same bits.
fn rounded(x: f64, decimals: i32) -> f64 {
    let scale = (0..decimals).fold(1.0, |scale, _| scale * 10.0);
    let rounded = (x * scale).round() / scale;
    // No negative zero in the file.
    rounded + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trials() -> Vec<Trial> {
        let score = |a: usize, b: usize| {
            let noise = ((a * 31 + b * 17) % 23) as f64 / 10.0;
            if a == b { 1.5 + noise } else { noise }
        };
        let pairs = (0..20).flat_map(|a| (0..20).map(move |b| (a, b)));
        pairs.map(|(a, b)| Trial { a, b, score: score(a, b) }).collect()
    }

    #[test]
    fn a_bin_has_figures_of_unseen_authors() {
        let draws = vec![vec![1; 20], (0..20).map(|n| n % 3).collect()];
        let bin = fit_bin(100, &trials(), &draws).unwrap();
        assert_eq!((bin.authors, bin.same, bin.different), (20, 20, 380));
        assert!(bin.slope > 0.0 && bin.auc > 0.8 && bin.cllr < 1.0 && bin.cllr_min <= bin.cllr);
        assert!(bin.low < 0.0 && bin.high > 0.0);
        // Everybody drawn once is the fit itself.
        assert_eq!(bin.replicates[0][1], rounded(bin.slope, 4));
        let (low, high) = bin.interval(2.0);
        assert!(low <= bin.log10_lr(2.0) && bin.log10_lr(2.0) <= high && low < high);
    }

    #[test]
    fn few_trials_give_no_bin() {
        let few: Vec<Trial> = trials().into_iter().filter(|t| t.a < 10 && t.b < 10).collect();
        assert_eq!(fit_bin(100, &few, &[]), None);
    }
}
