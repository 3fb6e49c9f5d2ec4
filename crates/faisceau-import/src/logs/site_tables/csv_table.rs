//! One table of a site as CSV, its columns named by the header.
//!
//! In: a CSV whose header has the columns of a table that is known, in any order. Out: what the
//! table's rows say. Refused: rows with fewer or more fields than the header, for their columns
//! have shifted.

use faisceau_model::{RejectReason, Sink};

use super::kinds::Kind;
use super::site::Site;
use super::table;
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::logs::stamp;
use crate::records::{set_aside, settle};
use crate::settings::ImportSettings;
use crate::tables::cells::{Cell, Cells};
use crate::tables::csv::{self, Table};

/// Bytes in which the header of a table stands.
const HEADER_LEN: usize = 8 * 1024;

/// The kind of a table by its header, and its delimiter.
pub(super) fn find(head: &[u8]) -> Option<(Kind, u8)> {
    let start = head.get(..head.len().min(HEADER_LEN)).unwrap_or_default();
    let named = |name: &&str| memchr::memmem::find(start, name.as_bytes()).is_some();
    Kind::ALL.into_iter().filter(|kind| kind.needs().iter().all(named)).find_map(|kind| {
        let (delimiter, _) = csv::header(head, kind.needs(), None)?;
        Some((kind, delimiter))
    })
}

/// Reads the table record by record.
pub(super) fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let Some((kind, delimiter)) = find(&source.head()?) else { return Ok(()) };
    let zone = stamp::zone(settings)?;
    let mut site = Site::new(source.exhibit, &settings.service, zone.as_ref());
    let mut fields = Fields::default();
    let outcome = rows(source, kind, delimiter, &mut site, &mut fields, sink);
    site.finish(&mut fields);
    fields.finish(source.exhibit, sink);
    outcome
}

fn rows(
    source: &Source<'_>,
    kind: Kind,
    delimiter: u8,
    site: &mut Site<'_>,
    fields: &mut Fields,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let exhibit = source.exhibit;
    let mut table = Table::new((source.open)()?, delimiter);
    let Some(header) = table.next()? else { return Ok(()) };
    let names = header.fields.map_or_else(|_| Vec::new(), |names| csv::names(&names));
    set_aside(exhibit, &header.place, &header.head, "the header of the table", sink);
    while let Some(record) = table.next()? {
        let shown: &[u8] = if kind.holds_secrets() { b"" } else { &record.head };
        settle(exhibit, &record.place, shown, sink, |sink| {
            let cells = record
                .fields
                .as_ref()
                .map_err(|(reason, detail)| (*reason, (*detail).to_owned()))?;
            if cells.len() != names.len() {
                let detail = format!("{} fields, the header has {}", cells.len(), names.len());
                return Err((RejectReason::Syntax, detail));
            }
            fields.headers(names.iter().map(String::as_str), kind.known(), &record.place);
            table::row(kind, &Row { names: &names, cells }, &record.place, site, sink)
        });
    }
    Ok(())
}

/// A record whose values are asked for by header.
struct Row<'r> {
    names: &'r [String],
    cells: &'r [String],
}

impl Cells for Row<'_> {
    fn cell(&self, header: &str) -> Cell<'_> {
        let at = self.names.iter().position(|name| name == header);
        match at.and_then(|at| self.cells.get(at)).map(String::as_str) {
            None => Cell::NoColumn,
            // So phpMyAdmin writes that there is nothing.
            Some("NULL" | "\\N") => Cell::Empty,
            Some(text) => Cell::of(text),
        }
    }
}
