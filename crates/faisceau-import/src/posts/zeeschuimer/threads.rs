//! Posts as the pages of Threads receive them.
//!
//! In: an item of `threads.net` or `threads.com`: `code, pk, taken_at, caption.text, user,
//! text_post_app_info`. Out: a post. Refused: items without code or author.
//!
//! Traps: a repost has no words of its own; they stand under
//! `text_post_app_info.share_info.reposted_post` and are somebody else's.

use faisceau_model::rows::Post;
use faisceau_model::{Absent, Maybe, PostKind};

use super::instagram::{author, number, pictures};
use super::{Capture, Found};
use crate::json::{self, Flaw, Object};
use crate::posts::author::Author;
use crate::posts::{instants, links, paths};

/// Keys of an item, beside those that are passed over.
#[rustfmt::skip]
pub(super) const KNOWN: [&str; 10] = [
    "__typename", "caption", "carousel_media", "code", "id", "image_versions2", "pk", "taken_at",
    "text_post_app_info", "user",
];

/// One item.
pub(super) fn read(item: &Object, capture: &Capture<'_>) -> Result<Found, Flaw> {
    let code = json::required(item, "code")?;
    let author = author(item, "threads");
    let reposted = paths::object(item, &["text_post_app_info", "share_info", "reposted_post"]);
    let words = reposted.unwrap_or(item);
    let post = Post {
        at: instants::unix_seconds(item, "taken_at")?,
        at_raw: instants::raw(item, "taken_at"),
        captured: capture.at,
        kind: if reposted.is_some() { PostKind::Forwarded } else { PostKind::Public },
        text: Maybe::or_absent(paths::text(words, &["caption", "text"]), Absent::NotExported),
        target: target(item),
        thread: Maybe::Known(code.clone()),
        permalink: permalink(&author, &code),
        content_id: Maybe::Known(number(item).unwrap_or(code)),
        media: pictures(words),
        ..Post::new(capture.exhibit, capture.place, 0, author.key()?)
    };
    Ok(Found { post, author })
}

fn target(item: &Object) -> Maybe<String> {
    let handle = paths::text(item, &["text_post_app_info", "reply_to_author", "username"]);
    Maybe::or_absent(handle.map(|handle| format!("@{handle}")), Absent::NotApplicable)
}

fn permalink(author: &Author, code: &str) -> Maybe<String> {
    let handle = author.handle().filter(|handle| links::plain(handle) && links::plain(code));
    let link = handle.map(|handle| format!("https://www.threads.com/@{handle}/post/{code}"));
    Maybe::or_absent(link, Absent::NotExported)
}
