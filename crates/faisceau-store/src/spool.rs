//! What a collection has obtained before it is an exhibit: whole pieces go in one by one, and an
//! ended process leaves those that were whole. It refuses to give back half a piece.
//!
//! On disk, in `collecting/` of the case: `NAME.part` has the pieces, one after the other, and
//! `NAME.ends` a line with the end of each. A piece counts once its line is there; both are synced
//! before the next is asked for.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use crate::atomic::sync_folder;

/// The folder in a case.
const FOLDER: &str = "collecting";
const PIECES: &str = "part";
const ENDS: &str = "ends";

/// Pieces of a collection under way.
#[derive(Debug)]
pub struct Spool {
    pieces: File,
    ends: File,
    folder: PathBuf,
    name: String,
    lengths: Vec<u64>,
}

impl Spool {
    /// Opens the spool of a name in the case at `root`, with the pieces that an ended process left.
    /// A name is of ASCII letters, digits, `-` and `_`.
    pub(crate) fn open(root: &Path, name: &str) -> io::Result<Self> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        if name.is_empty() || !name.bytes().all(plain) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "a name that is none"));
        }
        let folder = root.join(FOLDER);
        fs::create_dir_all(&folder)?;
        let open = |end: &str| {
            let path = folder.join(format!("{name}.{end}"));
            OpenOptions::new().create(true).truncate(false).read(true).write(true).open(path)
        };
        let (mut pieces, mut ends) = (open(PIECES)?, open(ENDS)?);
        let mut text = String::new();
        ends.read_to_string(&mut text)?;
        let there = pieces.metadata()?.len();
        let (lengths, lines) = whole(&text, there);
        let end = lengths.iter().sum();
        pieces.set_len(end)?;
        pieces.seek(SeekFrom::Start(end))?;
        ends.set_len(lines)?;
        ends.seek(SeekFrom::Start(lines))?;
        sync_folder(&folder)?;
        Ok(Self { pieces, ends, folder, name: name.to_owned(), lengths })
    }

    /// How long each piece is that is there.
    pub fn lengths(&self) -> &[u64] {
        &self.lengths
    }

    /// All pieces, one after the other.
    pub fn read(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.pieces.seek(SeekFrom::Start(0))?;
        self.pieces.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Keeps a piece. Once this returns, it outlasts the process and a power cut.
    pub fn append(&mut self, piece: &[u8]) -> io::Result<()> {
        let end: u64 = self.lengths.iter().sum();
        self.pieces.seek(SeekFrom::Start(end))?;
        self.pieces.write_all(piece)?;
        self.pieces.sync_data()?;
        let length = piece.len() as u64;
        self.ends.write_all(format!("{}\n", end + length).as_bytes())?;
        self.ends.sync_data()?;
        self.lengths.push(length);
        Ok(())
    }

    /// Removes it, once its pieces are an exhibit.
    pub fn remove(self) -> io::Result<()> {
        let Self { folder, name, .. } = self;
        for end in [ENDS, PIECES] {
            fs::remove_file(folder.join(format!("{name}.{end}")))?;
        }
        sync_folder(&folder)
    }
}

/// The lengths of the pieces that are whole, and how many bytes of the lines say so.
fn whole(text: &str, there: u64) -> (Vec<u64>, u64) {
    let (mut lengths, mut before, mut read) = (Vec::new(), 0_u64, 0);
    for line in text.split_inclusive('\n') {
        let end = line.strip_suffix('\n').and_then(|line| line.parse::<u64>().ok());
        let Some(end) = end.filter(|end| (before..=there).contains(end)) else { break };
        lengths.push(end - before);
        before = end;
        read += line.len() as u64;
    }
    (lengths, read)
}

/// The names of the spools in the case at `root` that hold a piece, sorted.
///
/// # Errors
/// When the folder cannot be read.
pub fn spools(root: &Path) -> io::Result<Vec<String>> {
    let listed = match fs::read_dir(root.join(FOLDER)) {
        Ok(listed) => listed,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for file in listed {
        let path = file?.path();
        let holds = |path: &Path| fs::metadata(path).is_ok_and(|meta| meta.len() > 0);
        if path.extension().is_some_and(|end| end == ENDS) && holds(&path) {
            names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    names.sort_unstable();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_outlast_their_process_and_half_a_piece_does_not() {
        let root = tempfile::tempdir().unwrap();
        let mut spool = Spool::open(root.path(), "dns-1").unwrap();
        spool.append(b"one\n").unwrap();
        spool.append(b"").unwrap();
        spool.append(b"three\n").unwrap();
        drop(spool);
        let part = root.path().join("collecting/dns-1.part");
        let ends = root.path().join("collecting/dns-1.ends");
        // What a kill leaves: a piece without its line, then a line cut short.
        for (more, line) in [("fo", ""), ("four\n", "1"), ("four\n", "99\n"), ("four\n", "x\n")] {
            fs::write(&part, format!("one\nthree\n{more}")).unwrap();
            fs::write(&ends, format!("4\n4\n10\n{line}")).unwrap();
            let mut spool = Spool::open(root.path(), "dns-1").unwrap();
            assert_eq!(spool.lengths(), [4, 0, 6]);
            assert_eq!(spool.read().unwrap(), b"one\nthree\n");
            spool.append(b"4").unwrap();
            assert_eq!(spool.read().unwrap(), b"one\nthree\n4");
            assert_eq!(fs::read(&ends).unwrap(), b"4\n4\n10\n11\n");
        }
        assert_eq!(spools(root.path()).unwrap(), ["dns-1"]);
        Spool::open(root.path(), "dns-1").unwrap().remove().unwrap();
        assert_eq!(spools(root.path()).unwrap(), [""; 0]);
    }

    #[test]
    fn lines_beyond_what_is_there_or_backwards_end_the_reading() {
        assert_eq!(whole("4\n9\n", 8), (vec![4], 2));
        assert_eq!(whole("4\n3\n", 8), (vec![4], 2));
        assert_eq!(whole("18446744073709551616\n", 8), (vec![], 0));
    }

    #[test]
    fn a_name_is_no_path() {
        let root = tempfile::tempdir().unwrap();
        for name in ["", "../x", "a/b", "a.b"] {
            assert!(Spool::open(root.path(), name).is_err(), "{name}");
        }
    }
}
