//! Files and folders.

use std::fs;

use faisceau_store::{Limits, Store, StoreError};
use serde_json::{Map, json};

use crate::case::{Case, WHO, no, now, pairs, reasons, refusals};

#[test]
fn a_case_is_made_once_and_keeps_what_it_was_given() {
    let case = Case::new();
    let text = fs::read_to_string(case.root().join("case.toml")).unwrap();
    assert_eq!(text, "title = \"t\"\n");
    assert_eq!(case.acts(), ["case_opened"]);
    let again = Store::create(&case.root(), "title = \"u\"\n", WHO, now());
    assert!(matches!(again, Err(StoreError::CaseExists { .. })));
    case.assert_whole();
}

#[test]
fn a_case_file_written_by_hand_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.toml");
    fs::write(&path, "mine").unwrap();
    let result = Store::create(folder.path(), "other", WHO, now());
    assert!(matches!(result, Err(StoreError::CaseFileExists { .. })));
    assert_eq!(fs::read(&path).unwrap(), b"mine");
    assert!(Store::create(folder.path(), "mine", WHO, now()).is_ok());
}

#[test]
fn an_exhibit_has_its_bytes_its_hash_and_its_line() {
    let mut case = Case::new();
    let added = case.add_bytes("note\u{202e}\u{1b}.txt", b"hello world");
    assert_eq!(added.new, [no("1")]);
    let exhibit = case.store.exhibit(no("1")).unwrap().clone();
    assert_eq!(exhibit.name, "note␛.txt");
    assert_eq!((exhibit.bytes, exhibit.line, exhibit.who.as_str()), (11, 2, WHO));
    assert_eq!(exhibit.added_at, now());
    assert_eq!(case.content("1"), b"hello world");
    let sum = exhibit.sha256.to_string();
    let path = case.root().join("exhibits").join(&sum[..2]).join(&sum[2..]);
    assert_eq!(case.store.path_of(no("1")).unwrap(), path);
    assert!(fs::metadata(&path).unwrap().permissions().readonly());
    case.assert_whole();
}

#[test]
fn the_same_bytes_are_one_exhibit() {
    let mut case = Case::new();
    case.add_bytes("a.txt", b"same");
    let again = case.add_bytes("b.txt", b"same");
    assert_eq!((again.new.as_slice(), again.again.as_slice()), (&[][..], &[no("1")][..]));
    assert_eq!(case.store.exhibits().len(), 1);
    assert_eq!(case.acts(), ["case_opened", "exhibit_added", "exhibit_again"]);
    assert_eq!(case.store.journal()[2].fields["name"], "b.txt");
    let next = case.add_bytes("c.txt", b"other");
    assert_eq!(next.new, [no("2")]);
    case.assert_whole();
}

#[test]
fn a_folder_is_added_in_the_order_of_its_names() {
    let mut case = Case::new();
    for name in ["d/b.txt", "d/a/z.txt", "d/a/y.txt", "d/c.txt"] {
        case.file(name, name.as_bytes());
    }
    let added = case.add(&case.source("d"));
    assert_eq!(added.new.len(), 4);
    let expected = [("1", "d/a/y.txt"), ("2", "d/a/z.txt"), ("3", "d/b.txt"), ("4", "d/c.txt")];
    assert_eq!(case.names(), pairs(&expected));
    case.assert_whole();
}

#[cfg(unix)]
#[test]
fn links_are_refused_and_never_followed() {
    let mut case = Case::new();
    let secret = case.file("secret.txt", b"secret");
    case.file("d/plain.txt", b"plain");
    std::os::unix::fs::symlink(&secret, case.source("d/link.txt")).unwrap();
    std::os::unix::fs::symlink(case.source("d"), case.source("d/loop")).unwrap();
    let added = case.add(&case.source("d"));
    assert_eq!(reasons(&added), refusals(&[("", "link"), ("", "link")]));
    assert_eq!(added.refused[0].name, "d/link.txt");
    assert_eq!(case.names(), pairs(&[("1", "d/plain.txt")]));
    let named = case.add(&case.source("d/link.txt"));
    assert_eq!(reasons(&named), refusals(&[("", "link")]));
    case.assert_whole();
}

#[test]
fn the_case_is_not_added_to_itself() {
    let mut case = Case::new();
    case.file("x.txt", b"x");
    let folder = case.folder.path().to_owned();
    let added = case.add(&folder);
    assert_eq!(reasons(&added), refusals(&[("", "case")]));
    assert_eq!(added.new.len(), 1);
    case.assert_whole();
}

#[test]
fn a_path_that_is_not_there_is_an_error_and_nothing_is_written() {
    let mut case = Case::new();
    let mut writer = case.store.write(WHO, now()).unwrap();
    let result = writer.add("no/such/file".as_ref(), &Limits::default(), &mut |_| {});
    assert!(matches!(result, Err(StoreError::Source { .. })));
    drop(writer);
    assert_eq!(case.acts(), ["case_opened"]);
}

#[test]
fn a_second_writer_is_told_what_to_do_and_the_lock_ends_with_the_first() {
    let mut case = Case::new();
    let mut other = Store::open(&case.root()).unwrap();
    let mut first = case.store.write(WHO, now()).unwrap();
    let error = other.write(WHO, now()).unwrap_err();
    assert!(matches!(error, StoreError::Locked { .. }));
    assert!(error.to_string().contains("wait for it to end"));
    first.record("run", Map::new()).unwrap();
    drop(first);
    // It sees the line of the first writer, and chains to it.
    other.write(WHO, now()).unwrap().record("run", Map::new()).unwrap();
    assert_eq!(other.journal().len(), 3);
    case.reopen();
    case.assert_whole();
}

#[test]
fn acts_of_others_are_recorded_and_those_of_the_store_are_not() {
    let mut case = Case::new();
    let fields: Map<_, _> = json!({"report": "note.pdf", "pages": 12, "tables": ["a", "b"]})
        .as_object()
        .unwrap()
        .clone();
    let mut writer = case.store.write(WHO, now()).unwrap();
    writer.record("report_issued", fields.clone()).unwrap();
    for act in ["exhibit_added", "case_opened", "", "Two Words"] {
        assert!(matches!(writer.record(act, Map::new()), Err(StoreError::Act { .. })), "{act}");
    }
    let float: Map<_, _> = json!({"x": 1.5}).as_object().unwrap().clone();
    assert!(matches!(writer.record("run", float), Err(StoreError::Field { .. })));
    drop(writer);
    assert_eq!(case.store.journal()[1].fields, fields);
    assert!(matches!(case.store.write(" ", now()), Err(StoreError::NoAuthor)));
    case.assert_whole();
}

#[test]
fn the_same_acts_give_the_same_journal() {
    let heads: Vec<_> = (0..2)
        .map(|_| {
            let mut case = Case::new();
            case.file("d/a", b"1");
            case.file("d/b", b"2");
            case.add(&case.source("d"));
            fs::read(case.journal()).unwrap()
        })
        .collect();
    assert_eq!(heads[0], heads[1]);
}
