//! Streams rows into a Parquet file, in row groups of fixed size, behind the caller's back.
//!
//! The caller hands batches over and goes on; a thread turns them into row groups. Batches keep
//! their order and groups their size, so the bytes depend on neither.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use faisceau_model::table::Row;

use crate::columns::Columns;
use crate::error::TableError;
use crate::parquet::ParquetFile;

/// Rows in a row group. Fixed, so that the bytes do not depend on how rows arrive; small, for it
/// bounds the memory of a writer.
const GROUP: usize = 1 << 14;

/// Rows that are handed over together where they come one by one.
const BATCH: usize = 1 << 10;

/// Batches that may wait for a writer.
const WAITING: usize = 2;

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
        let writer = ParquetFile::create::<R>(&temporary)?;
        // Few batches may wait: the caller is never far ahead of the disk.
        let (batches, received) = sync_channel(WAITING);
        let worker = std::thread::spawn(move || write_all(writer, &received));
        Ok(Self { waiting: Vec::new(), batches, worker, path, temporary })
    }

    /// Adds rows at the end. A failure to write shows in [`TableWriter::finish`].
    pub fn extend(&mut self, rows: Vec<R>) {
        self.hand_over();
        // A worker that ended early says why when it is joined.
        let _ = self.batches.send(rows);
    }

    /// Adds one row at the end.
    pub fn push(&mut self, row: R) {
        self.waiting.push(row);
        if self.waiting.len() >= BATCH {
            self.hand_over();
        }
    }

    fn hand_over(&mut self) {
        if !self.waiting.is_empty() {
            let _ = self.batches.send(std::mem::take(&mut self.waiting));
        }
    }

    /// Writes what waits, flushes to disk and gives the file its name. Returns the rows written.
    pub fn finish(mut self) -> Result<u64, TableError> {
        self.hand_over();
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

fn write_all<R: Row>(mut file: ParquetFile, batches: &Receiver<Vec<R>>) -> Result<u64, TableError> {
    let mut columns = Columns::of::<R>();
    let mut written = 0;
    for batch in batches {
        written += batch.len() as u64;
        let mut rest = batch.as_slice();
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.len().min(GROUP - columns.len()));
            columns.extend(now);
            if columns.len() == GROUP {
                file.write_group(&mut columns)?;
            }
            rest = later;
        }
    }
    if columns.len() > 0 {
        file.write_group(&mut columns)?;
    }
    file.finish()?;
    Ok(written)
}
