//! Goes over every table, in batches, and hands its rows on as entries.

use faisceau_model::rows::{TableVisitor, every_table};
use faisceau_model::table::Row;
use faisceau_tables::read_batches;

use super::contents::{Contents, LeftOut, TableLine, sha256};
use super::entries::{Entry, entries, header};
use super::options::{TableOptions, wanted};
use super::protected::Protected;
use super::reviews::{REVIEWS, review_columns, review_entries};
use crate::error::ExportError;
use crate::source::Source;

/// Takes tables, row by row.
pub(crate) trait Sheets {
    /// A table begins.
    fn begin(&mut self, table: &'static str, columns: &[String]) -> Result<(), ExportError>;

    /// A row of it, an entry a column.
    fn row(&mut self, entries: &[Entry<'_>]) -> Result<(), ExportError>;

    /// The table ends.
    fn end(&mut self) -> Result<(), ExportError>;
}

/// Hands every table over, and at the end the reviews.
pub(crate) fn walk(
    source: &Source<'_>,
    options: &TableOptions,
    sheets: &mut impl Sheets,
) -> Result<Contents, ExportError> {
    let protected = Protected::of(source.tables)?;
    let mut walker = Walker { source, options, sheets, protected, contents: Contents::default() };
    every_table(&mut walker)?;
    let Walker { sheets, contents, .. } = walker;
    sheets.begin(REVIEWS, &review_columns())?;
    for review in source.reviews {
        sheets.row(&review_entries(review))?;
    }
    sheets.end()?;
    Ok(contents)
}

struct Walker<'a, S> {
    source: &'a Source<'a>,
    options: &'a TableOptions,
    sheets: &'a mut S,
    protected: Protected,
    contents: Contents,
}

impl<S: Sheets> TableVisitor for Walker<'_, S> {
    type Error = ExportError;

    fn table<R: Row>(&mut self) -> Result<(), ExportError> {
        if !wanted::<R>(self.options) {
            self.contents.left_out.push(LeftOut::not_asked(R::TABLE));
            return Ok(());
        }
        let path = self.source.tables.join(format!("{}.parquet", R::TABLE));
        let sha256 = sha256(&path)?;
        let zone = self.options.local_zone.as_ref();
        self.sheets.begin(R::TABLE, &header(R::COLUMNS, zone.is_some()))?;
        let (mut rows, mut withheld) = (0, 0);
        let mut failed = None;
        read_batches::<R>(self.source.tables, |batch| {
            let mut row_entries = Vec::new();
            for row in &batch {
                let mut cells = Vec::with_capacity(R::COLUMNS.len());
                row.cells(&mut |cell| cells.push(cell));
                withheld += u64::from(self.protected.withhold::<R>(&mut cells));
                entries(R::COLUMNS, cells, zone, &mut row_entries);
                if let Err(error) = self.sheets.row(&row_entries) {
                    failed = Some(error);
                    return false;
                }
                rows += 1;
            }
            true
        })?;
        if let Some(error) = failed {
            return Err(error);
        }
        self.sheets.end()?;
        let line = TableLine { table: R::TABLE, doc: R::DOC, rows, withheld, sha256 };
        self.contents.tables.push(line);
        Ok(())
    }
}
