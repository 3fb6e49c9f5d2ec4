//! Every text of a note, and every text of a laid-out document.

use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

use crate::{Block, Document, Run, RunKind, Statement, Text};

/// The texts of a note, in order, with titles.
pub(crate) fn texts(note: &Document) -> Vec<Text> {
    let mut out = vec![Text::from(note.title.as_str())];
    for section in &note.sections {
        out.push(section.title.as_str().into());
        out.extend(section.blocks.iter().flat_map(of_block));
    }
    out
}

fn of_block(block: &Block) -> Vec<Text> {
    let said = |statements: &[Statement]| statements.iter().map(|s| s.text().clone()).collect();
    match block {
        Block::Heading(text) => vec![text.clone()],
        Block::Paragraph(s) | Block::List(s) | Block::Numbered(s) => said(s),
        Block::Centred(lines) => lines.clone(),
        Block::Callout(callout) => {
            let mut out: Vec<Text> = said(&callout.statements);
            out.push(callout.title.as_str().into());
            out
        }
        Block::Card(facts) => facts.iter().map(|fact| fact.sentence.text().clone()).collect(),
        Block::Table(table) => {
            let mut out: Vec<Text> = table.rows.iter().flat_map(|row| row.cells.clone()).collect();
            out.push(table.caption.clone());
            out.extend(table.columns.iter().map(|c| Text::from(c.title.as_str())));
            out.extend(table.left_out.iter().map(|s| s.text().clone()));
            out
        }
        Block::Reference(table) => table.rows.concat(),
        Block::Bars(bars) => vec![bars.caption.clone()],
        Block::Curves(curves) => vec![curves.caption.clone()],
        Block::Figure(figure) => figure.texts().into_iter().cloned().collect(),
        Block::Passages(passages) => {
            let words = passages.rows.iter().flat_map(|row| &row.words);
            let mut out: Vec<Text> = words.map(|w| Text::new().data(&w.text, 1000)).collect();
            out.extend(passages.rows.iter().map(|row| row.account.clone()));
            out.push(passages.caption.clone());
            out
        }
    }
}

/// What the note itself says, without the words of exhibits.
pub(crate) fn own_words(note: &Document) -> String {
    let texts = texts(note);
    let own = |run: &&Run| matches!(run.kind, RunKind::Plain | RunKind::Strong);
    let words: Vec<&str> =
        texts.iter().flat_map(Text::runs).filter(own).map(|run| run.text.as_str()).collect();
    words.join(" ").to_lowercase()
}

/// The characters that a document sets, in the order of its frames.
pub(crate) fn set_text(document: &PagedDocument) -> String {
    let mut out = String::new();
    for page in document.pages() {
        collect(&page.frame, &mut out);
    }
    out
}

fn collect(frame: &Frame, out: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Text(text) => out.push_str(&text.text),
            FrameItem::Group(group) => collect(&group.frame, out),
            _ => {}
        }
    }
}
