//! Elements to rows, for archives and for answers to legal requests alike.
//!
//! In: the raw text of an element, its part and its place. Out: rows, a reject for what gives
//! none, and the keys that are not known. Refused: nothing; each element is settled.

use faisceau_model::{Absent, Maybe, Place, RejectReason, Sink};
use serde_json::Value;
use serde_json::value::RawValue;

use super::part::Part;
use super::rows::{Context, Rows};
use super::spot::Spot;
use super::{connection, device, holder, message, tweet};
use crate::fields::Fields;
use crate::json::document::document;
use crate::json::{self, Flaw, Object};
use crate::records::{set_aside, settle};
use crate::rows::repeated::repeated;

/// Turns elements into rows.
pub(crate) struct Reader<'s> {
    /// What is known of the file.
    pub(crate) context: Context,
    /// Keys that are not known.
    pub(crate) fields: Fields,
    /// Where the rows go.
    pub(crate) sink: &'s mut dyn Sink,
    /// Whether elements may come without the key that wraps them.
    pub(crate) bare: bool,
}

impl Reader<'_> {
    /// Reads one element: a record, or the records of a conversation.
    pub(crate) fn element(&mut self, part: Part, raw: &str, spot: Spot<'_>) {
        if matches!(part, Part::Messages | Part::MessageHeaders) {
            self.conversation(raw, spot);
            return;
        }
        let place = spot.place("", raw);
        let Self { context, fields, sink, bare } = self;
        let shown = if part.identifies() { "" } else { raw };
        settle(context.exhibit, &place, shown.as_bytes(), &mut **sink, |sink| {
            let element = json::object(raw)?;
            let record = wrapped(&element, part.wrapper(), *bare, fields, &place)?;
            fields.object(&format!("{}.", part.wrapper()), record, known(part), &place);
            rows(part, context, &place, record)?.hand_over(sink)
        });
    }

    /// The messages of one conversation, which may be too many for one record.
    fn conversation(&mut self, raw: &str, spot: Spot<'_>) {
        let wrapper = Part::Messages.wrapper();
        let place = spot.place("", raw);
        let (outer, _) = document(raw, &|_| false);
        let inner = match outer.other(wrapper) {
            None if self.bare => raw,
            None => {
                self.settle_flaw(&place, raw, json::object(raw).and_then(|_| missing(wrapper)));
                return;
            }
            Some(inner) => inner.get(),
        };
        let (conversation, _) = document(inner, &|key| key == "messages");
        for (key, _) in &conversation.others {
            if !message::CONVERSATION_KEYS.contains(&key.as_str()) {
                self.fields.note("dmConversation.", key, 1, &place);
            }
        }
        let thread = conversation.other("conversationId").and_then(scalar).map(repeated);
        let inside = if outer.other(wrapper).is_some() { "/dmConversation" } else { "" };
        let messages = conversation.lists.iter().flat_map(|(_, list)| list);
        for (index, event) in messages.enumerate() {
            let event_place = spot.place(&format!("{inside}/messages/{index}"), event.get());
            self.event(event.get(), &event_place, thread.as_deref());
        }
        if conversation.elements() == 0 {
            let detail = "a conversation without messages";
            set_aside(self.context.exhibit, &place, b"", detail, &mut *self.sink);
        }
    }

    /// One event of a conversation.
    pub(crate) fn event(&mut self, raw: &str, place: &Place, thread: Option<&str>) {
        let Self { context, fields, sink, .. } = self;
        settle(context.exhibit, place, raw.as_bytes(), &mut **sink, |sink| {
            let event = json::object(raw)?;
            let record = message::in_event(&event)?;
            fields.object("messageCreate.", record, message::KEYS, place);
            message::message(context, place, record, thread)?.hand_over(sink)
        });
    }

    fn settle_flaw(&mut self, place: &Place, raw: &str, outcome: Result<(), Flaw>) {
        settle(self.context.exhibit, place, raw.as_bytes(), &mut *self.sink, |_| outcome);
    }
}

/// The object inside the key that wraps it; the keys beside that one are not known.
fn wrapped<'e>(
    element: &'e Object,
    wrapper: &str,
    bare: bool,
    fields: &mut Fields,
    place: &Place,
) -> Result<&'e Object, Flaw> {
    // Archives of 2023 name the devices that hold keys without the outer key.
    let also_bare = wrapper == Part::KeyRegistry.wrapper();
    match element.get(wrapper) {
        Some(Value::Object(record)) => {
            fields.object("", element, &[wrapper], place);
            Ok(record)
        }
        _ if bare || also_bare => Ok(element),
        _ => missing(wrapper),
    }
}

fn missing<T>(key: &str) -> Result<T, Flaw> {
    Err((RejectReason::MissingField, format!("`{key}` is missing")))
}

fn scalar(raw: &RawValue) -> Option<String> {
    match serde_json::from_str(raw.get()).ok()? {
        Value::String(text) => Maybe::text(&text, Absent::NotExported).into_known(),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The keys of a record that are read, or known and left.
fn known(part: Part) -> &'static [&'static str] {
    match part {
        Part::Tweets => tweet::KEYS,
        Part::TweetHeaders => tweet::HEADER_KEYS,
        Part::Notes => tweet::NOTE_KEYS,
        Part::Messages | Part::MessageHeaders => message::KEYS,
        Part::Grok => message::GROK_KEYS,
        Part::Account => holder::ACCOUNT_KEYS,
        Part::Profile => holder::PROFILE_KEYS,
        Part::ScreenName | Part::EmailChange => holder::CHANGE_KEYS,
        Part::IpAudit => connection::AUDIT_KEYS,
        Part::CreationIp => connection::CREATION_KEYS,
        Part::DeviceToken => device::TOKEN_KEYS,
        Part::NiDevices => device::NI_KEYS,
        Part::Application => device::APPLICATION_KEYS,
        Part::KeyRegistry => device::REGISTRY_KEYS,
        Part::Phone | Part::Age | Part::Verified | Part::TimeZone | Part::Suspension => {
            holder::SMALL_KEYS
        }
    }
}

fn rows(part: Part, context: &Context, place: &Place, record: &Object) -> Result<Rows, Flaw> {
    match part {
        Part::Tweets => tweet::tweet(context, place, record),
        Part::TweetHeaders => tweet::header(context, place, record),
        Part::Notes => tweet::note(context, place, record),
        Part::Messages | Part::MessageHeaders => message::message(context, place, record, None),
        Part::Grok => message::prompt(context, place, record),
        Part::Account => holder::account(context, place, record),
        Part::Profile => holder::profile(context, place, record),
        Part::ScreenName => holder::renamed(context, place, record),
        Part::EmailChange => Ok(holder::readdressed(context, place, record)),
        Part::IpAudit => connection::login(context, place, record),
        Part::CreationIp => connection::creation(context, place, record),
        Part::DeviceToken => device::token(context, place, record),
        Part::NiDevices => Ok(device::notified(context, place, record)),
        Part::Application => device::application(context, place, record),
        Part::KeyRegistry => Ok(device::registry(context, place, record)),
        Part::Phone => holder::phone(context, place, record),
        Part::Age => Ok(holder::age(context, place, record)),
        Part::Verified => Ok(holder::word(context, place, record, "verified")),
        Part::TimeZone => Ok(holder::word(context, place, record, "timeZone")),
        Part::Suspension => holder::suspended(context, place, record),
    }
}
