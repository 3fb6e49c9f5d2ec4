//! What every document beside the acts is drafted from, and its frame.

use faisceau_graph::law::Qualification;

use super::ActsInput;
use super::posts::{Host, Item, hosts};
use crate::french::{self, count};
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
    /// The highest maximum first.
    pub(super) qualifications: Vec<Qualification>,
}

impl<'a> Desk<'a> {
    pub(super) fn of(input: &'a ActsInput<'a>, index: &'a Index<'a>) -> Self {
        Self {
            input,
            index,
            hosts: hosts(index, input.law),
            qualifications: input.law.max_penalty(input.stated),
        }
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
        let note = self.index.input;
        let case_title = Text::new().data(&note.case.title, 70);
        Document {
            schema: crate::sections::SCHEMA,
            kind,
            part: String::new(),
            title: format!("{} – {}", kind.title(), case_title.to_plain()),
            case_title,
            as_of: note.case.as_of.to_string(),
            journal: note.case.journal.clone(),
            tool_version: note.tool_version.to_owned(),
            sections,
        }
    }

    /// What the facts stated may fall under, with the maxima; a blank where nothing is stated.
    pub(super) fn grounds(&self, w: &mut Writer) -> Vec<Statement> {
        let facts = || Support::one("set:case.facts").and("dat:law");
        if self.qualifications.is_empty() {
            let text = Text::from("Qualification : ")
                .blank("texte dont les faits sont susceptibles de relever, avec le maximum encouru")
                .plain(".");
            return vec![super::attached::line(text)];
        }
        let one = |q: &Qualification| {
            let text = Text::from(capital(&q.wording))
                .plain(format!(" : au plus {}.", penalty(q.years, q.fine_eur)));
            w.say(text, facts())
        };
        self.qualifications.iter().map(one).collect()
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
    Section { number: String::new(), title: french::spaced(title), blocks }
}

/// A maximum in words.
fn penalty(years: f64, fine_eur: Option<u32>) -> String {
    let prison = format!("{} d'emprisonnement", term(years));
    match fine_eur {
        Some(fine) => format!("{prison} et {}\u{a0}€ d'amende", count(fine)),
        None => prison,
    }
}

/// A term in words: `6 mois`, `2 ans`.
pub(super) fn term(years: f64) -> String {
    if years < 1.0 {
        return format!("{:.0}\u{a0}mois", years * 12.0);
    }
    let digits = usize::from(years.fract() != 0.0);
    let noun = if years < 2.0 { "an" } else { "ans" };
    format!("{}\u{a0}{noun}", french::decimal(years, digits))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
