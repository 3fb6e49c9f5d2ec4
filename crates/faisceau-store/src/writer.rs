//! Writing to a case: acts come in, lines of the journal go out. It refuses to go on after a line
//! that could not be written.
//!
//! Order on disk: an original is whole, synced and has its name before the line that names it is
//! written. A process killed between the two leaves a file that no line names, never a line
//! without its file.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;

use faisceau_model::excerpt;
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::atomic::write_atomic;
use crate::digest::Sha256Sum;
use crate::error::StoreError;
use crate::journal;
use crate::ledger::act;
use crate::line::Entry;
use crate::lock::Lock;
use crate::shelf::Unsynced;
use crate::spool::{self, Spool};
use crate::store::Store;

/// Lines that are written at once while an archive is taken apart. Each batch syncs up to 256
/// folders; what a kill loses of it is taken out of the archive again.
const BATCH: usize = 2048;

/// The one writer of a case. Dropping it frees the lock.
#[derive(Debug)]
pub struct Writer<'s> {
    pub(crate) store: &'s mut Store,
    pub(crate) unsynced: Unsynced,
    _lock: Lock,
    journal: File,
    who: String,
    now: Timestamp,
    pending: Vec<u8>,
    pending_lines: usize,
    halted: bool,
}

impl<'s> Writer<'s> {
    pub(crate) fn new(
        store: &'s mut Store,
        lock: Lock,
        who: String,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        // Another process may have written since the case was opened.
        *store = Store::load(&store.root)?;
        if store.torn.is_some() {
            repair(store, &who, now)?;
        }
        let path = journal::path_in(&store.root);
        let journal =
            OpenOptions::new().append(true).open(&path).map_err(StoreError::io("open", &path))?;
        let mut writer = Self {
            store,
            unsynced: Unsynced::default(),
            _lock: lock,
            journal,
            who,
            now,
            pending: Vec::new(),
            pending_lines: 0,
            halted: false,
        };
        writer.sweep()?;
        Ok(writer)
    }

    /// The case as it is with what was written so far.
    pub fn store(&self) -> &Store {
        self.store
    }

    /// Records an act that is not the store's own: a run, a review, a report issued. Fields may be
    /// texts, integers, booleans, and arrays of these; names are `snake_case`.
    ///
    /// # Errors
    /// When a field has no unambiguous text, the act is one of the store's own, or the line cannot
    /// be written.
    pub fn record(&mut self, act: &str, fields: Map<String, Value>) -> Result<(), StoreError> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if act.is_empty() || !act.bytes().all(plain) || act::ALL.contains(&act) {
            return Err(StoreError::Act { act: excerpt(act, 60) });
        }
        self.append(act, fields)?;
        self.flush()
    }

    /// Opens the spool of a name, with the pieces that an ended process left there.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn spool(&self, name: &str) -> Result<Spool, StoreError> {
        let root = &self.store.root;
        let folder = root.join("collecting");
        spool::sweep(root, name).map_err(StoreError::io("clean", &folder))?;
        Spool::open(root, name).map_err(StoreError::io("open", &folder))
    }

    /// Chains an act; it is written with the next batch.
    pub(crate) fn append(
        &mut self,
        act: &str,
        fields: Map<String, Value>,
    ) -> Result<(), StoreError> {
        if self.halted {
            return Err(StoreError::Halted);
        }
        let seq = self.store.entries.len() as u64 + 1;
        let head = self.store.head();
        let (entry, line) = Entry::chained(seq, self.now, &self.who, act, fields, head)?;
        self.store.ledger.apply(&entry)?;
        self.store.entries.push(entry);
        self.pending.extend_from_slice(&line);
        self.pending_lines += 1;
        if self.pending_lines >= BATCH { self.flush() } else { Ok(()) }
    }

    /// Makes originals, then the lines that name them, survive a power cut.
    pub(crate) fn flush(&mut self) -> Result<(), StoreError> {
        if self.halted {
            return Err(StoreError::Halted);
        }
        let result = self.write_pending();
        self.halted = result.is_err();
        result
    }

    fn write_pending(&mut self) -> Result<(), StoreError> {
        let folder = self.store.shelf.folder();
        self.unsynced.sync().map_err(StoreError::io("sync", folder))?;
        if self.pending.is_empty() {
            return Ok(());
        }
        let path = journal::path_in(&self.store.root);
        self.journal
            .write_all(&self.pending)
            .and_then(|()| self.journal.sync_data())
            .map_err(StoreError::io("write", &path))?;
        self.pending.clear();
        self.pending_lines = 0;
        Ok(())
    }

    /// Removes half-written files of an ended process, and says so.
    fn sweep(&mut self) -> Result<(), StoreError> {
        let folder = self.store.shelf.folder();
        let names = self.store.shelf.sweep().map_err(StoreError::io("clean", folder))?;
        if names.is_empty() {
            return Ok(());
        }
        let count = names.len();
        // A line has room for some names; the count is exact.
        let names: Vec<String> = names.iter().take(100).map(|name| excerpt(name, 60)).collect();
        let fields = Map::from_iter([
            ("files".to_owned(), Value::from(count)),
            ("names".to_owned(), Value::from(names)),
        ]);
        self.append(act::CLEANED, fields)?;
        self.flush()
    }
}

/// Replaces an interrupted line by one that says what it was. The whole file is written anew, so
/// that no instant exists at which the bytes are gone and the line is not there.
fn repair(store: &mut Store, who: &str, now: Timestamp) -> Result<(), StoreError> {
    let Some(torn) = store.torn.take() else { return Ok(()) };
    let path = journal::path_in(&store.root);
    let mut journal = fs::read(&path).map_err(StoreError::io("read", &path))?;
    journal.truncate(torn.offset as usize);
    if journal.last() != Some(&b'\n') {
        journal.push(b'\n');
    }
    // Escaped, this many characters still fit a line; the sum is of all the bytes.
    let dropped: String = String::from_utf8_lossy(&torn.bytes).chars().take(100_000).collect();
    let fields = Map::from_iter([
        ("dropped".to_owned(), Value::from(dropped)),
        ("dropped_bytes".to_owned(), Value::from(torn.bytes.len())),
        ("dropped_sha256".to_owned(), Value::from(Sha256Sum::of(&torn.bytes).to_string())),
    ]);
    let seq = store.entries.len() as u64 + 1;
    let (entry, line) = Entry::chained(seq, now, who, act::REPAIRED, fields, store.head())?;
    journal.extend_from_slice(&line);
    write_atomic(&path, &journal).map_err(StoreError::io("write", &path))?;
    store.ledger.apply(&entry)?;
    store.entries.push(entry);
    Ok(())
}
