//! The signal `word_impostors`: words and pairs of words, against impostors.

use super::cosine::Cosine;
use super::words::words;
use crate::card::Card;
use crate::splitmix::SplitMix64;
use faisceau_model::Family;

/// Start of the numbers that stand for words.
const SEED: u64 = 0x776f_7264;
/// Stand for the start and the end of a line.
const START: &str = "\n^";
const END: &str = "\n$";

/// The card.
pub const CARD: Card = Card {
    name: "word_impostors",
    family: Family::Style,
    measures: "Whether two texts are nearer to each other than to texts of other authors, by their \
        words and punctuation marks, alone and in pairs, case kept, with the start and the end \
        of each line (tf-idf, cosine); set against other authors as char_impostors is. 0 is an \
        ordinary pair of different authors, higher is nearer.",
    source: "as writing_style",
    needs: "as writing_style",
    innocent: &["common_subject", "copied_text"],
    depends_on: "A part of writing_style, in which it is fused with the others: never weighed alone.",
    validation: "As writing_style, of which it is a part.",
    reference: "as char_impostors",
};

/// The documents as vectors.
pub(super) fn similarity(documents: &[Vec<&str>]) -> Cosine<u64> {
    Cosine::new(documents, count)
}

/// Numbers of words and pairs in ascending order, each with its count.
fn count(passages: &[&str]) -> Vec<(u64, u32)> {
    let mut features: Vec<u64> = Vec::new();
    for line in passages.iter().flat_map(|passage| passage.lines()) {
        let mut before = number(START);
        for word in words(line) {
            let word = number(word);
            features.extend([word, pair(before, word)]);
            before = word;
        }
        features.push(pair(before, number(END)));
    }
    features.sort_unstable();
    features.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32)).collect()
}

fn number(word: &str) -> u64 {
    SplitMix64::for_text(SEED, word).next()
}

fn pair(first: u64, second: u64) -> u64 {
    SplitMix64::new(first.rotate_left(1) ^ second).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_pairs_and_ends_of_lines_count() {
        // a, b, ^a, ab, b$, and the same for the second line with its own start.
        assert_eq!(count(&["a b"]).len(), 5);
        assert_eq!(count(&["a b\na b"]).iter().map(|&(_, n)| n).sum::<u32>(), 10);
        assert_ne!(count(&["a b"]), count(&["b a"]));
        assert_ne!(count(&["Oui"]), count(&["oui"]));
    }
}
