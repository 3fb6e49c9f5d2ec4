//! Sessions of the exporter's own account: the last address of each device.
//!
//! In: one element of `sessions.list` or `web_sessions.list`. Out: a connection at the last
//! activity. Refused: a session without a readable address. The first use of a session
//! (`created`) has no address in this format and is not read.

use faisceau_model::rows::Connection;
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, RejectReason, RowId};

use super::PLATFORM;
use crate::address::endpoint;
use crate::json::{self, Flaw};

/// The connection that a session shows.
pub(super) fn connection(
    exhibit: ExhibitNo,
    place: &Place,
    owner: Option<&AccountKey>,
    raw: &str,
) -> Result<Connection, Flaw> {
    let session = json::object(raw)?;
    let ip = json::required(&session, "last_ip")?;
    let (ip, port) = endpoint(ip.trim())
        .ok_or_else(|| (RejectReason::Address, "`last_ip` is not an address".to_owned()))?;
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
    Ok(Connection {
        id: RowId::at("con", exhibit, place, 0),
        exhibit,
        place: place.clone(),
        account: Maybe::or_absent(owner.cloned(), Absent::NotExported),
        at: last_active(&session)?,
        ip: ip.to_string(),
        port: Maybe::or_absent(port.map(i64::from), Absent::NotRecorded),
        user_agent: Maybe::text(&device.join(" "), Absent::NotExported),
        request: Maybe::Known("last activity of a session".to_owned()),
        status: Maybe::Missing(Absent::NotApplicable),
        bytes: Maybe::Missing(Absent::NotApplicable),
        referer: Maybe::Missing(Absent::NotApplicable),
        service: PLATFORM.to_owned(),
        forwarded: Maybe::Missing(Absent::NotRecorded),
        declared: false,
    })
}

/// Only the Unix time is read: the local one has no zone.
fn last_active(session: &json::Object) -> Result<Maybe<Moment>, Flaw> {
    if json::field(session, "last_active_unixtime").is_none() {
        return Ok(Maybe::Missing(Absent::NotExported));
    }
    match json::integer(session, "last_active_unixtime").and_then(Moment::from_unix_seconds) {
        Some(at) => Ok(Maybe::Known(at)),
        None => Err((RejectReason::Time, "`last_active_unixtime` is no Unix time".to_owned())),
    }
}
