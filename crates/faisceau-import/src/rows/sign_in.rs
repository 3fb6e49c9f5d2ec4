//! A use of an address as a platform lists it: no HTTP request stands behind it.
//!
//! In: the address as written and where it stands. Out: a connection that has the address, what
//! was written where that differs, and the port written with it. Refused: what is no address.

use faisceau_model::rows::Connection;
use faisceau_model::{Absent, ExhibitNo, Maybe, Place, RejectReason, excerpt};

use crate::json::Flaw;
use crate::text::address::{differing, endpoint};

/// The connection that `written`, called `name` in the exhibit, shows to `service`.
pub(crate) fn sign_in(
    exhibit: ExhibitNo,
    place: &Place,
    part: u32,
    service: &str,
    (name, written): (&str, &str),
) -> Result<Connection, Flaw> {
    used(exhibit, place, part, service, written).ok_or_else(|| {
        let detail = format!("`{name}` is no address: `{}`", excerpt(written, 60));
        (RejectReason::Address, detail)
    })
}

/// The same, where the exhibit has no name for what is written.
pub(super) fn used(
    exhibit: ExhibitNo,
    place: &Place,
    part: u32,
    service: &str,
    written: &str,
) -> Option<Connection> {
    let (ip, port) = endpoint(written.trim())?;
    Some(Connection {
        ip_raw: differing(written, ip),
        port: Maybe::or_absent(port.map(i64::from), Absent::NotRecorded),
        status: Maybe::Missing(Absent::NotApplicable),
        bytes: Maybe::Missing(Absent::NotApplicable),
        referer: Maybe::Missing(Absent::NotApplicable),
        ..Connection::new(exhibit, place, part, ip.to_string(), service)
    })
}

/// What an account did, from the parts of it that the exhibit names: `Login; Gmail; Lyon, FR`.
pub(crate) fn action<'p>(parts: impl IntoIterator<Item = Option<&'p str>>) -> Maybe<String> {
    let parts = parts.into_iter().flatten().map(str::trim).filter(|part| !part.is_empty());
    let text = parts.collect::<Vec<_>>().join("; ");
    Maybe::text(&text, Absent::NotExported)
}

/// A place as the platform guesses it from the address: `Lyon, Rhône, FR`.
pub(crate) fn guessed_place(parts: [Option<&str>; 3]) -> Option<String> {
    let parts = parts.into_iter().flatten().map(str::trim).filter(|part| !part.is_empty());
    let text = parts.collect::<Vec<_>>().join(", ");
    (!text.is_empty()).then_some(text)
}

/// The detail of a record that is understood and has no address.
pub(crate) fn without_address(what: &str) -> Flaw {
    (RejectReason::SetAside, format!("{}: no address in it", excerpt(what, 80)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_kept_and_what_was_written_too() {
        let place = Place::Whole;
        let row = |text: &str| sign_in(ExhibitNo::top(1), &place, 0, "x", ("ip", text));
        let found = row(" [2001:DB8::1]:443 ").unwrap();
        assert_eq!((found.ip.as_str(), found.port), ("2001:db8::1", Maybe::Known(443)));
        assert_eq!(found.ip_raw, Maybe::Known(" [2001:DB8::1]:443 ".to_owned()));
        let (reason, detail) = row("\u{1b}[31mlocalhost").unwrap_err();
        assert_eq!(reason, RejectReason::Address);
        assert!(!detail.contains('\u{1b}'));
    }

    #[test]
    fn parts_that_are_missing_leave_no_trace() {
        assert_eq!(action([Some("Login"), None, Some(" ")]), Maybe::Known("Login".to_owned()));
        assert_eq!(action([None]), Maybe::Missing(Absent::NotExported));
        assert_eq!(guessed_place([Some("Lyon"), None, Some("FR")]).unwrap(), "Lyon, FR");
        assert_eq!(guessed_place([None; 3]), None);
    }
}
