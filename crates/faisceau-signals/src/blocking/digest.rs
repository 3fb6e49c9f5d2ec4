//! What blocking keeps of one post.
//!
//! In: a text. Out: hashes of its links and of its wording, `MinHash` bands of its sequences of
//! five characters (20 bands of 5 rows: two messages with half of their sequences in common meet
//! with a chance of one half), and its masked text. Refuses to hash short wordings: greetings
//! coincide by chance.

use crate::splitmix::SplitMix64;
use crate::style::{count_words, first_words, masked_lines};

/// Bands of a sketch; texts that agree in one of them meet.
pub(super) const BANDS: usize = 20;
/// Hash functions of a band.
const ROWS: usize = 5;
/// Characters of a shingle.
const SHINGLE: usize = 5;
/// Letters and digits below which a wording is not compared, as in the search of copied lines.
const LEAST_EXACT: usize = 20;
/// Letters and digits below which a wording has no sketch: too few shingles.
const LEAST_SKETCH: usize = 40;
/// Letters and digits of a post that are sketched.
const MOST_SKETCH: usize = 4_000;
/// Words and characters of a post that are sampled.
const MOST_WORDS: usize = 1_000;
const MOST_CHARACTERS: usize = 8_000;
/// Start of the hash functions.
const SEED: u64 = 0x626c_6f63_6b69_6e67;

/// Seeds of the hash functions.
const SEEDS: [u64; BANDS * ROWS] = {
    let mut seeds = [0; BANDS * ROWS];
    let mut at = 0;
    while at < seeds.len() {
        seeds[at] = mix(SEED + at as u64);
        at += 1;
    }
    seeds
};

/// One post.
#[derive(Debug, Default)]
pub(super) struct Digest {
    /// Hashes of its links.
    pub(super) links: Vec<u64>,
    /// Hash of its letters and digits.
    pub(super) wording: Option<u64>,
    /// Hash of each band.
    pub(super) bands: Option<[u64; BANDS]>,
    /// Its masked text, cut; empty when nothing is the author's own.
    pub(super) text: String,
    /// Words of `text`.
    pub(super) words: usize,
}

impl Digest {
    pub(super) fn of(text: &str) -> Self {
        let own = masked_lines(text).join(" ");
        let own = first_words(&own, MOST_WORDS);
        let end = own.char_indices().nth(MOST_CHARACTERS).map_or(own.len(), |(at, _)| at);
        let own = own[..end].to_owned();
        let letters: Vec<char> = own
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .take(MOST_SKETCH)
            .collect();
        Self {
            links: text.split_whitespace().filter_map(link).map(hash).collect(),
            wording: (letters.len() >= LEAST_EXACT).then(|| hash_characters(&letters)),
            bands: (letters.len() >= LEAST_SKETCH).then(|| bands(&letters)),
            words: count_words(&own),
            text: own,
        }
    }
}

/// A link without its scheme and what punctuation follows it.
fn link(word: &str) -> Option<&str> {
    let (_, rest) = word.split_once("://")?;
    let rest = rest.trim_end_matches(|c: char| !c.is_alphanumeric());
    (!rest.is_empty()).then_some(rest)
}

/// The hash of a value.
pub(super) fn hash(value: &str) -> u64 {
    SplitMix64::for_text(SEED, value).next()
}

fn hash_characters(characters: &[char]) -> u64 {
    characters.iter().fold(SEED, |hash, &c| mix(hash ^ u64::from(u32::from(c))))
}

/// The finaliser of `SplitMix64`: every bit of the input moves every bit of the output.
pub(super) const fn mix(seed: u64) -> u64 {
    let z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn bands(letters: &[char]) -> [u64; BANDS] {
    let mut least = [u32::MAX; BANDS * ROWS];
    for shingle in letters.windows(SHINGLE) {
        let shingle = hash_characters(shingle);
        for (least, seed) in least.iter_mut().zip(&SEEDS) {
            let value = (shingle ^ seed).wrapping_mul(0x9fb2_1c65_1e98_df25) >> 32;
            *least = (*least).min(value as u32);
        }
    }
    let (rows, _) = least.as_chunks::<ROWS>();
    let mut bands = [0; BANDS];
    for (at, (band, rows)) in bands.iter_mut().zip(rows).enumerate() {
        *band = rows.iter().fold(at as u64, |hash, &row| mix(hash ^ u64::from(row)));
    }
    bands
}

#[cfg(test)]
mod tests {
    use super::*;

    fn common_bands(a: &str, b: &str) -> usize {
        let (a, b) = (Digest::of(a).bands.unwrap(), Digest::of(b).bands.unwrap());
        a.iter().zip(&b).filter(|(a, b)| a == b).count()
    }

    #[test]
    fn near_copies_meet_in_a_band_and_others_do_not() {
        let text = "Tout le monde sait ce que tu as fait hier soir devant la gare de Lyon";
        let near = "tout le monde sait ce que tu as fait hier au soir, devant la gare de Lyon !!";
        let other = "Je n'ai jamais pris ce train et je ne connais personne dans cette ville";
        assert_eq!(common_bands(text, &text.to_uppercase()), BANDS);
        assert!((1..BANDS).contains(&common_bands(text, near)));
        assert_eq!(common_bands(text, other), 0);
    }

    #[test]
    fn links_are_values_and_wordings_ignore_case() {
        let digest = Digest::of("Voir (https://a.example/x?y=1). Sinon ://");
        assert_eq!(digest.links, [hash("a.example/x?y=1")]);
        assert_eq!(digest.wording, None);
        let one = Digest::of("Rendez-vous demain matin à neuf heures !");
        assert_eq!(one.wording, Digest::of("rendez vous demain matin à neuf heures").wording);
        assert!(one.wording.is_some());
        assert_eq!(one.words, 7);
    }
}
