//! Empirical lower and upper bounds of LRs (Vergeer and others, 2016).
//!
//! In: natural log LRs of both classes. Out: the range in which the system, with one contrary
//! trial added to each class, still costs less than saying nothing. A threshold t stands for the
//! prior odds 1/t; the cost is the share of the same hand at or below t plus t times the share of
//! different hands above t, and saying nothing costs min(1, t).

use super::trials::Scores;

/// The bounds as natural log LRs: low ≤ 0 ≤ high.
pub fn elub(lrs: &Scores) -> (f64, f64) {
    let high = upper(&lrs.same, &lrs.different);
    let mirrored = lrs.map(|lr| -lr);
    (-upper(&mirrored.different, &mirrored.same), high)
}

/// The upper bound. The lower bound of a system is the upper bound of its mirror image.
fn upper(same: &[f64], different: &[f64]) -> f64 {
    let mut thresholds: Vec<f64> = same.iter().chain(different).copied().collect();
    thresholds.retain(|lr| *lr > 0.0);
    thresholds.push(0.0);
    thresholds.sort_by(f64::total_cmp);
    let mut bound = 0.0;
    for (at, &threshold) in thresholds.iter().enumerate() {
        let missed = same.iter().filter(|&&lr| lr <= threshold).count() as f64 + 1.0;
        let alarms = different.iter().filter(|&&lr| lr > threshold).count() as f64 + 1.0;
        let missed = missed / (same.len() as f64 + 1.0);
        let alarms = alarms / (different.len() as f64 + 1.0);
        // From this threshold to the next the counts stay: missed + t·alarms < 1 up to here.
        let limit =
            if missed < 1.0 { libm::log((1.0 - missed) / alarms) } else { f64::NEG_INFINITY };
        if limit <= threshold {
            return bound;
        }
        let next = thresholds.get(at + 1).copied().unwrap_or(f64::INFINITY);
        if limit < next {
            return limit;
        }
        bound = next;
    }
    bound
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_grows_with_the_set() {
        let perfect = |n: usize| Scores { same: vec![9.0; n], different: vec![-9.0; n] };
        let (low, high) = elub(&perfect(9));
        // One miss of ten and one alarm of ten: (1 − 0.1) / 0.1 = 9.
        assert!((high - libm::log(9.0)).abs() < 1e-12, "{high}");
        assert!((low + libm::log(9.0)).abs() < 1e-12, "{low}");
        assert!(elub(&perfect(99)).1 > high);
    }

    #[test]
    fn a_system_that_misleads_is_silenced() {
        let reversed = Scores { same: vec![-1.0; 9], different: vec![1.0; 9] };
        assert_eq!(elub(&reversed), (0.0, 0.0));
    }

    #[test]
    fn false_alarms_pull_the_bound_down() {
        let mut scores = Scores { same: vec![4.0; 50], different: vec![-4.0; 100] };
        let before = elub(&scores).1;
        scores.different.extend([3.9; 5]);
        assert!(elub(&scores).1 < before);
    }
}
