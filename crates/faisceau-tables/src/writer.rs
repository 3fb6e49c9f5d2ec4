//! Streams rows into a Parquet file, in row groups of fixed size, behind the caller's back.
//!
//! The caller hands batches over and goes on; a thread turns them into row groups. Batches keep
//! their order and groups their size, so the bytes depend on neither.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use faisceau_model::table::Row;
use polars_io::parquet::write::{
    BatchedWriter, KeyValueMetadata, ParquetCompression, ParquetWriter,
};
use polars_parquet::write::ZstdLevel;

use crate::columns;
use crate::error::TableError;

/// Rows in a row group, handed over together. Fixed, so that the bytes do not depend on how rows
/// arrive; small, for it bounds the memory of a writer.
const GROUP: usize = 1 << 14;

/// Writes one table. Nothing stands under the final name before [`TableWriter::finish`].
pub struct TableWriter<R: Row> {
    waiting: Vec<R>,
    batches: SyncSender<Vec<R>>,
    worker: JoinHandle<Result<u64, TableError>>,
    path: PathBuf,
    temporary: PathBuf,
}

impl<R: Row + Send + Sync + 'static> TableWriter<R> {
    /// Starts `FOLDER/TABLE.parquet`.
    pub fn create(folder: &Path) -> Result<Self, TableError> {
        let path = folder.join(format!("{}.parquet", R::TABLE));
        let temporary = folder.join(format!(".{}.parquet.partial", R::TABLE));
        let writer = open::<R>(&temporary)?;
        // One batch may wait: the caller is never far ahead of the disk.
        let (batches, received) = sync_channel(1);
        let worker = std::thread::spawn(move || write_all(writer, &received));
        Ok(Self { waiting: Vec::new(), batches, worker, path, temporary })
    }

    /// Adds rows at the end. A failure to write shows in [`TableWriter::finish`].
    pub fn extend(&mut self, mut rows: Vec<R>) {
        if self.waiting.is_empty() {
            self.waiting = rows;
        } else {
            self.waiting.append(&mut rows);
        }
        while self.waiting.len() >= GROUP {
            let rest = self.waiting.split_off(GROUP);
            let full = std::mem::replace(&mut self.waiting, rest);
            // A worker that ended early says why when it is joined.
            let _ = self.batches.send(full);
        }
    }

    /// Adds one row at the end.
    pub fn push(&mut self, row: R) {
        self.waiting.push(row);
        if self.waiting.len() >= GROUP {
            self.extend(Vec::new());
        }
    }

    /// Writes what waits, flushes to disk and gives the file its name. Returns the rows written.
    pub fn finish(self) -> Result<u64, TableError> {
        let _ = self.batches.send(self.waiting);
        drop(self.batches);
        let rows = match self.worker.join() {
            Ok(outcome) => outcome?,
            Err(_) => return Err(TableError::parquet(R::TABLE, &"the writing thread panicked")),
        };
        let failed = |action| {
            let path = self.temporary.clone();
            move |source| TableError::Io { action, path, source }
        };
        File::open(&self.temporary).and_then(|f| f.sync_all()).map_err(failed("flush"))?;
        fs::rename(&self.temporary, &self.path).map_err(failed("rename"))?;
        Ok(rows)
    }
}

/// Writes a whole table at once.
pub fn write<R: Row + Send + Sync + 'static>(
    folder: &Path,
    rows: Vec<R>,
) -> Result<u64, TableError> {
    let mut writer = TableWriter::create(folder)?;
    writer.extend(rows);
    writer.finish()
}

type ParquetFile = BatchedWriter<BufWriter<File>>;

fn open<R: Row>(path: &Path) -> Result<ParquetFile, TableError> {
    let file = File::create(path).map_err(|source| TableError::Io {
        action: "write",
        path: path.to_owned(),
        source,
    })?;
    let metadata = KeyValueMetadata::from_static(vec![
        ("faisceau:schema".to_owned(), "1".to_owned()),
        ("faisceau:table".to_owned(), R::TABLE.to_owned()),
    ]);
    ParquetWriter::new(BufWriter::with_capacity(1 << 20, file))
        .with_compression(ParquetCompression::Zstd(ZstdLevel::try_new(1).ok()))
        .with_key_value_metadata(Some(metadata))
        .batched(&columns::schema::<R>())
        .map_err(|e| TableError::parquet(R::TABLE, &e))
}

fn write_all<R: Row>(
    mut writer: ParquetFile,
    batches: &Receiver<Vec<R>>,
) -> Result<u64, TableError> {
    let mut written = 0;
    for rows in batches {
        let frame = columns::frame(&rows).map_err(|e| TableError::parquet(R::TABLE, &e))?;
        written += rows.len() as u64;
        drop(rows);
        writer.write_batch(&frame).map_err(|e| TableError::parquet(R::TABLE, &e))?;
    }
    writer.finish().map_err(|e| TableError::parquet(R::TABLE, &e))?;
    Ok(written)
}
