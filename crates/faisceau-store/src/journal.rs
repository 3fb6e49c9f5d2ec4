//! The journal as a file: bytes come in, the chain of acts and what is wrong with it go out. It
//! refuses to take an alteration for an interrupted write.
//!
//! A process killed while it appends leaves the beginning of a line without its line feed. That
//! state is [`Torn`]: the lines before it stand, and the next writer repairs it and says so in
//! the journal. Anything else that does not fit is a [`ChainFault`].

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};

use crate::digest::Sha256Sum;
use crate::error::StoreError;
use crate::line::{Entry, MAX_LINE, declared_hash, outruns_a_line};

/// Faults named one by one; a journal of junk has one a line.
const MAX_FAULTS: usize = 100;

/// A line that is not what was written, or not where it was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct ChainFault {
    /// Number of the line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub what: Fault,
}

/// What is wrong with a line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It does not end with a hash.
    #[error("it does not end with a hash")]
    NoHash,
    /// Its hash is not that of its text.
    #[error("its text was altered after it was written (the hash does not match)")]
    Hash,
    /// It does not name the hash of the line before.
    #[error("it does not follow the line before (a line was altered, removed or inserted)")]
    Prev,
    /// Its number is not that of the line.
    #[error("its number is not its place in the journal")]
    Seq,
    /// It is not JSON.
    #[error("it is not JSON: {0}")]
    Json(String),
    /// A field is missing or not of its kind.
    #[error("its field `{0}` is missing or not of its kind")]
    Field(&'static str),
    /// It is longer than any line that is written.
    #[error("it is longer than a line can be")]
    TooLong,
    /// It contradicts the lines before.
    #[error("{0}")]
    Meaning(String),
}

/// The beginning of a line at the end of the journal, left by an interrupted write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Torn {
    /// Number that the line would have had.
    pub line: u64,
    /// Offset of its first byte in the journal.
    pub offset: u64,
    /// The bytes that were written. Empty when only the line feed is missing.
    pub bytes: Vec<u8>,
}

/// What a journal holds.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// The lines that stand.
    pub(crate) entries: Vec<Entry>,
    /// The lines that do not, at most [`MAX_FAULTS`] of them.
    pub(crate) faults: Vec<ChainFault>,
    /// An interrupted write at the end.
    pub(crate) torn: Option<Torn>,
    /// Lines, whole or torn.
    pub(crate) lines: u64,
}

impl Scan {
    /// Refuses a journal with a fault.
    pub(crate) fn sound(self) -> Result<Self, StoreError> {
        match self.faults.first() {
            Some(fault) => Err(fault.clone().into()),
            None => Ok(self),
        }
    }
}

pub(crate) fn path_in(root: &Path) -> PathBuf {
    root.join("journal.jsonl")
}

/// Reads the journal of a case.
///
/// # Errors
/// When there is none or it cannot be read; faults of the chain are in the result.
pub(crate) fn read(root: &Path) -> Result<Scan, StoreError> {
    let path = path_in(root);
    let file = File::open(&path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => StoreError::NoCase { root: root.to_path_buf() },
        _ => StoreError::Io { act: "open", path: path.clone(), source },
    })?;
    scan(BufReader::new(file)).map_err(StoreError::io("read", &path))
}

/// Checks the chain, and goes on after a fault to find the next.
pub(crate) fn scan(mut reader: impl BufRead) -> io::Result<Scan> {
    let mut scan = Scan::default();
    let mut prev = Sha256Sum::ZERO;
    let mut offset = 0;
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = reader.by_ref().take(MAX_LINE as u64).read_until(b'\n', &mut line)? as u64;
        if read == 0 {
            return Ok(scan);
        }
        scan.lines += 1;
        let number = scan.lines;
        let whole = line.pop_if(|last| *last == b'\n').is_some();
        let too_long = !whole && read == MAX_LINE as u64;
        if !whole && !too_long && is_beginning(&line, number) {
            scan.torn = Some(Torn { line: number, offset, bytes: line });
            return Ok(scan);
        }
        let entry = if too_long {
            skip_line(&mut reader)?;
            Err(ChainFault { line: number, what: Fault::TooLong })
        } else {
            Entry::read(&line, number, prev)
        };
        offset += read;
        match entry {
            Ok(entry) => {
                prev = entry.hash;
                scan.entries.push(entry);
                if !whole {
                    scan.torn = Some(Torn { line: number + 1, offset, bytes: Vec::new() });
                }
            }
            Err(fault) => {
                // The next line is judged by what this one says, so that each fault is named once.
                prev = declared_hash(&line).unwrap_or(prev);
                scan.faults.push(fault);
                if scan.faults.len() == MAX_FAULTS {
                    return Ok(scan);
                }
            }
        }
    }
}

/// Whether an interrupted write of line `number` could have left these bytes. Some file systems
/// leave zeros after a power cut.
fn is_beginning(bytes: &[u8], number: u64) -> bool {
    let zeros = bytes.iter().rev().take_while(|b| **b == 0).count();
    let written = &bytes[..bytes.len() - zeros];
    let start = format!("{{\"seq\":{number},\"at\":\"");
    let common = written.len().min(start.len());
    written[..common] == start.as_bytes()[..common]
        && !outruns_a_line(bytes)
        && declared_hash(bytes).is_none()
}

/// Reads on to the end of a line that is too long to keep.
fn skip_line(reader: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        let (len, found) = match buffer.iter().position(|b| *b == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), false),
        };
        reader.consume(len);
        if found || len == 0 {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, json};

    use super::*;

    /// A journal of `count` lines.
    fn journal(count: u64) -> Vec<u8> {
        let at = "2026-11-21T10:00:00Z".parse().unwrap();
        let mut bytes = Vec::new();
        let mut prev = Sha256Sum::ZERO;
        for seq in 1..=count {
            let fields: Map<_, _> =
                json!({"name": format!("pièce {seq}"), "bytes": seq}).as_object().unwrap().clone();
            let (entry, line) = Entry::chained(seq, at, "Me Durand", "run", fields, prev).unwrap();
            prev = entry.hash;
            bytes.extend(line);
        }
        bytes
    }

    fn scanned(bytes: &[u8]) -> Scan {
        scan(bytes).unwrap()
    }

    #[test]
    fn a_journal_as_written_is_sound() {
        let scan = scanned(&journal(5));
        assert_eq!((scan.entries.len(), scan.faults.len(), scan.torn), (5, 0, None));
    }

    #[test]
    fn every_byte_of_every_line_is_covered() {
        let good = journal(3);
        for at in 0..good.len() {
            for mask in [0x01, 0x20, 0x80, 0xff] {
                let mut bad = good.clone();
                bad[at] ^= mask;
                assert!(!scanned(&bad).faults.is_empty(), "byte {at} ^ {mask:#x} was not found");
            }
        }
    }

    #[test]
    fn a_write_cut_anywhere_is_torn_and_never_a_fault() {
        let good = journal(3);
        let second_ends = journal(2).len();
        for end in second_ends + 1..good.len() {
            let scan = scanned(&good[..end]);
            assert!(scan.faults.is_empty(), "cut at {end}");
            let torn = scan.torn.unwrap();
            // Only the line feed is missing: the line itself stands.
            let kept = if end == good.len() - 1 { 3 } else { 2 };
            assert_eq!(scan.entries.len(), kept, "cut at {end}");
            assert_eq!(torn.offset as usize + torn.bytes.len(), end);
        }
    }

    #[test]
    fn removed_swapped_and_inserted_lines_are_found() {
        let good = journal(4);
        let lines: Vec<&[u8]> = good.split_inclusive(|b| *b == b'\n').collect();
        for bad in [
            [lines[0], lines[2], lines[3]].concat(),
            [lines[0], lines[2], lines[1], lines[3]].concat(),
            [lines[0], lines[1], lines[1], lines[2]].concat(),
            [lines[1], lines[2]].concat(),
        ] {
            assert!(!scanned(&bad).faults.is_empty());
        }
    }

    #[test]
    fn one_altered_line_is_one_fault_with_its_number() {
        let good = journal(4);
        let second = journal(1).len();
        let mut bad = good;
        bad[second + 60] ^= 1;
        let scan = scanned(&bad);
        assert_eq!(scan.faults, [ChainFault { line: 2, what: Fault::Hash }]);
        assert_eq!(scan.entries.len(), 3);
    }

    #[test]
    fn a_line_without_end_costs_no_memory_and_is_a_fault() {
        let mut bad = journal(1);
        bad.resize(bad.len() + 3 * MAX_LINE, b'x');
        let scan = scanned(&bad);
        assert_eq!(scan.faults, [ChainFault { line: 2, what: Fault::TooLong }]);
    }

    proptest! {
        #[test]
        fn any_altered_byte_is_found(at in any::<prop::sample::Index>(), mask in 1_u8..) {
            let mut bytes = journal(4);
            let at = at.index(bytes.len());
            bytes[at] ^= mask;
            prop_assert!(!scanned(&bytes).faults.is_empty());
        }

        #[test]
        fn junk_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            let scan = scanned(&bytes);
            prop_assert!(scan.entries.is_empty());
        }
    }
}
