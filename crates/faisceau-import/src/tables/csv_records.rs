//! The records of a CSV, under the line that is its header.
//!
//! In: a source and a delimiter. Out: records by header name. Refused: records with fewer or more
//! fields than the header, for their columns have shifted. The header line is a record that is set
//! aside. Formulas and escapes stay text; they are made inert where they are shown.

use std::borrow::Cow;
use std::collections::BTreeSet;

use faisceau_model::{ExhibitNo, Place, RejectReason, Sink};

use super::csv::{self, Record, Table};
use super::header::{Entry, Header};
use super::records::{Met, Records, no_record};
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::json::Flaw;
use crate::records::settle;

/// A CSV whose header has been read.
pub(crate) struct CsvRecords {
    table: Table,
    /// The header line, until it has been given.
    first: Option<Record>,
    place: Place,
    width: usize,
    entry: Entry,
    head: Vec<u8>,
    read: i64,
}

impl CsvRecords {
    /// Reads the header, which must hold what is asked for, or gives none for an empty source.
    pub(crate) fn open<'h>(
        source: &Source<'_>,
        delimiter: u8,
        asked: impl IntoIterator<Item = (String, &'h str)>,
    ) -> Result<Option<Self>, ImportError> {
        let mut table = Table::new((source.open)()?, delimiter);
        let Some(first) = table.next()? else { return Ok(None) };
        let records = Self::below(table, first)?;
        records.entry.header.check(asked, &records.place)?;
        Ok(Some(records))
    }

    /// The records of `table` that follow `first`, which is its header.
    pub(super) fn below(table: Table, first: Record) -> Result<Self, ImportError> {
        let place = first.place.clone();
        let names = match &first.fields {
            Ok(fields) => csv::names(fields),
            Err((_, detail)) => {
                return Err(ImportError::Limit { place, detail: (*detail).to_owned() });
            }
        };
        let width = names.len();
        let header = Header::new(names.into_iter().zip(0..).collect());
        let entry = Entry { header, fields: Vec::new() };
        Ok(Self { table, first: Some(first), place, width, entry, head: Vec::new(), read: 0 })
    }

    /// The headers, and where they stand.
    pub(super) fn header(&self) -> (&Header, &Place) {
        (&self.entry.header, &self.place)
    }

    /// Settles each record by what `take` makes of it.
    pub(super) fn each(
        &mut self,
        exhibit: ExhibitNo,
        sink: &mut dyn Sink,
        mut take: impl FnMut(&Entry, &Place, &mut dyn Sink) -> Result<(), Flaw>,
    ) -> Result<(), ImportError> {
        while let Some((place, flaw)) = self.advance()? {
            settle(exhibit, &place, &self.head, sink, |sink| match flaw {
                None => take(&self.entry, &place, sink),
                Some(flaw) => Err(flaw),
            });
        }
        Ok(())
    }

    /// Goes to the next record: its place, and why it is none.
    fn advance(&mut self) -> Result<Option<(Place, Option<Flaw>)>, ImportError> {
        if let Some(first) = self.first.take() {
            self.head = first.head;
            return Ok(Some((first.place, Some(no_record("the header of the table")))));
        }
        let Some(record) = self.table.next()? else { return Ok(None) };
        let flaw = match record.fields {
            Ok(fields) if fields.len() == self.width => {
                self.entry.fields = fields;
                self.read += 1;
                None
            }
            Ok(fields) => {
                let (found, expected) = (fields.len(), self.width);
                let detail = format!(
                    "{found} fields over {} lines, the header has {expected}",
                    record.lines
                );
                Some((RejectReason::Syntax, detail))
            }
            Err((reason, detail)) => Some((reason, detail.to_owned())),
        };
        self.head = record.head;
        Ok(Some((record.place, flaw)))
    }
}

impl Records for CsvRecords {
    fn next(&mut self) -> Result<Option<Met<'_>>, ImportError> {
        let Some((place, flaw)) = self.advance()? else { return Ok(None) };
        let cells = match flaw {
            Some(flaw) => Err(flaw),
            None => Ok(&self.entry as _),
        };
        Ok(Some(Met { place, head: Cow::Borrowed(&self.head), cells }))
    }

    fn unknown(&self, known: &BTreeSet<&str>, fields: &mut Fields) {
        self.entry.header.unknown(known, (self.read, &self.place), fields);
    }
}
