//! What is never said, in whatever text of a document: titles, captions, heads, alternative texts.

#[path = "../../tests/never/mod.rs"]
mod words;

use super::sample::{Sample, sample};
use super::walk::texts;
use crate::{Document, Language, RunKind, Text, note, note_in};

/// What a text says of itself: the runs of the note, each word of an exhibit replaced.
fn own(text: &Text) -> String {
    let shown = |run: &crate::Run| match run.kind {
        RunKind::Plain | RunKind::Strong | RunKind::Blank => run.text.clone(),
        RunKind::Data | RunKind::Code => "…".to_owned(),
    };
    text.runs().iter().map(shown).collect()
}

/// Panics where a document says a forbidden word, with the text that does.
pub(crate) fn check(document: &Document) {
    let said = document.language.pick(
        words::said as fn(&str) -> Vec<&'static str>,
        words::said_in_english as fn(&str) -> Vec<&'static str>,
    );
    for text in texts(document) {
        let own = own(&text);
        let found = said(&own);
        assert!(found.is_empty(), "{found:?} in `{own}`");
    }
}

/// Exhibits that say every forbidden word themselves.
pub(super) fn insistent() -> Sample {
    let mut sample = sample();
    let all = [words::FORBIDDEN.join(", "), words::FORBIDDEN_ENGLISH.join(", ")].join(", ");
    for account in &mut sample.accounts {
        account.handle = faisceau_model::Maybe::Known(all.clone());
    }
    for post in &mut sample.posts {
        post.text = faisceau_model::Maybe::Known(all.clone());
    }
    for reject in &mut sample.rejects {
        reject.excerpt.clone_from(&all);
    }
    sample.case.mission = all;
    sample
}

/// A case in which nothing was found, and one of many accounts.
pub(super) fn bare() -> Sample {
    let mut sample = sample();
    sample.links.clear();
    sample.raids.clear();
    sample.identities.clear();
    sample.requests.clear();
    sample.addresses.clear();
    sample.provenance = crate::Provenance::default();
    sample
}

#[test]
fn no_document_says_what_is_never_said() {
    for sample in [sample(), insistent(), bare()] {
        check(&note(&sample.input()));
        check(&note_in(&sample.input(), Language::English));
    }
}

#[test]
fn the_catalogue_says_nothing_of_it_either() {
    // Prose is escaped as TOML: quotation signs and letters stand as they are.
    let written = |catalogue: &'static str| {
        catalogue.lines().filter(|line| !line.trim_start().starts_with('#'))
    };
    for line in written(include_str!("../wording/fr.toml")) {
        let found = words::said(line);
        assert!(found.is_empty(), "{found:?} in `{line}`");
    }
    for line in written(include_str!("../wording/en.toml")) {
        let found = words::said_in_english(line);
        assert!(found.is_empty(), "{found:?} in `{line}`");
    }
}

#[test]
fn a_word_is_found_wherever_it_begins_and_nowhere_else() {
    assert_eq!(words::said("Le compte est Certainement le sien."), ["certain"]);
    assert_eq!(words::said("« certain » ; incertain ; le droit d’auteur"), Vec::<&str>::new());
    assert_eq!(words::said("« a » prouvé « b »"), ["prouv"]);
    assert_eq!(words::said_in_english("The author is “certain”, uncertain."), ["author"]);
}
