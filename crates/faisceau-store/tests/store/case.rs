//! A case in a temporary folder, and files to put into it.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use faisceau_model::ExhibitNo;
use faisceau_store::{Added, Limits, Problem, Store, VerifyReport};
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;

pub(crate) const WHO: &str = "Me Durand";

pub(crate) fn now() -> Timestamp {
    "2026-11-21T10:00:00Z".parse().unwrap()
}

pub(crate) fn no(text: &str) -> ExhibitNo {
    text.parse().unwrap()
}

/// A case and, beside it, a folder for what is added.
pub(crate) struct Case {
    pub(crate) folder: TempDir,
    pub(crate) store: Store,
}

impl Case {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("in")).unwrap();
        let root = folder.path().join("case");
        let store = Store::create(&root, "title = \"t\"\n", WHO, now()).unwrap();
        Self { folder, store }
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("case")
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.root().join("journal.jsonl")
    }

    /// Where a file to add stands.
    pub(crate) fn source(&self, name: &str) -> PathBuf {
        self.folder.path().join("in").join(name)
    }

    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.source(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    pub(crate) fn add(&mut self, path: &Path) -> Added {
        self.add_under(path, &Limits::default())
    }

    pub(crate) fn add_under(&mut self, path: &Path, limits: &Limits) -> Added {
        let mut writer = self.store.write(WHO, now()).unwrap();
        writer.add(path, limits, &mut |_| {}).unwrap()
    }

    pub(crate) fn add_bytes(&mut self, name: &str, bytes: &[u8]) -> Added {
        let path = self.file(name, bytes);
        self.add(&path)
    }

    pub(crate) fn reopen(&mut self) {
        self.store = Store::open(&self.root()).unwrap();
    }

    pub(crate) fn verify(&self) -> VerifyReport {
        faisceau_store::verify(&self.root(), &mut |_| {}).unwrap()
    }

    /// Number and name of each exhibit.
    pub(crate) fn names(&self) -> Vec<(String, String)> {
        self.store.exhibits().map(|e| (e.no.to_string(), e.name.clone())).collect()
    }

    pub(crate) fn content(&self, number: &str) -> Vec<u8> {
        fs::read(self.store.path_of(no(number)).unwrap()).unwrap()
    }

    /// The acts in the journal, in order.
    pub(crate) fn acts(&self) -> Vec<String> {
        self.store.journal().iter().map(|entry| entry.act.clone()).collect()
    }

    /// Checks that the case stands and says the same when it is read again.
    pub(crate) fn assert_whole(&self) {
        let report = self.verify();
        assert!(report.problems.is_empty(), "{}", told(&report.problems));
        let again = Store::open(&self.root()).unwrap();
        assert!(again.exhibits().eq(self.store.exhibits()));
        assert!(again.refused().eq(self.store.refused()));
        assert_eq!(again.head(), self.store.head());
    }
}

pub(crate) fn told(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Numbers and reasons of what was refused.
pub(crate) fn reasons(added: &Added) -> Vec<(String, &'static str)> {
    let number = |no: Option<ExhibitNo>| no.map_or_else(String::new, |no| no.to_string());
    added.refused.iter().map(|r| (number(r.no), r.reason.as_str())).collect()
}

pub(crate) fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

pub(crate) fn refusals(list: &[(&str, &'static str)]) -> Vec<(String, &'static str)> {
    list.iter().map(|(a, b)| ((*a).to_owned(), *b)).collect()
}

pub(crate) fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub(crate) fn tar_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        builder.append(&tar_header(name, bytes.len() as u64), *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

/// A header with the name as it is, also one that the builder would refuse.
pub(crate) fn tar_header(name: &str, size: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
    header.set_size(size);
    header.set_mode(0o644);
    header.set_entry_type(tar::EntryType::Regular);
    header.set_cksum();
    header
}

pub(crate) fn gz_of(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
