//! Times as sites and collecting tools write them.
//!
//! In: a field of a record. Out: the instant, or why there is none. Refused: a time that cannot be
//! read, which rejects the record: a post at the wrong time is worse than none.

use faisceau_model::{Absent, Maybe, Moment, Precision, RejectReason, excerpt};

use crate::json::{self, Flaw, Object};

/// Seconds since the Unix epoch: a number, a text, or a number with a fraction of zero.
pub(super) fn unix_seconds(record: &Object, key: &str) -> Result<Maybe<Moment>, Flaw> {
    read(record, key, |text| {
        let whole = match text.split_once('.') {
            Some((whole, rest)) => rest.bytes().all(|b| b == b'0').then_some(whole)?,
            None => text,
        };
        Moment::from_unix_seconds(whole.parse().ok()?)
    })
}

/// Milliseconds since the Unix epoch.
pub(super) fn unix_millis(record: &Object, key: &str) -> Result<Maybe<Moment>, Flaw> {
    read(record, key, |text| Moment::from_unix_millis(text.parse().ok()?))
}

/// A time with its offset, `2023-02-18T12:33:11.000Z`, or `2023-02-18 12:33:11+00:00` as Python
/// prints it.
pub(super) fn iso(record: &Object, key: &str) -> Result<Maybe<Moment>, Flaw> {
    read(record, key, from_iso)
}

/// A fraction of nothing but zeros is how a service pads whole seconds, and no finer clock.
pub(super) fn from_iso(text: &str) -> Option<Moment> {
    let at = Moment::from_rfc3339(text)?;
    let fraction = text.split_once('.').map_or("", |(_, rest)| rest);
    let padded = fraction.bytes().take_while(u8::is_ascii_digit).all(|b| b == b'0');
    if padded { Moment::new(at.at_us(), Precision::Second, at.zone()) } else { Some(at) }
}

/// A field that must be a time if it is there.
pub(super) fn read(
    record: &Object,
    key: &str,
    parse: impl FnOnce(&str) -> Option<Moment>,
) -> Result<Maybe<Moment>, Flaw> {
    let Some(text) = json::field(record, key) else {
        return Ok(Maybe::Missing(Absent::NotExported));
    };
    match parse(text.trim()) {
        Some(at) => Ok(Maybe::Known(at)),
        None => Err((RejectReason::Time, format!("`{key}` is no time: `{}`", excerpt(&text, 40)))),
    }
}

/// The same for a time that the record can do without.
pub(super) fn lenient(outcome: Result<Maybe<Moment>, Flaw>) -> Maybe<Moment> {
    outcome.unwrap_or(Maybe::Missing(Absent::Unreadable))
}

/// A field as it is written.
pub(super) fn raw(record: &Object, key: &str) -> Maybe<String> {
    Maybe::or_absent(json::field(record, key), Absent::NotExported)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(text: &str) -> Object {
        json::object(text).unwrap()
    }

    #[test]
    fn unix_times_come_as_numbers_texts_and_floats() {
        for value in ["1420070668", "\"1420070668\"", "1420070668.0"] {
            let found = unix_seconds(&record(&format!("{{\"t\":{value}}}")), "t").unwrap();
            assert_eq!(found.known().unwrap().to_string(), "2015-01-01 00:04:28 UTC", "{value}");
        }
        for value in ["\"soon\"", "1e300", "1420070668.5", "99999999999999"] {
            let found = unix_seconds(&record(&format!("{{\"t\":{value}}}")), "t");
            assert_eq!(found.unwrap_err().0, RejectReason::Time, "{value}");
        }
        assert_eq!(
            unix_seconds(&record("{\"t\":null}"), "t"),
            Ok(Maybe::Missing(Absent::NotExported))
        );
    }

    #[test]
    fn padded_milliseconds_are_seconds() {
        let precision = |text| from_iso(text).unwrap().precision();
        assert_eq!(precision("2023-02-18T12:33:11.000Z"), Precision::Second);
        assert_eq!(precision("2023-02-18T12:33:11.001Z"), Precision::Milli);
        assert_eq!(precision("2024-03-16 10:51:31+00:00"), Precision::Second);
        assert!(from_iso("2024-03-16 10:51:31").is_none());
    }
}
