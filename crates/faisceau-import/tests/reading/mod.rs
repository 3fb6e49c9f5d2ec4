//! Reading bytes as an exhibit, and rows as text.

use std::fmt::Write as _;
use std::io::{self, Cursor, Read};

use faisceau_import::{ImportSettings, Imported, Source, import};
use faisceau_model::table::{Cell, Row};
use faisceau_model::{Collected, ExhibitNo, inert};

/// What comes of bytes that are added as exhibit 5.
pub(crate) fn read(bytes: &[u8], settings: &ImportSettings) -> (Imported, Collected) {
    let bytes = bytes.to_vec();
    let len = bytes.len() as u64;
    read_from(len, settings, move || Ok(Box::new(Cursor::new(bytes.clone()))))
}

/// What comes of a source that is opened as often as the importer likes.
pub(crate) fn read_from(
    len: u64,
    settings: &ImportSettings,
    open: impl Fn() -> io::Result<Box<dyn Read + Send>> + Sync,
) -> (Imported, Collected) {
    let source = Source { exhibit: ExhibitNo::top(5), name: "export", len, open: &open };
    let mut sink = Collected::default();
    let imported = import(&source, settings, &mut sink);
    (imported, sink)
}

/// Whether every record met is accounted for, and every reject counted.
pub(crate) fn settled(sink: &Collected) -> bool {
    sink.tally.balances() && sink.tally.rejected == sink.rejects.len() as u64
}

/// All columns of rows, one line a column, `?reason` for what is missing.
#[allow(dead_code, reason = "not every test binary prints rows")]
pub(crate) fn print<R: Row>(rows: &[R]) -> String {
    let mut out = String::new();
    for row in rows {
        let mut columns = R::COLUMNS.iter();
        row.cells(&mut |cell| {
            let value = match cell {
                Cell::Text(text) => inert(&text).into_owned(),
                Cell::Texts(texts) => format!("{texts:?}"),
                Cell::Int(n) => n.to_string(),
                Cell::Float(x) => x.to_string(),
                Cell::Bool(b) => b.to_string(),
                Cell::Moment(at) => format!("{at} {} {}", at.precision(), at.zone()),
                Cell::Missing(reason) => format!("?{reason}"),
            };
            let name = columns.next().map_or("?", |column| column.name);
            // Writing to a String cannot fail.
            let _ = writeln!(out, "{name:<13}{value}");
        });
        out.push('\n');
    }
    out
}
