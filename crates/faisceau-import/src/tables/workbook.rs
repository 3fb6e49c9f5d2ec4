//! Workbooks of spreadsheets: `.xlsx` (ECMA-376), from Excel, `LibreOffice` or a platform.
//!
//! In: a workbook. Out: each sheet that a mapping of the case names is read as that mapping says;
//! else each sheet that is a known answer of a platform; any other sheet is one record set aside,
//! with its headers, so that nothing is lost without a word.
//!
//! Refused: workbooks of other formats (`.xls`, `.xlsb`, `.ods`) and protected ones, with what to
//! do about it: the readers that exist for them take memory, or never end, at the word of the one
//! who made the file.
//!
//! Traps:
//! - The header may stand below a legend, blank rows or a merged title: it is looked for in the
//!   first rows of each sheet. Line breaks and runs of spaces in a header are one space.
//! - Hidden sheets are read like others.
//! - A date is a count of days without zone, from 1900 or 1904. Whether a sheet shows its seconds
//!   is not known: a whole minute is taken for no more, a whole day for a day.
//! - A number keeps 15 digits of what is typed: a longer id is refused as rounded, not read.
//! - Of a formula the last result is read, as the one who saved the workbook saw it.

mod choose;
mod package;
mod records;
mod sheet;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use calamine::{Reader, SheetType};
use faisceau_model::{Place, RejectReason, Sink, excerpt};
use memchr::memmem;

pub(crate) use self::choose::Top;
use self::choose::{Sheet, choose, listed};
use self::package::{Book, broken};
use self::records::SheetRecords;
use self::sheet::{Row, Rows};
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::json::Flaw;
use crate::records::{set_aside, settle};
use crate::settings::ImportSettings;
use crate::tables::guess::Sample;
use crate::tables::records::mapped;

/// Rows at the top of a sheet among which the header is looked for.
const TOP: usize = 50;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "workbook",
    title: "Workbook whose sheets the case maps, or that is a known answer (XLSX)",
    group: Group::Answers,
    gives: &["posts", "connections", "accounts", "subscribers"],
    versions: "whatever `[[import.table]]` says; answers of TikTok (IP data, events, sessions) \
               and of Apple (iCloud logs)",
    checked: "2026-11-21",
    sample: "tests/fixtures/workbooks/tiktok_events.xlsx",
    origin: Origin::Synthetic,
    rank: Rank::Signature,
    sniff: |head| is_workbook(head.bytes),
    parse,
    owner: None,
};

/// Reads sheet by sheet.
pub(crate) fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    if let Some(detail) = other(&source.head()?) {
        return Err(broken(detail.to_owned()));
    }
    let mut book = package::open(source.read_all(package::PACKED)?)?;
    let sheets = book.sheets_metadata().to_vec();
    if sheets.is_empty() {
        return Err(broken("the workbook has no sheet".to_owned()));
    }
    let (mut text, mut fields) = (sheet::TEXT, Fields::default());
    let mut seen = BTreeSet::new();
    for (sheet, number) in sheets.iter().zip(1..) {
        let place = Place::Row { sheet: number, row: 1 };
        let name = excerpt(&sheet.name, 60);
        if sheet.typ != SheetType::WorkSheet {
            let detail = format!("the sheet `{name}` holds no cells");
            set_aside(source.exhibit, &place, b"", &detail, sink);
            continue;
        }
        if !seen.insert(&sheet.name) {
            let detail = format!("the workbook has two sheets of the name `{name}`");
            reject(source, &place, (RejectReason::Syntax, detail), sink);
            continue;
        }
        match Rows::open(&mut book, &sheet.name, number, &mut text) {
            Ok(rows) => read_sheet(source, settings, (&name, rows), &mut fields, sink),
            Err(detail) => {
                let detail = format!("the sheet `{name}` cannot be read: {detail}");
                reject(source, &place, (RejectReason::Syntax, detail), sink);
            }
        }
    }
    fields.finish(source.exhibit, sink);
    Ok(())
}

/// Reads one sheet. What stops it is one record, which stands for the rest of that sheet.
fn read_sheet(
    source: &Source<'_>,
    settings: &ImportSettings,
    (name, mut rows): (&str, Rows<'_, '_>),
    fields: &mut Fields,
    sink: &mut dyn Sink,
) {
    let top = top(&mut rows);
    let sheet = Sheet { name, top: &top };
    let Some(choice) = choose(&sheet, settings) else {
        return leave(source, name, rows, &top, sink);
    };
    let mut records = SheetRecords::new(rows, top, choice.title, choice.left);
    let mapping = choice.mapping;
    let outcome = records
        .check(mapping.asked())
        .and_then(|()| mapped(source, settings, &mapping, &mut records, (fields, sink)));
    if let Err(error) = outcome {
        reject(source, &error.place(), (error.reason(), error.to_string()), sink);
    }
}

/// Counts a sheet that nothing maps as one record.
fn leave(
    source: &Source<'_>,
    name: &str,
    mut rows: Rows<'_, '_>,
    top: &[Row<'_>],
    sink: &mut dyn Sink,
) {
    let title = sheet_title(top);
    let place = rows.place(title.map_or(1, |row| row.number));
    let mut count = top.len();
    let outcome = loop {
        match rows.next() {
            Ok(Some(_)) => count += 1,
            Ok(None) => break Ok(()),
            Err(flaw) => break Err(flaw),
        }
    };
    let Some(title) = title else {
        let empty = (RejectReason::SetAside, format!("the sheet `{name}` is empty"));
        return reject(source, &place, outcome.err().unwrap_or(empty), sink);
    };
    let names: Vec<String> = title.names().into_iter().map(|(name, _)| name).collect();
    let detail = format!(
        "the sheet `{name}` of {count} rows with the headers {} is mapped by nothing",
        listed(&names)
    );
    set_aside(source.exhibit, &place, &title.head(), &detail, sink);
    if let Err(flaw) = outcome {
        reject(source, &rows.here(), flaw, sink);
    }
}

fn reject(source: &Source<'_>, place: &Place, flaw: Flaw, sink: &mut dyn Sink) {
    settle(source.exhibit, place, b"", sink, |_| Err(flaw));
}

/// The first rows, or as many as can be read.
fn top<'a>(rows: &mut Rows<'a, '_>) -> Vec<Row<'a>> {
    let mut top = Vec::new();
    while top.len() < TOP {
        let Ok(Some(row)) = rows.next() else { break };
        top.push(row);
    }
    top
}

/// The row that most looks like a header where nothing tells it: the first of the widest.
fn sheet_title<'r, 'a>(top: &'r [Row<'a>]) -> Option<&'r Row<'a>> {
    let widest = top.iter().map(|row| row.columns().count()).max()?;
    top.iter().find(|row| row.columns().count() == widest)
}

/// The tops of the sheets of a workbook, each as a table under its likely header.
pub(crate) fn samples(bytes: Vec<u8>) -> Vec<(String, Sample)> {
    let Ok(mut book) = package::open(bytes) else { return Vec::new() };
    let names = sheet_names(&book);
    let mut text = sheet::TEXT;
    let mut samples = Vec::new();
    for (name, number) in names.iter().zip(1..) {
        let Ok(mut rows) = Rows::open(&mut book, name, number, &mut text) else { continue };
        let top = top(&mut rows);
        let Some(title) = sheet_title(&top).map(|row| row.number) else { continue };
        let at = top.iter().position(|row| row.number == title).unwrap_or(0);
        samples.push((name.clone(), choose::sample(&top, at)));
    }
    samples
}

/// The cells of one row, for a person; `None` where the workbook has no such row.
///
/// # Errors
/// A sentence, when it is no workbook that can be read.
pub(crate) fn row(bytes: Vec<u8>, sheet: u32, number: u32) -> Result<Option<String>, String> {
    let mut book = package::open(bytes).map_err(|error| error.to_string())?;
    let names = sheet_names(&book);
    let Some(name) = (sheet as usize).checked_sub(1).and_then(|at| names.get(at)) else {
        return Ok(None);
    };
    let mut text = sheet::TEXT;
    let mut rows = Rows::open(&mut book, name, sheet, &mut text)?;
    while let Some(row) = rows.next().map_err(|(_, detail)| detail)? {
        if row.number == number {
            return Ok(Some(String::from_utf8_lossy(&row.head()).into_owned()));
        }
    }
    Ok(None)
}

fn sheet_names(book: &Book) -> Vec<String> {
    let cells = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    cells.map(|sheet| sheet.name.clone()).collect()
}

/// Whether it is a workbook, be it one that is read or one that is refused with advice.
pub(crate) fn is_workbook(head: &[u8]) -> bool {
    is_xlsx(head) || other(head).is_some()
}

/// Whether a zip archive holds parts of a workbook. Producers put its parts in any order.
pub(crate) fn is_xlsx(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") && parts(head).any(|name| name.starts_with(b"xl/"))
}

/// What a workbook is that is not read, with what to do.
fn other(head: &[u8]) -> Option<&'static str> {
    const ODS: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
    let wide = |name: &str| name.bytes().flat_map(|b| [b, 0]).collect::<Vec<u8>>();
    let holds = |name: &str| memmem::find(head, &wide(name)).is_some();
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        if holds("WordDocument") || holds("PowerPoint Document") {
            return None;
        }
        if holds("EncryptedPackage") {
            return Some(
                "the document is protected by a password: add a copy without it beside this one",
            );
        }
        return holds("Workbook").then_some(
            "a workbook of the format before 2007 (.xls): add a copy saved as .xlsx beside it",
        );
    }
    if !head.starts_with(b"PK\x03\x04") {
        return None;
    }
    if head.get(30..).is_some_and(|rest| rest.starts_with(ODS)) {
        return Some("an OpenDocument workbook (.ods): add a copy saved as .xlsx beside it");
    }
    parts(head)
        .any(|name| name == b"xl/workbook.bin")
        .then_some("a binary workbook (.xlsb): add a copy saved as .xlsx beside it")
}

/// The names of the parts of a zip archive whose start is given, by their local headers.
fn parts(head: &[u8]) -> impl Iterator<Item = &[u8]> {
    memmem::find_iter(head, b"PK\x03\x04").filter_map(|at| {
        let len = head.get(at + 26..at + 28)?;
        let len = usize::from(u16::from_le_bytes([*len.first()?, *len.last()?]));
        head.get(at + 30..at + 30 + len)
    })
}
