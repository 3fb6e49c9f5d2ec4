//! Times of metadata: `2024:03:12 10:05:00`, with or without fraction and offset.
//!
//! In: the texts of the fields. Out: a [`Moment`] that claims no more than they say: without an
//! offset the zone of the settings is assumed, without that only the day is kept.

use faisceau_model::{Absent, Maybe, Moment, Precision, ZoneSource};
use jiff::civil::DateTime;
use jiff::fmt::temporal::PiecesOffset;
use jiff::tz::{Offset, TimeZone};

use crate::time::civil;

/// Farthest difference between a camera's clock and the receiver's that gives an offset, seconds.
const DRIFT: i64 = 5 * 60;

/// What is known of the zone of a time that carries none.
#[derive(Debug, Clone, Copy)]
pub(super) enum Zone<'a> {
    /// The zone that the settings assume, if they do.
    Assumed(Option<&'a TimeZone>),
    /// UTC, by the standard of the field.
    Utc,
}

/// The texts of one time.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Texts<'a> {
    pub(super) time: Option<&'a str>,
    /// Digits of the second, where they stand in a field of their own.
    pub(super) fraction: Option<&'a str>,
    pub(super) offset: Option<&'a str>,
}

/// The instant.
pub(super) fn moment(texts: Texts<'_>, zone: Zone<'_>) -> Maybe<Moment> {
    let Some(text) = texts.time.filter(|text| text.bytes().any(|b| matches!(b, b'1'..=b'9')))
    else {
        // Cameras that do not know write zeros or leave the digits blank.
        return Maybe::Missing(Absent::NotExported);
    };
    let Some((civil, own_fraction, own_offset)) = parts(text) else {
        return Maybe::Missing(Absent::Unreadable);
    };
    let (civil, precision) = fraction(civil, texts.fraction.or(own_fraction));
    let moment = match texts.offset.or(own_offset).and_then(offset) {
        Some(offset) => civil::explicit(civil, offset, precision),
        None => match zone {
            Zone::Utc => civil::explicit(civil, Offset::UTC, precision),
            Zone::Assumed(zone) => civil::assumed(civil, precision, zone),
        },
    };
    Maybe::or_absent(moment, Absent::Unreadable)
}

/// A time as pages write it (ISO 8601, with the time of day), in the form of the other fields.
pub(super) fn of_web(text: &str) -> Option<String> {
    let pieces = jiff::fmt::temporal::Pieces::parse(text.trim()).ok()?;
    let civil = pieces.date().to_datetime(pieces.time()?);
    let written = civil.strftime("%Y:%m:%d %H:%M:%S%.f").to_string();
    let zone = match pieces.offset() {
        Some(PiecesOffset::Zulu) => "Z".to_owned(),
        Some(PiecesOffset::Numeric(offset)) => {
            let minutes = offset.offset().seconds() / 60;
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
        }
        _ => String::new(),
    };
    (civil.year() > 0).then(|| written + &zone)
}

/// The clock of the receiver: a day and a time of the day, both UTC.
pub(super) fn receiver(day: Option<&str>, time: Option<&str>) -> Maybe<Moment> {
    let (Some(day), Some(time)) = (day, time) else { return Maybe::Missing(Absent::NotExported) };
    let text = format!("{} {time}", day.replace('-', ":"));
    moment(Texts { time: Some(&text), ..Texts::default() }, Zone::Utc)
}

/// The time of the camera, its offset taken from the receiver: both clocks show one moment, so
/// that the whole quarters of an hour between them are the zone. `None` where they do not agree.
pub(super) fn by_receiver(texts: Texts<'_>, receiver: &Maybe<Moment>) -> Option<Moment> {
    let receiver = receiver.known()?;
    let here = moment(texts, Zone::Utc).into_known()?;
    let difference = here.at_s() - receiver.at_s();
    let quarters = (difference + 450).div_euclid(900) * 900;
    if quarters.abs() > 14 * 3600 || (difference - quarters).abs() > DRIFT {
        return None;
    }
    Moment::new(here.at_us() - quarters * 1_000_000, here.precision(), ZoneSource::Inferred)
}

/// Civil time, fraction and offset of a text.
fn parts(text: &str) -> Option<(DateTime, Option<&str>, Option<&str>)> {
    let text = text.trim();
    let civil = text.get(..19).unwrap_or(text);
    let civil = DateTime::strptime("%Y:%m:%d %H:%M:%S", civil)
        .or_else(|_| DateTime::strptime("%Y:%m:%d %H:%M", text.get(..16).unwrap_or(text)))
        .ok()?;
    let rest = text.get(19..).unwrap_or_default();
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            (rest.get(..end), rest.get(end..).unwrap_or_default())
        }
        None => (None, rest),
    };
    Some((civil, fraction, Some(rest).filter(|rest| !rest.is_empty())))
}

/// Adds decimal digits of the second.
fn fraction(civil: DateTime, digits: Option<&str>) -> (DateTime, Precision) {
    let digits = digits
        .map(str::trim)
        .filter(|text| (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()));
    let Some(digits) = digits else { return (civil, Precision::Second) };
    let precision = if digits.len() > 3 { Precision::Micro } else { Precision::Milli };
    let Ok(nanoseconds) = format!("{digits:0<9}").parse() else {
        return (civil, Precision::Second);
    };
    match civil.with().subsec_nanosecond(nanoseconds).build() {
        Ok(civil) => (civil, precision),
        Err(_) => (civil, Precision::Second),
    }
}

/// `+02:00`, `-05:30` or `Z`.
fn offset(text: &str) -> Option<Offset> {
    let text = text.trim();
    if text == "Z" {
        return Some(Offset::UTC);
    }
    let (sign, rest) = match text.as_bytes().first()? {
        b'+' => (1, text.get(1..)?),
        b'-' => (-1, text.get(1..)?),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let two = |text: &str| -> Option<i32> {
        (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
    };
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    // UTC+14 is the farthest zone there is.
    (hours <= 14 && minutes < 60)
        .then(|| Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(time: &str) -> Texts<'_> {
        Texts { time: Some(time), ..Texts::default() }
    }

    fn shown(moment: Maybe<Moment>) -> Option<(String, Precision, ZoneSource)> {
        moment.into_known().map(|at| (at.to_string(), at.precision(), at.zone()))
    }

    #[test]
    fn an_offset_makes_a_time_explicit() {
        let camera = Texts {
            time: Some("2024:03:12 10:05:00"),
            fraction: Some("25"),
            offset: Some("+01:00"),
        };
        let expected =
            ("2024-03-12 09:05:00.250 UTC".to_owned(), Precision::Milli, ZoneSource::Explicit);
        assert_eq!(shown(moment(camera, Zone::Assumed(None))), Some(expected.clone()));
        let joined = texts("2024:03:12 10:05:00.25+01:00");
        assert_eq!(shown(moment(joined, Zone::Assumed(None))), Some(expected));
    }

    #[test]
    fn a_time_without_offset_is_never_explicit() {
        let text = texts("2024:03:12 10:05:00");
        let (_, precision, zone) = shown(moment(text, Zone::Assumed(None))).unwrap();
        assert_eq!((precision, zone), (Precision::Day, ZoneSource::Assumed));
        let paris = TimeZone::get("Europe/Paris").unwrap();
        let expected =
            ("2024-03-12 09:05:00 UTC".to_owned(), Precision::Second, ZoneSource::Assumed);
        assert_eq!(shown(moment(text, Zone::Assumed(Some(&paris)))), Some(expected));
        let utc = shown(moment(text, Zone::Utc)).unwrap();
        assert_eq!(utc.0, "2024-03-12 10:05:00 UTC");
    }

    #[test]
    fn the_receiver_tells_the_zone_of_the_camera() {
        let receiver = receiver(Some("2024:03:12"), Some("09:04:10"));
        let found = by_receiver(texts("2024:03:12 10:05:00"), &receiver).unwrap();
        assert_eq!(found.to_string(), "2024-03-12 09:05:00 UTC");
        assert_eq!(found.zone(), ZoneSource::Inferred);
        // Seven minutes from any quarter of an hour: one of the clocks is wrong.
        assert_eq!(by_receiver(texts("2024:03:12 10:12:00"), &receiver), None);
        assert_eq!(by_receiver(texts("2024:03:13 10:05:00"), &receiver), None);
        let india = by_receiver(texts("2024:03:12 14:34:00"), &receiver).unwrap();
        assert_eq!(india.to_string(), "2024-03-12 09:04:00 UTC");
    }

    #[test]
    fn times_that_cannot_be_are_unreadable() {
        for text in ["2024:13:45 10:05:00", "yesterday 1", "2024:03:12"] {
            let found = moment(texts(text), Zone::Utc);
            assert_eq!(found, Maybe::Missing(Absent::Unreadable), "{text}");
        }
        for text in ["0000:00:00 00:00:00", "    :  :     :  :  "] {
            let found = moment(texts(text), Zone::Utc);
            assert_eq!(found, Maybe::Missing(Absent::NotExported), "{text}");
        }
    }

    #[test]
    fn times_of_pages_keep_their_zone() {
        for (text, expected) in [
            ("2026-03-01T18:30:00+01:00", Some("2026:03:01 18:30:00+01:00")),
            ("2026-03-01T18:30+0100", Some("2026:03:01 18:30:00+01:00")),
            ("2026-03-01T18:30:00.25Z", Some("2026:03:01 18:30:00.25Z")),
            ("2026-03-01 18:30:00-03:30", Some("2026:03:01 18:30:00-03:30")),
            ("2026-03-01T18:30", Some("2026:03:01 18:30:00")),
            ("2026-03-01", None),
            ("hier", None),
        ] {
            assert_eq!(of_web(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn offsets_are_strict() {
        assert_eq!(offset("-05:30").unwrap().seconds(), -19_800);
        assert_eq!(offset("Z").unwrap().seconds(), 0);
        for text in ["", "+5:00", "+05:60", "+15:00", "05:00", "+0a:00", "   :  ", "+é:00"] {
            assert_eq!(offset(text), None, "{text}");
        }
    }
}
