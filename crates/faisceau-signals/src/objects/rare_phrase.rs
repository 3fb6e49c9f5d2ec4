//! The signal `rare_phrase`.
//!
//! In: posts. Out: one score for each pair of accounts that use one phrase made of rare words.

use faisceau_model::Family;

use super::phrases::{Phrase, Phrases, Tier};
use super::strongest::{Common, strongest};
use crate::card::Card;
use crate::compare::Finding;

/// The card.
pub const CARD: Card = Card {
    name: "rare_phrase",
    family: Family::Objects,
    measures: "Whether two accounts use the same five words in a row, which no other \
        account and no author of the bundled reference does, and whose words are rare: -log10 of \
        the share of other accounts that use each word, at most 2 a word, make 3 or more together. \
        The score is -log10 of the frequency of the phrase among the other accounts active in the \
        same period, 30 days around, and the reference authors of the language, \
        (1/2) / (N + 1) for N of them, less log10 of the product of the words of both in units \
        of 1000 each where that is more: more text brings more coincidences. Of several phrases \
        the rarest counts, the rows of the others are listed.",
    source: "posts, without forwarded ones; links, mentions, mail addresses, quotes, code, lines \
        that several accounts share and common passages of more than 12 words are left out",
    needs: "one common phrase",
    innocent: &["common_subject", "copied_text", "impersonation", "quotation"],
    depends_on: "Every feature of the text sees the phrase too, in a small part; measured, see \
        the validation. Links and images of the same posts: of what was posted the strongest \
        counts, they are never multiplied.",
    validation: "Alter ego: halves of authors of French comments, English chat and commits, all \
        pairs of halves of one site, without the bundled reference (example `discrete`), and Cllr \
        with and without the phrase beside style (`phrases_and_style`). Figures with their \
        intervals stand in discrete.toml.",
    reference: "Coulthard, Applied Linguistics 2004 (shared word strings as evidence); Fellegi and \
        Sunter, JASA 1969",
};

/// Compares the accounts.
pub(crate) fn findings(phrases: &Phrases<'_>) -> Vec<Finding> {
    of_tier(&CARD, phrases, Tier::Rare)
}

/// The findings of one tier.
pub(super) fn of_tier(card: &'static Card, phrases: &Phrases<'_>, tier: Tier) -> Vec<Finding> {
    let mut of_tier: Vec<&Phrase<'_>> =
        phrases.0.iter().filter(|phrase| phrase.tier == tier).collect();
    of_tier.sort_by(|one, other| one.words.cmp(&other.words));
    let scored = of_tier.iter().map(|phrase| (phrase.a, phrase.b, phrase.score));
    strongest(card, scored, |at| {
        let phrase = of_tier.get(at)?;
        Some(Common {
            value: phrase.words.clone(),
            population: phrase.population,
            innocent: card.innocent.iter().copied().collect(),
            rows: phrase.rows.iter().map(ToString::to_string).collect(),
        })
    })
}
