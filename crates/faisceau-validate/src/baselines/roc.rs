//! Figures of a ROC as scikit-learn and the script read them.
//!
//! In: trials of both classes. Out: EER at the corner nearest the diagonal, and recall at a rate
//! of false alarms. Points in a straight line with their neighbours are dropped before the EER is
//! read (`drop_intermediate`), as `roc_curve` does; on the convex hull (`faisceau_weigh`) the EER
//! is lower.

use faisceau_weigh::validation::Scores;

/// Corners of the curve: rates of false alarms and of recall, from (0, 0) on.
fn curve(scores: &Scores) -> Vec<(f64, f64)> {
    let mut all: Vec<(f64, bool)> = scores.same.iter().map(|&score| (score, true)).collect();
    all.extend(scores.different.iter().map(|&score| (score, false)));
    all.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut points: Vec<(i64, i64)> = Vec::new();
    let (mut alarms, mut found) = (0, 0);
    for equal in all.chunk_by(|one, other| one.0 == other.0) {
        let same = equal.iter().filter(|(_, same)| *same).count();
        alarms += (equal.len() - same) as i64;
        found += same as i64;
        points.push((alarms, found));
    }
    let straight = |at: usize| match points.get(at.wrapping_sub(1)..at + 2) {
        Some(&[a, b, c]) => a.0 + c.0 == 2 * b.0 && a.1 + c.1 == 2 * b.1,
        _ => false,
    };
    let corners = (0..points.len()).filter(|&at| !straight(at));
    let rate =
        |at: usize| (points[at].0 as f64 / alarms as f64, points[at].1 as f64 / found as f64);
    std::iter::once((0.0, 0.0)).chain(corners.map(rate)).collect()
}

/// The mean of both error rates where they are nearest to each other.
pub(super) fn eer(scores: &Scores) -> f64 {
    let distance = |&(alarms, found): &(f64, f64)| (alarms - (1.0 - found)).abs();
    let nearest = curve(scores).into_iter().fold(None, |best: Option<(f64, f64)>, point| {
        best.filter(|best| distance(best) <= distance(&point)).or(Some(point))
    });
    nearest.map_or(f64::NAN, |(alarms, found)| (alarms + 1.0 - found) / 2.0)
}

/// The highest recall at a rate of false alarms of at most `rate`.
pub(super) fn recall_at(scores: &Scores, rate: f64) -> f64 {
    let allowed = curve(scores).into_iter().filter(|(alarms, _)| *alarms <= rate);
    allowed.map(|(_, found)| found).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_those_of_scikit_learn() {
        // roc_curve([0, 0, 0, 1, 0, 1, 1, 0], [.1, .2, .25, .3, .4, .5, .6, .7]):
        // fpr [0, .2, .2, .4, .4, 1], tpr [0, 0, .667, .667, 1, 1]; the script's EER 0.3667.
        let scores =
            Scores { same: vec![0.3, 0.5, 0.6], different: vec![0.1, 0.2, 0.25, 0.4, 0.7] };
        assert_eq!(curve(&scores).len(), 6);
        assert!((eer(&scores) - f64::midpoint(0.4, 1.0 / 3.0)).abs() < 1e-12, "{}", eer(&scores));
        assert!((recall_at(&scores, 0.2) - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(recall_at(&scores, 0.1), 0.0);
    }
}
