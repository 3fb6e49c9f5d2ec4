//! Tweets, the long texts of tweets, and headers of tweets.
//!
//! In: the objects `tweet` and `noteTweet`, and the owner of the export. Out: a post. Refused: a
//! tweet without id, text or readable time, and any tweet as long as its author is not known.

use faisceau_model::rows::Post;
use faisceau_model::{
    Absent, AccountKey, Maybe, Moment, Place, PostKind, Precision, RejectReason, ZoneSource,
    excerpt,
};

use super::PLATFORM;
use super::rows::{Context, Rows, both_texts, inside, kept_as, text, time as iso_time, unescaped};
use crate::json::{self, Flaw, Object};

/// The keys of a tweet.
pub(super) const KEYS: &[&str] = &[
    "community_id",
    "community_id_str",
    "contributors",
    "coordinates",
    "created_at",
    "deleted_at",
    "display_text_range",
    "edit_info",
    "entities",
    "extended_entities",
    "favorite_count",
    "favorited",
    "full_text",
    "geo",
    "id",
    "id_str",
    "in_reply_to_screen_name",
    "in_reply_to_status_id",
    "in_reply_to_status_id_str",
    "in_reply_to_user_id",
    "in_reply_to_user_id_str",
    "lang",
    "place",
    "possibly_sensitive",
    "quoted_status_id",
    "quoted_status_id_str",
    "retweet_count",
    "retweeted",
    "scopes",
    "source",
    "text",
    "truncated",
    "user",
    "user_id",
    "user_id_str",
    "withheld_copyright",
    "withheld_in_countries",
];
/// The keys of a header.
pub(super) const HEADER_KEYS: &[&str] = &["created_at", "deleted_at", "tweet_id", "user_id"];
/// The keys of a long text.
pub(super) const NOTE_KEYS: &[&str] =
    &["core", "createdAt", "lifecycle", "noteTweetId", "updatedAt"];

/// The post that a tweet is.
pub(super) fn tweet(context: &Context, place: &Place, tweet: &Object) -> Result<Rows, Flaw> {
    let account = author(context, tweet)?;
    let id = json::field(tweet, "id_str").map_or_else(|| json::required(tweet, "id"), Ok)?;
    let raw = json::field(tweet, "full_text").map_or_else(|| json::required(tweet, "text"), Ok)?;
    let (text, text_raw) = both_texts(raw);
    // The archive holds a retweet as text cut at 140 characters, with this mark and no other.
    let kind = if text.starts_with("RT @") { PostKind::Forwarded } else { PostKind::Public };
    let parent = json::field(tweet, "in_reply_to_status_id_str");
    Ok(one(Post {
        at: time(tweet)?,
        at_raw: Maybe::or_absent(json::field(tweet, "created_at"), Absent::NotExported),
        kind,
        text: Maybe::Known(text),
        text_raw,
        target: Maybe::or_absent(target(tweet), Absent::NotApplicable),
        // The archive has no conversation id: a reply is put with what it answers.
        thread: Maybe::Known(parent.unwrap_or_else(|| id.clone())),
        permalink: permalink(&id),
        media: media(tweet, &id),
        content_id: Maybe::Known(id),
        lang: Maybe::or_absent(
            json::field(tweet, "lang").filter(|l| spoken(l)),
            Absent::NotExported,
        ),
        client: Maybe::or_absent(client(tweet), Absent::NotExported),
        ..Post::new(context.exhibit, place, 0, account)
    }))
}

/// A tweet of which only author and time are told.
pub(super) fn header(context: &Context, place: &Place, header: &Object) -> Result<Rows, Flaw> {
    let account = author(context, header)?;
    let id = json::required(header, "tweet_id")?;
    Ok(one(Post {
        at: time(header)?,
        at_raw: text(header, "created_at"),
        text: Maybe::Missing(Absent::NotExported),
        thread: Maybe::Missing(Absent::NotExported),
        permalink: permalink(&id),
        content_id: Maybe::Known(id),
        ..Post::new(context.exhibit, place, 0, account)
    }))
}

/// The whole of a text that is cut in its tweet. It has an id of its own, and no address.
pub(super) fn note(context: &Context, place: &Place, note: &Object) -> Result<Rows, Flaw> {
    let account = author(context, note)?;
    let empty = Object::new();
    let core = inside(note, "core").unwrap_or(&empty);
    let (whole, text_raw) = both_texts(json::required(core, "text")?);
    Ok(one(Post {
        at: iso_time(note, "createdAt")?,
        at_raw: text(note, "createdAt"),
        text: Maybe::Known(whole),
        text_raw,
        content_id: text(note, "noteTweetId"),
        ..Post::new(context.exhibit, place, 0, account)
    }))
}

/// The account that a tweet names, else the owner of the export.
fn author(context: &Context, tweet: &Object) -> Result<AccountKey, Flaw> {
    let user = inside(tweet, "user").and_then(|user| json::field(user, "id_str"));
    ["user_id_str", "user_id"]
        .iter()
        .fold(user, |found, key| found.or_else(|| json::field(tweet, key)))
        .map(|id| AccountKey::by_id(PLATFORM, &id))
        .or_else(|| context.owner.clone())
        .ok_or_else(|| {
            let detail = "a tweet does not say its author, and no readable account.js or \
                          `[import.owners]` says whose export it is";
            (RejectReason::MissingField, detail.to_owned())
        })
}

fn permalink(id: &str) -> Maybe<String> {
    if id.bytes().all(|b| b.is_ascii_digit()) {
        Maybe::Known(format!("https://x.com/i/status/{id}"))
    } else {
        Maybe::Missing(Absent::Unreadable)
    }
}

fn one(post: Post) -> Rows {
    Rows { posts: vec![post], ..Rows::default() }
}

/// `Sat Feb 18 12:33:11 +0000 2023`, or ISO in some parts.
fn time(tweet: &Object) -> Result<Maybe<Moment>, Flaw> {
    let Some(text) = json::field(tweet, "created_at") else {
        return Ok(Maybe::Missing(Absent::NotExported));
    };
    let spelt = jiff::Timestamp::strptime("%a %b %d %H:%M:%S %z %Y", text.trim()).ok();
    let spelt = spelt
        .and_then(|at| Moment::new(at.as_microsecond(), Precision::Second, ZoneSource::Explicit));
    let at = spelt.or_else(|| Moment::from_rfc3339(&text)).ok_or_else(|| {
        (RejectReason::Time, format!("`created_at` is no time: `{}`", excerpt(&text, 40)))
    })?;
    Ok(Maybe::Known(at))
}

/// The account that a reply addresses: its handle, else its id.
fn target(tweet: &Object) -> Option<String> {
    json::field(tweet, "in_reply_to_screen_name")
        .map(|handle| format!("@{}", handle.trim_start_matches('@')))
        .or_else(|| json::field(tweet, "in_reply_to_user_id_str"))
}

/// Whether X names a language: `und`, `zxx` and the codes in `q` say that it could not.
fn spoken(lang: &str) -> bool {
    !matches!(lang, "und" | "zxx" | "art") && !lang.starts_with('q')
}

/// The name in `<a href="…">Twitter Web App</a>`.
fn client(tweet: &Object) -> Option<String> {
    let source = json::field(tweet, "source")?;
    let name = match source.split_once('>') {
        Some((_, rest)) => rest.split_once('<').map_or(rest, |(name, _)| name),
        None => &source,
    };
    let name = unescaped(name.trim());
    (!name.is_empty()).then_some(name)
}

/// The names under which the archive keeps the media: `<tweet id>-<file>`.
fn media(tweet: &Object, id: &str) -> Vec<String> {
    let list = |key: &str| tweet.get(key)?.get("media")?.as_array();
    let media = list("extended_entities").or_else(|| list("entities"));
    media
        .into_iter()
        .flatten()
        .filter_map(|item| {
            let url = item.get("media_url_https").or_else(|| item.get("media_url"))?;
            kept_as(id, url.as_str()?)
        })
        .collect()
}
