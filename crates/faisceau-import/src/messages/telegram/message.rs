//! One message of a chat.
//!
//! In: the raw text of an element of `messages`. Out: a post and the name that its sender showed.
//! Refused: service messages, and messages without sender, id or readable time.

use faisceau_model::rows::Post;
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, PostKind, Precision, RejectReason, RowId,
    excerpt,
};
use jiff::tz::TimeZone;
use serde_json::Value;
use serde_json::value::RawValue;

use super::PLATFORM;
use super::walk::Chat;
use crate::civil;
use crate::json::{self, Flaw, Object};

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
        let name = scalar(chat.name);
        let id = scalar(chat.id);
        let kind = scalar(chat.kind).unwrap_or_default();
        let thread = match (&name, &id) {
            (Some(name), Some(id)) => Some(format!("{name} [{id}]")),
            (None, Some(id)) => Some(format!("[{id}]")),
            (name, None) => name.clone(),
        };
        let two = matches!(kind.as_str(), "personal_chat" | "bot_chat");
        Self {
            thread: Maybe::or_absent(thread, Absent::NotExported),
            name: Maybe::or_absent(name, Absent::NotExported),
            public: kind.starts_with("public_"),
            peer: id.filter(|_| two).map(|id| AccountKey::by_id(PLATFORM, &format!("user{id}"))),
            owner: owner.cloned(),
        }
    }

    /// One message of this chat.
    pub(super) fn message(
        &self,
        exhibit: ExhibitNo,
        place: &Place,
        zone: Option<&TimeZone>,
        raw: &str,
    ) -> Result<Sent, Flaw> {
        let message = json::object(raw)?;
        set_aside(&message)?;
        let account = AccountKey::by_id(PLATFORM, &json::required(&message, "from_id")?);
        let post = Post {
            id: RowId::at("post", exhibit, place, 0),
            exhibit,
            place: place.clone(),
            at: time(&message, zone)?,
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
            account,
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

/// The text with its entities put together again, or the question of a poll.
fn text(message: &Object) -> Option<String> {
    let mut out = String::new();
    match message.get("text") {
        Some(Value::String(text)) => out.push_str(text),
        Some(Value::Array(pieces)) => pieces.iter().for_each(|piece| out.push_str(words(piece))),
        _ => {}
    }
    if out.trim().is_empty() {
        let poll = message.get("poll")?.as_object()?;
        words(poll.get("question")?).clone_into(&mut out);
    }
    (!out.trim().is_empty()).then_some(out)
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
