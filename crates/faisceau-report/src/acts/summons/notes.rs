//! Notes for the lawyer, to be taken out before use: what is still to be shown, what may turn
//! against the claimant, what was left out of the act and why.

use std::collections::BTreeSet;

use faisceau_model::{ExhibitNo, Head};

use crate::acts::drafting::Drafting;
use crate::acts::pieces::cite;
use crate::acts::targets::Target;
use crate::acts::{grounds, heads};
use crate::french::counted;
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::wording::prose;
use crate::writer::Writer;

/// The notes.
pub(in crate::acts) fn notes(
    d: &Drafting<'_>,
    target: &Target<'_>,
    ex_parte: bool,
    w: &mut Writer,
) -> Vec<Block> {
    let mut said = vec![freshness(d, w)];
    if ex_parte {
        said.extend(prose(&d.words.notes_ex_parte));
    }
    said.extend(prose(&d.words.notes_summons));
    said.extend(left_out(target, w));
    said.extend(missing(d, target, w));
    if target.operator {
        said.extend(prose(&d.words.notes_operator));
    } else {
        said.extend(prose(&d.words.notes_messages));
        if !heads::asked(d, target).contains(&Head::C3) {
            said.extend(prose(&d.words.c3_absent));
        }
        said.extend(grounds::gravity_notes(d, w));
    }
    said.extend(grounds::notes(d, w));
    if let Some(note) = target.known.and_then(|known| known.note.as_deref()) {
        let text = Text::from("Destinataire : ").plain(note);
        said.push(w.say(text, Support::one("dat:law")));
    }
    vec![Block::List(said)]
}

/// Up to when the law files were verified.
fn freshness(d: &Drafting<'_>, w: &mut Writer) -> Statement {
    let until = d.input.law.known_until();
    let month = crate::french::iso_day(&format!("{until}-01"));
    let text = Text::from("Aucun texte n'est vérifié après ")
        .plain(month.strip_prefix("1er\u{a0}").unwrap_or(until))
        .plain(" : le relire sur Légifrance avant usage (")
        .code("faisceau law check")
        .plain(" énumère ce qui est ancien ou non vérifié).");
    w.say(text, Support::one("dat:law"))
}

/// Requests that the act does not make, with the reason.
fn left_out(target: &Target<'_>, w: &mut Writer) -> Vec<Statement> {
    let mut out = Vec::new();
    if !target.answered.is_empty() {
        let answers: BTreeSet<ExhibitNo> = target
            .answered
            .iter()
            .flat_map(|row| &row.answered_by)
            .filter_map(|number| number.parse().ok())
            .collect();
        let text = Text::from(format!(
            "Ne figure pas dans cet acte ce à quoi une pièce répond déjà : {} (",
            counted(target.answered.len(), "demande", "demandes"),
        ));
        let text = text.then(cite(&answers)).plain("). Vérifier que la réponse est complète.");
        let rows = target.answered.iter().map(|row| &row.id);
        out.push(w.say(text, Support::every(rows, "requests")));
    }
    if !target.undated.is_empty() {
        let text = format!(
            "Ne figure pas dans cet acte, faute d'instant : {}. Aucun opérateur ne peut y répondre.",
            counted(target.undated.len(), "adresse", "adresses"),
        );
        let rows = target.undated.iter().map(|row| &row.id);
        out.push(w.say(text, Support::every(rows, "requests?hop=2")));
    }
    out
}

/// What the requests lack, each code once, with how many lack it.
fn missing(d: &Drafting<'_>, target: &Target<'_>, w: &mut Writer) -> Vec<Statement> {
    let codes: BTreeSet<&str> =
        target.requests.iter().flat_map(|row| &row.missing).map(String::as_str).collect();
    let said = codes.into_iter().map(|code| {
        let rows: Vec<_> =
            target.requests.iter().filter(|row| row.missing.iter().any(|c| c == code)).collect();
        let c3 = rows.iter().filter(|row| row.head == Head::C3).count();
        let heads = if c3 == rows.len() { " de C3" } else { "" };
        let text = Text::from("Manque : ")
            .data(d.index.words.missing(code), 160)
            .plain(format!(" ({}{heads}).", counted(rows.len(), "demande", "demandes")));
        w.say(text, Support::every(rows.iter().map(|row| &row.id), "requests"))
    });
    said.collect()
}
