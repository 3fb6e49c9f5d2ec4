//! The tables as text, one file a table.
//!
//! Comes in: the tables of a case. Goes out: `TABLE.csv` for each (RFC 4180, UTF-8), `reviews.csv`,
//! and `README.txt`, which says how to read them back cell by cell. Every text is in quotation
//! marks, numbers and `true`/`false` are not, a missing value is an empty field. Refuses: to leave a
//! text as it is that a spreadsheet would run.

mod guard;
mod readme;

use std::io::Write as _;
use std::path::Path;

use self::guard::guarded;
use self::readme::readme;
use crate::error::ExportError;
use crate::source::Source;
use crate::tabular::{
    CsvOptions, Entry, NewFile, REVIEWS, Sheets, TableOptions, create, review_columns,
    review_entries, walk,
};
use crate::written::Written;

/// What marks UTF-8 for Excel.
const BOM: &str = "\u{feff}";

/// Writes the tables as CSV files into a folder.
///
/// # Errors
/// A file that is there already or that the file system refuses, and a table that cannot be read.
pub fn write(
    source: &Source<'_>,
    folder: &Path,
    options: &TableOptions,
) -> Result<Vec<Written>, ExportError> {
    let mut files = Files { folder, options: options.csv, open: None, written: Vec::new() };
    let contents = walk(source, options, &mut files)?;
    let withheld = contents.tables.iter().map(|line| line.withheld).sum();
    let mut written = files.written;
    let file = "README.txt".to_owned();
    let mut to = create(folder, &file)?;
    to.put(readme(source.case, &contents, options).as_bytes())?;
    to.finish()?;
    written.push(Written { file, what: "positions withheld", count: withheld });
    Ok(written)
}

/// Writes `reviews.csv` alone.
pub(crate) fn write_reviews(
    source: &Source<'_>,
    folder: &Path,
    options: CsvOptions,
) -> Result<(), ExportError> {
    let mut files = Files { folder, options, open: None, written: Vec::new() };
    files.begin(REVIEWS, &review_columns())?;
    for review in source.reviews {
        files.row(&review_entries(review))?;
    }
    files.end()
}

struct Files<'a> {
    folder: &'a Path,
    options: CsvOptions,
    open: Option<Open>,
    written: Vec<Written>,
}

struct Open {
    name: String,
    to: NewFile,
    rows: u64,
    /// The line that is being made; kept for its room.
    line: Vec<u8>,
}

impl Sheets for Files<'_> {
    fn begin(&mut self, table: &'static str, columns: &[String]) -> Result<(), ExportError> {
        let name = format!("{table}.csv");
        let mut to = create(self.folder, &name)?;
        if self.options.bom {
            to.put(BOM.as_bytes())?;
        }
        let separator = self.options.separator().to_string();
        to.put(columns.join(&separator).as_bytes())?;
        to.put(b"\r\n")?;
        self.open = Some(Open { name, to, rows: 0, line: Vec::new() });
        Ok(())
    }

    fn row(&mut self, entries: &[Entry<'_>]) -> Result<(), ExportError> {
        let Some(open) = &mut self.open else { return Ok(()) };
        open.line.clear();
        put_row(&mut open.line, entries, self.options.separator());
        open.rows += 1;
        open.to.put(&open.line)
    }

    fn end(&mut self) -> Result<(), ExportError> {
        let Some(open) = self.open.take() else { return Ok(()) };
        open.to.finish()?;
        self.written.push(Written { file: open.name, what: "rows", count: open.rows });
        Ok(())
    }
}

fn put_row(line: &mut Vec<u8>, entries: &[Entry<'_>], separator: char) {
    for (at, entry) in entries.iter().enumerate() {
        if at > 0 {
            // Every separator is ASCII.
            line.push(separator as u8);
        }
        put_entry(line, entry);
    }
    line.extend_from_slice(b"\r\n");
}

fn put_entry(line: &mut Vec<u8>, entry: &Entry<'_>) {
    // Writing to a `Vec` cannot fail.
    let _ = match entry {
        Entry::Missing => Ok(()),
        Entry::Int(n) => write!(line, "{n}"),
        Entry::Float(x) => write!(line, "{x}"),
        Entry::Bool(b) => write!(line, "{b}"),
        Entry::Text(text) => write!(line, "\"{}\"", guarded(text).replace('"', "\"\"")),
    };
}

#[cfg(test)]
mod tests;
