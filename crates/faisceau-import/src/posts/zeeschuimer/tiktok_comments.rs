//! Comments as the pages of `TikTok` receive them.
//!
//! In: an item of `tiktok-comments`: `cid, aweme_id, reply_id, create_time, text, user`. Out: a
//! post in the thread of the video. Refused: items without id or user.
//!
//! Traps: `share_info.url` tells who captured, for it is the link that this person would share: of
//! its parameters only the one that names the comment is kept.

use faisceau_model::rows::Post;
use faisceau_model::{Absent, Maybe};

use super::tiktok::{PLATFORM, language};
use super::{Capture, Found};
use crate::json::{self, Flaw, Object};
use crate::posts::author::Author;
use crate::posts::{instants, links, paths};

/// Keys of an item, beside those that are passed over.
#[rustfmt::skip]
pub(super) const KNOWN: [&str; 11] = [
    "aweme_id", "cid", "comment_language", "create_time", "id", "image_list", "reply_id",
    "reply_to_username", "share_info", "text", "user",
];

/// One item.
pub(super) fn read(item: &Object, capture: &Capture<'_>) -> Result<Found, Flaw> {
    let id = json::required(item, "cid")?;
    let author = author(item);
    let post = Post {
        at: instants::unix_seconds(item, "create_time")?,
        at_raw: instants::raw(item, "create_time"),
        captured: capture.at,
        text: instants::raw(item, "text"),
        target: target(item),
        thread: instants::raw(item, "aweme_id"),
        permalink: permalink(item),
        lang: Maybe::or_absent(language(item, "comment_language"), Absent::NotExported),
        media: pictures(item),
        content_id: Maybe::Known(id),
        ..Post::new(capture.exhibit, capture.place, 0, author.key()?)
    };
    Ok(Found { post, author })
}

fn author(item: &Object) -> Author {
    let text = |key| paths::text(item, &["user", key]);
    let mut author = Author::new(PLATFORM, text("uid"), text("unique_id"));
    author.name = Maybe::or_absent(text("nickname"), Absent::NotExported);
    author.bio = Maybe::or_absent(text("signature"), Absent::NotExported);
    author
}

/// A comment on the video addresses nobody by name; an answer to a comment may.
fn target(item: &Object) -> Maybe<String> {
    match json::field(item, "reply_id").as_deref() {
        None | Some("0") => Maybe::Missing(Absent::NotApplicable),
        Some(_) => {
            let handle = json::field(item, "reply_to_username").map(|name| format!("@{name}"));
            Maybe::or_absent(handle, Absent::NotExported)
        }
    }
}

/// The address of the video, at the comment.
fn permalink(item: &Object) -> Maybe<String> {
    let url = paths::text(item, &["share_info", "url"]).filter(|url| url.starts_with("https://"));
    let link = url.and_then(|url| {
        let (page, query) = url.split_once('?')?;
        let comment = query.split('&').find(|part| part.starts_with("share_comment_id="))?;
        Some(format!("{page}?{comment}"))
    });
    Maybe::or_absent(link, Absent::NotExported)
}

fn pictures(item: &Object) -> Vec<String> {
    paths::objects(item, &["image_list"])
        .filter_map(|image| paths::list(image, &["origin_url", "url_list"]).first()?.as_str())
        .filter_map(links::media)
        .collect()
}
