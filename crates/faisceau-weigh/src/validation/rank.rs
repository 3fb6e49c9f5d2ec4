//! Search: where the own second half stands among all second halves.

use std::collections::BTreeMap;

use super::trials::Trial;

/// The share of authors whose own trial is among the `first` highest of their row. An author's
/// row is every trial with it as `a`; equal scores do not push the own trial down. NaN without
/// an author.
pub fn top(trials: &[Trial], first: usize) -> f64 {
    let own: BTreeMap<usize, f64> =
        trials.iter().filter(|trial| trial.same()).map(|trial| (trial.a, trial.score)).collect();
    let mut above: BTreeMap<usize, usize> = own.keys().map(|&author| (author, 0)).collect();
    for trial in trials {
        if let (Some(own), Some(above)) = (own.get(&trial.a), above.get_mut(&trial.a)) {
            *above += usize::from(trial.score > *own);
        }
    }
    above.values().filter(|&&above| above < first).count() as f64 / own.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rank_counts_what_is_strictly_above() {
        let trial = |a, b, score| Trial { a, b, score };
        let trials = [
            trial(0, 0, 2.0),
            trial(0, 1, 2.0),
            trial(1, 0, 3.0),
            trial(1, 1, 1.0),
            trial(2, 0, 9.0),
        ];
        assert_eq!(top(&trials, 1), 0.5);
        assert_eq!(top(&trials, 2), 1.0);
        assert!(top(&[], 1).is_nan());
    }
}
