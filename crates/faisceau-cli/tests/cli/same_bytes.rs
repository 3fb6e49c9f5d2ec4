//! Run twice, the bytes are the same: in two folders, with one thread and with several, with a
//! network and without.

use std::process::Command;

use crate::support::{Ran, binary, hashes, hermetic, run, skip};

fn derived(folder: &std::path::Path) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for part in ["tables", "out"] {
        let found = hashes(&folder.join("demo").join(part));
        assert!(!found.is_empty(), "{part} is empty");
        all.extend(found.into_iter().map(|(name, sum)| (format!("{part}/{name}"), sum)));
    }
    all
}

#[test]
fn two_folders_one_thread_and_four_give_the_same_hashes() {
    let (one, four) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = run(one.path(), &["--threads", "1", "demo", "demo"]).code(0);
    let mut command = crate::support::faisceau(four.path());
    command.env("POLARS_MAX_THREADS", "3");
    let output = command.args(["--threads", "4", "demo", "demo"]).output().unwrap();
    let second = Ran::of(&output).code(0);
    assert_eq!(first.err.replace('\\', "/"), second.err.replace('\\', "/"));
    assert_eq!(derived(one.path()), derived(four.path()));

    // Derived data deleted and made again are the same too.
    let before = derived(one.path());
    std::fs::remove_dir_all(one.path().join("demo/tables")).unwrap();
    std::fs::remove_dir_all(one.path().join("demo/out")).unwrap();
    let again = run(one.path(), &["--case", "demo", "run"]);
    assert!(again.code < 2, "{again:?}");
    let _ = run(one.path(), &["--case", "demo", "report"]).code(0);
    assert_eq!(derived(one.path()), before);
}

#[test]
fn another_day_gives_the_same_tables_and_a_note_that_differs_in_the_day_of_entry_alone() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let _ = run(one.path(), &["demo", "demo"]).code(0);
    let mut command = crate::support::faisceau(two.path());
    command.env("FAISCEAU_CLOCK", "2027-02-01T23:59:59Z");
    let _ = Ran::of(&command.args(["demo", "demo"]).output().unwrap()).code(0);
    let tables = |folder: &std::path::Path| hashes(&folder.join("demo/tables"));
    assert_eq!(tables(one.path()), tables(two.path()));
    // The note says when the exhibits came in: the journal is one of its sources.
    let lines = |folder: &std::path::Path| -> Vec<String> {
        let note = std::fs::read_to_string(folder.join("demo/out/note.json")).unwrap();
        note.lines().map(str::to_owned).collect()
    };
    let (before, after) = (lines(one.path()), lines(two.path()));
    assert_eq!(before.len(), after.len());
    let other: Vec<&String> =
        before.iter().zip(&after).filter(|(a, b)| a != b).map(|(_, b)| b).collect();
    assert!(!other.is_empty() && other.len() <= 2, "{other:?}");
    assert!(other.iter().all(|line| line.contains("versé")), "{other:?}");
}

#[test]
fn without_any_network_interface_it_works_the_same() {
    let (with, without) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let probe = Command::new("unshare").args(["--net", "--map-root-user", "true"]).output();
    if !probe.is_ok_and(|output| output.status.success()) {
        skip("unshare and the right to make a network namespace");
        return;
    }
    let mut command = Command::new("unshare");
    command.args(["--net", "--map-root-user", "--"]).arg(binary());
    let output = hermetic(command, without.path()).args(["demo", "demo"]).output().unwrap();
    let _ = Ran::of(&output).code(0);
    let _ = run(with.path(), &["demo", "demo"]).code(0);
    assert_eq!(derived(with.path()), derived(without.path()));
}
