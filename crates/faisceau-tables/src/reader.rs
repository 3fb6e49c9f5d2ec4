//! Reads a table back into rows, a row group at a time.

use std::fs::File;
use std::path::Path;

use faisceau_model::table::{Kind, Row};
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

fn open<R: Row>(folder: &Path) -> Result<File, TableError> {
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

/// Rows nearer to each other than this are read in one go.
const NEAR: usize = 256;

/// Reads the rows whose text column holds one of some values, in their order.
///
/// Only that column is read whole; of the others what stands around the rows found.
pub fn read_where<R: Row>(
    folder: &Path,
    column: &'static str,
    values: &[&str],
) -> Result<Vec<R>, TableError> {
    let parquet = |e| TableError::parquet(R::TABLE, &e);
    if !R::COLUMNS.iter().any(|known| known.name == column && known.kind == Kind::Text) {
        return Err(TableError::Column { table: R::TABLE, column: column.to_owned() });
    }
    let frame = ParquetReader::new(open::<R>(folder)?)
        .with_columns(Some(vec![column.to_owned()]))
        .finish()
        .map_err(parquet)?;
    let missing = || TableError::Column { table: R::TABLE, column: column.to_owned() };
    let texts = frame.column(column).map_err(|_| missing())?;
    let texts = texts.str().map_err(parquet)?;
    let found: Vec<usize> = texts
        .iter()
        .enumerate()
        .filter(|(_, text)| text.is_some_and(|text| values.contains(&text)))
        .map(|(at, _)| at)
        .collect();
    let mut all = Vec::new();
    for near in found.chunk_by(|one, next| next - one < NEAR) {
        let (Some(first), Some(last)) = (near.first(), near.last()) else { continue };
        let frame = ParquetReader::new(open::<R>(folder)?)
            .with_slice(Some((*first, last - first + 1)))
            .set_rechunk(true)
            .finish()
            .map_err(parquet)?;
        let read = rows::<R>(&frame)?.into_iter().enumerate();
        all.extend(read.filter(|(n, _)| near.binary_search(&(first + n)).is_ok()).map(|(_, r)| r));
    }
    Ok(all)
}
