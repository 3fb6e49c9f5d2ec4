//! Every sentence of the note of the demonstration case is followed down to the bytes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a test fails by panicking, and writes what it adds"
)]

use std::collections::BTreeSet;

use faisceau_case::{ActsWish, Case, Rendering, Unmade, demo};
use faisceau_model::rows::{
    Address, Comparison, Connection, Contribution, Explanation, Link, MailHop, MediaField, Post,
};
use faisceau_model::table::Row;
use faisceau_tables::{read, value};
use jiff::Timestamp;
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

/// Every selection of a table says how many rows a full reading finds, and shows the first of them.
/// Gives how many selections there are.
fn counts_agree<R: Row>(case: &Case, selections: &[&str]) -> usize {
    let rows: Vec<R> = read(&case.tables()).unwrap();
    let of_table = selections.iter().filter_map(|id| {
        let (table, conditions) = id.split_once('?')?;
        (table == R::TABLE && !id.contains('%')).then_some((id, conditions))
    });
    let mut counted = 0;
    for (id, conditions) in of_table {
        let holds = |row: &R, condition: &str| {
            let (column, wanted) = condition.split_once('=').unwrap();
            match (wanted, value(row, column)) {
                ("", found) => found.is_none(),
                ("*", found) => found.is_some(),
                (wanted, found) => found.as_deref() == Some(wanted),
            }
        };
        let all = |row: &&R| conditions.split('&').all(|condition| holds(row, condition));
        let found: Vec<&R> = rows.iter().filter(all).collect();
        let walked = case.why(id).unwrap();
        assert!(walked.title.starts_with(&format!("{} ", found.len())), "{id}: {}", walked.title);
        assert_eq!(walked.rests_on.len(), found.len().min(5), "{id}");
        for (shown, row) in walked.rests_on.iter().zip(found) {
            assert_eq!(Some(&shown.id), value(row, "id").as_ref(), "{id}");
        }
        counted += 1;
    }
    counted
}

/// Every id leads to bytes, a dataset or a setting; a selection may be empty where the note says so.
fn all_reach_the_bytes(case: &Case, ids: &BTreeSet<String>) {
    for id in ids {
        let walked = case.why(id).unwrap_or_else(|e| panic!("{id}: {e}"));
        let empty = walked.title.starts_with("0 ");
        assert!(empty || walked.reaches_ground(), "{id}:\n{}", walked.to_text());
        let none = id.contains('=') || MAY_BE_EMPTY.contains(&id.as_str());
        assert!(!empty || none, "{id} names a table without a row");
        assert!(!walked.to_text().contains('\u{1b}'));
    }
}

#[test]
fn nothing_learnt_of_the_tables_outlives_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut case =
        Case::create(&folder.path().join("case"), "Messages", "test", Timestamp::UNIX_EPOCH)
            .unwrap();
    let mut titles = Vec::new();
    for exhibit in 0..2 {
        let posts = (0..=exhibit).map(|n| {
            format!(
                r#"{{"author":"a","author_fullname":"t2_a","body":"message {exhibit}","created_utc":{},"id":"k{exhibit}{n}","link_id":"t3_t","parent_id":"t3_t","subreddit":"s"}}"#,
                1_772_323_200 + n
            )
        });
        let path = folder.path().join(format!("{exhibit}.ndjson"));
        std::fs::write(&path, posts.collect::<Vec<_>>().join("\n")).unwrap();
        case.add(&[path], "test", Timestamp::UNIX_EPOCH, &mut |_| {}).unwrap();
        case.run("test", Timestamp::UNIX_EPOCH, &mut |_| {}).unwrap();
        titles.push(case.why("posts?account=reddit:t2_a").unwrap().title);
        assert_eq!(case.why("posts?text=message 1").unwrap().rests_on.len(), 2 * exhibit);
    }
    assert_eq!(titles, ["1 messages", "3 messages"]);
}

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

    all_reach_the_bytes(&case, &ids);
    let selections: Vec<&str> =
        ids.iter().map(String::as_str).filter(|id| id.contains('?')).collect();
    let counted = [
        counts_agree::<Address>(&case, &selections),
        counts_agree::<Comparison>(&case, &selections),
        counts_agree::<Connection>(&case, &selections),
        counts_agree::<Contribution>(&case, &selections),
        counts_agree::<Explanation>(&case, &selections),
        counts_agree::<Link>(&case, &selections),
        counts_agree::<MailHop>(&case, &selections),
        counts_agree::<MediaField>(&case, &selections),
        counts_agree::<Post>(&case, &selections),
    ];
    assert!(counted.iter().sum::<usize>() > selections.len() / 2, "{counted:?}");

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

#[test]
fn every_sentence_of_every_act_reaches_the_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("demo");
    let now = "2026-11-20T10:00:00Z".parse().unwrap();
    demo(&root, "test", now, &mut |_| {}).unwrap();
    let mut case = Case::open(&root).unwrap();
    let wish = ActsWish { formats: vec![Rendering::Html], ..ActsWish::default() };
    let issued = case.draft_acts(&wish, "test", now, &mut |_| {}).unwrap();
    assert!(issued.acts.len() > 12, "{:?}", issued.acts);
    let mut ids = BTreeSet::new();
    for act in &issued.acts {
        let path = root.join(format!("out/actes/{}.json", act.stem));
        let document: Value =
            serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let mut sentences = Vec::new();
        supports(&document, &mut sentences, &mut ids);
        assert!(!sentences.is_empty(), "{}", act.stem);
        for id in sentences.iter().step_by(5) {
            let id = format!("{}:{id}", act.stem);
            let walked = case.why(&id).unwrap_or_else(|e| panic!("{id}: {e}"));
            assert!(!walked.rests_on.is_empty(), "{id}");
        }
    }
    all_reach_the_bytes(&case, &ids);
}
