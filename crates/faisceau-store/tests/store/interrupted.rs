//! Processes that end at a bad moment.

use std::fs;
use std::io::Write as _;

use faisceau_store::{Problem, Severity, Sha256Sum, Store, StoreError};
use serde_json::Map;

use crate::case::{Case, WHO, gz_of, no, now, tar_of, told, zip_of};

/// Cuts the journal after this many bytes.
fn cut(case: &Case, bytes: usize) {
    let journal = fs::read(case.journal()).unwrap();
    fs::write(case.journal(), &journal[..bytes]).unwrap();
}

/// Where each line of the journal ends.
fn line_ends(journal: &[u8]) -> Vec<usize> {
    journal.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at + 1).collect()
}

#[test]
fn a_torn_line_is_reported_then_repaired_and_its_bytes_are_kept() {
    let mut case = Case::new();
    case.add_bytes("a.txt", b"a");
    let journal = fs::read(case.journal()).unwrap();
    let first = line_ends(&journal)[0];
    cut(&case, first + 50);
    case.reopen();
    assert_eq!(case.store.torn().unwrap().bytes, &journal[first..first + 50]);
    assert_eq!(case.store.exhibits().len(), 0);
    let report = case.verify();
    assert!(report.is_intact());
    assert!(told(&report.problems).contains("line 2: a write was interrupted after 50 bytes"));
    case.store.write(WHO, now()).unwrap();
    assert_eq!(case.acts(), ["case_opened", "journal_repaired"]);
    let fields = &case.store.journal()[1].fields;
    assert_eq!(fields["dropped"].as_str().unwrap().as_bytes(), &journal[first..first + 50]);
    assert_eq!(fields["dropped_bytes"], 50);
    // The original without a line is taken up when it is added again.
    case.add_bytes("a.txt", b"a");
    assert_eq!(case.content("1"), b"a");
    case.assert_whole();
}

#[test]
fn a_line_that_lacks_only_its_line_feed_stands() {
    let mut case = Case::new();
    case.add_bytes("a.txt", b"a");
    let length = fs::metadata(case.journal()).unwrap().len() as usize;
    cut(&case, length - 1);
    case.reopen();
    assert_eq!(case.store.exhibits().len(), 1);
    assert!(case.verify().is_intact());
    case.store.write(WHO, now()).unwrap().record("run", Map::new()).unwrap();
    assert_eq!(case.acts(), ["case_opened", "exhibit_added", "journal_repaired", "run"]);
    case.assert_whole();
}

#[test]
fn a_journal_killed_at_any_byte_opens_and_the_next_add_completes_the_case() {
    let inner = zip_of(&[("x.txt", b"x"), ("y.txt", b"y")]);
    let zip = zip_of(&[("in.zip", &inner), ("a.txt", b"a"), ("../b.txt", b"b")]);
    let mut whole = Case::new();
    whole.add_bytes("x.zip", &zip);
    let journal = fs::read(whole.journal()).unwrap();
    let start = line_ends(&journal)[0];
    // Every end of a line, and every 97th byte between them.
    let mut ends = line_ends(&journal);
    ends.extend((start..journal.len()).step_by(97));
    for end in ends {
        let mut case = Case::new();
        let path = case.file("x.zip", &zip);
        case.add(&path);
        cut(&case, end);
        case.reopen();
        let report = case.verify();
        assert!(report.is_intact(), "cut at {end}: {}", told(&report.problems));
        case.add(&path);
        assert!(case.names().iter().eq(whole.names().iter()), "cut at {end}");
        case.assert_whole();
    }
}

#[test]
fn half_written_copies_are_removed_and_the_journal_says_so() {
    let mut case = Case::new();
    fs::write(case.root().join("exhibits/.tmp-abc"), b"half").unwrap();
    let report = case.verify();
    assert!(report.is_intact());
    assert!(told(&report.problems).contains(".tmp-abc"));
    case.store.write(WHO, now()).unwrap();
    assert_eq!(case.acts(), ["case_opened", "leftovers_removed"]);
    case.assert_whole();
}

#[test]
fn an_original_that_no_line_names_is_reported_kept_and_not_trusted() {
    let mut case = Case::new();
    let sum = Sha256Sum::of(b"orphan").to_string();
    let shard = case.root().join("exhibits").join(&sum[..2]);
    fs::create_dir(&shard).unwrap();
    fs::write(shard.join(&sum[2..]), b"not what its name says").unwrap();
    let problems = case.verify().problems;
    assert!(matches!(problems.as_slice(), [Problem::Stray { .. }]));
    assert_eq!(problems[0].severity(), Severity::Leftover);
    case.store.write(WHO, now()).unwrap();
    assert!(shard.join(&sum[2..]).exists());
    case.add_bytes("o.txt", b"orphan");
    assert_eq!(case.content("1"), b"orphan");
    case.assert_whole();
}

#[test]
fn half_unpacked_archives_are_finished_without_adding_them_again() {
    let tgz = gz_of(&tar_of(&[("a.log", b"a"), ("b.log", b"b"), ("c.log", b"c")]));
    let mut case = Case::new();
    case.add_bytes("x.tgz", &tgz);
    let journal = fs::read(case.journal()).unwrap();
    cut(&case, line_ends(&journal)[2]);
    case.reopen();
    assert_eq!(case.store.unfinished().collect::<Vec<_>>(), [no("1")]);
    assert!(told(&case.verify().problems).contains("members of exhibit 1 were not all taken out"));
    let mut writer = case.store.write(WHO, now()).unwrap();
    let added = writer.finish(&faisceau_store::Limits::default(), &mut |_| {}).unwrap();
    drop(writer);
    assert_eq!(added.new, [no("1.2"), no("1.3")]);
    assert_eq!(fs::read(case.journal()).unwrap(), journal, "as if nothing had happened");
    case.assert_whole();
}

#[test]
fn more_than_an_interrupted_write_is_not_repaired() {
    let case = Case::new();
    for junk in [&b"junk"[..], b"{\"seq\":9", b"\n", b"{}\n"] {
        let good = fs::read(case.journal()).unwrap();
        let mut file = fs::OpenOptions::new().append(true).open(case.journal()).unwrap();
        file.write_all(junk).unwrap();
        let error = Store::open(&case.root()).unwrap_err();
        assert!(error.is_integrity(), "{junk:?}: {error}");
        fs::write(case.journal(), good).unwrap();
    }
    fs::write(case.journal(), b"").unwrap();
    assert!(Store::open(&case.root()).unwrap_err().is_integrity());
    fs::remove_file(case.journal()).unwrap();
    assert!(matches!(Store::open(&case.root()), Err(StoreError::NoCase { .. })));
}

#[test]
fn a_creation_that_was_interrupted_is_done_again() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("case");
    fs::create_dir_all(root.join("exhibits")).unwrap();
    fs::write(root.join("case.toml"), "x = 1\n").unwrap();
    let store = Store::create(&root, "x = 1\n", WHO, now()).unwrap();
    assert_eq!(store.journal().len(), 1);
}
