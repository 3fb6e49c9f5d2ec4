//! What a person does: open a case, take exhibits in, run, read, ask why.

use std::fs;

use crate::support::run;

#[test]
fn each_command_says_what_to_do_next() {
    let work = tempfile::tempdir().unwrap();
    let fresh = run(work.path(), &["new", "affaire", "--title", "Affaire « test »"]).code(0);
    assert!(fresh.err.contains("faisceau add"), "{}", fresh.err);
    let case = work.path().join("affaire");
    let empty = run(&case, &["run"]).code(2);
    assert!(empty.err.contains("hint: faisceau add"), "{}", empty.err);
    let early = run(&case, &["report"]).code(2);
    assert!(early.err.contains("hint: faisceau run"), "{}", early.err);
    let nowhere = run(work.path(), &["status"]).code(2);
    assert!(nowhere.err.contains("not a case"), "{}", nowhere.err);
    let again = run(work.path(), &["new", "affaire"]).code(2);
    assert!(again.err.contains("case already"), "{}", again.err);
}

#[test]
fn a_misspelt_setting_is_told_with_its_line() {
    let work = tempfile::tempdir().unwrap();
    let _ = run(work.path(), &["new", "affaire"]).code(0);
    let case = work.path().join("affaire");
    let text = fs::read_to_string(case.join("case.toml")).unwrap();
    fs::write(case.join("case.toml"), text.replace("floor_log10", "flor_log10")).unwrap();
    let wrong = run(&case, &["status"]).code(2);
    assert!(wrong.err.contains("flor_log10") && wrong.err.contains("case.toml"), "{}", wrong.err);
}

#[test]
fn a_file_nobody_recognises_is_kept_and_listed() {
    let work = tempfile::tempdir().unwrap();
    let _ = run(work.path(), &["new", "affaire"]).code(0);
    let case = work.path().join("affaire");
    fs::write(work.path().join("lettre.bin"), b"\x01\x02 rien de connu").unwrap();
    let _ = run(&case, &["add", "../lettre.bin"]).code(0);
    let ran = run(&case, &["run"]).code(0);
    assert!(ran.err.contains("1 unread"), "{}", ran.err);
    let status = run(&case, &["status"]).code(0);
    assert!(status.out.contains("unread"), "{}", status.out);
    let _ = run(&case, &["report"]).code(0);
    let note = fs::read_to_string(case.join("out/note.json")).unwrap();
    assert!(note.contains("lettre.bin"), "the note lists what was not read");
}

#[test]
fn every_signal_explains_itself() {
    let work = tempfile::tempdir().unwrap();
    let list = run(work.path(), &["--json", "explain"]).code(0).json();
    for card in list.as_array().unwrap() {
        let name = card["name"].as_str().unwrap();
        let text = run(work.path(), &["explain", name]).code(0);
        assert!(text.out.contains("Needs at least"), "{}", text.out);
    }
    let unknown = run(work.path(), &["explain", "astrology"]).code(2);
    assert!(unknown.err.contains("hint: the signals are"), "{}", unknown.err);
}
