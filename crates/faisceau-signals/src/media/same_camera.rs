//! The signal `same_camera`.
//!
//! In: images with their account and the serial number of the body. Out: one score for each pair
//! of accounts and camera. Pictures that both accounts posted are left out: a copy carries the
//! camera of its source.

use std::collections::BTreeSet;

use faisceau_model::rows::Media;
use faisceau_model::{AccountKey, Family, inert};

use super::copies::Copies;
use super::shared::in_different_pictures;
use crate::card::Card;
use crate::compare::Finding;

/// The card.
pub const CARD: Card = Card {
    name: "same_camera",
    family: Family::Media,
    measures: "Whether different pictures of two accounts carry the same maker, model and serial \
        number of the camera body. The score is -log10 of the frequency of this very camera \
        among the other accounts with a known camera, (k + 1/2) / (N + 1) for k of N accounts.",
    source: "media, with the account that posted them; pictures that both posted are left out",
    needs: "one picture a side with maker, model and a serial number that is not a filler",
    innocent: &["copied_image", "shared_camera"],
    depends_on: "The picture itself: the strongest of the family is kept, they are never \
        multiplied. Metadata can be written by anybody.",
    validation: "None by error rates: conventions, written with their grounds in discrete.toml \
        and capped low.",
    reference: "CIPA DC-008 (Exif), BodySerialNumber; Fellegi and Sunter, JASA 1969",
};

/// Compares the accounts.
pub(crate) fn findings(
    accounts: &[AccountKey],
    media: &[Media],
    copies: &Copies<'_>,
) -> Vec<Finding> {
    in_different_pictures(&CARD, accounts, (media, copies), camera)
}

/// Maker, model and serial number, or `None` when one is missing or a filler.
fn camera(image: &Media) -> Option<String> {
    let serial = image.body_serial.known()?.trim();
    let characters: BTreeSet<char> = serial.chars().filter(|c| c.is_alphanumeric()).collect();
    let digits = serial.chars().filter(char::is_ascii_digit).count();
    // "0000000", "unknown" and the like stand where a maker writes no number.
    if digits < 4 || characters.len() < 2 {
        return None;
    }
    let (make, model) = (image.make.known()?.trim(), image.model.known()?.trim());
    Some(inert(&format!("{make} / {model} / {serial}")).into_owned())
}
