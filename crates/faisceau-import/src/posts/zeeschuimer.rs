//! NDJSON of the browser extension Zeeschuimer, as it saves it or as 4CAT keeps it.
//!
//! Producer: Zeeschuimer 1.x (Digital Methods Initiative). Names of the envelope from its
//! `zs-background.js`, of the items from its modules and from the `map_item` functions of 4CAT's
//! data sources, read 2026-11. The item itself is what the page of the platform received, and
//! changes when the platform likes.
//!
//! In: one item a line. `item_id, nav_index, timestamp_collected, last_updated, source_platform,
//! source_platform_url, source_url, user_agent, data`; 4CAT puts the keys of `data` at the top and
//! the others under `__import_meta`. Out: a post for each item and the account of its author.
//! Refused: items of platforms that are not read, each set aside with the name of the platform.
//!
//! Traps:
//! - `data` may be newer than `timestamp_collected`: an item met again can replace it, and
//!   `last_updated` then says when. That is when the words were captured.
//! - The same post stands there once for each page on which it was met.
//! - Posts inside posts (quoted, answered) are not rows of their own.
//! - Comments on Instagram are not captured by the extension.

mod instagram;
mod linkedin;
mod threads;
mod tiktok;
mod tiktok_comments;
mod unread;
mod x;

use faisceau_model::rows::Post;
use faisceau_model::{Absent, ExhibitNo, Maybe, Moment, Place, RejectReason, Sink, excerpt};
use serde_json::Value;

use super::author::Author;
use super::instants;
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::ndjson;
use crate::json::prune::Unread;
use crate::json::{self, Flaw, Object};
use crate::settings::ImportSettings;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "zeeschuimer",
    title: "Posts captured with Zeeschuimer (NDJSON): X, TikTok, Instagram, Threads, LinkedIn",
    group: Group::Posts,
    gives: &["posts", "accounts"],
    versions: "Zeeschuimer 1.x, as saved or as 4CAT keeps it",
    checked: "2026-11-21",
    sample: "tests/fixtures/zeeschuimer/x.ndjson",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

/// The key under which 4CAT puts the envelope.
const WRAPPED: &str = "__import_meta";

/// The keys of the envelope.
const ENVELOPE: [&str; 10] = [
    "id",
    "item_id",
    "nav_index",
    "timestamp_collected",
    "last_updated",
    "source_platform",
    "source_platform_url",
    "source_url",
    "user_agent",
    "data",
];

fn sniff(head: &Head<'_>) -> bool {
    head.has_keys(&["item_id", "source_platform", "timestamp_collected", "data"])
        || head.has_keys(&["__import_meta.source_platform", "__import_meta.timestamp_collected"])
}

fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let exhibit = source.exhibit;
    let unread = Unread::new(&unread::KEYS);
    ndjson::read_without(source, sink, &unread, &|line, place, fields, sink| {
        let found = item(line, exhibit, place, fields)?;
        sink.account(found.author.row(exhibit, (place, 0), found.post.account.clone()));
        sink.post(found.post);
        Ok(())
    })
}

/// What the envelope says of an item.
struct Capture<'c> {
    exhibit: ExhibitNo,
    place: &'c Place,
    at: Maybe<Moment>,
}

/// What an item gives.
struct Found {
    post: Post,
    author: Author,
}

/// One platform: the keys of its items that are known, and how an item is read.
struct Platform {
    known: &'static [&'static str],
    read: fn(&Object, &Capture<'_>, &mut Fields) -> Result<Found, Flaw>,
}

/// The names under which the platforms that are read stand.
#[cfg(test)]
const PLATFORMS: [&str; 6] = [
    "twitter.com",
    "tiktok.com",
    "tiktok-comments",
    "instagram.com",
    "threads.net",
    "linkedin.com",
];

fn platform(name: &str) -> Option<Platform> {
    Some(match name {
        "twitter.com" | "x.com" => Platform { known: &x::KNOWN, read: x::read },
        "tiktok.com" => Platform { known: &tiktok::KNOWN, read: |n, c, _| tiktok::read(n, c) },
        "tiktok-comments" => {
            Platform { known: &tiktok_comments::KNOWN, read: |n, c, _| tiktok_comments::read(n, c) }
        }
        "instagram.com" => {
            Platform { known: &instagram::KNOWN, read: |n, c, _| instagram::read(n, c) }
        }
        "threads.net" | "threads.com" => {
            Platform { known: &threads::KNOWN, read: |n, c, _| threads::read(n, c) }
        }
        "linkedin.com" => {
            Platform { known: &linkedin::KNOWN, read: |n, c, _| linkedin::read(n, c) }
        }
        _ => return None,
    })
}

fn item(
    line: &Object,
    exhibit: ExhibitNo,
    place: &Place,
    fields: &mut Fields,
) -> Result<Found, Flaw> {
    let (envelope, native) = match (line.get(WRAPPED), line.get("data")) {
        (Some(Value::Object(envelope)), _) => (envelope, line),
        (_, Some(Value::Object(native))) => (line, native),
        _ => return Err((RejectReason::MissingField, "`data` is missing".to_owned())),
    };
    fields.object("", envelope, &ENVELOPE, place);
    let name = json::required(envelope, "source_platform")?;
    let Some(platform) = platform(&name) else {
        let detail = format!("an item of `{}`, which is not read", excerpt(&name, 40));
        return Err((RejectReason::SetAside, detail));
    };
    for key in native.keys().filter(|key| *key != WRAPPED) {
        if !platform.known.contains(&key.as_str()) {
            fields.note("data.", key, 1, place);
        }
    }
    let capture = Capture { exhibit, place, at: captured(envelope) };
    (platform.read)(native, &capture, fields)
}

/// When the words were captured.
fn captured(envelope: &Object) -> Maybe<Moment> {
    let at = |key| instants::lenient(instants::unix_millis(envelope, key));
    match (at("timestamp_collected"), at("last_updated")) {
        (Maybe::Known(first), Maybe::Known(last)) => Maybe::Known(first.max(last)),
        (Maybe::Missing(Absent::NotExported), Maybe::Known(only)) => Maybe::Known(only),
        (first, _) => first,
    }
}

#[cfg(test)]
mod tests;
