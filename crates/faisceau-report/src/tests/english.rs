//! The English edition: the same note, in other words.

use std::fmt::Write;

use faisceau_model::Band;
use serde_json::Value;

use super::never::{bare, insistent};
use super::sample::{Sample, sample};
use super::walk::texts;
use crate::{Document, Language, Run, RunKind, note, note_in};

fn english(sample: &Sample) -> Document {
    note_in(&sample.input(), Language::English)
}

fn samples() -> [Sample; 3] {
    [sample(), insistent(), bare()]
}

#[test]
fn the_english_sentences_of_the_sample() {
    let mut text = String::new();
    for sentence in english(&sample()).sentences() {
        writeln!(text, "{} {}", sentence.id(), sentence.text().to_plain()).expect("a string");
    }
    insta::assert_snapshot!(text);
}

/// The model with every text struck out: kinds, ids, supports and figures stay.
fn skeleton(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                if !["id", "number", "support", "kind", "link"].contains(&name.as_str()) {
                    skeleton(field);
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(skeleton),
        Value::String(text) => text.clear(),
        _ => {}
    }
}

#[test]
fn both_editions_have_the_same_sentences_rows_figures_and_supports() {
    for sample in samples() {
        let [french, english] = Language::ALL.map(|language| {
            let note = note_in(&sample.input(), language).to_json();
            let mut note: Value = serde_json::from_str(&note).expect("JSON");
            skeleton(&mut note);
            serde_json::to_string_pretty(&note).expect("JSON")
        });
        assert!(
            french == english,
            "{:?}",
            french.lines().zip(english.lines()).find(|(a, b)| a != b)
        );
    }
}

/// The words of the note, not those of exhibits, run by run.
fn own_runs(document: &Document) -> Vec<String> {
    let own = |run: &&Run| matches!(run.kind, RunKind::Plain | RunKind::Strong);
    // The first is the title, which ends in the case's.
    let texts = texts(document);
    texts
        .iter()
        .skip(1)
        .flat_map(crate::Text::runs)
        .filter(own)
        .map(|run| run.text.clone())
        .collect()
}

/// French that stays in English: names of law and of institutions.
const KEPT: [&str; 4] = ["commissaire de justice", "juge des référés", "référé", "requête"];

/// French words that are no English ones.
const FRENCH: [&str; 26] = [
    "aucun", "aucune", "avec", "cette", "comptes", "dans", "de", "des", "du", "elle", "est", "et",
    "il", "la", "le", "les", "leur", "ou", "par", "pas", "qui", "sont", "sur", "un", "une", "pour",
];

#[test]
fn nothing_of_it_is_left_in_french() {
    for sample in samples() {
        // The table of the scale gives the French words of the note beside the English ones.
        let of_scale = |run: &String| Band::english_of(run).is_none();
        for run in own_runs(&english(&sample)).into_iter().filter(of_scale) {
            let mut own = run.to_lowercase();
            for (open, close) in [('“', '”')] {
                while let Some((before, rest)) = own.split_once(open) {
                    let after = rest.split_once(close).map_or("", |(_, after)| after);
                    own = format!("{before} {after}");
                }
            }
            for kept in KEPT {
                own = own.replace(kept, " ");
            }
            assert!(!own.contains(['é', 'è', 'ê', 'à', 'ç', '«', '»', '\u{202f}']), "`{run}`");
            let mut words = own.split(|c: char| !c.is_alphabetic());
            assert!(words.all(|word| !FRENCH.contains(&word)), "`{run}`");
            assert!(!own.contains("\u{a0}:") && !own.contains(" :"), "`{run}`");
        }
    }
}

#[test]
fn its_numbers_are_english_ones() {
    for run in own_runs(&english(&sample())) {
        for (at, _) in run.match_indices(',') {
            let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            let (before, after) = (&run[..at], &run[at + 1..]);
            if digit(before.chars().next_back()) && digit(after.chars().next()) {
                let digits = after.chars().take_while(char::is_ascii_digit).count();
                assert_eq!(digits, 3, "`{run}`");
            }
        }
    }
}

#[test]
fn the_french_note_is_the_default() {
    let sample = sample();
    assert_eq!(note(&sample.input()), note_in(&sample.input(), Language::French));
    assert_eq!(note(&sample.input()).stem(), "note");
    assert_eq!(english(&sample).stem(), "note-en");
    assert_ne!(note(&sample.input()).to_json(), english(&sample).to_json());
}
