//! A case on disk: its folder comes in, exhibits, refusals and acts go out. Writing goes through
//! a [`Writer`], which holds the lock.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use faisceau_model::{ExhibitNo, excerpt};
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::atomic::write_atomic;
use crate::digest::Sha256Sum;
use crate::error::StoreError;
use crate::exhibit::{Exhibit, Refusal};
use crate::journal::{self, ChainFault, Fault, Torn};
use crate::ledger::{Ledger, act};
use crate::line::Entry;
use crate::lock::{self, Lock};
use crate::shelf::Shelf;
use crate::verify::{Progress, VerifyReport, verify};
use crate::writer::Writer;

/// An open case.
#[derive(Debug)]
pub struct Store {
    pub(crate) root: PathBuf,
    pub(crate) shelf: Shelf,
    pub(crate) entries: Vec<Entry>,
    pub(crate) ledger: Ledger,
    pub(crate) torn: Option<Torn>,
}

impl Store {
    /// Makes a folder a case: writes `case.toml` as given, the folders, and the first line of the
    /// journal. The folder is made if it does not exist; other files in it are left alone.
    ///
    /// # Errors
    /// When the folder is a case already, or holds another `case.toml`.
    pub fn create(
        root: &Path,
        case_toml: &str,
        who: &str,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let who = author(who)?;
        fs::create_dir_all(root).map_err(StoreError::io("create", root))?;
        let _lock = lock::take(root)?;
        let journal = journal::path_in(root);
        if journal.exists() {
            return Err(StoreError::CaseExists { root: root.to_path_buf() });
        }
        write_case_file(&root.join("case.toml"), case_toml)?;
        for folder in ["exhibits", "tables", "out"] {
            let folder = root.join(folder);
            fs::create_dir_all(&folder).map_err(StoreError::io("create", &folder))?;
        }
        let sum = Sha256Sum::of(case_toml.as_bytes()).to_string();
        let fields = Map::from_iter([
            ("case_toml_sha256".to_owned(), Value::from(sum)),
            ("format".to_owned(), Value::from(1)),
        ]);
        let (_, line) = Entry::chained(1, now, &who, act::OPENED, fields, Sha256Sum::ZERO)?;
        // Last, for it makes the folder a case: what stands before it can be done again.
        write_atomic(&journal, &line).map_err(StoreError::io("write", &journal))?;
        Self::load(root)
    }

    /// Opens a case and checks the chain of its journal. An interrupted write at the end of the
    /// journal is no error: see [`Store::torn`].
    ///
    /// # Errors
    /// When the folder is no case, or its journal is not what was written
    /// ([`StoreError::is_integrity`]).
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        Self::load(root)
    }

    pub(crate) fn load(root: &Path) -> Result<Self, StoreError> {
        let scan = journal::read(root)?.sound()?;
        let mut ledger = Ledger::default();
        scan.entries.iter().try_for_each(|entry| ledger.apply(entry))?;
        if scan.entries.is_empty() {
            let what = Fault::Meaning("no line opens the case".to_owned());
            return Err(ChainFault { line: 1, what }.into());
        }
        Ok(Self {
            root: root.to_path_buf(),
            shelf: Shelf::new(root),
            entries: scan.entries,
            ledger,
            torn: scan.torn,
        })
    }

    /// The folder of the case.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The exhibits, by number.
    pub fn exhibits(&self) -> impl ExactSizeIterator<Item = &Exhibit> {
        self.ledger.exhibits.values()
    }

    /// The exhibit with this number.
    pub fn exhibit(&self, no: ExhibitNo) -> Option<&Exhibit> {
        self.ledger.exhibits.get(&no)
    }

    /// The first exhibit with these bytes.
    pub fn exhibit_with(&self, sum: &Sha256Sum) -> Option<&Exhibit> {
        self.ledger.with_sum(sum).and_then(|no| self.exhibit(no))
    }

    /// What was refused and has not been taken since, in the order of the journal.
    pub fn refused(&self) -> impl ExactSizeIterator<Item = &Refusal> {
        self.ledger.refusals.values()
    }

    /// Archives whose members were not all taken or refused, because a process ended early. The
    /// next [`Writer::add`] or [`Writer::finish`] does it.
    pub fn unfinished(&self) -> impl Iterator<Item = ExhibitNo> {
        self.ledger.unfinished()
    }

    /// The acts on the case, in order.
    pub fn journal(&self) -> &[Entry] {
        &self.entries
    }

    /// Hash of the last line: whoever knows it can tell later that no line before was changed.
    pub fn head(&self) -> Sha256Sum {
        self.entries.last().map_or(Sha256Sum::ZERO, |entry| entry.hash)
    }

    /// The interrupted write at the end of the journal, if there is one. The next
    /// [`Store::write`] repairs it.
    pub fn torn(&self) -> Option<&Torn> {
        self.torn.as_ref()
    }

    /// Where the bytes of an exhibit stand.
    ///
    /// # Errors
    /// When the case has no such exhibit.
    pub fn path_of(&self, no: ExhibitNo) -> Result<PathBuf, StoreError> {
        let exhibit = self.exhibit(no).ok_or(StoreError::UnknownExhibit { no })?;
        Ok(self.shelf.path_of(&exhibit.sha256))
    }

    /// Reads an exhibit and compares its hash with the journal's, before anything is made of it.
    ///
    /// # Errors
    /// [`StoreError::Altered`] when the bytes are others, are gone, or stand behind a link.
    pub fn check_exhibit(&self, no: ExhibitNo) -> Result<(), StoreError> {
        let exhibit = self.exhibit(no).ok_or(StoreError::UnknownExhibit { no })?;
        let altered = |what: String| StoreError::Altered { no, name: exhibit.name.clone(), what };
        let path = self.shelf.path_of(&exhibit.sha256);
        let kind = fs::symlink_metadata(&path).map_err(|e| altered(e.to_string()))?;
        if !kind.is_file() {
            return Err(altered("its file is no ordinary file".to_owned()));
        }
        let sum =
            File::open(&path).and_then(Sha256Sum::of_reader).map_err(|e| altered(e.to_string()))?;
        if sum == exhibit.sha256 {
            Ok(())
        } else {
            Err(altered(format!(
                "its bytes have the hash {sum}, the journal says {}",
                exhibit.sha256
            )))
        }
    }

    /// Opens an exhibit for reading. Its bytes are not hashed again: see [`Store::verify`].
    ///
    /// # Errors
    /// When the case has no such exhibit, or its file is gone.
    pub fn open_exhibit(&self, no: ExhibitNo) -> io::Result<File> {
        let path = self.path_of(no).map_err(|e| io::Error::new(io::ErrorKind::NotFound, e))?;
        File::open(path)
    }

    /// Reads everything again and compares it with the journal: see [`verify`].
    ///
    /// # Errors
    /// When the case cannot be read at all.
    pub fn verify(
        &self,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<VerifyReport, StoreError> {
        verify(&self.root, progress)
    }

    /// Takes the lock, reads the journal again, repairs what an ended process left, and gives the
    /// means to write. Every line that is written bears `who` and `now`, the begin of the act.
    ///
    /// # Errors
    /// When another process writes, or the journal is not what was written.
    pub fn write(&mut self, who: &str, now: Timestamp) -> Result<Writer<'_>, StoreError> {
        let lock = lock::take(&self.root)?;
        self.write_holding(lock, who, now)
    }

    /// Takes the lock and reads the journal again, for work on derived data that must end before
    /// anybody else writes. [`Store::write_holding`] goes on from it.
    ///
    /// # Errors
    /// When another process writes, or the journal is not what was written.
    pub fn lock(&mut self) -> Result<Lock, StoreError> {
        let lock = lock::take(&self.root)?;
        *self = Self::load(&self.root)?;
        Ok(lock)
    }

    /// Like [`Store::write`], with a lock that is held already.
    ///
    /// # Errors
    /// When the journal is not what was written.
    pub fn write_holding(
        &mut self,
        lock: Lock,
        who: &str,
        now: Timestamp,
    ) -> Result<Writer<'_>, StoreError> {
        Writer::new(self, lock, author(who)?, now)
    }
}

fn author(who: &str) -> Result<String, StoreError> {
    let who = excerpt(who.trim(), 200);
    if who.is_empty() { Err(StoreError::NoAuthor) } else { Ok(who) }
}

/// A file with the same text is left by a process that ended early.
fn write_case_file(path: &Path, text: &str) -> Result<(), StoreError> {
    match fs::read(path) {
        Ok(present) if present == text.as_bytes() => Ok(()),
        Ok(_) => Err(StoreError::CaseFileExists { path: path.to_path_buf() }),
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            write_atomic(path, text.as_bytes()).map_err(StoreError::io("write", path))
        }
        Err(e) => Err(StoreError::io("read", path)(e)),
    }
}
