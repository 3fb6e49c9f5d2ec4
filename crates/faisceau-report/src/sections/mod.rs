//! The sections of the note, in order, one file each.

mod accounts;
mod addresses;
mod annexes;
mod checks;
mod chronology;
mod exhibits;
mod figures;
mod groups;
pub(crate) mod links;
mod mails;
mod media;
mod mission;
mod raids;
mod rejects;
mod repetition;
pub(crate) mod requests;
mod sign_ins;
mod summary;
mod validation;

use crate::index::Index;
use crate::input::NoteInput;
use crate::kind::DocumentKind;
use crate::model::{Block, Document, Section};
use crate::text::Text;
use crate::writer::Writer;

/// Version of the model's JSON.
pub(crate) const SCHEMA: u32 = 2;

/// Writes the note.
pub fn note(input: &NoteInput<'_>) -> Document {
    let index = Index::of(input);
    let mut writer = Writer::default();
    let w = &mut writer;
    let mut sections = vec![
        section("", "Synthèse", summary::blocks(&index, w)),
        section("1", "Mission et propositions", mission::blocks(&index, w)),
        section("2", "Pièces et intégrité", exhibits::blocks(&index, w)),
        section("3", "Comptes examinés", accounts::blocks(&index, w)),
        section("3 bis", "Chronologie", chronology::blocks(&index, w)),
        section("4", "Rapprochements", links::blocks(&index, w)),
        section("4 bis", "Raids et action concertée", raids::blocks(&index, w)),
        section("4 ter", "Répétition et raids", repetition::blocks(&index, w)),
        section("5", "Groupes de comptes", groups::blocks(&index, w)),
        section("6", "Adresses", addresses::blocks(&index, w)),
    ];
    if !input.mail_origins.is_empty() {
        sections.push(section("6 bis", "Courriels", mails::blocks(&index, w)));
    }
    if !input.media.is_empty() {
        let title = "Images, vidéos et documents";
        sections.push(section("6 ter", title, media::blocks(&index, w)));
    }
    sections.extend([
        section("7", "Demandes", requests::blocks(&index, w)),
        section("8", "Ce qui n'a pas pu être lu", rejects::blocks(&index, w)),
        section("9", "Méthode et validation", validation::blocks(&index, w)),
        section("10", "Horloges, signatures et réponses", checks::blocks(&index, w)),
    ]);
    if !input.sign_ins.is_empty() {
        let title = "Connexions aux comptes de la personne demanderesse";
        sections.push(section("11", title, sign_ins::blocks(&index, w)));
    }
    sections.extend([
        section("A", "Pièces et empreintes", annexes::exhibits(&index, w)),
        section("B", "Jeux de données", annexes::datasets(&index, w)),
        section("C", "Réglages", annexes::settings(&index, w)),
        section("D", "Vérifier cette note", annexes::verify(&index)),
        section("E", "Chronologie, message par message", chronology::annex(&index, w)),
        section("F", "Rapprochements en détail", links::annex(&index, w)),
        section("G", "Raids et action concertée en détail", raids::annex(&index, w)),
        section("H", "Connexions des comptes examinés", addresses::annex(&index, w)),
        section("I", "Demandes en détail", requests::annex(&index, w)),
        section("J", "Erreurs mesurées de la méthode", validation::annex(&index, w)),
    ]);
    if !input.mail_origins.is_empty() {
        sections.push(section("K", "Courriels, un par un", mails::annex(&index, w)));
    }
    let case_title = Text::new().data(&input.case.title, 70);
    Document {
        schema: SCHEMA,
        kind: DocumentKind::Note,
        part: String::new(),
        title: format!("Note technique de partie – {}", case_title.to_plain()),
        case_title,
        as_of: input.case.as_of.to_string(),
        journal: input.case.journal.clone(),
        tool_version: input.tool_version.to_owned(),
        sections,
    }
}

/// A section of a document.
pub(crate) fn section(number: &str, title: &str, blocks: Vec<Block>) -> Section {
    let title = crate::french::spaced(title);
    Section { number: number.to_owned(), title, blocks, desk: false }
}
