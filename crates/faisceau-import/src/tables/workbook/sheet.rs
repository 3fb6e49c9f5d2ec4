//! The rows of a sheet, one by one.
//!
//! In: a sheet. Out: rows with their number and the cells that hold something. Refused: rows that
//! do not follow each other, a cell that is there twice, and more text than the limits allow: one
//! text that thousands of cells share is small in the file and large in memory. A row costs the
//! cells that it has, not the columns that it spans.

use std::borrow::Cow;

use calamine::{DataRef, ExcelDateTime, XlsxCellReader};
use faisceau_model::{Place, Precision, RejectReason};
use jiff::ToSpan;
use jiff::civil::{DateTime, Time, date};

use super::package::{Book, guarded};
use crate::json::Flaw;
use crate::tables::cells::Cell;
use crate::time::configured::shown_precision;

/// Rows of a sheet.
const ROWS: u32 = 1_048_576;
/// Columns of a sheet.
const COLUMNS: usize = 16_384;
/// Bytes of one cell: 32,767 characters are what a spreadsheet takes.
const CELL: usize = 4 * 32_767;
/// Bytes of text of all cells of a workbook, each time that a cell shows it.
pub(super) const TEXT: u64 = 1 << 30;
/// Bytes of a row shown in a reject.
const EXCERPT: usize = 600;
/// Characters of a header.
const NAME: usize = 300;
/// The integers from here on are not all held by the numbers of a spreadsheet.
const EXACT: f64 = 9_007_199_254_740_992.0;
/// Digits that a spreadsheet keeps of what is typed.
const TYPED: f64 = 1e15;

type Reader<'a> = XlsxCellReader<'a, std::io::Cursor<Vec<u8>>>;

/// A row and the cells that hold something.
pub(super) struct Row<'a> {
    /// Its number, from 1, as a spreadsheet shows it.
    pub(super) number: u32,
    /// Columns, from 0, and values, in the order of the columns.
    cells: Vec<(u32, DataRef<'a>)>,
    /// Why it cannot be read.
    pub(super) flaw: Option<Flaw>,
    /// Whether dates are counted from 1904.
    since_1904: bool,
}

/// Reads a sheet.
pub(super) struct Rows<'a, 't> {
    cells: Reader<'a>,
    number: u32,
    since_1904: bool,
    waiting: Option<(u32, u32, DataRef<'a>)>,
    last: u32,
    ended: bool,
    failed: Option<Flaw>,
    text: &'t mut u64,
}

impl<'a, 't> Rows<'a, 't> {
    /// Starts at the top of the sheet of this name, the `number`th of the workbook. `text` is what
    /// the workbook may still show.
    pub(super) fn open(
        book: &'a mut Book,
        name: &str,
        number: u32,
        text: &'t mut u64,
    ) -> Result<Self, String> {
        let since_1904 = book.has_1904_epoch();
        let cells = guarded(|| book.worksheet_cells_reader(name))?;
        Ok(Self {
            cells,
            number,
            since_1904,
            waiting: None,
            last: 0,
            ended: false,
            failed: None,
            text,
        })
    }

    /// The place of a row.
    pub(super) fn place(&self, row: u32) -> Place {
        Place::Row { sheet: self.number, row }
    }

    /// The place of the first row that has not been given.
    pub(super) fn here(&self) -> Place {
        self.place(self.last.saturating_add(1))
    }

    /// The next row that holds something, or none at the end. What stops the reading stops it for
    /// good, and is told again.
    pub(super) fn next(&mut self) -> Result<Option<Row<'a>>, Flaw> {
        if let Some(flaw) = &self.failed {
            return Err(flaw.clone());
        }
        let row = self.row();
        self.failed = row.as_ref().err().cloned();
        row
    }

    fn row(&mut self) -> Result<Option<Row<'a>>, Flaw> {
        let Some((number, column, value)) = self.cell()? else { return Ok(None) };
        if number <= self.last || number > ROWS {
            let detail = "the rows of the sheet do not follow each other".to_owned();
            return Err((RejectReason::Syntax, detail));
        }
        let since_1904 = self.since_1904;
        let mut row = Row { number, cells: vec![(column, value)], flaw: None, since_1904 };
        while let Some((next, column, value)) = self.cell()? {
            if next != number {
                self.waiting = Some((next, column, value));
                break;
            }
            if row.cells.len() < COLUMNS {
                row.cells.push((column, value));
            } else {
                row.flaw = Some((RejectReason::Limit, "the row has too many cells".to_owned()));
            }
        }
        row.cells.sort_by_key(|(column, _)| *column);
        if row.cells.windows(2).any(|pair| matches!(pair, [a, b] if a.0 == b.0)) {
            let detail = "the row has two cells in one place".to_owned();
            row.flaw.get_or_insert((RejectReason::Syntax, detail));
        }
        if row.texts().any(|text| text.len() > CELL) {
            let detail = "a cell is longer than a spreadsheet takes".to_owned();
            row.flaw = Some((RejectReason::Limit, detail));
        }
        self.last = number;
        Ok(Some(row))
    }

    /// The next cell that holds something: row and column, from 1 and from 0.
    fn cell(&mut self) -> Result<Option<(u32, u32, DataRef<'a>)>, Flaw> {
        if let Some(waiting) = self.waiting.take() {
            return Ok(Some(waiting));
        }
        while !self.ended {
            let broken = |detail: String| {
                (RejectReason::Syntax, format!("the sheet cannot be read further: {detail}"))
            };
            let Some(cell) = guarded(|| self.cells.next_cell()).map_err(broken)? else {
                // What follows the rows in the part is not asked for cells.
                self.ended = true;
                break;
            };
            let (row, column) = cell.get_position();
            let value = cell.get_value().clone();
            let Some(row) = row.checked_add(1) else { continue };
            match text(&value) {
                Some(text) if text.trim().is_empty() => continue,
                Some(text) => {
                    *self.text = self.text.checked_sub(text.len() as u64).ok_or_else(|| {
                        let detail = format!("the workbook shows more than {TEXT} bytes of text");
                        (RejectReason::Limit, detail)
                    })?;
                }
                None if value == DataRef::Empty => continue,
                None => {}
            }
            return Ok(Some((row, column, value)));
        }
        Ok(None)
    }
}

impl<'a> Row<'a> {
    /// The cell in a column, from 0.
    pub(super) fn cell(&self, column: usize) -> Cell<'_> {
        let at = self.cells.iter().find(|(at, _)| *at as usize == column);
        at.map_or(Cell::Empty, |(_, value)| shown(value, self.since_1904))
    }

    /// The columns that hold something, and their text with single spaces.
    pub(super) fn names(&self) -> Vec<(String, usize)> {
        let name = |value: &DataRef<'a>| {
            let text = cut(shown(value, self.since_1904), NAME);
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        self.cells.iter().map(|(column, value)| (name(value), *column as usize)).collect()
    }

    /// The columns that hold something.
    pub(super) fn columns(&self) -> impl Iterator<Item = usize> {
        self.cells.iter().map(|(column, _)| *column as usize)
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().filter_map(|(_, value)| text(value))
    }

    /// The start of the row, for a reject.
    pub(super) fn head(&self) -> Vec<u8> {
        let mut head = String::new();
        for (_, value) in &self.cells {
            if head.len() >= EXCERPT {
                break;
            }
            if !head.is_empty() {
                head.push_str(" | ");
            }
            let text = match shown(value, self.since_1904) {
                Cell::Unreadable => "#".to_owned(),
                other => cut(other, EXCERPT),
            };
            head.push_str(&text);
        }
        head.into_bytes()
    }
}

/// The first characters of the text of a cell.
pub(super) fn cut(cell: Cell<'_>, characters: usize) -> String {
    match cell {
        Cell::Text(text) => text.chars().take(characters).collect(),
        other => other.text().into_known().unwrap_or_default(),
    }
}

fn text<'v>(value: &'v DataRef<'_>) -> Option<&'v str> {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Some(text)
        }
        DataRef::SharedString(text) => Some(text),
        _ => None,
    }
}

/// A value as tables of any form have it. Of a formula it is the last result.
fn shown<'v>(value: &'v DataRef<'_>, since_1904: bool) -> Cell<'v> {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Error(_) => Cell::Unreadable,
        DataRef::Bool(truth) => Cell::Text(Cow::Borrowed(if *truth { "true" } else { "false" })),
        DataRef::Int(number) => Cell::Text(Cow::Owned(number.to_string())),
        DataRef::Float(number) => Cell::Text(Cow::Owned(digits(*number))),
        DataRef::DateTime(serial) => civil(*serial, since_1904).unwrap_or(Cell::Unreadable),
        other => text(other).map_or(Cell::Unreadable, Cell::of),
    }
}

/// A number as text. An integer that may have lost digits on its way is written with an exponent,
/// so that nobody takes it for an id.
fn digits(number: f64) -> String {
    let magnitude = number.abs();
    let cut = magnitude >= EXACT || (magnitude >= TYPED && magnitude % 10.0 == 0.0);
    if !cut {
        return number.to_string();
    }
    let text = format!("{number:e}");
    match text.split_once('e') {
        Some((mantissa, exponent)) if !exponent.starts_with('-') => {
            format!("{mantissa}E+{exponent}")
        }
        _ => text,
    }
}

/// A date that is a count of days; below one it is a time of the day.
fn civil<'v>(serial: ExcelDateTime, since_1904: bool) -> Option<Cell<'v>> {
    let value = serial.as_f64();
    // Up to the year 9999.
    let elapsed = serial.is_duration() && value >= 1.0;
    if elapsed || !(0.0..2_958_466.0).contains(&value) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked above")]
    let ms = (value * 86_400_000.0).round() as i64;
    let (days, ms) = (ms.div_euclid(86_400_000), ms.rem_euclid(86_400_000));
    let clock = Time::midnight().checked_add(ms.milliseconds()).ok()?;
    if days == 0 {
        return Some(Cell::Clock(clock));
    }
    // Before March 1900 a spreadsheet is a day off: it takes that year for a leap year.
    let epoch = match since_1904 {
        true => date(1904, 1, 1),
        false if days > 60 => date(1899, 12, 30),
        false => return None,
    };
    let civil = DateTime::from_parts(epoch.checked_add(days.days()).ok()?, clock);
    let precision = if clock == Time::midnight() { Precision::Day } else { shown_precision(clock) };
    Some(Cell::Civil(civil, precision))
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;
    use faisceau_model::Maybe;

    use super::*;

    fn read(value: f64, since_1904: bool) -> Maybe<String> {
        let serial = ExcelDateTime::new(value, ExcelDateTimeType::DateTime, since_1904);
        shown(&DataRef::DateTime(serial), since_1904).text()
    }

    #[test]
    fn dates_are_counted_from_two_epochs() {
        let known = |text: &str| Maybe::Known(text.to_owned());
        assert_eq!(read(46_082.586_944_444_44, false), known("2026-03-01 14:05:12"));
        assert_eq!(read(44_620.586_944_444_44, true), known("2026-03-01 14:05:12"));
        assert_eq!(read(46_082.0, false), known("2026-03-01"));
        assert_eq!(read(46_082.999_999_999, false), known("2026-03-02"));
        assert_eq!(read(0.586_944_444_44, false), known("14:05:12"));
        for value in [-1.0, 59.5, 1e300, f64::NAN, f64::INFINITY] {
            assert!(read(value, false).known().is_none(), "{value}");
        }
    }

    #[test]
    fn numbers_that_lost_digits_do_not_pass_for_ids() {
        for (number, text) in [
            (42.0, "42"),
            (0.5, "0.5"),
            (33_612_345_678.0, "33612345678"),
            (1_234_567_890_123_456.0, "1234567890123456"),
            (1_234_567_890_123_450.0, "1.23456789012345E+15"),
            (1_764_000_000_000_000_000.0, "1.764E+18"),
            (1e18, "1E+18"),
        ] {
            assert_eq!(digits(number), text);
            let lost = Cell::Text(digits(number).into()).id().is_err();
            assert_eq!(lost, text.contains('E'), "{text}");
        }
    }
}
