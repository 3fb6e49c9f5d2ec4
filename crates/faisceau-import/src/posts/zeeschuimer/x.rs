//! Tweets as the pages of X receive them.
//!
//! In: an item of `twitter.com`: `rest_id`, `core.user_results.result`, `legacy`; before 2023
//! `type: adaptive` with `user` beside `legacy`. Out: a post. Refused: items without `legacy`
//! (tombstones).
//!
//! Traps:
//! - Handle and name of the author stand in `core` or in `legacy` of the user, by version; the
//!   user may be missing, and the handle then only in the links of the tweet's own pictures.
//! - An item may be wrapped once more (`tweet`), when its visibility is limited.
//! - `id` passed through a JavaScript number: `rest_id` and `id_str` are whole.

use faisceau_model::{Absent, Maybe, RejectReason, excerpt};

use super::{Capture, Found};
use crate::fields::Fields;
use crate::json::{self, Flaw, Object};
use crate::posts::author::Author;
use crate::posts::tweet::{self, Original, Tweet};
use crate::posts::{links, paths};

/// Keys of an item, beside those that are passed over.
#[rustfmt::skip]
pub(super) const KNOWN: [&str; 9] = [
    "__typename", "core", "id", "legacy", "note_tweet", "rest_id", "source", "tweet", "user",
];

/// Keys of `legacy`, beside those that are passed over.
#[rustfmt::skip]
const LEGACY: [&str; 13] = [
    "conversation_id_str", "created_at", "extended_entities", "full_text", "id", "id_str",
    "in_reply_to_screen_name", "in_reply_to_status_id_str", "in_reply_to_user_id_str", "lang",
    "retweeted_status_result", "source", "user_id_str",
];

/// One item.
pub(super) fn read(
    item: &Object,
    capture: &Capture<'_>,
    fields: &mut Fields,
) -> Result<Found, Flaw> {
    let item = unwrapped(item);
    let legacy = paths::object(item, &["legacy"]).ok_or_else(|| {
        let kind = json::field(item, "__typename").unwrap_or_else(|| "unknown".to_owned());
        (RejectReason::SetAside, format!("no tweet but `{}`", excerpt(&kind, 40)))
    })?;
    fields.object("data.legacy.", legacy, &LEGACY, capture.place);
    let id = json::field(item, "rest_id").or_else(|| json::field(legacy, "id_str"));
    let id = id.ok_or_else(|| (RejectReason::MissingField, "`rest_id` is missing".to_owned()))?;
    let author = author(item, legacy);
    let original = original(legacy);
    let tweet = Tweet {
        legacy,
        id,
        // The long text of a retweet is that of the other tweet.
        long: note(item).filter(|_| original.is_none()),
        source: json::field(item, "source").or_else(|| json::field(legacy, "source")),
        original,
        captured: capture.at,
    };
    let post = tweet.post(capture.exhibit, (capture.place, 0), author.key()?)?;
    Ok(Found { post, author })
}

/// The tweet itself, where it is wrapped once more.
fn unwrapped(item: &Object) -> &Object {
    if item.contains_key("legacy") { item } else { paths::object(item, &["tweet"]).unwrap_or(item) }
}

fn user(item: &Object) -> Option<&Object> {
    paths::object(item, &["core", "user_results", "result"])
        .or_else(|| paths::object(item, &["user"]))
}

/// A text of the user, wherever this version puts it.
fn of_user(user: &Object, key: &str) -> Option<String> {
    [&["core"][..], &["legacy"], &[]]
        .iter()
        .find_map(|path| json::field(paths::object(user, path)?, key))
}

fn author(item: &Object, legacy: &Object) -> Author {
    let user = user(item);
    let id = user
        .and_then(|user| paths::either(user, &["rest_id", "id_str"]))
        .or_else(|| json::field(legacy, "user_id_str"));
    let handle =
        user.and_then(|user| of_user(user, "screen_name")).or_else(|| handle_in_pictures(legacy));
    let mut author = tweet::author(id, handle);
    let Some(user) = user else { return author };
    author.name = Maybe::or_absent(of_user(user, "name"), Absent::NotExported);
    author.bio = Maybe::or_absent(of_user(user, "description"), Absent::NotExported);
    let dated = [&["core"][..], &["legacy"], &[]]
        .iter()
        .filter_map(|path| paths::object(user, path))
        .find(|object| object.contains_key("created_at"));
    if let Some(dated) = dated {
        author.created = tweet::created(dated);
    }
    author
}

/// The links of a tweet's own pictures hold the handle of its author.
fn handle_in_pictures(legacy: &Object) -> Option<String> {
    paths::objects(legacy, &["extended_entities", "media"]).find_map(|media| {
        let url = json::field(media, "expanded_url")?;
        let site = url.split_once("://x.com/").or_else(|| url.split_once("://twitter.com/"))?.1;
        let (handle, _) = site.split_once("/status/")?;
        links::plain(handle).then(|| handle.to_owned())
    })
}

/// The text of a long tweet.
fn note(item: &Object) -> Option<String> {
    paths::text(item, &["note_tweet", "note_tweet_results", "result", "text"])
}

/// The tweet that a retweet repeats; only its presence is sure.
fn original(legacy: &Object) -> Option<Original> {
    let result = paths::object(legacy, &["retweeted_status_result", "result"]);
    let Some(result) = result.map(unwrapped) else {
        let marked = paths::object(legacy, &["retweeted_status_result"]).is_some();
        return marked.then_some(Original { handle: None, text: None });
    };
    let handle = user(result).and_then(|user| of_user(user, "screen_name"));
    let Some(own) = paths::object(result, &["legacy"]) else {
        return Some(Original { handle, text: None });
    };
    Some(Original::of(own, note(result), handle.or_else(|| handle_in_pictures(own))))
}
