//! Authors drawn with replacement.

use faisceau_signals::SplitMix64;
use faisceau_weigh::validation::Trial;

const SEED: u64 = 0x7265_706c_6963_6174;

/// How often each author is drawn in each replicate; only authors with trials take part. The
/// same for the same authors.
pub fn draws(trials: &[Trial], replicates: usize) -> Vec<Vec<u32>> {
    let mut authors: Vec<usize> = trials.iter().map(|trial| trial.a).collect();
    authors.sort_unstable();
    authors.dedup();
    let mut chance = SplitMix64::new(SEED);
    let size = authors.last().map_or(0, |last| last + 1);
    let draw = |_| {
        let mut times = vec![0; size];
        for _ in 0..authors.len() {
            if let Some(&author) = authors.get(chance.below(authors.len())) {
                times[author] += 1;
            }
        }
        times
    };
    (0..replicates).map(draw).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_replicate_draws_as_many_authors_as_there_are() {
        let trials = [3, 1, 3].map(|a| Trial { a, b: a, score: 0.0 });
        let draws = draws(&trials, 5);
        assert!(draws.iter().all(|times| times.len() == 4 && times[0] + times[2] == 0));
        assert!(draws.iter().all(|times| times.iter().sum::<u32>() == 2));
    }
}
