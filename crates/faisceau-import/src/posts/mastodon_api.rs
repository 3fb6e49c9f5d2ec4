//! Posts as the interface for programs of Mastodon and its relatives gives them: statuses.
//!
//! Field names from the serializer of Mastodon (`rest/status_serializer.rb`) and its public
//! documentation of the entity `Status`; no real file was at hand.
//!
//! In: a list of statuses, JSON lines of statuses, one status, a thread (`ancestors`,
//! `descendants`), a search (`statuses`). Out: a post for each, accounts as they are first seen.
//! Refused: statuses whose author has no address to tell the instance by.
//!
//! Traps:
//! - `acct` of an account of the instance itself has no instance: that of its address is added.
//! - `id` is the number of the post on the instance that was asked, not on its own.
//! - A boost repeats the content of what it boosts: it is somebody else's, and left out.
//! - `created_at` of an account is the day alone, written as midnight.

use faisceau_model::rows::{Account, Post};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, PostKind, RejectReason, Sink, excerpt,
};
use serde_json::Value;

use super::fediverse::{PLATFORM, created, instance, text};
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::lines_or_lists::{self, Told};
use crate::json::{self, Flaw, Object};
use crate::rows::first_accounts::FirstAccounts;
use crate::settings::ImportSettings;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "mastodon-statuses",
    title: "Mastodon statuses (JSON of the interface for programs, list or lines)",
    group: Group::Posts,
    gives: &["posts", "accounts"],
    versions: "Mastodon API v1, 3.x to 4.5",
    checked: "2026-11-21",
    sample: "tests/fixtures/mastodon/statuses.json",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

/// The lists of statuses in an object.
const LISTS: [&str; 3] = ["ancestors", "descendants", "statuses"];
/// Keys that tell a status.
const TOLD_BY: [&str; 4] = ["account.acct", "created_at", "visibility", "content"];
/// Keys of a status.
#[rustfmt::skip]
const STATUS: [&str; 41] = [
    "account", "application", "bookmarked", "card", "content", "content_type", "created_at",
    "edited_at", "emojis", "favourited", "favourites_count", "filtered", "id",
    "in_reply_to_account_id", "in_reply_to_id", "language", "local_only", "media_attachments",
    "mentions", "muted", "pinned", "pleroma", "poll", "quote", "quote_approval", "quotes_count",
    "reactions", "reblog", "reblogged", "reblogs_count", "replies_count", "sensitive",
    "spoiler_text", "tags", "text", "uri", "url", "visibility", "tagged_collections",
    "emoji_reactions", "akkoma",
];
/// Keys of an account.
#[rustfmt::skip]
pub(super) const ACCOUNT: [&str; 38] = [
    "acct", "akkoma", "attribution_domains", "avatar", "avatar_description", "avatar_static",
    "bot", "created_at", "discoverable", "display_name", "emojis", "feature_approval", "fields",
    "followers_count", "following_count", "fqn", "group", "header", "header_description",
    "header_static", "hide_collections", "id", "indexable", "last_status_at", "limited",
    "locked", "memorial", "moved", "noindex", "note", "pleroma", "roles", "show_featured",
    "statuses_count", "suspended", "uri", "url", "username",
];

fn sniff(head: &Head<'_>) -> bool {
    let places = ["[].", "", "statuses[].", "ancestors[].", "descendants[]."];
    places.into_iter().any(|prefix| head.has_keys_at(prefix, &TOLD_BY))
}

/// Reads the statuses.
///
/// # Errors
/// When the JSON breaks or ends too early; the statuses before that place are kept.
fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let sink: &mut dyn Sink = &mut FirstAccounts::new(sink);
    let exhibit = source.exhibit;
    let read = |object: &Object, place: &Place, fields: &mut Fields, sink: &mut dyn Sink| {
        status(exhibit, object, place, fields, sink)
    };
    let told = Told { by: &TOLD_BY, lists: &LISTS, beside: &["accounts", "hashtags"] };
    lines_or_lists::read(source, settings, &told, sink, &read)
}

/// One status.
fn status(
    exhibit: ExhibitNo,
    status: &Object,
    place: &Place,
    fields: &mut Fields,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    fields.object("", status, &STATUS, place);
    let missing = |key: &str| (RejectReason::MissingField, format!("`{key}` is missing"));
    let person = status.get("account").and_then(Value::as_object);
    let person = person.ok_or_else(|| missing("account"))?;
    fields.object("account.", person, &ACCOUNT, place);
    let key = key(person).ok_or_else(|| missing("account.acct"))?;
    let id = json::required(status, "id")?;
    let written = json::required(status, "created_at")?;
    let at = Moment::from_rfc3339(&written).ok_or_else(|| {
        (RejectReason::Time, format!("`created_at` is no time: `{}`", excerpt(&written, 40)))
    })?;
    let boosted = status.get("reblog").and_then(Value::as_object);
    let warning = json::field(status, "spoiler_text");
    let (text, text_raw) = match boosted {
        Some(_) => (Maybe::Missing(Absent::NotApplicable), Maybe::Missing(Absent::NotApplicable)),
        None => text(warning.as_deref(), status.get("content").and_then(Value::as_str)),
    };
    let thread = json::field(status, "in_reply_to_id").unwrap_or_else(|| id.clone());
    let client = status.get("application").and_then(Value::as_object);
    sink.account(account(exhibit, place, person, key.clone()));
    sink.post(Post {
        at: Maybe::Known(at),
        at_raw: Maybe::Known(written),
        kind: kind(status, boosted.is_some()),
        text,
        text_raw,
        target: Maybe::or_absent(target(status, boosted), Absent::NotApplicable),
        thread: Maybe::Known(thread),
        permalink: Maybe::or_absent(json::field(status, "url"), Absent::NotExported),
        content_id: Maybe::Known(id),
        lang: Maybe::or_absent(json::field(status, "language"), Absent::NotExported),
        client: Maybe::or_absent(
            client.and_then(|client| json::field(client, "name")),
            Absent::NotExported,
        ),
        media: media(status),
        ..Post::new(exhibit, place, 0, key)
    });
    Ok(())
}

/// `user@instance`.
pub(super) fn key(person: &Object) -> Option<AccountKey> {
    let acct = json::field(person, "acct")?;
    if acct.contains('@') {
        return Some(AccountKey::by_id(PLATFORM, acct.trim_start_matches('@')));
    }
    let address = json::field(person, "url").or_else(|| json::field(person, "uri"))?;
    Some(AccountKey::by_id(PLATFORM, &format!("{acct}@{}", instance(&address)?.to_lowercase())))
}

/// The row of an account.
pub(super) fn account(
    exhibit: ExhibitNo,
    place: &Place,
    person: &Object,
    key: AccountKey,
) -> Account {
    let field = |name| Maybe::or_absent(json::field(person, name), Absent::NotExported);
    let created_raw = field("created_at");
    let bio = super::fediverse::text(None, person.get("note").and_then(Value::as_str)).0;
    Account {
        native_id: Maybe::Known(
            json::field(person, "uri").unwrap_or_else(|| key.native().to_owned()),
        ),
        handle: field("username"),
        display_name: field("display_name"),
        created: match created_raw.known() {
            Some(text) => Maybe::or_absent(created(text), Absent::Unreadable),
            None => Maybe::Missing(Absent::NotExported),
        },
        created_raw,
        bio,
        ..Account::new(exhibit, place, 0, key)
    }
}

/// What is not said to be public must not pass for published.
fn kind(status: &Object, boosted: bool) -> PostKind {
    match json::field(status, "visibility").as_deref() {
        _ if boosted => PostKind::Forwarded,
        Some("public" | "unlisted" | "local") => PostKind::Public,
        _ => PostKind::Private,
    }
}

/// The account that is boosted, answered or first mentioned.
fn target(status: &Object, boosted: Option<&Object>) -> Option<String> {
    if let Some(boosted) = boosted {
        return key(boosted.get("account")?.as_object()?).map(|key| key.native().to_owned());
    }
    let mentions = status.get("mentions")?.as_array()?;
    let mentions = || mentions.iter().filter_map(Value::as_object);
    let answered = json::field(status, "in_reply_to_account_id");
    let person = mentions()
        .find(|person| answered.is_some() && json::field(person, "id") == answered)
        .or_else(|| mentions().next())?;
    key(person).map(|key| key.native().to_owned())
}

fn media(status: &Object) -> Vec<String> {
    let list = status.get("media_attachments").and_then(Value::as_array).map(Vec::as_slice);
    let list = list.unwrap_or_default().iter().filter_map(Value::as_object);
    list.filter_map(|item| json::field(item, "remote_url").or_else(|| json::field(item, "url")))
        .collect()
}

#[cfg(test)]
mod tests;
