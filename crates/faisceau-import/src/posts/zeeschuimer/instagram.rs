//! Posts and reels as the pages of Instagram receive them.
//!
//! In: an item of `instagram.com` in one of three layouts: lists of media (`code, taken_at,
//! caption.text, user`), the older graph (`shortcode, taken_at_timestamp,
//! edge_media_to_caption`), and the partial items of grids (`__typename: XIGPolaris…`). Out: a
//! post. Refused: items without code or author, advertisements.
//!
//! Traps:
//! - Partial items (`_zs_partial`) have no time, and often neither caption nor more of the author
//!   than an id.
//! - `id` is `<post>_<author>`; `pk` is the post alone.
//! - The author stands under `user` or `owner`; the one may hold less than the other.

use faisceau_model::rows::Post;
use faisceau_model::{Absent, Maybe, RejectReason};

use super::{Capture, Found};
use crate::json::{self, Flaw, Object};
use crate::posts::author::Author;
use crate::posts::{instants, links, paths};

/// Keys of an item, beside those that are passed over.
#[rustfmt::skip]
pub(super) const KNOWN: [&str; 16] = [
    "__typename", "caption", "carousel_media", "code", "display_uri", "display_url",
    "edge_media_to_caption", "id", "image_versions2", "owner", "pk", "product_type", "shortcode",
    "taken_at", "taken_at_timestamp", "user",
];

/// One item.
pub(super) fn read(item: &Object, capture: &Capture<'_>) -> Result<Found, Flaw> {
    if json::field(item, "product_type").is_some_and(|kind| kind == "ad") {
        return Err((RejectReason::SetAside, "an advertisement".to_owned()));
    }
    let code = paths::either(item, &["code", "shortcode"])
        .ok_or_else(|| (RejectReason::MissingField, "`code` is missing".to_owned()))?;
    let author = author(item, "instagram");
    let at_key = time_key(item);
    let post = Post {
        at: instants::unix_seconds(item, at_key)?,
        at_raw: instants::raw(item, at_key),
        captured: capture.at,
        text: Maybe::or_absent(caption(item), Absent::NotExported),
        target: Maybe::Missing(Absent::NotApplicable),
        thread: Maybe::Known(code.clone()),
        permalink: Maybe::or_absent(
            links::plain(&code).then(|| format!("https://www.instagram.com/p/{code}/")),
            Absent::Unreadable,
        ),
        content_id: Maybe::Known(number(item).unwrap_or(code)),
        media: pictures(item),
        ..Post::new(capture.exhibit, capture.place, 0, author.key()?)
    };
    Ok(Found { post, author })
}

fn time_key(item: &Object) -> &'static str {
    if item.contains_key("taken_at_timestamp") { "taken_at_timestamp" } else { "taken_at" }
}

/// The author, also of Threads.
pub(super) fn author(item: &Object, platform: &'static str) -> Author {
    let text = |keys: &[&str]| {
        keys.iter()
            .flat_map(|key| [["user", *key], ["owner", *key]])
            .find_map(|path| paths::text(item, &path))
    };
    let mut author = Author::new(platform, text(&["pk", "id"]), text(&["username"]));
    author.name = Maybe::or_absent(text(&["full_name"]), Absent::NotExported);
    author
}

/// The number of the post, which holds a clock.
pub(super) fn number(item: &Object) -> Option<String> {
    let id = json::field(item, "pk")
        .or_else(|| Some(json::field(item, "id")?.split('_').next()?.to_owned()));
    id.filter(|id| links::number(id))
}

fn caption(item: &Object) -> Option<String> {
    paths::text(item, &["caption", "text"]).or_else(|| {
        let edge = paths::objects(item, &["edge_media_to_caption", "edges"]).next()?;
        paths::text(edge, &["node", "text"])
    })
}

/// The best rendition of each picture, also of Threads. A video shows by its still.
pub(super) fn pictures(item: &Object) -> Vec<String> {
    let parts: Vec<&Object> = paths::objects(item, &["carousel_media"]).collect();
    let parts = if parts.is_empty() { vec![item] } else { parts };
    parts.into_iter().filter_map(picture).filter_map(|url| links::media(&url)).collect()
}

fn picture(item: &Object) -> Option<String> {
    let first = paths::objects(item, &["image_versions2", "candidates"]).next();
    first
        .and_then(|candidate| json::field(candidate, "url"))
        .or_else(|| paths::either(item, &["display_url", "display_uri"]))
}
