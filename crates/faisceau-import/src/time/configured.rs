//! Times that are written as the settings of the case say: mapped tables, recipes.
//!
//! In: a text, how it is written, and the zone of times without offset. Out: a moment with the
//! precision of its digits. Refused: times that do not exist, and local times without a zone.

use faisceau_model::{Moment, Precision, ZoneSource};
use jiff::civil::{DateTime, Time};
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::TimeZone;

use super::{civil, written};
use crate::settings::TimeFormat;

const UNREADABLE: &str = "the time is not written as the settings say";
const NO_ZONE: &str = "the time has no offset and the settings name no zone";
const NEVER: &str = "the time does not exist in its zone";

/// The moment that a text names, or what is wrong with it.
pub(crate) fn moment(
    text: &str,
    format: &TimeFormat,
    zone: Option<&TimeZone>,
) -> Result<Moment, &'static str> {
    // Formatters of some languages put a no-break space before `PM`.
    let text = text.trim().replace(['\u{a0}', '\u{202f}'], " ");
    let text = text.as_str();
    match format {
        TimeFormat::Unix => unix(text, 1_000_000).ok_or(UNREADABLE),
        TimeFormat::UnixMillis => unix(text, 1_000).ok_or(UNREADABLE),
        TimeFormat::Rfc3339 => rfc3339(text, zone),
        TimeFormat::Pattern(pattern) => strptime(text, pattern, zone),
    }
}

/// The moment of a date that a spreadsheet holds as a number: it has no offset.
pub(crate) fn spreadsheet(
    civil: DateTime,
    precision: Precision,
    zone: Option<&TimeZone>,
) -> Result<Moment, &'static str> {
    local(civil, precision, zone.ok_or(NO_ZONE)?)
}

/// The precision of a time of the day that a spreadsheet holds as a number. Whether the sheet
/// shows seconds is not known: a whole minute is taken for no more than that.
pub(crate) fn shown_precision(time: Time) -> Precision {
    match (time.second(), time.subsec_nanosecond()) {
        (0, 0) => Precision::Minute,
        (_, 0) => Precision::Second,
        _ => Precision::Milli,
    }
}

/// Whether a pattern of `strptime` reads a time that the same pattern has written.
pub(crate) fn reads_a_date(pattern: &str) -> bool {
    let written = jiff::civil::date(2026, 3, 11)
        .at(14, 5, 12, 250_000_000)
        .to_zoned(TimeZone::UTC)
        .and_then(|sample| jiff::fmt::strtime::format(pattern, &sample));
    written.is_ok_and(|text| strptime(text.trim(), pattern, Some(&TimeZone::UTC)).is_ok())
}

/// A decimal count of units of `unit_us` microseconds. The precision is that of its digits; a
/// fraction of zeros is how spreadsheets write a whole number.
fn unix(text: &str, unit_us: i64) -> Option<Moment> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction = fraction.trim_end_matches('0');
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole.strip_prefix('-').unwrap_or(whole)) || !digits(fraction) {
        return None;
    }
    let mut us = whole.parse::<i64>().ok()?.checked_mul(unit_us)?;
    let (mut digit_us, mut places) = (unit_us, 0);
    for digit in fraction.bytes() {
        digit_us /= 10;
        places += 1;
        let part = i64::from(digit - b'0') * digit_us;
        us = if whole.starts_with('-') { us.checked_sub(part)? } else { us.checked_add(part)? };
    }
    let precision = match places + if unit_us == 1_000 { 3 } else { 0 } {
        0 => Precision::Second,
        1..=3 => Precision::Milli,
        _ => Precision::Micro,
    };
    Moment::new(us, precision, ZoneSource::Unix)
}

/// RFC 3339 with offset, or its civil part with the zone of the settings.
fn rfc3339(text: &str, zone: Option<&TimeZone>) -> Result<Moment, &'static str> {
    let text =
        text.strip_suffix(" UTC").map_or_else(|| text.to_owned(), |civil| format!("{civil}Z"));
    let precision = written::precision(&text);
    if let Some(moment) = Moment::from_rfc3339(&text) {
        return Moment::new(moment.at_us(), precision, ZoneSource::Explicit).ok_or(UNREADABLE);
    }
    let civil: DateTime = text.parse().map_err(|_| UNREADABLE)?;
    local(civil, precision, zone.ok_or(NO_ZONE)?)
}

/// A time in a pattern of the settings. A pattern that ends with the letters `UTC`, `GMT` or `Z`
/// says the offset itself, also as `(UTC +00)`.
fn strptime(text: &str, pattern: &str, zone: Option<&TimeZone>) -> Result<Moment, &'static str> {
    let time = BrokenDownTime::parse(pattern, text).map_err(|_| UNREADABLE)?;
    let precision = match (time.hour(), time.minute(), time.second(), time.subsec_nanosecond()) {
        (_, _, _, Some(ns)) if ns % 1_000_000 != 0 => Precision::Micro,
        (_, _, _, Some(_)) => Precision::Milli,
        (_, _, Some(_), None) => Precision::Second,
        (_, Some(_), ..) => Precision::Minute,
        (Some(_), ..) => Precision::Hour,
        _ => Precision::Day,
    };
    if let Some(at) = time.timestamp() {
        let precision = precision.min(Precision::Second);
        return Moment::new(at.as_microsecond(), precision, ZoneSource::Unix).ok_or(UNREADABLE);
    }
    if time.offset().is_some() {
        let at = time.to_timestamp().map_err(|_| NEVER)?;
        return Moment::new(at.as_microsecond(), precision, ZoneSource::Explicit).ok_or(UNREADABLE);
    }
    let date = time.to_date().map_err(|_| UNREADABLE)?;
    let clock = if precision == Precision::Day {
        jiff::civil::Time::midnight()
    } else {
        time.to_time().map_err(|_| UNREADABLE)?
    };
    let civil = date.to_datetime(clock);
    let told = pattern.trim_end_matches(')').trim_end_matches(":00").trim_end_matches("+00").trim();
    let utc = ["UTC", "GMT", "Z"];
    if utc.iter().any(|name| told.ends_with(name) && !told.ends_with(&format!("%{name}"))) {
        let at = civil.to_zoned(TimeZone::UTC).map_err(|_| NEVER)?.timestamp();
        return Moment::new(at.as_microsecond(), precision, ZoneSource::Explicit).ok_or(UNREADABLE);
    }
    local(civil, precision, zone.ok_or(NO_ZONE)?)
}

/// A civil time in the zone of the settings.
fn local(civil: DateTime, precision: Precision, zone: &TimeZone) -> Result<Moment, &'static str> {
    civil::assumed(civil, precision, Some(zone)).ok_or(NEVER)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn paris() -> TimeZone {
        jiff::tz::TimeZoneDatabase::bundled().get("Europe/Paris").unwrap()
    }

    fn read(text: &str, format: &str) -> String {
        match moment(text, &TimeFormat::from(format.to_owned()), Some(&paris())) {
            Ok(moment) => format!("{moment} {} {}", moment.precision(), moment.zone()),
            Err(problem) => problem.to_owned(),
        }
    }

    #[test]
    fn every_format_keeps_its_precision_and_zone() {
        for (text, format, expected) in [
            ("2026-03-01T14:05:12+01:00", "rfc3339", "2026-03-01 13:05:12 UTC s explicit"),
            ("2026-03-01 14:05:12Z", "rfc3339", "2026-03-01 14:05:12 UTC s explicit"),
            ("2026-03-01 14:05:12 UTC", "rfc3339", "2026-03-01 14:05:12 UTC s explicit"),
            ("2026-03-01T14:05Z", "rfc3339", "2026-03-01 14:05 UTC min explicit"),
            ("2026-03-01T14:05:12.25", "rfc3339", "2026-03-01 13:05:12.250 UTC ms assumed"),
            ("2026-03-01 14:05", "rfc3339", "2026-03-01 13:05 UTC min assumed"),
            ("2026-03-01", "rfc3339", "2026-02-28 day assumed"),
            ("1772373912", "unix", "2026-03-01 14:05:12 UTC s unix"),
            ("1772373912.0", "unix", "2026-03-01 14:05:12 UTC s unix"),
            ("1772373912.5", "unix", "2026-03-01 14:05:12.500 UTC ms unix"),
            ("-0.25", "unix", "1969-12-31 23:59:59.750 UTC ms unix"),
            ("1772373912250", "unix_ms", "2026-03-01 14:05:12.250 UTC ms unix"),
            ("01/03/2026 14:05", "%d/%m/%Y %H:%M", "2026-03-01 13:05 UTC min assumed"),
            ("01/03/2026", "%d/%m/%Y", "2026-02-28 day assumed"),
            (
                "2026-03-01 14:05:12 UTC",
                "%Y-%m-%d %H:%M:%S UTC",
                "2026-03-01 14:05:12 UTC s explicit",
            ),
            (
                "Sun Mar 01 14:05:12 +0000 2026",
                "%a %b %d %H:%M:%S %z %Y",
                "2026-03-01 14:05:12 UTC s explicit",
            ),
            ("2026-03-01 02:05:12 PM", "%Y-%m-%d %I:%M:%S %p", "2026-03-01 13:05:12 UTC s assumed"),
            ("1772373912", "%s", "2026-03-01 14:05:12 UTC s unix"),
            (
                "01/03/2026 02:05:12PM (UTC +00)",
                "%d/%m/%Y %I:%M:%S%p (UTC +00)",
                "2026-03-01 14:05:12 UTC s explicit",
            ),
            ("01/03/2026 12:05\u{202f}am", "%d/%m/%Y %I:%M %p", "2026-02-28 23:05 UTC min assumed"),
        ] {
            assert_eq!(read(text, format), expected, "{text} as {format}");
        }
    }

    #[test]
    fn times_that_do_not_exist_are_refused() {
        assert_eq!(read("2026-03-29 02:30:00", "rfc3339"), NEVER);
        assert_eq!(read("2026-02-30 02:30:00", "rfc3339"), UNREADABLE);
        assert_eq!(read("1.7e9", "unix"), UNREADABLE);
        assert_eq!(read("99999999999999999999", "unix"), UNREADABLE);
        assert_eq!(read("", "unix"), UNREADABLE);
        assert_eq!(moment("2026-03-01 10:00:00", &TimeFormat::Rfc3339, None), Err(NO_ZONE));
    }

    #[test]
    fn the_hour_that_comes_twice_never_feeds_timing() {
        assert_eq!(
            read("2026-10-25 02:30:00", "rfc3339"),
            "2026-10-25 00:30:00 UTC interval assumed"
        );
    }

    proptest! {
        #[test]
        fn never_panics(text in "[-0-9T:. Z+]{0,40}|.{0,40}", pattern in "(%[a-zA-Z]|[-/: ]){0,8}") {
            for format in ["rfc3339", "unix", "unix_ms", pattern.as_str()] {
                let _ = read(&text, format);
            }
        }
    }
}
