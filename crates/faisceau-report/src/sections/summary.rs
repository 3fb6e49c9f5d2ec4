//! The first page: what is established, what is not, what stays unknown, what to ask.
//!
//! Every list is bounded and every name cut, so that the page stays one page.

mod established;
mod unknown;
mod unproven;
mod urgent;

use crate::french::{day, spaced};
use crate::index::Index;
use crate::model::{Block, Callout, Fact};
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::writer::Writer;

/// Longest list of numbers or names in a sentence of the page.
const LISTED: usize = 6;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let mut blocks = vec![Block::Card(card(index, w))];
    let boxes: [(&str, Write); 3] = [
        ("Ce qui est établi", established::statements),
        ("Ce qui ne l'est pas", unproven::statements),
        ("Ce qui reste inconnu", unknown::statements),
    ];
    for (title, write) in boxes {
        let statements = write(index, w);
        blocks.push(Block::Callout(Callout { title: spaced(title), statements }));
    }
    blocks.push(Block::Heading("À demander, à qui, avant quand".into()));
    blocks.extend(urgent::blocks(index, w));
    blocks
}

type Write = fn(&Index<'_>, &mut Writer) -> Vec<Statement>;

fn card(index: &Index<'_>, w: &mut Writer) -> Vec<Fact> {
    let case = index.input.case;
    let mut claimant = Text::new().data(&case.claimant, 80);
    if !case.capacity.trim().is_empty() {
        claimant = claimant.plain(", ").data(&case.capacity, 120);
    }
    let set = |key: &str| Support::one(format!("set:case.{key}"));
    let mut facts = vec![
        w.fact("Affaire", Text::new().data(&case.title, 120), set("title")),
        w.fact("À la demande de", claimant, set("claimant").and("set:case.capacity")),
        w.fact("Établie au", day(case.as_of), set("as_of")),
    ];
    if !case.access_place.trim().is_empty() {
        let text = Text::new().data(&case.access_place, 80);
        facts.push(w.fact("Contenus consultés depuis", text, set("access_place")));
    }
    facts
}
