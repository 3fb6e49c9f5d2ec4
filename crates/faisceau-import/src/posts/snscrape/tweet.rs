//! Tweets and users of X, as snscrape and twscrape write them.
//!
//! In: an item of type `twitter.Tweet` or `twitter.User`. Out: a post, or an account. Refused:
//! tweets without id, text or author.

use faisceau_model::rows::Post;
use faisceau_model::{Absent, Maybe, PostKind, RejectReason};

use super::{At, Found};
use crate::json::{self, Flaw, Object};
use crate::posts::author::Author;
use crate::posts::escapes::unescaped;
use crate::posts::tweet::{self, Original};
use crate::posts::{instants, links, paths};

/// Keys of a tweet, beside those that are passed over.
#[rustfmt::skip]
pub(super) const KNOWN: [&str; 18] = [
    "content", "conversationId", "conversationId.str", "conversationIdStr", "date", "id", "id.str",
    "id_str", "inReplyToUser", "lang", "media", "rawContent", "retweetedTweet", "source",
    "sourceLabel", "url", "user", "username",
];

/// Keys of a user, beside those that are passed over.
#[rustfmt::skip]
pub(super) const USER: [&str; 10] = [
    "created", "description", "displayname", "id", "id.str", "id_str", "rawDescription",
    "renderedDescription", "url", "username",
];

/// A tweet.
pub(super) fn read(item: &Object, at: &At<'_>) -> Result<Found, Flaw> {
    let id = id(item)?;
    let words = paths::either(item, &["rawContent", "content"]);
    if words.is_none() && !["rawContent", "content"].iter().any(|key| item.contains_key(*key)) {
        return Err((RejectReason::MissingField, "`rawContent` is missing".to_owned()));
    }
    let author = author(item);
    let original = paths::object(item, &["retweetedTweet"]).map(|original| Original {
        handle: paths::text(original, &["user", "username"]),
        text: paths::either(original, &["rawContent", "content"]).map(|text| unescaped(&text)),
    });
    let (text, text_raw) = tweet::own_words(words.unwrap_or_default(), original.as_ref());
    let forwarded = original.is_some() || text.starts_with("RT @");
    let client = paths::either(item, &["sourceLabel", "source"]);
    let thread =
        paths::either(item, &["conversationIdStr", "conversationId.str", "conversationId"]);
    let lang = json::field(item, "lang").filter(|lang| tweet::spoken(lang));
    let post = Post {
        at: instants::iso(item, "date")?,
        at_raw: instants::raw(item, "date"),
        kind: if forwarded { PostKind::Forwarded } else { PostKind::Public },
        text: Maybe::text(&text, Absent::NotExported),
        text_raw,
        target: Maybe::or_absent(target(item), Absent::NotApplicable),
        thread: Maybe::Known(thread.unwrap_or_else(|| id.clone())),
        permalink: instants::raw(item, "url"),
        content_id: Maybe::Known(id),
        lang: Maybe::or_absent(lang, Absent::NotExported),
        client: Maybe::or_absent(client.as_deref().and_then(tweet::client), Absent::NotExported),
        media: media(item),
        ..Post::new(at.exhibit, at.place, 0, author.key()?)
    };
    Ok(Found::post(at, author, post))
}

/// A user.
pub(super) fn user(item: &Object, at: &At<'_>) -> Result<Found, Flaw> {
    Found::account(at, of_user(item))
}

/// The id of the link, where there is one: its digits are all there.
fn id(item: &Object) -> Result<String, Flaw> {
    let url = json::field(item, "url");
    let linked = url.as_deref().and_then(|url| links::step_after(url, "/status/"));
    let linked = linked.filter(|id| links::number(id)).map(str::to_owned);
    linked
        .or_else(|| paths::either(item, &["id_str", "id.str", "id"]))
        .ok_or_else(|| (RejectReason::MissingField, "`id` is missing".to_owned()))
}

fn author(item: &Object) -> Author {
    match paths::object(item, &["user"]) {
        Some(user) => of_user(user),
        None => tweet::author(None, json::field(item, "username")),
    }
}

fn of_user(user: &Object) -> Author {
    let id = paths::either(user, &["id_str", "id.str", "id"]);
    let mut author = tweet::author(id, json::field(user, "username"));
    author.name = instants::raw(user, "displayname");
    author.created =
        (instants::lenient(instants::iso(user, "created")), instants::raw(user, "created"));
    let bio = paths::either(user, &["rawDescription", "renderedDescription", "description"]);
    author.bio = Maybe::or_absent(bio, Absent::NotExported);
    author
}

fn target(item: &Object) -> Option<String> {
    let user = paths::object(item, &["inReplyToUser"])?;
    let handle = json::field(user, "username").map(|handle| format!("@{handle}"));
    handle.or_else(|| paths::either(user, &["id_str", "id.str", "id"]))
}

/// A list of media of several types, or the object in three lists of twscrape.
fn media(item: &Object) -> Vec<String> {
    let address = |media: &Object| {
        best(media)
            .or_else(|| links::media(&paths::either(media, &["fullUrl", "url", "thumbnailUrl"])?))
    };
    let three = |kind| paths::object(item, &["media"]).map(|three| paths::objects(three, kind));
    let listed =
        [&["photos"], &["videos"], &["animated"]].into_iter().filter_map(|kind| three(kind));
    paths::objects(item, &["media"]).chain(listed.flatten()).filter_map(address).collect()
}

fn best(media: &Object) -> Option<String> {
    let best = paths::objects(media, &["variants"])
        .filter(|v| json::field(v, "contentType").is_none_or(|kind| kind == "video/mp4"))
        .max_by_key(|variant| json::integer(variant, "bitrate"))?;
    links::media(&json::field(best, "url")?)
}
