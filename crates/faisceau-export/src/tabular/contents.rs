//! What an export of tables holds, and what was left out of it.

use std::fmt::Write;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::error::ExportError;

/// The tables that left, in the order of the documentation page, and those that did not.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    /// Those that left.
    pub(crate) tables: Vec<TableLine>,
    /// Those that did not.
    pub(crate) left_out: Vec<LeftOut>,
}

/// A table that left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TableLine {
    /// Its name.
    pub(crate) table: &'static str,
    /// What a row is.
    pub(crate) doc: &'static str,
    /// Its rows.
    pub(crate) rows: u64,
    /// Rows out of which a protected position was taken.
    pub(crate) withheld: u64,
    /// SHA-256 of the file of the case.
    pub(crate) sha256: String,
}

/// A table that did not leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct LeftOut {
    /// Its name.
    pub(crate) table: &'static str,
    /// Why.
    pub(crate) why: &'static str,
}

impl LeftOut {
    /// A table that leaves only where it is asked for.
    pub(crate) const fn not_asked(table: &'static str) -> Self {
        Self { table, why: "declared names: leaves only where it is asked for" }
    }
}

/// SHA-256 of a file, in lower-case hexadecimal.
pub(crate) fn sha256(path: &Path) -> Result<String, ExportError> {
    let failed = |source| ExportError::Io { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(failed)?;
    let mut hash = Sha256::new();
    let mut room = vec![0; 1 << 16];
    loop {
        match file.read(&mut room).map_err(failed)? {
            0 => break,
            read => hash.update(room.get(..read).unwrap_or_default()),
        }
    }
    let mut text = String::with_capacity(64);
    for byte in hash.finalize() {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    Ok(text)
}
