//! The records of a sheet, under a header that stands somewhere near its top.
//!
//! In: the rows of a sheet and which of them is the header. Out: records by header name. Refused:
//! rows that cannot be read. What stands above the header, the header itself, and its repetition
//! at the top of each printed page are records that are set aside.

use std::borrow::Cow;
use std::collections::{BTreeSet, VecDeque};

use faisceau_model::{Place, RejectReason};

use super::sheet::{Row, Rows};
use crate::contract::ImportError;
use crate::fields::Fields;
use crate::json::Flaw;
use crate::tables::cells::{Cell, Cells};
use crate::tables::header::Header;
use crate::tables::records::{Met, Records, no_record};

/// A sheet whose header has been found.
pub(super) struct SheetRecords<'a, 't> {
    rows: Rows<'a, 't>,
    /// Rows of the top that have not been given.
    top: VecDeque<Row<'a>>,
    /// The number of the row of the header, and its texts.
    title: (u32, Vec<(String, usize)>),
    record: SheetRow<'a>,
    head: Vec<u8>,
    /// Headers that are known and not read.
    left: Vec<String>,
    read: i64,
    /// Records that have cells without a header above them.
    beside: i64,
}

struct SheetRow<'a> {
    header: Header,
    row: Option<Row<'a>>,
}

impl<'a, 't> SheetRecords<'a, 't> {
    /// A sheet of which the rows of `top` have been read; the one at `title` is the header.
    pub(super) fn new(
        rows: Rows<'a, 't>,
        top: Vec<Row<'a>>,
        title: usize,
        left: Vec<String>,
    ) -> Self {
        let title = top.get(title).map_or((0, Vec::new()), |row| (row.number, row.names()));
        let header = Header::new(title.1.clone());
        let record = SheetRow { header, row: None };
        Self { rows, top: top.into(), title, record, head: Vec::new(), left, read: 0, beside: 0 }
    }

    /// Checks that each header that is asked for is there once.
    pub(super) fn check<'h>(
        &self,
        asked: impl IntoIterator<Item = (String, &'h str)>,
    ) -> Result<(), ImportError> {
        self.record.header.check(asked, &self.rows.place(self.title.0))
    }

    /// The place of the first row that has not been given.
    pub(super) fn here(&self) -> Place {
        match self.top.front() {
            Some(row) => self.rows.place(row.number),
            None => self.rows.here(),
        }
    }

    fn row(&mut self) -> Result<Option<Row<'a>>, Flaw> {
        match self.top.pop_front() {
            Some(row) => Ok(Some(row)),
            None => self.rows.next(),
        }
    }

    /// Why a row is no record, if it is none.
    fn no_record(&self, row: &Row<'a>) -> Option<Flaw> {
        let title = self.title.0;
        if row.number < title {
            return Some(no_record("above the header of the table"));
        }
        if row.number == title {
            return Some(no_record("the header of the table"));
        }
        let again = row.columns().eq(self.title.1.iter().map(|(_, column)| *column));
        if again && row.names() == self.title.1 {
            return Some(no_record("the header of the table, again"));
        }
        row.flaw.clone()
    }
}

impl Records for SheetRecords<'_, '_> {
    fn next(&mut self) -> Result<Option<Met<'_>>, ImportError> {
        let place = self.here();
        let row = self.row().map_err(|(reason, detail)| match reason {
            RejectReason::Limit => ImportError::Limit { place, detail },
            _ => ImportError::Broken { place, detail },
        })?;
        let Some(row) = row else { return Ok(None) };
        let place = self.rows.place(row.number);
        self.head = row.head();
        let flaw = self.no_record(&row);
        if flaw.is_none() {
            self.read += 1;
            self.beside += i64::from(row.columns().any(|at| !self.record.header.covers(at)));
        }
        self.record.row = Some(row);
        let cells = match flaw {
            Some(flaw) => Err(flaw),
            None => Ok(&self.record as _),
        };
        Ok(Some(Met { place, head: Cow::Borrowed(&self.head), cells }))
    }

    fn unknown(&self, known: &BTreeSet<&str>, fields: &mut Fields) {
        let place = self.rows.place(self.title.0);
        let known = known.iter().copied().chain(self.left.iter().map(String::as_str)).collect();
        self.record.header.unknown(&known, (self.read, &place), fields);
        if self.beside > 0 {
            fields.note("", "(no header)", self.beside, &place);
        }
    }
}

impl Cells for SheetRow<'_> {
    fn cell(&self, header: &str) -> Cell<'_> {
        match (self.header.column(header), &self.row) {
            (Some(column), Some(row)) => row.cell(column),
            _ => Cell::NoColumn,
        }
    }

    fn column(&self, header: &str) -> Option<u32> {
        u32::try_from(self.header.column(header)? + 1).ok()
    }
}
