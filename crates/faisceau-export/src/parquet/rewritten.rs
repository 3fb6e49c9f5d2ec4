//! A table written anew, without the positions that the case protects.

use std::borrow::Cow;
use std::path::Path;

use faisceau_model::Absent;
use faisceau_model::table::{Cell, Row};
use faisceau_tables::{TableError, TableWriter, read_batches};

use crate::error::ExportError;
use crate::tabular::Protected;

/// Copies the table of `R` row by row. Returns the rows that lost a position.
pub(super) fn rewrite<R: Row + Send + Sync + 'static>(
    tables: &Path,
    folder: &Path,
    protected: &Protected,
) -> Result<u64, ExportError> {
    let mut writer = TableWriter::<R>::create(folder)?;
    let mut withheld = 0;
    let mut failed = None;
    read_batches::<R>(tables, |batch| {
        let mut kept = Vec::with_capacity(batch.len());
        for row in batch {
            let without = match without_position(&row, protected) {
                Ok(without) => without,
                Err(error) => {
                    failed = Some(error);
                    return false;
                }
            };
            withheld += u64::from(without.is_some());
            kept.push(without.unwrap_or(row));
        }
        writer.extend(kept);
        true
    })?;
    if let Some(error) = failed {
        return Err(error);
    }
    writer.finish()?;
    Ok(withheld)
}

/// The row without its position, if it has one that is protected.
fn without_position<R: Row>(row: &R, protected: &Protected) -> Result<Option<R>, ExportError> {
    let mut cells = Vec::with_capacity(R::COLUMNS.len());
    row.cells(&mut |cell| cells.push(cell));
    if !protected.withhold::<R>(&mut cells) {
        return Ok(None);
    }
    let mut cells = cells.into_iter().map(owned);
    // A row takes as many cells as it gives.
    let mut next = || cells.next().unwrap_or(Cell::Missing(Absent::NoData));
    let table = R::TABLE;
    let failed = |(column, source)| TableError::Cell { table, column, source };
    Ok(Some(R::from_cells(&mut next).map_err(failed)?))
}

fn owned(cell: Cell<'_>) -> Cell<'static> {
    match cell {
        Cell::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
        Cell::Texts(texts) => Cell::Texts(Cow::Owned(texts.into_owned())),
        Cell::Int(n) => Cell::Int(n),
        Cell::Float(x) => Cell::Float(x),
        Cell::Bool(b) => Cell::Bool(b),
        Cell::Moment(at) => Cell::Moment(at),
        Cell::Missing(reason) => Cell::Missing(reason),
    }
}
