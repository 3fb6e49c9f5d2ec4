//! One message of a chat.
//!
//! In: the raw text of an element of `messages`. Out: a post and the name that its sender showed.
//! Refused: service messages, and messages without sender, id or readable time.

use faisceau_model::rows::Post;
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, PostKind, Precision, RejectReason, excerpt,
};
use jiff::tz::TimeZone;
use serde_json::Value;
use serde_json::value::RawValue;

use super::PLATFORM;
use super::walk::Chat;
use crate::fields::Fields;
use crate::json::{self, Flaw, Object};
use crate::rows::repeated::repeated;
use crate::time::civil;

/// Keys of a message that somebody wrote.
const MESSAGE: [&str; 52] = [
    "id",
    "type",
    "date",
    "date_unixtime",
    "edited",
    "edited_unixtime",
    "from",
    "from_id",
    "author",
    "forwarded_from",
    "forwarded_from_id",
    "saved_from",
    "reply_to_message_id",
    "reply_to_peer_id",
    "via_bot",
    "photo",
    "photo_file_size",
    "file",
    "file_name",
    "file_size",
    "thumbnail",
    "thumbnail_file_size",
    "media_type",
    "media_spoiler",
    "sticker_emoji",
    "mime_type",
    "duration_seconds",
    "performer",
    "title",
    "width",
    "height",
    "self_destruct_period_seconds",
    "live_location_period_seconds",
    "contact_information",
    "contact_vcard",
    "contact_vcard_file_size",
    "location_information",
    "place_name",
    "address",
    "game_title",
    "game_description",
    "game_link",
    "invoice_information",
    "poll",
    "todo_list",
    "giveaway_information",
    "giveaway_results",
    "paid_stars_amount",
    "text",
    "text_entities",
    "inline_bot_buttons",
    "reactions",
];
const REACTION: [&str; 5] = ["type", "count", "emoji", "document_id", "recent"];

/// Messages of a chat that are looked at for the form of their ids.
const OLD_AMONG: usize = 50;

/// What a chat says of all its messages.
pub(super) struct Room {
    /// Name and id of the chat.
    thread: Maybe<String>,
    /// The name of the chat, which in a chat of two is that of the other.
    name: Maybe<String>,
    /// Whether anyone can read it.
    public: bool,
    /// In a chat of two, the account of the other.
    peer: Option<AccountKey>,
    /// The account whose export it is.
    owner: Option<AccountKey>,
}

/// A message as rows.
pub(super) struct Sent {
    /// The post.
    pub(super) post: Post,
    /// The name its sender showed.
    pub(super) from: Maybe<String>,
}

impl Room {
    /// Reads what `chat` says of itself.
    pub(super) fn new(chat: &Chat<'_>, owner: Option<&AccountKey>) -> Self {
        let name = scalar(chat.name).map(repeated);
        let id = scalar(chat.id).map(repeated);
        let kind = scalar(chat.kind).unwrap_or_default();
        let thread = match (&name, &id) {
            (Some(name), Some(id)) => Some(format!("{name} [{id}]")),
            (None, Some(id)) => Some(format!("[{id}]")),
            (name, None) => name.clone(),
        };
        let two = matches!(kind.as_str(), "personal_chat" | "bot_chat");
        let old = chat.messages.iter().take(OLD_AMONG).any(|raw| has_old_ids(raw));
        let peer = |id: String| if old { of_number(&id) } else { format!("user{id}") };
        Self {
            thread: Maybe::or_absent(thread, Absent::NotExported),
            name: Maybe::or_absent(name, Absent::NotExported),
            public: kind.starts_with("public_"),
            peer: id.filter(|_| two).map(|id| AccountKey::by_id(PLATFORM, &peer(id))),
            owner: owner.cloned(),
        }
    }

    /// One message of this chat.
    pub(super) fn message(
        &self,
        exhibit: ExhibitNo,
        place: &Place,
        zone: Option<&TimeZone>,
        (raw, fields): (&str, &mut Fields),
    ) -> Result<Sent, Flaw> {
        let message = json::object(raw)?;
        set_aside(&message)?;
        note_fields(&message, fields, place);
        let account = AccountKey::by_id(PLATFORM, &sender(&message)?);
        let post = Post {
            at: time(&message, zone)?,
            at_raw: Maybe::or_absent(
                json::field(&message, "date_unixtime").or_else(|| json::field(&message, "date")),
                Absent::NotExported,
            ),
            kind: self.kind(&message),
            text: Maybe::or_absent(text(&message), Absent::NotExported),
            target: self.target(&account),
            thread: self.thread.clone(),
            permalink: Maybe::Missing(Absent::NotExported),
            content_id: Maybe::Known(json::required(&message, "id")?),
            lang: Maybe::Missing(Absent::NotRecorded),
            client: Maybe::or_absent(
                json::field(&message, "via_bot").map(|bot| format!("via {bot}")),
                Absent::NotRecorded,
            ),
            media: media(&message),
            ..Post::new(exhibit, place, 0, account)
        };
        // A deleted account keeps its id and loses its name.
        Ok(Sent { post, from: Maybe::or_absent(json::field(&message, "from"), Absent::Deleted) })
    }

    fn kind(&self, message: &Object) -> PostKind {
        // The key is there with a null where the first author's account was deleted.
        if ["forwarded_from", "forwarded_from_id"].iter().any(|key| message.contains_key(*key)) {
            PostKind::Forwarded
        } else if self.public {
            PostKind::Public
        } else {
            PostKind::Private
        }
    }

    /// Who is addressed: known in a chat of two only.
    fn target(&self, account: &AccountKey) -> Maybe<String> {
        match &self.peer {
            None => Maybe::Missing(Absent::NotApplicable),
            Some(peer) if peer == account => Maybe::or_absent(
                self.owner.as_ref().map(|owner| owner.native().to_owned()),
                Absent::NotExported,
            ),
            Some(_) => self.name.clone(),
        }
    }
}

/// Notes the keys that are not known. Those of service messages are as many as their actions.
fn note_fields(message: &Object, fields: &mut Fields, place: &Place) {
    fields.object("messages.", message, &MESSAGE, place);
    let reactions = message.get("reactions").and_then(Value::as_array).into_iter().flatten();
    for reaction in reactions.filter_map(Value::as_object) {
        fields.object("messages.reactions.", reaction, &REACTION, place);
    }
}

/// The sender: `user123`, `channel123`, or the number that stood for it before 2021.
fn sender(message: &Object) -> Result<String, Flaw> {
    let id = json::required(message, "from_id")?;
    let number = message.get("from_id").is_some_and(Value::is_number);
    Ok(if number { of_number(&id) } else { id })
}

/// The present form of an old number: the kind of sender stood above its lower 32 bits.
fn of_number(id: &str) -> String {
    match id.parse::<u64>() {
        Ok(number) if number >> 32 == 2 => format!("channel{}", number & u64::from(u32::MAX)),
        Ok(number) if number >> 32 <= 1 => format!("user{}", number & u64::from(u32::MAX)),
        _ => id.to_owned(),
    }
}

/// Whether a message was exported before 2021.
fn has_old_ids(raw: &RawValue) -> bool {
    json::object(raw.get()).is_ok_and(|m| m.get("from_id").is_some_and(Value::is_number))
}

/// A text or a number that stands alone, or nothing.
fn scalar(raw: Option<&RawValue>) -> Option<String> {
    match serde_json::from_str(raw?.get()).ok()? {
        Value::String(text) if !text.trim().is_empty() => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Service messages and types of later versions are understood to be no message of a person.
fn set_aside(message: &Object) -> Result<(), Flaw> {
    match json::field(message, "type").as_deref() {
        Some("message") => Ok(()),
        None => Err((RejectReason::MissingField, "`type` is missing".to_owned())),
        Some("service") => {
            let action = json::field(message, "action").unwrap_or_else(|| "unknown".to_owned());
            let detail = format!("service message: {}", excerpt(&action, 60));
            Err((RejectReason::SetAside, detail))
        }
        Some(other) => {
            let detail = format!("message of type `{}`", excerpt(other, 60));
            Err((RejectReason::SetAside, detail))
        }
    }
}

/// The Unix time if there is one, else the local time in the zone that the settings assume.
fn time(message: &Object, zone: Option<&TimeZone>) -> Result<Maybe<Moment>, Flaw> {
    let unix = json::integer(message, "date_unixtime").and_then(Moment::from_unix_seconds);
    if let Some(at) = unix {
        return Ok(Maybe::Known(at));
    }
    let Some(date) = json::field(message, "date") else {
        return match json::field(message, "date_unixtime") {
            None => Ok(Maybe::Missing(Absent::NotExported)),
            Some(_) => Err((RejectReason::Time, "`date_unixtime` is no Unix time".to_owned())),
        };
    };
    let local = date.trim().parse().ok();
    match local.and_then(|local| civil::assumed(local, Precision::Second, zone)) {
        Some(at) => Ok(Maybe::Known(at)),
        None => Err((RejectReason::Time, "`date` is no time, or one that never was".to_owned())),
    }
}

/// The text with its entities put together again, or the question of a poll, or the title of a
/// list of tasks.
fn text(message: &Object) -> Option<String> {
    let mut out = String::new();
    if let Some(text @ (Value::String(_) | Value::Array(_))) = message.get("text") {
        pieces(text, &mut out);
    }
    if out.trim().is_empty() {
        let asked = message.get("poll").and_then(|poll| poll.get("question"));
        let listed = message.get("todo_list").and_then(|list| list.get("title"));
        pieces(asked.or(listed)?, &mut out);
    }
    (!out.trim().is_empty()).then_some(out)
}

/// Puts a text that may be split at its entities together again.
fn pieces(text: &Value, out: &mut String) {
    match text {
        Value::Array(list) => list.iter().for_each(|piece| out.push_str(words(piece))),
        one => out.push_str(words(one)),
    }
}

/// A piece of text: bare, or the `text` of an entity.
fn words(piece: &Value) -> &str {
    piece.as_str().or_else(|| piece.get("text")?.as_str()).unwrap_or_default()
}

/// The paths of the files that were exported with the message.
fn media(message: &Object) -> Vec<String> {
    ["photo", "file"]
        .iter()
        .filter_map(|key| json::field(message, key))
        .filter(|path| !is_sentence(path))
        .collect()
}

/// "(File not included. Change data exporting settings to download.)" and its like, which may
/// have the name of a contact before them.
fn is_sentence(path: &str) -> bool {
    path.ends_with(')') && ["(File ", "(Photo "].iter().any(|start| path.contains(start))
}
