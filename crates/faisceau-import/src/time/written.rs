//! Times as platforms write them in exports, tables, pages and answers to requests.
//!
//! In: the text, and the zone that the case assumes for times that carry none. Out: a moment with
//! the precision of its digits. Refused: times that do not exist, names of zones other than UTC,
//! and orders of day and month that the text does not settle; [`moment`] alone takes the American
//! one, which American platforms write whatever the language of the account.
//!
//! Forms: `2026-03-11 02:49:39 UTC` (or `GMT`), the same with `Z`, an offset or `T`, with none of
//! these, `2026-03-11`, `Sat Sep 05 08:12:14 UTC 2026`, a count of seconds (ten digits) or
//! milliseconds (thirteen) since the Unix epoch. American: `9/20/2023 4:05:03 AM`, `5/12/14, 8:31
//! AM`.

use std::borrow::Cow;

use faisceau_model::{Maybe, Moment, Precision, RejectReason, ZoneSource, excerpt};
use jiff::civil::DateTime;
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::TimeZone;

use super::civil;
use crate::json::Flaw;

/// Longest text that can be a time.
const LONGEST: usize = 64;
/// The abbreviations of months in English.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// Patterns of `strptime` for the American forms.
const AMERICAN: [&str; 4] =
    ["%m/%d/%y, %I:%M %p", "%m/%d/%Y, %I:%M:%S %p", "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S"];

/// The moment that `text`, called `name` in the exhibit, is; a text without time is missing.
pub(crate) fn read(
    name: &str,
    text: &Maybe<String>,
    zone: Option<&TimeZone>,
) -> Result<Maybe<Moment>, Flaw> {
    match text {
        Maybe::Missing(reason) => Ok(Maybe::Missing(*reason)),
        Maybe::Known(text) => {
            moment(text, zone).map(Maybe::Known).ok_or_else(|| no_time(name, text))
        }
    }
}

/// Why a field is no row.
pub(super) fn no_time(name: &str, text: &str) -> Flaw {
    (RejectReason::Time, format!("`{name}` is no time: `{}`", excerpt(text, 40)))
}

/// The moment that a text is, in any of the forms above.
pub(crate) fn moment(text: &str, zone: Option<&TimeZone>) -> Option<Moment> {
    settled(text, zone).or_else(|| american(text.trim(), zone))
}

/// The moment that a text is, in a form that leaves no doubt of day and month.
pub(crate) fn settled(text: &str, zone: Option<&TimeZone>) -> Option<Moment> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return match text.len() {
            10 => Moment::from_unix_seconds(text.parse().ok()?),
            13 => Moment::from_unix_millis(text.parse().ok()?),
            _ => None,
        };
    }
    let iso = iso(text)?;
    let precision = precision(&iso);
    if let Some(at) = Moment::from_rfc3339(&iso) {
        return Moment::new(at.at_us(), precision, ZoneSource::Explicit);
    }
    civil::assumed(iso.parse::<DateTime>().ok()?, precision, zone)
}

/// The text as ISO 8601.
fn iso(text: &str) -> Option<Cow<'_, str>> {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        let utc = ["UTC", "GMT", "Z"].into_iter().find_map(|zone| text.strip_suffix(zone));
        let marked = utc.map(|civil| Cow::Owned(format!("{}Z", civil.trim_end())));
        return Some(marked.unwrap_or(Cow::Borrowed(text)));
    }
    // Wed Aug 19 12:00:00 UTC 2021.
    let parts: Vec<&str> = text.split_ascii_whitespace().take(7).collect();
    let [_, month, day, clock, "UTC" | "GMT", year] = parts[..] else { return None };
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let day: u8 = day.parse().ok()?;
    Some(Cow::Owned(format!("{year}-{month:02}-{day:02} {clock}Z")))
}

fn american(text: &str, zone: Option<&TimeZone>) -> Option<Moment> {
    if text.len() > LONGEST {
        return None;
    }
    // Some writers put a narrow space before AM and PM.
    let text = text.replace('\u{202f}', " ");
    AMERICAN.iter().find_map(|pattern| {
        let civil = BrokenDownTime::parse(pattern, &text).ok()?.to_datetime().ok()?;
        let precision = if pattern.contains("%S") { Precision::Second } else { Precision::Minute };
        civil::assumed(civil, precision, zone)
    })
}

/// The precision of an ISO time by the parts that are written. Zeros that end a fraction are how
/// some writers fill it up.
pub(super) fn precision(text: &str) -> Precision {
    let Some((_, time)) = text.split_once(['T', 't', ' ']) else { return Precision::Day };
    let clock = time.split(['Z', 'z', '+', '-', '[']).next().unwrap_or_default();
    let fraction = clock.split_once(['.', ',']).map_or("", |(_, digits)| digits.trim_end());
    match (clock.matches(':').count(), fraction.trim_end_matches('0').len()) {
        (0, _) => Precision::Hour,
        (1, _) => Precision::Minute,
        (_, 0) => Precision::Second,
        (_, 1..=3) => Precision::Milli,
        _ => Precision::Micro,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> String {
        let paris = jiff::tz::TimeZoneDatabase::bundled().get("Europe/Paris").unwrap();
        moment(text, Some(&paris)).map_or_else(
            || "none".to_owned(),
            |at| format!("{at} {} {}", at.precision(), at.zone()),
        )
    }

    #[test]
    fn every_form_keeps_its_precision_and_zone() {
        for (text, expected) in [
            ("2026-03-11 02:49:39 UTC", "2026-03-11 02:49:39 UTC s explicit"),
            ("2026-03-11 02:49:39 Z", "2026-03-11 02:49:39 UTC s explicit"),
            ("2026-01-24T06:54:24.0000000Z ", "2026-01-24 06:54:24 UTC s explicit"),
            ("2022-02-09T03:04:54.297853Z", "2022-02-09 03:04:54.297853 UTC us explicit"),
            ("2026-03-11T02:49:39.250+01:00", "2026-03-11 01:49:39.250 UTC ms explicit"),
            ("2026-03-11 02:49:39", "2026-03-11 01:49:39 UTC s assumed"),
            ("2026-03-11", "2026-03-10 day assumed"),
            ("Sat Sep 05 08:12:14 UTC 2026", "2026-09-05 08:12:14 UTC s explicit"),
            ("9/20/2023 4:05:03 AM", "2023-09-20 02:05:03 UTC s assumed"),
            ("5/12/14, 8:31\u{202f}PM", "2014-05-12 18:31 UTC min assumed"),
            ("2026-04-11 04:02:00 GMT", "2026-04-11 04:02:00 UTC s explicit"),
            ("2025-02-25 04:34 UTC", "2025-02-25 04:34 UTC min explicit"),
            ("1749628800", "2025-06-11 08:00:00 UTC s unix"),
            ("1783464243030", "2026-07-07 22:44:03.030 UTC ms unix"),
            ("Wed Aug 19 12:00:00 CEST 2021", "none"),
            ("Wed Feb 30 12:00:00 UTC 2021", "none"),
            ("12345", "none"),
            ("20/9/2023 4:05:03 AM", "none"),
            ("2026-02-30 02:49:39 UTC", "none"),
            ("yesterday", "none"),
            ("", "none"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
        assert_eq!(moment("2026-03-11 02:49:39", None).unwrap().precision(), Precision::Day);
        assert_eq!(settled("9/20/2023 4:05:03 AM", None), None);
    }

    proptest! {
        #[test]
        fn never_panics(text in "[-0-9T:. Z+/,APMUTC]{0,70}|.{0,70}") {
            let _ = shown(&text);
        }
    }
}
