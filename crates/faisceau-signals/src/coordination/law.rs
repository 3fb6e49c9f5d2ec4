//! How far apart two sharers of one object are, by chance and when they act together.
//!
//! In: the shares of each object, one an account. Out: for a delay the natural logarithm of the
//! ratio between both laws. By chance (H0) the delay is that of two random sharers of the same
//! object, so that an object that all share in one hour says little. Source: METHODS, section 4
//! of this project; what was changed and on which data is in docs/coordination.md.

use super::co_posting::pairs_within;
use super::shares::{Share, Shares};

/// Upper ends of the cells of a delay, in seconds; the last cell has none.
const EDGES: [i64; CELLS - 1] = [10, 60, 300, 3600];
/// Cells.
const CELLS: usize = 5;
/// Cells that say that two shares are near each other: up to five minutes.
const NEAR_CELLS: usize = 3;
/// The longest delay of a near cell, in seconds.
pub(super) const NEAR: i64 = EDGES[NEAR_CELLS - 1];
/// Delays of accounts that act together. The published start was .25/.30/.20/.15/.10; without
/// its last cell, which here is the share of objects met by chance.
const TOGETHER: [f64; CELLS] = [0.28, 0.33, 0.22, 0.17, 0.0];
/// Share of the common objects of two accounts acting together that they share together; the
/// rest they meet like anyone.
const CONCERTED: f64 = 0.5;
/// Pairs of the law of all objects that an object's own law is shrunk with.
const PSEUDO_PAIRS: f64 = 100.0;
/// Least chance of a cell: among many pairs the exceptional object, the common client or the
/// common alert is not seen in the object's own law.
const FLOOR: f64 = 0.04;
/// Weight of the rarity of an object: two who share what few share are more often near by
/// agreement. Not 1, for those who like the same things share the same rare things.
const RARITY: f64 = 0.3;
/// Share of the accounts at which an object is neither rare nor common.
const ORDINARY: f64 = 0.01;
/// Most that rarity counts, as a natural logarithm before its weight.
const MOST_RARITY: f64 = 3.0;
/// What may be added to a delay by the precision of the times: nothing, a minute, an hour.
const WIDTHS: [u32; 3] = [0, 60, 3600];

/// The laws of all objects.
#[derive(Debug, Clone)]
pub(super) struct Law {
    /// Mean over the objects of the share of each cell.
    common: [f64; CELLS],
    /// For each object the pairs in each cell.
    cells: Vec<[u64; CELLS]>,
    /// For each object its sharers.
    sharers: Vec<u32>,
    accounts: f64,
}

impl Law {
    /// Counts. `shares` holds one share an account and object.
    pub(super) fn of(shares: &Shares) -> Self {
        let mut cells = vec![[0; CELLS]; shares.objects().len()];
        let mut sharers = vec![0; shares.objects().len()];
        let (mut sum, mut objects) = ([0.0; CELLS], 0.0);
        for object in shares.by_object() {
            let number = object[0].object as usize;
            sharers[number] = object.len() as u32;
            let counts = counts(object);
            let all = counts.iter().sum::<u64>() as f64;
            if all > 0.0 {
                objects += 1.0;
                (0..CELLS).for_each(|cell| sum[cell] += counts[cell] as f64 / all);
            }
            cells[number] = counts;
        }
        // Without any pair the law says that all delays are long, which claims nothing.
        let uniform = |cell| if cell + 1 == CELLS { 1.0 } else { 0.0 };
        let common = std::array::from_fn(|cell| (sum[cell] + uniform(cell)) / (objects + 1.0));
        Self { common, cells, sharers, accounts: shares.accounts().len() as f64 }
    }

    /// The term of one object: natural logarithm of the ratio of the laws.
    pub(super) fn term(&self, one: &Share, other: &Share) -> f64 {
        let (number, cell) = (one.object as usize, cell(one, other));
        let counts = &self.cells[number];
        let pairs = counts.iter().sum::<u64>() as f64;
        // The pair itself is left out of the law of the object.
        let own = (counts[cell] as f64 - 1.0).max(0.0);
        let chance = (own + PSEUDO_PAIRS * self.common[cell]) / (pairs - 1.0 + PSEUDO_PAIRS);
        let ratio = CONCERTED * TOGETHER[cell] / chance.max(FLOOR) + 1.0 - CONCERTED;
        let rarity = if cell < NEAR_CELLS { RARITY * self.rarity(number) } else { 0.0 };
        libm::log(ratio) + rarity
    }

    /// Whether the delay is one of a near cell.
    pub(super) fn near(one: &Share, other: &Share) -> bool {
        cell(one, other) < NEAR_CELLS
    }

    /// How many accounts share an object.
    pub(super) fn sharers(&self, object: u32) -> u32 {
        self.sharers[object as usize]
    }

    fn rarity(&self, object: usize) -> f64 {
        let ordinary = ORDINARY * self.accounts;
        let ratio = ordinary / f64::from(self.sharers[object].max(1));
        libm::log(ratio).clamp(-MOST_RARITY, MOST_RARITY)
    }
}

/// The cell of the longest delay that the precision of both times allows.
fn cell(one: &Share, other: &Share) -> usize {
    let width = i64::from(one.width.max(other.width));
    let delay = one.at.abs_diff(other.at).min(i64::MAX as u64) as i64;
    let delay = delay.saturating_add(width);
    EDGES.iter().filter(|&&edge| delay > edge).count()
}

/// Pairs of sharers in each cell. Pairs whose coarser time has a width are those among times at
/// most that coarse, less those among finer times.
fn counts(object: &[Share]) -> [u64; CELLS] {
    let mut up_to = [0_u64; CELLS];
    let mut finer: Vec<Share> = Vec::new();
    for width in WIDTHS {
        let coarser: Vec<Share> = object.iter().filter(|s| s.width <= width).copied().collect();
        if coarser.len() == finer.len() {
            continue;
        }
        for (edge, slot) in EDGES.iter().zip(&mut up_to) {
            let window = edge - i64::from(width);
            if window >= 0 {
                *slot += pairs_within(&coarser, window) - pairs_within(&finer, window);
            }
        }
        finer = coarser;
    }
    let sharers = object.len() as u64;
    up_to[CELLS - 1] = sharers * sharers.saturating_sub(1) / 2;
    let mut counts = up_to;
    for cell in 1..CELLS {
        counts[cell] = up_to[cell].saturating_sub(up_to[cell - 1]);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(at: i64, account: u32, width: u32) -> Share {
        Share { object: 0, at, account, width }
    }

    #[test]
    fn a_minute_is_not_ten_seconds() {
        let (exact, coarse) = (share(0, 0, 0), share(0, 1, 60));
        assert_eq!(cell(&exact, &share(10, 1, 0)), 0);
        assert_eq!(cell(&exact, &coarse), 1);
        assert_eq!(cell(&coarse, &share(60, 2, 60)), 2);
        assert_eq!(cell(&coarse, &share(0, 2, 3600)), 3);
        assert_eq!(cell(&share(i64::MIN, 0, 0), &share(i64::MAX, 1, 3600)), 4);
    }

    #[test]
    fn counting_by_windows_equals_counting_every_pair() {
        let mut shares: Vec<Share> = (0..60_u32)
            .map(|n| share(i64::from(n * n * 7 % 5000), n, WIDTHS[n as usize % 3]))
            .collect();
        shares.sort_unstable();
        let mut brute = [0; CELLS];
        for (at, one) in shares.iter().enumerate() {
            for other in &shares[at + 1..] {
                brute[cell(one, other)] += 1;
            }
        }
        assert_eq!(counts(&shares), brute);
    }
}
