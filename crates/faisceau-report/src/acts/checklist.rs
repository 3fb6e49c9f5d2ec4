//! The steps in their order, with their dates.
//!
//! In: the requests, the messages under examination, the deadlines of the law files. Out: what to
//! do first, the first data to lapse at each addressee, the deadlines of press law message by
//! message, those of *délits* by account, the traps in words. Refuses: a day for a message
//! without a time; a day later than the true one.

mod by_message;
mod retention;

use super::attached::{said, texts};
use super::desk::{Desk, section};
use super::posts::{Item, support_of};
use crate::french::{counted, day};
use crate::kind::DocumentKind;
use crate::model::{Block, Callout, Document};
use crate::sections::requests::{in_order, is_past};
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::writer::Writer;

pub(super) fn draft(desk: &Desk<'_>) -> Document {
    let mut w = Writer::default();
    let w = &mut w;
    let words = &texts().checklist;
    let emergency =
        Callout { title: "En cas de danger".to_owned(), statements: said(&words.emergency) };
    let mut first = vec![Block::Callout(emergency), Block::Numbered(said(&words.order))];
    let state = state(desk, w);
    if !state.is_empty() {
        first.push(Block::Heading("Où en est le dossier".into()));
        first.push(Block::List(state));
    }
    first.push(Block::Paragraph(said(&words.silence)));
    let mut sections = vec![
        section("Ordre des actes", first),
        section("Comment les jours sont comptés", vec![Block::Paragraph(said(&words.counting))]),
    ];
    sections.extend(retention::section_of(desk, w));
    sections.extend(by_message::sections(desk, w));
    desk.document(DocumentKind::Checklist, sections)
}

/// What the tables say of each step.
fn state(desk: &Desk<'_>, w: &mut Writer) -> Vec<Statement> {
    let mut out = Vec::new();
    let exhibits = desk.index.input.exhibits;
    if !exhibits.is_empty() {
        let text = format!(
            "Figées : {}.",
            counted(exhibits.len(), "pièce du dossier", "pièces du dossier")
        );
        out.push(w.say(text, Support::one("exhibits")));
    }
    let located: Vec<&Item<'_>> = desk.items().filter(|item| item.located()).collect();
    if !located.is_empty() {
        let text = format!(
            "À faire constater : {}.",
            counted(
                located.len(),
                "message à une adresse publique",
                "messages à une adresse publique"
            )
        );
        out.push(w.say(text, support_of(located)));
    }
    let requests = in_order(desk.index);
    let open = |row: &&faisceau_model::rows::Request| {
        row.last_day.known().is_some() && !is_past(desk.index, row) && !row.leads_nowhere()
    };
    if let Some(row) = requests.iter().copied().find(open) {
        let last = row.last_day.known().and_then(|last| last.parse().ok()).map(day);
        let text = Text::from("À demander d'abord : à ")
            .data(&row.addressee, 60)
            .plain(format!(", au titre de {}, avant la fin du ", row.head))
            .strong(last.unwrap_or_default())
            .plain(".");
        out.push(w.say(text, Support::one(&row.id).and_all(row.rows.iter().take(24))));
    }
    out
}
