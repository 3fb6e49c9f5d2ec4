//! What only depends on the order of the scores: isotonic calibration, EER, AUC.
//!
//! In: scores of both classes. Out: the Cllr of the best monotone calibration (pool adjacent
//! violators), the equal error rate on the convex hull of the ROC, the area under the ROC.

use super::logistic::softplus;
use super::trials::Scores;

/// Whether a trial of each class is added beyond both ends (Laplace), which keeps LRs finite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// The data as they are.
    Open,
    /// One trial of each class added below all and above all.
    Laplace,
}

/// A run of scores between which the best monotone calibration does not distinguish.
#[derive(Debug, Clone, Copy)]
struct Block {
    same: f64,
    different: f64,
}

impl Block {
    fn share(self) -> f64 {
        self.same / (self.same + self.different)
    }

    fn join(self, other: Self) -> Self {
        Self { same: self.same + other.same, different: self.different + other.different }
    }
}

/// Blocks in ascending order of score, for each group of equal scores.
fn groups(scores: &Scores) -> Vec<Block> {
    let mut all: Vec<(f64, bool)> = scores.same.iter().map(|&score| (score, true)).collect();
    all.extend(scores.different.iter().map(|&score| (score, false)));
    all.sort_by(|one, other| one.0.total_cmp(&other.0));
    let equal = all.chunk_by(|one, other| one.0 == other.0);
    let block = |trials: &[(f64, bool)]| {
        let same = trials.iter().filter(|(_, same)| *same).count();
        Block { same: same as f64, different: (trials.len() - same) as f64 }
    };
    equal.map(block).collect()
}

fn pool(groups: impl Iterator<Item = Block>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for mut block in groups {
        while let Some(&last) = blocks.last() {
            if last.share() < block.share() {
                break;
            }
            blocks.pop();
            block = last.join(block);
        }
        blocks.push(block);
    }
    blocks
}

/// The blocks of the best monotone calibration.
fn isotonic(scores: &Scores, ends: Ends) -> Vec<Block> {
    let same = Block { same: 1.0, different: 0.0 };
    let different = Block { same: 0.0, different: 1.0 };
    let dummies: &[Block] = if ends == Ends::Laplace { &[same, different] } else { &[] };
    let all = dummies.iter().copied().chain(groups(scores)).chain(dummies.iter().copied());
    pool(all)
}

/// The natural log LRs of the best monotone calibration, each with its number of trials of one
/// hand and of different hands. At the ends they are infinite.
pub(crate) fn pooled(scores: &Scores) -> [Vec<(f64, f64)>; 2] {
    let prior = libm::log(scores.same.len() as f64 / scores.different.len() as f64);
    let blocks = isotonic(scores, Ends::Open);
    let ln_lr = |block: &Block| libm::log(block.same / block.different) - prior;
    [
        blocks.iter().map(|block| (ln_lr(block), block.same)).collect(),
        blocks.iter().map(|block| (ln_lr(block), block.different)).collect(),
    ]
}

/// Cllr of the best monotone calibration, in bits. NaN for an empty class.
pub fn cllr_min(scores: &Scores, ends: Ends) -> f64 {
    let blocks = isotonic(scores, ends);
    // Odds of the real trials: those added at the ends do not count.
    let prior = libm::log(scores.same.len() as f64 / scores.different.len() as f64);
    let mut costs = (0.0, 0.0);
    for (at, block) in blocks.iter().enumerate() {
        let ln_lr = libm::log(block.same / block.different) - prior;
        // The trials that were added at the ends have no cost of their own.
        let added = f64::from(u8::from(ends == Ends::Laplace));
        let added =
            added * (f64::from(u8::from(at == 0)) + f64::from(u8::from(at + 1 == blocks.len())));
        let (same, different) = (block.same - added, block.different - added);
        costs.0 += if same > 0.0 { same * softplus(-ln_lr) } else { 0.0 };
        costs.1 += if different > 0.0 { different * softplus(ln_lr) } else { 0.0 };
    }
    let mean = |cost: f64, count: usize| cost / count as f64 / core::f64::consts::LN_2;
    f64::midpoint(mean(costs.0, scores.same.len()), mean(costs.1, scores.different.len()))
}

/// The equal error rate on the convex hull of the ROC.
pub fn eer(scores: &Scores, ends: Ends) -> f64 {
    let blocks = isotonic(scores, ends);
    let (same, different) = totals(&blocks);
    // Corners of the hull: misses and false alarms when the blocks so far are rejected.
    let (mut miss, mut alarm) = (0.0, 1.0);
    for block in &blocks {
        let (next_miss, next_alarm) =
            (miss + block.same / same, alarm - block.different / different);
        if next_miss >= next_alarm {
            let share = (alarm - miss) / ((alarm - miss) + (next_miss - next_alarm));
            return miss + share * (next_miss - miss);
        }
        (miss, alarm) = (next_miss, next_alarm);
    }
    miss
}

/// The share of pairs of trials, one of each class, that the score puts in order.
pub fn auc(scores: &Scores) -> f64 {
    let (mut below, mut sum) = (0.0, 0.0);
    for group in groups(scores) {
        sum += group.same * (below + group.different / 2.0);
        below += group.different;
    }
    sum / (scores.same.len() as f64 * scores.different.len() as f64)
}

fn totals(blocks: &[Block]) -> (f64, f64) {
    blocks.iter().fold((0.0, 0.0), |(s, d), block| (s + block.same, d + block.different))
}

#[cfg(test)]
mod tests {
    use super::super::trials::test_vector;
    use super::*;

    #[test]
    fn the_published_figures_come_out() {
        let scores = test_vector();
        let open = cllr_min(&scores, Ends::Open);
        assert!((open - 0.607_195_728_9).abs() < 1e-9, "{open}");
        let bounded = cllr_min(&scores, Ends::Laplace);
        assert!((bounded - 0.708_673).abs() < 1e-6, "{bounded}");
        let rate = eer(&scores, Ends::Laplace);
        assert!((rate - 0.272_727_272_7).abs() < 1e-9, "{rate}");
    }

    #[test]
    fn order_is_all_that_counts() {
        let perfect = Scores { same: vec![2.0, 3.0], different: vec![0.0, 1.0] };
        assert_eq!((auc(&perfect), eer(&perfect, Ends::Open)), (1.0, 0.0));
        assert_eq!(cllr_min(&perfect, Ends::Open), 0.0);
        let ties = Scores { same: vec![1.0], different: vec![1.0] };
        assert_eq!((auc(&ties), eer(&ties, Ends::Open)), (0.5, 0.5));
    }
}
