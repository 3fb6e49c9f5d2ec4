//! Microsoft 365, unified audit log (Purview): the CSV of a search, and its records as JSON lines.
//!
//! Producers: the Purview portal (`RecordId,CreationDate,RecordType,Operation,UserId,AuditData,…`),
//! `Search-UnifiedAuditLog`, and tools that write one `AuditData` object a line. Keys are those of
//! Microsoft's schema of the Office 365 Management Activity API and of public samples, read on
//! 2026-11-21. In: the table, or the lines. Out: a connection for each record with an address.
//! Refused: records without address, which are set aside with their operation.
//!
//! Traps of the format:
//! - `CreationTime` is UTC by Microsoft's documentation and has no offset; `CreationDate` of the
//!   table has one in newer exports. Where no record says the zone, it is assumed, whatever the
//!   zone of the case.
//! - The address may be `ip`, `ip:port` or `[v6]:port`, below `ClientIP`, `ClientIPAddress` or
//!   `ActorIpAddress`; Exchange and `SharePoint` write that of a Microsoft server when an app acts.
//! - The user agent stands in a list of names and values, or in `ClientInfoString`.
//! - Keys differ with each operation: those that are not read are not listed as unknown.
//! - `UserId` is a name that may change, or the id of an application.

use faisceau_model::rows::Connection;
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, Sink, ZoneSource};
use jiff::tz::TimeZone;
use serde_json::Value;

use super::PLATFORM;
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::ndjson;
use crate::json::{self, Flaw, Object};
use crate::rows::sign_in::{action, sign_in, without_address};
use crate::settings::ImportSettings;
use crate::tables::headed::{self, Layout};
use crate::time::written;

/// The table.
pub(crate) static TABLE: Format = Format {
    name: "microsoft-audit-log",
    title: "Microsoft 365 unified audit log (CSV)",
    group: Group::Accounts,
    gives: &["connections"],
    versions: "Purview exports of 2019 to 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/microsoft/audit_log.csv",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| LAYOUT.sniff(head.bytes),
    parse: parse_table,
    owner: None,
};

/// The lines.
pub(crate) static LINES: Format = Format {
    name: "microsoft-audit-jsonl",
    title: "Microsoft 365 unified audit log (JSON lines)",
    group: Group::Accounts,
    gives: &["connections"],
    versions: "Office 365 Management Activity API",
    checked: "2026-11-21",
    sample: "tests/fixtures/microsoft/audit_log.jsonl",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: sniff_lines,
    parse: parse_lines,
    owner: None,
};

const LAYOUT: Layout = Layout {
    wanted: &["CreationDate", "AuditData"],
    used: &[],
    ignored: &[
        "RecordId",
        "RecordType",
        "Operation",
        "Operations",
        "UserId",
        "UserIds",
        "AssociatedAdminUnits",
        "AssociatedAdminUnitsNames",
        "AssociatedAdminUnitNames",
        "Identity",
        "ResultIndex",
        "ResultCount",
        "IsValid",
        "ObjectState",
        "PSComputerName",
        "RunspaceId",
        "PSShowComputerName",
    ],
    exact: false,
};

/// Keys under which the address may stand, best first.
const ADDRESSES: [&str; 3] = ["ClientIP", "ClientIPAddress", "ActorIpAddress"];

fn sniff_lines(head: &Head<'_>) -> bool {
    let keys = ["CreationTime", "Operation", "RecordType", "UserId", "Workload"];
    ndjson::first_objects(head.bytes)
        .iter()
        .any(|object| keys.iter().all(|key| object.contains_key(*key)))
}

fn parse_table(
    source: &Source<'_>,
    _: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    headed::read(source, &LAYOUT, sink, |entry, place, sink| {
        let record = json::object(entry.required("AuditData")?)?;
        let row = connection(source.exhibit, place, &record, entry.value("CreationDate"))?;
        sink.connections(vec![row]);
        Ok(())
    })
}

fn parse_lines(
    source: &Source<'_>,
    _: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let exhibit = source.exhibit;
    let read = |record: &Object, place: &Place, _: &mut Fields, sink: &mut dyn Sink| {
        sink.connections(vec![connection(exhibit, place, record, None)?]);
        Ok(())
    };
    ndjson::read(source, sink, &read)
}

fn connection(
    exhibit: ExhibitNo,
    place: &Place,
    record: &Object,
    date: Option<&str>,
) -> Result<Connection, Flaw> {
    let operation = json::required(record, "Operation")?;
    let found = ADDRESSES.iter().find_map(|key| {
        let text = json::field(record, key).filter(|text| !matches!(text.trim(), "<null>" | "-"));
        Some((*key, text?))
    });
    let Some((key, written)) = found else { return Err(without_address(&operation)) };
    let row = sign_in(exhibit, place, 0, PLATFORM, (key, &written))?;
    let user = json::field(record, "UserId");
    let account = user.map(|user| {
        if user.contains('@') {
            AccountKey::by_handle(PLATFORM, &user)
        } else {
            AccountKey::by_id(PLATFORM, &user)
        }
    });
    let [workload, result] = ["Workload", "ResultStatus"].map(|key| json::field(record, key));
    Ok(Connection {
        account: Maybe::or_absent(account, Absent::NotExported),
        at: time(record, date)?,
        at_raw: Maybe::or_absent(json::field(record, "CreationTime"), Absent::NotExported),
        user_agent: Maybe::or_absent(user_agent(record), Absent::NotExported),
        request: action([Some(operation.as_str()), workload.as_deref(), result.as_deref()]),
        ..row
    })
}

/// The time of a record. Its offset is that of the table where both say the same instant.
fn time(record: &Object, date: Option<&str>) -> Result<Maybe<Moment>, Flaw> {
    const KEY: &str = "CreationTime";
    let written = Maybe::or_absent(json::field(record, KEY), Absent::NotExported);
    let at = written::read(KEY, &written, Some(&TimeZone::UTC))?;
    let date = date.and_then(|date| written::moment(date, None));
    let explicit = |date: Moment| date.zone() == ZoneSource::Explicit;
    Ok(match (at, date) {
        (Maybe::Known(at), Some(date)) if explicit(date) && date.at_us() == at.at_us() => {
            Maybe::Known(date)
        }
        (Maybe::Missing(_), Some(date)) => Maybe::Known(date),
        (at, _) => at,
    })
}

fn user_agent(record: &Object) -> Option<String> {
    for key in ["UserAgent", "ClientInfoString"] {
        if let Some(agent) = json::field(record, key) {
            return Some(agent);
        }
    }
    let lists = ["ExtendedProperties", "DeviceProperties"].iter();
    let entries = lists.filter_map(|key| record.get(*key).and_then(Value::as_array)).flatten();
    entries.filter_map(Value::as_object).find_map(|entry| {
        let name = json::field(entry, "Name")?;
        json::field(entry, "Value").filter(|_| name.eq_ignore_ascii_case("UserAgent"))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::testing::{dump, mutated, read};

    const CSV: &[u8] = include_bytes!("../../../tests/fixtures/microsoft/audit_log.csv");
    const JSONL: &[u8] = include_bytes!("../../../tests/fixtures/microsoft/audit_log.jsonl");

    fn refusals(sink: &faisceau_model::Collected) -> Vec<String> {
        sink.rejects.iter().map(|r| format!("{}: {}", r.reason, r.detail)).collect()
    }

    #[test]
    fn the_table_gives_all_columns() {
        let (imported, sink) = read(CSV);
        assert_eq!(imported.name(), Some("microsoft-audit-log"));
        insta::assert_snapshot!("table", dump(&sink.connections));
        assert_eq!(
            refusals(&sink),
            [
                "set_aside: the header of the table",
                "set_aside: Add service principal.: no address in it",
                "time: `CreationTime` is no time: `demain`",
                "syntax: key must be a string at line 1 column 2 of the record",
            ]
        );
    }

    #[test]
    fn the_lines_give_the_same_uses_with_an_assumed_zone() {
        let (imported, sink) = read(JSONL);
        assert_eq!(imported.name(), Some("microsoft-audit-jsonl"));
        insta::assert_snapshot!("lines", dump(&sink.connections));
        assert_eq!(sink.rejects.len(), 3);
    }

    proptest! {
        #[test]
        fn never_panics(csv in mutated(CSV), lines in mutated(JSONL)) {
            read(&csv);
            read(&lines);
        }
    }
}
