//! What a collection has obtained before it is an exhibit: whole pieces go in one by one, and an
//! ended process leaves those that were whole. It refuses to give back half a piece.
//!
//! On disk, in `collecting/` of the case: `NAME.part` has the pieces, one after the other, and
//! `NAME.ends` a line with the end and the SHA-256 of each. A piece counts once its line is there; both
//! are synced before the next is asked for. The first piece that is not as its line says is dropped with
//! all after it: they are asked for again.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use crate::atomic::sync_folder;
use crate::digest::Sha256Sum;

/// The folder in a case.
const FOLDER: &str = "collecting";
const PIECES: &str = "part";
const ENDS: &str = "ends";
/// The longest file of lines that is read.
const MAX_LINES: u64 = 256 << 20;

/// Pieces of a collection under way.
#[derive(Debug)]
pub struct Spool {
    pieces: File,
    ends: File,
    folder: PathBuf,
    name: String,
    lengths: Vec<u64>,
    dropped: u64,
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
        (&mut ends).take(MAX_LINES).read_to_string(&mut text)?;
        let there = pieces.metadata()?.len();
        let (lengths, lines) = whole(&text, &mut pieces)?;
        let end = lengths.iter().sum();
        // What has no line was under way; what has one and is not as it says was altered since.
        let stated = text.lines().filter_map(read_line).map(|(end, _)| end).max();
        let dropped = stated.unwrap_or(0).min(there).saturating_sub(end);
        pieces.set_len(end)?;
        pieces.seek(SeekFrom::Start(end))?;
        ends.set_len(lines)?;
        ends.seek(SeekFrom::Start(lines))?;
        sync_folder(&folder)?;
        Ok(Self { pieces, ends, folder, name: name.to_owned(), lengths, dropped })
    }

    /// Bytes of pieces that were there and were not as they had been kept: they were dropped.
    pub fn dropped(&self) -> u64 {
        self.dropped
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
        let sum = Sha256Sum::of(piece);
        self.ends.write_all(format!("{} {sum}\n", end + length).as_bytes())?;
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

/// The end and the sum that a line states.
fn read_line(line: &str) -> Option<(u64, Sha256Sum)> {
    let (end, sum) = line.split_once(' ')?;
    Some((end.parse().ok()?, sum.parse().ok()?))
}

/// The lengths of the pieces that are whole, and how many bytes of the lines say so.
fn whole(text: &str, pieces: &mut (impl Read + Seek)) -> io::Result<(Vec<u64>, u64)> {
    let (mut lengths, mut before, mut read) = (Vec::new(), 0_u64, 0);
    pieces.seek(SeekFrom::Start(0))?;
    for line in text.split_inclusive('\n') {
        let Some((end, sum)) = line.strip_suffix('\n').and_then(read_line) else { break };
        let Some(length) = end.checked_sub(before) else { break };
        if Sha256Sum::of_reader(pieces.by_ref().take(length))? != sum {
            break;
        }
        lengths.push(length);
        before = end;
        read += line.len() as u64;
    }
    Ok((lengths, read))
}

/// Removes what processes left that ended before their first piece, but that of `kept`.
pub(crate) fn sweep(root: &Path, kept: &str) -> io::Result<()> {
    let listed = match fs::read_dir(root.join(FOLDER)) {
        Ok(listed) => listed,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for file in listed {
        let path = file?.path();
        let is_ends = path.extension().is_some_and(|end| end == ENDS);
        let other = path.file_stem().is_some_and(|name| name != kept);
        if is_ends && other && fs::metadata(&path).is_ok_and(|meta| meta.len() == 0) {
            fs::remove_file(path.with_extension(PIECES))?;
            fs::remove_file(&path)?;
        }
    }
    Ok(())
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
        // What a kill leaves: a piece without its line, then a line cut short; and what another does.
        let lines = fs::read_to_string(&ends).unwrap();
        let altered = lines.lines().nth(2).unwrap().replace("10 ", "14 ") + "\n";
        for (more, line) in [("fo", ""), ("four\n", "1"), ("four\n", "99\n"), ("four", &altered)] {
            fs::write(&part, format!("one\nthree\n{more}")).unwrap();
            fs::write(&ends, format!("{lines}{line}")).unwrap();
            let mut spool = Spool::open(root.path(), "dns-1").unwrap();
            assert_eq!(spool.lengths(), [4, 0, 6]);
            assert_eq!(spool.dropped(), if line == altered { 4 } else { 0 });
            assert_eq!(spool.read().unwrap(), b"one\nthree\n");
            spool.append(b"4").unwrap();
            assert_eq!(spool.read().unwrap(), b"one\nthree\n4");
        }
        // One altered byte drops its piece and what follows.
        fs::write(&part, "one\nthrEe\n").unwrap();
        fs::write(&ends, &lines).unwrap();
        let spool = Spool::open(root.path(), "dns-1").unwrap();
        assert_eq!((spool.lengths(), spool.dropped()), (&[4, 0][..], 6));
        assert_eq!(spools(root.path()).unwrap(), ["dns-1"]);
        Spool::open(root.path(), "dns-1").unwrap().remove().unwrap();
        assert_eq!(spools(root.path()).unwrap(), [""; 0]);
    }

    #[test]
    fn a_name_is_no_path() {
        let root = tempfile::tempdir().unwrap();
        for name in ["", "../x", "a/b", "a.b"] {
            assert!(Spool::open(root.path(), name).is_err(), "{name}");
        }
    }
}
