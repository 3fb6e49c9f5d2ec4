//! Draft of the *plainte contre X*, for the public prosecutor.
//!
//! In: the accounts under examination, their messages, what the case states. Out: facts with dates
//! and places, qualifications « susceptibles », accounts and addresses, effects, witnesses,
//! exhibits; the preservation and the *réquisitions* asked for; the later constitution as civil
//! party. Refused: to name anybody.

use faisceau_graph::law::Fact;
use faisceau_model::{AccountKey, Role};

use super::chronology::Chronology;
use super::drafting::{Drafting, section};
use super::pieces::cite;
use super::{accounts, discussion, drafting, grounds, parties, pieces};
use crate::kind::DocumentKind;
use crate::model::{Block, Document};
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::wording::prose;
use crate::writer::Writer;

/// Whether there is anything to complain of: a message of an account under examination.
pub(super) fn has_object(d: &Drafting<'_>) -> bool {
    d.index.of_role(Role::Examined).next().is_some()
}

/// Drafts the complaint.
pub(super) fn complaint(d: &Drafting<'_>) -> Document {
    let mut writer = Writer::default();
    let w = &mut writer;
    let keys: Vec<&AccountKey> = d.index.of_role(Role::Examined).map(|(key, _)| key).collect();
    let chronology = Chronology::of(d, &keys);
    let pieces = accounts::exhibits_of(d, &keys);
    let opening = vec![
        Block::Centred(vec![
            Text::new().strong("PLAINTE CONTRE X"),
            Text::from("à Madame ou Monsieur le procureur de la République près le ")
                .then(parties::court(d)),
        ]),
        Block::Paragraph(prose(&d.words.complaint_draft)),
    ];
    let mut sections = vec![
        section("", "", opening),
        section("", "Plaignant", vec![parties::claimant(d, w)]),
        section("", "Objet", vec![Block::Paragraph(prose(&d.words.complaint_opening))]),
    ];
    let mut said = vec![chronology.overview(keys.len(), cite(&pieces), w), place(d, w)];
    said.extend(chronology.past(d, w));
    sections.push(section("I.", "Faits, dates et lieux", vec![Block::Paragraph(said)]));
    let designated = vec![
        Block::Paragraph(prose(&d.index.words.prose.handles)),
        accounts::table(d, &keys, w),
        chronology.table(d, w),
    ];
    sections.push(section("II.", "Comptes et messages", designated));
    let mut qualified = vec![Block::Paragraph(prose(&d.words.complaint_qualification))];
    qualified.extend(grounds::blocks(d, w));
    sections.push(section("III.", "Qualifications envisagées", qualified));
    let effects = vec![Block::Paragraph(vec![discussion::effects(d, w), certificate(d, w)])];
    sections.push(section("IV.", "Conséquences", effects));
    sections.push(section("V.", "Témoins", vec![Block::Paragraph(vec![witnesses(w)])]));
    sections.push(section("VI.", "Actes demandés", vec![Block::Numbered(requested(d, w))]));
    let later = vec![Block::Paragraph(prose(&d.words.complaint_afterwards))];
    sections.push(section("VII.", "Suites", later));
    let cited = pieces.into_iter().chain(chronology.exhibits()).collect();
    sections.push(section("", "Signature", vec![Block::Paragraph(vec![signature(w)])]));
    sections.push(section("", "Pièces jointes", vec![pieces::bordereau(d, &cited, w)]));
    let mut notes = prose(&d.words.notes_messages);
    notes.extend(prose(&d.words.notes_complaint));
    notes.extend(grounds::notes(d, w));
    sections.push(drafting::notes("Notes", vec![Block::List(notes)]));
    d.document(DocumentKind::Complaint, "", "", sections)
}

fn place(d: &Drafting<'_>, w: &mut Writer) -> Statement {
    let text = Text::from("Le contenu a été consulté depuis ")
        .given(&d.input.note.case.access_place, 120, "lieu d'accès aux contenus")
        .plain(" ; le plaignant demeure à ")
        .given(&d.input.facts.claimant.domicile, 160, "domicile du demandeur")
        .plain(".");
    let support = Support::one("set:case.access_place")
        .and("set:acts.claimant.domicile")
        .and("set:case.claimant_domicile");
    w.say(text, support)
}

fn certificate(d: &Drafting<'_>, w: &mut Writer) -> Statement {
    let text = match d.input.stated.itt_days {
        Some(_) => Text::from("Certificat médical : "),
        None => Text::from("Certificat médical et incapacité totale de travail, s'il y a lieu : "),
    };
    let text = text.blank("certificat médical : date, médecin, jours d'incapacité").plain(".");
    w.say(text, Support::one("set:case.facts"))
}

fn witnesses(w: &mut Writer) -> Statement {
    let text = Text::from("Personnes qui peuvent témoigner : ")
        .blank("témoins : nom, coordonnées, ce qu'ils ont vu (attestations, article 202 du code de procédure civile)")
        .plain(".");
    w.say(text, Support::one("set:acts.other_exhibits"))
}

fn signature(w: &mut Writer) -> Statement {
    let text = Text::from("Fait à ").blank("lieu et date de la plainte, signature").plain(".");
    w.say(text, Support::one("set:acts.claimant.names"))
}

/// Preservation, then the *réquisitions* that the maximum carries.
fn requested(d: &Drafting<'_>, w: &mut Writer) -> Vec<Statement> {
    let words = d.words;
    let mut out = prose(&words.complaint_preservation);
    let years = d.max_years().unwrap_or_default();
    out.extend(prose(if years >= 3.0 {
        &words.complaint_requisitions_serious
    } else if years >= 1.0 && d.states(Fact::Online) {
        &words.complaint_requisitions_network
    } else {
        &words.complaint_requisitions_none
    }));
    if let Some(first) = d.qualifications.first() {
        let text =
            Text::from("Maximum encouru au vu des faits déclarés, susceptibles de relever de ")
                .then(grounds::article(first))
                .plain(format!(" : {}.", grounds::penalty(first)));
        out.push(w.say(text, grounds::support()));
    }
    out
}
