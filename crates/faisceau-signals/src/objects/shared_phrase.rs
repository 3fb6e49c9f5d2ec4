//! The signal `shared_phrase`.
//!
//! In: posts. Out: one score for each pair of accounts that use one phrase made of ordinary words.

use faisceau_model::Family;

use super::phrases::{Phrases, Tier};
use super::rare_phrase::of_tier;
use crate::card::Card;
use crate::compare::Finding;

/// The card.
pub const CARD: Card = Card {
    name: "shared_phrase",
    family: Family::Objects,
    measures: "Whether two accounts use the same five words in a row, which no other \
        account and no author of the bundled reference does, though the words are ordinary. The \
        score is that of the signal rare_phrase. Everybody strings ordinary words together, so it \
        weighs less.",
    source: "posts, as for the signal rare_phrase",
    needs: "one common phrase",
    innocent: &["common_subject", "copied_text", "quotation"],
    depends_on: "Every feature of the text sees the phrase too, in a small part; the signal \
        rare_phrase: the strongest of the family is kept, they are never multiplied.",
    validation: "Alter ego: halves of authors of French comments, English chat and commits, all \
        pairs of halves of one site, without the bundled reference (example `discrete`), and Cllr \
        with and without the phrase beside style (`phrases_and_style`). Figures with their \
        intervals stand in discrete.toml.",
    reference: "Coulthard, Applied Linguistics 2004 (shared word strings as evidence); Fellegi and \
        Sunter, JASA 1969",
};

/// Compares the accounts.
pub(crate) fn findings(phrases: &Phrases<'_>) -> Vec<Finding> {
    of_tier(&CARD, phrases, Tier::Ordinary)
}
