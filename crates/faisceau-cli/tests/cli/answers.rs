//! The loop of requests and answers: a platform answers, its answer goes in as an exhibit, and the
//! request to the access operator comes out.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use faisceau_model::rows::{Answer, Signature, Subscriber};
use faisceau_model::{Maybe, SignatureState};
use serde_json::Value;

use crate::support::{opened, run};

/// What an addressee sends back: a table in a layout of its own.
fn answer(account: &str) -> String {
    let mut text = "Compte;Adresse IP;Port source;Date;E-mail déclaré\n".to_owned();
    for (port, hour) in (50_123..50_128).zip(10..) {
        writeln!(text, "{account};192.0.2.77;{port};2026-09-30 {hour}:15:42;titulaire@example.org")
            .unwrap();
    }
    text + &format!("{account};pas une adresse;1;2026-10-01 07:02:11;\n")
}

fn requests(case: &Path) -> Vec<Value> {
    run(case, &["--json", "requests"]).code(0).json().as_array().unwrap().clone()
}

#[test]
fn an_answer_leads_to_the_second_request() {
    let work = tempfile::tempdir().unwrap();
    let _ = run(work.path(), &["demo", "demo"]).code(0);
    let case = work.path().join("demo");
    let before = requests(&case);
    let asked = before
        .iter()
        .find(|row| {
            row["head"] == "C3"
                && row["account"].as_str().is_some_and(|a| a.starts_with("x:") && !a.contains('@'))
        })
        .expect("an account of X to ask about");
    let account = asked["account"].as_str().unwrap().trim_start_matches("x:");
    assert!(!before.iter().any(|row| row["ip"] == "192.0.2.77"));

    let id = asked["id"].as_str().unwrap();
    let file = work.path().join("reponse.csv");
    fs::write(&file, answer(account)).unwrap();
    let added = run(&case, &["add", "--answers", id, "../reponse.csv"]).code(0);
    assert!(added.out.contains("no known format"), "{}", added.out);
    let exhibit = added.out.split_whitespace().next().unwrap().to_owned();

    // A table of no known format is mapped once; the mapping says what is not sure.
    let proposed = run(&case, &["map", &exhibit]).code(0);
    assert!(proposed.out.contains("Adresse IP"), "{}", proposed.out);
    assert!(proposed.err.contains("warning"), "{}", proposed.err);
    let saved =
        run(&case, &["map", &exhibit, "--platform", "x", "--zone", "UTC", "--save"]).code(0);
    assert!(saved.err.contains("saved"), "{}", saved.err);
    let ran = run(&case, &["run"]).code(1);
    assert!(ran.err.contains("data declared of subscribers"), "{}", ran.err);

    let after = requests(&case);
    let answered = after.iter().find(|row| row["key"] == asked["key"]).expect("asked again");
    assert_eq!(answered["answered_by"], serde_json::json!([exhibit]));
    let second: Vec<&Value> = after.iter().filter(|row| row["ip"] == "192.0.2.77").collect();
    assert_eq!(second.len(), 5, "{second:?}");
    assert!(second.iter().all(|row| row["hop"] == 2 && row["port"].is_number()));
    assert!(second.iter().all(|row| row["last_day"].is_string()));

    let rows: Vec<Answer> = faisceau_tables::read(&case.join("tables")).unwrap();
    let [row] = &rows[..] else { panic!("{rows:?}") };
    assert_eq!((row.read, row.connections, row.usable), (5, 5, 5));
    assert_eq!(row.request, asked["key"].as_str().unwrap());

    // What is declared of the subscriber stands in its own table, and nowhere else.
    let declared: Vec<Subscriber> = faisceau_tables::read(&case.join("tables")).unwrap();
    let declared: Vec<_> =
        declared.iter().filter(|row| row.exhibit.to_string() == exhibit).collect();
    assert_eq!(declared.len(), 5);
    assert!(declared.iter().all(|row| row.value.reveal() == "titulaire@example.org"));
    assert!(declared.iter().all(|row| row.request == Maybe::Known(row_key(asked))));
    let graph = run(&case, &["graph", "neighbours", "titulaire@example.org"]);
    assert_eq!(graph.code, 2, "{}", graph.out);
    let _ = run(&case, &["report"]).code(0);
    let note = fs::read_to_string(case.join("out/note.json")).unwrap();
    assert!(!note.contains("titulaire@example.org"));
    assert!(note.contains("Le dossier désigne"), "the note counts it");
}

fn row_key(request: &Value) -> String {
    request["key"].as_str().unwrap().to_owned()
}

#[test]
fn an_answer_to_no_request_is_not_taken_in() {
    let work = tempfile::tempdir().unwrap();
    let _ = run(work.path(), &["demo", "demo"]).code(0);
    let case = work.path().join("demo");
    fs::write(work.path().join("a.csv"), "a;b\n").unwrap();
    let count = || run(&case, &["--json", "status"]).code(0).json()["exhibits"].clone();
    let before = count();
    let wrong = run(&case, &["add", "--answers", "req:9999", "../a.csv"]).code(2);
    assert!(wrong.err.contains("faisceau requests"), "{}", wrong.err);
    assert_eq!(count(), before);
    let nowhere = run(&case, &["answer", "999", "req:1"]).code(2);
    assert!(nowhere.err.contains("999"), "{}", nowhere.err);
}

#[test]
fn a_signed_answer_is_checked_with_the_key_that_the_case_holds() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../faisceau-import/tests/fixtures");
    let signed = fixtures.join("x_return/ip-audit.txt");
    let states = |with_key: bool, tampered: bool| {
        let work = tempfile::tempdir().unwrap();
        let case = opened(work.path());
        let file = work.path().join("x-ip-audit.txt");
        let text = fs::read_to_string(&signed).unwrap();
        // One digit of a year, inside the signed text.
        let text = if tampered { text.replacen("20", "21", 1) } else { text };
        fs::write(&file, text).unwrap();
        let _ = run(&case, &["add", "../x-ip-audit.txt"]).code(0);
        if with_key {
            let key = fixtures.join("openpgp/platform.asc");
            let _ = run(&case, &["add", key.to_str().unwrap()]).code(0);
        }
        let _ = run(&case, &["run"]);
        let rows: Vec<Signature> = faisceau_tables::read(&case.join("tables")).unwrap();
        rows.iter().map(|row| row.state).collect::<Vec<_>>()
    };
    assert_eq!(states(true, false), [SignatureState::Good]);
    assert_eq!(states(true, true), [SignatureState::Bad]);
    assert_eq!(states(false, false), [SignatureState::NoKey]);
}
