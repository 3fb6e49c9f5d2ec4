//! Tweets of the first API of X, as twarc and other collectors save them.
//!
//! Producer: twarc 1 and 2 (`tweets.jsonl`), tweepy and others that keep the object as it came;
//! one a line, or a list. Names of fields from twarc's own reading of them (`json2csv.py`), read
//! 2026-11.
//!
//! In: `id_str, created_at, full_text` or `text, user{id_str, screen_name, name}`. Out: a post for
//! each tweet and the account of its author. Refused: messages of the stream that are no tweet
//! (`delete`, `limit` and others), each set aside.
//!
//! Traps: see [`super::tweet`]; and
//! - `text` is cut at 140 characters; the whole stands in `full_text`, or in
//!   `extended_tweet.full_text` of a stream.
//! - Quoted tweets inside are not rows of their own.

use faisceau_model::rows::Post;
use faisceau_model::{Absent, ExhibitNo, Maybe, RejectReason, Sink};

use super::author::Author;
use super::tweet::{self, Original, Tweet};
use super::{instants, paths};
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::prune::Unread;
use crate::json::records::{self, Record};
use crate::json::{self, Flaw, Object};
use crate::json::{ndjson, prune};
use crate::records::settle;
use crate::settings::ImportSettings;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "twarc-v1",
    title: "Tweets of the first API of X (twarc, JSON lines or list)",
    group: Group::Posts,
    gives: &["posts", "accounts"],
    versions: "API 1.1, with and without extended tweets",
    checked: "2026-11-21",
    sample: "tests/fixtures/twarc/v1.jsonl",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

/// Keys of a tweet, beside those that are passed over.
#[rustfmt::skip]
const KNOWN: [&str; 16] = [
    "conversation_id_str", "created_at", "entities", "extended_entities", "extended_tweet",
    "full_text", "id", "id_str", "in_reply_to_screen_name", "in_reply_to_status_id_str",
    "in_reply_to_user_id_str", "lang", "retweeted_status", "source", "text", "user",
];

/// Keys that are known and not read. `entities` is read: older tweets have their pictures there.
#[rustfmt::skip]
const UNREAD: [&str; 81] = [
    "additional_media_info", "bounding_box", "contributors", "contributors_enabled",
    "conversation_id", "coordinates", "default_profile", "default_profile_image", "derived",
    "display_text_range", "display_url", "ext_alt_text", "favorite_count", "favorited",
    "favourites_count", "features", "filter_level", "follow_request_sent", "followers_count",
    "following", "friends_count", "geo", "geo_enabled", "has_extended_profile", "hashtags",
    "in_reply_to_status_id", "in_reply_to_user_id", "indices", "is_quote_status",
    "is_translation_enabled", "is_translator", "listed_count", "location", "matching_rules",
    "media_key", "metadata", "notifications", "place", "possibly_sensitive",
    "possibly_sensitive_appealable", "profile_background_color", "profile_background_image_url",
    "profile_background_image_url_https", "profile_background_tile",
    "profile_banner_extensions_alt_text", "profile_banner_url", "profile_image_extensions_alt_text",
    "profile_image_url", "profile_image_url_https", "profile_link_color",
    "profile_sidebar_border_color", "profile_sidebar_fill_color", "profile_text_color",
    "profile_use_background_image", "protected", "quote_count", "quoted_status", "quoted_status_id",
    "quoted_status_id_str", "quoted_status_permalink", "reply_count", "retweet_count", "retweeted",
    "scopes", "sizes", "source_status_id_str", "source_user_id_str", "statuses_count",
    "supplemental_language", "symbols", "time_zone", "timestamp_ms", "translator_type", "truncated",
    "urls", "user_mentions", "utc_offset", "verified", "withheld_copyright",
    "withheld_in_countries", "withheld_scope",
];

/// Messages of the stream that are no tweet.
const NOTICES: [&str; 9] = [
    "delete",
    "disconnect",
    "event",
    "limit",
    "scrub_geo",
    "status_withheld",
    "user_update",
    "user_withheld",
    "warning",
];

fn sniff(head: &Head<'_>) -> bool {
    let has = |keys: &[&str]| records::has_keys(head, keys);
    has(&["id_str", "created_at", "user.screen_name", "user.id_str"])
        && (has(&["full_text"]) || has(&["text"]))
}

fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let (exhibit, unread) = (source.exhibit, Unread::new(&UNREAD));
    records::read(source, sink, &|record, fields, sink| {
        settle(exhibit, &record.place, record.raw, sink, |sink| {
            let (post, author) = tweet(record, exhibit, &unread, fields)?;
            sink.account(author.row(exhibit, (&record.place, 0), post.account.clone()));
            sink.post(post);
            Ok(())
        });
    })
}

fn tweet(
    record: &Record<'_>,
    exhibit: ExhibitNo,
    unread: &Unread,
    fields: &mut Fields,
) -> Result<(Post, Author), Flaw> {
    let tweet = prune::object(ndjson::text(record.raw)?, unread)?;
    if let Some(notice) = NOTICES.iter().find(|key| tweet.len() == 1 && tweet.contains_key(**key)) {
        return Err((RejectReason::SetAside, format!("no tweet but the notice `{notice}`")));
    }
    fields.object("", &tweet, &KNOWN, &record.place);
    let author = author(&tweet);
    let original = paths::object(&tweet, &["retweeted_status"]).map(|original| {
        Original::of(original, None, paths::text(original, &["user", "screen_name"]))
    });
    let post = Tweet {
        legacy: &tweet,
        id: json::field(&tweet, "id_str").map_or_else(|| json::required(&tweet, "id"), Ok)?,
        long: None,
        source: json::field(&tweet, "source"),
        original,
        captured: Maybe::Missing(Absent::NotRecorded),
    };
    let post = post.post(exhibit, (&record.place, 0), author.key()?)?;
    Ok((post, author))
}

fn author(tweet: &Object) -> Author {
    let Some(user) = paths::object(tweet, &["user"]) else {
        return tweet::author(None, None);
    };
    let id = paths::either(user, &["id_str", "id"]);
    let mut author = tweet::author(id, json::field(user, "screen_name"));
    author.name = instants::raw(user, "name");
    author.bio = instants::raw(user, "description");
    author.created = tweet::created(user);
    author
}

#[cfg(test)]
mod tests;
