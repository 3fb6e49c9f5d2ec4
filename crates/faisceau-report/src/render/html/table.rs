//! Tables of a page.
//!
//! In: columns and rows. Out: `table` with a caption and heads that say what they head. A row is an
//! anchor of its id, and shows on its number what it rests on.

use super::text;
use crate::language::Language;
use crate::model::{Passages, Reference, Table, TableColumn};
use crate::render::escaped::push;
use crate::render::values::Values;
use crate::render::words::Words;
use crate::text::Text;

/// A numbered table and what it leaves out.
pub(super) fn table(out: &mut String, lang: Language, table: &Table) {
    open(out, &table.id);
    caption(out, &Words::of(lang).numbered(&table.id), &table.caption);
    heads(out, Words::of(lang).number, &table.columns);
    for (at, row) in table.rows.iter().enumerate() {
        lead(out, lang, &row.id, at + 1, row.support.as_slice());
        cells(out, &table.columns, &row.cells);
    }
    close(out);
    if let Some(sentence) = &table.left_out {
        out.push_str("<p class=\"note\">");
        text::sentence(out, lang, sentence);
        out.push_str("</p>\n");
    }
}

/// A table of the method.
pub(super) fn reference(out: &mut String, table: &Reference) {
    open(out, "");
    caption(out, "", &table.caption);
    heads(out, "", &table.columns);
    for row in &table.rows {
        out.push_str("<tr>");
        cells(out, &table.columns, row);
    }
    close(out);
}

/// Passages word by word.
pub(super) fn passages(out: &mut String, lang: Language, passages: &Passages) {
    open(out, &passages.id);
    let &Words { number, account, together, apart, factor, or_more, colon, .. } = Words::of(lang);
    caption(out, &Words::of(lang).numbered(&passages.id), &passages.caption);
    put!(
        out,
        "<thead><tr><th scope=\"col\">{number}</th><th scope=\"col\">{account}</th>\
         <th scope=\"col\">"
    );
    for (before, what, side) in [("", together, 1), ("\u{2003}", apart, -1)] {
        put!(out, "{before}{what}{colon}");
        text::stepped(out, side, &format!("{factor}\u{a0}2"));
        out.push_str(", ");
        text::stepped(out, 2 * side, &format!("{factor}\u{a0}5"));
        put!(out, " {or_more}");
    }
    out.push_str("</th></tr></thead>\n<tbody>\n");
    for (at, row) in passages.rows.iter().enumerate() {
        lead(out, lang, &row.id, at + 1, row.support.as_slice());
        out.push_str("<td>");
        text::text(out, &row.account);
        out.push_str("</td><td><bdi>");
        row.words.iter().for_each(|word| text::word(out, word));
        out.push_str("</bdi></td></tr>\n");
    }
    close(out);
}

/// The values of a figure.
pub(super) fn values(out: &mut String, values: &Values<'_>) {
    let columns: Vec<TableColumn> = (values.heads.iter().zip(&values.numeric))
        .map(|(title, numeric)| TableColumn { title: title.clone(), width: 1, numeric: *numeric })
        .collect();
    open(out, "");
    heads(out, "", &columns);
    for (_, row) in &values.rows {
        out.push_str("<tr>");
        cells(out, &columns, row);
    }
    close(out);
}

fn open(out: &mut String, id: &str) {
    out.push_str("<div class=\"wide\"><table");
    if !id.is_empty() {
        out.push_str(" id=\"");
        push(out, id);
        out.push('"');
    }
    out.push_str(">\n");
}

fn close(out: &mut String) {
    out.push_str("</tbody>\n</table></div>\n");
}

/// `Tableau T3 – what it shows`, `Table T3 – what it shows`.
pub(super) fn label(out: &mut String, label: &str, caption: &Text) {
    if !label.is_empty() {
        out.push_str("<b>");
        push(out, label);
        out.push_str("</b> – ");
    }
    text::text(out, caption);
}

fn caption(out: &mut String, said: &str, caption: &Text) {
    out.push_str("<caption>");
    label(out, said, caption);
    out.push_str("</caption>\n");
}

/// The heads; `number` stands over the numbers of rows, where they have some.
fn heads(out: &mut String, number: &str, columns: &[TableColumn]) {
    out.push_str("<thead><tr>");
    if !number.is_empty() {
        put!(out, "<th scope=\"col\">{number}</th>");
    }
    for column in columns {
        let class = if column.numeric { " class=\"number\"" } else { "" };
        put!(out, "<th scope=\"col\"{class}>");
        push(out, &column.title);
        out.push_str("</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
}

/// Opens a row with its number.
fn lead(out: &mut String, lang: Language, id: &str, number: usize, support: &[String]) {
    out.push_str("<tr id=\"");
    push(out, id);
    out.push_str("\"><td class=\"row\"><a href=\"#");
    push(out, id);
    out.push_str("\" title=\"");
    push(out, &text::supports(lang, support));
    put!(out, "\">{number}</a></td>");
}

/// The cells of a row, and its end.
fn cells(out: &mut String, columns: &[TableColumn], cells: &[Text]) {
    for (at, cell) in cells.iter().enumerate() {
        let numeric = columns.get(at).is_some_and(|column| column.numeric);
        out.push_str(if numeric { "<td class=\"number\">" } else { "<td>" });
        text::text(out, cell);
        out.push_str("</td>");
    }
    out.push_str("</tr>\n");
}
