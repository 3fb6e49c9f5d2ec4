//! The time of a record: one cell, or a date and a time of the day in two.
//!
//! In: the cells and how times are written. Out: the moment, and what the table writes of it.
//! Refused: a time that is written and cannot be read. A date of a spreadsheet is not written in
//! any format: where the other half is a text, the date is put into words as the format says.

use faisceau_model::{Absent, Maybe, Moment, RejectReason};
use jiff::civil::DateTime;
use jiff::fmt::strtime;

use super::Record;
use crate::json::Flaw;
use crate::settings::TimeFormat;
use crate::tables::cells::Cell;
use crate::time::configured;

const NEITHER: &str = "the time is neither a text nor a number";
const NO_DATE: &str = "the time has no date";

impl Record<'_> {
    /// The time of the record.
    pub(super) fn time(&self) -> Result<Maybe<Moment>, Flaw> {
        let columns = &self.mapper.mapping.columns;
        let date = self.cell(columns.time.as_ref());
        let clock = self.cell(columns.clock.as_ref());
        let format = self.manner.time_format;
        let moment = match clock {
            Cell::NoColumn => self.moment(date, format),
            Cell::Empty => self.day(date),
            clock => self.moment(joined(date, clock, format), format),
        };
        moment.map_err(|problem| (RejectReason::Time, problem.to_owned()))
    }

    /// The day alone, where the time of the day is empty.
    fn day(&self, date: Cell<'_>) -> Result<Maybe<Moment>, &'static str> {
        let TimeFormat::Pattern(pattern) = self.manner.time_format else {
            return self.moment(date, self.manner.time_format);
        };
        let Cell::Text(text) = &date else { return self.moment(date, self.manner.time_format) };
        let alone = cut(pattern, spaces(text)).map_or(pattern.as_str(), |(day, _)| day);
        self.moment(date.clone(), &TimeFormat::Pattern(alone.to_owned()))
    }

    /// The time as the table writes it.
    pub(super) fn time_raw(&self) -> Maybe<String> {
        let columns = &self.mapper.mapping.columns;
        let date = self.cell(columns.time.as_ref()).text();
        match (date, self.cell(columns.clock.as_ref()).text()) {
            (Maybe::Known(date), Maybe::Known(clock)) => Maybe::Known(format!("{date} {clock}")),
            (date, _) => date,
        }
    }

    /// The moment that a cell names.
    pub(super) fn moment(
        &self,
        cell: Cell<'_>,
        format: &TimeFormat,
    ) -> Result<Maybe<Moment>, &'static str> {
        let zone = self.mapper.zone.as_ref();
        match cell {
            Cell::Civil(civil, precision) => {
                configured::spreadsheet(civil, precision, zone).map(Maybe::Known)
            }
            Cell::Clock(_) => Err(NO_DATE),
            other => match other.text() {
                Maybe::Known(text) => configured::moment(&text, format, zone).map(Maybe::Known),
                Maybe::Missing(Absent::Unreadable) => Err(NEITHER),
                Maybe::Missing(reason) => Ok(Maybe::Missing(reason)),
            },
        }
    }
}

/// A date and a time of the day as one cell.
fn joined<'c>(date: Cell<'_>, clock: Cell<'_>, format: &TimeFormat) -> Cell<'c> {
    let pattern = match format {
        TimeFormat::Pattern(pattern) => pattern.as_str(),
        _ => "%Y-%m-%d %H:%M:%S%.f",
    };
    let whole = match (date, clock) {
        (Cell::Civil(date, _), Cell::Clock(clock)) => {
            let civil = date.date().to_datetime(clock);
            return Cell::Civil(civil, configured::shown_precision(clock));
        }
        (Cell::Civil(date, _), clock) => clock.text().into_known().and_then(|clock| {
            let (pattern, _) = cut(pattern, spaces(pattern).checked_sub(spaces(&clock) + 1)?)?;
            Some(format!("{} {clock}", written(pattern, date)?))
        }),
        (date, Cell::Clock(clock)) => date.text().into_known().and_then(|date| {
            let (_, pattern) = cut(pattern, spaces(&date))?;
            let civil = jiff::civil::Date::ZERO.to_datetime(clock);
            Some(format!("{} {}", date.trim(), written(pattern, civil)?))
        }),
        (date, clock) => match (date.text(), clock.text()) {
            (Maybe::Known(date), Maybe::Known(clock)) => {
                Some(format!("{} {}", date.trim(), clock.trim()))
            }
            (Maybe::Missing(Absent::NotExported | Absent::NotRecorded), _) => {
                return Cell::Empty;
            }
            _ => None,
        },
    };
    whole.map_or(Cell::Unreadable, |text| Cell::Text(text.into()))
}

fn spaces(text: &str) -> usize {
    text.trim().matches(' ').count()
}

/// What stands before and after the space of this number, from 0.
fn cut(pattern: &str, number: usize) -> Option<(&str, &str)> {
    let (at, _) = pattern.match_indices(' ').nth(number)?;
    Some((pattern.get(..at)?, pattern.get(at + 1..)?))
}

fn written(pattern: &str, civil: DateTime) -> Option<String> {
    strtime::format(pattern, civil).ok()
}
