//! What is never said, in whatever text of a document: titles, captions, heads, alternative texts.

#[path = "../../tests/never/mod.rs"]
mod words;

use super::sample::{Sample, sample};
use super::walk::texts;
use crate::{Document, RunKind, Text, note};

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
    for text in texts(document) {
        let own = own(&text);
        let found = words::said(&own);
        assert!(found.is_empty(), "{found:?} in `{own}`");
    }
}

/// Exhibits that say every forbidden word themselves.
fn insistent() -> Sample {
    let mut sample = sample();
    let all = words::FORBIDDEN.join(", ");
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
fn bare() -> Sample {
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
    }
}

#[test]
fn the_catalogue_says_nothing_of_it_either() {
    let catalogue = include_str!("../wording/fr.toml");
    for line in catalogue.lines().filter(|line| !line.trim_start().starts_with('#')) {
        // Prose is escaped as TOML: guillemets and letters stand as they are.
        let found = words::said(line);
        assert!(found.is_empty(), "{found:?} in `{line}`");
    }
}

#[test]
fn a_word_is_found_wherever_it_begins_and_nowhere_else() {
    assert_eq!(words::said("Le compte est Certainement le sien."), ["certain"]);
    assert_eq!(words::said("« certain » ; incertain ; le droit d’auteur"), Vec::<&str>::new());
    assert_eq!(words::said("« a » prouvé « b »"), ["prouv"]);
}
