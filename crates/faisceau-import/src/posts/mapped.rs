//! CSV tables whose columns the case maps.
//!
//! In: a CSV whose header holds all names of a mapping's `match`. Out: what the mapping says:
//! posts, connections or accounts. This is how a forum's dump or a platform's answer comes in.
//! Refused: records with fewer or more fields than the header, for their columns have shifted.
//!
//! Columns are found by name, never by position. The header line is a record that is set aside.
//! Formulas and escapes stay text; they are made inert where they are shown.

use std::collections::BTreeMap;

use faisceau_model::rows::Reject;
use faisceau_model::{ExhibitNo, Place, RejectReason, Sink, excerpt};

use super::cells::{Cell, Cells};
use super::rows::{Mapper, Refusal};
use super::table::{self, Table};
use crate::contract::{ImportError, Source};
use crate::settings::{ImportSettings, TableMapping};

/// Whether the header holds all that one of the mappings asks for.
pub(crate) fn sniff(head: &[u8], settings: &ImportSettings) -> bool {
    find(head, settings).is_some()
}

/// Reads the table record by record.
pub(crate) fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let Some((mapping, delimiter)) = find(&source.head()?, settings) else {
        return Err(unmapped());
    };
    let mut mapper = Mapper::new(source, mapping, settings)?;
    let manner = mapper.manner();
    let table = excerpt(&mapping.name, 60);
    let headers = mapping
        .columns
        .mapped()
        .map(|(value, header)| (format!("`columns.{value}` of the table `{table}`"), header));
    read(source, delimiter, headers, sink, |record, place, sink| {
        mapper.take(record, place, &manner, sink)
    })
}

/// The error of an exhibit whose mapping has gone since it was recognised.
pub(super) fn unmapped() -> ImportError {
    let detail = "no table of the settings has these headers".to_owned();
    ImportError::Broken { place: Place::Whole, detail }
}

fn find<'s>(head: &[u8], settings: &'s ImportSettings) -> Option<(&'s TableMapping, u8)> {
    settings.mappings.iter().filter(|mapping| !mapping.headers.is_empty()).find_map(|mapping| {
        let given = mapping.delimiter.map(|c| u8::try_from(c).unwrap_or(b','));
        let (delimiter, _) = table::header(head, &mapping.headers, given)?;
        Some((mapping, delimiter))
    })
}

/// A record with the columns of its table.
pub(super) struct Named<'t> {
    columns: &'t BTreeMap<String, usize>,
    fields: &'t [String],
}

impl Cells for Named<'_> {
    fn cell(&self, header: &str) -> Cell<'_> {
        match self.columns.get(header).and_then(|&at| self.fields.get(at)) {
            Some(text) => Cell::of(text),
            None => Cell::NoColumn,
        }
    }
}

/// Reads a table and settles each record by what `take` makes of it. Each header comes after what
/// asks for it.
pub(super) fn read<'h>(
    source: &Source<'_>,
    delimiter: u8,
    headers: impl IntoIterator<Item = (String, &'h str)>,
    sink: &mut dyn Sink,
    mut take: impl FnMut(&Named<'_>, &Place, &mut dyn Sink) -> Result<(), Refusal>,
) -> Result<(), ImportError> {
    let mut table = Table::new((source.open)()?, delimiter);
    let Some(first) = table.next()? else { return Ok(()) };
    let names = match first.fields {
        Ok(fields) => table::names(&fields),
        Err((_, detail)) => {
            return Err(ImportError::Limit { place: first.place, detail: detail.to_owned() });
        }
    };
    let columns = columns(&names, headers, &first.place)?;
    sink.records(1);
    let header = Reject::new(
        source.exhibit,
        first.place,
        RejectReason::SetAside,
        "the header of the table",
        &first.head,
    );
    sink.reject(header);
    while let Some(record) = table.next()? {
        sink.records(1);
        let outcome = match &record.fields {
            Ok(fields) if fields.len() == names.len() => {
                take(&Named { columns: &columns, fields }, &record.place, sink)
            }
            Ok(fields) => Err(Refusal::new(
                RejectReason::Syntax,
                format!(
                    "{} fields over {} lines, the header has {}",
                    fields.len(),
                    record.lines,
                    names.len()
                ),
            )),
            Err((reason, detail)) => Err(Refusal::new(*reason, *detail)),
        };
        settle(source.exhibit, outcome, &record.place, &record.head, sink);
    }
    Ok(())
}

/// Counts a record that was announced: as read, or as rejected.
pub(super) fn settle(
    exhibit: ExhibitNo,
    outcome: Result<(), Refusal>,
    place: &Place,
    head: &[u8],
    sink: &mut dyn Sink,
) {
    match outcome {
        Ok(()) => sink.read(1),
        Err(Refusal { reason, detail }) => {
            sink.reject(Reject::new(exhibit, place.clone(), reason, detail, head));
        }
    }
}

/// Header names and their columns. A header that is asked for must be there once.
fn columns<'h>(
    names: &[String],
    headers: impl IntoIterator<Item = (String, &'h str)>,
    place: &Place,
) -> Result<BTreeMap<String, usize>, ImportError> {
    for (asker, header) in headers {
        let problem = match names.iter().filter(|name| *name == header).count() {
            1 => continue,
            0 => "is not in the table",
            _ => "is in the table more than once",
        };
        let detail =
            format!("the header `{}`, asked for by {asker}, {problem}", excerpt(header, 60));
        return Err(ImportError::Broken { place: place.clone(), detail });
    }
    Ok(names.iter().cloned().enumerate().map(|(at, name)| (name, at)).collect())
}
