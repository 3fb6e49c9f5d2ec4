//! The texts of what goes beside the acts: law and method, never a fact of the case.
//!
//! In: `wording/attached.toml`, which a lawyer can edit. Out: statements, with blanks where the
//! catalogue has `[[…]]` and commands or names of files where it has backticks.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::sentence::{Prose, Statement};
use crate::text::Text;

static TEXTS: LazyLock<Attached> =
    LazyLock::new(|| toml::from_str(include_str!("../wording/attached.toml")).unwrap_or_default());

/// Declares the texts of one document: lists of paragraphs.
macro_rules! texts {
    ($($name:ident { $($field:ident)+ })+) => {
        $(
            #[derive(Debug, Default, Deserialize)]
            #[serde(deny_unknown_fields)]
            pub(super) struct $name { $(pub(super) $field: Vec<String>,)+ }
        )+
    };
}

texts! {
    Checklist { emergency order counting retention press delits silence }
    Record { object access post profile stratagem }
    Requests { intro addressees second no_answer nowhere }
    Exhibits { intro }
    Notices { before parts unlocated private }
    Erasure { before body ground minor after }
    Pharos { before minor form }
}

/// All of them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Attached {
    pub(super) checklist: Checklist,
    pub(super) record: Record,
    pub(super) requests: Requests,
    pub(super) exhibits: Exhibits,
    pub(super) notices: Notices,
    pub(super) erasure: Erasure,
    pub(super) pharos: Pharos,
}

/// The texts.
pub(super) fn texts() -> &'static Attached {
    &TEXTS
}

/// Paragraphs as statements.
pub(super) fn said(paragraphs: &[String]) -> Vec<Statement> {
    paragraphs.iter().map(|text| Prose::new(marked(text)).into()).collect()
}

/// What the catalogue does not hold, as prose: a blank, or words of the act.
pub(super) fn line(text: Text) -> Statement {
    Prose::new(text).into()
}

fn marked(paragraph: &str) -> Text {
    let mut out = Text::new();
    let mut rest = paragraph;
    while let Some((before, after)) = rest.split_once("[[") {
        let Some((blank, after)) = after.split_once("]]") else { break };
        out = coded(out, before).blank(blank);
        rest = after;
    }
    coded(out, rest)
}

fn coded(out: Text, text: &str) -> Text {
    let piece = |out: Text, (i, part): (usize, &str)| {
        if i % 2 == 0 { out.plain(part) } else { out.code(part) }
    };
    text.split('`').enumerate().fold(out, piece)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::RunKind::{self, Blank, Code, Plain};

    #[test]
    fn the_catalogue_parses_and_no_text_is_empty() {
        let catalogue = include_str!("../wording/attached.toml");
        toml::from_str::<Attached>(catalogue).expect("a catalogue");
        let raw: toml::Table = catalogue.parse().expect("TOML");
        for (group, texts) in &raw {
            for (key, list) in texts.as_table().expect("a table") {
                let list = list.as_array().expect("a list");
                assert!(!list.is_empty(), "{group}.{key}");
                assert!(list.iter().all(|t| t.as_str().is_some_and(|t| t.len() > 10)));
            }
        }
    }

    #[test]
    fn what_is_to_be_filled_in_is_a_blank() {
        let text = marked("avant [[date]], voir `note` puis [[lieu]].");
        let kinds: Vec<RunKind> = text.runs().iter().map(|run| run.kind).collect();
        assert_eq!(kinds, [Plain, Blank, Plain, Code, Plain, Blank, Plain]);
        assert_eq!(text.to_plain(), "avant date, voir note puis lieu.");
        assert_eq!(marked("[[sans fin").to_plain(), "[[sans fin");
    }
}
