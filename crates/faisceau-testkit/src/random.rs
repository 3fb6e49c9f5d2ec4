//! A small generator of pseudo-random numbers (`SplitMix64`), so that a world is a function of its
//! seed and of nothing else.
//!
//! In: a seed and labels. Out: numbers and choices. Each part of the world draws from its own
//! stream, named by a label, so that a change in one part leaves the others as they were. Refused:
//! any other source of chance.

/// A stream of pseudo-random numbers.
#[derive(Debug, Clone)]
pub(crate) struct Rng(u64);

/// Spreads the bits of a word (the finaliser of `SplitMix64`).
fn mix(mut word: u64) -> u64 {
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

/// A well-spread word for a text under a key: what a hand prefers is decided by this.
pub(crate) fn taste(key: u64, text: &str) -> u64 {
    let fnv = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    mix(mix(fnv) ^ key)
}

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        Self(mix(seed ^ 0x9e37_79b9_7f4a_7c15))
    }

    /// An independent stream under this label.
    pub(crate) fn fork(&self, label: &str) -> Self {
        Self(taste(self.0, label))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// A number below `bound`, or 0 when `bound` is 0.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u64
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(1) as u64) as i64
    }

    /// True `percent` times in a hundred.
    pub(crate) fn chance(&mut self, percent: u8) -> bool {
        self.below(100) < u64::from(percent)
    }

    /// One of the items; the slice must not be empty.
    pub(crate) fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len() as u64) as usize]
    }

    /// An index, drawn in proportion to the weights; 0 when all weights are zero.
    pub(crate) fn weighted(&mut self, weights: &[u32]) -> usize {
        let total: u64 = weights.iter().map(|&w| u64::from(w)).sum();
        let mut left = self.below(total);
        for (index, &weight) in weights.iter().enumerate() {
            if left < u64::from(weight) {
                return index;
            }
            left -= u64::from(weight);
        }
        0
    }

    /// Puts the items in a random order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last as u64 + 1) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_with_other_labels_differ_and_draws_do_not_disturb_them() {
        let mut root = Rng::new(7);
        let mut before = root.fork("a");
        let first = before.next();
        assert_ne!(first, root.fork("b").next());
        assert_eq!(first, root.clone().fork("a").next());
        root.next();
        assert_ne!(first, root.fork("a").next());
    }

    #[test]
    fn draws_stay_in_bounds_and_follow_the_weights() {
        let mut rng = Rng::new(1);
        let mut counts = [0_u32; 3];
        for _ in 0..3000 {
            assert!((3..=5).contains(&rng.between(3, 5)));
            counts[rng.weighted(&[0, 1, 3])] += 1;
        }
        assert_eq!(counts[0], 0);
        assert!(counts[2] > 2 * counts[1]);
        assert_eq!(rng.below(0), 0);
    }
}
