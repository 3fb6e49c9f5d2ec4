//! What every document beside the acts is drafted from, and its frame.

use faisceau_graph::law::Qualification;

use super::ActsInput;
use super::drafting::Drafting;
use super::grounds::penalty;
use super::posts::{Host, Item, hosts};
use crate::french;
use crate::index::Index;
use crate::kind::DocumentKind;
use crate::model::{Block, Document, Section};
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::writer::Writer;

/// What the documents share.
pub(super) struct Desk<'a> {
    pub(super) input: &'a ActsInput<'a>,
    pub(super) index: &'a Index<'a>,
    /// The messages of the accounts under examination, by addressee.
    pub(super) hosts: Vec<Host<'a>>,
    drafting: &'a Drafting<'a>,
}

impl<'a> Desk<'a> {
    pub(super) fn of(drafting: &'a Drafting<'a>) -> Self {
        let (input, index) = (drafting.input, &drafting.index);
        Self { input, index, hosts: hosts(index, input.law), drafting }
    }

    /// Every message, in the order of the addressees.
    pub(super) fn items(&self) -> impl Iterator<Item = &Item<'a>> {
        self.hosts.iter().flat_map(|host| &host.items)
    }

    /// The day of the acts.
    pub(super) fn today(&self) -> jiff::civil::Date {
        self.index.input.case.as_of
    }

    /// A document of this case.
    pub(super) fn document(&self, kind: DocumentKind, sections: Vec<Section>) -> Document {
        let title = Text::new().data(&self.input.note.case.title, 70).to_plain();
        self.drafting.document(kind, "", &title, sections)
    }

    /// What the facts stated may fall under, with the maxima; a blank where nothing is stated.
    pub(super) fn grounds(&self, w: &mut Writer) -> Vec<Statement> {
        let facts = || Support::one("set:case.facts").and("dat:law");
        if self.drafting.qualifications.is_empty() {
            let text = Text::from("Qualification : ")
                .blank("texte dont les faits sont susceptibles de relever, avec le maximum encouru")
                .plain(".");
            return vec![super::attached::line(text)];
        }
        let one = |q: &Qualification| {
            let text = Text::from(capital(&q.wording)).plain(format!(" : au plus {}.", penalty(q)));
            w.say(text, facts())
        };
        self.drafting.qualifications.iter().map(one).collect()
    }
}

/// How many messages are addressed to the claimant, where any is.
pub(super) fn aimed(items: &[&Item<'_>], w: &mut Writer) -> Option<Statement> {
    let aimed: Vec<&Item<'_>> = items.iter().copied().filter(|item| item.aims).collect();
    if aimed.is_empty() {
        return None;
    }
    let text = format!(
        "{} à un compte de la personne demanderesse, ou le {} ; ils viennent en tête de chaque compte.",
        french::counted(aimed.len(), "message s'adresse", "messages s'adressent"),
        if aimed.len() < 2 { "nomme" } else { "nomment" },
    );
    Some(w.say(text, super::posts::support_of(aimed)))
}

/// A section of a document.
pub(super) fn section(title: &str, blocks: Vec<Block>) -> Section {
    super::drafting::section("", title, blocks)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
