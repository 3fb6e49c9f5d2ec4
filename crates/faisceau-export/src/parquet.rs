//! The tables as they are, with a manifest.
//!
//! Comes in: the tables of a case. Goes out: byte copies of their files, `reviews.csv` and
//! `reviews.json`, and `manifest.json`, which says of each file its rows, its SHA-256 and that of the
//! file of the case. Refuses: to copy a position that the case protects (`media` and `media_fields`
//! are then written anew without it, and the manifest counts the rows), and what addressees declared
//! of subscribers unless it is asked for.

mod manifest;
mod rewritten;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use faisceau_model::rows::{Media, MediaField, TableVisitor, every_table};
use faisceau_model::table::Row;
use faisceau_tables::count;
use serde_json::json;

use self::manifest::{FileLine, manifest};
use self::rewritten::rewrite;
use crate::csv::write_reviews;
use crate::error::ExportError;
use crate::source::Source;
use crate::tabular::{LeftOut, Protected, REVIEWS, TableOptions, create, sha256, wanted};
use crate::written::Written;

/// Writes the tables as Parquet files into a folder.
///
/// # Errors
/// A file that is there already or that the file system refuses, and a table that cannot be read.
pub fn write(
    source: &Source<'_>,
    folder: &Path,
    options: &TableOptions,
) -> Result<Vec<Written>, ExportError> {
    let protected = Protected::of(source.tables)?;
    let mut copier =
        Copier { source, folder, options, protected, lines: Vec::new(), left_out: Vec::new() };
    every_table(&mut copier)?;
    copier.rewrite::<Media>()?;
    copier.rewrite::<MediaField>()?;
    let Copier { lines, left_out, protected, .. } = copier;
    let mut written: Vec<Written> = lines
        .iter()
        .map(|line| Written { file: line.file.clone(), what: "rows", count: line.rows })
        .collect();
    let withheld: u64 = lines.iter().map(|line| line.withheld).sum();
    let reviews = [format!("{REVIEWS}.csv"), format!("{REVIEWS}.json")];
    write_reviews(source, folder, options.csv)?;
    put_json(folder, &reviews[1], &reviews_json(source))?;
    let count = source.reviews.len() as u64;
    written.extend(reviews.map(|file| Written { file, what: "rows", count }));
    let file = "manifest.json".to_owned();
    put_json(folder, &file, &manifest(source, &lines, &left_out, protected.len())?)?;
    written.push(Written { file, what: "positions withheld", count: withheld });
    Ok(written)
}

struct Copier<'a> {
    source: &'a Source<'a>,
    folder: &'a Path,
    options: &'a TableOptions,
    protected: Protected,
    lines: Vec<FileLine>,
    left_out: Vec<LeftOut>,
}

impl TableVisitor for Copier<'_> {
    type Error = ExportError;

    fn table<R: Row>(&mut self) -> Result<(), ExportError> {
        if !wanted::<R>(self.options) {
            self.left_out.push(LeftOut::not_asked(R::TABLE));
            return Ok(());
        }
        let file = format!("{}.parquet", R::TABLE);
        let of_case = self.source.tables.join(&file);
        if !self.protected.touches(R::TABLE) {
            copy(&of_case, self.folder, &file)?;
        }
        let sha256 = sha256(&of_case)?;
        self.lines.push(FileLine {
            table: R::TABLE,
            rows: count::<R>(self.source.tables)?,
            withheld: 0,
            sha256_of_case: sha256.clone(),
            sha256,
            file,
        });
        Ok(())
    }
}

impl Copier<'_> {
    /// Writes a table anew that must not leave as it is.
    fn rewrite<R: Row + Send + Sync + 'static>(&mut self) -> Result<(), ExportError> {
        if !self.protected.touches(R::TABLE) {
            return Ok(());
        }
        let withheld = rewrite::<R>(self.source.tables, self.folder, &self.protected)?;
        if let Some(line) = self.lines.iter_mut().find(|line| line.table == R::TABLE) {
            line.withheld = withheld;
            line.sha256 = sha256(&self.folder.join(&line.file))?;
        }
        Ok(())
    }
}

fn copy(from: &Path, folder: &Path, file: &str) -> Result<(), ExportError> {
    let failed = |source| ExportError::Io { path: from.to_owned(), source };
    let mut read = File::open(from).map_err(failed)?;
    let mut to = create(folder, file)?;
    let mut room = vec![0; 1 << 16];
    loop {
        match read.read(&mut room).map_err(failed)? {
            0 => return to.finish(),
            taken => to.put(room.get(..taken).unwrap_or_default())?,
        }
    }
}

fn reviews_json(source: &Source<'_>) -> serde_json::Value {
    let all = source.reviews.iter().map(|review| {
        json!({
            "a": review.a.as_str(),
            "b": review.b.as_str(),
            "decision": review.decision.as_str(),
            "because": review.because,
            "who": review.who,
            "at": review.at,
            "seq": review.seq,
            "earlier": review.earlier,
        })
    });
    all.collect()
}

fn put_json(folder: &Path, file: &str, value: &serde_json::Value) -> Result<(), ExportError> {
    let text = format!("{value:#}\n");
    let mut to = create(folder, file)?;
    to.put(text.as_bytes())?;
    to.finish()
}
