//! Sessions of the exporter's own account: the last address of each device.
//!
//! In: one element of `sessions.list` or `web_sessions.list`. Out: a connection at the last
//! activity, and the application with its first and last use. Refused: a session without a
//! readable address. The first use of a session (`created`) has no address in this format: it
//! gives no connection.

use faisceau_model::rows::{Connection, Device};
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, RejectReason};

use super::PLATFORM;
use crate::fields::Fields;
use crate::json::{self, Flaw};
use crate::rows::sign_in::sign_in;

const SESSION: [&str; 15] = [
    "last_active",
    "last_active_unixtime",
    "last_ip",
    "last_country",
    "last_region",
    "application_name",
    "application_version",
    "device_model",
    "platform",
    "system_version",
    "created",
    "created_unixtime",
    "bot_username",
    "domain_name",
    "browser",
];

/// The connection and the application that a session shows.
pub(super) fn rows(
    exhibit: ExhibitNo,
    place: &Place,
    owner: Option<&AccountKey>,
    (session, fields): (&str, &mut Fields),
) -> Result<(Connection, Device), Flaw> {
    let session = json::object(session)?;
    fields.object("sessions.list.", &session, &SESSION, place);
    let raw = json::required(&session, "last_ip")?;
    let used = sign_in(exhibit, place, 0, PLATFORM, ("last_ip", &raw))?;
    let device = [
        "application_name",
        "application_version",
        "device_model",
        "platform",
        "system_version",
        "browser",
        "domain_name",
    ];
    let device: Vec<String> = device.iter().filter_map(|key| json::field(&session, key)).collect();
    let label = Maybe::text(&device.join(" "), Absent::NotExported);
    let account = Maybe::or_absent(owner.cloned(), Absent::NotExported);
    let last = unix(&session, "last_active_unixtime")?;
    let device = Device {
        account: account.clone(),
        label: label.clone(),
        first: unix(&session, "created_unixtime")?,
        last,
        ..Device::new(exhibit, place, 0, PLATFORM, "application")
    };
    let connection = Connection {
        account,
        at: last,
        at_raw: Maybe::or_absent(
            json::field(&session, "last_active_unixtime"),
            Absent::NotExported,
        ),
        user_agent: label,
        request: Maybe::Known("last activity of a session".to_owned()),
        ..used
    };
    Ok((connection, device))
}

/// Only Unix times are read: the local ones have no zone.
fn unix(session: &json::Object, key: &str) -> Result<Maybe<Moment>, Flaw> {
    if json::field(session, key).is_none() {
        return Ok(Maybe::Missing(Absent::NotExported));
    }
    match json::integer(session, key).and_then(Moment::from_unix_seconds) {
        Some(at) => Ok(Maybe::Known(at)),
        None => Err((RejectReason::Time, format!("`{key}` is no Unix time"))),
    }
}
