//! The originals on disk, by hash: bytes come in, a read-only file named by its SHA-256 goes out.
//! It refuses to touch a file that the journal names.

use std::collections::BTreeSet;
use std::fs::{self, File, Permissions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::thread;

use tempfile::NamedTempFile;

use crate::aside::Aside;
use crate::atomic::{sync_folder, temporary};
use crate::digest::{Hasher, Sha256Sum};
use crate::sniff::HEAD;

/// Prefix of files that are not whole yet.
const TEMPORARY: &str = ".tmp-";
/// How many threads wait for the disk at once.
const SYNC_THREADS: usize = 8;
/// How many files are kept open until they are synced, well below what a process may have open.
const MAX_OPEN: usize = 128;

/// The folder of originals.
#[derive(Debug, Clone)]
pub(crate) struct Shelf {
    folder: PathBuf,
}

/// A file on its way in.
pub(crate) struct Incoming {
    file: NamedTempFile,
    hasher: Hasher,
    head: Vec<u8>,
    pub(crate) bytes: u64,
}

/// A file that is whole, still under its temporary name.
pub(crate) struct Finished {
    file: NamedTempFile,
    pub(crate) sum: Sha256Sum,
    pub(crate) bytes: u64,
    pub(crate) head: Vec<u8>,
}

/// Files that have their name and may not outlast a power cut yet.
#[derive(Debug, Default)]
pub(crate) struct Unsynced {
    files: Vec<File>,
    folders: BTreeSet<PathBuf>,
}

impl Incoming {
    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let room = HEAD.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(&bytes[..room]);
        self.hasher.update(bytes);
        self.bytes += bytes.len() as u64;
        self.file.write_all(bytes)
    }

    pub(crate) fn finish(self) -> Finished {
        let Self { file, hasher, head, bytes } = self;
        Finished { file, sum: hasher.finish(), bytes, head }
    }
}

impl Finished {
    /// Where its bytes are for now.
    pub(crate) fn path(&self) -> &Path {
        self.file.path()
    }
}

impl Shelf {
    pub(crate) fn new(root: &Path) -> Self {
        Self { folder: root.join("exhibits") }
    }

    /// The folder of what stands beside the exhibits.
    pub(crate) fn of(root: &Path, aside: Aside) -> Self {
        Self { folder: root.join(aside.folder()) }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the bytes with this sum stand: `ab/cdef…`.
    pub(crate) fn path_of(&self, sum: &Sha256Sum) -> PathBuf {
        let name = sum.to_string();
        self.folder.join(&name[..2]).join(&name[2..])
    }

    pub(crate) fn begin(&self) -> io::Result<Incoming> {
        let file = temporary(&self.folder, TEMPORARY)?;
        Ok(Incoming { file, hasher: Hasher::default(), head: Vec::new(), bytes: 0 })
    }

    /// Gives a file its name. One that stands there is replaced: the journal does not name it, so
    /// nobody answers for its bytes.
    pub(crate) fn place(&self, finished: Finished, unsynced: &mut Unsynced) -> io::Result<()> {
        let path = self.path_of(&finished.sum);
        let folder = path.with_file_name("");
        if !folder.is_dir() {
            fs::create_dir(&folder)?;
            unsynced.folders.insert(self.folder.clone());
        }
        finished.file.as_file().set_permissions(read_only(finished.file.path())?)?;
        let file = finished.file.persist(path).map_err(|e| e.error)?;
        unsynced.files.push(file);
        unsynced.folders.insert(folder);
        if unsynced.files.len() >= MAX_OPEN { unsynced.sync_files() } else { Ok(()) }
    }

    /// The names in the folder that are neither a shard nor in it as they should, and all files
    /// in the shards.
    pub(crate) fn list(&self) -> io::Result<Listing> {
        let mut listing = Listing::default();
        for shard in fs::read_dir(&self.folder)? {
            let shard = shard?;
            if !shard.file_type()?.is_dir() {
                listing.others.push(shard.path());
                continue;
            }
            for file in fs::read_dir(shard.path())? {
                let path = file?.path();
                match self.sum_of(&path) {
                    Some(sum) => listing.sums.push(sum),
                    None => listing.others.push(path),
                }
            }
        }
        listing.sums.sort_unstable();
        listing.others.sort_unstable();
        Ok(listing)
    }

    /// Removes what an ended process left unfinished, and gives its names.
    pub(crate) fn sweep(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for file in fs::read_dir(&self.folder)? {
            let file = file?;
            let name = file.file_name().to_string_lossy().into_owned();
            if name.starts_with(TEMPORARY) && file.file_type()?.is_file() {
                fs::remove_file(file.path())?;
                names.push(name);
            }
        }
        names.sort_unstable();
        Ok(names)
    }

    fn sum_of(&self, path: &Path) -> Option<Sha256Sum> {
        let relative = path.strip_prefix(&self.folder).ok()?;
        let sum = relative.to_str()?.replace(['/', '\\'], "").parse().ok()?;
        (self.path_of(&sum) == path).then_some(sum)
    }
}

/// The files of the folder, sorted.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    pub(crate) sums: Vec<Sha256Sum>,
    pub(crate) others: Vec<PathBuf>,
}

impl Unsynced {
    /// Makes the files and their names survive a power cut.
    pub(crate) fn sync(&mut self) -> io::Result<()> {
        self.sync_files()?;
        let folders: Vec<PathBuf> = std::mem::take(&mut self.folders).into_iter().collect();
        side_by_side(&folders, |folder| sync_folder(folder))
    }

    /// Makes the files survive, and closes them.
    fn sync_files(&mut self) -> io::Result<()> {
        side_by_side(&std::mem::take(&mut self.files), File::sync_all)
    }
}

/// Waits for the disk with several threads: it joins what waits together.
fn side_by_side<T: Sync>(items: &[T], sync: fn(&T) -> io::Result<()>) -> io::Result<()> {
    let share = items.len().div_ceil(SYNC_THREADS).max(1);
    thread::scope(|scope| {
        let threads: Vec<_> = items
            .chunks(share)
            .map(|items| scope.spawn(move || items.iter().try_for_each(sync)))
            .collect();
        // A thread that syncs cannot panic; if one did, the sync is not known to be done.
        threads.into_iter().try_for_each(|thread| {
            thread.join().unwrap_or_else(|_| Err(io::Error::other("the sync was interrupted")))
        })
    })
}

/// Rights under which nobody writes by mistake.
fn read_only(path: &Path) -> io::Result<Permissions> {
    let mut permissions = fs::metadata(path)?.permissions();
    permissions.set_readonly(true);
    #[cfg(unix)]
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o444);
    Ok(permissions)
}
