//! `common_image`, `shared_camera`, `common_template`, `popular_device`: others have it as well.
//!
//! Speaks for it: another account of the case, outside the group of the two, has the same picture,
//! camera, document or model. Never against: that nobody in the case has it says nothing of those
//! who are not in the case.

use std::collections::BTreeSet;

use faisceau_model::AccountKey;
use faisceau_model::rows::Media;

use super::found::Found;
use super::pair::Pair;
use super::pictures::Trait;

pub(super) const COUNTS: &[&str] = &["images_a", "images_b", "others"];

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    let raised = pair.raising(code);
    if raised.is_empty() {
        return None;
    }
    let wanted = match code {
        "shared_camera" => Trait::Camera,
        "common_template" => Trait::Document,
        "popular_device" => Trait::Model,
        _ => Trait::Picture,
    };
    let images: Vec<&Media> = raised.iter().flat_map(|c| pair.case.pictures.behind(c)).collect();
    let ids = |key: &AccountKey| -> BTreeSet<&str> {
        let own = images.iter().filter(|image| image.account.known() == Some(key));
        own.map(|image| image.id.as_str()).collect()
    };
    let (a, b) = (&pair.link.a, &pair.link.b);
    let holders: BTreeSet<&AccountKey> =
        images.iter().flat_map(|image| pair.case.pictures.holders(image, wanted)).collect();
    let stranger = |key: &&&AccountKey| {
        **key != a && **key != b && !pair.case.same_group(key, a) && !pair.case.same_group(key, b)
    };
    let others = holders.iter().filter(stranger).count();
    let mut found = Found::new();
    found.count("images_a", ids(a).len());
    found.count("images_b", ids(b).len());
    found.count("others", others);
    found.judge(others > 0, false);
    found.rest_on(ids(a).into_iter().take(4).chain(ids(b).into_iter().take(4)));
    found.rest_on(raised.iter().map(|c| &c.id));
    Some(found)
}
