//! The perceptual hash of a picture: 256 bits, few of which change when the picture is copied.
//!
//! In: 64 by 64 mean luminances. Out: the signs of the 16 by 16 lowest frequencies of their discrete
//! cosine transform, except of the mean. The size is that of PDQ ("The TMK+PDQF Video-Hashing
//! Algorithm and the PDQ Image-Hashing Algorithm", Facebook, 2019); the median of PDQ is left out, so
//! that a mirror only turns the signs of odd frequencies, and the first row and column are kept. The
//! hash is not comparable with hashes of PDQ. The cosines are a table of integers: every machine
//! gives the same bits.

use super::grid::CELLS;

/// Frequencies a side.
const SIDE: usize = 16;
/// Bits of a hash.
pub(super) const BITS: u32 = 256;

/// `cos(k * pi / 128) * 2^14`, rounded.
const COSINES: [i32; CELLS + 1] = [
    16384, 16379, 16364, 16340, 16305, 16261, 16207, 16143, 16069, 15986, 15893, 15791, 15679,
    15557, 15426, 15286, 15137, 14978, 14811, 14635, 14449, 14256, 14053, 13842, 13623, 13395,
    13160, 12916, 12665, 12406, 12140, 11866, 11585, 11297, 11003, 10702, 10394, 10080, 9760, 9434,
    9102, 8765, 8423, 8076, 7723, 7366, 7005, 6639, 6270, 5897, 5520, 5139, 4756, 4370, 3981, 3590,
    3196, 2801, 2404, 2006, 1606, 1205, 804, 402, 0,
];

/// The basis: of each frequency, its cosine in the middle of each cell.
const BASIS: [[i32; CELLS]; SIDE] = basis();
/// The bits of frequencies that are odd across.
const ODD: u64 = 0xAAAA_AAAA_AAAA_AAAA;
/// What a frequency with an amplitude of one grey level sums up to: cells, the squared unit of the
/// cosines, sixteenths of a level.
const AMPLITUDE: u64 = (CELLS * CELLS / 4) as u64 * (1 << 28) * 16;

const fn basis() -> [[i32; CELLS]; SIDE] {
    let mut basis = [[0; CELLS]; SIDE];
    let mut frequency = 0;
    while frequency < SIDE {
        let mut cell = 0;
        while cell < CELLS {
            // The angle, in 128ths of half a turn, within one turn; then within a quarter.
            let angle = (2 * cell + 1) * frequency % 256;
            let angle = if angle > 128 { 256 - angle } else { angle };
            basis[frequency][cell] =
                if angle > 64 { -COSINES[128 - angle] } else { COSINES[angle] };
            cell += 1;
        }
        frequency += 1;
    }
    basis
}

/// A hash: of each frequency down a row of bits, of each frequency across one bit. The first bit,
/// which would be that of the mean, is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Hash(pub [u64; 4]);

impl Hash {
    /// How many bits differ: 0 to 255, about 127 between pictures that have nothing in common.
    pub fn distance(self, other: Self) -> u32 {
        self.0.iter().zip(other.0).map(|(a, b)| (a ^ b).count_ones()).sum()
    }

    /// The distance, if it is not beyond a limit; faster where it mostly is, as in a search.
    pub(super) fn within(self, other: Self, limit: u32) -> Option<u32> {
        let bits = |word: usize| (self.0[word] ^ other.0[word]).count_ones();
        let half = bits(0) + bits(2);
        if half > limit {
            return None;
        }
        let distance = half + bits(1) + bits(3);
        (distance <= limit).then_some(distance)
    }

    /// The hash of the picture in a mirror, left for right.
    #[must_use]
    pub fn mirrored(self) -> Self {
        Self(self.0.map(|bits| bits ^ ODD))
    }
}

/// The lowest frequencies of a picture.
pub(super) struct Spectrum([i64; SIDE * SIDE]);

impl Spectrum {
    /// Of mean luminances.
    pub(super) fn new(cells: &[[i32; CELLS]; CELLS]) -> Self {
        let mut across = [[0_i64; SIDE]; CELLS];
        for (row, sums) in cells.iter().zip(&mut across) {
            for (sum, wave) in sums.iter_mut().zip(&BASIS) {
                // 64 products of 12 and 15 bits.
                *sum = row.iter().zip(wave).map(|(a, b)| i64::from(a * b)).sum();
            }
        }
        let mut both = [0; SIDE * SIDE];
        for (row, wave) in both.chunks_exact_mut(SIDE).zip(&BASIS) {
            for (sums, b) in across.iter().zip(wave) {
                for (sum, a) in row.iter_mut().zip(sums) {
                    *sum += a * i64::from(*b);
                }
            }
        }
        Self(both)
    }

    /// The hash.
    pub(super) fn hash(&self) -> Hash {
        let mut words = [0; 4];
        for (word, sums) in words.iter_mut().zip(self.0.chunks_exact(64)) {
            for (bit, sum) in sums.iter().enumerate() {
                *word |= u64::from(*sum > 0) << bit;
            }
        }
        words[0] &= !1;
        Hash(words)
    }

    /// The amplitude of the middle one of the frequencies, in hundredths of a grey level. Where half
    /// of them are weaker than what compression adds, half of the bits are noise.
    pub(super) fn contrast(&self) -> u32 {
        let mut amplitudes: Vec<u64> =
            self.0.iter().skip(1).map(|sum| sum.unsigned_abs()).collect();
        let middle = amplitudes.len() / 2;
        let (_, median, _) = amplitudes.select_nth_unstable(middle);
        (*median / (AMPLITUDE / 100)) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(of: impl Fn(usize, usize) -> i32) -> [[i32; CELLS]; CELLS] {
        std::array::from_fn(|y| std::array::from_fn(|x| of(x, y)))
    }

    #[test]
    fn the_table_is_that_of_cosines() {
        for (frequency, wave) in BASIS.iter().enumerate() {
            for (cell, value) in wave.iter().enumerate() {
                let angle = (2 * cell + 1) as f64 * frequency as f64 * std::f64::consts::PI / 128.0;
                assert_eq!(f64::from(*value), libm::round(libm::cos(angle) * 16_384.0));
            }
        }
    }

    #[test]
    fn a_wave_has_its_amplitude_and_its_bit() {
        let wave = cells(|x, y| 2_000 + BASIS[3][y] * BASIS[5][x] / (1 << 14) / 100);
        let spectrum = Spectrum::new(&wave);
        let place = 3 * SIDE + 5;
        // 16,384 hundredths of a sixteenth of a level; cut off to whole sixteenths.
        let amplitude = spectrum.0[place] / (AMPLITUDE as i64 / 100);
        assert!((1_000..=1_024).contains(&amplitude), "{amplitude}");
        assert_eq!(spectrum.hash().0[place / 64] >> (place % 64) & 1, 1);
        assert_eq!(spectrum.contrast(), 0);
    }

    #[test]
    fn a_mirror_turns_the_odd_frequencies() {
        let picture = |x: usize, y: usize| ((x * x * 7 + y * 31 + x * y * 3) % 4_081) as i32;
        let hash = Spectrum::new(&cells(picture)).hash();
        let mirror = Spectrum::new(&cells(|x, y| picture(CELLS - 1 - x, y))).hash();
        assert_eq!(hash.mirrored(), mirror);
        assert_eq!(mirror.mirrored(), hash);
        assert!(hash.distance(mirror) > 100);
    }

    #[test]
    fn within_agrees_with_the_distance() {
        let a = Hash([1, u64::MAX, 0x1234_5678, 7]);
        let b = Hash([9, u64::MAX << 9, 0x8765_4321, 6]);
        let distance = a.distance(b);
        assert_eq!(a.within(b, distance), Some(distance));
        assert_eq!(a.within(b, distance - 1), None);
        assert_eq!(a.within(a, 0), Some(0));
    }
}
