//! `copied_image`: an image passes from one account to the other, with what it carries.
//!
//! Speaks for it: one account posted it publicly before the other. Against: the earlier post was
//! private, so that nobody else could take it. A pair of different pictures is open: a source that
//! both took from is not among the exhibits.

use std::collections::BTreeMap;

use faisceau_model::rows::Media;
use faisceau_model::{Maybe, PostKind};

use super::found::Found;
use super::pair::Pair;
use super::pictures::{picture, seconds};

const DAY_S: i64 = 86_400;

pub(super) const COUNTS: &[&str] =
    &["images_a", "images_b", "same", "public_first", "private_first", "gap_days"];

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    let raised = pair.raising(code);
    if raised.is_empty() {
        return None;
    }
    let pictures = &pair.case.pictures;
    let images: Vec<&Media> = raised.iter().flat_map(|c| pictures.behind(c)).collect();
    let of = |key| {
        let mut own: Vec<&Media> =
            images.iter().copied().filter(|image| image.account.known() == Some(key)).collect();
        own.sort_by_key(|image| &image.id);
        own.dedup_by_key(|image| &image.id);
        own
    };
    let (by_a, by_b) = (of(&pair.link.a), of(&pair.link.b));
    let (mut same, mut public, mut private) = (0_usize, 0_usize, 0_usize);
    let mut gap = None::<i64>;
    let mut found = Found::new();
    let mut by_picture = BTreeMap::<&str, Vec<&Media>>::new();
    let mut by_look = BTreeMap::<&str, Vec<&Media>>::new();
    for other in &by_b {
        by_picture.entry(picture(other)).or_default().push(other);
        if let Maybe::Known(look) = &other.look {
            by_look.entry(look).or_default().push(other);
        }
    }
    for own in &by_a {
        let same_picture = by_picture.get(picture(own)).into_iter().flatten();
        let same_look = own.look.known().and_then(|look| by_look.get(look.as_str()));
        // What is the same picture also looks the same: it counts once.
        let apart = |other: &&&Media| picture(other) != picture(own);
        let alike = same_picture.chain(same_look.into_iter().flatten().filter(apart));
        for other in alike.copied() {
            same += 1;
            let (Some(one), Some(two)) = (pictures.first_post(own), pictures.first_post(other))
            else {
                continue;
            };
            let (Some(x), Some(y)) = (seconds(one), seconds(two)) else { continue };
            let earlier = if x <= y { one } else { two };
            if x != y {
                public += usize::from(earlier.kind == PostKind::Public);
                private += usize::from(is_closed(earlier.kind));
            }
            let apart = (x - y).abs();
            gap = Some(gap.map_or(apart, |least| least.min(apart)));
            found.rest_on([&one.id, &two.id]);
        }
    }
    found.count("images_a", by_a.len());
    found.count("images_b", by_b.len());
    found.count("same", same);
    found.count("public_first", public);
    found.count("private_first", private);
    found.count_known("gap_days", gap.map(|s| s / DAY_S));
    found.judge(public > 0, private > 0);
    found.rest_on(by_a.iter().chain(&by_b).map(|image| &image.id));
    found.rest_on(raised.iter().map(|c| &c.id));
    Some(found)
}

/// Whether only those addressed can see a message of this kind; a forwarded one may be either.
pub(super) const fn is_closed(kind: PostKind) -> bool {
    matches!(kind, PostKind::Private | PostKind::Mail)
}
