//! The first sheet: what the workbook is made from, and what it holds.

use rust_xlsxwriter::XlsxError;

use super::book::{Book, failed};
use super::text::fitting;
use crate::error::ExportError;
use crate::source::CaseCard;
use crate::tabular::Contents;

/// Its name.
const NAME: &str = "lisez-moi";

/// The most UTF-16 units of one of its cells: longer ones are in the tables.
const UNITS: usize = 1000;

/// How to read the sheets.
const NOTES: [&str; 5] = [
    "Une feuille par table ; au-delà de 1 048 576 lignes, la suite est dans « table (2) ».",
    "Tout identifiant et tout texte est une cellule de texte ; aucune formule, aucun lien.",
    "Une cellule vide est une valeur absente : la colonne absent dit pourquoi.",
    "NOM_utc est le début de l'intervalle en UTC ; NOM_prec sa précision ; NOM_zone d'où vient le fuseau ; NOM_local l'heure locale.",
    "Une liste est un tableau JSON de textes. Un texte trop long pour une cellule est coupé et le dit : le CSV et le Parquet l'ont en entier.",
];

/// Fills the first sheet in.
pub(super) fn contents_sheet(
    book: &mut Book,
    case: &CaseCard,
    contents: &Contents,
) -> Result<(), ExportError> {
    let lines = lines(book.cells_cut(), case, contents);
    let (sheet, text, header) = book.first()?;
    let mut fill = || -> Result<(), XlsxError> {
        sheet.set_name(NAME)?.set_column_width(0, 26)?.set_column_width(1, 16)?;
        sheet.set_column_width(2, 66)?.set_column_width(3, 80)?;
        for (row, line) in (0..).zip(&lines) {
            let (cells, format) = match line {
                Line::Head(cells) => (cells, &header),
                Line::Plain(cells) => (cells, &text),
            };
            for (at, cell) in cells.iter().enumerate() {
                let at = at as u16;
                match cell {
                    Shown::Text(shown) => {
                        let (shown, _) = fitting(shown, UNITS);
                        sheet.write_string_with_format(row, at, &*shown, format)?;
                    }
                    Shown::Count(n) => {
                        sheet.write_number(row, at, *n as f64)?;
                    }
                }
            }
        }
        Ok(())
    };
    fill().map_err(|e| failed(&e))
}

enum Line {
    Head(Vec<Shown>),
    Plain(Vec<Shown>),
}

enum Shown {
    Text(String),
    Count(u64),
}

fn texts(texts: &[&str]) -> Vec<Shown> {
    texts.iter().map(|text| Shown::Text((*text).to_owned())).collect()
}

fn lines(cut: u64, case: &CaseCard, contents: &Contents) -> Vec<Line> {
    let mut lines = vec![Line::Head(texts(&["faisceau", &case.tool]))];
    for (name, value) in [
        ("dossier", &case.title),
        ("arrêté au", &case.as_of),
        ("SHA-256 des pièces", &case.exhibits_sha256),
        ("SHA-256 des tables", &case.tables_sha256),
    ] {
        lines.push(Line::Plain(texts(&[name, value])));
    }
    lines.push(Line::Plain(Vec::new()));
    lines.extend(NOTES.iter().map(|note| Line::Plain(texts(&[note]))));
    lines.push(Line::Plain(Vec::new()));
    lines.push(Line::Head(texts(&[
        "table",
        "lignes",
        "SHA-256 de tables/TABLE.parquet",
        "contenu",
    ])));
    for table in &contents.tables {
        lines.push(Line::Plain(vec![
            Shown::Text(table.table.to_owned()),
            Shown::Count(table.rows),
            Shown::Text(table.sha256.clone()),
            Shown::Text(table.doc.trim().to_owned()),
        ]));
    }
    for left_out in &contents.left_out {
        lines.push(Line::Plain(texts(&[left_out.table, "non exporté", left_out.why])));
    }
    lines.push(Line::Plain(Vec::new()));
    let withheld = contents.tables.iter().map(|table| table.withheld).sum();
    for (name, count) in [("cellules coupées", cut), ("positions protégées retirées", withheld)]
    {
        lines.push(Line::Plain(vec![Shown::Text(name.to_owned()), Shown::Count(count)]));
    }
    lines
}
