//! A package is read and checked: every digest, every line of the index, the seal.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use sha2::Digest as _;
use zip::unstable::read::ZipIterable;
use zip::{ZipReadOptions, read::Config};

use super::cdxj::{IndexCheck, Line};
use super::error::{PackageFlaw, WaczError};
use super::package::{self, Package, Page, Stated};
use super::seal::{Seal, Trust};
use crate::warc::hex;

/// The file that lists the others.
const PACKAGE: &str = "datapackage.json";
/// The file that seals it.
const SEAL: &str = "datapackage-digest.json";

/// How much a package may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Files in the archive. 100 000.
    pub max_files: usize,
    /// Bytes of a file that is held in memory: lists, indexes, archives that an index speaks of.
    /// 512 MiB. Larger ones are hashed, and their index is not checked, which is said.
    pub max_held: u64,
    /// Bytes of all files that are held in memory. 1 GiB.
    pub max_held_total: u64,
    /// Bytes of all files, decompressed. 64 GiB.
    pub max_total: u64,
    /// Bytes of a file for one byte stored. 200. Deflate reaches 1032.
    pub max_ratio: u64,
    /// Bytes of a file up to which the ratio is not looked at. 16 MiB.
    pub ratio_floor: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_files: 100_000,
            max_held: 512 << 20,
            max_held_total: 1 << 30,
            max_total: 64 << 30,
            max_ratio: 200,
            ratio_floor: 16 << 20,
        }
    }
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileState {
    /// Its digest and its size are as listed.
    Right,
    /// Its digest or its size is another.
    Wrong,
    /// It is listed and not there.
    Missing,
    /// It is there and not listed.
    Unlisted,
    /// It is listed without a SHA-256.
    NoDigest,
    /// It cannot be read to its end.
    Unread(String),
}

/// A file of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileCheck {
    /// Its path in the package: a name, not made inert.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// What became of it.
    pub state: FileState,
}

/// What a package is and says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// As stated.
    pub version: Option<String>,
    /// As stated.
    pub created: Option<String>,
    /// As stated.
    pub software: Option<String>,
    /// As stated.
    pub title: Option<String>,
    /// Every file but `datapackage.json` and the seal, by path.
    pub files: Vec<FileCheck>,
    /// The pages that it lists.
    pub pages: Vec<Page>,
    /// What the index says.
    pub index: IndexCheck,
    /// The seal, if there is one.
    pub seal: Option<Seal>,
    /// What is wrong with the package as a whole.
    pub flaws: Vec<PackageFlaw>,
}

impl Report {
    /// Whether the package is as it was packed and sealed, whoever did.
    pub fn is_intact(&self) -> bool {
        self.flaws.is_empty()
            && self.files.iter().all(|file| file.state == FileState::Right)
            && self.index.wrong == 0
            && self.seal.as_ref().is_none_or(Seal::is_intact)
    }

    /// Whether all files are as listed, the index is right, and the seal, if there is one, holds.
    pub fn is_right(&self) -> bool {
        self.flaws.is_empty()
            && self.files.iter().all(|file| file.state == FileState::Right)
            && self.index.wrong == 0
            && self.seal.as_ref().is_none_or(Seal::holds)
    }
}

/// A file of the archive, read.
struct Content {
    bytes: u64,
    sha256: String,
    /// Nothing where it is too large to be held.
    held: Option<Vec<u8>>,
    error: Option<String>,
}

/// Reads and checks a package.
///
/// # Errors
/// When it is no WACZ, or the system cannot read it. Whatever is wrong in it is no error.
pub fn verify<R: Read + Seek>(
    mut file: R,
    trust: &Trust<'_>,
    limits: &Limits,
) -> Result<Report, WaczError> {
    let mut flaws = Vec::new();
    let contents = contents(&mut file, limits, &mut flaws)?;
    let held = |path: &str| contents.get(path).and_then(|c| c.held.as_deref());
    let text = held(PACKAGE).ok_or_else(|| WaczError::Package("is missing".to_owned()))?;
    let package = Package::read(text).map_err(WaczError::Package)?;
    flaws.extend(package.flaws.iter().cloned());
    let seal = held(SEAL).map(|seal| Seal::read(seal, text, package.created.as_deref(), trust));
    let pages = held("pages/pages.jsonl").map(|text| package::pages(text, &mut flaws));
    if !contents.keys().any(|path| path.starts_with("archive/")) {
        flaws.push(PackageFlaw::NoArchive);
    }
    Ok(Report {
        files: files(&package, &contents, &mut flaws),
        index: index(&contents),
        pages: pages.unwrap_or_default(),
        version: package.version,
        created: package.created,
        software: package.software,
        title: package.title,
        seal,
        flaws,
    })
}

/// Every file of the archive, by name. The directory is walked without an index: an index would
/// show one of two files that have the same name.
fn contents<R: Read + Seek>(
    file: &mut R,
    limits: &Limits,
    flaws: &mut Vec<PackageFlaw>,
) -> Result<BTreeMap<String, Content>, WaczError> {
    let zip_error = |e: zip::result::ZipError| WaczError::Zip(e.to_string());
    let members: Vec<_> = {
        let mut archive = ZipIterable::try_new(BufReader::new(&mut *file), Config::default())
            .map_err(zip_error)?;
        let members = archive.files().map_err(zip_error)?;
        if members.len() > limits.max_files {
            flaws.push(PackageFlaw::TooMany { what: "files", limit: limits.max_files });
        }
        members.take(limits.max_files).collect::<Result<_, _>>().map_err(zip_error)?
    };
    let (mut contents, mut spent) = (BTreeMap::new(), Spent::default());
    for member in members {
        if member.is_dir() {
            continue;
        }
        let name = String::from_utf8_lossy(member.name_raw()).into_owned();
        file.seek(SeekFrom::Start(0))?;
        let stored = member.compressed_size();
        let content = match member.with_reader(&mut *file, ZipReadOptions::new()) {
            Ok(reader) => read(reader, stored, limits, &mut spent),
            Err(e) => Content::unread(e.to_string()),
        };
        if contents.insert(name.clone(), content).is_some() {
            flaws.push(PackageFlaw::Twice(name));
        }
    }
    Ok(contents)
}

impl Content {
    fn unread(error: String) -> Self {
        Self { bytes: 0, sha256: String::new(), held: None, error: Some(error) }
    }
}

/// What all files together have cost.
#[derive(Debug, Default)]
struct Spent {
    total: u64,
    held: u64,
}

fn read(mut from: impl Read, stored: u64, limits: &Limits, spent: &mut Spent) -> Content {
    let room = limits.max_held.min(limits.max_held_total.saturating_sub(spent.held));
    let (mut hash, mut held, mut bytes) = (sha2::Sha256::new(), Some(Vec::new()), 0_u64);
    let mut buffer = vec![0; 64 << 10];
    let error = loop {
        let read = match from.read(&mut buffer) {
            Ok(0) => break None,
            Ok(read) => read,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => break Some(e.to_string()),
        };
        let piece = buffer.get(..read).unwrap_or_default();
        bytes += read as u64;
        spent.total += read as u64;
        if spent.total > limits.max_total {
            break Some(format!("more than {} bytes in all", limits.max_total));
        }
        if bytes > limits.ratio_floor && bytes / stored.max(1) > limits.max_ratio {
            break Some(format!("more than {} times the bytes stored", limits.max_ratio));
        }
        hash.update(piece);
        if bytes > room {
            held = None;
        } else if let Some(held) = &mut held {
            held.extend_from_slice(piece);
        }
    };
    spent.held += held.as_ref().map_or(0, |held: &Vec<u8>| held.len() as u64);
    Content { bytes, sha256: hex(&hash.finalize()), held, error }
}

fn files(
    package: &Package,
    contents: &BTreeMap<String, Content>,
    flaws: &mut Vec<PackageFlaw>,
) -> Vec<FileCheck> {
    let mut listed = BTreeMap::<&str, &Stated>::new();
    for stated in &package.files {
        if listed.insert(&stated.path, stated).is_some() {
            flaws.push(PackageFlaw::ListedTwice(stated.path.chars().take(200).collect()));
        }
    }
    let paths: BTreeSet<&str> =
        listed.keys().copied().chain(contents.keys().map(String::as_str)).collect();
    let check = |path: &str| {
        let (stated, content) = (listed.get(path), contents.get(path));
        let state = match (stated, content) {
            (_, Some(Content { error: Some(error), .. })) => FileState::Unread(error.clone()),
            (None, _) => FileState::Unlisted,
            (Some(_), None) => FileState::Missing,
            (Some(stated), Some(content)) => state(stated, content),
        };
        FileCheck { path: path.to_owned(), bytes: content.map_or(0, |c| c.bytes), state }
    };
    paths.into_iter().filter(|path| ![PACKAGE, SEAL].contains(path)).map(check).collect()
}

fn state(stated: &Stated, content: &Content) -> FileState {
    let Some(digest) = stated.hash.as_deref().and_then(|h| h.strip_prefix("sha256:")) else {
        return FileState::NoDigest;
    };
    let size = stated.bytes.is_none_or(|bytes| bytes == content.bytes);
    if size && digest.eq_ignore_ascii_case(&content.sha256) {
        FileState::Right
    } else {
        FileState::Wrong
    }
}

fn index(contents: &BTreeMap<String, Content>) -> IndexCheck {
    let mut check = IndexCheck::default();
    let mut lines = BTreeMap::<String, Vec<Line>>::new();
    for (path, content) in contents {
        let Some(name) = path.strip_prefix("indexes/") else { continue };
        let Some(held) = content.held.as_deref() else { continue };
        let lower = name.to_ascii_lowercase();
        if [".cdx", ".cdxj", ".cdx.gz", ".cdxj.gz"].iter().any(|end| lower.ends_with(end)) {
            check.read(held, &mut lines);
        }
    }
    let idx = contents.get("indexes/index.idx").and_then(|c| c.held.as_deref());
    let gz = contents.get("indexes/index.cdx.gz").and_then(|c| c.held.as_deref());
    if let (Some(idx), Some(gz)) = (idx, gz) {
        check.blocks(idx, gz);
    }
    for (name, lines) in &lines {
        match contents.get(&format!("archive/{name}")).and_then(|c| c.held.as_deref()) {
            Some(archive) => check.archive(name, archive, lines),
            None => check.missing(name, lines),
        }
    }
    check
}
