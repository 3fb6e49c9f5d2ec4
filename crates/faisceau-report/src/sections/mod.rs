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
use crate::language::Language;
use crate::model::{Block, Document, Section};
use crate::text::Text;
use crate::writer::Writer;

/// Version of the model's JSON.
pub(crate) const SCHEMA: u32 = 2;

/// Writes the note in French.
pub fn note(input: &NoteInput<'_>) -> Document {
    note_in(input, Language::French)
}

/// Writes the note in a language: the same sentences, numbers and supports in each.
pub fn note_in(input: &NoteInput<'_>, lang: Language) -> Document {
    let index = Index::of(input, lang);
    let mut writer = Writer::of(lang);
    let mut sections = body(&index, &mut writer);
    sections.extend(lettered(&index, &mut writer));
    let case_title = Text::new().data(&input.case.title, 70);
    Document {
        schema: SCHEMA,
        kind: DocumentKind::Note,
        language: lang,
        part: String::new(),
        title: format!("{} – {}", DocumentKind::Note.title(lang), case_title.to_plain()),
        case_title,
        as_of: input.case.as_of.to_string(),
        journal: input.case.journal.clone(),
        tool_version: input.tool_version.to_owned(),
        sections,
    }
}

/// What a judge and an opposing expert read.
fn body(index: &Index<'_>, w: &mut Writer) -> Vec<Section> {
    let mut sections = vec![
        titled(index.lang, "", "Synthèse", "Summary", summary::blocks(index, w)),
        titled(
            index.lang,
            "1",
            "Mission et propositions",
            "Instructions and propositions",
            mission::blocks(index, w),
        ),
        titled(
            index.lang,
            "2",
            "Pièces et intégrité",
            "Exhibits and integrity",
            exhibits::blocks(index, w),
        ),
        titled(
            index.lang,
            "3",
            "Comptes examinés",
            "Accounts under examination",
            accounts::blocks(index, w),
        ),
        titled(index.lang, "3 bis", "Chronologie", "Chronology", chronology::blocks(index, w)),
        titled(index.lang, "4", "Rapprochements", "Links", links::blocks(index, w)),
        titled(
            index.lang,
            "4 bis",
            "Raids et action concertée",
            "Raids and coordinated action",
            raids::blocks(index, w),
        ),
        titled(
            index.lang,
            "4 ter",
            "Répétition et raids",
            "Repetition and raids",
            repetition::blocks(index, w),
        ),
        titled(
            index.lang,
            "5",
            "Groupes de comptes",
            "Groups of accounts",
            groups::blocks(index, w),
        ),
        titled(index.lang, "6", "Adresses", "Addresses", addresses::blocks(index, w)),
    ];
    if !index.input.mail_origins.is_empty() {
        sections.push(titled(index.lang, "6 bis", "Courriels", "Emails", mails::blocks(index, w)));
    }
    if !index.input.media.is_empty() {
        sections.push(titled(
            index.lang,
            "6 ter",
            "Images, vidéos et documents",
            "Images, videos and documents",
            media::blocks(index, w),
        ));
    }
    sections.extend([
        titled(index.lang, "7", "Demandes", "Requests", requests::blocks(index, w)),
        titled(
            index.lang,
            "8",
            "Ce qui n'a pas pu être lu",
            "What could not be read",
            rejects::blocks(index, w),
        ),
        titled(
            index.lang,
            "9",
            "Méthode et validation",
            "Method and validation",
            validation::blocks(index, w),
        ),
        titled(
            index.lang,
            "10",
            "Horloges, signatures et réponses",
            "Clocks, signatures and answers",
            checks::blocks(index, w),
        ),
    ]);
    if !index.input.sign_ins.is_empty() {
        sections.push(titled(
            index.lang,
            "11",
            "Connexions aux comptes de la personne demanderesse",
            "Connections to the claimant's accounts",
            sign_ins::blocks(index, w),
        ));
    }
    sections
}

/// What they check: the annexes.
fn lettered(index: &Index<'_>, w: &mut Writer) -> Vec<Section> {
    let mut sections = vec![
        titled(
            index.lang,
            "A",
            "Pièces et empreintes",
            "Exhibits and hashes",
            annexes::exhibits(index, w),
        ),
        titled(index.lang, "B", "Jeux de données", "Datasets", annexes::datasets(index, w)),
        titled(index.lang, "C", "Réglages", "Settings", annexes::settings(index, w)),
        titled(
            index.lang,
            "D",
            "Vérifier cette note",
            "Checking this note",
            annexes::verify(index),
        ),
        titled(
            index.lang,
            "E",
            "Chronologie, message par message",
            "Chronology, message by message",
            chronology::annex(index, w),
        ),
        titled(
            index.lang,
            "F",
            "Rapprochements en détail",
            "Links in detail",
            links::annex(index, w),
        ),
        titled(
            index.lang,
            "G",
            "Raids et action concertée en détail",
            "Raids and coordinated action in detail",
            raids::annex(index, w),
        ),
        titled(
            index.lang,
            "H",
            "Connexions des comptes examinés",
            "Connections of the accounts under examination",
            addresses::annex(index, w),
        ),
        titled(
            index.lang,
            "I",
            "Demandes en détail",
            "Requests in detail",
            requests::annex(index, w),
        ),
        titled(
            index.lang,
            "J",
            "Erreurs mesurées de la méthode",
            "Measured errors of the method",
            validation::annex(index, w),
        ),
    ];
    if !index.input.mail_origins.is_empty() {
        sections.push(titled(
            index.lang,
            "K",
            "Courriels, un par un",
            "Emails, one by one",
            mails::annex(index, w),
        ));
    }
    sections
}

/// A section with its title in French and in English.
fn titled(lang: Language, number: &str, fr: &str, en: &str, blocks: Vec<Block>) -> Section {
    section(number, lang.pick(fr, en), blocks)
}

/// A section of a document.
pub(crate) fn section(number: &str, title: &str, blocks: Vec<Block>) -> Section {
    let title = crate::french::spaced(title);
    Section { number: number.to_owned(), title, blocks, desk: false }
}
