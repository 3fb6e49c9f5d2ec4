//! Files that a case keeps beside its exhibits: datasets that it pins, time stamps. Bytes come in, a
//! read-only file named by its SHA-256 goes out, as for exhibits. It refuses to read one whose bytes
//! are no longer those.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use serde_json::{Map, Value};

use crate::digest::Sha256Sum;
use crate::error::StoreError;
use crate::shelf::{Shelf, Unsynced};
use crate::writer::Writer;

/// What stands beside the exhibits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// Datasets that the case pins.
    Datasets,
    /// Time stamps, and the root certificates that they lead to.
    TimeStamps,
}

impl Aside {
    /// The folder in the case.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Datasets => "datasets",
            Self::TimeStamps => "timestamps",
        }
    }
}

impl Writer<'_> {
    /// Keeps the bytes and journals the act, with `sha256` and `bytes` beside the fields given.
    ///
    /// # Errors
    /// When the case cannot be written.
    pub fn keep_aside(
        &mut self,
        aside: Aside,
        act: &str,
        bytes: &[u8],
        mut fields: Map<String, Value>,
    ) -> Result<Sha256Sum, StoreError> {
        let shelf = Shelf::of(self.store().root(), aside);
        let sum = keep(&shelf, bytes).map_err(StoreError::io("write", shelf.folder()))?;
        fields.insert("sha256".to_owned(), Value::from(sum.to_string()));
        fields.insert("bytes".to_owned(), Value::from(bytes.len()));
        self.record(act, fields)?;
        Ok(sum)
    }
}

fn keep(shelf: &Shelf, bytes: &[u8]) -> io::Result<Sha256Sum> {
    fs::create_dir_all(shelf.folder())?;
    shelf.sweep()?;
    let mut incoming = shelf.begin()?;
    incoming.write(bytes)?;
    let (finished, mut unsynced) = (incoming.finish(), Unsynced::default());
    let sum = finished.sum;
    // Bytes that stand there already are those of the same file kept before.
    if read(shelf, &sum, bytes.len() as u64).is_err() {
        shelf.place(finished, &mut unsynced)?;
    }
    unsynced.sync()?;
    Ok(sum)
}

/// The bytes of a file beside the exhibits, hashed again.
///
/// # Errors
/// When they are gone, are others, are more than `limit`, or stand behind a link.
pub fn read_aside(root: &Path, aside: Aside, sum: &Sha256Sum, limit: u64) -> io::Result<Vec<u8>> {
    read(&Shelf::of(root, aside), sum, limit)
}

/// The sums of the files that stand there by their names, sorted; none where there is no folder.
pub fn aside_sums(root: &Path, aside: Aside) -> Vec<Sha256Sum> {
    let listing = Shelf::of(root, aside).list();
    let mut sums: Vec<Sha256Sum> =
        listing.map(|listing| listing.sums).unwrap_or_default().into_iter().collect();
    sums.sort_unstable();
    sums
}

fn read(shelf: &Shelf, sum: &Sha256Sum, limit: u64) -> io::Result<Vec<u8>> {
    let path = shelf.path_of(sum);
    let meta = fs::symlink_metadata(&path)?;
    if !meta.is_file() || meta.len() > limit {
        return Err(io::Error::other("its file is not the one that was kept"));
    }
    let mut bytes = Vec::with_capacity(meta.len() as usize);
    File::open(&path)?.take(limit).read_to_end(&mut bytes)?;
    let found = Sha256Sum::of(&bytes);
    if found == *sum {
        Ok(bytes)
    } else {
        Err(io::Error::other(format!("its bytes have the hash {found}")))
    }
}
