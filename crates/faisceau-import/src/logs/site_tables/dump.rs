//! A dump in the dialect of `MySQL`: its INSERT statements, row by row.
//!
//! In: a source of any size. Out: the rows of the tables that are known; one record for each other
//! table that says how many rows it has. Memory holds one row, of 8 MiB at most, and the names of
//! the columns. Refused: what stands in a statement after a value that cannot be read.
//!
//! Grammar: string literals in single or double quotes with backslash escapes and doubled quotes,
//! numbers, NULL, hexadecimal, introducers (`_binary '…'`); comments of three kinds. What
//! `/*!… */` executes on some versions defines triggers and settings, no rows: it is passed over.

mod statement;
mod token;

use std::collections::BTreeMap;

use faisceau_model::rows::Reject;
use faisceau_model::{Place, RejectReason, Sink, excerpt};

use self::statement::{Statement, Stop, Value};
use self::token::Parts;
use super::kinds::Kind;
use super::scan::Scan;
use super::site::Site;
use super::table;
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::logs::stamp;
use crate::records::settle;
use crate::settings::ImportSettings;
use crate::tables::cells::{Cell, Cells};
use crate::text::decode::decode;

/// Most tables whose columns are kept or whose rows are counted by name: a network of `WordPress`
/// sites has a set for each.
const TABLES: usize = 2_000;
/// Most columns that are kept of a table; extensions add a few to those that are known.
const COLUMNS: usize = 200;
/// The name under which the rows of more tables are counted.
const OTHERS: &str = "…";

/// Whether the head is of a dump.
pub(super) fn sniff(head: &str) -> bool {
    let first = head.trim_start();
    let starts = ["--", "/*", "#", "CREATE ", "INSERT ", "DROP ", "SET ", "START ", "REPLACE "];
    let statement = ["INSERT INTO ", "CREATE TABLE ", "REPLACE INTO "];
    starts.iter().any(|start| first.starts_with(start))
        && head.lines().any(|line| statement.iter().any(|start| line.starts_with(start)))
}

/// Reads a dump statement by statement.
pub(super) fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let zone = stamp::zone(settings)?;
    let mut dump = Dump {
        exhibit: source.exhibit,
        scan: Scan::new((source.open)()?),
        columns: BTreeMap::new(),
        others: BTreeMap::new(),
        fields: Fields::default(),
        site: Site::new(source.exhibit, &settings.service, zone.as_ref()),
    };
    let outcome = dump.statements(sink);
    dump.finish(sink);
    outcome
}

struct Dump<'s> {
    exhibit: faisceau_model::ExhibitNo,
    scan: Scan,
    /// The columns of each table that is read, as its CREATE TABLE says.
    columns: BTreeMap<String, Vec<String>>,
    /// The rows of tables that are not read, and where the first stands.
    others: BTreeMap<String, (Place, u64)>,
    fields: Fields,
    site: Site<'s>,
}

impl Dump<'_> {
    fn statements(&mut self, sink: &mut dyn Sink) -> Result<(), ImportError> {
        loop {
            match Parts(&mut self.scan).statement()? {
                None => return Ok(()),
                Some(Statement::Create { table, columns }) => {
                    let known = columns.len() <= COLUMNS && Kind::of(&columns).is_some();
                    if known && self.columns.len() < TABLES {
                        self.columns.insert(table, columns);
                    }
                }
                Some(Statement::Insert { table, columns }) => self.rows(&table, columns, sink)?,
                Some(Statement::Other) => {}
            }
        }
    }

    /// The rows of one INSERT.
    fn rows(
        &mut self,
        table: &str,
        named: Vec<String>,
        sink: &mut dyn Sink,
    ) -> Result<(), ImportError> {
        let columns = if named.is_empty() {
            self.columns.get(table).cloned().unwrap_or_default()
        } else {
            named
        };
        let kind = Kind::of(&columns);
        // Only what is used of a row is kept.
        let wanted: Vec<bool> = columns
            .iter()
            .map(|name| kind.is_some_and(|kind| kind.known().contains(&name.as_str())))
            .collect();
        let mut values = Vec::new();
        loop {
            let place = Parts(&mut self.scan).next_row()?;
            let start = self.scan.byte();
            let read = Parts(&mut self.scan).row(&wanted, &mut values);
            match (read, kind) {
                (Ok(more), Some(kind)) => {
                    self.row(kind, &columns, &values, &place, start, sink);
                    if !more {
                        return Ok(());
                    }
                }
                (Ok(more), None) => {
                    self.other(table, place);
                    if !more {
                        return Ok(());
                    }
                }
                (Err(Stop::End), _) => {
                    self.cut(place, sink);
                    return Ok(());
                }
                (Err(Stop::Syntax(detail)), _) => {
                    sink.records(1);
                    let detail = format!("{detail}; the rest of the statement is passed over");
                    let reason = RejectReason::Syntax;
                    sink.reject(Reject::new(self.exhibit, place, reason, detail, b""));
                    return Parts(&mut self.scan).pass_to_end();
                }
                (Err(Stop::Read(error)), _) => return Err(error),
            }
        }
    }

    fn row(
        &mut self,
        kind: Kind,
        columns: &[String],
        values: &[Value],
        place: &Place,
        start: u64,
        sink: &mut dyn Sink,
    ) {
        let len = self.scan.byte() - start;
        let row = Row { columns, values };
        let (fields, site) = (&mut self.fields, &mut self.site);
        let shown = if kind.holds_secrets() { Vec::new() } else { row.excerpt() };
        settle(self.exhibit, place, &shown, sink, |sink| {
            if values.len() != columns.len() {
                let detail = format!("{} values, {} columns", values.len(), columns.len());
                return Err((RejectReason::Syntax, detail));
            }
            if values.contains(&Value::TooLong) {
                let detail = format!("a value or the row of {len} bytes is beyond the limit");
                return Err((RejectReason::Limit, detail));
            }
            fields.headers(columns.iter().map(String::as_str), kind.known(), place);
            table::row(kind, &row, place, site, sink)
        });
    }

    /// Counts a row of a table that is not read.
    fn other(&mut self, table: &str, place: Place) {
        let full = self.others.len() >= TABLES && !self.others.contains_key(table);
        let name = if full { OTHERS } else { table };
        self.others.entry(name.to_owned()).or_insert((place, 0)).1 += 1;
    }

    /// The dump ends in the middle of a row.
    fn cut(&self, place: Place, sink: &mut dyn Sink) {
        sink.records(1);
        let detail = "the dump ends in the middle of a row or before it";
        sink.reject(Reject::new(self.exhibit, place, RejectReason::Truncated, detail, b""));
    }

    fn finish(self, sink: &mut dyn Sink) {
        let mut fields = self.fields;
        self.site.finish(&mut fields);
        for (table, (place, rows)) in self.others {
            let rows_word = if rows == 1 { "row" } else { "rows" };
            let detail =
                format!("the table `{}` is not read: {rows} {rows_word}", excerpt(&table, 60));
            crate::records::set_aside(self.exhibit, &place, b"", &detail, sink);
        }
        fields.finish(self.exhibit, sink);
    }
}

/// A row whose values are asked for by column.
struct Row<'r> {
    columns: &'r [String],
    values: &'r [Value],
}

impl Row<'_> {
    /// The first values, for the reject.
    fn excerpt(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for value in self.values.iter().take(20) {
            if let Value::Text(text) = value {
                out.extend_from_slice(text.get(..text.len().min(60)).unwrap_or_default());
                out.push(b' ');
            }
        }
        out
    }
}

impl Cells for Row<'_> {
    fn cell(&self, header: &str) -> Cell<'_> {
        let at = self.columns.iter().position(|column| column == header);
        match at.and_then(|at| self.values.get(at)) {
            None | Some(Value::Dropped) => Cell::NoColumn,
            Some(Value::Null) => Cell::Empty,
            Some(Value::Text(bytes)) => match decode(bytes) {
                text if text.trim().is_empty() => Cell::Empty,
                text => Cell::Text(text),
            },
            Some(Value::TooLong) => Cell::Unreadable,
        }
    }
}
