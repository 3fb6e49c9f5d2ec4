//! Times of mail headers: RFC 5322, its obsolete forms, and the form of `asctime`.
//!
//! In: the text of `Date`, or what follows the last semicolon of a Received line. Out: a moment;
//! explicit with an offset or a zone that the RFC defines, assumed without. Refused: anything
//! else. A parser that guesses would be no use here: a time that is wrong by the eight hours of
//! `PST`, or by a century, is worse than none.

use faisceau_model::{Absent, Maybe, Moment, Precision};
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

use crate::time::civil;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// Zones of RFC 5322, section 4.3, in hours.
const ZONES: [(&str, i8); 12] = [
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("z", 0),
    ("edt", -4),
    ("est", -5),
    ("cdt", -5),
    ("cst", -6),
    ("mdt", -6),
    ("mst", -7),
    ("pdt", -7),
    ("pst", -8),
];

/// The time of a Received line: what follows its last semicolon.
pub(super) fn of_received(line: &str, zone: Option<&TimeZone>) -> Maybe<Moment> {
    let bare = without_comments(line);
    match bare.rsplit_once(';') {
        Some((_, time)) if !time.trim().is_empty() => {
            Maybe::or_absent(parse(time, zone), Absent::Unreadable)
        }
        _ => Maybe::Missing(Absent::NotRecorded),
    }
}

/// The time that a header says. `zone` stands in where it names none that is defined.
pub(super) fn parse(text: &str, zone: Option<&TimeZone>) -> Option<Moment> {
    let bare = without_comments(text).to_ascii_lowercase();
    let mut words: Vec<&str> = bare.split([' ', '\t', ',', '\r', '\n']).collect();
    words.retain(|word| !word.is_empty());
    if words.first().is_some_and(|word| DAYS.contains(&word.get(..3).unwrap_or_default())) {
        words.remove(0);
    }
    let (day, month, year, clock, rest) = match words.as_slice() {
        // 12 Mar 2024 10:05:09 +0100
        [day, month, year, clock, rest @ ..] if clock.contains(':') => {
            (*day, *month, *year, *clock, rest)
        }
        // Mar 12 10:05:09 2024 +0100
        [month, day, clock, year, rest @ ..] if clock.contains(':') => {
            (*day, *month, *year, *clock, rest)
        }
        _ => return None,
    };
    let month = MONTHS.iter().position(|name| month.get(..3) == Some(*name))?;
    let (clock, precision) = self::clock(clock)?;
    let [hour, minute, second] = clock;
    let month = i8::try_from(month + 1).ok()?;
    let civil = DateTime::new(self::year(year)?, month, digits(day)?, hour, minute, second, 0);
    match offset(rest)? {
        Written::Offset(offset) => civil::explicit(civil.ok()?, offset, precision),
        Written::Nothing => civil::assumed(civil.ok()?, precision, zone),
    }
}

/// Comments in brackets, which nest; one that never ends takes the rest.
fn without_comments(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// One or two digits.
fn digits(text: &str) -> Option<i8> {
    let short = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| short)
}

/// `10:05:09` or `10:05`. The second of a leap is that before it.
fn clock(text: &str) -> Option<([i8; 3], Precision)> {
    let parts: Vec<&str> = text.split(':').collect();
    match parts.as_slice() {
        [hour, minute] => Some(([digits(hour)?, digits(minute)?, 0], Precision::Minute)),
        [hour, minute, second] => {
            let second = digits(second)?;
            let second = if second == 60 { 59 } else { second };
            Some(([digits(hour)?, digits(minute)?, second], Precision::Second))
        }
        _ => None,
    }
}

/// Four digits; two or three as RFC 5322, section 4.3 reads them.
fn year(text: &str) -> Option<i16> {
    let number: i16 = text.parse().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit()))?;
    match text.len() {
        4 => Some(number),
        2 if number < 50 => Some(2000 + number),
        2 | 3 => Some(1900 + number),
        _ => None,
    }
}

/// What the words after the clock say of the zone.
enum Written {
    /// An offset, or a zone that the RFC defines.
    Offset(Offset),
    /// Nothing, or a name that the RFC does not define (`IST` is Irish, Indian and Israeli).
    Nothing,
}

/// What the words after the clock say of the zone, or `None` for an offset that cannot be.
fn offset(words: &[&str]) -> Option<Written> {
    let Some(word) = words.first() else { return Some(Written::Nothing) };
    if let Some((_, hours)) = ZONES.iter().find(|(name, _)| name == word) {
        return Offset::from_hours(*hours).ok().map(Written::Offset);
    }
    let (sign, number) = match word.as_bytes()[0] {
        b'+' => (1, &word[1..]),
        b'-' => (-1, &word[1..]),
        _ => return Some(Written::Nothing),
    };
    if number.len() != 4 || !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (number[..2].parse().ok()?, number[2..].parse().ok()?);
    // UTC+14 is the farthest zone there is.
    if hours > 14 || minutes > 59 {
        return None;
    }
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok().map(Written::Offset)
}

#[cfg(test)]
mod tests {
    use faisceau_model::ZoneSource;
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> String {
        parse(text, None).map_or("none".to_owned(), |at| format!("{at} {}", at.zone()))
    }

    #[test]
    fn the_forms_of_the_rfc() {
        assert_eq!(shown("Tue, 12 Mar 2024 10:05:09 +0100"), "2024-03-12 09:05:09 UTC explicit");
        assert_eq!(shown("12 mar 2024 10:05 -0330 (NST)"), "2024-03-12 13:35 UTC explicit");
        assert_eq!(shown("3 Mar 2004 20:34:38 -0000"), "2004-03-03 20:34:38 UTC explicit");
        assert_eq!(shown("Wed, 12 Feb 2003 14:22:21 PST"), "2003-02-12 22:22:21 UTC explicit");
        assert_eq!(shown("Wed, 26 Mar 03 20:43:24 -0600"), "2003-03-27 02:43:24 UTC explicit");
        assert_eq!(shown("Fri Feb 07 10:18:12 2003 -0800"), "2003-02-07 18:18:12 UTC explicit");
        assert_eq!(shown("(a (b) c) 1 Jan 99 0:00:60 GMT"), "1999-01-01 00:00:59 UTC explicit");
    }

    #[test]
    fn a_zone_that_is_not_defined_is_no_zone() {
        assert_eq!(shown("Tue, 12 Mar 2024 10:05:09"), "2024-03-12 assumed");
        assert_eq!(shown("Tue, 12 Mar 2024 10:05:09 IST"), "2024-03-12 assumed");
        let paris = TimeZone::get("Europe/Paris").unwrap();
        let at = parse("Tue, 12 Mar 2024 10:05:09", Some(&paris)).unwrap();
        assert_eq!(at.to_string(), "2024-03-12 09:05:09 UTC");
        assert_eq!(at.zone(), ZoneSource::Assumed);
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "yesterday",
            "Tue, 32 Mar 2024 10:05:09 +0100",
            "Tue, 12 Xyz 2024 10:05:09 +0100",
            "Tue, 12 Mar 2024 25:05:09 +0100",
            "Tue, 12 Mar 20245 10:05:09 +0100",
            "Tue, 12 Mar 2024 10:05:09 +01000",
            "Tue, 12 Mar 2024 10:05:09 +9900",
            "12 Mar 2024",
            "(12 Mar 2024 10:05:09 +0100",
        ] {
            assert_eq!(shown(text), "none", "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "[-+:;, ()A-Za-z0-9é]{0,50}") {
            parse(&text, None);
            of_received(&text, None);
        }
    }
}
