//! Character 2- to 4-grams and their tf-idf weights.
//!
//! In: documents, each a list of passages. Out: a vector a document over the grams that at least
//! two documents hold. Case, accents, punctuation and emoji are kept; a passage is framed by line
//! breaks, so that how somebody starts and ends a message counts, and no gram joins two messages.

use rayon::prelude::*;

use crate::splitmix::SplitMix64;

/// Lengths of the grams.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=4;
/// Rounds in which features are drawn; one bit of a mask each.
pub(crate) const ROUNDS: usize = 32;
/// Start of the draws of features.
const SEED: u64 = 0x6661_6973_6365_6175;

/// A gram: its length and up to four characters of 21 bits.
type Gram = u128;

/// The documents of one comparison as vectors over the same grams.
#[derive(Debug)]
pub(crate) struct Vectors {
    /// For each gram, the rounds in which it is drawn, one bit each.
    pub(crate) rounds: Vec<u64>,
    /// For each document, its grams in ascending order with their weights.
    pub(crate) documents: Vec<Vec<(u32, f64)>>,
}

impl Vectors {
    /// Weighs the documents: tf = 1 + ln c, idf = ln((1+N)/(1+df)) + 1.
    pub(crate) fn new(documents: &[Vec<&str>]) -> Self {
        let counts: Vec<Vec<(Gram, u32)>> =
            documents.par_iter().map(|passages| count(passages)).collect();
        let vocabulary = vocabulary(&counts);
        let total = documents.len() as f64;
        let idf: Vec<f64> = vocabulary
            .iter()
            .map(|&(_, df)| libm::log((1.0 + total) / (1.0 + f64::from(df))) + 1.0)
            .collect();
        let weigh = |counts: &Vec<(Gram, u32)>| {
            let weighed = counts.iter().filter_map(|&(gram, count)| {
                let index = vocabulary.binary_search_by_key(&gram, |&(gram, _)| gram).ok()?;
                Some((index as u32, (1.0 + libm::log(f64::from(count))) * idf[index]))
            });
            weighed.collect()
        };
        Self {
            rounds: vocabulary.iter().map(|&(gram, _)| rounds(gram)).collect(),
            documents: counts.par_iter().map(weigh).collect(),
        }
    }
}

/// The rounds that draw a gram: each with chance one half, from the gram alone, so that the draw
/// does not depend on which other accounts are in the case.
fn rounds(gram: Gram) -> u64 {
    let mut chance = SplitMix64::new(SEED ^ (gram as u64) ^ ((gram >> 64) as u64).rotate_left(32));
    chance.next();
    chance.next() & ((1 << ROUNDS) - 1)
}

/// The grams of a document in ascending order, each with its count.
fn count(passages: &[&str]) -> Vec<(Gram, u32)> {
    let mut grams: Vec<Gram> = Vec::new();
    for passage in passages {
        let framed: Vec<char> =
            std::iter::once('\n').chain(passage.chars()).chain(std::iter::once('\n')).collect();
        for length in LENGTHS {
            grams.extend(framed.windows(length).map(pack));
        }
    }
    grams.sort_unstable();
    grams.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32)).collect()
}

fn pack(characters: &[char]) -> Gram {
    let start = characters.len() as Gram;
    characters.iter().fold(start, |gram, &c| (gram << 21) | Gram::from(u32::from(c)))
}

/// The grams that at least two documents hold, in ascending order, with the number of documents.
fn vocabulary(counts: &[Vec<(Gram, u32)>]) -> Vec<(Gram, u32)> {
    let mut grams: Vec<Gram> = counts.iter().flatten().map(|&(gram, _)| gram).collect();
    grams.par_sort_unstable();
    let shared = grams.chunk_by(|a, b| a == b).filter(|same| same.len() > 1);
    shared.map(|same| (same[0], same.len() as u32)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grams_frame_the_passage_and_count() {
        let counts = count(&["aa", "aa"]);
        // "\naa\n": three 2-grams, two 3-grams, one 4-gram, each twice.
        assert_eq!(counts.len(), 6);
        assert!(counts.iter().all(|&(_, count)| count == 2));
    }

    #[test]
    fn weights_follow_the_formula() {
        let vectors = Vectors::new(&[vec!["ab"], vec!["ab"], vec!["ba"]]);
        // "ab" is in two of three documents, as are "\na", "b\n", "\nab", "ab\n" and "\nab\n".
        assert_eq!(vectors.rounds.len(), 6);
        let expected = libm::log(4.0 / 3.0) + 1.0;
        assert_eq!(vectors.documents[0], vectors.documents[1]);
        assert!(vectors.documents[0].iter().all(|&(_, weight)| weight == expected));
        assert!(vectors.documents[2].is_empty());
    }

    #[test]
    fn half_of_the_grams_are_drawn_in_each_round() {
        for round in 0..ROUNDS {
            let drawn = (0..4000_u128).filter(|&gram| rounds(gram) >> round & 1 == 1).count();
            assert!((1800..2200).contains(&drawn), "round {round}: {drawn}");
        }
    }
}
