//! A session of the account: a browser or an application that was signed in.
//!
//! In: an element of `user_sessions`. Out: the token with its first and last use, and a connection
//! at the last use. Refused: a session without hash and without address, and an address or a time
//! that cannot be read.

use faisceau_model::rows::{Connection, Device};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, RejectReason, Sink, excerpt,
};
use serde_json::Value;

use super::PLATFORM;
use crate::fields::Fields;
use crate::json::{self, Flaw, Object};
use crate::rows::sign_in::sign_in;

const SESSION: [&str; 10] = [
    "id_hash",
    "user_data",
    "is_soft_deleted",
    "creation_time",
    "approx_last_used_time",
    "expiration_time",
    "client_info",
    "is_mfa",
    "is_bot",
    "version",
];
const CLIENT: [&str; 4] = ["ip", "os", "platform", "location"];

/// Notes the keys that are not known.
pub(super) fn note_fields(session: &Object, fields: &mut Fields, place: &Place) {
    fields.object("user_sessions.", session, &SESSION, place);
    let data = data(session);
    if data.len() != session.len() {
        fields.object("user_sessions.user_data.", data, &SESSION, place);
    }
    if let Some(client) = object(data, "client_info") {
        fields.object("user_sessions.user_data.client_info.", client, &CLIENT, place);
    }
}

/// The rows of a session.
pub(super) fn rows(
    exhibit: ExhibitNo,
    place: &Place,
    account: Option<&AccountKey>,
    session: &Object,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    let data = data(session);
    let client = object(data, "client_info");
    let said = |key: &str| json::field(client?, key);
    let label = [said("os"), said("platform"), said("location")];
    let label = label.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let hash = json::field(session, "id_hash");
    let (first, last) = (time(data, "creation_time")?, time(data, "approx_last_used_time")?);
    let account = Maybe::or_absent(account.cloned(), Absent::NotExported);
    let connection = match said("ip") {
        None => None,
        Some(raw) => {
            let used = sign_in(exhibit, place, 0, PLATFORM, ("ip", &raw))?;
            Some(Connection {
                account: account.clone(),
                at: last,
                at_raw: Maybe::or_absent(
                    json::field(data, "approx_last_used_time"),
                    Absent::NotExported,
                ),
                user_agent: Maybe::text(&label, Absent::NotExported),
                request: Maybe::Known("last use of a session".to_owned()),
                ..used
            })
        }
    };
    if hash.is_none() && connection.is_none() {
        let detail = "a session without `id_hash` and `ip`".to_owned();
        return Err((RejectReason::MissingField, detail));
    }
    sink.connections(connection.into_iter().collect());
    sink.device(Device {
        account,
        identifier: Maybe::or_absent(hash, Absent::NotExported),
        label: Maybe::text(&label, Absent::NotExported),
        first,
        last,
        ..Device::new(exhibit, place, 0, PLATFORM, "token")
    });
    Ok(())
}

/// The object that holds times and client: older packages have them in the session itself.
fn data(session: &Object) -> &Object {
    object(session, "user_data").unwrap_or(session)
}

fn object<'o>(object: &'o Object, key: &str) -> Option<&'o Object> {
    object.get(key).and_then(Value::as_object)
}

fn time(data: &Object, key: &str) -> Result<Maybe<Moment>, Flaw> {
    let Some(text) = json::field(data, key) else {
        return Ok(Maybe::Missing(Absent::NotExported));
    };
    let at = Moment::from_rfc3339(&text).ok_or_else(|| {
        (RejectReason::Time, format!("`{key}` is no time: `{}`", excerpt(&text, 40)))
    })?;
    Ok(Maybe::Known(at))
}
