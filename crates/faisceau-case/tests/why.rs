//! Every sentence of the note of the demonstration case is followed down to the bytes.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use faisceau_case::{Case, Unmade, demo};
use serde_json::Value;

fn supports(value: &Value, sentences: &mut Vec<String>, ids: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            if let Some(Value::Array(support)) = object.get("support") {
                assert!(!support.is_empty(), "{object:?}");
                ids.extend(support.iter().map(|id| id.as_str().unwrap().to_owned()));
                if let Some(Value::String(id)) = object.get("id") {
                    sentences.push(id.clone());
                }
            }
            object.values().for_each(|v| supports(v, sentences, ids));
        }
        Value::Array(items) => items.iter().for_each(|v| supports(v, sentences, ids)),
        _ => {}
    }
}

/// Tables of which the note says that they hold nothing.
const MAY_BE_EMPTY: [&str; 10] = [
    "answers",
    "clock_checks",
    "coordination_groups",
    "mail_origins",
    "mail_verdicts",
    "names",
    "raids",
    "sign_ins",
    "signatures",
    "verdicts",
];

#[test]
fn every_sentence_reaches_the_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("demo");
    let now = "2026-11-20T10:00:00Z".parse().unwrap();
    let made = demo(&root, "test", now, &mut |_| {}).unwrap();
    let case = Case::open(&root).unwrap();
    let text = std::fs::read_to_string(root.join("out/note.json")).unwrap();
    let note: Value = serde_json::from_str(&text).unwrap();
    let (mut sentences, mut ids) = (Vec::new(), BTreeSet::new());
    supports(&note, &mut sentences, &mut ids);
    assert!(sentences.len() > 40, "{} sentences", sentences.len());

    for id in &ids {
        let walked = case.why(id).unwrap_or_else(|e| panic!("{id}: {e}"));
        let empty = walked.title.starts_with("0 ");
        assert!(empty || walked.reaches_ground(), "{id}:\n{}", walked.to_text());
        let none = id.contains('=') || MAY_BE_EMPTY.contains(&id.as_str());
        assert!(!empty || none, "{id} names a table without a row");
        assert!(!walked.to_text().contains('\u{1b}'));
    }
    for id in sentences.iter().step_by(3) {
        let walked = case.why(id).unwrap_or_else(|e| panic!("{id}: {e}"));
        assert_eq!(&walked.id, id);
        assert!(!walked.rests_on.is_empty(), "{id}");
    }

    // A small case: the calibration of style is not held against it, and every place says so.
    let shifts = &made.summary.style_shifts;
    assert!(!shifts.is_empty() && shifts.iter().all(|s| s.unmade == Some(Unmade::FewAccounts)));
    let said = case.why("set:summary.style_shifts").unwrap().to_text();
    assert!(said.contains("few_accounts"), "{said}");
    assert!(text.contains("pas confronté au dossier"));
    let mut links = ids.iter().filter(|id| id.starts_with("lnk:"));
    let unheld = "not held against the case: too few accounts";
    assert!(links.any(|id| case.why(id).unwrap().to_text().contains(unheld)));
}
