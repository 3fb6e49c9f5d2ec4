//! Reads a table back into rows, a row group at a time.

use std::fs::File;
use std::path::Path;

use faisceau_model::table::Row;
use polars_io::SerReader;
use polars_io::parquet::read::ParquetReader;

use crate::error::TableError;
use crate::rows::rows;

/// Rows read at once.
const BATCH: usize = 1 << 16;

/// Reads a whole table.
pub fn read<R: Row>(folder: &Path) -> Result<Vec<R>, TableError> {
    let mut all = Vec::new();
    read_batches(folder, |mut batch| {
        all.append(&mut batch);
        true
    })?;
    Ok(all)
}

/// Rows of a table, as its footer says.
pub fn count<R: Row>(folder: &Path) -> Result<u64, TableError> {
    let mut reader = ParquetReader::new(open::<R>(folder)?);
    let rows = reader.num_rows().map_err(|e| TableError::parquet(R::TABLE, &e))?;
    Ok(rows as u64)
}

/// The file of a table.
pub(crate) fn open<R: Row>(folder: &Path) -> Result<File, TableError> {
    let path = folder.join(format!("{}.parquet", R::TABLE));
    File::open(&path).map_err(|source| TableError::Io { action: "open", path, source })
}

/// Reads a table in batches, in order, until `take` says `false`.
pub fn read_batches<R: Row>(
    folder: &Path,
    mut take: impl FnMut(Vec<R>) -> bool,
) -> Result<(), TableError> {
    let parquet = |e| TableError::parquet(R::TABLE, &e);
    let total = ParquetReader::new(open::<R>(folder)?).num_rows().map_err(parquet)?;
    let mut offset = 0;
    while offset < total {
        let frame = ParquetReader::new(open::<R>(folder)?)
            .with_slice(Some((offset, BATCH)))
            .set_rechunk(true)
            .finish()
            .map_err(parquet)?;
        offset += BATCH;
        if !take(rows(&frame)?) {
            break;
        }
    }
    Ok(())
}
