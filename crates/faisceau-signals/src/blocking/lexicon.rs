//! Accounts as small vectors of character 4-grams.
//!
//! In: samples of text. Out: for each account its grams with tf-idf weights in whole numbers, four
//! bytes each, so that 100,000 accounts fit in a gigabyte and sums are the same in any order.
//! Grams are numbered from the commonest to the rarest; those that one account alone holds are
//! left out. Grams are hashed to 24 bits: two grams that fall together count as one.

use rayon::prelude::*;

use super::digest::mix;
use super::sample::Sample;

/// Length of a gram.
const LENGTH: usize = 4;
/// Values of a hashed gram, and of its number.
const GRAMS: usize = 1 << GRAM_BITS;
const GRAM_BITS: u32 = 24;
/// Weights are multiplied by this and rounded: from 3 for a gram of everybody to 255.
const SCALE: f64 = 3.0;

/// A gram with its weight: 24 bits the number, 8 bits the weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Weighed(u32);

impl Weighed {
    pub(super) fn gram(self) -> usize {
        (self.0 >> 8) as usize
    }

    pub(super) fn weight(self) -> u32 {
        self.0 & 255
    }
}

/// The vectors of the accounts.
#[derive(Debug)]
pub(super) struct Vectors {
    /// For each account its grams, ascending; empty without text.
    pub(super) accounts: Vec<Vec<Weighed>>,
    /// For each gram, the accounts that hold it.
    pub(super) holders: Vec<u32>,
}

impl Vectors {
    /// Weighs the samples: (1 + ln c) (ln((1+N)/(1+df)) + 1).
    pub(super) fn new(samples: Vec<Option<Sample>>) -> Self {
        let counts: Vec<Vec<Counted>> = samples
            .into_par_iter()
            .map(|sample| sample.map_or_else(Vec::new, |sample| count(&sample)))
            .collect();
        let total = counts.iter().filter(|counts| !counts.is_empty()).count();
        if total < 2 {
            return Self { accounts: vec![Vec::new(); counts.len()], holders: Vec::new() };
        }
        let mut df = vec![0_u32; GRAMS];
        for &counted in counts.iter().flatten() {
            df[gram_of(counted)] += 1;
        }
        let numbered = (0..).zip(&df).filter(|&(_, &df)| df > 1);
        let mut order: Vec<(u32, u32)> = numbered.map(|(gram, &df)| (df, gram)).collect();
        order.par_sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        let mut number = df;
        number.fill(ALONE);
        for (at, &(_, gram)) in (0..).zip(&order) {
            number[gram as usize] = at;
        }
        let total = total as f64;
        let idf: Vec<f64> = order
            .par_iter()
            .map(|&(df, _)| libm::log((1.0 + total) / (1.0 + f64::from(df))) + 1.0)
            .collect();
        let weigh = |counts: Vec<Counted>| {
            let shared = counts.iter().filter(|&&counted| number[gram_of(counted)] != ALONE);
            let mut weighed: Vec<Weighed> = Vec::with_capacity(shared.clone().count());
            weighed.extend(shared.map(|&counted| {
                let number = number[gram_of(counted)];
                let tf = 1.0 + libm::log(f64::from(counted & MOST_COUNTED));
                let weight = tf * idf[number as usize] * SCALE + 0.5;
                Weighed(number << 8 | weight.clamp(1.0, 255.0) as u32)
            }));
            weighed.sort_unstable();
            weighed
        };
        let accounts = counts.into_par_iter().map(weigh).collect();
        Self { accounts, holders: order.into_iter().map(|(df, _)| df).collect() }
    }
}

/// In place of the number of a gram that one account alone holds.
const ALONE: u32 = u32::MAX;

/// A hashed gram with its count: 24 bits the gram, 8 bits the count.
type Counted = u32;

/// Occurrences of a gram that are counted.
const MOST_COUNTED: u32 = 255;

fn gram_of(counted: Counted) -> usize {
    (counted >> 8) as usize
}

/// The hashed grams of a sample, ascending, each with its count.
fn count(sample: &Sample) -> Vec<Counted> {
    let mut grams: Vec<u32> = Vec::new();
    for text in sample.texts() {
        let framed: Vec<char> =
            std::iter::once('\n').chain(text.chars()).chain(std::iter::once('\n')).collect();
        grams.extend(framed.windows(LENGTH).map(|gram| {
            let hash = gram.iter().fold(0, |hash, &c| mix(hash ^ u64::from(u32::from(c))));
            (hash >> (64 - GRAM_BITS)) as u32
        }));
    }
    grams.sort_unstable();
    let same = grams.chunk_by(|a, b| a == b);
    let counted = same.map(|same| same[0] << 8 | (same.len() as u32).min(MOST_COUNTED));
    let mut counted: Vec<Counted> = counted.collect();
    counted.shrink_to_fit();
    counted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_whole_and_common_grams_come_first() {
        let sample = |text: &str| {
            let mut sample = Sample::default();
            sample.add(text, 1);
            Some(sample)
        };
        // "\nab\n" is in three accounts, "\ncd\n" in two; "\nef\n" in one.
        let vectors = Vectors::new(
            ["ab", "ab", "ab", "cd", "cd", "ef", ""].map(sample).into_iter().collect(),
        );
        assert_eq!(vectors.holders, [3, 2]);
        let brief: Vec<Vec<(usize, u32)>> = vectors
            .accounts
            .iter()
            .map(|grams| grams.iter().map(|gram| (gram.gram(), gram.weight())).collect())
            .collect();
        // 3 (ln(7/4) + 1) = 4.68 and 3 (ln(7/3) + 1) = 5.54.
        assert_eq!(brief[0], [(0, 5)]);
        assert_eq!(brief[3], [(1, 6)]);
        assert_eq!(brief[5..], [[], []]);
    }
}
