//! Times as the programs of the DNS write them.
//!
//! In: the text after `WHEN:` of dig, `Time` of kdig, or a count since the Unix epoch in seconds
//! to nanoseconds. Out: a moment beside its text. Refused: guessing what a zone is called: `IST` is
//! of India, Ireland or Israel. Such a time keeps its day alone.

use faisceau_model::{Absent, Maybe, Moment, Place, Precision, ZoneSource};
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

use crate::contract::ImportError;
use crate::settings::ImportSettings;
use crate::time::civil;
use crate::time::stamp::Stamp;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// Abbreviations that one offset alone goes by in the time zone database, in hours.
const ZONES: [(&str, i8); 9] = [
    ("UTC", 0),
    ("GMT", 0),
    ("WET", 0),
    ("WEST", 1),
    ("CET", 1),
    ("CEST", 2),
    ("EET", 2),
    ("EEST", 3),
    ("Z", 0),
];

/// The zone that the case assumes.
///
/// # Errors
/// When the settings name a zone that does not exist.
pub(super) fn zone(settings: &ImportSettings) -> Result<Option<TimeZone>, ImportError> {
    settings
        .zone()
        .map_err(|error| ImportError::Broken { place: Place::Whole, detail: error.to_string() })
}

/// `Sat Nov 28 16:57:26 CET 2026`, or `2026-11-28 15:57:26 UTC`; without zone in that of the case.
pub(super) fn written(text: &str, zone: Option<&TimeZone>) -> Stamp {
    let text = text.trim();
    let at = asctime(text, zone).or_else(|| iso(text, zone));
    Stamp {
        at: Maybe::or_absent(at, Absent::Unreadable),
        raw: Maybe::text(text, Absent::NotRecorded),
    }
}

/// A count since the Unix epoch: seconds, or by its length milliseconds to nanoseconds.
pub(super) fn counted(text: &str) -> Option<Moment> {
    let text = text.trim();
    if text.contains('.') {
        let (whole, fraction) = text.split_once('.')?;
        let micros: String = fraction.chars().chain("000000".chars()).take(6).collect();
        let at = whole.parse::<i64>().ok()?.checked_mul(1_000_000)?;
        return Moment::new(
            at.checked_add(micros.parse().ok()?)?,
            Precision::Micro,
            ZoneSource::Unix,
        );
    }
    let count: i64 = text.parse().ok()?;
    match text.len() {
        ..=11 => Moment::from_unix_seconds(count),
        12..=14 => Moment::from_unix_millis(count),
        15..=17 => Moment::new(count, Precision::Micro, ZoneSource::Unix),
        _ => Moment::new(count.div_euclid(1000), Precision::Micro, ZoneSource::Unix),
    }
}

fn asctime(text: &str, zone: Option<&TimeZone>) -> Option<Moment> {
    let words: Vec<&str> = text.split_ascii_whitespace().take(7).collect();
    let (month, day, clock, named, year) = match words[..] {
        [_, month, day, clock, year] => (month, day, clock, None, year),
        [_, month, day, clock, named, year] => (month, day, clock, Some(named), year),
        _ => return None,
    };
    let month = MONTHS.iter().position(|known| *known == month)? + 1;
    let day: u8 = day.parse().ok()?;
    let civil: DateTime = format!("{year}-{month:02}-{day:02}T{clock}").parse().ok()?;
    in_zone(civil, named, zone)
}

fn iso(text: &str, zone: Option<&TimeZone>) -> Option<Moment> {
    if let Some(at) = Moment::from_rfc3339(text) {
        return Some(at);
    }
    let words: Vec<&str> = text.split_ascii_whitespace().take(4).collect();
    let (date, clock, named) = match words[..] {
        [date, clock] => (date, clock, None),
        [date, clock, named] => (date, clock, Some(named)),
        _ => return None,
    };
    in_zone(format!("{date}T{clock}").parse().ok()?, named, zone)
}

fn in_zone(civil: DateTime, named: Option<&str>, zone: Option<&TimeZone>) -> Option<Moment> {
    let Some(named) = named else { return civil::assumed(civil, Precision::Second, zone) };
    match ZONES.iter().find(|(known, _)| *known == named) {
        Some((_, hours)) => civil::explicit(civil, Offset::constant(*hours), Precision::Second),
        None => civil::assumed(civil, Precision::Second, None),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> String {
        let paris = TimeZone::get("Europe/Paris").unwrap();
        match written(text, Some(&paris)).at {
            Maybe::Known(at) => format!("{at} {}", at.zone()),
            Maybe::Missing(reason) => reason.to_string(),
        }
    }

    #[test]
    fn every_form_says_how_much_it_knows() {
        for (text, expected) in [
            ("Sat Nov 28 16:57:26 CET 2026", "2026-11-28 15:57:26 UTC explicit"),
            ("Wed Oct 30 05:13:36 2019", "2019-10-30 04:13:36 UTC assumed"),
            ("Wed Oct 30 05:13:36 PDT 2019", "2019-10-30 assumed"),
            ("2026-11-28 15:57:26 UTC", "2026-11-28 15:57:26 UTC explicit"),
            ("2026-11-28T15:57:26+0000", "2026-11-28 15:57:26 UTC explicit"),
            ("2026-11-28T16:57:26.488Z", "2026-11-28 16:57:26.488 UTC explicit"),
            ("Sat Feb 30 16:57:26 CET 2026", "unreadable"),
            ("soon", "unreadable"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn counts_are_told_apart_by_their_length() {
        let second = "2026-11-28 15:57:26 UTC";
        assert_eq!(counted("1795881446").unwrap().to_string(), second);
        assert_eq!(counted("1795881446000000000").unwrap().at_s(), 1_795_881_446);
        assert_eq!(counted("1795881446.25").unwrap().at_us(), 1_795_881_446_250_000);
        assert_eq!(counted("x"), None);
    }

    proptest! {
        #[test]
        fn never_panics(text in "[-0-9A-Za-z:. +]{0,40}|\\PC{0,30}") {
            let _ = shown(&text);
            let _ = counted(&text);
        }
    }
}
