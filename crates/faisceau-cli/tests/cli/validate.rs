//! Measuring the signals on a corpus, and a reference of one's own in a case.

use std::fs;

use serde_json::Value;

use crate::support::{opened, run};

/// 24 authors of a published corpus (tests/fixtures/SOURCE.md of faisceau-validate).
const CORPUS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../faisceau-validate/tests/fixtures/fr_comments_cut.csv.gz"
);

#[test]
fn a_corpus_is_measured_outside_of_a_case_with_table_json_and_page() {
    let work = tempfile::tempdir().unwrap();
    let few = ["validate", CORPUS, "--words", "100", "--posts", "10", "--cut", "halves"];
    let plain = run(work.path(), &[&few[..], &["--no-baselines", "--page", "page.html"]].concat());
    let text = plain.code(0).out;
    assert!(text.contains("style × time, as a case weighs them"), "{text}");
    let page = fs::read_to_string(work.path().join("page.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && !page.contains("<script"), "{page:.300}");
    let json = run(work.path(), &[&few[..], &["--json"]].concat());
    let report: Value = serde_json::from_str(&json.code(0).out).unwrap();
    let entries = report["entries"].as_array().unwrap();
    // Style, times and both, each calibrated inside and as a case weighs it, and one fit to both.
    assert_eq!(entries.len(), 7);
    let of = |name: &str| entries.iter().find(|e| e["system"] == name).unwrap();
    let style = &of("writing_style")["figures"];
    assert!(style["auc"].as_f64().unwrap() > 0.7, "{style}");
    assert_eq!(report["baselines"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_line_that_cannot_be_read_is_counted_and_ends_with_one() {
    let work = tempfile::tempdir().unwrap();
    fs::write(
        work.path().join("corpus.csv"),
        "author,timestamp_utc,text,lang\na,2026-01-01T10:00:00Z,bonjour,fr\nb,hier,bonsoir,fr\n",
    )
    .unwrap();
    let ran = run(work.path(), &["validate", "corpus.csv", "--no-baselines"]);
    let ran = ran.code(1);
    assert!(ran.out.contains("1 rejects"), "{}", ran.out);
    let missing = run(work.path(), &["validate", "nothing.csv"]);
    let missing = missing.code(2);
    assert!(missing.err.contains("nothing.csv"), "{}", missing.err);
}

#[test]
fn a_reference_is_made_used_listed_checked_and_removed() {
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    let build = ["reference", "build", CORPUS, "--name", "mine", "--credit", "us, CC0"];
    let made = run(&case, &build);
    let made = made.code(0);
    assert!(made.out.contains("100 words: AUC"), "{}", made.out);
    let listed = run(&case, &["datasets", "list", "--json"]);
    let listed: Value = serde_json::from_str(&listed.code(0).out).unwrap();
    let own = listed.as_array().unwrap().iter().find(|d| d["pinned"] == true).unwrap();
    assert!(own["id"].as_str().unwrap().starts_with("mine@"), "{own}");
    assert_eq!(own["credit"], "us, CC0");
    // What is said of a signal inside the case are the figures of its own reference.
    let figures = |folder: &std::path::Path| run(folder, &["explain", "writing_style"]).code(0).out;
    assert!(figures(&case).contains(made.out.lines().next().unwrap()));
    assert_ne!(figures(&case), figures(work.path()));
    let again = run(&case, &build);
    let again = again.code(2);
    assert!(again.err.contains("remove"), "{}", again.err);
    let _ = run(&case, &["datasets", "check"]).code(0);
    fs::write(work.path().join("a.txt"), "rien").unwrap();
    let _ = run(&case, &["add", "../a.txt"]);
    let _ = run(&case, &["run"]);
    let record = fs::read_to_string(case.join("tables/run.json")).unwrap();
    assert!(record.contains("case/reference/mine@"), "{record}");
    let id = own["id"].as_str().unwrap();
    let _ = run(&case, &["datasets", "remove", id]).code(0);
    // Elsewhere, it is written to a file that weighs a corpus.
    let _ = run(work.path(), &["reference", "build", CORPUS, "--out", "own.ref"]).code(0);
    let weighed = [
        "validate",
        CORPUS,
        "--words",
        "100",
        "--cut",
        "halves",
        "--no-baselines",
        "--reference",
        "own.ref",
    ];
    let _ = run(work.path(), &weighed).code(0);
    fs::write(work.path().join("bad.ref"), b"nothing").unwrap();
    let bad = run(work.path(), &["validate", CORPUS, "--reference", "bad.ref"]);
    let bad = bad.code(2);
    assert!(bad.err.contains("reference"), "{}", bad.err);
}
