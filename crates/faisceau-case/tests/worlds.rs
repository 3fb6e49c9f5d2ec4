//! Planted worlds: whoever is one hand is joined, and nobody else.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "a test reads what was written")]

#[path = "../../faisceau-report/tests/never/mod.rs"]
#[allow(dead_code, reason = "the list is shared")]
mod never;
mod planted;

use faisceau_case::Language;
use planted::{Outcome, outcome};

#[test]
fn no_decoy_is_joined_at_the_default_floor() {
    let folder = tempfile::tempdir().unwrap();
    let mut all = Outcome::default();
    for seed in [3, 5] {
        for decoys in [true, false] {
            let root = folder.path().join(format!("{seed}-{decoys}"));
            let found = outcome(&faisceau_testkit::demo(seed), decoys, &root).unwrap();
            assert_eq!(found.planted, 7, "four accounts of one hand and two of another");
            assert_eq!(found.wrong, 0, "seed {seed}, decoys {decoys}: {found:?}");
            all = all.and(found);
        }
    }
    assert!(all.right > 0, "{all:?}");
}

/// Every text of the note of a planted world, whose exhibits are full of what people say.
#[test]
fn the_note_of_no_world_says_what_is_never_said() {
    let folder = tempfile::tempdir().unwrap();
    for seed in [3, 5] {
        let root = folder.path().join(seed.to_string());
        outcome(&faisceau_testkit::demo(seed), true, &root).unwrap();
        let mut case = faisceau_case::Case::open(&root).unwrap();
        let now = "2026-11-20T11:00:00Z".parse().unwrap();
        let mut sizes = Vec::new();
        for language in Language::ALL {
            let said = match language {
                Language::French => never::said,
                Language::English => never::said_in_english,
            };
            let issued = case.report_as(&[], language, "test", now, &mut |_| {}).unwrap();
            let note = std::fs::read_to_string(&issued.json).unwrap();
            let note: serde_json::Value = serde_json::from_str(&note).unwrap();
            let mut texts = Vec::new();
            own_texts(&note, &mut texts);
            assert!(texts.len() > 500, "{}", texts.len());
            sizes.push((texts.len(), issued.sentences));
            for text in texts {
                let found = said(text);
                assert!(found.is_empty(), "seed {seed}: {found:?} in `{text}`");
            }
        }
        assert_eq!(sizes[0], sizes[1], "seed {seed}");
    }
}

/// The texts of a note but what it rests on and the passages of exhibits.
fn own_texts<'v>(value: &'v serde_json::Value, out: &mut Vec<&'v str>) {
    match value {
        serde_json::Value::String(text) => out.push(text),
        serde_json::Value::Array(list) => list.iter().for_each(|v| own_texts(v, out)),
        serde_json::Value::Object(map) => {
            let own = |(name, _): &(&String, _)| !["support", "passages"].contains(&name.as_str());
            map.iter().filter(own).for_each(|(_, v)| own_texts(v, out));
        }
        _ => {}
    }
}
