//! The log of Nextcloud and ownCloud, `nextcloud.log`.
//!
//! Producer: Nextcloud 20 to 30 (`log_type: file`), which writes one JSON object a line. Keys seen
//! in real lines: `reqId`, `level`, `time`, `remoteAddr`, `user`, `app`, `method`, `url`,
//! `message`, `userAgent`, `version`, `data`, `exception`.
//!
//! In: lines. Out: one connection for each record that has an address. Set aside: what the server
//! does by itself (background jobs). Refused: a record without time.
//!
//! Traps:
//! - `user` is `--` (and in old versions `false`) where nobody is logged in. A failed log-in names
//!   in its message what somebody typed: no account is recorded for it.
//! - The time follows the zone of the server's settings, with its offset.
//! - The level is what the server thinks of it; nothing is left out by it.

use faisceau_model::rows::Connection;
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Place, RejectReason, Sink};
use jiff::tz::TimeZone;
use serde_json::Value;

use super::access::account_of;
use super::stamp;
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::json::ndjson;
use crate::json::{Flaw, Object, field, required};
use crate::settings::ImportSettings;
use crate::text::address::{differing, endpoint};

/// Keys of a record.
const KNOWN: [&str; 15] = [
    "reqId",
    "level",
    "time",
    "remoteAddr",
    "user",
    "app",
    "method",
    "url",
    "message",
    "userAgent",
    "version",
    "data",
    "exception",
    "scriptName",
    "clientReqId",
];

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "nextcloud-log",
    title: "Nextcloud or ownCloud log",
    group: Group::Logs,
    gives: &["connections"],
    versions: "Nextcloud 20 to 30",
    checked: "2026-11-21",
    sample: "tests/fixtures/logs/crowdsec/nextcloud-logs.log",
    origin: Origin::Real,
    rank: Rank::Structure,
    sniff: |head| head.has_keys(&["reqId", "remoteAddr", "time", "message", "user"]),
    parse,
    owner: None,
};

fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let zone = stamp::zone(settings)?;
    let cloud = Cloud { exhibit: source.exhibit, service: &settings.service, zone };
    ndjson::read(source, sink, &|object, place, fields, sink| {
        let row = cloud.row(object, place, fields)?;
        sink.connections(vec![row]);
        Ok(())
    })
}

struct Cloud<'s> {
    exhibit: ExhibitNo,
    service: &'s str,
    zone: Option<TimeZone>,
}

impl Cloud<'_> {
    fn row(&self, object: &Object, place: &Place, fields: &mut Fields) -> Result<Connection, Flaw> {
        fields.object("", object, &KNOWN, place);
        let Some(address) = field(object, "remoteAddr") else {
            let detail = "a message of the server that concerns no address";
            return Err((RejectReason::SetAside, detail.to_owned()));
        };
        let (ip, port) = endpoint(address.trim()).ok_or_else(|| {
            (RejectReason::Address, "`remoteAddr` is not written as an address".to_owned())
        })?;
        let raw = required(object, "time")?;
        let at = stamp::any_form(&raw, self.zone.as_ref())
            .ok_or_else(|| (RejectReason::Time, "`time` cannot be read".to_owned()))?;
        let message = match object.get("message") {
            Some(Value::String(text)) => Some(text.clone()),
            Some(other) if !other.is_null() => Some(other.to_string()),
            _ => None,
        };
        Ok(Connection {
            account: self.account(object, message.as_deref()),
            at: Maybe::Known(at),
            at_raw: Maybe::Known(raw),
            ip_raw: differing(&address, ip),
            port: Maybe::or_absent(port.map(i64::from), Absent::NotRecorded),
            user_agent: Maybe::or_absent(
                field(object, "userAgent").filter(|agent| agent != "--"),
                Absent::NotExported,
            ),
            request: request(object, message),
            ..Connection::new(self.exhibit, place, 0, ip.to_string(), self.service)
        })
    }

    fn account(&self, object: &Object, message: Option<&str>) -> Maybe<AccountKey> {
        match field(object, "user").filter(|user| user != "--") {
            Some(user) => account_of(self.service, Maybe::Known(&user), ""),
            None if message.is_some_and(|text| text.starts_with("Login failed")) => {
                Maybe::Missing(Absent::NotApplicable)
            }
            None => Maybe::Missing(Absent::NotRecorded),
        }
    }
}

/// `POST /login: Login failed: …`.
fn request(object: &Object, message: Option<String>) -> Maybe<String> {
    let known = |key: &str| field(object, key).filter(|text| text != "--");
    let asked: Vec<String> = ["method", "url"].iter().filter_map(|key| known(key)).collect();
    let line = [Some(asked.join(" ")), message]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(": ");
    Maybe::text(&line, Absent::NotExported)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{dump, mutated, read, reasons};

    const SAMPLE: &[u8] = include_bytes!("../../tests/fixtures/logs/crowdsec/nextcloud-logs.log");

    #[test]
    fn all_columns_of_the_sample() {
        let (imported, sink) = read(SAMPLE);
        assert_eq!(imported.name(), Some("nextcloud-log"));
        insta::assert_snapshot!("nextcloud", dump(&sink.connections));
        assert_eq!(reasons(&sink), Vec::<String>::new());
        assert!(sink.unknown_fields.is_empty());
    }

    #[test]
    fn hostile_records_are_rows_or_rejects() {
        let frame = |parts: &str| {
            format!(
                "{{\"reqId\":\"a\",\"time\":\"2026-03-01T14:05:12+01:00\",\"remoteAddr\":\"192.0.2.9\",\
                 \"user\":\"ann\",\"message\":\"x\"{parts}}}\n"
            )
        };
        let log = frame("")
            + &frame(",\"remoteAddr\":[1]")
            + &frame(",\"time\":\"2026-02-30T14:05:12+01:00\"")
            + &frame(",\"remoteAddr\":\"192.0.2.999\"")
            + &frame(",\"remoteAddr\":\"\",\"user\":\"--\"")
            + &frame(",\"message\":{\"Exception\":\"\\u001b[2J=1+1\"},\"new\":1")
            + &frame(&format!(",\"data\":{}{}", "[".repeat(200), "]".repeat(200)))
            + "{\"reqId\":";
        let (_, sink) = read(log.as_bytes());
        assert_eq!(sink.connections.len(), 2);
        assert_eq!(sink.connections[0].account.known().unwrap().as_str(), "site:@ann");
        let expected: Vec<RejectReason> = sink.rejects.iter().map(|r| r.reason).collect();
        assert_eq!(
            expected,
            [
                RejectReason::SetAside,
                RejectReason::Time,
                RejectReason::Address,
                RejectReason::SetAside,
                RejectReason::Limit,
                RejectReason::Syntax,
            ]
        );
        assert_eq!(sink.unknown_fields[0].field, "new");
    }

    proptest! {
        #[test]
        fn every_record_is_settled(bytes in mutated(SAMPLE)) {
            read(&bytes);
        }
    }
}
