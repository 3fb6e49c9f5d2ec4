//! Access logs of web servers that write one JSON object a line: Caddy, Traefik, nginx.
//!
//! Producers: Caddy 2 (keys of its access log, seen in real lines), Traefik 2 and 3 (names of its
//! access log fields, from its documentation), nginx with a `log_format … escape=json` whose keys
//! are the names of its variables, as most administrators call them.
//!
//! In: lines. Out: one connection a line, in order. Objects of another kind (messages of the
//! server itself, which share Caddy's file) are set aside. Refused: a record without address or
//! time.
//!
//! Traps:
//! - Caddy: `client_ip` is who a trusted proxy named, `remote_ip` the other end of the connection,
//!   and `remote_port` is the port of the latter alone.
//! - Traefik's `ClientHost` is the address of the connection, or what X-Forwarded-For says behind
//!   a trusted proxy; `ClientAddr` holds the address and port of the connection.
//! - A time is a number, a text with its offset, or Apache's form, as the configuration has it.
//! - JSON escapes are undone, for no byte of the line could be searched otherwise.

mod caddy;
mod nginx;
#[cfg(test)]
mod tests;
mod traefik;

use faisceau_model::{RejectReason, Sink};
use jiff::tz::TimeZone;

use super::pattern::{Found, Slot};
use super::stamp;
use super::web::{Log, When};
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::json::ndjson::{self, first_objects};
use crate::json::{self, Flaw, Object};
use crate::settings::ImportSettings;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "json-access-log",
    title: "Access log in JSON lines: Caddy, Traefik, nginx",
    group: Group::Logs,
    gives: &["connections"],
    versions: "Caddy 2, Traefik 2 and 3, nginx with keys named as its variables",
    checked: "2026-11-21",
    sample: "tests/fixtures/logs/crowdsec/caddy-logs.log",
    origin: Origin::Real,
    rank: Rank::Structure,
    sniff: |head| first_objects(head.bytes).iter().any(|object| Server::of(object).is_some()),
    parse,
    owner: None,
};

/// Who wrote a record.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Server {
    Caddy,
    Traefik,
    Nginx,
}

impl Server {
    fn of(object: &Object) -> Option<Self> {
        if caddy::is(object) {
            Some(Self::Caddy)
        } else if traefik::is(object) {
            Some(Self::Traefik)
        } else {
            nginx::is(object).then_some(Self::Nginx)
        }
    }
}

/// The values of a record, and its time as written.
#[derive(Default)]
struct Values {
    values: Vec<(Slot, String)>,
    time: Option<String>,
}

impl Values {
    /// Keeps a text or a number under its kind.
    fn keep(&mut self, slot: Slot, object: &Object, key: &str) {
        match object.get(key) {
            Some(serde_json::Value::String(text)) => self.values.push((slot, text.clone())),
            Some(serde_json::Value::Number(number)) => {
                self.values.push((slot, number.to_string()));
            }
            _ => {}
        }
    }

    fn found(&self) -> Found<'_> {
        Found(self.values.iter().map(|(slot, text)| (*slot, text.as_str())).collect())
    }
}

fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let zone = stamp::zone(settings)?;
    let log = Log { exhibit: source.exhibit, service: &settings.service };
    ndjson::read(source, sink, &|object, place, fields, sink| {
        let values = values(object, place, fields)?;
        let when = when(&values, zone.as_ref())?;
        sink.connections(vec![log.connection(&values.found(), when, place)?]);
        Ok(())
    })
}

fn values(
    object: &Object,
    place: &faisceau_model::Place,
    fields: &mut Fields,
) -> Result<Values, Flaw> {
    match Server::of(object) {
        Some(Server::Caddy) => Ok(caddy::values(object, place, fields)),
        Some(Server::Traefik) => Ok(traefik::values(object, place, fields)),
        Some(Server::Nginx) => Ok(nginx::values(object, place, fields)),
        None => {
            let message = ["msg", "message"].iter().find_map(|key| json::field(object, key));
            Err(match message {
                Some(_) => {
                    (RejectReason::SetAside, "a message of the server, no request".to_owned())
                }
                None => (RejectReason::MissingField, "not a record of a request".to_owned()),
            })
        }
    }
}

fn when(values: &Values, zone: Option<&TimeZone>) -> Result<When, Flaw> {
    let raw = values
        .time
        .clone()
        .ok_or_else(|| (RejectReason::Time, "the record has no time".to_owned()))?;
    let at = stamp::any_form(&raw, zone)
        .ok_or_else(|| (RejectReason::Time, "the time cannot be read".to_owned()))?;
    Ok(When { at, raw })
}
