//! Items of other platforms than X, as snscrape writes them.
//!
//! In: posts of Reddit, Telegram channels, Facebook pages, Instagram and Mastodon. Out: a post or
//! an account. Refused: posts whose author the item does not say.

use faisceau_model::rows::Post;
use faisceau_model::{Absent, Maybe, PostKind, RejectReason};

use super::{At, Found};
use crate::json::{self, Flaw, Object};
use crate::posts::author::Author;
use crate::posts::escapes::{as_written, unescaped};
use crate::posts::{instants, links, paths};

/// Keys of a submission or a comment of Reddit, beside those that are passed over.
#[rustfmt::skip]
pub(super) const REDDIT: [&str; 9] = [
    "author", "body", "created", "date", "id", "selftext", "subreddit", "title", "url",
];
/// Keys of a post of a Telegram channel, beside those that are passed over.
#[rustfmt::skip]
pub(super) const TELEGRAM: [&str; 3] = [
    "content", "date", "url",
];
/// Keys of a Telegram channel, beside those that are passed over.
#[rustfmt::skip]
pub(super) const CHANNEL: [&str; 5] = [
    "description", "photos", "title", "username", "videos",
];
/// Keys of a post of a Facebook page, beside those that are passed over.
#[rustfmt::skip]
pub(super) const FACEBOOK: [&str; 3] = [
    "cleanUrl", "content", "date",
];
/// Keys of a post of Instagram, beside those that are passed over.
#[rustfmt::skip]
pub(super) const INSTAGRAM: [&str; 6] = [
    "content", "date", "displayUrl", "thumbnailUrl", "url", "username",
];
/// Keys of a post of Mastodon, beside those that are passed over.
#[rustfmt::skip]
pub(super) const TOOT: [&str; 7] = [
    "attachments", "date", "id", "spoilerText", "text", "url", "user",
];
/// Keys of a boost of Mastodon, beside those that are passed over.
#[rustfmt::skip]
pub(super) const BOOST: [&str; 2] = [
    "toot", "user",
];

/// A submission or a comment of Reddit, whose author is known by name alone.
pub(super) fn reddit(item: &Object, at: &At<'_>) -> Result<Found, Flaw> {
    let gone = |text: &String| matches!(text.trim(), "[deleted]" | "[removed]");
    let name = json::field(item, "author").filter(|name| !gone(name));
    let author = Author::new("reddit", None, name);
    let written = [json::field(item, "title"), paths::either(item, &["selftext", "body"])];
    let deleted = written.iter().flatten().any(gone);
    let kept: Vec<String> = written.into_iter().flatten().filter(|text| !gone(text)).collect();
    let raw = kept.join("\n\n");
    let text = unescaped(&raw);
    let why = if deleted { Absent::Deleted } else { Absent::NotExported };
    let id = json::field(item, "id");
    let post = Post {
        text: Maybe::text(&text, why),
        text_raw: as_written(raw, &text),
        thread: instants::raw(item, "subreddit").map(|name| format!("r/{name}")),
        permalink: instants::raw(item, "url"),
        // Ids come with what they are: `t1_abc`.
        content_id: Maybe::or_absent(
            id.map(|id| id.split_once('_').map_or(id.clone(), |(_, bare)| bare.to_owned())),
            Absent::NotExported,
        ),
        ..dated(item, at, &author)?
    };
    Ok(Found::post(at, author, post))
}

/// A post of a Telegram channel.
pub(super) fn telegram(item: &Object, at: &At<'_>) -> Result<Found, Flaw> {
    let url = json::required(item, "url")?;
    let author = Author::new("telegram", None, channel_of(&url));
    let post = Post {
        text: instants::raw(item, "content"),
        thread: Maybe::or_absent(channel_of(&url), Absent::NotExported),
        content_id: Maybe::or_absent(last_number(&url), Absent::NotExported),
        permalink: Maybe::Known(url),
        ..dated(item, at, &author)?
    };
    Ok(Found::post(at, author, post))
}

/// A Telegram channel.
pub(super) fn channel(item: &Object, at: &At<'_>) -> Result<Found, Flaw> {
    let mut author = Author::new("telegram", None, json::field(item, "username"));
    author.name = instants::raw(item, "title");
    author.bio = instants::raw(item, "description");
    Found::account(at, author)
}

/// The channel in `https://t.me/s/channel/12` or `https://t.me/channel/12`.
fn channel_of(url: &str) -> Option<String> {
    let step = links::step_after(url, "://t.me/s/").or_else(|| links::step_after(url, "://t.me/"));
    step.filter(|step| links::plain(step)).map(str::to_owned)
}

fn last_number(url: &str) -> Option<String> {
    let last = url.split(['?', '#']).next()?.trim_end_matches('/').rsplit('/').next()?;
    links::number(last).then(|| last.to_owned())
}

/// A post of a Facebook page. What comes first in its link is the page, or no page at all.
pub(super) fn facebook(item: &Object, at: &At<'_>) -> Result<Found, Flaw> {
    let url = json::required(item, "cleanUrl")?;
    let first = links::step_after(&url, "facebook.com/").filter(|step| links::plain(step));
    let page = first.filter(|step| {
        let pages = ["groups", "events", "notes", "media", "watch", "permalink.php", "photo.php"];
        !pages.contains(step)
    });
    let author = Author::new("facebook", None, page.map(str::to_owned));
    let post = Post {
        text: instants::raw(item, "content"),
        content_id: Maybe::or_absent(last_number(&url), Absent::NotExported),
        permalink: Maybe::Known(url),
        ..dated(item, at, &author)?
    };
    Ok(Found::post(at, author, post))
}

/// A post of Instagram.
pub(super) fn instagram(item: &Object, at: &At<'_>) -> Result<Found, Flaw> {
    let url = json::required(item, "url")?;
    let author = Author::new("instagram", None, json::field(item, "username"));
    let code = links::step_after(&url, "instagram.com/p/").map(str::to_owned);
    let picture = json::field(item, "displayUrl").and_then(|url| links::media(&url));
    let post = Post {
        text: instants::raw(item, "content"),
        thread: Maybe::or_absent(code.clone(), Absent::NotExported),
        content_id: Maybe::or_absent(code, Absent::NotExported),
        permalink: Maybe::Known(url),
        media: picture.into_iter().collect(),
        ..dated(item, at, &author)?
    };
    Ok(Found::post(at, author, post))
}

/// A post of Mastodon. Its text stands after the warning that hides it.
pub(super) fn toot(item: &Object, at: &At<'_>) -> Result<Found, Flaw> {
    let author = of_mastodon(item)?;
    let post = own_toot(item, at, &author)?;
    Ok(Found::post(at, author, post))
}

/// A boost: somebody else's words.
pub(super) fn boost(item: &Object, at: &At<'_>) -> Result<Found, Flaw> {
    let toot = paths::object(item, &["toot"])
        .ok_or_else(|| (RejectReason::MissingField, "`toot` is missing".to_owned()))?;
    let author = of_mastodon(item)?;
    let post = Post {
        // The time is that of the first post; nothing says when it was boosted.
        at: Maybe::Missing(Absent::NotRecorded),
        at_raw: Maybe::Missing(Absent::NotRecorded),
        kind: PostKind::Forwarded,
        // A boost has no id and no address of its own.
        content_id: Maybe::Missing(Absent::NotRecorded),
        permalink: Maybe::Missing(Absent::NotRecorded),
        ..own_toot(toot, at, &author)?
    };
    Ok(Found::post(at, author, post))
}

fn own_toot(toot: &Object, at: &At<'_>, author: &Author) -> Result<Post, Flaw> {
    let words = [json::field(toot, "spoilerText"), json::field(toot, "text")];
    let words: Vec<String> = words.into_iter().flatten().collect();
    let pictures = paths::objects(toot, &["attachments"]);
    Ok(Post {
        text: Maybe::text(&words.join("\n\n"), Absent::NotExported),
        content_id: instants::raw(toot, "id"),
        permalink: instants::raw(toot, "url"),
        media: pictures.filter_map(|p| links::media(&json::field(p, "url")?)).collect(),
        ..dated(toot, at, author)?
    })
}

/// `@user@instance` is the name that never changes on that instance.
fn of_mastodon(item: &Object) -> Result<Author, Flaw> {
    let account = paths::text(item, &["user", "account"]);
    let account = account.map(|account| account.trim_start_matches('@').to_owned());
    let account = account.filter(|account| account.contains('@')).ok_or_else(|| {
        (RejectReason::MissingField, "`user.account` is no `@user@instance`".to_owned())
    })?;
    let mut author = Author::new("mastodon", Some(account.clone()), Some(account));
    let name = paths::text(item, &["user", "displayName"]);
    author.name = Maybe::or_absent(name, Absent::NotExported);
    Ok(author)
}

/// A post with its author and its time.
fn dated(item: &Object, at: &At<'_>, author: &Author) -> Result<Post, Flaw> {
    Ok(Post {
        at: instants::iso(item, "date")?,
        at_raw: instants::raw(item, "date"),
        ..Post::new(at.exhibit, at.place, 0, author.key()?)
    })
}
