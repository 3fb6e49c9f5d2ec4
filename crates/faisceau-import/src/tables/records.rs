//! The one way in which tables of any form are read: record by record, by header name.
//!
//! In: a source of records (CSV, JSON lines, a sheet) and a mapping. Out: what the mapping says,
//! and the headers that it does not name. Refused: nothing that the source or the mapping does not
//! refuse; every record that a source gives is settled.

use std::borrow::Cow;
use std::collections::BTreeSet;

use faisceau_model::{ExhibitNo, Place, RejectReason, Sink};

use super::cells::Cells;
use super::rows::Mapper;
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::json::Flaw;
use crate::records::settle;
use crate::settings::{ImportSettings, TableMapping};

/// A record as it was met.
pub(crate) struct Met<'r> {
    /// Where it starts.
    pub(crate) place: Place,
    /// Its first bytes as they stand.
    pub(crate) head: Cow<'r, [u8]>,
    /// Its cells, or why there are none.
    pub(crate) cells: Result<&'r dyn Cells, Flaw>,
}

/// A source of records.
pub(crate) trait Records {
    /// The next record, or none at the end.
    ///
    /// # Errors
    /// When the source cannot be read further.
    fn next(&mut self) -> Result<Option<Met<'_>>, ImportError>;

    /// Lists what the records met have under headers that are not `known`.
    fn unknown(&self, known: &BTreeSet<&str>, fields: &mut Fields);
}

/// The record that is the header line itself, or stands above it.
pub(crate) fn no_record(detail: &str) -> Flaw {
    (RejectReason::SetAside, detail.to_owned())
}

/// Settles each record by what `take` makes of it; a reject shows the start of its record.
pub(crate) fn each(
    exhibit: ExhibitNo,
    records: &mut dyn Records,
    sink: &mut dyn Sink,
    take: impl FnMut(&dyn Cells, &Place, &mut dyn Sink) -> Result<(), Flaw>,
) -> Result<(), ImportError> {
    settle_each(exhibit, records, true, sink, take)
}

fn settle_each(
    exhibit: ExhibitNo,
    records: &mut dyn Records,
    shown: bool,
    sink: &mut dyn Sink,
    mut take: impl FnMut(&dyn Cells, &Place, &mut dyn Sink) -> Result<(), Flaw>,
) -> Result<(), ImportError> {
    while let Some(Met { place, head, cells }) = records.next()? {
        let head = if shown { &head } else { &[][..] };
        settle(exhibit, &place, head, sink, |sink| take(cells?, &place, sink));
    }
    Ok(())
}

/// Reads a table as a mapping of the case says. Headers that it does not name go to `fields`.
pub(crate) fn mapped(
    source: &Source<'_>,
    settings: &ImportSettings,
    mapping: &TableMapping,
    records: &mut dyn Records,
    (fields, sink): (&mut Fields, &mut dyn Sink),
) -> Result<(), ImportError> {
    let mut mapper = Mapper::new(source, mapping, settings)?;
    let manner = mapper.manner();
    // What is declared of persons is not shown in passing: the note prints excerpts of rejects.
    let shown = mapping.subscriber.values().next().is_none();
    let outcome = settle_each(source.exhibit, records, shown, sink, |cells, place, sink| {
        mapper.take(cells, place, &manner, sink)
    });
    records.unknown(&mapping.named(), fields);
    outcome
}

/// The error of an exhibit whose mapping has gone since it was recognised.
pub(crate) fn unmapped() -> ImportError {
    let detail = "no table of the settings has these headers".to_owned();
    ImportError::Broken { place: Place::Whole, detail }
}
