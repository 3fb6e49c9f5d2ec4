//! Cllr after isotonic regression, as the script takes it from scikit-learn.
//!
//! In: natural log LRs of both classes. Out: the cost of the best monotone calibration. LRs nearer
//! than 1e-15 to the lowest of their group are one; between groups the share of one hand is
//! interpolated, which matters where ties differ in the last bits. LRs end at e^40.

use faisceau_weigh::validation::{Scores, cllr};

/// Distance from which two LRs are two.
const RESOLUTION: f64 = 1e-15;
/// Highest natural log LR.
const HIGHEST: f64 = 40.0;

/// LRs that are one to the regression.
#[derive(Debug, Clone, Copy)]
struct Group {
    lowest: f64,
    same: f64,
    weight: f64,
}

/// Cllr of the best monotone calibration. NaN for an empty class.
pub(super) fn cllr_min(lrs: &Scores) -> f64 {
    let (places, shares) = regression(lrs);
    let calibrated = lrs.map(|lr| {
        let share = interpolated(&places, &shares, lr);
        (libm::log(share) - libm::log1p(-share)).clamp(-HIGHEST, HIGHEST)
    });
    cllr(&calibrated)
}

/// The lowest LR of each group, with the share of one hand when both classes weigh alike.
fn regression(lrs: &Scores) -> (Vec<f64>, Vec<f64>) {
    let class = |lrs: &[f64], same: f64| {
        let weight = 1.0 / lrs.len() as f64;
        lrs.iter().map(|&lowest| Group { lowest, same: same * weight, weight }).collect::<Vec<_>>()
    };
    let mut all = [class(&lrs.different, 0.0), class(&lrs.same, 1.0)].concat();
    all.sort_by(|one, other| one.lowest.total_cmp(&other.lowest));
    let mut groups: Vec<Group> = Vec::new();
    for one in all {
        match groups.last_mut() {
            Some(last) if one.lowest - last.lowest < RESOLUTION => {
                last.same += one.same;
                last.weight += one.weight;
            }
            _ => groups.push(one),
        }
    }
    // Pool adjacent violators, keeping how many groups each block holds.
    let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
    for group in &groups {
        let mut block = (group.same, group.weight, 1);
        while let Some(&last) = blocks.last() {
            if last.0 * block.1 < block.0 * last.1 {
                break;
            }
            blocks.pop();
            block = (last.0 + block.0, last.1 + block.1, last.2 + block.2);
        }
        blocks.push(block);
    }
    let shares = blocks.iter().flat_map(|&(same, weight, count)| {
        // Sums of weights may pass 1 in the last bit.
        std::iter::repeat_n((same / weight).min(1.0), count)
    });
    (groups.iter().map(|group| group.lowest).collect(), shares.collect())
}

/// The share at an LR, on the line between two groups.
fn interpolated(places: &[f64], shares: &[f64], lr: f64) -> f64 {
    let above = places.partition_point(|&place| place <= lr);
    let at = |number: usize| Some((*places.get(number)?, *shares.get(number)?));
    match (above.checked_sub(1).and_then(at), at(above)) {
        (Some((low, share)), Some((high, next))) => {
            share + (next - share) * ((lr - low) / (high - low))
        }
        (Some((_, share)), None) | (None, Some((_, share))) => share,
        (None, None) => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use faisceau_weigh::validation::{self, Ends};

    use super::*;

    #[test]
    fn without_near_ties_it_is_the_plain_figure() {
        let lrs = Scores {
            same: vec![-1.0, 0.3, 0.8, 1.1, 1.6, 2.0, 2.5, 3.0],
            different: vec![-3.0, -2.0, -1.5, -1.0, -0.5, 0.0, 0.2, 0.4, 1.0, 2.0],
        };
        let plain = validation::cllr_min(&lrs, Ends::Open);
        assert!((cllr_min(&lrs) - plain).abs() < 1e-12, "{} {plain}", cllr_min(&lrs));
    }

    #[test]
    fn near_ties_are_one() {
        let lrs = Scores { same: vec![0.0], different: vec![4e-16] };
        assert!((cllr_min(&lrs) - 1.0).abs() < 1e-12);
        let lrs = Scores { same: vec![4e-15], different: vec![0.0] };
        assert!(cllr_min(&lrs) < 1e-12);
    }
}
