//! Draft of the *assignation en référé* (article 145 CPC), one an addressee.
//!
//! In: the requests to one addressee, the facts of the case, the law. Out: the headings that a judge
//! expects, in their order; heads C1, C2 and C3 apart; blanks for what the case does not give; at
//! the end notes for the lawyer, to be taken out before use. Refused: to name a person as the holder
//! of an account, to ask for traffic data, to promise C3.

mod facts;
mod notes;

use faisceau_model::Head;

use super::drafting::{Drafting, heading, section};
use super::heads::{self, Tables};
use super::targets::Target;
use super::{discussion, drafting, parties, pieces};
use crate::kind::DocumentKind;
use crate::model::{Block, Document, Section};
use crate::sentence::Support;
use crate::text::Text;
use crate::wording::prose;
use crate::writer::Writer;

pub(super) use facts::Facts;
pub(super) use notes::notes;

/// Drafts the summons of one addressee.
pub(super) fn summons(d: &Drafting<'_>, target: &Target<'_>) -> Document {
    let mut writer = Writer::default();
    let w = &mut writer;
    let mut sections = vec![
        section("", "", opening(d, w)),
        section("", "Demandeur", vec![parties::claimant(d, w)]),
        section("", "Défendeur", vec![parties::defendant(target, w)]),
        section("", "Objet", vec![Block::Paragraph(prose(object(d, target)))]),
    ];
    let facts = Facts::of(d, target, w);
    sections.push(section("I.", "Faits", facts.blocks.clone()));
    sections.push(section("II.", "Discussion", discussed(d, target, &facts, false, w)));
    sections.push(dispositive(d, target, &facts, false, w));
    sections.push(section("", "Bordereau de pièces", vec![pieces::bordereau(d, &facts.cited, w)]));
    sections.push(drafting::notes("Notes pour l'avocat", notes(d, target, false, w)));
    d.document(DocumentKind::Summons, &target.code, target.name_for_title(), sections)
}

/// What the act asks, in a sentence.
pub(super) fn object(d: &Drafting<'_>, target: &Target<'_>) -> &'static [String] {
    if target.operator { &d.words.object_operator } else { &d.words.object_platform }
}

/// The discussion under its headings A to F.
pub(super) fn discussed(
    d: &Drafting<'_>,
    target: &Target<'_>,
    facts: &Facts<'_>,
    ex_parte: bool,
    w: &mut Writer,
) -> Vec<Block> {
    let connections = target.operator || heads::asked(d, target).contains(&Head::C3);
    let mut out = discussion::competence(d, w);
    out.extend(discussion::no_trial(d, w));
    out.extend(discussion::cause(d, target, w));
    out.extend(discussion::measure(d, target, w));
    out.extend(discussion::proportionality(d, target));
    out.extend(discussion::delay(d, (connections, ex_parte), facts.events(target), w));
    out
}

/// « PAR CES MOTIFS ».
pub(super) fn dispositive(
    d: &Drafting<'_>,
    target: &Target<'_>,
    facts: &Facts<'_>,
    ex_parte: bool,
    w: &mut Writer,
) -> Section {
    let tables = Tables { objects: &facts.objects, messages: &facts.messages };
    let mut blocks = vec![heads::visas(d, ex_parte)];
    let asked = "Il est demandé au président de la juridiction saisie de :";
    blocks.push(Block::Paragraph(vec![crate::sentence::Prose::new(asked).into()]));
    blocks.extend(heads::blocks(d, target, &tables, w));
    blocks.push(heading("Modalités"));
    blocks.push(heads::modalities(d, ex_parte, w));
    blocks.push(Block::Paragraph(vec![
        crate::sentence::Prose::new("Sous toutes réserves, et sans reconnaissance préjudiciable.")
            .into(),
    ]));
    section("", "PAR CES MOTIFS", blocks)
}

/// The court, the date, the hearing.
fn opening(d: &Drafting<'_>, w: &mut Writer) -> Vec<Block> {
    let centred = vec![
        Text::new().strong("ASSIGNATION EN RÉFÉRÉ"),
        Text::from("devant le président du ").then(parties::court(d)),
        "(article 145 du code de procédure civile)".into(),
    ];
    let served = Text::from("L'an ")
        .blank("date de la signification")
        .plain(", à la demande du demandeur désigné ci-après, assignation est donnée au défendeur d'avoir à comparaître à l'audience suivante : ")
        .given(&d.input.facts.hearing, 200, "lieu, jour et heure de l'audience")
        .plain(".");
    let constitution = Text::from("Délai pour constituer avocat : ")
        .blank("délai de constitution d'avocat (article 752 du code de procédure civile)")
        .plain(".");
    let mut said = vec![w.say(served, Support::one("set:acts.hearing").and("set:acts.court"))];
    said.push(w.say(constitution, Support::one("set:acts.lawyer")));
    said.extend(prose(&d.words.appearance));
    vec![Block::Centred(centred), Block::Paragraph(prose(&d.words.draft)), Block::Paragraph(said)]
}
