//! The main part of the package: sections and blocks.
//!
//! In: the model. Out: `word/document.xml`, and how many numbered lists it uses.

use super::paragraph::Paragraph;
use super::parts::{FIRST_LIST, NAMESPACES};
use super::table::{Table, passages};
use crate::language::Language;
use crate::model::{Block, Callout, Document, Reference};
use crate::render::outline::{heading, starts_page, title};
use crate::render::values;
use crate::render::words::Words;
use crate::sentence::{Prose, Statement};
use crate::text::Text;

/// What keeps a paragraph with the next one and in one piece.
const KEPT: &str = "<w:keepNext/><w:keepLines/>";

/// How many labelled facts stay together on a page.
const KEPT_FACTS: usize = 14;

/// The main part and the number of its numbered lists.
pub(super) fn body(document: &Document) -> (String, usize) {
    let lang = document.language;
    let mut body = Body { out: String::new(), lang, lists: 0, after_table: false };
    put!(
        body.out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <w:document {NAMESPACES}><w:body>"
    );
    body.paragraph("Title").words(title(document)).close();
    let blanks = document.blanks();
    if !blanks.is_empty() {
        let items: Vec<Statement> =
            blanks.iter().map(|what| Prose::new(what.as_str()).into()).collect();
        body.callout(Words::of(lang).blanks, &items);
    }
    for section in &document.sections {
        let head = heading(document, section);
        if !head.is_empty() {
            let breaks = starts_page(document, section);
            let properties = if breaks { "<w:pageBreakBefore/>" } else { "" };
            body.paragraph_with("Heading1", properties).words(&head).close();
        }
        for block in &section.blocks {
            body.block(block);
        }
    }
    body.separate();
    body.out.push_str(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/>\
         <w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
         <w:pgMar w:top=\"1134\" w:right=\"1304\" w:bottom=\"1247\" w:left=\"1304\" \
         w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
    );
    (body.out, body.lists)
}

struct Body {
    out: String,
    lang: Language,
    lists: usize,
    /// Two tables in a row are one to a word processor, and a body cannot end with one.
    after_table: bool,
}

impl Body {
    fn paragraph(&mut self, style: &str) -> Paragraph<'_> {
        self.paragraph_with(style, "")
    }

    fn paragraph_with(&mut self, style: &str, properties: &str) -> Paragraph<'_> {
        self.after_table = false;
        Paragraph::open_with(&mut self.out, style, properties)
    }

    fn separate(&mut self) {
        if self.after_table {
            self.paragraph("TableEnd").close();
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(text) => self.paragraph("Heading2").text(text).close(),
            Block::Paragraph(statements) => {
                let mut paragraph = self.paragraph("BodyText");
                for (at, statement) in statements.iter().enumerate() {
                    if at > 0 {
                        paragraph = paragraph.words(" ");
                    }
                    paragraph = paragraph.statement(statement);
                }
                paragraph.close();
            }
            Block::List(statements) => {
                for statement in statements {
                    self.paragraph("ListBullet").statement(statement).close();
                }
            }
            Block::Numbered(statements) => self.numbered(statements),
            Block::Centred(lines) => self.centred(lines),
            Block::Callout(Callout { title, statements }) => {
                self.callout(title, statements);
            }
            Block::Card(facts) => {
                self.separate();
                let mut table = Table::card(&mut self.out);
                for (at, fact) in facts.iter().enumerate() {
                    table.fact(fact, facts.len() <= KEPT_FACTS && at + 1 < facts.len());
                }
                table.close();
                self.after_table = true;
            }
            Block::Table(table) => self.table(table),
            Block::Reference(table) => self.reference(table),
            Block::Passages(rows) => {
                let label = Words::of(self.lang).numbered(&rows.id);
                let alt = self.caption(&label, &rows.caption);
                passages(&mut self.out, self.lang, rows, &alt);
                self.after_table = true;
            }
            _ => self.figure(block),
        }
    }

    /// A box: a title and lines, on one page, with a line to its left.
    fn callout(&mut self, title: &str, items: &[Statement]) {
        let kept = if items.is_empty() { "" } else { KEPT };
        self.paragraph_with("CalloutTitle", kept).words(title).close();
        for (at, item) in items.iter().enumerate() {
            let kept = if at + 1 < items.len() { KEPT } else { "<w:keepLines/>" };
            self.paragraph_with("CalloutItem", kept).statement(item).close();
        }
        self.separate_callout();
    }

    /// Two boxes in a row would be one.
    fn separate_callout(&mut self) {
        self.paragraph("TableEnd").close();
    }

    fn numbered(&mut self, statements: &[Statement]) {
        let number = FIRST_LIST + self.lists;
        self.lists += 1;
        let properties =
            format!("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{number}\"/></w:numPr>");
        for statement in statements {
            self.paragraph_with("ListNumber", &properties).statement(statement).close();
        }
    }

    fn centred(&mut self, lines: &[Text]) {
        let mut paragraph = self.paragraph("Centred");
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                paragraph = paragraph.line_end();
            }
            paragraph = paragraph.text(line);
        }
        paragraph.close();
    }

    fn table(&mut self, table: &crate::model::Table) {
        let words = Words::of(self.lang);
        let alt = self.caption(&words.numbered(&table.id), &table.caption);
        let mut rows = Table::open(&mut self.out, &alt, &table.columns, words.number);
        table.rows.iter().for_each(|row| rows.texts(&row.cells));
        rows.close();
        self.after_table = true;
        if let Some(sentence) = &table.left_out {
            self.paragraph("TableNote").sentence(sentence).close();
        }
    }

    fn reference(&mut self, table: &Reference) {
        let alt = self.caption("", &table.caption);
        let mut rows = Table::open(&mut self.out, &alt, &table.columns, "");
        table.rows.iter().for_each(|row| rows.texts(row));
        rows.close();
        self.after_table = true;
    }

    /// The values of a figure, which say what the drawing shows.
    fn figure(&mut self, block: &Block) {
        let Some(figure) = values::of(block, self.lang) else { return };
        let alt = self.caption(&figure.label(), figure.caption);
        let mut rows = Table::of_values(&mut self.out, &alt, &figure);
        for (total, cells) in &figure.rows {
            if *total { rows.total(cells) } else { rows.texts(cells) }
        }
        rows.close();
        self.after_table = true;
    }

    /// The caption over a table; the same in plain characters.
    fn caption(&mut self, label: &str, caption: &Text) -> String {
        if label.is_empty() && caption.runs().is_empty() {
            self.separate();
            return String::new();
        }
        let paragraph = self.paragraph("Caption");
        if label.is_empty() {
            paragraph.text(caption).close();
            return caption.to_plain();
        }
        let label = format!("{label} – ");
        paragraph.styled("CaptionLabel", &label).text(caption).close();
        format!("{label}{}", caption.to_plain())
    }
}
