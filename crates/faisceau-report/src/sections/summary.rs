//! The first page: what is established, what is not, what stays unknown, what to ask.
//!
//! Every list is bounded and every name cut, so that the page stays one page.

mod established;
mod unknown;
mod unproven;
mod urgent;

use crate::french::spaced;
use crate::index::Index;
use crate::model::{Block, Callout, Fact};
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::writer::Writer;

/// Longest list of numbers or names in a sentence of the page.
const LISTED: usize = 6;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let lang = index.lang;
    let mut blocks = vec![Block::Card(card(index, w))];
    let boxes: [(&str, Write); 3] = [
        (lang.pick("Ce qui est établi", "What is established"), established::statements),
        (lang.pick("Ce qui ne l'est pas", "What is not established"), unproven::statements),
        (lang.pick("Ce qui reste inconnu", "What remains unknown"), unknown::statements),
    ];
    for (title, write) in boxes {
        let statements = write(index, w);
        blocks.push(Block::Callout(Callout { title: spaced(title), statements }));
    }
    let heading =
        lang.pick("À demander, à qui, avant quand", "What to request, from whom, by when");
    blocks.push(Block::Heading(heading.into()));
    blocks.extend(urgent::blocks(index, w));
    blocks
}

type Write = fn(&Index<'_>, &mut Writer) -> Vec<Statement>;

fn card(index: &Index<'_>, w: &mut Writer) -> Vec<Fact> {
    let (lang, case) = (index.lang, index.input.case);
    let mut claimant = Text::new().data(&case.claimant, 80);
    if !case.capacity.trim().is_empty() {
        claimant = claimant.plain(", ").data(&case.capacity, 120);
    }
    let set = |key: &str| Support::one(format!("set:case.{key}"));
    let mut facts = vec![
        w.fact(lang.pick("Affaire", "Case"), Text::new().data(&case.title, 120), set("title")),
        w.fact(
            lang.pick("À la demande de", "At the request of"),
            claimant,
            set("claimant").and("set:case.capacity"),
        ),
        w.fact(lang.pick("Établie au", "Drawn up as at"), lang.day(case.as_of), set("as_of")),
    ];
    if !case.access_place.trim().is_empty() {
        let text = Text::new().data(&case.access_place, 80);
        let label = lang.pick("Contenus consultés depuis", "Content viewed from");
        facts.push(w.fact(label, text, set("access_place")));
    }
    facts
}
