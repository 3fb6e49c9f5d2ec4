//! French numbers, dates, spaces and lists.
//!
//! In: values that the rows hold. Out: the words that print them. Nothing is computed here: a
//! number is rounded to the digits shown and nothing else.

use faisceau_model::{Moment, Precision};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::numbers;

const NARROW: &str = "\u{202f}";

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// Spaces become the unbreakable ones that French typography wants, and apostrophes curl.
pub(crate) fn spaced(text: &str) -> String {
    [
        ("'", "\u{2019}"),
        (" :", "\u{a0}:"),
        (" ;", "\u{202f};"),
        (" !", "\u{202f}!"),
        (" ?", "\u{202f}?"),
        (" %", "\u{202f}%"),
        ("« ", "«\u{a0}"),
        (" »", "\u{a0}»"),
        ("n° ", "n°\u{a0}"),
        ("art. ", "art.\u{a0}"),
        ("article ", "article\u{a0}"),
        ("section ", "section\u{a0}"),
        ("annexe ", "annexe\u{a0}"),
        ("L. ", "L.\u{a0}"),
        ("R. ", "R.\u{a0}"),
        (" – ", "\u{a0}– "),
    ]
    .iter()
    .fold(
        text.to_owned(),
        |text, (from, to)| {
            if text.contains(from) { text.replace(from, to) } else { text }
        },
    )
}

/// A count with its thousands apart: `12 345`.
pub(crate) fn count(n: impl TryInto<i64>) -> String {
    numbers::grouped(n, NARROW)
}

/// A count with its noun and what agrees with it: `1 pièce`, `3 pièces`.
pub(crate) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{}\u{a0}{}", count(n), if n < 2 { one } else { many })
}

/// A decimal with a comma: `0,42`, `−1,30`.
pub(crate) fn decimal(x: f64, digits: usize) -> String {
    numbers::decimal(x, digits, ",")
}

/// A share as the rate it is: `0,4 %`.
pub(crate) fn rate(x: f64) -> String {
    format!("{}{NARROW}%", decimal(x * 100.0, 1))
}

/// A term in words: `6 mois`, `2 ans`.
pub(crate) fn term(years: f64) -> String {
    if years < 1.0 {
        return format!("{}\u{a0}mois", decimal(years * 12.0, 0));
    }
    let digits = usize::from(years.fract() != 0.0);
    format!("{}\u{a0}an{}", decimal(years, digits), if years < 2.0 { "" } else { "s" })
}

/// A day: `1er octobre 2026`.
pub(crate) fn day(date: Date) -> String {
    let number = match date.day() {
        1 => "1er".to_owned(),
        n => n.to_string(),
    };
    let month = usize::try_from(date.month() - 1).ok().and_then(|m| MONTHS.get(m)).unwrap_or(&"");
    format!("{number}\u{a0}{month}\u{a0}{}", date.year())
}

/// An ISO 8601 day in words, or the text as it stands if it is not one.
pub(crate) fn iso_day(text: &str) -> String {
    text.parse::<Date>().map_or_else(|_| text.to_owned(), day)
}

/// An instant in words, in UTC and cut to its precision:
/// `12 octobre 2026 à 14 h 05 min 12 s UTC`.
pub(crate) fn instant(moment: Moment) -> String {
    let Ok(at) = Timestamp::from_microsecond(moment.at_us()) else { return moment.to_string() };
    let local = at.to_zoned(TimeZone::UTC);
    let date = day(local.date());
    let (h, m, s) = (local.hour(), local.minute(), local.second());
    match moment.precision() {
        Precision::Day | Precision::Month | Precision::Year | Precision::Interval => date,
        Precision::Hour => format!("{date} à {h}\u{a0}h UTC"),
        Precision::Minute => format!("{date} à {h}\u{a0}h\u{a0}{m:02} UTC"),
        Precision::Second | Precision::Milli | Precision::Micro => {
            format!("{date} à {h}\u{a0}h\u{a0}{m:02}\u{a0}min\u{a0}{s:02}\u{a0}s UTC")
        }
    }
}

/// The same instant on the clocks of Paris, for a table: `2026-03-01 14:05:12 +01:00`.
pub(crate) fn paris(moment: Moment) -> Option<String> {
    Some(moment.display_in(&TimeZone::get("Europe/Paris").ok()?))
}

/// A title inside a sentence: its first letter small, its acronyms as they are.
pub(crate) fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}

/// A list in words: `a`, `a et b`, `a, b et c`, or `a, b et 4 autres` beyond `max`.
pub(crate) fn list(items: &[String], max: usize) -> String {
    match (items.len(), max) {
        (0, _) | (_, 0) => count(items.len()),
        _ => numbers::listed(items, max, "et", |n| counted(n, "autre", "autres")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_french_ones() {
        assert_eq!(count(1_234_567_usize), "1\u{202f}234\u{202f}567");
        assert_eq!(count(999_usize), "999");
        assert_eq!(decimal(-0.5, 2), "\u{2212}0,50");
        assert_eq!(decimal(-0.001, 2), "0,00");
        assert_eq!(rate(0.004), "0,4\u{202f}%");
    }

    #[test]
    fn an_instant_says_no_more_than_it_knows() {
        let at = Moment::from_rfc3339("2026-10-12T16:05:12+02:00").unwrap();
        assert_eq!(
            instant(at),
            "12\u{a0}octobre\u{a0}2026 à 14\u{a0}h\u{a0}05\u{a0}min\u{a0}12\u{a0}s UTC"
        );
        let day_only = Moment::new(at.at_us(), Precision::Day, at.zone()).unwrap();
        assert_eq!(instant(day_only), "12\u{a0}octobre\u{a0}2026");
        assert_eq!(paris(at).as_deref(), Some("2026-10-12 16:05:12 +02:00"));
        assert_eq!(iso_day("2026-05-01"), "1er\u{a0}mai\u{a0}2026");
        assert_eq!(iso_day("soon"), "soon");
    }

    #[test]
    fn spaces_do_not_break_before_high_punctuation() {
        assert_eq!(
            spaced("« oui » : non ; si ?"),
            "«\u{a0}oui\u{a0}»\u{a0}: non\u{202f}; si\u{202f}?"
        );
    }

    #[test]
    fn a_list_counts_what_it_hides() {
        let items: Vec<String> = ["a", "b", "c", "d"].map(String::from).into();
        assert_eq!(list(&items, 9), "a, b, c et d");
        assert_eq!(list(&items, 2), "a, b et 2\u{a0}autres");
        assert_eq!(list(&items[..1], 2), "a");
    }
}
