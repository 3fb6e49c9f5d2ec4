//! Messenger since 2024: the backup of an end-to-end encrypted conversation.
//!
//! In: one `<name>_<N>.json` of the archive that Messenger gives as "Download chat backup" or
//! "Download secure storage data". Keys are those of one public reader and its test data
//! (`msgvault`), read on 2026-11-21; Meta documents none. Out: a post for each
//! message, an account the first time it speaks. Refused: messages that say who joined or left
//! (set aside).
//!
//! Traps of the format:
//! - Not the file of "Export your information": other keys, and sound UTF-8. The same conversation
//!   may stand in both, cut where encryption began.
//! - Names only, as there. The order of the messages is not promised.

use faisceau_model::{Absent, Maybe, Place, PostKind, RejectReason, Sink, excerpt};
use serde_json::Value;

use super::conversation::{self, Conversation, Manner, Spoken, files, named, text, time};
use super::thread::FACEBOOK;
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::json::document::Document;
use crate::json::{self, Flaw, Object};
use crate::rows::repeated::repeated;
use crate::settings::ImportSettings;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "messenger-encrypted",
    title: "Messenger conversation, end-to-end encrypted (backup)",
    group: Group::Messages,
    gives: &["posts", "accounts"],
    versions: "backups of 2024 to 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/meta/encrypted.json",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| {
        let keys = ["participants", "threadName", "messages[].senderName", "messages[].timestamp"];
        head.has_keys(&keys)
    },
    parse,
    owner: None,
};

const TOP: [&str; 3] = ["participants", "threadName", "messages"];
const MESSAGE: [&str; 7] =
    ["senderName", "text", "timestamp", "type", "isUnsent", "media", "reactions"];

/// Reads a conversation.
fn parse(
    source: &Source<'_>,
    _settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let conversation = |found: &Document<'_>| Conversation {
        platform: FACEBOOK,
        thread: named(text(found.other("threadName")), None),
        people: found
            .other("participants")
            .and_then(|raw| serde_json::from_str::<Vec<String>>(raw.get()).ok())
            .map(|names| names.into_iter().map(repeated).collect())
            .unwrap_or_default(),
    };
    let manner = Manner { top: &TOP, conversation: &conversation, message };
    conversation::read(source, &manner, sink)
}

/// Reads one message.
fn message(message: &Object, fields: &mut Fields, place: &Place) -> Result<Spoken, Flaw> {
    fields.object("messages.", message, &MESSAGE, place);
    let kind = json::field(message, "type").unwrap_or_default();
    if matches!(kind.as_str(), "Subscribe" | "Unsubscribe") {
        return Err((RejectReason::SetAside, format!("service message: {}", excerpt(&kind, 60))));
    }
    let Some(Value::String(name)) = message.get("senderName") else {
        return Err((RejectReason::MissingField, "`senderName` is missing".to_owned()));
    };
    let (at, at_raw) = time(message, "timestamp")?;
    let unsent = message.get("isUnsent") == Some(&Value::Bool(true));
    let reason = if unsent { Absent::Deleted } else { Absent::NotExported };
    Ok(Spoken {
        name: name.clone(),
        at,
        at_raw,
        kind: PostKind::Private,
        text: Maybe::or_absent(json::field(message, "text"), reason),
        text_raw: Maybe::Missing(Absent::NotApplicable),
        media: files(message, &["media"]),
    })
}

#[cfg(test)]
mod tests;
