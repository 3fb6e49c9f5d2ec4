//! The demonstration case asked, decided upon and exported.

use std::path::PathBuf;
use std::sync::OnceLock;

use crate::support::{Ran, hashes, run};

const A: &str = "forum-du-lac:u42570";
const B: &str = "telegram:user5026481842";

/// A demonstration case that tests only read.
fn demo() -> PathBuf {
    static DEMO: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = DEMO.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let _ = run(folder.path(), &["demo", "demo"]).code(0);
        folder
    });
    folder.path().join("demo")
}

/// A demonstration case of one's own.
fn own() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let _ = run(folder.path(), &["demo", "demo"]).code(0);
    let case = folder.path().join("demo");
    (folder, case)
}

fn ask(arguments: &[&str]) -> Ran {
    run(&demo(), arguments)
}

#[test]
fn neighbours_are_of_the_kind_asked_for_and_lead_to_rows() {
    let found = ask(&["--json", "graph", "neighbours", A, "--kind", "address"]).code(0).json();
    let hops = found["found"].as_array().unwrap();
    assert!(!hops.is_empty());
    for hop in hops {
        assert!(hop["node"].as_str().unwrap().starts_with("address "), "{hop}");
        let row = hop["rows"][0].as_str().unwrap();
        let why = ask(&["why", row]).code(0);
        assert!(why.out.contains("bytes:"), "{}", why.out);
    }
}

#[test]
fn a_period_leaves_out_what_is_outside_of_it() {
    let found = |more: &[&str]| {
        let all = [&["--json", "graph", "neighbours", A], more].concat();
        ask(&all).code(0).json()
    };
    let count = |more: &[&str]| {
        let all = [&["--kind", "address"], more].concat();
        found(&all)["found"].as_array().unwrap().len()
    };
    let all = count(&[]);
    assert!(all > 0);
    assert_eq!(count(&["--before", "2000-01-01"]), 0);
    assert_eq!(count(&["--since", "2000-01-01", "--before", "2100-01-01"]), all);
    let period = found(&["--since", "2000-01-01"]);
    assert!(period["undated"].as_u64().unwrap() > 0, "phrases carry no time: {period}");
    let shared = ask(&["--json", "graph", "common", A, B]).code(0).json();
    assert!(!shared["found"].as_array().unwrap().is_empty());
    let _ = ask(&["graph", "common", A, B, "--before", "post:404:l1@0"]).code(2);
}

#[test]
fn a_path_and_the_groups_are_told() {
    let path = ask(&["graph", "path", A, B]).code(0);
    assert!(path.out.contains(B), "{}", path.out);
    let groups = ask(&["graph", "identities"]).code(0);
    assert!(groups.out.contains("idt:1 — 4 accounts") && groups.out.contains("weakest link"));
    let together = ask(&["--json", "graph", "coordination"]).code(0).json();
    assert!(together.is_array());
}

#[test]
fn a_link_is_a_waterfall_that_adds_up() {
    let tree = ask(&["--json", "why", A, B]).code(0).json();
    let waterfall = &tree["waterfall"];
    let bars = waterfall["bars"].as_array().unwrap();
    let sum: f64 = bars.iter().map(|bar| bar["part"].as_f64().unwrap()).sum();
    let total = waterfall["total"].as_f64().unwrap();
    let cap = waterfall["cap"].as_f64().unwrap();
    assert!((sum.min(cap) - total).abs() < 1e-6, "{waterfall}");
    let text = ask(&["why", B, A]).code(0).out;
    assert!(text.contains("log10 LR") && text.contains("█"), "{text}");
}

#[test]
fn a_decision_is_shown_everywhere_and_changes_no_figure() {
    let (_folder, case) = own();
    let before = run(&case, &["--json", "why", A, B]).code(0).json();
    let _ = run(&case, &["review", A, B, "--dismiss"]).code(2);
    let _ = run(&case, &["review", A, "x:404", "--dismiss", "--because", "x"]).code(2);
    let because = "=cmd() \u{1b}[31m même foyer";
    let _ = run(&case, &["review", B, A, "--dismiss", "--because", because]).code(0);
    let after = run(&case, &["--json", "why", A, B]).code(0).json();
    assert_eq!(before["waterfall"]["total"], after["waterfall"]["total"]);
    assert_eq!(after["waterfall"]["review"]["decision"], "dismiss");
    let shown = run(&case, &["why", A, B]).code(0).out;
    assert!(shown.contains("reviewed: dismiss by test") && !shown.contains('\u{1b}'), "{shown}");
    assert!(run(&case, &["graph", "identities"]).code(0).out.contains("dismiss"));
    let _ = run(&case, &["report"]).code(0);
    let note = std::fs::read_to_string(case.join("out/note.json")).unwrap();
    assert!(note.contains("\"jrn:"), "the note rests on the line of the journal");
    let sql = "SELECT decision, because FROM reviews";
    let rows = run(&case, &["--json", "query", sql]).code(0).json();
    assert_eq!(rows[0]["decision"], "dismiss");
    let _ = run(&case, &["export", "graphml"]).code(0);
    let graph = std::fs::read_to_string(case.join("out/graphml/graph.graphml")).unwrap();
    assert!(graph.contains(">dismiss<"));
    let _ = run(&case, &["verify"]).code(0);
}

#[test]
fn sql_answers_on_the_screen_and_in_files_and_opens_nothing_else() {
    let (folder, case) = own();
    let sql = "SELECT platform, COUNT(*) AS n FROM accounts GROUP BY platform ORDER BY platform";
    let shown = run(&case, &["query", sql, "--save", "platforms"]).code(0);
    assert!(shown.out.contains("forum-du-lac"), "{}", shown.out);
    let again = run(&case, &["query", "--saved", "platforms"]).code(0);
    assert_eq!(shown.out, again.out);
    let status = run(&case, &["status"]).code(0);
    assert!(!status.err.contains("run again"), "a question makes nothing stale: {}", status.err);
    for file in ["a.csv", "a.json", "a.jsonl", "a.parquet"] {
        let _ = run(&case, &["query", sql, "--to", file]).code(0);
        let _ = run(&case, &["query", sql, "--to", file]).code(2);
        assert!(case.join(file).metadata().unwrap().len() > 0);
    }
    let secret = folder.path().join("secret.csv");
    std::fs::write(&secret, "a,b\n1,2\n").unwrap();
    for hostile in [
        format!("SELECT * FROM read_csv('{}')", secret.display()),
        format!("SELECT * FROM '{}'", secret.display()),
        "DROP TABLE posts".to_owned(),
        "SELECT * FROM nowhere".to_owned(),
        "SELECT nothing FROM posts".to_owned(),
        "SELEC".to_owned(),
    ] {
        let ran = run(&case, &["query", &hostile]).code(2);
        assert!(ran.out.is_empty() && ran.err.starts_with("error: "), "{}", ran.err);
    }
    // Polars panics on this pattern: one sentence comes out, and nothing beside it.
    let broken = run(&case, &["query", "SELECT COLUMNS('(') FROM posts"]).code(4);
    assert!(broken.err.starts_with("error: the query engine broke"), "{}", broken.err);
}

#[test]
fn every_format_leaves_twice_with_the_same_bytes() {
    let (_folder, case) = own();
    let listed = run(&case, &["--json", "export"]).code(0).json();
    let formats: Vec<&str> =
        listed.as_array().unwrap().iter().map(|format| format["name"].as_str().unwrap()).collect();
    assert_eq!(formats.len(), 10);
    for format in formats {
        let first = run(&case, &["export", format]).code(0);
        assert!(!first.out.is_empty());
        let out = case.join("out");
        let made = hashes(&out.join(format));
        // What was made before stays where it is.
        let _ = run(&case, &["export", format]).code(0);
        assert_eq!(made, hashes(&out.join(format)), "{format}");
        assert_eq!(made, hashes(&out.join(format!("{format}-2"))), "{format}");
    }
    let journal = std::fs::read_to_string(case.join("journal.jsonl")).unwrap();
    assert_eq!(journal.matches("\"act\":\"exported\"").count(), 20);
    let _ = run(&case, &["verify"]).code(0);
}

/// Everything below a folder, by name.
fn names(folder: &std::path::Path) -> Vec<String> {
    let mut all: Vec<String> = hashes(folder).into_keys().collect();
    all.sort();
    all
}

#[test]
fn an_export_takes_the_place_of_nothing() {
    let (folder, case) = own();
    let work = folder.path();
    std::fs::create_dir_all(work.join("free.old")).unwrap();
    std::fs::write(work.join("free.old/mine.txt"), "mine").unwrap();
    std::fs::write(work.join("file"), "mine").unwrap();
    std::os::unix::fs::symlink("/dev/null", work.join("link")).unwrap();
    let before = names(work);
    for to in [
        "../file",
        "../link",
        "../free.old",
        "..",
        ".",
        "new/..",
        "../absent/new",
        "tables/new",
        "exhibits/new",
        "tables",
        "../free.old/mine.txt/x",
    ] {
        let ran = run(&case, &["export", "gexf", "--to", to]);
        assert_ne!(ran.code, 0, "{to}");
        assert!(ran.err.starts_with("error: "), "{to}: {}", ran.err);
        assert_eq!(names(work), before, "{to}");
    }
    let _ = run(&case, &["export", "gexf", "--to", "../free"]).code(0);
    assert_eq!(std::fs::read(work.join("free.old/mine.txt")).unwrap(), b"mine");
    assert!(work.join("free/graph.gexf").is_file());
    let _ = run(&case, &["verify"]).code(0);
}

#[test]
fn tables_that_no_longer_fit_are_told_of() {
    let (_folder, case) = own();
    let settings = std::fs::read_to_string(case.join("case.toml")).unwrap();
    std::fs::write(case.join("case.toml"), settings + "\n# changed\n").unwrap();
    let commands: [&[&str]; 5] = [
        &["graph", "identities"],
        &["why", A, B],
        &["requests"],
        &["query", "SELECT 1"],
        &["export", "graphml"],
    ];
    for command in commands {
        let ran = run(&case, command).code(0);
        assert!(ran.err.contains("the settings changed since the last run"), "{}", ran.err);
    }
}

#[test]
fn what_is_no_instant_says_what_would_be() {
    let ran = ask(&["graph", "neighbours", A, "--since", "2026-09-01T12:00:00"]).code(2);
    assert!(ran.err.contains("no instant with its offset"), "{}", ran.err);
}
