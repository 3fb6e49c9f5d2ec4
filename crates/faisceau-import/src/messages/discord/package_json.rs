//! Discord data package: `messages/c<channel>/messages.json`, packages since 2024.
//!
//! In: the list of the messages that the owner of the package sent in one channel. Names and forms
//! of the four keys are those that public readers of the package use (`viaduct`,
//! `discord-data-package-explorer`), checked on 2026-11-21. Out: a post for each. Refused: nothing
//! that has an id and a readable time.
//!
//! Traps of the format:
//! - A message does not say who wrote it: it is the owner of the package, asked from the settings,
//!   which the case fills from `user.json`. Without it every message is rejected.
//! - Nor does the file say its channel: only its folder does, and names of files are no evidence.
//! - `ID` is a number above 2^53; times have no offset: see [`super::sent`].
//! - Mentions stand as `<@id>`, as they were sent.

use faisceau_model::{Place, Sink};
use serde::de::DeserializeSeed;

use super::PLATFORM;
use super::sent::{self, Sent};
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::json;
use crate::records::settle;
use crate::settings::ImportSettings;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "discord-package-json",
    title: "Discord data package, messages.json of a channel",
    group: Group::Messages,
    gives: &["posts"],
    versions: "packages since March 2024",
    checked: "2026-11-21",
    sample: "tests/fixtures/discord/messages.json",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| head.has_keys(&["[].ID", "[].Timestamp", "[].Contents", "[].Attachments"]),
    parse,
    owner: None,
};

const KEYS: [&str; 4] = ["ID", "Timestamp", "Contents", "Attachments"];

/// Reads the messages of one channel.
fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let exhibit = source.exhibit;
    let bytes = source.read_all(json::MAX_EXHIBIT)?;
    let (text, start) = json::text(&bytes);
    let mut elements = Vec::new();
    let mut document = serde_json::Deserializer::from_str(text);
    let outcome = json::Elements { out: &mut elements, budget: json::MAX_RECORDS }
        .deserialize(&mut document)
        .and_then(|()| document.end());
    let owner = settings.owners.get(exhibit, PLATFORM);
    let zone = settings.zone().ok().flatten();
    let mut fields = Fields::default();
    for (index, raw) in elements.iter().enumerate() {
        let place = Place::Pointer(format!("/{index}"));
        settle(exhibit, &place, raw.get().as_bytes(), sink, |sink| {
            let message = json::object(raw.get())?;
            fields.object("", &message, &KEYS, &place);
            let field = |key: &str| json::field(&message, key);
            let sent = Sent {
                id: field("ID"),
                time: field("Timestamp"),
                contents: field("Contents"),
                attachments: field("Attachments"),
                channel: None,
            };
            sink.post(sent::post(exhibit, &place, owner.cloned(), zone.as_ref(), sent)?);
            Ok(())
        });
    }
    fields.finish(exhibit, sink);
    let end = elements.last().map_or(0, |raw| json::offset(text, raw.get()) + raw.get().len());
    outcome.map_err(|error| json::stop(&error, &bytes, start, start + end, elements.len()))
}
