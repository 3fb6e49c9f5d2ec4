//! What LRs cost if every pair is of different hands, the strongest left out.
//!
//! In: log10 LRs whose truth is unknown. Out: the mean of log2(1 + LR), the cost of
//! [`super::costs`] for different hands, without the strongest tenth. LRs are counted in cells of
//! a thousandth, so that neither order nor threads change a bit. Source: the trimmed mean
//! (Tukey, 1962) of the cost of Brümmer and du Preez (2006).

use std::collections::BTreeMap;

use super::logistic::softplus;

/// The strongest pairs left out: one in so many, rounded up. Those of one hand are among them as
/// long as they are not more.
const ONE_LEFT_OUT_IN: u64 = 10;
/// Cells a unit of log10 LR.
pub const CELLS: i32 = 1000;

/// LRs in cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CostCells(BTreeMap<i32, u64>);

impl CostCells {
    /// Counts a log10 LR; what is no number is not counted.
    pub fn add(&mut self, log10_lr: f64) {
        if log10_lr.is_finite() {
            let cell = (log10_lr * f64::from(CELLS)).round();
            *self.0.entry(cell as i32).or_default() += 1;
        }
    }

    /// How many stay when the strongest tenth is left out.
    pub fn kept(&self) -> u64 {
        let count: u64 = self.0.values().sum();
        count - count.div_ceil(ONE_LEFT_OUT_IN)
    }

    /// The sum of the costs of those that stay, each LR moved by `shift` cells.
    pub fn cost(&self, shift: i32) -> f64 {
        let mut left = self.kept();
        let one = |(&cell, &count): (&i32, &u64)| {
            let counted = count.min(left);
            left -= counted;
            let ln =
                f64::from(cell.saturating_add(shift)) / f64::from(CELLS) * core::f64::consts::LN_10;
            counted as f64 * softplus(ln) / core::f64::consts::LN_2
        };
        self.0.iter().map(one).sum()
    }

    /// The mean cost, none without any.
    pub fn mean_cost(&self) -> Option<f64> {
        let kept = self.kept();
        (kept > 0).then(|| self.cost(0) / kept as f64)
    }
}

impl FromIterator<f64> for CostCells {
    fn from_iter<T: IntoIterator<Item = f64>>(log10_lrs: T) -> Self {
        let mut cells = Self::default();
        log10_lrs.into_iter().for_each(|lr| cells.add(lr));
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_tenth_is_left_out() {
        let mut lrs = vec![0.0; 9];
        lrs.push(6.0);
        let cells: CostCells = lrs.iter().copied().collect();
        assert_eq!((cells.kept(), cells.mean_cost()), (9, Some(1.0)), "an LR of 1 costs one bit");
        lrs.push(6.0);
        let cells: CostCells = lrs.into_iter().collect();
        assert_eq!((cells.kept(), cells.mean_cost()), (9, Some(1.0)), "rounded up");
        assert_eq!(CostCells::from_iter([1.0]).mean_cost(), None);
        assert_eq!(CostCells::from_iter([f64::NAN, f64::INFINITY]), CostCells::default());
    }

    #[test]
    fn a_shift_moves_every_lr() {
        let cells: CostCells = [-1.0, 0.5, 0.5, 2.0].into_iter().collect();
        let moved: CostCells = [-1.3, 0.2, 0.2, 1.7].into_iter().collect();
        assert_eq!(cells.cost(-300), moved.cost(0));
    }
}
