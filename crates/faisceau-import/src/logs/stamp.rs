//! Times as logs write them.
//!
//! In: a text, or a line that starts with its time; the zone of the settings. Out: a moment that
//! claims no more than is written, or, for system logs without year, the day and the time alone.
//! Refused: a zone of this program's own.

use faisceau_model::{Moment, Place, Precision, ZoneSource};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use super::clf_time;
use crate::contract::ImportError;
use crate::settings::{ImportSettings, TimeFormat};
use crate::time::civil;
use crate::time::configured;

/// The zone that the case assumes.
///
/// # Errors
/// When the settings name a zone that does not exist.
pub(super) fn zone(settings: &ImportSettings) -> Result<Option<TimeZone>, ImportError> {
    settings
        .zone()
        .map_err(|error| ImportError::Broken { place: Place::Whole, detail: error.to_string() })
}

/// A time with its offset, `17/May/2015:10:05:03 +0200`, of 1970 or later.
pub(super) fn common(text: &str) -> Option<Moment> {
    let at = clf_time::seconds(text.as_bytes()).filter(|at| *at >= 0)?;
    Moment::new(at.checked_mul(1_000_000)?, Precision::Second, ZoneSource::Explicit)
}

/// A time in any of the forms that servers write: common log format, RFC 3339 with offset or
/// without, seconds or milliseconds since the epoch.
pub(super) fn any_form(text: &str, zone: Option<&TimeZone>) -> Option<Moment> {
    let text = text.trim().trim_start_matches('[').trim_end_matches(']');
    common(text).or_else(|| iso(text, zone)).or_else(|| unix(text))
}

/// RFC 3339, or the same without offset in the zone of the settings.
pub(super) fn iso(text: &str, zone: Option<&TimeZone>) -> Option<Moment> {
    // ISO 8601 allows a comma before the fraction.
    let spaced = text.replacen(',', ".", 1);
    Moment::from_rfc3339(&spaced)
        .or_else(|| {
            let (civil, precision) = local(&spaced)?;
            civil::assumed(civil, precision, zone)
        })
        .filter(|at| at.at_us() >= 0)
}

/// Seconds since the epoch; milliseconds or microseconds where seconds would be thousands of years
/// away.
pub(super) fn unix(text: &str) -> Option<Moment> {
    let whole = text.split('.').next().unwrap_or_default().len();
    let at = match whole {
        0..=11 => configured::moment(text, &TimeFormat::Unix, None).ok(),
        12..=14 => configured::moment(text, &TimeFormat::UnixMillis, None).ok(),
        _ => Moment::new(text.parse().ok()?, Precision::Micro, ZoneSource::Unix),
    };
    at.filter(|at| at.at_us() >= 0)
}

/// A date and a time without offset: `2023-04-05 12:34:56,789`, `2022/01/24 16:33:06`.
pub(super) fn local(text: &str) -> Option<(DateTime, Precision)> {
    let plain = text.replace('/', "-").replacen(',', ".", 1);
    // What carries an offset is not local.
    let clock = plain.get(11..)?;
    if clock.contains(['Z', 'z', '+', '-', '[']) {
        return None;
    }
    let digits = clock.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let precision = match digits {
        0 => Precision::Second,
        1..=3 => Precision::Milli,
        _ => Precision::Micro,
    };
    (clock.len() >= 8).then(|| plain.parse().ok())?.map(|civil| (civil, precision))
}

/// The time at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stamp {
    /// With its offset.
    At(Moment),
    /// Without: date and time.
    Local(DateTime, Precision),
    /// `Mar  1 14:05:12`: neither year nor offset.
    NoYear {
        /// Month, from 1.
        month: i8,
        /// Day, from 1.
        day: i8,
        /// Time of day.
        time: Time,
    },
}

impl Stamp {
    /// The moment, with the year that the settings and the log say.
    pub(super) fn moment(self, year: Option<i16>, zone: Option<&TimeZone>) -> Option<Moment> {
        match self {
            Self::At(at) => Some(at),
            Self::Local(civil, precision) => civil::assumed(civil, precision, zone),
            Self::NoYear { month, day, time } => {
                let date = Date::new(year?, month, day).ok()?;
                civil::assumed(date.to_datetime(time), Precision::Second, zone)
            }
        }
    }
}

/// The time that a line starts with, as written, and what follows it.
pub(super) fn leading(line: &str) -> Option<(&str, Stamp, &str)> {
    if line.as_bytes().first()?.is_ascii_digit() { leading_iso(line) } else { leading_bsd(line) }
}

/// `2026-03-01T14:05:12.123456+01:00`, or `2026-03-01 14:05:12[.123]` with ` +0100` after it or
/// nothing.
fn leading_iso(line: &str) -> Option<(&str, Stamp, &str)> {
    let end = |from: usize| {
        let rest = line.get(from..)?;
        Some(from + rest.find(' ').unwrap_or(rest.len()))
    };
    if line.as_bytes().get(10) == Some(&b'T') {
        let at = end(0)?;
        let text = line.get(..at)?;
        let stamp = match Moment::from_rfc3339(text).filter(|at| at.at_us() >= 0) {
            Some(moment) => Stamp::At(moment),
            None => local(text).map(|(civil, precision)| Stamp::Local(civil, precision))?,
        };
        return Some((text, stamp, line.get(at..)?));
    }
    let at = end(11)?;
    let text = line.get(..at)?;
    let (civil, precision) = local(text)?;
    let with = end(at + 1).filter(|&with| with - at == 6).and_then(|with| line.get(..with));
    if let Some(with) = with
        && let Some(offset) = with.get(at + 1..).and_then(offset)
    {
        let moment = civil::explicit(civil, offset, precision)?;
        return Some((with, Stamp::At(moment), line.get(with.len()..)?));
    }
    Some((text, Stamp::Local(civil, precision), line.get(at..)?))
}

/// `+0100`.
fn offset(text: &str) -> Option<jiff::tz::Offset> {
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits = text.get(1..).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
    let (hours, minutes) = (digits.get(..2)?, digits.get(2..)?);
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
    jiff::tz::Offset::from_seconds(sign * seconds).ok()
}

/// `Mar  1 14:05:12`, with one space or two, the day with a zero or without; some devices write
/// the year between the day and the time.
fn leading_bsd(line: &str) -> Option<(&str, Stamp, &str)> {
    let month = month(line.get(..3)?)?;
    let after = line.get(3..)?;
    let rest = after.trim_start_matches(' ');
    let (day, rest) = rest.split_once(' ').filter(|_| rest.len() < after.len())?;
    let day: i8 = day.parse().ok().filter(|_| day.len() <= 2)?;
    let (year, rest) = match rest.split_once(' ') {
        Some((year, rest)) if year.len() == 4 => (Some(year.parse::<i16>().ok()?), rest),
        _ => (None, rest),
    };
    let clock = rest.get(..8)?;
    let time: Time = clock.parse().ok()?;
    let rest = rest.get(8..)?;
    let text = line.get(..line.len() - rest.len())?;
    // A leap year, so that 29 February passes until the year is known.
    Date::new(year.unwrap_or(2024), month, day).ok()?;
    let stamp = match year {
        Some(year) => {
            Stamp::Local(Date::new(year, month, day).ok()?.to_datetime(time), Precision::Second)
        }
        None => Stamp::NoYear { month, day, time },
    };
    Some((text, stamp, rest))
}

/// 1 to 12; the names are English in every locale.
pub(super) fn month(name: &str) -> Option<i8> {
    const NAMES: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    NAMES.iter().position(|month| *month == name).map(|at| at as i8 + 1)
}

/// The years of the lines of one system log whose times do not say them.
///
/// In a log whose lines follow each other in time, a date before that of the line before is in
/// another year; a step back of a day or less is a clock that was set or a line that came late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Years {
    before: Option<i32>,
    crossed: i16,
}

impl Years {
    /// The number of New Years between the first line and this one.
    pub(super) fn pass(&mut self, stamp: Stamp) -> i16 {
        let Stamp::NoYear { month, day, .. } = stamp else { return self.crossed };
        let today = Date::new(2024, month, day).map_or(0, |date| i32::from(date.day_of_year()));
        if let Some(before) = self.before {
            // Days forward from the line before, round the year.
            let forward = (today - before).rem_euclid(366);
            let back = forward >= 365;
            match (back, today < before) {
                (false, true) => self.crossed = self.crossed.saturating_add(1),
                (true, false) if today > before => self.crossed = self.crossed.saturating_sub(1),
                _ => {}
            }
        }
        self.before = Some(today);
        self.crossed
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(line: &str) -> String {
        let Some((text, stamp, rest)) = leading(line) else { return "none".to_owned() };
        let moment = stamp.moment(Some(2023), Some(&TimeZone::UTC)).unwrap();
        format!("{text}|{moment} {} {}|{rest}", moment.precision(), moment.zone())
    }

    #[test]
    fn lines_start_with_times_of_several_forms() {
        for (line, expected) in [
            ("Feb 12 14:10:21 h x", "Feb 12 14:10:21|2023-02-12 14:10:21 UTC s assumed| h x"),
            ("Feb  8 17:15:01 h", "Feb  8 17:15:01|2023-02-08 17:15:01 UTC s assumed| h"),
            ("Feb 08 17:15:01 h", "Feb 08 17:15:01|2023-02-08 17:15:01 UTC s assumed| h"),
            ("Feb  8 2021 17:15:01 h", "Feb  8 2021 17:15:01|2021-02-08 17:15:01 UTC s assumed| h"),
            (
                "2023-11-14T00:20:42.738197+01:00 h",
                "2023-11-14T00:20:42.738197+01:00|2023-11-13 23:20:42.738197 UTC us explicit| h",
            ),
            (
                "2023-04-05 12:34:56,789 fail2ban",
                "2023-04-05 12:34:56,789|2023-04-05 12:34:56.789 UTC ms assumed| fail2ban",
            ),
            (
                "2026-03-01 14:05:12 +0100 [7] x",
                "2026-03-01 14:05:12 +0100|2026-03-01 13:05:12 UTC s explicit| [7] x",
            ),
            (
                "2022/01/24 16:33:06 [e]",
                "2022/01/24 16:33:06|2022-01-24 16:33:06 UTC s assumed| [e]",
            ),
            ("Feb 30 14:10:21 h x", "none"),
            ("12 Feb 14:10:21", "none"),
            ("2023-04-05", "none"),
            ("", "none"),
        ] {
            assert_eq!(read(line), expected, "{line}");
        }
    }

    #[test]
    fn years_are_counted_between_lines() {
        let crossings = |days: &[(i8, i8)]| -> Vec<i16> {
            let mut years = Years::default();
            days.iter()
                .map(|&(month, day)| years.pass(Stamp::NoYear { month, day, time: Time::MIN }))
                .collect()
        };
        assert_eq!(crossings(&[(12, 31), (1, 1), (12, 31), (1, 1), (2, 3)]), [0, 1, 0, 1, 1]);
        assert_eq!(crossings(&[(11, 2), (2, 1), (1, 31), (2, 1)]), [0, 1, 1, 1]);
        assert_eq!(crossings(&[(3, 1), (2, 28), (2, 29), (3, 1)]), [0, 1, 1, 1]);
    }

    #[test]
    fn any_form_is_told_by_its_look() {
        let read = |text: &str| any_form(text, None).map(|at| format!("{at} {}", at.zone()));
        assert_eq!(read("17/May/2015:10:05:03 +0200").unwrap(), "2015-05-17 08:05:03 UTC explicit");
        assert_eq!(read("1772373912.250").unwrap(), "2026-03-01 14:05:12.250 UTC unix");
        assert_eq!(read("1772373912250").unwrap(), "2026-03-01 14:05:12.250 UTC unix");
        assert_eq!(read("1772373912250123").unwrap(), "2026-03-01 14:05:12.250123 UTC unix");
        assert_eq!(read("2026-03-01T14:05:12Z").unwrap(), "2026-03-01 14:05:12 UTC explicit");
        assert_eq!(read("2026-03-01 14:05:12").unwrap(), "2026-03-01 assumed");
        assert_eq!(read("yesterday"), None);
    }

    proptest! {
        #[test]
        fn never_panics(line in "(Feb|[0-9éT:+., -]){0,40}") {
            let _ = leading(&line);
            let _ = any_form(&line, None);
        }
    }
}
