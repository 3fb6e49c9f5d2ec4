//! The signal `same_document`.
//!
//! In: images with their account and the ids that editing programs write (XMP). Out: one score for
//! each pair of accounts and document that different pictures of both were made out of.

use std::collections::BTreeSet;

use faisceau_model::rows::Media;
use faisceau_model::{AccountKey, Family, Maybe, inert};

use super::copies::Copies;
use super::shared::in_different_pictures;
use crate::card::Card;
use crate::compare::Finding;

/// The card.
pub const CARD: Card = Card {
    name: "same_document",
    family: Family::Media,
    measures: "Whether different pictures of two accounts go back to one document of an editing \
        program: the same DocumentID, or one that the other was made out of. The score is -log10 \
        of the frequency of this very document among the other accounts with such an id, \
        (k + 1/2) / (N + 1) for k of N accounts.",
    source: "media, with the account that posted them; pictures that both posted are left out",
    needs: "one picture a side with an XMP document id that is not a filler",
    innocent: &["common_template", "copied_image"],
    depends_on: "The picture itself and its camera: the strongest of the family is kept, they are \
        never multiplied. Metadata can be written by anybody.",
    validation: "None by error rates: conventions, written with their grounds in discrete.toml \
        and capped low.",
    reference: "ISO 16684-1 (XMP), xmpMM; Fellegi and Sunter, JASA 1969",
};

/// Compares the accounts.
pub(crate) fn findings(
    accounts: &[AccountKey],
    media: &[Media],
    copies: &Copies<'_>,
) -> Vec<Finding> {
    in_different_pictures(&CARD, accounts, (media, copies), documents)
}

/// The documents that a picture goes back to.
fn documents(image: &Media) -> BTreeSet<String> {
    let ids = [&image.document_id, &image.original_document_id];
    let known = ids.into_iter().filter_map(Maybe::known);
    known.filter(|id| is_an_id(id)).map(|id| inert(id.trim()).into_owned()).collect()
}

/// Whether an id can be unique: programs leave short words and rows of zeros.
fn is_an_id(id: &str) -> bool {
    let id = id.rsplit(':').next().unwrap_or(id);
    let characters: BTreeSet<char> = id.chars().filter(char::is_ascii_hexdigit).collect();
    id.len() >= 12 && characters.len() >= 4
}
