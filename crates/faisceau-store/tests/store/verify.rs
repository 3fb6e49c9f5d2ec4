//! What a check finds.

use std::fs;

use faisceau_store::{Problem, Severity, Store};

use crate::case::{Case, no, told, zip_of};

/// Overwrites an original, read-only as it is.
fn overwrite(case: &Case, number: &str, bytes: &[u8]) {
    let path = case.store.path_of(no(number)).unwrap();
    fs::remove_file(&path).unwrap();
    fs::write(&path, bytes).unwrap();
}

fn three() -> Case {
    let mut case = Case::new();
    case.add_bytes("a.txt", b"alpha");
    case.add_bytes("x.zip", &zip_of(&[("m.txt", b"member"), ("a.txt", b"alpha")]));
    case
}

#[test]
fn a_whole_case_has_no_problem_and_its_figures() {
    let case = three();
    let mut last = (0, 0);
    let report = case.store.verify(&mut |p| last = (p.bytes, p.of)).unwrap();
    assert!(report.problems.is_empty() && report.is_intact());
    assert_eq!((report.lines, report.exhibits), (6, 4));
    assert_eq!(report.head, Some(case.store.head()));
    // The shared bytes are read once.
    let once: u64 = case.store.exhibits().filter(|e| e.same_as.is_none()).map(|e| e.bytes).sum();
    assert_eq!((report.bytes, last), (once, (once, once)));
}

#[test]
fn one_altered_byte_is_named_with_its_exhibit_and_line() {
    let case = three();
    overwrite(&case, "2.1", b"membex");
    let report = case.verify();
    assert!(!report.is_intact());
    assert_eq!(report.exhibits, 3);
    let text = told(&report.problems);
    assert!(text.starts_with("exhibit 2.1 was altered"), "{text}");
    assert!(text.contains("line 4 of the journal"), "{text}");
}

#[test]
fn a_missing_exhibit_and_a_folder_in_its_place_are_named() {
    let case = three();
    let path = case.store.path_of(no("1")).unwrap();
    fs::remove_file(&path).unwrap();
    assert!(matches!(case.verify().problems.as_slice(), [Problem::Missing { line: 2, .. }]));
    assert_eq!(case.verify().exhibits, 2, "the member with the same bytes is gone too");
    fs::create_dir(&path).unwrap();
    assert!(case.verify().problems.iter().any(|p| matches!(p, Problem::Missing { .. })));
    assert!(case.store.open_exhibit(no("9")).is_err());
}

#[test]
fn a_broken_journal_is_checked_as_far_as_it_goes() {
    let case = three();
    let mut journal = fs::read(case.journal()).unwrap();
    let third = journal.iter().enumerate().filter(|(_, b)| **b == b'\n').nth(1).unwrap().0 + 1;
    let bytes = journal[third..].windows(8).position(|w| w == b"\"bytes\":").unwrap();
    journal[third + bytes + 8] ^= 1;
    fs::write(case.journal(), &journal).unwrap();
    overwrite(&case, "1", b"ALPHA");
    let error = Store::open(&case.root()).unwrap_err();
    assert!(error.is_integrity());
    assert!(error.to_string().contains("line 3"), "{error}");
    let report = case.verify();
    let text = told(&report.problems);
    assert!(text.contains("journal, line 3: its text was altered"), "{text}");
    assert!(text.contains("exhibit 1 was altered"), "{text}");
    let chain = report.problems.iter().filter(|p| matches!(p, Problem::Chain(_))).count();
    assert_eq!(chain, 1, "{text}");
}

#[test]
fn strays_are_leftovers_with_inert_names() {
    let case = three();
    fs::write(case.root().join("exhibits/odd\u{1b}name"), b"x").unwrap();
    fs::write(case.root().join("exhibits").join("zz"), b"x").unwrap();
    let report = case.verify();
    assert_eq!(report.problems.len(), 2);
    assert!(report.problems.iter().all(|p| p.severity() == Severity::Leftover));
    assert!(told(&report.problems).contains("odd␛name"));
}

#[test]
fn lines_cut_off_the_end_show_as_originals_that_no_line_names() {
    let case = three();
    let journal = fs::read_to_string(case.journal()).unwrap();
    let first: String = journal.split_inclusive('\n').take(1).collect();
    fs::write(case.journal(), first).unwrap();
    let report = case.verify();
    assert_eq!(report.problems.len(), 3);
    assert!(told(&report.problems).contains("lines were cut off the end"));
    assert_ne!(report.head, Some(case.store.head()));
}
