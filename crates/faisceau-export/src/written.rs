//! What an export has written, and how its files are opened.
//!
//! Comes in: a folder that the caller made and will put in place. Goes out: files, and what was
//! counted into each. Refuses: to write over a file that is there.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::error::ExportError;

/// Bytes gathered before they are handed to the file system.
const BUFFER: usize = 1 << 18;

/// A count of what one file holds. A file that holds nodes and edges has two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Name of the file in the folder of the export.
    pub file: String,
    /// What was counted: `nodes`, `edges`, `rows`…
    pub what: &'static str,
    /// How many.
    pub count: u64,
}

/// All that an export has written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exported {
    /// The counts, in the order in which they were written.
    pub written: Vec<Written>,
    /// What the reader of the files must know before opening them.
    pub warnings: Vec<String>,
}

/// Makes a file, and hands what is written to it on in large pieces.
pub(crate) fn create(
    folder: &Path,
    file: &str,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> Result<(), ExportError> {
    let path = folder.join(file);
    let made = OpenOptions::new().write(true).create_new(true).open(&path).and_then(|file| {
        let mut to = BufWriter::with_capacity(BUFFER, file);
        write(&mut to)?;
        to.flush()
    });
    made.map_err(|source| ExportError::Io { path, source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        create(folder.path(), "a.txt", |to| to.write_all(b"first")).unwrap();
        let again = create(folder.path(), "a.txt", |to| to.write_all(b"second"));
        assert!(matches!(again, Err(ExportError::Io { .. })));
        assert_eq!(std::fs::read(folder.path().join("a.txt")).unwrap(), b"first");
    }
}
