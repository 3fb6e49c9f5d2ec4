//! New files in the folder of an export.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::ExportError;

/// Bytes gathered before they are handed to the file system.
const BUFFER: usize = 1 << 18;

/// A file that is being written. Its errors name it.
#[derive(Debug)]
pub(crate) struct NewFile {
    path: PathBuf,
    to: BufWriter<File>,
}

/// Makes a file; one that is there already is refused.
pub(crate) fn create(folder: &Path, name: &str) -> Result<NewFile, ExportError> {
    let path = folder.join(name);
    match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(file) => Ok(NewFile { path, to: BufWriter::with_capacity(BUFFER, file) }),
        Err(source) => Err(ExportError::Io { path, source }),
    }
}

impl NewFile {
    /// Hands bytes on.
    pub(crate) fn put(&mut self, bytes: &[u8]) -> Result<(), ExportError> {
        self.to.write_all(bytes).map_err(|source| self.failed(source))
    }

    /// Hands on what waits.
    pub(crate) fn finish(mut self) -> Result<(), ExportError> {
        self.to.flush().map_err(|source| self.failed(source))
    }

    /// The file itself, for a writer that needs one.
    pub(crate) fn writer(&mut self) -> &mut BufWriter<File> {
        &mut self.to
    }

    fn failed(&self, source: io::Error) -> ExportError {
        ExportError::Io { path: self.path.clone(), source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let mut first = create(folder.path(), "a.txt").unwrap();
        first.put(b"first").unwrap();
        first.finish().unwrap();
        assert!(matches!(create(folder.path(), "a.txt"), Err(ExportError::Io { .. })));
        assert_eq!(std::fs::read(folder.path().join("a.txt")).unwrap(), b"first");
    }
}
