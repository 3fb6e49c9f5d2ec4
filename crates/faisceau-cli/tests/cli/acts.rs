//! `faisceau acts` and `faisceau law check` on the demonstration case.

use std::fs;

use serde_json::Value;

use crate::support::run;

/// The ids of the sentences of an act that rest on something, and of the first row of each table.
fn ids(document: &Value, out: &mut Vec<String>) {
    match document {
        Value::Object(object) => {
            if let (Some(id), Some(_)) =
                (object.get("id").and_then(Value::as_str), object.get("support"))
                && (!id.starts_with('T') || id.ends_with(".1"))
            {
                out.push(id.to_owned());
            }
            object.values().for_each(|value| ids(value, out));
        }
        Value::Array(items) => items.iter().for_each(|item| ids(item, out)),
        _ => {}
    }
}

#[test]
fn drafts_are_written_walked_to_the_bytes_and_never_over_a_correction() {
    let folder = tempfile::tempdir().unwrap();
    let _ = run(folder.path(), &["demo", "demo"]).code(0);
    let case = folder.path().join("demo");
    let issued = run(&case, &["acts", "--json"]).code(0).json();
    let acts = issued["acts"].as_array().unwrap();
    let stems: Vec<&str> = acts.iter().filter_map(|act| act["stem"].as_str()).collect();
    assert!(stems.contains(&"assignation-x") && stems.contains(&"plainte-contre-x"), "{stems:?}");
    assert_eq!(issued["kept"], Value::Array(Vec::new()));
    let actes = case.join("out/actes");
    for stem in &stems {
        assert!(
            fs::read(actes.join(format!("{stem}.pdf"))).unwrap().starts_with(b"%PDF-"),
            "{stem}"
        );
    }
    let journal = fs::read_to_string(case.join("journal.jsonl")).unwrap();
    assert!(journal.contains("\"acts_issued\"") && journal.contains("assignation-x.pdf "));

    let text = fs::read_to_string(actes.join("assignation-x.json")).unwrap();
    let mut said = Vec::new();
    ids(&serde_json::from_str(&text).unwrap(), &mut said);
    assert!(said.len() > 20, "{said:?}");
    for id in said {
        let _ = run(&case, &["why", &format!("assignation-x:{id}")]).code(0);
    }
    let _ = run(&case, &["why", "assignation-x:S9999"]).code(2);
    let _ = run(&case, &["why", "assignation-/../../note:S1"]).code(2);

    // A correction is kept, and said.
    let pdf = actes.join("plainte-contre-x.pdf");
    fs::write(&pdf, b"corrected by a lawyer").unwrap();
    let again = run(&case, &["acts", "--only", "plainte-contre-x", "--json"]).code(0);
    assert!(again.err.contains("is kept"), "{}", again.err);
    assert_eq!(fs::read(&pdf).unwrap(), b"corrected by a lawyer");
    assert_eq!(again.json()["acts"].as_array().unwrap().len(), 1);
    let _ = run(&case, &["acts", "--only", "note"]).code(2);
}

#[test]
fn the_same_case_gives_the_same_drafts() {
    let folder = tempfile::tempdir().unwrap();
    let _ = run(folder.path(), &["demo", "demo"]).code(0);
    let case = folder.path().join("demo");
    let _ = run(&case, &["acts"]).code(0);
    let first = crate::support::hashes(&case.join("out/actes"));
    let _ = run(&case, &["acts", "--threads", "1"]).code(0);
    assert_eq!(crate::support::hashes(&case.join("out/actes")), first);
}

#[test]
fn the_law_that_was_not_read_itself_is_listed() {
    let folder = tempfile::tempdir().unwrap();
    let ran = run(folder.path(), &["law", "check", "--json"]).code(0);
    let flags = ran.json()["flags"].as_array().unwrap().len();
    assert!(flags > 10);
    let shown = run(folder.path(), &["law", "check"]).code(0);
    assert_eq!(shown.out.lines().count(), flags);
    assert!(
        shown.out.contains("addressees.toml x: à vérifier, checked 2026-11-21"),
        "{}",
        shown.out
    );
    assert!(shown.err.contains("nothing is verified after 2026-04"), "{}", shown.err);
}
