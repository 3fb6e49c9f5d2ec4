//! Blocks of a page.
//!
//! In: blocks of the model. Out: elements that say what they are to who does not see them.

use super::{chart, table, tagged, text};
use crate::language::Language;
use crate::model::{Block, Callout, Fact};
use crate::render::escaped::push;
use crate::render::values;
use crate::render::words::Words;
use crate::sentence::Statement;
use crate::text::Text;

/// Writes a block.
pub(super) fn block(out: &mut String, lang: Language, block: &Block) {
    match block {
        Block::Heading(head) => {
            out.push_str("<h3>");
            text::text(out, head);
            out.push_str("</h3>\n");
        }
        Block::Paragraph(statements) => {
            out.push_str("<p>");
            for (at, statement) in statements.iter().enumerate() {
                if at > 0 {
                    out.push(' ');
                }
                text::statement(out, lang, statement);
            }
            out.push_str("</p>\n");
        }
        Block::List(statements) => list(out, lang, "ul", statements),
        Block::Numbered(statements) => list(out, lang, "ol", statements),
        Block::Centred(lines) => centred(out, lines),
        Block::Callout(Callout { title, statements }) => {
            out.push_str("<aside class=\"callout\">\n");
            tagged(out, "p", " class=\"head\"", title);
            list(out, lang, "ul", statements);
            out.push_str("</aside>\n");
        }
        Block::Card(facts) => card(out, lang, facts),
        Block::Table(rows) => table::table(out, lang, rows),
        Block::Reference(rows) => table::reference(out, rows),
        Block::Passages(rows) => table::passages(out, lang, rows),
        _ => figure(out, lang, block),
    }
}

fn list(out: &mut String, lang: Language, name: &str, statements: &[Statement]) {
    put!(out, "<{name}>\n");
    for statement in statements {
        out.push_str("<li>");
        text::statement(out, lang, statement);
        out.push_str("</li>\n");
    }
    put!(out, "</{name}>\n");
}

fn centred(out: &mut String, lines: &[Text]) {
    out.push_str("<p class=\"centred\">");
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            out.push_str("<br>");
        }
        text::text(out, line);
    }
    out.push_str("</p>\n");
}

fn card(out: &mut String, lang: Language, facts: &[Fact]) {
    out.push_str("<dl>\n");
    for fact in facts {
        out.push_str("<dt>");
        push(out, &fact.label);
        out.push_str("</dt><dd>");
        text::sentence(out, lang, &fact.sentence);
        out.push_str("</dd>\n");
    }
    out.push_str("</dl>\n");
}

/// A drawing, and the values that it shows.
fn figure(out: &mut String, lang: Language, block: &Block) {
    let Some(values) = values::of(block, lang) else { return };
    out.push_str("<figure id=\"");
    push(out, values.id);
    out.push_str("\">\n");
    let drawn = chart::chart(out, lang, block, &values.alt);
    out.push_str("<figcaption title=\"");
    push(out, &text::supports(lang, values.support));
    out.push_str("\">");
    table::label(out, &values.label(), values.caption);
    out.push_str("</figcaption>\n");
    if drawn {
        put!(out, "<details><summary>{}</summary>\n", Words::of(lang).values);
        table::values(out, &values);
        out.push_str("</details>\n");
    } else {
        table::values(out, &values);
    }
    out.push_str("</figure>\n");
}
