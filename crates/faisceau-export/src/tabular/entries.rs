//! Rows as entries that know no format.
//!
//! In: the cells of a row. Out: one entry a column of the Parquet file, in its order, and for each
//! time one more in the local zone. Text formats write entries, so that all of them say the same.

use std::borrow::Cow;
use std::fmt::Write;

use faisceau_model::table::{Cell, Column, Kind};
use faisceau_model::{Moment, Precision};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The column that says why values are missing.
const ABSENT: &str = "absent";

/// What stands in one cell of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Entry<'a> {
    /// Nothing; the entry of the column `absent` says why.
    Missing,
    /// A text.
    Text(Cow<'a, str>),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// True or false.
    Bool(bool),
}

impl<'a> Entry<'a> {
    pub(crate) fn text(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    fn owned(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

/// The names of the columns.
pub(crate) fn header(columns: &[Column], local: bool) -> Vec<String> {
    let mut names = Vec::new();
    for column in columns {
        if column.kind == Kind::Moment {
            let parts: &[&str] =
                if local { &["utc", "prec", "zone", "local"] } else { &["utc", "prec", "zone"] };
            names.extend(parts.iter().map(|part| format!("{}_{part}", column.name)));
        } else {
            names.push(column.name.to_owned());
        }
    }
    names.push(ABSENT.to_owned());
    names
}

/// The entries of a row, and at their end why values are missing.
pub(crate) fn entries<'a>(
    columns: &[Column],
    cells: Vec<Cell<'a>>,
    zone: Option<&TimeZone>,
    out: &mut Vec<Entry<'a>>,
) {
    out.clear();
    let mut absent = String::new();
    for (column, cell) in columns.iter().zip(cells) {
        match cell {
            Cell::Text(text) => out.push(Entry::Text(text)),
            Cell::Texts(texts) => out.push(Entry::owned(list(&texts))),
            Cell::Int(n) => out.push(Entry::Int(n)),
            Cell::Float(x) => out.push(Entry::Float(x)),
            Cell::Bool(b) => out.push(Entry::Bool(b)),
            Cell::Moment(at) => {
                out.push(Entry::owned(instant(at)));
                out.push(Entry::text(at.precision().as_str()));
                out.push(Entry::text(at.zone().as_str()));
                out.extend(zone.map(|zone| Entry::owned(at.display_in(zone))));
            }
            Cell::Missing(reason) => {
                let parts = match column.kind {
                    Kind::Moment => 3 + usize::from(zone.is_some()),
                    _ => 1,
                };
                out.extend(std::iter::repeat_n(Entry::Missing, parts));
                let space = if absent.is_empty() { "" } else { " " };
                // Writing to a `String` cannot fail.
                let _ = write!(absent, "{space}{}={}", column.name, reason.as_str());
            }
        }
    }
    out.push(if absent.is_empty() { Entry::Missing } else { Entry::owned(absent) });
}

/// A list of texts as JSON.
pub(crate) fn list(texts: &[String]) -> String {
    // A list of texts is always JSON.
    serde_json::to_string(texts).unwrap_or_default()
}

/// The instant at which a time starts, ISO 8601 in UTC. It has as many decimals as its precision
/// says, and more only where the instant itself has more: nothing is lost.
pub(crate) fn instant(at: Moment) -> String {
    let fraction = at.at_us().rem_euclid(1_000_000);
    let format = match at.precision() {
        Precision::Micro => "%Y-%m-%dT%H:%M:%S%.6fZ",
        Precision::Milli if fraction % 1000 == 0 => "%Y-%m-%dT%H:%M:%S%.3fZ",
        _ if fraction == 0 => "%Y-%m-%dT%H:%M:%SZ",
        _ => "%Y-%m-%dT%H:%M:%S%.6fZ",
    };
    // A moment is always inside the years that a civil date can hold.
    let at = Timestamp::from_microsecond(at.at_us()).unwrap_or(Timestamp::UNIX_EPOCH);
    at.to_zoned(TimeZone::UTC).strftime(format).to_string()
}

#[cfg(test)]
mod tests {
    use faisceau_model::{Absent, ZoneSource};

    use super::*;

    fn moment(us: i64, precision: Precision) -> Moment {
        Moment::new(us, precision, ZoneSource::Explicit).unwrap()
    }

    #[test]
    fn an_instant_has_the_decimals_that_it_is_precise_to_and_loses_none() {
        let us = 1_772_373_912_000_000;
        for (plus, precision, text) in [
            (0, Precision::Micro, "2026-03-01T14:05:12.000000Z"),
            (250_000, Precision::Milli, "2026-03-01T14:05:12.250Z"),
            (250_001, Precision::Milli, "2026-03-01T14:05:12.250001Z"),
            (0, Precision::Second, "2026-03-01T14:05:12Z"),
            (5, Precision::Day, "2026-03-01T14:05:12.000005Z"),
        ] {
            assert_eq!(instant(moment(us + plus, precision)), text);
        }
    }

    #[test]
    fn a_row_has_an_entry_a_column_and_says_what_is_missing() {
        let column = |name, kind| Column { name, kind, unit: "", nullable: true, doc: "" };
        let columns =
            [column("id", Kind::Text), column("at", Kind::Moment), column("port", Kind::Int)];
        let zone = TimeZone::get("Europe/Paris").unwrap();
        let mut out = Vec::new();
        let cells = vec![
            Cell::Text("a:1".into()),
            Cell::Missing(Absent::NotRecorded),
            Cell::Missing(Absent::NoData),
        ];
        for zone in [None, Some(&zone)] {
            entries(&columns, cells.clone(), zone, &mut out);
            assert_eq!(out.len(), header(&columns, zone.is_some()).len());
            assert_eq!(out.last(), Some(&Entry::text("at=not_recorded port=no_data")));
        }
        let day = moment(1_772_319_600_000_000, Precision::Day);
        let cells = vec![Cell::Text("a:1".into()), Cell::Moment(day), Cell::Int(3)];
        entries(&columns, cells, Some(&zone), &mut out);
        assert_eq!(out[1], Entry::text("2026-02-28T23:00:00Z"));
        assert_eq!(out[4], Entry::text("2026-03-01"));
        assert_eq!(out[6], Entry::Missing);
    }
}
