//! Azure activity log, one JSON object a line, as collectors of the Azure Monitor API write it.
//!
//! Keys are those of the test data of plaso (`event_timestamp`, `caller`, `operation_name`,
//! `http_request.client_ip_address`, `claims`), read on 2026-11-21, and of the events of the API.
//! In: the lines. Out: a connection for each event with an address. Refused: events without.
//!
//! Traps: `caller` is an e-mail address or the id of an application. The token may have been
//! issued to another address (`claims.ipaddr`) than the one the request came from: that one is a
//! row of its own where it differs. One operation gives several events (started, accepted,
//! succeeded) that repeat its address.

use faisceau_model::rows::Connection;
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Place, Sink};
use serde_json::Value;

use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::ndjson;
use crate::json::{self, Flaw, Object};
use crate::rows::sign_in::{action, sign_in, without_address};
use crate::settings::ImportSettings;
use crate::time::written;

/// The name of the platform in account keys and rows.
const PLATFORM: &str = "microsoft";

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "azure-activity-log",
    title: "Azure activity log (JSON lines)",
    group: Group::Logs,
    gives: &["connections"],
    versions: "Azure Monitor events, snake-case keys",
    checked: "2026-11-21",
    sample: "tests/fixtures/microsoft/azure_activity_log.jsonl",
    origin: Origin::Real,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

/// Keys of an event. What it was done to is of no use here.
const KEYS: [&str; 24] = [
    "authorization",
    "claims",
    "caller",
    "description",
    "id",
    "event_data_id",
    "correlation_id",
    "event_name",
    "category",
    "http_request",
    "level",
    "resource_group_name",
    "resource_provider_name",
    "resource_id",
    "resource_type",
    "operation_id",
    "operation_name",
    "properties",
    "status",
    "sub_status",
    "event_timestamp",
    "submission_timestamp",
    "subscription_id",
    "tenant_id",
];

fn sniff(head: &Head<'_>) -> bool {
    let keys = ["event_timestamp", "caller", "operation_name", "subscription_id"];
    ndjson::first_objects(head.bytes)
        .iter()
        .any(|object| keys.iter().all(|key| object.contains_key(*key)))
}

fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let exhibit = source.exhibit;
    let read = |event: &Object, place: &Place, fields: &mut Fields, sink: &mut dyn Sink| {
        fields.object("", event, &KEYS, place);
        sink.connections(connections(exhibit, place, event)?);
        Ok(())
    };
    ndjson::read(source, sink, &read)
}

fn connections(exhibit: ExhibitNo, place: &Place, event: &Object) -> Result<Vec<Connection>, Flaw> {
    let inner = |key: &str| event.get(key).and_then(Value::as_object);
    let value = |key: &str| inner(key).and_then(|inner| json::field(inner, "value"));
    let operation = value("operation_name").unwrap_or_else(|| "an operation".to_owned());
    let from = inner("http_request").and_then(|http| json::field(http, "client_ip_address"));
    let token = inner("claims").and_then(|claims| json::field(claims, "ipaddr"));
    let caller = json::field(event, "caller").map(|caller| {
        if caller.contains('@') {
            AccountKey::by_handle(PLATFORM, &caller)
        } else {
            AccountKey::by_id(PLATFORM, &caller)
        }
    });
    let at_raw = Maybe::or_absent(json::field(event, "event_timestamp"), Absent::NotExported);
    let at = written::read("event_timestamp", &at_raw, None)?;
    let status = value("status");
    let mut rows: Vec<Connection> = Vec::new();
    for (name, written, issued) in [
        ("client_ip_address", from, None),
        ("ipaddr", token, Some("address that the token was issued to")),
    ] {
        let Some(written) = written else { continue };
        let row = sign_in(exhibit, place, rows.len() as u32, PLATFORM, (name, &written))?;
        if rows.iter().any(|other| other.ip == row.ip) {
            continue;
        }
        rows.push(Connection {
            account: Maybe::or_absent(caller.clone(), Absent::NotExported),
            at,
            at_raw: at_raw.clone(),
            request: action([Some(operation.as_str()), status.as_deref(), issued]),
            ..row
        });
    }
    if rows.is_empty() { Err(without_address(&operation)) } else { Ok(rows) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::testing::{dump, mutated, read};

    const SAMPLE: &[u8] = include_bytes!("../../tests/fixtures/microsoft/azure_activity_log.jsonl");

    #[test]
    fn real_events_give_all_columns() {
        let (imported, sink) = read(SAMPLE);
        assert_eq!(imported.name(), Some("azure-activity-log"));
        insta::assert_snapshot!("events", dump(&sink.connections));
        assert!(sink.rejects.is_empty() && sink.unknown_fields.is_empty());
    }

    #[test]
    fn the_address_of_the_token_is_a_row_of_its_own() {
        let (_, sink) = read(
            br#"{"event_timestamp":"2022-02-09T03:04:54Z","caller":"x","subscription_id":"s","operation_name":{"value":"o"},"http_request":{"client_ip_address":"192.0.2.1"},"claims":{"ipaddr":"192.0.2.2"}}
{"event_timestamp":"2022-02-09T03:04:54Z","caller":[1],"operation_name":7}"#,
        );
        assert_eq!(sink.connections.len(), 2);
        assert_eq!(sink.rejects[0].detail, "an operation: no address in it");
    }

    proptest! {
        #[test]
        fn never_panics(bytes in mutated(SAMPLE)) {
            read(&bytes);
        }
    }
}
