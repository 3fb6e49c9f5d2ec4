//! The exports of tables, read back by readers that are not ours: pyarrow, polars, openpyxl and the
//! standard library of Python. `FAISCEAU_PYTHON` names a Python that has them.

#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]
#![expect(clippy::disallowed_methods, reason = "a test starts the oracle")]

use std::fs;
use std::path::Path;
use std::process::Command;

use faisceau_export::{
    CaseCard, CsvOptions, PlainGraph, Source, TableOptions, Written, csv, parquet, timesketch, xlsx,
};

mod planted;

/// What reads the files.
const READER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/read_sheets.py");

/// A Python with the oracles, if there is one.
fn python() -> Option<String> {
    let python = std::env::var("FAISCEAU_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has = Command::new(&python).args(["-c", "import pyarrow, polars, openpyxl"]).output();
    if has.is_ok_and(|ran| ran.status.success()) {
        return Some(python);
    }
    assert!(std::env::var_os("FAISCEAU_NO_SKIP").is_none(), "needs pyarrow, polars, openpyxl");
    eprintln!("SKIPPED: needs a Python with pyarrow, polars and openpyxl (FAISCEAU_PYTHON)");
    None
}

fn card() -> CaseCard {
    CaseCard {
        title: "=Atelier c/ X \u{202e}".to_owned(),
        as_of: "2026-11-20".to_owned(),
        tool: "0.1.0".to_owned(),
        exhibits_sha256: "11".repeat(32),
        tables_sha256: "22".repeat(32),
    }
}

type Export = fn(&Source<'_>, &Path, &TableOptions) -> Vec<Written>;

const EXPORTS: [(&str, Export); 4] = [
    ("parquet", |s, f, o| parquet::write(s, f, o).unwrap()),
    ("csv", |s, f, o| csv::write(s, f, o).unwrap()),
    ("xlsx", |s, f, o| xlsx::write(s, f, o).unwrap()),
    ("timesketch", |s, f, _| timesketch::write(s, f).unwrap()),
];

/// Writes the planted case in every format, each into a folder of its name.
fn export(folder: &Path, options: &TableOptions) -> Vec<(&'static str, Vec<Written>)> {
    let tables = folder.join("tables");
    fs::create_dir(&tables).unwrap();
    planted::tables(&tables);
    let (case, graph, reviews) = (card(), PlainGraph::default(), planted::reviews());
    let source =
        Source { case: &case, tables: &tables, graph: &graph, reviews: &reviews, acts: &[] };
    EXPORTS
        .iter()
        .map(|(name, write)| {
            let folder = folder.join(name);
            fs::create_dir(&folder).unwrap();
            (*name, write(&source, &folder, options))
        })
        .collect()
}

fn counted(written: &[Written], what: &str) -> u64 {
    written.iter().filter(|w| w.what == what).map(|w| w.count).sum()
}

/// Runs the reader on a folder; what it prints are counts, `name=number`.
fn read_back(folder: &Path, arguments: &[&str]) -> Option<String> {
    let python = python()?;
    let ran = Command::new(python).arg(READER).arg(folder).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    assert!(ran.status.success(), "{said}{}", String::from_utf8_lossy(&ran.stderr));
    Some(said)
}

fn says(said: &str, name: &str, number: u64) {
    let line = format!("{name}={number}");
    assert!(said.lines().any(|said| said == line), "{line} in:\n{said}");
}

#[test]
fn parquet_is_read_by_pyarrow_and_polars() {
    let folder = tempfile::tempdir().unwrap();
    let written = export(folder.path(), &TableOptions::default());
    let Some(said) = read_back(folder.path(), &["parquet"]) else { return };
    says(&said, "rows", counted(&written[0].1, "rows"));
    says(&said, "withheld", counted(&written[0].1, "positions withheld"));
}

#[test]
fn csv_gives_every_cell_of_the_parquet_back() {
    for (name, csv) in [
        ("semicolon", CsvOptions::default()),
        ("comma", CsvOptions { bom: false, separator: b',' }),
        ("tab", CsvOptions { bom: true, separator: b'\t' }),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let written = export(folder.path(), &TableOptions { csv, ..TableOptions::default() });
        let Some(said) = read_back(folder.path(), &["csv", name]) else { return };
        says(&said, "rows", counted(&written[1].1, "rows"));
    }
}

#[test]
fn xlsx_is_read_by_openpyxl_without_a_formula_or_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let written = export(folder.path(), &TableOptions::default());
    let Some(said) = read_back(folder.path(), &["xlsx"]) else { return };
    says(&said, "rows", counted(&written[2].1, "rows"));
    says(&said, "sheets", counted(&written[2].1, "sheets"));
    says(&said, "cut", counted(&written[2].1, "cells cut"));
    says(&said, "formulas", 0);
    says(&said, "links", 0);
}

#[test]
fn timesketch_lines_have_the_fields_that_it_asks_for() {
    let folder = tempfile::tempdir().unwrap();
    let written = export(folder.path(), &TableOptions::default());
    let Some(said) = read_back(folder.path(), &["timesketch"]) else { return };
    says(&said, "events", counted(&written[3].1, "events"));
    says(&said, "timeless", counted(&written[3].1, "rows without a time"));
    says(&said, "outside", counted(&written[3].1, "times outside the calendar"));
}

/// Every file below a folder, with its bytes, in order.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for (name, _) in EXPORTS {
        for entry in fs::read_dir(folder.join(name)).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{name}/{}", path.file_name().unwrap().to_string_lossy());
            files.push((name, fs::read(path).unwrap()));
        }
    }
    files.sort();
    files
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    export(one.path(), &TableOptions::default());
    export(other.path(), &TableOptions::default());
    let (one, other) = (files(one.path()), files(other.path()));
    assert_eq!(one.len(), 61, "{:?}", one.iter().map(|(name, _)| name).collect::<Vec<_>>());
    for (a, b) in one.iter().zip(&other) {
        assert_eq!(a.0, b.0);
        assert!(a.1 == b.1, "{} differs", a.0);
    }
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn declared_names_leave_only_where_they_are_asked_for() {
    for with_subscribers in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let options = TableOptions { with_subscribers, ..TableOptions::default() };
        export(folder.path(), &options);
        let files = files(folder.path());
        let named = |name: &str| files.iter().find(|file| file.0 == name).map(|file| &file.1);
        for name in ["parquet/subscribers.parquet", "csv/subscribers.csv"] {
            assert_eq!(named(name).is_some(), with_subscribers, "{name}");
        }
        let text = |name: &str| String::from_utf8_lossy(named(name).unwrap()).into_owned();
        assert_eq!(text("parquet/manifest.json").contains("declared names"), !with_subscribers);
        assert_eq!(text("csv/README.txt").contains("left out: declared"), !with_subscribers);
        // The workbook is compressed: openpyxl looks into it below.
        let shown = files.iter().filter(|file| holds(&file.1, planted::DECLARED)).count();
        assert_eq!(shown, if with_subscribers { 2 } else { 0 });
        if let Some(said) = read_back(folder.path(), &["subscribers"]) {
            says(&said, "xlsx", u64::from(with_subscribers));
        }
    }
}
