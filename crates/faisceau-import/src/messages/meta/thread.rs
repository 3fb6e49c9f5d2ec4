//! Messages of Instagram and Facebook: `messages/inbox/<thread>/message_N.json` of "Export your
//! information".
//!
//! In: one file of a conversation. Keys are those that public readers of these exports use
//! (`msgvault` and its test data, `chat-miner`, types of several viewers), checked
//! on 2026-11-21; no real export was at hand. Out: a post for each message, an account the first
//! time it speaks. Refused: messages that say who joined or left (`Subscribe`, `Unsubscribe`; set
//! aside).
//!
//! Traps of the format:
//! - UTF-8 stands as Latin-1: see [`crate::text::mojibake`]. The text as written is kept beside.
//! - Newest first; long conversations go on in `message_2.json` and so on.
//! - Names only, no ids, no ids of messages: two persons of one name are one account here. Names
//!   are those of the day of the export. Many deleted accounts show one name (`Instagram User`).
//! - `participants` are those who are in the conversation now.
//! - Meta writes phrases in place of words, in the language of the account: reactions (`Liked a
//!   message`), `… sent an attachment.`, calls. They are not taken for words.
//! - Both services write the same keys. The service is told by the folders in the addresses of
//!   files (`your_instagram_activity/…`, `your_facebook_activity/…`,
//!   `your_activity_across_facebook/…`, `stickers_used/`), by `original_content_owner` in what is
//!   shared (Instagram), by the name of a deleted account, by the owner of the archive. Without
//!   any of these it is taken for Facebook.
//! - Since 2024 most of Messenger is encrypted and stands in another file: see
//!   [`super::encrypted`].

use faisceau_model::{Absent, Maybe, Place, PostKind, RejectReason, Sink, excerpt};
use serde_json::Value;

use super::conversation::{self, Conversation, Manner, Spoken, files, named, text, time};
use super::words;
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::json::document::Document;
use crate::json::{self, Flaw, Object};
use crate::rows::repeated::repeated;
use crate::settings::ImportSettings;
use crate::text::mojibake::repaired;

pub(super) const INSTAGRAM: &str = "instagram";
pub(super) const FACEBOOK: &str = "facebook";

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "meta-messages",
    title: "Instagram or Messenger conversation (message_N.json)",
    group: Group::Messages,
    gives: &["posts", "accounts"],
    versions: "exports of 2018 to 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/meta/message_1.json",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| head.has_keys(&["messages[].sender_name", "messages[].timestamp_ms"]),
    parse,
    owner: None,
};

const TOP: [&str; 9] = [
    "participants",
    "messages",
    "title",
    "is_still_participant",
    "thread_path",
    "thread_type",
    "magic_words",
    "image",
    "joinable_mode",
];
const MESSAGE: [&str; 20] = [
    "sender_name",
    "timestamp_ms",
    "content",
    "type",
    "photos",
    "videos",
    "audio_files",
    "files",
    "gifs",
    "sticker",
    "share",
    "reactions",
    "call_duration",
    "missed",
    "users",
    "is_unsent",
    "is_taken_down",
    "is_geoblocked_for_viewer",
    "is_unsent_image_by_messenger_kid_parent",
    "bumped_message_metadata",
];
const SHARE: [&str; 3] = ["link", "share_text", "original_content_owner"];
const REACTION: [&str; 3] = ["reaction", "actor", "timestamp"];
/// Lists of files. A sticker is of the platform's catalogue.
const FILES: [&str; 5] = ["photos", "videos", "audio_files", "files", "gifs"];

/// Parts of addresses and keys that one service alone writes.
const TELLING: [(&str, &str); 5] = [
    ("your_instagram_activity", INSTAGRAM),
    ("original_content_owner", INSTAGRAM),
    ("your_facebook_activity", FACEBOOK),
    ("your_activity_across_facebook", FACEBOOK),
    ("stickers_used", FACEBOOK),
];

/// Reads a conversation.
fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let of_owner = || {
        let owned = |platform| settings.owners.get(source.exhibit, platform).is_some();
        (owned(INSTAGRAM) && !owned(FACEBOOK)).then_some(INSTAGRAM)
    };
    let conversation = |found: &Document<'_>| {
        let people = participants(found);
        let platform = told(found)
            .or_else(|| people.iter().find_map(|name| words::platform(name)))
            .or_else(of_owner)
            .unwrap_or(FACEBOOK);
        let path = text(found.other("thread_path"));
        Conversation {
            platform,
            thread: named(text(found.other("title")).as_deref().map(right), path),
            people,
        }
    };
    let manner = Manner { top: &TOP, conversation: &conversation, message };
    conversation::read(source, &manner, sink)
}

/// A string as it was meant.
fn right(text: &str) -> String {
    repaired(text).into_owned()
}

fn participants(found: &Document<'_>) -> Vec<String> {
    let list: Option<Vec<Value>> =
        found.other("participants").and_then(|raw| serde_json::from_str(raw.get()).ok());
    let name = |person: &Value| {
        json::field(person.as_object()?, "name").as_deref().map(right).map(repeated)
    };
    list.iter().flatten().filter_map(name).collect()
}

/// The service, by what it alone writes. Words of people are not looked at.
fn told(found: &Document<'_>) -> Option<&'static str> {
    let messages = found.lists.iter().flat_map(|(_, list)| list);
    let mut of_messages = messages.filter_map(|raw| {
        // Most messages hold none of these: they are not read twice.
        let any = TELLING.iter().any(|(sign, _)| raw.get().contains(sign));
        any.then(|| json::object(raw.get()).ok()).flatten()
    });
    let of_image = found.other("image").and_then(|raw| json::object(raw.get()).ok());
    of_messages.find_map(|message| service(&message)).or_else(|| by_uri(&of_image?))
}

fn service(message: &Object) -> Option<&'static str> {
    let nested = |key: &str| message.get(key).and_then(Value::as_object);
    if nested("share").is_some_and(|share| share.contains_key("original_content_owner")) {
        return Some(INSTAGRAM);
    }
    let of_sticker = nested("sticker").and_then(by_uri);
    of_sticker.or_else(|| files(message, &FILES).iter().find_map(|uri| by_sign(uri)))
}

fn by_uri(file: &Object) -> Option<&'static str> {
    by_sign(&json::field(file, "uri")?)
}

fn by_sign(uri: &str) -> Option<&'static str> {
    TELLING.iter().find(|(sign, _)| uri.contains(sign)).map(|(_, platform)| *platform)
}

/// Reads one message.
fn message(message: &Object, fields: &mut Fields, place: &Place) -> Result<Spoken, Flaw> {
    note_fields(message, fields, place);
    let kind = json::field(message, "type").unwrap_or_default();
    if matches!(kind.as_str(), "Subscribe" | "Unsubscribe") {
        return Err((RejectReason::SetAside, format!("service message: {}", excerpt(&kind, 60))));
    }
    let Some(Value::String(name)) = message.get("sender_name") else {
        return Err((RejectReason::MissingField, "`sender_name` is missing".to_owned()));
    };
    let (at, at_raw) = time(message, "timestamp_ms")?;
    let media = files(message, &FILES);
    let share = message.get("share").and_then(Value::as_object);
    let content = json::field(message, "content");
    let call = kind == "Call" || message.contains_key("call_duration");
    let has_file = !media.is_empty() || share.is_some() || message.contains_key("sticker");
    let own = content
        .as_deref()
        .map(right)
        .filter(|text| !(call || words::is_reaction(text) || has_file && words::is_sent(text)));
    let shared = share.and_then(|share| json::field(share, "share_text"));
    let (said, raw, kind) = match (own, share) {
        (Some(text), _) => (Some(text), content, PostKind::Private),
        // The words of the platform are kept as they stand, unless there are those of another.
        (None, Some(_)) => (shared.as_deref().map(right), shared.or(content), PostKind::Forwarded),
        (None, None) => (None, content, PostKind::Private),
    };
    let gone = ["is_unsent", "is_taken_down"]
        .iter()
        .any(|key| message.get(*key) == Some(&Value::Bool(true)));
    let reason = if gone {
        Absent::Deleted
    } else if raw.is_some() {
        Absent::NotApplicable
    } else {
        Absent::NotExported
    };
    let differing = raw.filter(|raw| said.as_ref() != Some(raw));
    Ok(Spoken {
        name: right(name),
        at,
        at_raw,
        kind,
        text: Maybe::or_absent(said, reason),
        text_raw: Maybe::or_absent(differing, Absent::NotApplicable),
        media,
    })
}

fn note_fields(message: &Object, fields: &mut Fields, place: &Place) {
    fields.object("messages.", message, &MESSAGE, place);
    if let Some(Value::Object(share)) = message.get("share") {
        fields.object("messages.share.", share, &SHARE, place);
    }
    let reactions = message.get("reactions").and_then(Value::as_array).into_iter().flatten();
    for reaction in reactions.filter_map(Value::as_object) {
        fields.object("messages.reactions.", reaction, &REACTION, place);
    }
}

#[cfg(test)]
mod tests;
