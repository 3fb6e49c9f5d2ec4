//! Times of the exports of Meta: seconds since the Unix epoch, 0 where there is none.

use faisceau_model::{Absent, Maybe, Moment, Precision, RejectReason};

use crate::json::{self, Flaw, Object};

/// The moment of a count of seconds.
pub(super) fn unix(seconds: i64) -> Result<Maybe<Moment>, Flaw> {
    if seconds == 0 {
        return Ok(Maybe::Missing(Absent::NotExported));
    }
    Moment::from_unix_seconds(seconds)
        .map(Maybe::Known)
        .ok_or_else(|| (RejectReason::Time, format!("{seconds} is no Unix time in seconds")))
}

/// The time below a key, and how it is written.
pub(super) fn at(object: &Object, key: &str) -> Result<(Maybe<Moment>, Maybe<String>), Flaw> {
    let Some(raw) = json::field(object, key).filter(|raw| raw != "0") else {
        let absent = Absent::NotExported;
        return Ok((Maybe::Missing(absent), Maybe::Missing(absent)));
    };
    let seconds = json::integer(object, key)
        .ok_or_else(|| (RejectReason::Time, format!("`{key}` is no Unix time")))?;
    Ok((unix(seconds)?, Maybe::Known(raw)))
}

/// The start of a session that lasted until its last update, and how both are written: the
/// address was used at some instant between them. Without update, the instant of the start.
pub(super) fn session(object: &Object) -> Result<(Maybe<Moment>, Maybe<String>), Flaw> {
    let (created, created_raw) = at(object, "created_timestamp")?;
    let (updated, updated_raw) = at(object, "updated_timestamp")?;
    match (created.known(), updated.known()) {
        (Some(start), Some(end)) if start.at_us() < end.at_us() => {
            let start = Moment::new(start.at_us(), Precision::Interval, start.zone());
            let raw = [created_raw, updated_raw].map(|raw| raw.into_known().unwrap_or_default());
            Ok((Maybe::or_absent(start, Absent::Unreadable), Maybe::Known(raw.join("/"))))
        }
        (Some(_), _) => Ok((created, created_raw)),
        (None, _) => Ok((updated, updated_raw)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_an_interval_that_feeds_no_timing() {
        let record =
            json::object(r#"{"created_timestamp":1700000000,"updated_timestamp":1700003600}"#);
        let (at, raw) = session(&record.unwrap()).unwrap();
        assert_eq!(raw, Maybe::Known("1700000000/1700003600".to_owned()));
        assert!(!at.known().unwrap().feeds_timing());
        let record = json::object(r#"{"created_timestamp":1700000000,"updated_timestamp":0}"#);
        assert!(session(&record.unwrap()).unwrap().0.known().unwrap().feeds_timing());
        let record = json::object(r#"{"created_timestamp":17011949123456789}"#).unwrap();
        assert_eq!(session(&record).unwrap_err().0, RejectReason::Time);
    }
}
