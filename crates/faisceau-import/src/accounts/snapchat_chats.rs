//! Snapchat's `json/chat_history.json`, of the data that the owner of an account downloads.
//!
//! Producer: Snapchat "My Data". Two layouts, with the keys that readers of these exports use
//! (RLEAPP `snapChathistory` for the older, test data of several readers for the newer), read on
//! 2026-11-21:
//!
//! - since 2023 one list for each conversation: `From`, `Media Type`, `Created`, `Content`,
//!   `Conversation Title`, `IsSender`, `Created(microseconds)`, `Media IDs`;
//! - before, `Received Saved Chat History` and `Sent Saved Chat History`, with `From` or `To`.
//!
//! In: the file. Out: private posts. Refused: messages sent by the owner of the export when
//! neither the message nor the settings say who that is.
//!
//! Traps of the format:
//! - `Created(microseconds)` is in milliseconds in the exports that were seen. It is believed only
//!   where it names the same second as `Created`, in one unit or the other.
//! - Messages that were not saved have no content; only their type and time are left.
//! - `Media IDs` is one text, with ` | ` between ids. The ids are no file names.

use faisceau_model::rows::Post;
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, PostKind, Precision, RejectReason, Sink,
    ZoneSource,
};
use jiff::tz::TimeZone;
use serde_json::Value;

use super::snapchat_account::PLATFORM;
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::leaves::{elements, not_read, read};
use crate::json::tree::{Held, Leaf};
use crate::json::{self, Flaw, Object};
use crate::rows::declared::said;
use crate::settings::ImportSettings;
use crate::time::stamp::Stamp;

const KNOWN: [&str; 10] = [
    "From",
    "To",
    "Media Type",
    "Created",
    "Content",
    "Text",
    "Conversation Title",
    "IsSender",
    "Created(microseconds)",
    "Media IDs",
];

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "snapchat-chats",
    title: "Snapchat export, chat_history.json",
    group: Group::Accounts,
    gives: &["posts"],
    versions: "My Data of 2019 to 2026, both layouts",
    checked: "2026-11-21",
    sample: "tests/fixtures/snapchat_export/chat_history.json",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

/// Whether a list of the document has messages of Snapchat.
fn sniff(head: &Head<'_>) -> bool {
    let paths = head.key_paths();
    paths.iter().filter_map(|path| path.strip_suffix("[].Media Type")).any(|chat| {
        let has = |key: &str| paths.contains(&format!("{chat}[].{key}"));
        has("Created") && (has("From") || has("To"))
    })
}

/// Reads the file.
///
/// # Errors
/// When the document breaks; what precedes that place is kept.
fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let start = |_: &[Leaf<'_>]| Emit {
        exhibit: source.exhibit,
        zone: settings.zone().ok().flatten(),
        owner: settings.owners.get(source.exhibit, PLATFORM).cloned(),
        fields: Fields::default(),
    };
    read(source, sink, &|_| false, start, Emit::leaf, |emit, sink| {
        emit.fields.finish(source.exhibit, sink);
    })
}

struct Emit {
    exhibit: ExhibitNo,
    zone: Option<TimeZone>,
    owner: Option<AccountKey>,
    fields: Fields,
}

impl Emit {
    fn leaf(&mut self, leaf: &Leaf<'_>, sink: &mut dyn Sink) {
        let Held::List(list) = &leaf.held else {
            not_read(self.exhibit, leaf, sink);
            return;
        };
        let chat = leaf.key();
        elements(self.exhibit, &leaf.pointer, list, sink, |place, message, sink| {
            self.fields.object("", message, &KNOWN, place);
            sink.post(self.post(place, chat, message)?);
            Ok(())
        });
    }

    fn post(&self, place: &Place, chat: &str, message: &Object) -> Result<Post, Flaw> {
        let text = |key| json::field(message, key);
        let (from, to) = (text("From"), text("To"));
        let sent = message.get("IsSender").and_then(Value::as_bool).unwrap_or(from.is_none());
        let by = |name: Option<&str>| {
            name.and_then(said).map(|name| AccountKey::by_handle(PLATFORM, name))
        };
        let author = if sent {
            self.owner.clone().or_else(|| by(from.as_deref()))
        } else {
            by(from.as_deref())
        };
        let account = author.ok_or_else(|| {
            let detail = "the message does not say who sent it, nor do the settings".to_owned();
            (RejectReason::MissingField, detail)
        })?;
        // The older layout has one list for all conversations.
        let saved = chat.ends_with("Chat History");
        let thread = if saved { to.clone().or(from) } else { Some(chat.to_owned()) };
        let me =
            || self.owner.as_ref().map(|owner| owner.native().trim_start_matches('@').to_owned());
        // Snapchat writes a title for groups alone.
        let group = text("Conversation Title").is_some();
        let target = match (sent, group) {
            (true, _) => to.or_else(|| thread.clone()),
            (false, false) => me(),
            (false, true) => None,
        };
        let stamp = self.time(message)?;
        let media = text("Media IDs").unwrap_or_default();
        Ok(Post {
            at: stamp.at,
            at_raw: stamp.raw,
            kind: PostKind::Private,
            text: Maybe::or_absent(text("Content").or(text("Text")), Absent::NotExported),
            target: Maybe::or_absent(target, Absent::NotExported),
            thread: Maybe::or_absent(thread, Absent::NotExported),
            media: media.split(" | ").filter_map(said).map(str::to_owned).collect(),
            ..Post::new(self.exhibit, place, 0, account)
        })
    }

    /// `Created`, with the fraction of `Created(microseconds)` where both agree.
    fn time(&self, message: &Object) -> Result<Stamp, Flaw> {
        let created = json::field(message, "Created");
        let stamp = Stamp::read(created.as_deref(), "Created", self.zone.as_ref())?;
        let count = json::integer(message, "Created(microseconds)");
        let (Maybe::Known(at), Some(count)) = (stamp.at, count) else { return Ok(stamp) };
        let finer = [(1000, Precision::Milli), (1, Precision::Micro)].into_iter().find_map(
            |(unit, precision)| {
                let us = count.checked_mul(unit)?;
                let same = us.div_euclid(1_000_000) == at.at_s();
                Moment::new(us, precision, ZoneSource::Unix).filter(|_| same)
            },
        );
        Ok(match finer {
            Some(at) => Stamp { at: Maybe::Known(at), raw: Maybe::Known(count.to_string()) },
            None => stamp,
        })
    }
}

#[cfg(test)]
mod tests;
