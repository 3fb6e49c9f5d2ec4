//! Tables of `WordprocessingML`.
//!
//! In: columns with their shares of the width, rows. Out: `w:tbl` of fixed widths whose head is
//! repeated on each page and whose rows are not torn; the head keeps with the first row.

use super::paragraph::Paragraph;
use crate::language::Language;
use crate::model::{Passages, TableColumn};
use crate::render::escaped;
use crate::render::values::Values;
use crate::render::words::Words;
use crate::text::Text;

/// Width of the text, in twentieths of a point: A4 less two margins of 2.3 cm.
pub(super) const WIDTH: usize = 9298;
/// Width of the column of numbers.
const NUMBER: usize = 440;
/// Width of a letter of a head, and of the margins of a cell.
const LETTER: usize = 96;
const MARGINS: usize = 150;

/// What sets a paragraph to the right.
const RIGHT: &str = "<w:jc w:val=\"right\"/>";

/// A column: its share of the width, and whether it holds numbers.
#[derive(Clone, Copy)]
struct Column {
    twips: usize,
    numeric: bool,
}

/// A table that is being written.
pub(super) struct Table<'a> {
    out: &'a mut String,
    columns: Vec<Column>,
    numbered: bool,
    rows: usize,
}

/// Splits a width by shares, none less than its column needs; what rounding leaves goes to the
/// last. Where the needs are more than the width, the shares alone decide.
fn split(width: usize, shares: &[u8], needs: &[usize]) -> Vec<usize> {
    let share = |at: usize| shares.get(at).map_or(1, |s| usize::from(*s).max(1));
    let need = |at: usize| needs.get(at).copied().unwrap_or_default();
    let mut fixed = vec![false; shares.len()];
    let mut out = vec![0; shares.len()];
    let fits = (0..shares.len()).map(need).sum::<usize>() <= width;
    // Each round fixes a column at least, or is the last.
    for _ in 0..=shares.len() {
        let free = || (0..shares.len()).filter(|at| !fixed.get(*at).copied().unwrap_or(true));
        let taken: usize = (0..shares.len()).filter(|at| fixed[*at]).map(need).sum();
        let room = width.saturating_sub(taken);
        let sum: usize = free().map(share).sum();
        let free: Vec<usize> = free().collect();
        let mut short = false;
        for at in free {
            let given = share(at) * room / sum.max(1);
            out[at] = given;
            if fits && given < need(at) {
                (out[at], fixed[at], short) = (need(at), true, true);
            }
        }
        if !short {
            break;
        }
    }
    let rest = width.saturating_sub(out.iter().sum());
    if let Some(last) = out.last_mut() {
        *last += rest;
    }
    out
}

/// What the longest piece of a head needs, with its hyphen, so that no head is torn elsewhere.
fn need(head: &str) -> usize {
    let words = head.split(' ').flat_map(|word| {
        let last = word.matches('\u{ad}').count();
        let piece =
            move |(at, piece): (usize, &str)| piece.chars().count() + usize::from(at < last);
        word.split('\u{ad}').enumerate().map(piece)
    });
    MARGINS + LETTER * words.max().unwrap_or_default()
}

impl<'a> Table<'a> {
    /// Opens a table of the model; `number` heads a first column of numbers, where it has one. `alt`
    /// says what it shows to who does not see it.
    pub(super) fn open(
        out: &'a mut String,
        alt: &str,
        columns: &[TableColumn],
        number: &str,
    ) -> Self {
        let shares: Vec<u8> = columns.iter().map(|c| c.width).collect();
        let numeric: Vec<bool> = columns.iter().map(|c| c.numeric).collect();
        let needs: Vec<usize> = columns.iter().map(|c| need(&c.title)).collect();
        let widths = (shares.as_slice(), needs.as_slice());
        let numbered = !number.is_empty();
        let mut table = Self::frame(out, "FaisceauTable", alt, widths, &numeric, numbered);
        table.head(number, columns.iter().map(|c| c.title.as_str()));
        table
    }

    /// Opens a table of the values of a figure.
    pub(super) fn of_values(out: &'a mut String, alt: &str, values: &Values<'_>) -> Self {
        let needs: Vec<usize> = values.heads.iter().map(|head| need(head)).collect();
        let widths = (values.widths.as_slice(), needs.as_slice());
        let mut table = Self::frame(out, "FaisceauTable", alt, widths, &values.numeric, false);
        table.head("", values.heads.iter().map(String::as_str));
        table
    }

    /// Opens a list of labelled facts, without heads.
    pub(super) fn card(out: &'a mut String) -> Self {
        Self::frame(out, "FaisceauCard", "", (&[2, 7], &[]), &[false, false], false)
    }

    fn frame(
        out: &'a mut String,
        style: &str,
        alt: &str,
        (shares, needs): (&[u8], &[usize]),
        numeric: &[bool],
        numbered: bool,
    ) -> Self {
        let lead = if numbered { NUMBER } else { 0 };
        let widths = split(WIDTH - lead, shares, needs);
        let mut columns: Vec<Column> =
            numbered.then_some(Column { twips: NUMBER, numeric: true }).into_iter().collect();
        let of = |(twips, numeric): (usize, &bool)| Column { twips, numeric: *numeric };
        columns.extend(widths.into_iter().zip(numeric).map(of));
        let head = u8::from(style == "FaisceauTable");
        put!(
            out,
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"{style}\"/><w:tblW w:w=\"{WIDTH}\" w:type=\"dxa\"/>\
             <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"{head}\" \
             w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>"
        );
        if !alt.is_empty() {
            out.push_str("<w:tblCaption w:val=\"");
            escaped::push(out, alt);
            out.push_str("\"/>");
        }
        out.push_str("</w:tblPr><w:tblGrid>");
        for column in &columns {
            put!(out, "<w:gridCol w:w=\"{}\"/>", column.twips);
        }
        out.push_str("</w:tblGrid>");
        Self { out, columns, numbered, rows: 0 }
    }

    fn head<'t>(&mut self, number: &str, titles: impl Iterator<Item = &'t str>) {
        self.out.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        let lead = usize::from(self.numbered);
        if self.numbered {
            self.cell(0, |out, _| {
                Paragraph::open_with(out, "TableHead", RIGHT).words(number).close();
            });
        }
        for (at, title) in titles.enumerate() {
            self.cell(lead + at, |out, numeric| {
                let align = if numeric { RIGHT } else { "" };
                Paragraph::open_with(out, "TableHead", align).words(title).close();
            });
        }
        self.out.push_str("</w:tr>");
    }

    /// Writes a row, a closure for each cell, which is told whether it holds a number.
    fn row(&mut self, cells: usize, mut cell: impl FnMut(usize, &mut String, &'static str)) {
        self.rows += 1;
        self.out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        let lead = usize::from(self.numbered);
        if self.numbered {
            let number = self.rows.to_string();
            self.cell(0, |out, _| {
                Paragraph::open(out, "TableNumber").styled("RowNumber", &number).close();
            });
        }
        for at in 0..cells.min(self.columns.len() - lead) {
            self.cell(lead + at, |out, numeric| {
                cell(at, out, if numeric { "TableNumber" } else { "TableText" });
            });
        }
        // A row with fewer cells than columns is one that a word processor refuses to open.
        for at in lead + cells..self.columns.len() {
            self.cell(at, |out, _| Paragraph::open(out, "TableText").close());
        }
        self.out.push_str("</w:tr>");
    }

    /// A row of texts of the model.
    pub(super) fn texts(&mut self, cells: &[Text]) {
        self.row(cells.len(), |at, out, style| {
            let paragraph = Paragraph::open(out, style);
            cells.iter().skip(at).take(1).fold(paragraph, Paragraph::text).close();
        });
    }

    /// The same, strong for a total.
    pub(super) fn total(&mut self, cells: &[Text]) {
        self.row(cells.len(), |at, out, style| {
            let said = cells.get(at).map(Text::to_plain).unwrap_or_default();
            Paragraph::open(out, style).styled("Strong", &said).close();
        });
    }

    /// A labelled fact, kept with the next where said.
    pub(super) fn fact(&mut self, fact: &crate::model::Fact, kept: bool) {
        let kept = if kept { "<w:keepNext/>" } else { "" };
        self.row(2, |at, out, style| {
            let paragraph = Paragraph::open_with(out, style, kept);
            match at {
                0 => paragraph.styled("Label", &fact.label).close(),
                _ => paragraph.sentence(&fact.sentence).close(),
            }
        });
    }

    /// Closes it.
    pub(super) fn close(self) {
        self.out.push_str("</w:tbl>");
    }

    fn cell(&mut self, at: usize, write: impl FnOnce(&mut String, bool)) {
        let Some(column) = self.columns.get(at).copied() else { return };
        put!(self.out, "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>", column.twips);
        write(self.out, column.numeric);
        self.out.push_str("</w:tc>");
    }
}

/// Passages word by word: account, words.
pub(super) fn passages(out: &mut String, lang: Language, passages: &Passages, alt: &str) {
    let &Words { number, account, together, apart, factor, or_more, colon, .. } = Words::of(lang);
    let mut table = Table::frame(out, "FaisceauTable", alt, (&[3, 8], &[]), &[false, false], true);
    table.out.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    table.cell(0, |out, _| {
        Paragraph::open_with(out, "TableHead", RIGHT).words(number).close();
    });
    table.cell(1, |out, _| Paragraph::open(out, "TableHead").words(account).close());
    table.cell(2, |out, _| {
        let (least, most) = (format!("{factor}\u{a0}2"), format!("{factor}\u{a0}5"));
        Paragraph::open(out, "TableHead")
            .words(&format!("{together}{colon}"))
            .stepped(1, &least)
            .words(", ")
            .stepped(2, &most)
            .words(&format!(" {or_more}\u{2003}{apart}{colon}"))
            .stepped(-1, &least)
            .words(", ")
            .stepped(-2, &most)
            .words(&format!(" {or_more}"))
            .close();
    });
    table.out.push_str("</w:tr>");
    for passage in &passages.rows {
        table.row(2, |at, out, style| {
            let paragraph = Paragraph::open(out, style);
            match at {
                0 => paragraph.text(&passage.account).close(),
                _ => passage.words.iter().fold(paragraph, Paragraph::word).close(),
            }
        });
    }
    table.close();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_fill_the_width() {
        assert_eq!(split(100, &[1, 1, 1], &[]), [33, 33, 34]);
        assert_eq!(split(100, &[0, 0], &[]), [50, 50]);
        assert!(split(100, &[], &[]).is_empty());
        assert_eq!(split(WIDTH, &[255, 1, 7], &[]).iter().sum::<usize>(), WIDTH);
    }

    #[test]
    fn a_head_has_room_for_its_longest_word() {
        assert_eq!(split(100, &[8, 1, 1], &[0, 20, 30]), [50, 20, 30]);
        assert_eq!(split(100, &[1, 9, 9], &[60, 0, 0]), [60, 20, 20]);
        // More than there is: the shares decide.
        assert_eq!(split(100, &[1, 1], &[90, 90]), [50, 50]);
        assert_eq!(need("Rapproche\u{ad}ment"), MARGINS + 10 * LETTER);
    }
}
