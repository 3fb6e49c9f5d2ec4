//! The signal `char_impostors`: sequences of characters, against impostors.

use super::cosine::Cosine;
use super::grams::{Gram, count};
use crate::card::Card;
use faisceau_model::Family;

/// The card.
pub const CARD: Card = Card {
    name: "char_impostors",
    family: Family::Style,
    measures: "Whether two texts are nearer to each other than to texts of other authors, by their \
        sequences of 2 to 4 characters (tf-idf, cosine). The part is the mean, over both \
        directions, of how many standard deviations the similarity of the pair lies above that \
        with other authors of the same language, the nearest fifth of them left out. 0 is an \
        ordinary pair of different authors, higher is nearer.",
    source: "as writing_style",
    needs: "as writing_style",
    innocent: &["common_subject", "copied_text"],
    depends_on: "A part of writing_style, in which it is fused with the others: never weighed alone.",
    validation: "As writing_style, of which it is a part.",
    reference: "Koppel and Winter, JASIST 2014 (impostors); bootstrap distance impostors, Nini, \
        2024, without its draws; Auckenthaler and others, Digital Signal Processing 2000 \
        (normalisation)",
};

/// The documents as vectors.
pub(super) fn similarity(documents: &[Vec<&str>]) -> Cosine<Gram> {
    Cosine::new(documents, |passages| count(passages, 2..=4))
}
