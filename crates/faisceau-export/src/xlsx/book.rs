//! A workbook whose sheets are written as their rows come.

use std::io::{Seek, Write};
use std::path::Path;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::Limits;
use super::text::fitting;
use crate::error::ExportError;
use crate::source::CaseCard;
use crate::tabular::{Entry, Sheets};

/// The integers that a spreadsheet keeps as they are: its numbers are floats, and it shows fifteen
/// digits of them.
const EXACT: i64 = 999_999_999_999_999;

/// Width of a column, in characters.
const WIDTH: f64 = 18.0;

/// A workbook that is being written.
pub(super) struct Book {
    workbook: Workbook,
    limits: Limits,
    text: Format,
    header: Format,
    table: &'static str,
    columns: Vec<String>,
    /// Of the table: its sheets so far.
    part: u32,
    /// Of the sheet: the row that comes next.
    next: u32,
    cut: u64,
    sheets: u64,
}

pub(super) fn failed(error: &XlsxError) -> ExportError {
    ExportError::Writer { format: "xlsx", message: error.to_string() }
}

impl Book {
    /// A workbook with its first sheet, which is filled when all else is known. What waits to be
    /// packed stands in unnamed files of `folder`.
    pub(super) fn new(folder: &Path, case: &CaseCard, limits: Limits) -> Result<Self, ExportError> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder).map_err(|e| failed(&e))?;
        // The day of the case, for the clock has no part in the bytes.
        let created = ExcelDateTime::parse_from_str(case.as_of.get(..10).unwrap_or_default())
            .or_else(|_| ExcelDateTime::from_ymd(2000, 1, 1))
            .map_err(|e| failed(&e))?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
        workbook.add_worksheet();
        Ok(Self {
            workbook,
            limits,
            // With the mark of a text, editing the cell does not make a formula of it.
            text: Format::new().set_num_format("@").set_quote_prefix(),
            header: Format::new().set_bold().set_align(FormatAlign::Top),
            table: "",
            columns: Vec::new(),
            part: 0,
            next: 0,
            cut: 0,
            sheets: 1,
        })
    }

    /// The first sheet, and what it is written with.
    pub(super) fn first(&mut self) -> Result<(&mut Worksheet, Format, Format), ExportError> {
        let (text, header) = (self.text.clone(), self.header.clone());
        let sheet = self.workbook.worksheet_from_index(0).map_err(|e| failed(&e))?;
        Ok((sheet, text, header))
    }

    /// Packs the workbook.
    pub(super) fn save(&mut self, to: impl Write + Seek + Send) -> Result<(), ExportError> {
        self.workbook.save_to_writer(to).map_err(|e| failed(&e))
    }

    /// Texts that were cut.
    pub(super) const fn cells_cut(&self) -> u64 {
        self.cut
    }

    /// Sheets, with the first.
    pub(super) const fn sheets(&self) -> u64 {
        self.sheets
    }

    fn sheet(&mut self) -> Result<&mut Worksheet, XlsxError> {
        let last = self.sheets as usize - 1;
        self.workbook.worksheet_from_index(last)
    }

    fn open_sheet(&mut self) -> Result<(), XlsxError> {
        self.part += 1;
        let name = match self.part {
            1 => self.table.to_owned(),
            part => format!("{} ({part})", self.table),
        };
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?.set_freeze_panes(1, 0)?;
        for (at, column) in self.columns.iter().enumerate() {
            let at = at as u16;
            sheet.set_column_width(at, WIDTH)?;
            sheet.write_string_with_format(0, at, column, &self.header)?;
        }
        self.sheets += 1;
        self.next = 1;
        Ok(())
    }

    fn close_sheet(&mut self) -> Result<(), XlsxError> {
        let (last_row, last_column) = (self.next.saturating_sub(1), self.columns.len() as u16);
        self.sheet()?.autofilter(0, 0, last_row, last_column.saturating_sub(1))?;
        Ok(())
    }

    fn put_row(&mut self, entries: &[Entry<'_>]) -> Result<(), XlsxError> {
        if self.next >= self.limits.rows {
            self.close_sheet()?;
            self.open_sheet()?;
        }
        let (row, units, format) = (self.next, self.limits.units, self.text.clone());
        let mut cut = 0;
        let sheet = self.sheet()?;
        for (at, entry) in entries.iter().enumerate() {
            let at = at as u16;
            match entry {
                Entry::Missing => {}
                Entry::Text(text) => {
                    let (text, was_cut) = fitting(text, units);
                    cut += u64::from(was_cut);
                    sheet.write_string_with_format(row, at, &*text, &format)?;
                }
                Entry::Int(n) if (-EXACT..=EXACT).contains(n) => {
                    sheet.write_number(row, at, *n as f64)?;
                }
                Entry::Float(x) if x.is_finite() => {
                    sheet.write_number(row, at, *x)?;
                }
                Entry::Int(n) => {
                    sheet.write_string_with_format(row, at, n.to_string(), &format)?;
                }
                Entry::Float(x) => {
                    sheet.write_string_with_format(row, at, x.to_string(), &format)?;
                }
                Entry::Bool(b) => {
                    sheet.write_boolean(row, at, *b)?;
                }
            }
        }
        self.cut += cut;
        self.next += 1;
        Ok(())
    }
}

impl Sheets for Book {
    fn begin(&mut self, table: &'static str, columns: &[String]) -> Result<(), ExportError> {
        (self.table, self.columns, self.part) = (table, columns.to_vec(), 0);
        self.open_sheet().map_err(|e| failed(&e))
    }

    fn row(&mut self, entries: &[Entry<'_>]) -> Result<(), ExportError> {
        self.put_row(entries).map_err(|e| failed(&e))
    }

    fn end(&mut self) -> Result<(), ExportError> {
        self.close_sheet().map_err(|e| failed(&e))
    }
}
