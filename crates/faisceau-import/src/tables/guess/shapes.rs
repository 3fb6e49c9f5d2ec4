//! What cells look like.
//!
//! In: the cells of a column that are not empty. Out: whether they are addresses, ports, times of
//! the day, and in which pattern they are times. Refused: a pattern that one cell in five does
//! not fit, and years in which nobody was on a network.

use faisceau_model::{Moment, Precision};
use jiff::tz::TimeZone;

use crate::settings::TimeFormat;
use crate::text::address::{endpoint, port};
use crate::time::configured::moment;

/// Dates, and the same with day and month exchanged where both are in use.
const DATES: [(&str, Option<&str>); 14] = [
    ("%d/%m/%Y", Some("%m/%d/%Y")),
    ("%m/%d/%Y", None),
    ("%d-%m-%Y", Some("%m-%d-%Y")),
    ("%m-%d-%Y", None),
    ("%d.%m.%Y", None),
    ("%Y/%m/%d", None),
    ("%Y-%m-%d", None),
    ("%d/%m/%y", Some("%m/%d/%y")),
    ("%m/%d/%y", None),
    ("%d %b %Y", None),
    ("%d %B %Y", None),
    ("%b %d, %Y", None),
    ("%B %d, %Y", None),
    ("%a, %d %b %Y", None),
];

/// What stands between date and time.
const BETWEEN: [&str; 5] = [" ", ", ", " à ", " - ", "T"];

/// Times of the day. A space of a pattern also stands for none.
const CLOCKS: [&str; 7] =
    ["%H:%M:%S", "%H:%M:%S%.f", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%Hh%M", "%Hh%Mm%Ss"];

/// What stands after the time.
const OFFSETS: [&str; 10] =
    ["", " UTC", " GMT", " (UTC)", " %z", " %:z", "%z", "%:z", " (UTC +00)", " (UTC+00:00)"];

/// Patterns that are not a date, a time and an offset in this order.
const OTHERS: [&str; 2] = ["%a %b %d %H:%M:%S %z %Y", "%H:%M:%S %d/%m/%Y"];

/// 1995 and 2100, in microseconds.
const PLAUSIBLE: std::ops::Range<i64> = 788_918_400_000_000..4_102_444_800_000_000;

/// How the times of a column are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Times {
    /// The format.
    pub(crate) format: TimeFormat,
    /// Whether each says its offset or counts from the epoch.
    pub(crate) zoned: bool,
    /// Whether day and month could be exchanged.
    pub(crate) exchangeable: bool,
    /// Whether they are dates without a time of the day.
    pub(crate) days: bool,
}

/// Whether most cells are addresses; some may say that there is none.
pub(super) fn are_addresses(cells: &[&str]) -> bool {
    most(cells, |cell| endpoint(cell).is_some())
}

/// Whether most cells are ports.
pub(super) fn are_ports(cells: &[&str]) -> bool {
    most(cells, |cell| port(cell.strip_suffix(".0").unwrap_or(cell)).is_some())
}

fn most(cells: &[&str], fits: impl Fn(&str) -> bool) -> bool {
    enough(cells, cells.iter().filter(|cell| fits(cell)).count())
}

/// Whether so many cells speak for all: some say that there is nothing, or are wrong.
fn enough(cells: &[&str], count: usize) -> bool {
    count > 0 && count * 5 >= cells.len() * 4
}

/// The pattern of times of the day.
pub(super) fn clock(cells: &[&str]) -> Option<&'static str> {
    let dated: Vec<String> = cells.iter().map(|cell| format!("2020-01-01 {cell}")).collect();
    let dated: Vec<&str> = dated.iter().map(String::as_str).collect();
    CLOCKS.into_iter().find(|clock| enough(&dated, fit(&dated, &format!("%Y-%m-%d {clock}"))))
}

/// How times are written, if most are written alike. `counted`: whether numbers may be counts from
/// the epoch; the shape alone does not tell those from ids.
pub(crate) fn times(cells: &[&str], counted: bool) -> Option<Times> {
    let first = cells.first()?;
    let format = TimeFormat::Rfc3339;
    if enough(cells, fitting(cells, &format, true)) {
        let zoned = enough(cells, fitting(cells, &format, false));
        let days = cells
            .iter()
            .all(|cell| !matches!(precision(cell, &format), Some(p) if p < Precision::Day));
        return Some(Times { format, zoned, exchangeable: false, days });
    }
    let counts = if counted { &[TimeFormat::Unix, TimeFormat::UnixMillis][..] } else { &[] };
    if let Some(format) = counts.iter().find(|f| enough(cells, fitting(cells, f, true))) {
        let format = format.clone();
        return Some(Times { format, zoned: true, exchangeable: false, days: false });
    }
    // What is no digit at all, or longer than any time, is not tried against every pattern.
    if first.len() > 60 || !first.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let others = OTHERS.iter().map(|&pattern| (pattern.to_owned(), None));
    let mut best: Option<(usize, Pattern)> = None;
    for pattern in patterns().chain(others) {
        let count = fit(cells, &pattern.0);
        // The first of equals: the day before the month.
        if enough(cells, count) && best.as_ref().is_none_or(|(most, _)| count > *most) {
            best = Some((count, pattern));
        }
        if count == cells.len() {
            break;
        }
    }
    let (count, (pattern, exchanged)) = best?;
    let exchangeable = exchanged.is_some_and(|pattern| fit(cells, &pattern) == count);
    let format = TimeFormat::Pattern(pattern);
    let zoned = enough(cells, fitting(cells, &format, false));
    let days = cells.iter().find_map(|cell| precision(cell, &format)) == Some(Precision::Day);
    Some(Times { format, zoned, exchangeable, days })
}

/// A pattern, and the same with day and month exchanged.
type Pattern = (String, Option<String>);

/// Dates alone, then dates with times.
fn patterns() -> impl Iterator<Item = Pattern> {
    let alone = DATES.iter().map(|(date, other)| ((*date).to_owned(), other.map(str::to_owned)));
    let tails = BETWEEN.iter().flat_map(|between| {
        CLOCKS.iter().flat_map(move |clock| {
            OFFSETS.iter().map(move |offset| format!("{between}{clock}{offset}"))
        })
    });
    alone.chain(tails.flat_map(|tail| {
        DATES.iter().map(move |(date, other)| {
            (format!("{date}{tail}"), other.map(|other| format!("{other}{tail}")))
        })
    }))
}

/// How many cells fit a pattern, or none once too many do not.
fn fit(cells: &[&str], pattern: &str) -> usize {
    fitting(cells, &TimeFormat::Pattern(pattern.to_owned()), true)
}

/// How many cells are plausible times in a format; `anywhere`: in a zone that is given.
fn fitting(cells: &[&str], format: &TimeFormat, anywhere: bool) -> usize {
    let zone = anywhere.then_some(TimeZone::UTC);
    let fits = |cell: &str| {
        moment(cell, format, zone.as_ref()).is_ok_and(|at| PLAUSIBLE.contains(&at.at_us()))
    };
    let (mut fit, mut missed) = (0, 0);
    for cell in cells {
        if fits(cell) {
            fit += 1;
        } else {
            missed += 1;
        }
        if missed * 5 > cells.len() {
            return 0;
        }
    }
    fit
}

fn precision(cell: &str, format: &TimeFormat) -> Option<Precision> {
    moment(cell, format, Some(&TimeZone::UTC)).ok().map(Moment::precision)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_by_their_shape() {
        let told = |cells: &[&str]| {
            times(cells, true).map(|t| (String::from(t.format), t.zoned, t.exchangeable, t.days))
        };
        let is = |pattern: &str, zoned, exchangeable, days| {
            Some((pattern.to_owned(), zoned, exchangeable, days))
        };
        assert_eq!(told(&["2026-03-01T14:05:12Z"]), is("rfc3339", true, false, false));
        assert_eq!(told(&["2026-03-01 14:05:12"]), is("rfc3339", false, false, false));
        assert_eq!(told(&["2026-03-01"]), is("rfc3339", false, false, true));
        assert_eq!(told(&["1772373912"]), is("unix", true, false, false));
        assert_eq!(told(&["1772373912000"]), is("unix_ms", true, false, false));
        let pattern = "%d/%m/%Y %H:%M:%S";
        assert_eq!(told(&["01/03/2026 14:05:12"]), is(pattern, false, true, false));
        assert_eq!(told(&["31/03/2026 14:05:12"]), is(pattern, false, false, false));
        let month_first = told(&["03/31/2026 2:05 PM", "03/01/2026 2:05 PM"]);
        assert_eq!(month_first, is("%m/%d/%Y %I:%M %p", false, false, false));
        assert_eq!(told(&["01/03/26"]), is("%d/%m/%y", false, true, true));
        assert_eq!(told(&["1 Mar 2026, 14:05"]), is("%d %b %Y, %H:%M", false, false, false));
        assert_eq!(told(&["01/03/2026 à 14h05"]), is("%d/%m/%Y à %Hh%M", false, true, false));
        let tiktok = told(&["27/07/2026 03:04:43PM (UTC +00)"]);
        assert_eq!(tiktok, is("%d/%m/%Y %I:%M:%S %p (UTC +00)", true, false, false));
        assert_eq!(told(&["2026-03-01", "hier"]), None);
        assert_eq!(told(&["14:05"]), None);
        assert_eq!(times(&["1772373912"], false), None);
    }

    #[test]
    fn clocks_and_ports_are_told_by_their_shape() {
        assert_eq!(clock(&["14:05:12", "2:05:12"]), Some("%H:%M:%S"));
        assert_eq!(clock(&["02:05 PM"]), Some("%I:%M %p"));
        assert_eq!(clock(&["14h05"]), Some("%Hh%M"));
        assert_eq!(clock(&["2026-03-01"]), None);
        assert!(are_ports(&["51234", "443.0"]) && !are_ports(&["0", "70000"]));
        assert!(are_addresses(&["192.0.2.1:443", "2001:db8::1"]) && !are_addresses(&[]));
    }
}
