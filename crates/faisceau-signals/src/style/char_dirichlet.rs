//! The signal `char_dirichlet`: pairs of characters as draws from one hand or from two.

use super::grams::count;
use super::polya::Polya;
use crate::card::Card;
use faisceau_model::Family;

/// Pairs of characters that are told apart.
const PAIRS: usize = 1000;

/// The card.
pub const CARD: Card = Card {
    name: "char_dirichlet",
    family: Family::Style,
    measures: "Whether the pairs of characters of two texts look drawn from one distribution or \
        from two, around that of all authors (Dirichlet-multinomial); then set against other \
        authors as char_impostors is. 0 is an ordinary pair of different authors, higher is \
        nearer.",
    source: "as writing_style",
    needs: "as writing_style",
    innocent: &["common_subject", "copied_text"],
    depends_on: "A part of writing_style, in which it is fused with the others: never weighed alone.",
    validation: "As writing_style, of which it is a part.",
    reference: "Minka 2000 (Dirichlet-multinomial); Ishihara 2020 and 2022 (word counts in \
        likelihood ratios)",
};

/// The documents as counts.
pub(super) fn similarity(documents: &[Vec<&str>]) -> Polya {
    let counts: Vec<_> = documents.iter().map(|passages| count(passages, 2..=2)).collect();
    Polya::new(&counts, PAIRS)
}
