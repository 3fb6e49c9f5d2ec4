//! Which account posted which picture, and when.
//!
//! In: images with their account and the posts that show them. Out: other holders of a value, and
//! pictures that one account posted after another.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::{Comparison, Media, Post};
use faisceau_model::{AccountKey, Maybe};

use super::input::ExplanationInput;

/// Pictures taken over that are listed.
const MOST_TAKEN: usize = 50;

/// The images.
#[derive(Debug)]
pub(super) struct Pictures<'a> {
    by_id: BTreeMap<&'a str, &'a Media>,
    posts: BTreeMap<&'a str, &'a Post>,
    by_account: BTreeMap<&'a AccountKey, BTreeMap<&'a str, Vec<&'a Media>>>,
    holders: BTreeMap<(Trait, String), BTreeSet<&'a AccountKey>>,
}

/// What images of several accounts may have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trait {
    /// The coded picture.
    Picture,
    /// The serial number of the body.
    Camera,
    /// The document of an editing program.
    Document,
    /// Maker and model.
    Model,
}

impl<'a> Pictures<'a> {
    pub(super) fn of(input: &ExplanationInput<'a>) -> Self {
        let mut pictures = Self {
            by_id: input.media.iter().map(|image| (image.id.as_str(), image)).collect(),
            posts: BTreeMap::new(),
            by_account: BTreeMap::new(),
            holders: BTreeMap::new(),
        };
        let shown: BTreeSet<&str> =
            input.media.iter().flat_map(|image| &image.posted_in).map(String::as_str).collect();
        let showing = input.posts.iter().filter(|post| shown.contains(post.id.as_str()));
        pictures.posts = showing.map(|post| (post.id.as_str(), post)).collect();
        for image in input.media {
            let Maybe::Known(account) = &image.account else { continue };
            let own = pictures.by_account.entry(account).or_default();
            own.entry(picture(image)).or_default().push(image);
            for value in traits(image) {
                pictures.holders.entry(value).or_default().insert(account);
            }
        }
        for images in pictures.by_account.values_mut().flat_map(BTreeMap::values_mut) {
            images.sort_by_key(|image| &image.id);
        }
        pictures
    }

    /// The images that a comparison rests on, in the order of its rows.
    pub(super) fn behind(&self, c: &Comparison) -> Vec<&'a Media> {
        c.rows.iter().filter_map(|row| self.by_id.get(row.as_str()).copied()).collect()
    }

    /// The accounts that have a value of that trait in common with an image.
    pub(super) fn holders(&self, image: &Media, wanted: Trait) -> BTreeSet<&'a AccountKey> {
        let values = traits(image).into_iter().filter(|(own, _)| *own == wanted);
        values.filter_map(|value| self.holders.get(&value)).flatten().copied().collect()
    }

    /// The first post that shows an image.
    pub(super) fn first_post(&self, image: &Media) -> Option<&'a Post> {
        let posts = image.posted_in.iter().filter_map(|id| self.posts.get(id.as_str()).copied());
        posts.filter(|post| seconds(post).is_some()).min_by_key(|post| (seconds(post), &post.id))
    }

    /// Pictures that `later` posted after `earlier` had: the earlier image, and the later one.
    pub(super) fn taken_over(
        &self,
        later: &AccountKey,
        earlier: &AccountKey,
    ) -> Vec<(&'a Media, &'a Media)> {
        let (Some(own), Some(others)) = (self.by_account.get(later), self.by_account.get(earlier))
        else {
            return Vec::new();
        };
        let first = |images: &[&'a Media]| {
            let dated =
                images.iter().filter_map(|image| Some((seconds(self.first_post(image)?)?, *image)));
            dated.min_by_key(|(at, image)| (*at, &image.id))
        };
        let taken = own.iter().filter_map(|(picture, images)| {
            let (before, was) = first(others.get(picture)?)?;
            let (after, is) = first(images)?;
            (before < after).then_some((was, is))
        });
        taken.take(MOST_TAKEN).collect()
    }
}

/// The second of a dated post.
pub(super) fn seconds(post: &Post) -> Option<i64> {
    post.at.known().map(|at| at.at_s())
}

/// The coded picture where it is known, else the file.
pub(super) fn picture(image: &Media) -> &str {
    image.picture_sha256.known().map_or(image.sha256.as_str(), String::as_str)
}

fn traits(image: &Media) -> Vec<(Trait, String)> {
    let mut values = vec![(Trait::Picture, picture(image).to_owned())];
    let known = |value: &Maybe<String>| value.known().map(|text| text.trim().to_owned());
    values.extend(known(&image.body_serial).map(|serial| (Trait::Camera, serial)));
    values.extend(known(&image.document_id).map(|id| (Trait::Document, id)));
    values.extend(known(&image.original_document_id).map(|id| (Trait::Document, id)));
    if let Some((make, model)) = known(&image.make).zip(known(&image.model)) {
        values.push((Trait::Model, format!("{make} / {model}")));
    }
    values
}
