//! The signal `near_image`.
//!
//! In: images with their account and their look. Out: one score for each pair of accounts and
//! picture of which both posted a copy that is not the same file: encoded again, scaled, cropped,
//! mirrored.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_media::alike::{Index, Look, NEAR, nearest};
use faisceau_model::rows::Media;
use faisceau_model::{AccountKey, Family, Maybe};

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
pub(crate) fn findings(accounts: &[AccountKey], media: &[Media]) -> Vec<Finding> {
    let posted: Vec<&Media> = media.iter().filter(|m| m.account.known().is_some()).collect();
    let all: BTreeSet<&AccountKey> = posted.iter().filter_map(|m| m.account.known()).collect();
    let mut findings = Vec::new();
    for images in families(&posted) {
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
            if !of(a).is_disjoint(&of(b)) || !near(&holding[a], &holding[b]) {
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

fn look(image: &Media) -> Option<Look> {
    image.look.known()?.parse().ok()
}

/// Whether one picture of the first is near one of the second.
fn near(a: &[&Media], b: &[&Media]) -> bool {
    let looks =
        |images: &[&Media]| -> Vec<Look> { images.iter().filter_map(|i| look(i)).collect() };
    let (a, b) = (looks(a), looks(b));
    a.iter().any(|one| b.iter().any(|other| nearest(one, other).0 <= NEAR))
}

/// The pictures that are copies of one another, by pairs that are near: those of more than one
/// account, each family in the order of the table.
fn families<'a>(posted: &[&'a Media]) -> Vec<Vec<&'a Media>> {
    let looks: Vec<(u64, Look)> =
        (0..).zip(posted).filter_map(|(n, m)| Some((n, look(m)?))).collect();
    let found = Index::build(&looks).pairs(NEAR);
    let near = found.pairs.iter().map(|pair| (pair.first, pair.second));
    let same = found.groups.iter().flat_map(|group| {
        group.iter().skip(1).filter_map(|member| Some((*group.first()?, *member)))
    });
    let mut family: Vec<usize> = (0..posted.len()).collect();
    for (a, b) in near.chain(same) {
        let (a, b) = (root(&family, a as usize), root(&family, b as usize));
        family[a.max(b)] = a.min(b);
    }
    let mut families: BTreeMap<usize, Vec<&Media>> = BTreeMap::new();
    for (n, image) in posted.iter().enumerate() {
        families.entry(root(&family, n)).or_default().push(image);
    }
    let several = |images: &Vec<&Media>| {
        images.iter().filter_map(|image| image.account.known()).collect::<BTreeSet<_>>().len() > 1
    };
    families.into_values().filter(several).collect()
}

fn root(family: &[usize], mut member: usize) -> usize {
    while family[member] != member {
        member = family[member];
    }
    member
}
