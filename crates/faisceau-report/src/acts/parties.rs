//! The parties: the claimant as article 54 CPC wants a person named, the lawyer, the addressee.
//!
//! In: `[acts]` and `[case]`, the entry of the law files. Out: labelled facts, a blank for each that
//! the case does not give. Refused: to call any entry of a register sure.

use faisceau_graph::law::{Fact as Stated, Status};

use super::drafting::Drafting;
use super::targets::Target;
use crate::model::{Block, Fact};
use crate::sentence::Support;
use crate::text::Text;
use crate::writer::Writer;

/// The claimant and the lawyer. `role` heads the lawyer's line: « Ayant pour avocat ».
pub(super) fn claimant(d: &Drafting<'_>, w: &mut Writer) -> Block {
    let facts = &d.input.facts.claimant;
    let case = &d.input.note.case;
    let set = |name: &str| Support::one(format!("set:acts.claimant.{name}"));
    let mut card = vec![
        w.fact("Nom et prénoms", d.claimant(), set("names").and("set:case.claimant")),
        given(w, "Profession", &facts.profession, "profession du demandeur", set("profession")),
        given(
            w,
            "Domicile",
            &facts.domicile,
            "domicile du demandeur",
            set("domicile").and("set:case.claimant_domicile"),
        ),
        given(w, "Nationalité", &facts.nationality, "nationalité du demandeur", set("nationality")),
        given(w, "Né(e)", &facts.born, "date et lieu de naissance du demandeur", set("born")),
        given(
            w,
            "Qualité",
            &case.capacity,
            "qualité dans laquelle agit le demandeur",
            Support::one("set:case.capacity"),
        ),
    ];
    if d.states(Stated::Minor) {
        let text = Text::new()
            .blank("nom, prénoms, date et lieu de naissance du mineur représenté")
            .plain(", le demandeur agissant ès qualités de représentant légal (articles 382 et 388-1-1 du code civil)");
        card.push(w.fact("Mineur", text, Support::one("set:case.facts")));
    }
    card.push(lawyer(d, w));
    Block::Card(card)
}

fn lawyer(d: &Drafting<'_>, w: &mut Writer) -> Fact {
    let what = "avocat : nom, barreau, toque, adresse";
    given(w, "Avocat constitué", &d.input.facts.lawyer, what, Support::one("set:acts.lawyer"))
}

fn given(w: &mut Writer, label: &str, text: &str, what: &str, support: Support) -> Fact {
    w.fact(label, Text::new().given(text, 300, what), support)
}

/// The addressee: entity and seat, to be checked in the register on the day of the act.
pub(super) fn defendant(target: &Target<'_>, w: &mut Writer) -> Block {
    let rows = target.requests.iter().take(24).map(|row| &row.id);
    let support = Support::one("dat:law").and_all(rows);
    let check = " (à vérifier au registre au jour de l'acte)";
    let mut name = target.named();
    if target.known.is_none() && !target.nameless() {
        name = name.plain(", nom que donnent les pièces ou les jeux de données");
    }
    let entry = target.known;
    let seat = entry.map_or("", |to| to.seat.as_str());
    let register = entry.and_then(|to| to.registry.as_deref()).unwrap_or_default();
    let mut card = vec![w.fact("Dénomination", name.plain(check), support.clone())];
    let seat = match seat {
        "" => Text::new().blank("siège du défendeur"),
        // The law files are ours: their words take the spaces of French.
        seat => Text::from(seat),
    };
    let seat = seat.plain(check);
    card.push(w.fact("Siège", seat, support.clone()));
    let what = "immatriculation du défendeur (Kbis, CRO, KVK)";
    let register = Text::new().given(register, 80, what);
    card.push(w.fact("Registre", register, support.clone()));
    if let Some(contact) = entry.and_then(|to| to.dsa_contact.as_deref()) {
        card.push(w.fact("Contact (DSA)", Text::from(contact), support.clone()));
    }
    if let Some(entry) = entry {
        let source = Text::from("entrée du ")
            .plain(crate::french::iso_day(&entry.checked))
            .plain(" ; source : ")
            .data(&entry.source, 160)
            .plain(unverified(entry.status));
        card.push(w.fact("Origine", source, support));
    }
    Block::Card(card)
}

/// What follows a text that was not read itself.
pub(super) fn unverified(status: Status) -> &'static str {
    if status == Status::Verified { "" } else { " (à vérifier)" }
}

/// The court: `Devant le président du tribunal judiciaire de Paris`.
pub(super) fn court(d: &Drafting<'_>) -> Text {
    Text::new().given(&d.input.facts.court, 160, "juridiction saisie (tribunal judiciaire de …)")
}
