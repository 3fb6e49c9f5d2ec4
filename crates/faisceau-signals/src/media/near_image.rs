//! The signal `near_image`.
//!
//! In: images with their account and their look. Out: one score for each pair of accounts and
//! picture of which both posted a copy that is not the same file: encoded again, scaled, cropped,
//! mirrored.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::Media;
use faisceau_model::{AccountKey, Family, Maybe};

use super::copies::Copies;
use super::shared::{pairs, picture, rows};
use crate::card::Card;
use crate::compare::{Finding, Unit};
use crate::frequency::rarity;

/// The card.
pub const CARD: Card = Card {
    name: "near_image",
    family: Family::Media,
    measures: "Whether two accounts posted copies of one picture that are not the same file: hashes \
        of what the pictures look like, at most 31 bits of 255 apart, as they are, mirrored or \
        cropped. The score is -log10 of the frequency of a copy of this picture among the other \
        accounts with images, (k + 1/2) / (N + 1) for k of N accounts.",
    source: "media, with the account that posted them",
    needs: "one picture a side that can be decoded and is not plain",
    innocent: &["common_image", "copied_image", "same_scene"],
    depends_on: "The same picture and its camera: the strongest of the family is kept, they are \
        never multiplied.",
    validation: "Recall and false alarms of the hash: docs/images-alike.md. The rates of the \
        weighing are conventions, written with their grounds in discrete.toml and capped low.",
    reference: "docs/images-alike.md; Norouzi, Punjani and Fleet, CVPR 2012; Fellegi and Sunter, \
        JASA 1969",
};

/// Compares the accounts.
pub(crate) fn findings(accounts: &[AccountKey], copies: &Copies<'_>) -> Vec<Finding> {
    let all = copies.accounts();
    let mut findings = Vec::new();
    for images in copies.families() {
        let mut holding: BTreeMap<&AccountKey, Vec<&Media>> = BTreeMap::new();
        for image in &images {
            if let Some(account) = image.account.known() {
                holding.entry(account).or_default().push(image);
            }
        }
        for (a, b) in pairs(accounts, &holding) {
            let of = |account: &AccountKey| -> BTreeSet<&str> {
                holding[account].iter().map(|image| picture(image)).collect()
            };
            // The very same picture is the signal `same_image`; and two pictures that are copies of a
            // third, but far from one another, are no copies.
            if !of(a).is_disjoint(&of(b))
                || !holding[a].iter().any(|image| copies.posted_by(b, image))
            {
                continue;
            }
            let others = holding.len() - 2;
            let mut innocent = BTreeSet::from(["copied_image", "same_scene"]);
            if others > 0 {
                innocent.insert("common_image");
            }
            let (score, material) = (rarity(others, all.len() - 2), all.len() - 2);
            findings.push(Finding {
                shared: Maybe::Known(images[0].sha256.clone()),
                innocent,
                rows: rows(&holding[a], &holding[b]),
                ..Finding::new(&CARD, a, b, score, (material, material), Unit::Accounts)
            });
        }
    }
    findings
}
