//! The filed version: third parties and minors under pseudonyms, no position.
//!
//! In: a finished [`Document`], the rows that it was written from, `[redact]` of `case.toml`. Out:
//! the same document with every text, title, caption, head, label, support and passage searched for
//! what tells a protected person, and replaced by `[Tiers 1]` or `[Mineur 1]`, in the English
//! edition `[Third party 1]` or `[Minor 1]`; and the key, which is another file. It is the one way
//! to a filed document, whatever renders it afterwards.
//!
//! A name of four letters or more is replaced wherever it stands as a word; a word that the
//! documents of the same language use themselves, only in what exhibits say. A shorter one is replaced after `@`, in
//! links, in account keys, where it is all that is quoted, and where its capital marks it.

mod document;
mod fold;
mod key;
mod links;
mod needles;
mod notice;
mod positions;
mod spans;
mod subjects;

#[cfg(test)]
mod tests;

pub use key::PseudonymKey;
pub use subjects::{Protected, RedactError, RedactSettings, Subject};

use crate::input::NoteInput;
use crate::language::Language;
use crate::model::Document;
use needles::Needles;
use positions::Positions;
use spans::Search;

/// Who is replaced by what, in every document of a case.
#[derive(Debug)]
pub struct Redaction {
    subjects: Vec<Subject>,
    needles: Needles,
    positions: Positions,
}

impl Redaction {
    /// From the rows of a case. `spared` are names of the claimant and of those who act for them,
    /// as the acts print them: a third party of the same name does not take them away.
    ///
    /// # Errors
    /// When `[redact]` lists an account under examination.
    pub fn of(
        input: &NoteInput<'_>,
        settings: &RedactSettings,
        spared: &[&str],
    ) -> Result<Self, RedactError> {
        let found = subjects::find(input, settings)?;
        let mut claimant = vec![input.case.claimant.as_str()];
        claimant.extend(spared);
        let needles = Needles::of(&found, &claimant);
        let positions = Positions::of(input.media);
        Ok(Self { subjects: found.subjects, needles, positions })
    }

    /// The document as it may be filed, with the notice that says what was replaced.
    #[must_use]
    pub fn apply(&self, document: &Document) -> Document {
        let search = self.search(document.language);
        notice::added(document::redacted(document, &search), &self.subjects)
    }

    /// A text of another file of the same folder, which is in French: its name, a cell.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        document::string(text, crate::RunKind::Data, &self.search(Language::French))
    }

    /// The key, which stays with the party.
    #[must_use]
    pub fn key(&self) -> PseudonymKey {
        PseudonymKey::of(&self.subjects, &self.needles)
    }

    fn search(&self, lang: Language) -> Search<'_> {
        Search {
            lang,
            subjects: &self.subjects,
            needles: &self.needles,
            positions: &self.positions,
        }
    }
}
