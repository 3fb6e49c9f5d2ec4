//! The tables as one workbook.
//!
//! Comes in: the tables of a case. Goes out: `case.xlsx`: a first sheet that says what the workbook
//! holds, then a sheet a table with a frozen header and a filter. Texts are cells of text whatever
//! they look like, marked so that typing into them does not make a formula of them; numbers are
//! numbers, except those that a spreadsheet would round. Refuses: formulas, hyperlinks, the clock.
//! Rows beyond what a sheet takes go on in `posts (2)`; a text beyond what a cell takes is cut where
//! a mark says so, and counted. Memory is bounded: a sheet is written as its rows come.

mod book;
mod contents_sheet;
mod text;

use std::path::Path;

use self::book::Book;
use self::contents_sheet::contents_sheet;
use crate::error::ExportError;
use crate::source::Source;
use crate::tabular::{TableOptions, create, walk};
use crate::written::Written;

/// The file.
const FILE: &str = "case.xlsx";

/// What a sheet and a cell take.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Rows of a sheet, with its header.
    rows: u32,
    /// UTF-16 units of a cell.
    units: usize,
}

/// Those of the format ("Excel specifications and limits", Microsoft).
const LIMITS: Limits = Limits { rows: 1_048_576, units: 32_767 };

/// Writes the tables as one workbook into a folder.
///
/// # Errors
/// A file that is there already or that the file system refuses, and a table that cannot be read.
pub fn write(
    source: &Source<'_>,
    folder: &Path,
    options: &TableOptions,
) -> Result<Vec<Written>, ExportError> {
    // The writer below panics where the disk is full: on a thread of its own that is an error.
    std::thread::scope(|scope| {
        let writing = std::thread::Builder::new()
            .name("xlsx".to_owned())
            .spawn_scoped(scope, || write_within(source, folder, options, LIMITS));
        let refused = |source| ExportError::Io { path: folder.join(FILE), source };
        writing.map_err(refused)?.join().unwrap_or_else(|_| {
            Err(ExportError::Writer {
                format: "xlsx",
                message: "the workbook could not be written to its end; is the disk full?"
                    .to_owned(),
            })
        })
    })
}

fn write_within(
    source: &Source<'_>,
    folder: &Path,
    options: &TableOptions,
    limits: Limits,
) -> Result<Vec<Written>, ExportError> {
    let mut book = Book::new(folder, source.case, limits)?;
    let contents = walk(source, options, &mut book)?;
    contents_sheet(&mut book, source.case, &contents)?;
    let mut file = create(folder, FILE)?;
    book.save(file.writer())?;
    file.finish()?;
    let count = |what, count| Written { file: FILE.to_owned(), what, count };
    let rows = contents.tables.iter().map(|line| line.rows).sum::<u64>();
    let withheld = contents.tables.iter().map(|line| line.withheld).sum();
    Ok(vec![
        count("rows", rows + source.reviews.len() as u64),
        count("sheets", book.sheets()),
        count("cells cut", book.cells_cut()),
        count("positions withheld", withheld),
    ])
}

#[cfg(test)]
mod tests;
