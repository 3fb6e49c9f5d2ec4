//! Uses of an address: the logins, and the creation of the account.
//!
//! In: the objects `ipAudit` and `accountCreationIp`. Out: a connection. Refused: an address that
//! cannot be read (X writes other words where it withholds one), a time that is none.

use faisceau_model::rows::Connection;
use faisceau_model::{Absent, Maybe, Place};

use super::PLATFORM;
use super::rows::{Context, Rows, time};
use crate::json::{self, Flaw, Object};
use crate::rows::sign_in::sign_in;

/// The keys of a login.
pub(super) const AUDIT_KEYS: &[&str] = &["accountId", "createdAt", "loginIp", "loginPortNumber"];
/// The keys of a creation.
pub(super) const CREATION_KEYS: &[&str] = &["accountId", "userCreationIp"];

/// A login.
pub(super) fn login(context: &Context, place: &Place, record: &Object) -> Result<Rows, Flaw> {
    let at = time(record, "createdAt")?;
    // The port 0 is never a source port: it stands for "not known".
    let port = json::integer(record, "loginPortNumber").filter(|port| (1..=65_535).contains(port));
    let mut row = used(context, place, record, "loginIp")?;
    row.at = at;
    let port = port.or(row.port.known().copied());
    row.port = Maybe::or_absent(port, Absent::NotExported);
    row.request = Maybe::Known("login".to_owned());
    Ok(Rows { connections: vec![row], ..Rows::default() })
}

/// The creation of the account, of which this part says neither time nor port.
pub(super) fn creation(context: &Context, place: &Place, record: &Object) -> Result<Rows, Flaw> {
    let mut row = used(context, place, record, "userCreationIp")?;
    row.request = Maybe::Known("account creation".to_owned());
    Ok(Rows { connections: vec![row], ..Rows::default() })
}

fn used(context: &Context, place: &Place, record: &Object, key: &str) -> Result<Connection, Flaw> {
    let account = context.required_holder(record)?;
    let raw = json::required(record, key)?;
    Ok(Connection {
        account: Maybe::Known(account),
        at_raw: Maybe::or_absent(json::field(record, "createdAt"), Absent::NotRecorded),
        ..sign_in(context.exhibit, place, 0, PLATFORM, (key, &raw))?
    })
}
