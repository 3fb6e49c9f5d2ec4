//! Tables that were hashed and found to be those of the last run, and looked up in.
//!
//! What was learnt of them is let go of when a file of the folder changes.

use std::fs;
use std::path::Path;

use faisceau_model::table::Row;
use faisceau_tables::{Finder, TableError, Wanted};

use crate::case::Case;
use crate::error::CaseError;
use crate::record::{RunRecord, table_hashes};

/// The tables as they stood when they were hashed.
pub(crate) struct SoundTables {
    files: Marks,
    sha256: String,
    finder: Finder,
}

impl Case {
    /// The record of the last run, once the tables are found to be those that it and the journal
    /// name. While the case is open, files that look untouched are not hashed again.
    pub(crate) fn checked_record(&self) -> Result<RunRecord, CaseError> {
        let record = RunRecord::read(&self.tables())?;
        if !record.is_journalled(&self.store) {
            return Err(CaseError::TablesAltered);
        }
        let seen = marks(&self.tables())?;
        let known =
            |sound: &SoundTables| sound.files == seen && sound.sha256 == record.tables_hash();
        if self.sound_tables.borrow().as_ref().is_some_and(known) {
            return Ok(record);
        }
        if table_hashes(&self.tables())? != record.tables {
            return Err(CaseError::TablesAltered);
        }
        *self.sound_tables.borrow_mut() = Some(SoundTables {
            files: seen,
            sha256: record.tables_hash(),
            finder: Finder::new(&self.tables()),
        });
        Ok(record)
    }

    /// The rows of a table whose column holds one of some values.
    pub(crate) fn find<R: Row>(&self, column: &str, values: &[&str]) -> Result<Vec<R>, CaseError> {
        self.ask(|finder| finder.find(column, values))
    }

    /// How many rows of a table hold all that is wanted, and the first of them, at most `most`.
    pub(crate) fn select<R: Row>(
        &self,
        wanted: &[(String, Wanted)],
        most: usize,
    ) -> Result<(usize, Vec<R>), CaseError> {
        self.ask(|finder| finder.select(wanted, most))
    }

    fn ask<T>(
        &self,
        question: impl FnOnce(&mut Finder) -> Result<T, TableError>,
    ) -> Result<T, CaseError> {
        if self.sound_tables.borrow().is_none() {
            self.checked_record()?;
        }
        let mut sound = self.sound_tables.borrow_mut();
        let sound = sound.as_mut().ok_or(CaseError::TablesAltered)?;
        Ok(question(&mut sound.finder)?)
    }
}

/// Size and time of change of each file, by name.
type Marks = Vec<(String, u64, Option<std::time::SystemTime>)>;

fn marks(folder: &Path) -> Result<Marks, CaseError> {
    let io = |action| move |source| CaseError::Io { action, path: folder.to_owned(), source };
    let mut marks = Vec::new();
    for entry in fs::read_dir(folder).map_err(io("list"))? {
        let entry = entry.map_err(io("list"))?;
        let metadata = entry.metadata().map_err(io("list"))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        marks.push((name, metadata.len(), metadata.modified().ok()));
    }
    marks.sort();
    Ok(marks)
}
