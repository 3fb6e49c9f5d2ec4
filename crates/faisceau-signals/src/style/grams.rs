//! Sequences of characters and how often a document holds them.
//!
//! In: documents, each a list of passages. Out: the grams of a document in ascending order, each
//! with its count. Case, accents, punctuation and emoji are kept; a line is framed by line breaks,
//! so that how somebody starts and ends one counts, and no gram joins two lines or messages.

use std::ops::RangeInclusive;

/// A gram: its length and up to four characters of 21 bits.
pub(crate) type Gram = u128;

/// The grams of a document in ascending order, each with its count. Lengths up to 4.
pub(crate) fn count(passages: &[&str], lengths: RangeInclusive<usize>) -> Vec<(Gram, u32)> {
    let mut grams: Vec<Gram> = Vec::new();
    for passage in passages {
        let framed: Vec<char> =
            std::iter::once('\n').chain(passage.chars()).chain(std::iter::once('\n')).collect();
        for length in lengths.clone() {
            // A line break stands at the start or the end of a gram, never inside.
            let in_line = |gram: &&[char]| !gram[1..length - 1].contains(&'\n');
            grams.extend(framed.windows(length).filter(in_line).map(pack));
        }
    }
    grams.sort_unstable();
    grams.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32)).collect()
}

fn pack(characters: &[char]) -> Gram {
    let start = characters.len() as Gram;
    characters.iter().fold(start, |gram, &c| (gram << 21) | Gram::from(u32::from(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grams_frame_the_passage_and_count() {
        let counts = count(&["aa", "aa"], 2..=4);
        // "\naa\n": three 2-grams, two 3-grams, one 4-gram, each twice.
        assert_eq!(counts.len(), 6);
        assert!(counts.iter().all(|&(_, count)| count == 2));
        // No gram goes over a line break, and those of the frame are told apart from it.
        assert_eq!(count(&["a\nb"], 3..=3), count(&["a", "b"], 3..=3));
    }
}
