//! What every act is drafted from, looked up once.
//!
//! In: [`ActsInput`]. Out: the rows by account, the qualifications with their maxima, the numbers of
//! the exhibits, and the frame of a document.

use std::collections::BTreeMap;

use faisceau_graph::law::{Fact, GravityLevel, Qualification};
use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, Head, Maybe, Moment};

use super::ActsInput;
use super::deadlines::{Last, Window};
use super::pieces::Pieces;
use super::words::ActWords;
use crate::index::Index;
use crate::kind::DocumentKind;
use crate::language::Language;
use crate::model::{Block, Document, Section};
use crate::sections::SCHEMA;
pub(super) use crate::sections::section;
use crate::text::Text;

/// The input, its look-ups and the words.
pub(super) struct Drafting<'a> {
    pub(super) input: &'a ActsInput<'a>,
    pub(super) index: Index<'a>,
    pub(super) words: &'static ActWords,
    /// The highest maximum first.
    pub(super) qualifications: Vec<Qualification>,
    pub(super) pieces: Pieces,
    posts: BTreeMap<&'a AccountKey, Vec<&'a Post>>,
}

impl<'a> Drafting<'a> {
    pub(super) fn of(input: &'a ActsInput<'a>) -> Self {
        let mut posts: BTreeMap<&AccountKey, Vec<&Post>> = BTreeMap::new();
        for post in input.note.posts {
            posts.entry(&post.account).or_default().push(post);
        }
        Self {
            input,
            index: Index::of(input.note, Language::French),
            words: ActWords::french(),
            qualifications: input.law.max_penalty(input.stated),
            pieces: Pieces::of(input.note.exhibits, input.facts.other_exhibits.len()),
            posts,
        }
    }

    /// The messages of an account, in the order of the input.
    pub(super) fn posts_of(&self, key: &AccountKey) -> &[&'a Post] {
        self.posts.get(key).map(Vec::as_slice).unwrap_or_default()
    }

    /// The highest maximum that the stated facts carry, in years.
    pub(super) fn max_years(&self) -> Option<f64> {
        self.qualifications.first().map(|q| q.years)
    }

    /// What decisions have done with connection data under that maximum.
    pub(super) fn gravity(&self) -> GravityLevel {
        self.max_years().map_or(GravityLevel::Refused, |years| self.input.law.gravity_level(years))
    }

    /// Until when the connection data of an event are kept.
    pub(super) fn kept(&self, at: &Maybe<Moment>) -> Last {
        let deadline = self.input.law.deadline_of(Head::C3);
        Last::of(deadline, Window::at(at), self.input.note.case.as_of)
    }

    pub(super) fn states(&self, fact: Fact) -> bool {
        self.input.stated.states(fact)
    }

    /// How the claimant is called in a sentence.
    pub(super) fn claimant(&self) -> Text {
        let named = &self.input.facts.claimant.names;
        let named = if named.trim().is_empty() { &self.input.note.case.claimant } else { named };
        Text::new().given(named, 120, "nom et prénoms du demandeur")
    }

    /// The same where data are to be given: who represents another receives them as such.
    pub(super) fn receiver(&self) -> Text {
        let capacity = self.input.note.case.capacity.trim();
        if capacity.is_empty() || capacity == "victime" {
            return self.claimant();
        }
        self.claimant().plain(", ès qualités de ").data(capacity, 120)
    }

    /// A document with its frame. `about` stands in the title after a dash.
    pub(super) fn document(
        &self,
        kind: DocumentKind,
        part: &str,
        about: &str,
        sections: Vec<Section>,
    ) -> Document {
        let case = &self.input.note.case;
        let title = match about {
            "" => kind.title(Language::French).to_owned(),
            about => {
                format!("{} – {}", kind.title(Language::French), faisceau_model::excerpt(about, 70))
            }
        };
        Document {
            schema: SCHEMA,
            kind,
            language: Language::French,
            part: part.to_owned(),
            title,
            case_title: Text::new().data(&case.title, 70),
            as_of: case.as_of.to_string(),
            journal: case.journal.clone(),
            tool_version: self.input.note.tool_version.to_owned(),
            sections,
        }
    }
}

/// Notes to the lawyer, which are never filed.
pub(super) fn notes(title: &str, blocks: Vec<Block>) -> Section {
    Section { desk: true, ..section("", title, blocks) }
}

/// A heading inside a section.
pub(super) fn heading(text: &str) -> Block {
    Block::Heading(text.into())
}

/// The id of a table: `T2`.
pub(super) fn id_of(block: &Block) -> &str {
    if let Block::Table(table) = block { &table.id } else { "" }
}
