//! `same_scene`: two photographs of one place, or two pages of one application, look alike.
//!
//! Speaks for it: both were taken, as the cameras say, at times that differ. Against: at the same
//! second. Both are claims of the files.

use faisceau_model::Precision;
use faisceau_model::rows::Media;

use super::found::Found;
use super::pair::Pair;

/// Images of one account that are looked at.
const MOST_IMAGES: usize = 200;

pub(super) const COUNTS: &[&str] = &["images_a", "images_b", "same_time", "other_time"];

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    let raised = pair.raising(code);
    if raised.is_empty() {
        return None;
    }
    let images: Vec<&Media> = raised.iter().flat_map(|c| pair.case.pictures.behind(c)).collect();
    let of = |key| -> Vec<&Media> {
        let own = images.iter().copied().filter(|image| image.account.known() == Some(key));
        own.take(MOST_IMAGES).collect()
    };
    let (by_a, by_b) = (of(&pair.link.a), of(&pair.link.b));
    let (mut same, mut other) = (0_usize, 0_usize);
    for one in &by_a {
        for two in &by_b {
            let taken = one.taken.known().zip(two.taken.known());
            let precise = |at: &faisceau_model::Moment| at.precision() <= Precision::Second;
            if let Some((x, y)) = taken.filter(|(x, y)| precise(x) && precise(y)) {
                same += usize::from(x.at_s() == y.at_s());
                other += usize::from(x.at_s() != y.at_s());
            }
        }
    }
    let mut found = Found::new();
    found.count("images_a", by_a.len());
    found.count("images_b", by_b.len());
    found.count("same_time", same);
    found.count("other_time", other);
    found.judge(other > 0 && same == 0, same > 0);
    found.rest_on(by_a.iter().take(4).chain(by_b.iter().take(4)).map(|image| &image.id));
    found.rest_on(raised.iter().map(|c| &c.id));
    Some(found)
}
