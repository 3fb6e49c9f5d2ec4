//! What posts share, as triples of account, object and instant.
//!
//! In: posts and images. Out: shares, with the post behind each. Objects are links, images,
//! near-copies of texts, accounts addressed and hashtags; the last two are used day after day, so
//! that they are one object a day (UTC). Left out: posts whose time is guessed, an interval, or
//! coarser than an hour.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::{Media, Post};
use faisceau_model::{Maybe, Moment, Precision, RowId};

use super::links::pointers;
use super::near_copies;
use super::shares::{Share, Shares};
use crate::media::Copies;

/// Starts of file names that cameras and programs give: two of them are no common picture.
const GENERIC: [&str; 13] = [
    "capture", "dsc", "file", "image", "img", "mvi", "photo", "pxl", "screen", "signal",
    "telegram", "vid", "whatsapp",
];
/// Fewest characters of a file name that stands for a picture.
const LEAST_NAME: usize = 16;

/// The shares and their posts.
#[derive(Debug, Clone, Default)]
pub(super) struct Objects<'a> {
    pub(super) shares: Shares,
    rows: Vec<(Share, &'a RowId)>,
}

/// The normal forms of texts, in order, and for each the place of the one that stands for its group.
struct CopiedTexts {
    forms: Vec<String>,
    groups: Vec<u32>,
}

impl CopiedTexts {
    /// The number of the text that stands for the group of a text.
    fn head(&self, text: &str) -> Option<u32> {
        let at = self.forms.binary_search(&near_copies::normal_form(text)?).ok()?;
        self.groups.get(at).copied()
    }
}

/// One object that a post shares.
type Used<'a> = (&'a Post, String, i64, u32);

impl<'a> Objects<'a> {
    /// Reads posts and images.
    pub(super) fn of(posts: &'a [Post], media: &[Media], copies: &Copies<'_>) -> Self {
        let pictures = pictures(media, copies);
        let mut forms: Vec<String> = posts.iter().filter_map(copied_form).collect();
        forms.sort_unstable();
        forms.dedup();
        forms.shrink_to_fit();
        let copies = CopiedTexts { groups: near_copies::groups(&forms), forms };
        let mut used: Vec<Used<'_>> = Vec::new();
        for post in posts {
            let Some((at, width)) = timed(post) else { continue };
            for key in keys(post, &pictures, &copies) {
                used.push((post, key, at.at_s(), width));
            }
        }
        let triples: Vec<(&str, &str, i64, u32)> = used
            .iter()
            .map(|(post, key, at, width)| (post.account.as_str(), key.as_str(), *at, *width))
            .collect();
        let shares = Shares::new(&triples);
        let number = |names: &[String], name: &str| {
            names.binary_search_by(|one| one.as_str().cmp(name)).ok().map(|at| at as u32)
        };
        let mut rows: Vec<(Share, &RowId)> = used
            .iter()
            .filter_map(|(post, key, at, width)| {
                let account = number(shares.accounts(), post.account.as_str())?;
                let object = number(shares.objects(), key)?;
                Some((Share { object, at: *at, account, width: *width }, &post.id))
            })
            .collect();
        rows.sort_unstable();
        Self { shares, rows }
    }

    /// The first post behind a share.
    pub(super) fn row(&self, share: &Share) -> Option<&'a RowId> {
        let at = self.rows.partition_point(|(other, _)| other < share);
        self.rows.get(at).filter(|(other, _)| other == share).map(|(_, row)| *row)
    }
}

/// The time of a post and the seconds that its precision adds to a delay, if it can be used.
pub(super) fn timed(post: &Post) -> Option<(Moment, u32)> {
    let at = *post.at.known()?;
    if !at.feeds_timing() || post.until.known().is_some() {
        return None;
    }
    match at.precision() {
        Precision::Micro | Precision::Milli | Precision::Second => Some((at, 0)),
        Precision::Minute => Some((at, 60)),
        _ => Some((at, 3600)),
    }
}

fn copied_form(post: &Post) -> Option<String> {
    timed(post)?;
    near_copies::normal_form(post.text.known()?)
}

/// For each post its pictures: copies of one another have one name.
fn pictures(media: &[Media], copies: &Copies<'_>) -> BTreeMap<String, BTreeSet<String>> {
    let own =
        |image: &Media| image.picture_sha256.known().map_or(image.sha256.clone(), String::clone);
    let mut named = BTreeMap::<&RowId, String>::new();
    for family in copies.families() {
        let name = family.iter().map(|image| own(image)).min().unwrap_or_default();
        named.extend(family.iter().map(|image| (&image.id, name.clone())));
    }
    let mut pictures = BTreeMap::<String, BTreeSet<String>>::new();
    for image in media {
        let name = named.get(&image.id).cloned().unwrap_or_else(|| own(image));
        for post in &image.posted_in {
            pictures.entry(post.clone()).or_default().insert(name.clone());
        }
    }
    pictures
}

fn keys(
    post: &Post,
    pictures: &BTreeMap<String, BTreeSet<String>>,
    copies: &CopiedTexts,
) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let day = post.at.known().map(|at| at.day_utc()).unwrap_or_default();
    let text = post.text.known().map_or("", String::as_str);
    let found = pointers(text);
    keys.extend(found.links.iter().map(|link| format!("link {link}")));
    keys.extend(found.hashtags.iter().map(|tag| format!("hashtag {tag} on {day}")));
    keys.extend(found.mentions.iter().map(|name| format!("account {name} on {day}")));
    if let Some(target) = target(post) {
        keys.insert(format!("account {target} on {day}"));
    }
    if let Some(names) = pictures.get(&post.id.to_string()) {
        keys.extend(names.iter().map(|name| format!("image {name}")));
    } else {
        let names = post.media.iter().filter_map(|name| telling_name(name));
        keys.extend(names.map(|name| format!("image {name}")));
    }
    if let Some(head) = copies.head(text) {
        keys.insert(format!("text {head:010}"));
    }
    keys
}

/// The account addressed, in the form of a mention.
pub(super) fn target(post: &Post) -> Option<String> {
    let Maybe::Known(target) = &post.target else { return None };
    let target = target.trim().trim_start_matches('@').to_lowercase();
    (!target.is_empty()).then_some(target)
}

/// A file name that no camera gives, so that two files of that name are one picture.
fn telling_name(name: &str) -> Option<String> {
    let name = name.rsplit(['/', '\\']).next()?.to_lowercase();
    let generic = GENERIC.iter().any(|start| name.starts_with(start));
    (!generic && name.chars().count() >= LEAST_NAME).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use faisceau_model::{AccountKey, ExhibitNo, Place, ZoneSource};

    fn post(number: u64, at: Option<Moment>, text: &str) -> Post {
        let place = Place::Line { number, byte: 0 };
        let account = AccountKey::by_id("x", "1");
        Post {
            at: Maybe::or_absent(at, faisceau_model::Absent::NotRecorded),
            text: Maybe::Known(text.to_owned()),
            ..Post::new(ExhibitNo::top(1), &place, 0, account)
        }
    }

    #[test]
    fn guessed_times_and_intervals_share_nothing() {
        let guessed = Moment::new(0, Precision::Second, ZoneSource::Assumed);
        let day = Moment::new(0, Precision::Day, ZoneSource::Explicit);
        let good = Moment::new(0, Precision::Minute, ZoneSource::Explicit);
        let mut interval = post(4, good, "#a");
        interval.until = Maybe::or_absent(good, faisceau_model::Absent::NotRecorded);
        let posts = [post(1, guessed, "#a"), post(2, day, "#a"), post(3, good, "#a @b"), interval];
        let objects = Objects::of(&posts, &[], &Copies::default());
        let names = ["account b on 1970-01-01", "hashtag a on 1970-01-01"];
        assert_eq!(objects.shares.objects(), names);
        assert_eq!(objects.shares.all().len(), 2);
        assert_eq!(objects.row(&objects.shares.all()[0]), Some(&posts[2].id));
    }

    #[test]
    fn names_that_cameras_give_are_no_pictures() {
        assert_eq!(telling_name("IMG-20260301-WA0001.jpg"), None);
        assert_eq!(telling_name("a/E5x8TzYWQAM1k2L.jpg").unwrap(), "e5x8tzywqam1k2l.jpg");
        assert_eq!(telling_name("photo.jpg"), None);
    }
}
