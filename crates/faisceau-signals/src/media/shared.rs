//! Values of images that several accounts hold.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::Media;
use faisceau_model::{AccountKey, Maybe};

use super::copies::Copies;
use crate::card::Card;
use crate::compare::{Finding, Unit};
use crate::frequency::rarity;

/// Most images listed one by one.
pub(crate) const MOST_ROWS: usize = 40;

/// For each value the accounts that hold it, each with its images.
pub(crate) type Holders<'a> = BTreeMap<String, BTreeMap<&'a AccountKey, Vec<&'a Media>>>;

/// Sorts the images by value and account; images without account or value are left out.
pub(crate) fn holders<V>(media: &[Media], values: impl Fn(&Media) -> V) -> Holders<'_>
where
    V: IntoIterator<Item = String>,
{
    let mut holders = Holders::new();
    for image in media {
        let Some(account) = image.account.known() else { continue };
        for value in values(image) {
            holders.entry(value).or_default().entry(account).or_default().push(image);
        }
    }
    for images in holders.values_mut().flat_map(BTreeMap::values_mut) {
        images.sort_by(|one, other| one.id.cmp(&other.id));
    }
    holders
}

/// The picture of an image: the coded picture where it is known, else the file.
pub(crate) fn picture(image: &Media) -> &str {
    image.picture_sha256.known().map_or(image.sha256.as_str(), String::as_str)
}

/// Accounts that have at least one value.
pub(crate) fn population(holders: &Holders<'_>) -> usize {
    holders.values().flat_map(BTreeMap::keys).collect::<BTreeSet<_>>().len()
}

/// The pairs of examined accounts that hold a value.
pub(crate) fn pairs<'a>(
    accounts: &[AccountKey],
    holding: &BTreeMap<&'a AccountKey, Vec<&'a Media>>,
) -> Vec<(&'a AccountKey, &'a AccountKey)> {
    let examined: Vec<&AccountKey> =
        holding.keys().copied().filter(|key| accounts.binary_search(key).is_ok()).collect();
    let mut pairs = Vec::new();
    for (at, &a) in examined.iter().enumerate() {
        pairs.extend(examined[at + 1..].iter().map(|&b| (a, b)));
    }
    pairs
}

/// One finding for each pair of accounts and value that different pictures of both carry. Pictures
/// that both accounts posted, be it encoded anew, are left out: a copy carries the metadata of its
/// source.
pub(crate) fn in_different_pictures<V>(
    card: &'static Card,
    accounts: &[AccountKey],
    (media, copies): (&[Media], &Copies<'_>),
    values: impl Fn(&Media) -> V,
) -> Vec<Finding>
where
    V: IntoIterator<Item = String>,
{
    let mut pictures = BTreeMap::<&AccountKey, BTreeSet<&str>>::new();
    for image in media {
        if let Some(account) = image.account.known() {
            pictures.entry(account).or_default().insert(picture(image));
        }
    }
    let holders = holders(media, values);
    let all = population(&holders);
    let mut findings = Vec::new();
    for (value, holding) in &holders {
        for (a, b) in pairs(accounts, holding) {
            let own = |of: &AccountKey, not: &AccountKey| -> Vec<&Media> {
                let copied = |image: &Media| {
                    pictures[not].contains(picture(image)) || copies.posted_by(not, image)
                };
                holding[of].iter().copied().filter(|image| !copied(image)).collect()
            };
            let (by_a, by_b) = (own(a, b), own(b, a));
            if by_a.is_empty() || by_b.is_empty() {
                continue;
            }
            let score = rarity(holding.len() - 2, all - 2);
            let material = (all - 2, all - 2);
            findings.push(Finding {
                shared: Maybe::Known(value.clone()),
                innocent: card.innocent.iter().copied().collect(),
                rows: rows(&by_a, &by_b),
                ..Finding::new(card, a, b, score, material, Unit::Accounts)
            });
        }
    }
    findings
}

/// Row ids of two lists of images, half of the room each, and of the posts that told the account
/// of the images, with as much room.
pub(crate) fn rows(a: &[&Media], b: &[&Media]) -> Vec<String> {
    let some = |images: &[&Media]| -> Vec<String> {
        let ids = images.iter().take(MOST_ROWS / 2).map(|image| image.id.to_string());
        let posts: BTreeSet<&String> = images.iter().flat_map(|image| &image.posted_in).collect();
        ids.chain(posts.into_iter().take(MOST_ROWS / 2).cloned()).collect()
    };
    [some(a), some(b)].concat()
}
