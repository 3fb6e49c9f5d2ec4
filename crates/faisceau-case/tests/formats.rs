//! Every format has French words for the note.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test fails by panicking")]

#[test]
fn the_note_names_every_format_in_french() {
    let unnamed: Vec<_> = faisceau_case::formats()
        .map(|format| format.name)
        .filter(|name| !faisceau_report::names_format(name))
        .collect();
    assert!(unnamed.is_empty(), "wording/fr.toml, [format], lacks {unnamed:?}");
}
