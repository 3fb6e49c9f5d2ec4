//! The signal `same_device`.
//!
//! In: images with their account, the model that took them and the program that wrote them. Out: one
//! score for each pair of accounts and kind of device. Weak: a model is sold by the million.

use faisceau_media::devices::maker_share;
use faisceau_model::rows::Media;
use faisceau_model::{AccountKey, Family, Maybe, inert};

use super::copies::Copies;
use super::shared::in_different_pictures;
use crate::card::Card;
use crate::compare::Finding;

/// The card.
pub const CARD: Card = Card {
    name: "same_device",
    family: Family::Media,
    measures: "Whether different pictures of two accounts name the same maker, model and version \
        of the software. The score is -log10 of the frequency of this combination among the other \
        accounts with a known model, (k + 1/2) / (N + 1) for k of N accounts, and at least that of \
        the maker among the users of telephones (datasets/media/devices.toml).",
    source: "media, with the account that posted them; pictures that both posted are left out",
    needs: "one picture a side with maker and model",
    innocent: &["copied_image", "popular_device"],
    depends_on: "The camera, whose serial number implies its model: the strongest of the family is \
        kept, they are never multiplied.",
    validation: "None by error rates: conventions, written with their grounds in discrete.toml \
        and capped very low, for the devices sold most are everywhere.",
    reference: "CIPA DC-008 (Exif), Make, Model, Software; Fellegi and Sunter, JASA 1969",
};

/// Compares the accounts.
pub(crate) fn findings(
    accounts: &[AccountKey],
    media: &[Media],
    copies: &Copies<'_>,
) -> Vec<Finding> {
    let mut findings = in_different_pictures(&CARD, accounts, (media, copies), device);
    for finding in &mut findings {
        let make = finding.shared.known().and_then(|shared| shared.split(" / ").next());
        if let Some(share) = make.and_then(maker_share) {
            finding.score = finding.score.min(-libm::log10(share));
        }
    }
    findings
}

/// Maker, model and software.
fn device(image: &Media) -> Option<String> {
    let (make, model) = (image.make.known()?.trim(), image.model.known()?.trim());
    let software = match &image.software {
        Maybe::Known(software) => software.trim(),
        Maybe::Missing(_) => "-",
    };
    Some(inert(&format!("{make} / {model} / {software}")).into_owned())
}
