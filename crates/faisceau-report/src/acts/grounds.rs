//! The qualifications that the stated facts allow, « susceptibles de », with their maxima.
//!
//! In: what `case.toml` states, through [`faisceau_graph::law::Law::max_penalty`]. Out: sentences
//! and a table that says how each maximum is reached; apart from them, what is still to be shown and
//! the traps, for the lawyer alone. Nothing is deduced from the exhibits.

use faisceau_graph::law::{GravityLevel, Qualification};

use super::drafting::Drafting;
use super::parties::unverified;
use crate::french::{count, term};
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column};

/// Qualifications shown.
const SHOWN: usize = 12;

/// What the facts stated and the law carry.
pub(super) fn support() -> Support {
    Support::one("set:case.facts").and("dat:law")
}

/// The sentence on the gravest qualification, then the table of all.
pub(super) fn blocks(d: &Drafting<'_>, w: &mut Writer) -> Vec<Block> {
    let Some(first) = d.qualifications.first() else {
        let text = Text::from("Qualification envisagée : ")
            .blank("faits en cause, texte dont ils sont susceptibles de relever, maximum encouru")
            .plain(".");
        return vec![Block::Paragraph(vec![w.say(text, support())])];
    };
    let text = Text::from("Les faits exposés sont susceptibles de relever de ")
        .then(article(first))
        .plain(format!(" ; le maximum encouru est de {}", penalty(first)))
        .plain(unverified(first.status))
        .plain(".");
    vec![Block::Paragraph(vec![w.say(text, support())]), table(d, w)]
}

fn table(d: &Drafting<'_>, w: &mut Writer) -> Block {
    let columns = vec![
        column("Texte dont les faits sont susceptibles de relever", 8),
        column("Maximum encouru", 6),
        column("Comment ce maximum est atteint", 14),
    ];
    let total = d.qualifications.len();
    let rows = d.qualifications.iter().map(|q| {
        let steps = q.reasoning.iter().map(|step| Text::from(step.as_str()));
        let cells = vec![
            article(q).plain(unverified(q.status)),
            penalty(q).into(),
            Text::join(steps, " – "),
        ];
        (cells, support())
    });
    let limit = Limit::listed(SHOWN, ["qualification", "qualifications"], support());
    w.table("Qualifications envisagées et maximum encouru", columns, rows, total, limit)
}

/// `l'article 222-33-2-2 du code pénal (harcèlement moral)`.
pub(super) fn article(q: &Qualification) -> Text {
    format!("l'article {} du code pénal ({})", q.article, q.name).into()
}

/// `3 ans d'emprisonnement et 45 000 € d'amende`.
pub(super) fn penalty(q: &Qualification) -> String {
    let prison = format!("{} d'emprisonnement", term(q.years));
    match q.fine_eur {
        Some(fine) => format!("{prison} et {}\u{a0}€ d'amende", count(fine)),
        None => prison,
    }
}

/// For the lawyer: what is still to be shown, what may turn against the claimant.
pub(super) fn notes(d: &Drafting<'_>, w: &mut Writer) -> Vec<Statement> {
    let mut out = Vec::new();
    for q in d.qualifications.iter().take(SHOWN) {
        let label = format!("Article {} : ", q.article);
        if !q.to_prove.is_empty() {
            let text = Text::from(label.as_str())
                .plain("reste à montrer : ")
                .plain(q.to_prove.join(" ; "))
                .plain(".");
            out.push(w.say(text, support()));
        }
        for trap in &q.traps {
            let text = Text::from(label.as_str()).plain(trap).plain(commented(trap));
            out.push(w.say(text, support()));
        }
        if q.complaint_missing {
            let text = Text::from(label.as_str()).plain(
                "la poursuite suppose une plainte de la victime, que le dossier ne déclare pas.",
            );
            out.push(w.say(text, support()));
        }
    }
    for press in d.input.law.press() {
        let deadline = d.input.law.deadline(&press.deadline).map_or("", |to| to.label.as_str());
        let text = Text::from(format!("{} ({deadline}) : {}", press.name, press.trap));
        let check = match commented(&press.trap) {
            "" => unverified(press.status),
            check => check,
        };
        out.push(w.say(text.plain(check), Support::one("dat:law")));
    }
    out.extend(prose(&d.words.notes_press));
    out
}

/// What follows a text of the law files that cites a decision: none was read in full.
fn commented(text: &str) -> &'static str {
    let decisions = ["Crim.", "Cass.", "CA ", "TJ ", "CJUE", " c/ ", "cour d'appel"];
    let cites = decisions.iter().any(|decision| text.contains(decision));
    if cites && !text.contains("à vérifier") { " (à vérifier)" } else { "" }
}

/// For the lawyer: what decisions did with connection data under this maximum.
pub(super) fn gravity_notes(d: &Drafting<'_>, w: &mut Writer) -> Vec<Statement> {
    let Some(step) = d.max_years().and_then(|years| d.input.law.gravity(years)) else {
        return Vec::new();
    };
    let text = Text::from(step.basis.as_str())
        .plain(" Décisions : ")
        .plain(step.decisions.join(" ; "))
        .plain(unverified(step.status))
        .plain(".");
    let mut out = vec![w.say(text, support())];
    if d.gravity() >= GravityLevel::Arguable {
        out.extend(prose(&d.words.notes_c3));
    }
    out
}
