//! Telegram Desktop, `result.json`: one chat, or the full export of an account.
//!
//! In: the JSON that "Export chat history" and "Export Telegram data" write in machine-readable
//! form. Field names are those of `export_output_json.cpp` of Telegram Desktop, read on
//! 2026-11-21, in its versions of 2018 to 2025. Out: a post for each message, an account the first
//! time it speaks, a connection and an application for each session of the exporter's account, and
//! what Telegram declares of its owner. Refused: service messages (set aside with their
//! action), and the sections that hold no message (set aside without excerpt, for they are the
//! exporter's address book).
//!
//! Traps of the format:
//! - `date` is local time without zone; only `date_unixtime` is used when it is there. Without
//!   it, the zone of the settings is assumed, and without that only the day is kept.
//! - `edited` may be the time of the first reaction; it is not read.
//! - A file that was not exported is an English sentence in brackets where the path should be.
//! - Control characters are written `\x1B`, which is not JSON: see [`repair`].
//! - `from` is null for a deleted account, `from_id` stays.
//! - Before 2021 `from_id` is a number: that of a user, for some months with the kind of sender
//!   above its lower 32 bits, as in the `id` of the chat. It is given in the present form
//!   (`user123`), so that an account has one key in old and new exports.
//! - The dates of reactions have no Unix time and are not read.
//! - The question of a poll is a text, or since 2025 a list of pieces.
//! - Text sent through an inline bot carries `via_bot`: it is given as the client.
//!
//! What the exporter's tool did to the text: it splits it at its entities (links, bold, …); the
//! pieces are put together again, and the entities themselves dropped.

mod message;
mod repair;
mod session;
mod walk;

use faisceau_model::rows::{Account, Reject, Subscriber};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Place, RejectReason, Sink, SubscriberCategory,
};
use jiff::tz::TimeZone;
use serde::de::DeserializeSeed;
use serde_json::value::RawValue;

use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::json;
use crate::rows::first_accounts::FirstAccounts;
use crate::settings::ImportSettings;
use repair::Repaired;
use walk::{Chat, Export};

/// The name of the platform in account keys and rows.
const PLATFORM: &str = "telegram";

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "telegram-json",
    title: "Telegram Desktop export (result.json)",
    group: Group::Messages,
    gives: &["posts", "accounts", "connections", "devices", "subscribers"],
    versions: "Telegram Desktop 1.3 to 6.x",
    checked: "2026-11-21",
    sample: "tests/fixtures/telegram/full_export.json",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| sniff(head.bytes),
    parse,
    owner: None,
};

/// Keys of the exporter's account.
const PERSON: [&str; 6] = ["user_id", "first_name", "last_name", "phone_number", "username", "bio"];

/// Whether the head is of an export of Telegram Desktop.
pub(crate) fn sniff(head: &[u8]) -> bool {
    let (text, _) = json::text(head);
    if !text.trim_start().starts_with('{') {
        return false;
    }
    let has = |needle: &str| text.contains(needle);
    let chat = has("\"messages\"")
        && (["\"from_id\"", "\"actor_id\"", "\"date_unixtime\"", "\"text_entities\""]
            .iter()
            .any(|key| has(key))
            || CHAT_KINDS.iter().any(|kind| has(&format!("\"{kind}\""))));
    let full = has("\"about\"")
        && has("Telegram")
        && ["\"personal_information\"", "\"contacts\"", "\"chats\"", "\"left_chats\""]
            .iter()
            .any(|key| has(key));
    chat || full
}

/// The values of `type` of a chat.
const CHAT_KINDS: [&str; 9] = [
    "replies",
    "personal_chat",
    "bot_chat",
    "saved_messages",
    "private_group",
    "private_supergroup",
    "public_supergroup",
    "private_channel",
    "public_channel",
];

/// Reads an export.
///
/// # Errors
/// When the JSON breaks or ends too early; the messages before that place are kept.
pub(crate) fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let bytes = source.read_all(json::MAX_EXHIBIT)?;
    let (text, start) = json::text(&bytes);
    let repaired = Repaired::new(text);
    let text = &*repaired.text;
    let mut export = Export::default();
    let mut document = serde_json::Deserializer::from_str(text);
    let outcome = walk::root(&mut export).deserialize(&mut document).and_then(|()| document.end());
    let end = export.last_message().map_or(0, |raw| json::end_of(text, raw));
    let kept = export.messages();
    let mut emit = Emit {
        exhibit: source.exhibit,
        fields: std::mem::take(&mut export.fields),
        zone: settings.zone().ok().flatten(),
        sink: &mut FirstAccounts::new(sink),
        owner: None,
    };
    emit.export(&export);
    let Emit { fields, sink, .. } = emit;
    fields.finish(source.exhibit, sink);
    outcome.map_err(|error| json::stop(&error, &bytes, start, start + repaired.original(end), kept))
}

/// Turns the parts of an export into rows.
struct Emit<'s> {
    exhibit: ExhibitNo,
    zone: Option<TimeZone>,
    sink: &'s mut dyn Sink,
    /// Keys that are not known.
    fields: Fields,
    /// The account whose export it is, in a full export.
    owner: Option<AccountKey>,
}

impl Emit<'_> {
    fn export(&mut self, export: &Export<'_>) {
        if let Some(raw) = export.personal {
            self.record(&Place::Pointer("/personal_information".to_owned()), raw, Self::personal);
        }
        for (pointer, what) in &export.aside {
            self.sink.records(1);
            let place = Place::Pointer(pointer.clone());
            self.reject(&place, (RejectReason::SetAside, what.clone()), "");
        }
        for (pointer, what) in &export.odd {
            self.sink.records(1);
            let place = Place::Pointer(pointer.clone());
            self.reject(&place, (RejectReason::Syntax, (*what).to_owned()), "");
        }
        for chat in &export.chats {
            self.chat(chat);
        }
        for (pointer, raw) in &export.sessions {
            self.record(&Place::Pointer(pointer.clone()), raw, |emit, place, raw| {
                let text = (raw, &mut emit.fields);
                let (used, device) = session::rows(emit.exhibit, place, emit.owner.as_ref(), text)?;
                emit.sink.connections(vec![used]);
                emit.sink.device(device);
                Ok(())
            });
        }
    }

    fn chat(&mut self, chat: &Chat<'_>) {
        let room = message::Room::new(chat, self.owner.as_ref());
        for (index, raw) in chat.messages.iter().enumerate() {
            let place = Place::Pointer(format!("{}/messages/{index}", chat.pointer));
            self.record(&place, raw, |emit, place, raw| {
                let text = (raw, &mut emit.fields);
                let sent = room.message(emit.exhibit, place, emit.zone.as_ref(), text)?;
                emit.account(
                    place,
                    &sent.post.account,
                    Maybe::Missing(Absent::NotExported),
                    sent.from,
                );
                emit.sink.post(sent.post);
                Ok(())
            });
        }
    }

    /// One record: read, or rejected with its start.
    fn record(
        &mut self,
        place: &Place,
        raw: &RawValue,
        read: impl FnOnce(&mut Self, &Place, &str) -> Result<(), json::Flaw>,
    ) {
        self.sink.records(1);
        match read(self, place, raw.get()) {
            Ok(()) => self.sink.read(1),
            Err(flaw) => self.reject(place, flaw, raw.get()),
        }
    }

    fn reject(&mut self, place: &Place, (reason, detail): json::Flaw, record: &str) {
        let row = Reject::new(self.exhibit, place.clone(), reason, detail, record.as_bytes());
        self.sink.reject(row);
    }

    /// The account whose export it is.
    fn personal(&mut self, place: &Place, raw: &str) -> Result<(), json::Flaw> {
        let person = json::object(raw)?;
        self.fields.object("personal_information.", &person, &PERSON, place);
        let id = json::required(&person, "user_id")?;
        let account = AccountKey::by_id(PLATFORM, &format!("user{id}"));
        let names = [json::field(&person, "first_name"), json::field(&person, "last_name")];
        let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let handle = json::field(&person, "username");
        let handle = Maybe::or_absent(
            handle.map(|handle| handle.trim_start_matches('@').to_owned()),
            Absent::NotExported,
        );
        self.account(place, &account, handle, Maybe::text(&name, Absent::NotExported));
        let phone = json::field(&person, "phone_number").unwrap_or_default();
        let declared = [
            (SubscriberCategory::Name, "first_name, last_name", name.as_str()),
            (SubscriberCategory::Phone, "phone_number", phone.as_str()),
        ];
        for (part, datum) in (0..).zip(declared).filter(|(_, datum)| !datum.2.trim().is_empty()) {
            self.sink.subscriber(Subscriber {
                account: Maybe::Known(account.clone()),
                ..Subscriber::new(self.exhibit, place, part, PLATFORM, datum)
            });
        }
        self.owner = Some(account);
        Ok(())
    }

    /// The row of an account.
    fn account(
        &mut self,
        place: &Place,
        account: &AccountKey,
        handle: Maybe<String>,
        display_name: Maybe<String>,
    ) {
        self.sink.account(Account {
            native_id: Maybe::Known(account.native().to_owned()),
            handle,
            display_name,
            ..Account::new(self.exhibit, place, 0, account.clone())
        });
    }
}

#[cfg(test)]
mod tests;
