//! The permutations of `numpy.random.default_rng(seed)`.
//!
//! In: a seed and a number. Out: what `Generator.permutation(n)` gives, so that folds equal those
//! of the published script. Sources: O'Neill 2015 (`SeedSequence`), O'Neill 2014 (PCG XSL-RR
//! 128/64); NEP 19 of `NumPy`. No source of secrets.

/// Words of the pool of a seed.
const POOL: usize = 4;
/// The multiplier of PCG with 128 bits.
const MULTIPLIER: u128 = 0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645;

/// The numbers below `count` in the order of `NumPy`. Numbers from 2³² on are refused: empty.
pub(super) fn permutation(seed: u32, count: usize) -> Vec<usize> {
    if u32::try_from(count).is_err() {
        return Vec::new();
    }
    let mut numbers: Vec<usize> = (0..count).collect();
    let mut generator = Pcg64::new(seed);
    for last in (1..count).rev() {
        numbers.swap(last, generator.up_to(last as u32) as usize);
    }
    numbers
}

/// One step of the hash that spreads a seed.
fn hash(value: u32, constant: &mut u32, multiplier: u32) -> u32 {
    let value = value ^ *constant;
    *constant = constant.wrapping_mul(multiplier);
    let value = value.wrapping_mul(*constant);
    value ^ (value >> 16)
}

/// A seed spread over eight words.
fn spread(seed: u32) -> [u32; 2 * POOL] {
    let mut constant = 0x43b0_d7e5;
    let mut hashed = |value: u32| hash(value, &mut constant, 0x931e_8875);
    let mut pool = [seed, 0, 0, 0].map(&mut hashed);
    for from in 0..POOL {
        for to in 0..POOL {
            if from != to {
                let left = pool[to].wrapping_mul(0xca01_f9dd);
                let mixed = left.wrapping_sub(hashed(pool[from]).wrapping_mul(0x4973_f715));
                pool[to] = mixed ^ (mixed >> 16);
            }
        }
    }
    let mut constant = 0x8b51_f9dd;
    std::array::from_fn(|at| hash(pool[at % POOL], &mut constant, 0x58f3_8ded))
}

/// The generator PCG64.
struct Pcg64 {
    state: u128,
    increment: u128,
    /// The upper half of the last number, when the lower half alone was used.
    spare: Option<u32>,
}

impl Pcg64 {
    fn new(seed: u32) -> Self {
        let words = spread(seed);
        // Words of 64 bits have the lower half first, numbers of 128 bits the upper half.
        let word = |at: usize| u128::from(words[at]) | u128::from(words[at + 1]) << 32;
        let (start, stream) = (word(0) << 64 | word(2), word(4) << 64 | word(6));
        let mut generator = Self { state: 0, increment: stream << 1 | 1, spare: None };
        generator.step();
        generator.state = generator.state.wrapping_add(start);
        generator.step();
        generator
    }

    fn step(&mut self) {
        self.state = self.state.wrapping_mul(MULTIPLIER).wrapping_add(self.increment);
    }

    fn next_u32(&mut self) -> u32 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        self.step();
        let folded = (self.state >> 64) as u64 ^ self.state as u64;
        let number = folded.rotate_right((self.state >> 122) as u32);
        self.spare = Some((number >> 32) as u32);
        number as u32
    }

    /// A number from 0 to `last`: the lowest bits that can hold it, drawn until they do.
    fn up_to(&mut self, last: u32) -> u32 {
        let mask = u32::MAX.checked_shr(last.leading_zeros()).unwrap_or(0);
        loop {
            let number = self.next_u32() & mask;
            if number <= last {
                return number;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numpy_gave_these() {
        // numpy 2.4.6: default_rng(1).permutation(24)
        assert_eq!(
            permutation(1, 24),
            [1, 21, 7, 17, 16, 23, 22, 15, 20, 11, 2, 12, 10, 3, 4, 5, 8, 0, 9, 14, 18, 13, 6, 19]
        );
        // numpy 2.4.6: default_rng(5).permutation(7)
        assert_eq!(permutation(5, 7), [1, 4, 2, 3, 6, 5, 0]);
        // numpy 2.4.6: sum(i * p for i, p in enumerate(default_rng(1).permutation(100000)))
        let sum: usize = permutation(1, 100_000).iter().enumerate().map(|(i, p)| i * p).sum();
        assert_eq!(sum, 250_011_781_767_170);
        assert!(permutation(1, 0).is_empty());
    }
}
