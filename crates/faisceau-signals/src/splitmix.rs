//! `SplitMix64`: the chance that the signals draw with, the same on every machine.
//!
//! In: a seed made of a fixed constant and the keys of accounts, never of the clock. Out: 64-bit
//! numbers. Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
//! OOPSLA 2014. Refuses nothing; it is no source of secrets.

/// The generator.
#[derive(Debug, Clone)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// A generator that starts at `seed`.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A generator for a text, so that two accounts draw independently of each other.
    pub fn for_text(seed: u64, text: &str) -> Self {
        // FNV-1a, 64 bits, then mixed by the first step of the generator.
        let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325 ^ seed, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(hash)
    }

    /// The next 64 bits.
    #[expect(clippy::should_implement_trait, reason = "an endless source, not an iterator")]
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound` (0 when `bound` is 0), by multiplication: the bias is below
    /// `bound` / 2^64.
    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    /// `count` different numbers below `bound`, or all of them, in ascending order (Floyd).
    pub fn sample(&mut self, bound: usize, count: usize) -> Vec<usize> {
        let mut drawn: Vec<usize> = Vec::with_capacity(count.min(bound));
        for top in bound.saturating_sub(count)..bound {
            let number = self.below(top + 1);
            let number = if drawn.contains(&number) { top } else { number };
            drawn.push(number);
        }
        drawn.sort_unstable();
        drawn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_sequence_comes_out() {
        let mut chance = SplitMix64::new(1_234_567);
        let drawn: Vec<u64> = (0..5).map(|_| chance.next()).collect();
        assert_eq!(
            drawn,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821
            ]
        );
    }

    #[test]
    fn a_sample_has_no_number_twice() {
        let mut chance = SplitMix64::for_text(7, "x:1");
        for (bound, count) in [(0, 3), (3, 5), (40, 25), (1000, 25)] {
            let drawn = chance.sample(bound, count);
            assert_eq!(drawn.len(), count.min(bound));
            assert!(drawn.windows(2).all(|pair| pair[0] < pair[1]));
            assert!(drawn.iter().all(|&number| number < bound));
        }
    }
}
