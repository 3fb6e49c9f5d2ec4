//! Streams rows into a Parquet file, in row groups of fixed size.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use faisceau_model::table::Row;
use polars_core::prelude::DataFrame;
use polars_io::parquet::write::{
    BatchedWriter, KeyValueMetadata, ParquetCompression, ParquetWriter,
};
use polars_parquet::write::ZstdLevel;
use rayon::prelude::*;

use crate::columns;
use crate::error::TableError;

/// Rows in a row group. Fixed, so that the bytes do not depend on how rows arrive.
const GROUP: usize = 1 << 16;
/// Row groups built at once. Bounds the memory of a writer.
const AHEAD: usize = 2;

/// Writes one table. Nothing stands under the final name before [`TableWriter::finish`].
pub struct TableWriter<R: Row> {
    path: PathBuf,
    temporary: PathBuf,
    writer: BatchedWriter<BufWriter<File>>,
    waiting: Vec<R>,
    rows: u64,
}

impl<R: Row + Send + Sync> TableWriter<R> {
    /// Starts `FOLDER/TABLE.parquet`.
    pub fn create(folder: &Path) -> Result<Self, TableError> {
        let path = folder.join(format!("{}.parquet", R::TABLE));
        let temporary = folder.join(format!(".{}.parquet.partial", R::TABLE));
        let file = File::create(&temporary).map_err(|source| TableError::Io {
            action: "write",
            path: temporary.clone(),
            source,
        })?;
        let metadata = KeyValueMetadata::from_static(vec![
            ("faisceau:schema".to_owned(), "1".to_owned()),
            ("faisceau:table".to_owned(), R::TABLE.to_owned()),
        ]);
        let writer = ParquetWriter::new(BufWriter::with_capacity(1 << 20, file))
            .with_compression(ParquetCompression::Zstd(ZstdLevel::try_new(1).ok()))
            .with_key_value_metadata(Some(metadata))
            .batched(&columns::schema::<R>())
            .map_err(|e| TableError::parquet(R::TABLE, &e))?;
        Ok(Self { path, temporary, writer, waiting: Vec::new(), rows: 0 })
    }

    /// Adds rows at the end.
    pub fn extend(&mut self, mut rows: Vec<R>) -> Result<(), TableError> {
        if self.waiting.is_empty() {
            self.waiting = rows;
        } else {
            self.waiting.append(&mut rows);
        }
        while self.waiting.len() >= GROUP * AHEAD {
            let rest = self.waiting.split_off(GROUP * AHEAD);
            let full = std::mem::replace(&mut self.waiting, rest);
            self.write_groups(&full)?;
        }
        Ok(())
    }

    /// Adds one row at the end.
    pub fn push(&mut self, row: R) -> Result<(), TableError> {
        self.waiting.push(row);
        if self.waiting.len() >= GROUP * AHEAD { self.extend(Vec::new()) } else { Ok(()) }
    }

    fn write_groups(&mut self, rows: &[R]) -> Result<(), TableError> {
        let frames: Vec<DataFrame> = rows
            .par_chunks(GROUP)
            .map(columns::frame)
            .collect::<Result<_, _>>()
            .map_err(|e| TableError::parquet(R::TABLE, &e))?;
        for frame in &frames {
            self.writer.write_batch(frame).map_err(|e| TableError::parquet(R::TABLE, &e))?;
        }
        self.rows += rows.len() as u64;
        Ok(())
    }

    /// Writes what waits, flushes to disk and gives the file its name. Returns the rows written.
    pub fn finish(mut self) -> Result<u64, TableError> {
        let rest = std::mem::take(&mut self.waiting);
        self.write_groups(&rest)?;
        self.writer.finish().map_err(|e| TableError::parquet(R::TABLE, &e))?;
        drop(self.writer);
        let failed = |action| {
            let path = self.temporary.clone();
            move |source| TableError::Io { action, path, source }
        };
        File::open(&self.temporary).and_then(|f| f.sync_all()).map_err(failed("flush"))?;
        fs::rename(&self.temporary, &self.path).map_err(failed("rename"))?;
        Ok(self.rows)
    }
}

/// Writes a whole table at once.
pub fn write<R: Row + Send + Sync>(folder: &Path, rows: Vec<R>) -> Result<u64, TableError> {
    let mut writer = TableWriter::create(folder)?;
    writer.extend(rows)?;
    writer.finish()
}
