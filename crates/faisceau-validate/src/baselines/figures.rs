//! The figures that the script prints.

use faisceau_weigh::validation::{Scores, Trial, auc, cllr, median_same, top};
use serde::{Deserialize, Serialize};

use super::{isotonic, roc};

/// False alarms at which recall is read.
const FALSE_PAIRS: f64 = 1e-3;

/// The figures of one baseline, under the names and with the definitions of the script.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    /// Area under the ROC of the score.
    #[serde(rename = "AUC")]
    pub auc: f64,
    /// Equal error rate of the score, at the corner nearest the diagonal.
    #[serde(rename = "EER")]
    pub eer: f64,
    /// Share of authors whose own second side comes first.
    pub top1: f64,
    /// Share of authors whose own second side is among the first ten.
    pub top10: f64,
    /// Recall at one false pair in 1000.
    pub rec1e3: f64,
    /// Cllr of LRs of unseen authors.
    #[serde(rename = "Cllr")]
    pub cllr: f64,
    /// Cllr of the same LRs after the best monotone calibration.
    #[serde(rename = "Cllr_min")]
    pub cllr_min: f64,
    /// Share of trials of different hands with an LR above 100.
    pub mislead100: f64,
    /// Highest log10 LR of different hands.
    pub max_non_log10: f64,
    /// Median log10 LR of one hand.
    pub med_tar_log10: f64,
}

/// Figures of scores, and of cross-validated natural log LRs. `None` for an empty class.
pub(super) fn figures(scores: &[Trial], lrs: &[Trial]) -> Option<Figures> {
    let (sorted, ln) = (Scores::of(scores), Scores::of(lrs));
    let classes = [&sorted.same, &sorted.different, &ln.same, &ln.different];
    if classes.iter().any(|class| class.is_empty() || class.iter().any(|x| !x.is_finite())) {
        return None;
    }
    let misleading = ln.different.iter().filter(|&&lr| lr > libm::log(100.0)).count();
    let highest = ln.different.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Some(Figures {
        auc: auc(&sorted),
        eer: roc::eer(&sorted),
        top1: top(scores, 1),
        top10: top(scores, 10),
        rec1e3: roc::recall_at(&sorted, FALSE_PAIRS),
        cllr: cllr(&ln),
        cllr_min: isotonic::cllr_min(&ln),
        mislead100: misleading as f64 / ln.different.len() as f64,
        max_non_log10: highest / core::f64::consts::LN_10,
        med_tar_log10: median_same(&ln),
    })
}
