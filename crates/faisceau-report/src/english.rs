//! English numbers, dates and lists.
//!
//! In: values that the rows hold. Out: the words that print them. Nothing is computed here: a
//! number is rounded to the digits shown and nothing else.

use faisceau_model::{Moment, Precision};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::numbers;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A count with its thousands apart: `12,345`.
pub(crate) fn count(n: impl TryInto<i64>) -> String {
    numbers::grouped(n, ",")
}

/// A count with its noun and what agrees with it: `0 exhibits`, `1 exhibit`.
pub(crate) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{}\u{a0}{}", count(n), if n == 1 { one } else { many })
}

/// A decimal with a point: `0.42`, `−1.30`.
pub(crate) fn decimal(x: f64, digits: usize) -> String {
    numbers::decimal(x, digits, ".")
}

/// A share as the rate it is: `0.4%`.
pub(crate) fn rate(x: f64) -> String {
    format!("{}%", decimal(x * 100.0, 1))
}

/// A term in words: `6 months`, `2 years`.
pub(crate) fn term(years: f64) -> String {
    let (n, digits, noun) = if years < 1.0 {
        (years * 12.0, 0, "month")
    } else {
        (years, usize::from(years.fract() != 0.0), "year")
    };
    let text = decimal(n, digits);
    let many = if text == "1" { "" } else { "s" };
    format!("{text}\u{a0}{noun}{many}")
}

/// A day: `1 October 2026`.
pub(crate) fn day(date: Date) -> String {
    let month = usize::try_from(date.month() - 1).ok().and_then(|m| MONTHS.get(m)).unwrap_or(&"");
    format!("{}\u{a0}{month}\u{a0}{}", date.day(), date.year())
}

/// An instant in words, in UTC and cut to its precision: `12 October 2026 at 14:05:12 UTC`.
pub(crate) fn instant(moment: Moment) -> String {
    let Ok(at) = Timestamp::from_microsecond(moment.at_us()) else { return moment.to_string() };
    let local = at.to_zoned(TimeZone::UTC);
    let date = day(local.date());
    let (h, m, s) = (local.hour(), local.minute(), local.second());
    match moment.precision() {
        Precision::Day | Precision::Month | Precision::Year | Precision::Interval => date,
        Precision::Hour => format!("{date} in the hour from {h:02}:00 UTC"),
        Precision::Minute => format!("{date} at {h:02}:{m:02} UTC"),
        Precision::Second | Precision::Milli | Precision::Micro => {
            format!("{date} at {h:02}:{m:02}:{s:02} UTC")
        }
    }
}

/// A list in words: `a`, `a and b`, `a, b and c`, or `a, b and 4 others` beyond `max`.
pub(crate) fn list(items: &[String], max: usize) -> String {
    match (items.len(), max) {
        (0, _) | (_, 0) => count(items.len()),
        _ => numbers::listed(items, max, "and", |n| counted(n, "other", "others")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_english_ones() {
        assert_eq!(count(1_234_567_usize), "1,234,567");
        assert_eq!(count(-1_000), "\u{2212}1,000");
        assert_eq!(decimal(-0.001, 2), "0.00");
        assert_eq!(decimal(-1.3, 2), "\u{2212}1.30");
        assert_eq!(rate(0.004), "0.4%");
        assert_eq!(term(0.5), "6\u{a0}months");
        assert_eq!(term(1.0), "1\u{a0}year");
        assert_eq!(term(2.5), "2.5\u{a0}years");
    }

    #[test]
    fn an_instant_says_no_more_than_it_knows() {
        let at = Moment::from_rfc3339("2026-10-12T16:05:12+02:00").unwrap();
        assert_eq!(instant(at), "12\u{a0}October\u{a0}2026 at 14:05:12 UTC");
        let cut = |precision| instant(Moment::new(at.at_us(), precision, at.zone()).unwrap());
        assert_eq!(cut(Precision::Day), "12\u{a0}October\u{a0}2026");
        assert_eq!(cut(Precision::Hour), "12\u{a0}October\u{a0}2026 in the hour from 14:00 UTC");
        assert_eq!(cut(Precision::Minute), "12\u{a0}October\u{a0}2026 at 14:05 UTC");
    }

    #[test]
    fn a_list_counts_what_it_hides() {
        let items: Vec<String> = ["a", "b", "c", "d"].map(String::from).into();
        assert_eq!(list(&items, 9), "a, b, c and d");
        assert_eq!(list(&items, 2), "a, b and 2\u{a0}others");
        assert_eq!(list(&items, 3), "a, b, c and 1\u{a0}other");
        assert_eq!(list(&items[..1], 2), "a");
        assert_eq!(list(&items[..2], 2), "a and b");
    }
}
