//! Tables of WordprocessingML.
//!
//! In: columns with their shares of the width, rows. Out: `w:tbl` of fixed widths whose head is
//! repeated on each page and whose rows are not torn; the head keeps with the first row.

use super::paragraph::Paragraph;
use crate::model::{Passages, TableColumn};
use crate::render::escaped;
use crate::text::Text;

/// Width of the text, in twentieths of a point: A4 less two margins of 2.3 cm.
pub(super) const WIDTH: usize = 9298;
/// Width of the column of numbers.
const NUMBER: usize = 482;

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

/// Splits a width by shares; what rounding leaves goes to the last.
fn split(width: usize, shares: &[u8]) -> Vec<usize> {
    let sum: usize = shares.iter().map(|s| usize::from(*s).max(1)).sum();
    let mut out: Vec<usize> =
        shares.iter().map(|s| usize::from(*s).max(1) * width / sum.max(1)).collect();
    let rest = width.saturating_sub(out.iter().sum());
    if let Some(last) = out.last_mut() {
        *last += rest;
    }
    out
}

impl<'a> Table<'a> {
    /// Opens a table of the model; a numbered one has a first column of numbers. `alt` says what
    /// it shows to who does not see it.
    pub(super) fn open(
        out: &'a mut String,
        alt: &str,
        columns: &[TableColumn],
        numbered: bool,
    ) -> Self {
        let shares: Vec<u8> = columns.iter().map(|c| c.width).collect();
        let numeric: Vec<bool> = columns.iter().map(|c| c.numeric).collect();
        let mut table = Self::frame(out, "FaisceauTable", alt, &shares, &numeric, numbered);
        table.head(columns.iter().map(|c| c.title.as_str()));
        table
    }

    /// Opens a table of the values of a figure.
    pub(super) fn of_values(
        out: &'a mut String,
        alt: &str,
        heads: &[&str],
        shares: &[u8],
    ) -> Self {
        let numeric: Vec<bool> = (0..heads.len()).map(|at| at > 0).collect();
        let mut table = Self::frame(out, "FaisceauTable", alt, shares, &numeric, false);
        table.head(heads.iter().copied());
        table
    }

    /// Opens a list of labelled facts, without heads.
    pub(super) fn card(out: &'a mut String) -> Self {
        Self::frame(out, "FaisceauCard", "", &[2, 7], &[false, false], false)
    }

    fn frame(
        out: &'a mut String,
        style: &str,
        alt: &str,
        shares: &[u8],
        numeric: &[bool],
        numbered: bool,
    ) -> Self {
        let lead = if numbered { NUMBER } else { 0 };
        let widths = split(WIDTH - lead, shares);
        let mut columns: Vec<Column> =
            numbered.then_some(Column { twips: NUMBER, numeric: true }).into_iter().collect();
        let of = |(twips, numeric): (usize, &bool)| Column { twips, numeric: *numeric };
        columns.extend(widths.into_iter().zip(numeric).map(of));
        let head = u8::from(style == "FaisceauTable");
        *out += &format!(
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
            *out += &format!("<w:gridCol w:w=\"{}\"/>", column.twips);
        }
        out.push_str("</w:tblGrid>");
        Self { out, columns, numbered, rows: 0 }
    }

    fn head<'t>(&mut self, titles: impl Iterator<Item = &'t str>) {
        self.out.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        let lead = usize::from(self.numbered);
        if self.numbered {
            self.cell(0, |out, _| Paragraph::open(out, "TableHead").words("N°").close());
        }
        for (at, title) in titles.enumerate() {
            self.cell(lead + at, |out, numeric| {
                let align = if numeric { "<w:jc w:val=\"right\"/>" } else { "" };
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

    /// A row of words of the program, strong for a total.
    pub(super) fn words(&mut self, strong: bool, cells: &[String]) {
        self.row(cells.len(), |at, out, style| {
            let said = cells.get(at).map(String::as_str).unwrap_or_default();
            let paragraph = Paragraph::open(out, style);
            if strong { paragraph.styled("Strong", said) } else { paragraph.words(said) }.close();
        });
    }

    /// A labelled fact.
    pub(super) fn fact(&mut self, fact: &crate::model::Fact) {
        self.row(2, |at, out, style| match at {
            0 => Paragraph::open(out, style).styled("Label", &fact.label).close(),
            _ => Paragraph::open(out, style).sentence(&fact.sentence).close(),
        });
    }

    /// Closes it.
    pub(super) fn close(self) {
        self.out.push_str("</w:tbl>");
    }

    fn cell(&mut self, at: usize, write: impl FnOnce(&mut String, bool)) {
        let Some(column) = self.columns.get(at).copied() else { return };
        *self.out += &format!("<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>", column.twips);
        write(self.out, column.numeric);
        self.out.push_str("</w:tc>");
    }
}

/// Passages word by word: account, words.
pub(super) fn passages(out: &mut String, passages: &Passages, alt: &str) {
    let mut table =
        Table::frame(out, "FaisceauTable", alt, &[3, 8], &[false, false], true);
    table.out.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    table.cell(0, |out, _| Paragraph::open(out, "TableHead").words("N°").close());
    table.cell(1, |out, _| Paragraph::open(out, "TableHead").words("Compte").close());
    table.cell(2, |out, _| {
        Paragraph::open(out, "TableHead")
            .words("rapproche\u{a0}: ")
            .stepped(1, "facteur\u{a0}2")
            .words(", ")
            .stepped(2, "facteur\u{a0}5")
            .words(" et plus\u{2003}éloigne\u{a0}: ")
            .stepped(-1, "facteur\u{a0}2")
            .words(", ")
            .stepped(-2, "facteur\u{a0}5")
            .words(" et plus")
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
        assert_eq!(split(100, &[1, 1, 1]), [33, 33, 34]);
        assert_eq!(split(100, &[0, 0]), [50, 50]);
        assert!(split(100, &[]).is_empty());
        assert_eq!(split(WIDTH, &[255, 1, 7]).iter().sum::<usize>(), WIDTH);
    }
}
