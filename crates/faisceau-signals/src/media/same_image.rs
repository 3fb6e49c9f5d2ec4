//! The signal `same_image`.
//!
//! In: images with their account. Out: one score for each pair of accounts and picture that both
//! posted.

use std::collections::BTreeSet;

use faisceau_model::rows::Media;
use faisceau_model::{AccountKey, Family, Maybe};

use super::shared::{holders, pairs, picture, population, rows};
use crate::card::Card;
use crate::compare::{Finding, Unit};
use crate::frequency::rarity;

/// The card.
pub const CARD: Card = Card {
    name: "same_image",
    family: Family::Media,
    measures: "Whether two accounts posted the same picture, byte for byte (the coded picture \
        where it could be told from its metadata, else the file). The score is -log10 of the \
        frequency of this very picture among the other accounts with images, (k + 1/2) / (N + 1) \
        for k of N accounts.",
    source: "media, with the account that posted them",
    needs: "one common picture",
    innocent: &["common_image", "copied_image"],
    depends_on: "The camera of the same picture: the strongest of the family is kept, they are \
        never multiplied.",
    validation: "None by error rates: conventions, written with their grounds in discrete.toml \
        and capped low, for whoever sees a picture can post it again.",
    reference: "Fellegi and Sunter, JASA 1969",
};

/// Compares the accounts.
pub(crate) fn findings(accounts: &[AccountKey], media: &[Media]) -> Vec<Finding> {
    let holders = holders(media, |image| Some(picture(image).to_owned()));
    let all = population(&holders);
    let mut findings = Vec::new();
    for (value, holding) in &holders {
        for (a, b) in pairs(accounts, holding) {
            let others = holding.len() - 2;
            let mut innocent = BTreeSet::from(["copied_image"]);
            if others > 0 {
                innocent.insert("common_image");
            }
            let score = rarity(others, all - 2);
            let material = (all - 2, all - 2);
            findings.push(Finding {
                shared: Maybe::Known(value.clone()),
                innocent,
                rows: rows(&holding[a], &holding[b]),
                ..Finding::new(&CARD, a, b, score, material, Unit::Accounts)
            });
        }
    }
    findings
}
