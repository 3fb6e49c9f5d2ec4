//! Discord data package: `activity/<analytics|modeling|reporting|tns>/events-*.json`.
//!
//! In: JSON lines, one event each, with the keys that a published description of a package of 2022
//! and public readers name (`event_type`, `event_id`, `user_id`, `ip`, `os`, `browser`,
//! `timestamp`), checked on 2026-11-21; no real file was at hand. Out: a connection for each event
//! that has an address. Refused: events without address (set aside), addresses and times that
//! cannot be read.
//!
//! Traps of the format:
//! - `timestamp` is a JSON text inside a JSON text: `"\"2020-03-26T05:07:54.364Z\""`. Times of the
//!   client stand beside it (`client_send_timestamp`), and are not read.
//! - Each type of event has other keys: only those that are read are looked at, for a list of
//!   unknown keys would name hundreds.
//! - Files reach gigabytes; the same event may stand in two folders.

use faisceau_model::rows::Connection;
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, RejectReason, Sink, excerpt,
};

use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::ndjson;
use crate::json::{self, Flaw, Object};
use crate::rows::sign_in::sign_in;
use crate::settings::ImportSettings;

/// The name of the platform in account keys and rows.
const PLATFORM: &str = "discord";

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "discord-package-events",
    title: "Discord data package, events of activity (JSON lines)",
    group: Group::Accounts,
    gives: &["connections"],
    versions: "packages of 2020 to 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/discord/events.json",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

/// Keys that all events have.
const ALWAYS: [&str; 5] = ["event_type", "event_id", "domain", "user_id", "day"];

fn sniff(head: &Head<'_>) -> bool {
    ndjson::first_objects(head.bytes)
        .iter()
        .any(|event| ALWAYS.iter().all(|key| event.contains_key(*key)))
}

/// Reads the events.
fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let owner = settings.owners.get(source.exhibit, PLATFORM);
    let exhibit = source.exhibit;
    ndjson::read(source, sink, &|event, place, _, sink| {
        json::required(event, "event_type")?;
        let row = connection(event, place, owner, exhibit)?;
        sink.connections(vec![row]);
        Ok(())
    })
}

/// The use of an address that an event is.
fn connection(
    event: &Object,
    place: &Place,
    owner: Option<&AccountKey>,
    exhibit: ExhibitNo,
) -> Result<Connection, Flaw> {
    let Some(raw) = json::field(event, "ip") else {
        return Err((RejectReason::SetAside, "an event without address".to_owned()));
    };
    let used = sign_in(exhibit, place, 0, PLATFORM, ("ip", &raw))?;
    let account = json::field(event, "user_id").map(|id| AccountKey::by_id(PLATFORM, &id));
    let client = ["os", "os_version", "browser", "device", "client_version"];
    let client: Vec<String> = client.iter().filter_map(|key| json::field(event, key)).collect();
    let (at, at_raw) = time(event)?;
    Ok(Connection {
        account: Maybe::or_absent(account.or_else(|| owner.cloned()), Absent::NotExported),
        at,
        at_raw,
        user_agent: Maybe::text(&client.join(" "), Absent::NotExported),
        request: Maybe::or_absent(json::field(event, "event_type"), Absent::NotExported),
        ..used
    })
}

/// The time of the server, between one or two pairs of quotation marks.
fn time(event: &Object) -> Result<(Maybe<Moment>, Maybe<String>), Flaw> {
    let Some(raw) = json::field(event, "timestamp") else {
        let none = Absent::NotExported;
        return Ok((Maybe::Missing(none), Maybe::Missing(none)));
    };
    let at = Moment::from_rfc3339(raw.trim().trim_matches('"')).ok_or_else(|| {
        (RejectReason::Time, format!("`timestamp` is no time: `{}`", excerpt(&raw, 40)))
    })?;
    Ok((Maybe::Known(at), Maybe::Known(raw)))
}

#[cfg(test)]
mod tests;
