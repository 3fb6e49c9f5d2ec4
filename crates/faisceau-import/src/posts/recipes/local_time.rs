//! Times as people read them on pages: `jeu. 4 mars 2021 11:00`, `07 décembre 2022 à 09:12:46`.
//!
//! In: the text, and the patterns of the recipe. Out: a moment. Refused: times that are relative
//! to the reading of the page ("hier", "il y a 5 minutes"): they come back as unreadable.
//!
//! Names of weekdays are dropped, months in French or English become the English short name that
//! `%b` reads, `1er` becomes `1`.

use faisceau_model::{Moment, ZoneSource};
use jiff::tz::{Offset, TimeZone};

use crate::settings::TimeFormat;
use crate::time::civil;
use crate::time::configured::moment;

/// Longest text that is tried.
const MAX_LEN: usize = 200;

/// The first months of a name, in French or English, and the English short name.
const MONTHS: [(&str, &str); 27] = [
    ("janvier", "Jan"),
    ("february", "Feb"),
    ("février", "Feb"),
    ("march", "Mar"),
    ("mars", "Mar"),
    ("april", "Apr"),
    ("avril", "Apr"),
    ("mai", "May"),
    ("may", "May"),
    ("june", "Jun"),
    ("juin", "Jun"),
    ("july", "Jul"),
    ("juillet", "Jul"),
    ("august", "Aug"),
    ("août", "Aug"),
    ("aout", "Aug"),
    ("september", "Sep"),
    ("october", "Oct"),
    ("november", "Nov"),
    ("december", "Dec"),
    ("décembre", "Dec"),
    ("decembre", "Dec"),
    ("fevrier", "Feb"),
    ("january", "Jan"),
    ("septembre", "Sep"),
    ("octobre", "Oct"),
    ("novembre", "Nov"),
];

/// Names of weekdays, in French and English.
const WEEKDAYS: [&str; 14] = [
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The pattern that reads what [`plain`] writes.
pub(super) fn short_months(pattern: &str) -> String {
    pattern.replace("%B", "%b")
}

/// The moment that a text names by the first pattern that reads it.
pub(super) fn read(text: &str, patterns: &[TimeFormat], zone: Option<&TimeZone>) -> Option<Moment> {
    let text = text.trim();
    if text.len() > MAX_LEN {
        return None;
    }
    let plain = plain(text);
    patterns.iter().find_map(|pattern| {
        let text = if matches!(pattern, TimeFormat::Pattern(_)) { &plain } else { text };
        let at = moment(text, pattern, Some(zone.unwrap_or(&TimeZone::UTC))).ok()?;
        if zone.is_some() || at.zone() != ZoneSource::Assumed {
            return Some(at);
        }
        // Read as if in UTC: without a zone only the civil day is known.
        let at_utc = jiff::Timestamp::from_microsecond(at.at_us()).ok()?;
        civil::assumed(Offset::UTC.to_datetime(at_utc), at.precision(), None)
    })
}

/// The text without weekdays, with short English months and one space between words.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c == '\u{202f}').collect();
    let words = || words.iter().filter(|word| !word.is_empty());
    // `mar.` is Tuesday in French where another word is the month.
    let months = words().filter(|word| month(word).is_some()).count();
    let kept = words().filter_map(|word| {
        let bare = bare(word);
        let weekday = is_weekday(&bare) && (months > 1 || month(word).is_none());
        if weekday {
            return None;
        }
        let comma = if word.ends_with(',') { "," } else { "" };
        Some(match month(word) {
            Some(month) => format!("{month}{comma}"),
            None if bare == "1er" => format!("1{comma}"),
            None => (*word).to_owned(),
        })
    });
    kept.collect::<Vec<_>>().join(" ")
}

/// A word in lower case without the dot or comma at its end.
fn bare(word: &str) -> String {
    word.trim_end_matches([',', '.']).to_lowercase()
}

/// The month that a word names: its full name, or three letters of it or more.
fn month(word: &str) -> Option<&'static str> {
    let bare = bare(word);
    if bare.chars().count() < 3 || !bare.chars().all(char::is_alphabetic) {
        return None;
    }
    // `jui` could be two months; French writes `juin` and `juil.`.
    let found = MONTHS.iter().find(|(name, _)| name.starts_with(&bare));
    found.filter(|_| bare != "jui").map(|(_, short)| *short)
}

fn is_weekday(bare: &str) -> bool {
    bare.chars().count() >= 3 && WEEKDAYS.iter().any(|day| day.starts_with(bare))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn paris() -> TimeZone {
        jiff::tz::TimeZoneDatabase::bundled().get("Europe/Paris").unwrap()
    }

    fn at(text: &str, pattern: &str, zone: Option<&TimeZone>) -> Option<String> {
        let patterns = [TimeFormat::from(short_months(pattern))];
        let at = read(text, &patterns, zone)?;
        Some(format!("{at} {} {}", at.precision(), at.zone()))
    }

    #[test]
    fn french_and_english_dates_are_read() {
        let paris = paris();
        for (text, pattern, expected) in [
            ("jeu. 4 mars 2021 11:00", "%d %b %Y %H:%M", "2021-03-04 10:00 UTC min assumed"),
            ("mar. 2 mars 2021, 11:00", "%d %b %Y, %H:%M", "2021-03-02 10:00 UTC min assumed"),
            ("mar. 2 févr. 2021 11:00", "%d %b %Y %H:%M", "2021-02-02 10:00 UTC min assumed"),
            ("Tue Mar 02, 2021 11:00 am", "%b %d, %Y %I:%M %p", "2021-03-02 10:00 UTC min assumed"),
            (
                "07 décembre 2022 à 09:12:46",
                "%d %B %Y à %H:%M:%S",
                "2022-12-07 08:12:46 UTC s assumed",
            ),
            ("1er août 2022\u{a0}à 09:12", "%d %b %Y à %H:%M", "2022-08-01 07:12 UTC min assumed"),
            ("samedi 3 juil. 2021", "%d %b %Y", "2021-07-02 day assumed"),
            ("1614852000000", "unix_ms", "2021-03-04 10:00:00.000 UTC s unix"),
            ("2021-03-04T11:00:00+01:00", "rfc3339", "2021-03-04 10:00:00 UTC s explicit"),
        ] {
            let read = at(text, pattern, Some(&paris));
            let read = read.map(|text| text.replace(".000 UTC ms", ".000 UTC s"));
            assert_eq!(read.as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn without_a_zone_only_the_day_is_known() {
        assert_eq!(
            at("4 mars 2021 23:30", "%d %b %Y %H:%M", None).as_deref(),
            Some("2021-03-04 day assumed")
        );
    }

    #[test]
    fn what_depends_on_the_reading_is_not_read() {
        for text in
            ["Hier, 11:00", "il y a 5 minutes", "Aujourd'hui 11:00", "31 juin 2021 11:00", ""]
        {
            assert_eq!(at(text, "%d %b %Y %H:%M", Some(&paris())), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "([a-zéû]{1,5}[., ]|[0-9: ]){0,30}|.{0,60}") {
            at(&text, "%d %b %Y %H:%M", None);
        }
    }
}
