//! Videos as the pages of `TikTok` receive them.
//!
//! In: an item of `tiktok.com`: `id, desc, createTime, author, imagePost`. Out: a post whose text
//! is the caption. Refused: items without id.
//!
//! Traps:
//! - `author` is an object, or only the handle, with name and id beside it (items that stood in
//!   the page itself).
//! - A video has no file name; the pictures of a slide show have.
//! - The language `un` says that `TikTok` could not tell.

use faisceau_model::rows::Post;
use faisceau_model::{Absent, Maybe};

use super::{Capture, Found};
use crate::json::{self, Flaw, Object};
use crate::posts::author::Author;
use crate::posts::{instants, links, paths};

/// The name of the platform in account keys and rows.
pub(super) const PLATFORM: &str = "tiktok";

/// Keys of an item, beside those that are passed over.
#[rustfmt::skip]
pub(super) const KNOWN: [&str; 9] = [
    "author", "authorId", "createTime", "desc", "id", "imagePost", "nickname", "textLanguage",
    "uniqueId",
];

/// One item.
pub(super) fn read(item: &Object, capture: &Capture<'_>) -> Result<Found, Flaw> {
    let id = json::required(item, "id")?;
    let author = author(item);
    let post = Post {
        at: instants::unix_seconds(item, "createTime")?,
        at_raw: instants::raw(item, "createTime"),
        captured: capture.at,
        text: instants::raw(item, "desc"),
        target: Maybe::Missing(Absent::NotApplicable),
        thread: Maybe::Known(id.clone()),
        permalink: permalink(&author, &id),
        lang: Maybe::or_absent(language(item, "textLanguage"), Absent::NotExported),
        media: pictures(item),
        content_id: Maybe::Known(id),
        ..Post::new(capture.exhibit, capture.place, 0, author.key()?)
    };
    Ok(Found { post, author })
}

fn author(item: &Object) -> Author {
    let Some(user) = paths::object(item, &["author"]) else {
        let handle = paths::either(item, &["author", "uniqueId"]);
        let mut author = Author::new(PLATFORM, json::field(item, "authorId"), handle);
        author.name = instants::raw(item, "nickname");
        return author;
    };
    let handle = json::field(user, "uniqueId");
    let mut author = Author::new(PLATFORM, json::field(user, "id"), handle);
    author.name = instants::raw(user, "nickname");
    author.bio = instants::raw(user, "signature");
    author.created = (
        instants::lenient(instants::unix_seconds(user, "createTime")),
        instants::raw(user, "createTime"),
    );
    author
}

fn permalink(author: &Author, id: &str) -> Maybe<String> {
    let handle = author.handle().filter(|handle| links::plain(handle) && links::number(id));
    let link = handle.map(|handle| format!("https://www.tiktok.com/@{handle}/video/{id}"));
    Maybe::or_absent(link, Absent::NotExported)
}

/// A language that was told.
pub(super) fn language(item: &Object, key: &str) -> Option<String> {
    json::field(item, key).filter(|language| language != "un")
}

fn pictures(item: &Object) -> Vec<String> {
    paths::objects(item, &["imagePost", "images"])
        .filter_map(|image| paths::list(image, &["imageURL", "urlList"]).first()?.as_str())
        .filter_map(links::media)
        .collect()
}
