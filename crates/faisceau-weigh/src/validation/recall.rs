//! Same hands found while few pairs of different hands are taken for one.

use super::trials::Scores;

/// The largest share of trials of one hand above a threshold that lets at most `rate` of the
/// trials of different hands through. Equal scores pass together. 0 for an empty class.
pub fn recall_at(scores: &Scores, rate: f64) -> f64 {
    if scores.same.is_empty() || scores.different.is_empty() {
        return 0.0;
    }
    let descending = |scores: &[f64]| {
        let mut scores = scores.to_vec();
        scores.sort_by(|one, other| other.total_cmp(one));
        scores
    };
    let (same, different) = (descending(&scores.same), descending(&scores.different));
    let alarms = |threshold: f64| different.partition_point(|&score| score >= threshold);
    let allowed = |threshold: f64| alarms(threshold) as f64 <= rate * different.len() as f64;
    // The number of alarms grows as the threshold falls.
    let found = same.partition_point(|&threshold| allowed(threshold));
    found as f64 / same.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_threshold_is_the_lowest_that_the_rate_allows() {
        let different = (0..1000).map(f64::from).collect();
        let scores = Scores { same: vec![998.5, 999.5, 997.5, 5.0], different };
        assert_eq!(recall_at(&scores, 0.001), 0.5);
        assert_eq!(recall_at(&scores, 0.0), 0.25);
        assert_eq!(recall_at(&scores, 1.0), 1.0);
    }

    #[test]
    fn equal_scores_pass_together_or_not_at_all() {
        let scores = Scores { same: vec![1.0, 2.0], different: vec![1.0, 0.0] };
        assert_eq!(recall_at(&scores, 0.0), 0.5);
        assert_eq!(recall_at(&Scores::default(), 0.5), 0.0);
    }
}
