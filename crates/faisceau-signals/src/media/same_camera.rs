//! The signal `same_camera`.
//!
//! In: images with their account and the serial number of the body. Out: one score for each pair
//! of accounts and camera. Pictures that both accounts posted are left out: a copy carries the
//! camera of its source.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::Media;
use faisceau_model::{AccountKey, Family, Maybe, inert};

use super::shared::{holders, pairs, picture, population, rows};
use crate::card::Card;
use crate::compare::{Finding, Unit};
use crate::frequency::rarity;

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
pub(crate) fn findings(accounts: &[AccountKey], media: &[Media]) -> Vec<Finding> {
    let mut pictures = BTreeMap::<&AccountKey, BTreeSet<&str>>::new();
    for image in media {
        if let Maybe::Known(account) = &image.account {
            pictures.entry(account).or_default().insert(picture(image));
        }
    }
    let holders = holders(media, camera);
    let all = population(&holders);
    let mut findings = Vec::new();
    for (value, holding) in &holders {
        for (a, b) in pairs(accounts, holding) {
            let own = |of: &AccountKey, not: &AccountKey| -> Vec<&Media> {
                let images = holding[of].iter().copied();
                images.filter(|image| !pictures[not].contains(picture(image))).collect()
            };
            let (by_a, by_b) = (own(a, b), own(b, a));
            if by_a.is_empty() || by_b.is_empty() {
                continue;
            }
            let score = rarity(holding.len() - 2, all - 2);
            let material = (all - 2, all - 2);
            findings.push(Finding {
                shared: Maybe::Known(value.clone()),
                innocent: CARD.innocent.iter().copied().collect(),
                rows: rows(&by_a, &by_b),
                ..Finding::new(&CARD, a, b, score, material, Unit::Accounts)
            });
        }
    }
    findings
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
