//! Checking a case: its folder comes in, everything that is not as the journal says goes out. It
//! refuses to stop at the first.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use faisceau_model::{ExhibitNo, inert};

use crate::digest::{Hasher, Sha256Sum};
use crate::error::StoreError;
use crate::exhibit::Exhibit;
use crate::intake::CHUNK;
use crate::journal::{self, ChainFault};
use crate::ledger::Ledger;
use crate::shelf::Shelf;

/// How far a check is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The exhibit that is being read, made inert.
    pub name: &'a str,
    /// Bytes read so far, of all exhibits.
    pub bytes: u64,
    /// Bytes to read.
    pub of: u64,
}

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// An interrupted act left it; nothing that was in the case is lost. The next act repairs it,
    /// or it does no harm.
    Leftover,
    /// The case is not what was written.
    Broken,
}

/// Something that is not as the journal says.
#[derive(Debug)]
pub enum Problem {
    /// A line of the journal was altered, removed, inserted, or contradicts the others.
    Chain(ChainFault),
    /// The bytes of an exhibit are not those that were added.
    Altered {
        /// The exhibit.
        no: ExhibitNo,
        /// The line of the journal that says what it was.
        line: u64,
        /// What it was.
        expected: Sha256Sum,
        /// What it is.
        found: Sha256Sum,
    },
    /// The file of an exhibit is not there, or is not a file.
    Missing {
        /// The exhibit.
        no: ExhibitNo,
        /// The line of the journal that added it.
        line: u64,
        /// Where it should be, in the folder of the case.
        path: PathBuf,
    },
    /// The file of an exhibit cannot be read.
    Unreadable {
        /// The exhibit.
        no: ExhibitNo,
        /// The line of the journal that added it.
        line: u64,
        /// Why.
        source: io::Error,
    },
    /// The last line of the journal was not written to its end.
    Torn {
        /// Its number.
        line: u64,
        /// Bytes that are there.
        bytes: usize,
    },
    /// A file that no line of the journal names.
    Stray {
        /// Where it is, in the folder of the case.
        path: PathBuf,
    },
    /// An archive whose members were not all taken or refused.
    Unfinished {
        /// The archive.
        no: ExhibitNo,
    },
}

impl Problem {
    /// How much it matters.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Torn { .. } | Self::Stray { .. } | Self::Unfinished { .. } => Severity::Leftover,
            _ => Severity::Broken,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chain(fault) => write!(f, "journal, {fault}"),
            Self::Altered { no, line, expected, found } => write!(
                f,
                "exhibit {no} was altered: its bytes have the hash {found}, line {line} of the \
                 journal says {expected}"
            ),
            Self::Missing { no, line, path } => write!(
                f,
                "exhibit {no} is missing: line {line} of the journal names `{}`",
                path.display()
            ),
            Self::Unreadable { no, line, source } => {
                write!(f, "exhibit {no} (line {line} of the journal) cannot be read: {source}")
            }
            Self::Torn { line, bytes: 0 } => {
                write!(
                    f,
                    "journal, line {}: its line feed is missing; the next act adds it",
                    line - 1
                )
            }
            Self::Torn { line, bytes } => write!(
                f,
                "journal, line {line}: a write was interrupted after {bytes} bytes; the next act \
                 sets them aside and says so"
            ),
            Self::Stray { path } => write!(
                f,
                "no line of the journal names `{}`: an add was interrupted, or lines were cut off \
                 the end of the journal",
                inert(&path.to_string_lossy())
            ),
            Self::Unfinished { no } => write!(
                f,
                "the members of exhibit {no} were not all taken out: the next add does it"
            ),
        }
    }
}

/// What a check found.
#[derive(Debug, Default)]
pub struct VerifyReport {
    /// Lines of the journal.
    pub lines: u64,
    /// Hash of the last line that stands. Compare it with the one printed in a report.
    pub head: Option<Sha256Sum>,
    /// Exhibits whose bytes are those that were added.
    pub exhibits: u64,
    /// Bytes read.
    pub bytes: u64,
    /// What is not as it should be: the journal, then exhibits by number, then strays by name.
    pub problems: Vec<Problem>,
}

impl VerifyReport {
    /// Whether the case is what was written; leftovers are no harm.
    pub fn is_intact(&self) -> bool {
        self.problems.iter().all(|problem| problem.severity() == Severity::Leftover)
    }
}

/// Reads the journal and every exhibit again. A journal that [`Store::open`](crate::Store::open)
/// refuses is checked as far as it can be read.
///
/// # Errors
/// When the folder is no case, or its journal or folder of exhibits cannot be read at all.
pub fn verify(
    root: &Path,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<VerifyReport, StoreError> {
    let scan = journal::read(root)?;
    let mut report = VerifyReport {
        lines: scan.lines,
        head: scan.entries.last().map(|entry| entry.hash),
        ..VerifyReport::default()
    };
    report.problems.extend(scan.faults.into_iter().map(Problem::Chain));
    let chain_stands = report.problems.is_empty();
    let mut ledger = Ledger::default();
    for entry in &scan.entries {
        // After a broken line others seem to contradict it: the broken one was named.
        if let (Err(fault), true) = (ledger.apply(entry), chain_stands) {
            report.problems.push(Problem::Chain(fault));
        }
    }
    if let Some(torn) = scan.torn {
        report.problems.push(Problem::Torn { line: torn.line, bytes: torn.bytes.len() });
    }
    let shelf = Shelf::new(root);
    check_exhibits(&shelf, root, &ledger, &mut report, progress);
    check_strays(&shelf, root, &ledger, &mut report)?;
    report.problems.extend(ledger.unfinished().map(|no| Problem::Unfinished { no }));
    Ok(report)
}

fn check_exhibits(
    shelf: &Shelf,
    root: &Path,
    ledger: &Ledger,
    report: &mut VerifyReport,
    progress: &mut dyn FnMut(Progress<'_>),
) {
    // Bytes that several exhibits share are read for the first of them.
    let owners = ledger.exhibits.values().filter(|e| e.same_as.is_none());
    let of = owners.map(|e| e.bytes).sum();
    let mut shared: Vec<(&Exhibit, bool)> = Vec::new();
    for exhibit in ledger.exhibits.values().filter(|e| e.same_as.is_none()) {
        let problem = check_exhibit(shelf, root, exhibit, &mut |read| {
            report.bytes += read;
            progress(Progress { name: &exhibit.name, bytes: report.bytes, of });
        });
        shared.push((exhibit, problem.is_none()));
        report.problems.extend(problem);
    }
    let sound: std::collections::BTreeSet<&Sha256Sum> =
        shared.iter().filter(|(_, sound)| *sound).map(|(e, _)| &e.sha256).collect();
    report.exhibits = ledger.exhibits.values().filter(|e| sound.contains(&e.sha256)).count() as u64;
}

fn check_exhibit(
    shelf: &Shelf,
    root: &Path,
    exhibit: &Exhibit,
    read: &mut dyn FnMut(u64),
) -> Option<Problem> {
    let Exhibit { no, line, sha256: expected, .. } = *exhibit;
    let path = shelf.path_of(&expected);
    let unreadable = |source| Some(Problem::Unreadable { no, line, source });
    match fs::symlink_metadata(&path) {
        Ok(meta) if meta.is_file() => {}
        Err(e) if e.kind() != io::ErrorKind::NotFound => return unreadable(e),
        _ => return Some(Problem::Missing { no, line, path: relative(&path, root) }),
    }
    match sum_file(&path, read) {
        Ok(found) if found == expected => None,
        Ok(found) => Some(Problem::Altered { no, line, expected, found }),
        Err(e) => unreadable(e),
    }
}

fn sum_file(path: &Path, report: &mut dyn FnMut(u64)) -> io::Result<Sha256Sum> {
    let mut file = File::open(path)?;
    let mut hasher = Hasher::default();
    let mut buffer = vec![0; CHUNK];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(hasher.finish()),
            Ok(read) => {
                hasher.update(&buffer[..read]);
                report(read as u64);
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}

fn check_strays(
    shelf: &Shelf,
    root: &Path,
    ledger: &Ledger,
    report: &mut VerifyReport,
) -> Result<(), StoreError> {
    let listing = match shelf.list() {
        Ok(listing) => listing,
        // The exhibits in it were named as missing.
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(StoreError::io("read", shelf.folder())(e)),
    };
    let unnamed = listing.sums.iter().filter(|sum| ledger.with_sum(sum).is_none());
    let unnamed = unnamed.map(|sum| shelf.path_of(sum));
    let mut strays: Vec<PathBuf> = listing.others.into_iter().chain(unnamed).collect();
    strays.sort_unstable();
    let strays = strays.iter().map(|path| Problem::Stray { path: relative(path, root) });
    report.problems.extend(strays);
    Ok(())
}

fn relative(path: &Path, root: &Path) -> PathBuf {
    path.strip_prefix(root).unwrap_or(path).to_path_buf()
}
