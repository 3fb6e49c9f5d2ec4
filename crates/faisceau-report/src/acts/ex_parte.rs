//! Draft of the *requête* (articles 145 and 493 CPC), one an addressee, and only where the case file
//! gives a reason why the other side must not be heard.
//!
//! In: as for the summons, and that reason. Out: the same facts and heads, with why contradiction
//! would defeat the measure, and the exhibits listed precisely (article 494).

use super::drafting::{Drafting, heading, section};
use super::summons::{Facts, discussed, dispositive, notes, object};
use super::targets::Target;
use super::{drafting, parties, pieces};
use crate::kind::DocumentKind;
use crate::model::{Block, Document};
use crate::sentence::Support;
use crate::text::Text;
use crate::wording::prose;
use crate::writer::Writer;

/// Characters of the reason against contradiction.
const REASON: usize = 8000;

/// Whether a *requête* may be drafted at all.
pub(super) fn has_reason(d: &Drafting<'_>) -> bool {
    !d.input.facts.reason_against_contradiction.trim().is_empty()
}

/// Drafts the *requête* against one addressee.
pub(super) fn ex_parte(d: &Drafting<'_>, target: &Target<'_>) -> Document {
    let mut writer = Writer::default();
    let w = &mut writer;
    let centred = vec![
        Text::new().strong("REQUÊTE"),
        Text::from("à Madame ou Monsieur le président du ").then(parties::court(d)),
        "(articles 145 et 493 et suivants du code de procédure civile)".into(),
    ];
    let mut sections = vec![
        section("", "", vec![Block::Centred(centred), Block::Paragraph(prose(&d.words.draft))]),
        section("", "Requérant", vec![parties::claimant(d, w)]),
        section(
            "",
            "Personne à laquelle la mesure serait opposée",
            vec![parties::defendant(target, w)],
        ),
        section("", "Objet", vec![Block::Paragraph(prose(object(d, target)))]),
    ];
    let facts = Facts::of(d, target, w);
    sections.push(section("I.", "Faits", facts.blocks.clone()));
    let mut discussion = without_contradiction(d, w);
    discussion.extend(discussed(d, target, &facts, true, w));
    sections.push(section("II.", "Discussion", discussion));
    sections.push(dispositive(d, target, &facts, true, w));
    let listed = "Pièces invoquées, dont copie est jointe à la requête";
    sections.push(section("", listed, vec![pieces::bordereau(d, &facts.cited, w)]));
    sections.push(drafting::notes("Notes pour l'avocat", notes(d, target, true, w)));
    d.document(DocumentKind::ExParte, &target.code, target.name_for_title(), sections)
}

/// Why the other side must not be heard.
fn without_contradiction(d: &Drafting<'_>, w: &mut Writer) -> Vec<Block> {
    let reason = &d.input.facts.reason_against_contradiction;
    let text = Text::from("Le requérant est fondé à ne pas appeler de partie adverse : ")
        .data(reason, REASON)
        .plain(" (pièce n° ")
        .blank("numéro de la pièce qui montre que le contradictoire ferait échec à la mesure")
        .plain(").");
    let support = Support::one("set:acts.reason_against_contradiction");
    vec![
        heading("Sur l'absence de contradictoire"),
        Block::Paragraph(prose(&d.words.ex_parte)),
        Block::Paragraph(vec![w.say(text, support)]),
    ]
}
