//! The renderings, read back by programs that are not ours: python-docx, openpyxl, an OOXML
//! validator, qpdf through pikepdf, `LibreOffice`. `FAISCEAU_PYTHON` names a Python that has them.

#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]
#![expect(clippy::disallowed_methods, reason = "a test starts the reader and writes its file")]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use faisceau_report::{Block, Document, Language, Statement, Text, docx, note, note_in, pdf, xlsx};
use serde_json::Value;

#[allow(dead_code, reason = "not every test takes all of it")]
mod act;
#[allow(dead_code, clippy::expect_used, reason = "not every test takes all of it")]
mod sample;

const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");

/// Whether a test without its program may pass.
fn skipped(needs: &str) {
    assert!(std::env::var_os("FAISCEAU_NO_SKIP").is_none(), "needs {needs}");
    eprintln!("SKIPPED: needs {needs}");
}

/// A Python that has these modules, if there is one.
fn python(modules: &str) -> Option<String> {
    let python = std::env::var("FAISCEAU_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has = Command::new(&python).args(["-c", &format!("import {modules}")]).output();
    if has.is_ok_and(|ran| ran.status.success()) {
        return Some(python);
    }
    skipped(&format!("a Python with {modules} (FAISCEAU_PYTHON)"));
    None
}

/// Writes a file where the build keeps what tests make.
fn written(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, bytes).unwrap();
    path
}

/// What a script says of a file.
fn read(python: &str, script: &str, path: &PathBuf) -> Value {
    let script = format!("{SCRIPTS}/{script}");
    let ran = Command::new(python).arg(script).arg(path).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    serde_json::from_slice(&ran.stdout).unwrap()
}

fn blocks(document: &Document) -> impl Iterator<Item = &Block> {
    document.sections.iter().flat_map(|section| &section.blocks)
}

/// The text as a page shows it: symbols of line ends are spaces.
fn seen(text: &str) -> String {
    text.replace(['\u{2409}', '\u{240a}', '\u{240d}'], " ")
}

fn marked(sentence: &faisceau_report::Sentence) -> String {
    seen(&format!("{}\u{202f}⟨{}⟩", sentence.text().to_plain(), sentence.id()))
}

fn said(statement: &Statement) -> String {
    statement.fact().map_or_else(|| seen(&statement.text().to_plain()), marked)
}

/// The rows of each table that a rendering for reading must hold, heads first.
fn tables(document: &Document) -> Vec<Vec<Vec<String>>> {
    let plain = |cells: &[Text]| cells.iter().map(|c| seen(&c.to_plain())).collect::<Vec<_>>();
    let numbered = |at: usize, mut cells: Vec<String>| {
        cells.insert(0, (at + 1).to_string());
        cells
    };
    let of = |block: &Block| -> Option<Vec<Vec<String>>> {
        Some(match block {
            Block::Card(facts) => {
                facts.iter().map(|f| vec![f.label.clone(), marked(&f.sentence)]).collect()
            }
            Block::Table(table) => {
                let heads = table.columns.iter().map(|c| c.title.clone());
                let heads = std::iter::once("N°".to_owned()).chain(heads).collect();
                let rows = table.rows.iter().map(|row| plain(&row.cells)).enumerate();
                std::iter::once(heads).chain(rows.map(|(at, row)| numbered(at, row))).collect()
            }
            Block::Reference(table) => {
                let heads = table.columns.iter().map(|c| c.title.clone()).collect();
                std::iter::once(heads).chain(table.rows.iter().map(|row| plain(row))).collect()
            }
            Block::Passages(passages) => {
                let row = |row: &faisceau_report::Passage| {
                    let text = seen(&row.words.iter().map(|w| w.text.as_str()).collect::<String>());
                    vec![seen(&row.account.to_plain()), text]
                };
                let heads = [
                    "N°",
                    "Compte",
                    "rapproche\u{a0}: facteur\u{a0}2, facteur\u{a0}5 et plus\u{2003}éloigne\u{a0}: facteur\u{a0}2, facteur\u{a0}5 et plus",
                ];
                let rows = passages.rows.iter().map(row).enumerate();
                std::iter::once(heads.map(str::to_owned).into())
                    .chain(rows.map(|(at, row)| numbered(at, row)))
                    .collect()
            }
            Block::Bars(bars) => vec![Vec::new(); bars.bars.len() + 1],
            Block::Curves(curves) => vec![Vec::new(); curves.points.len() + 1],
            Block::Figure(_) => Vec::new(),
            _ => return None,
        })
    };
    blocks(document).filter_map(of).collect()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_owned()).collect()
}

#[test]
fn python_docx_reads_the_headings_tables_and_sentences_of_the_model() {
    let Some(python) = python("docx") else { return };
    let sample = sample::sample();
    for (name, document) in [("read", note(&sample.input())), ("act", act::act("corbeau_44"))] {
        let path = written(&format!("{name}.docx"), &docx(&document).unwrap());
        let found = read(&python, "read_docx.py", &path);
        let paragraphs: Vec<(String, String)> =
            serde_json::from_value(found["paragraphs"].clone()).unwrap();
        let of_style = |style: &str| -> Vec<&str> {
            paragraphs.iter().filter(|(s, _)| s == style).map(|(_, t)| t.as_str()).collect()
        };
        assert_eq!(of_style("Title").len(), 1);
        let heads = of_style("Heading 1");
        let titled = || document.sections.iter().filter(|s| !s.title.is_empty());
        assert_eq!(heads.len(), titled().count());
        assert!(heads.iter().zip(titled()).all(|(head, section)| head.ends_with(&section.title)));
        let wanted: Vec<String> = blocks(&document)
            .filter_map(
                |b| if let Block::Heading(t) = b { Some(seen(&t.to_plain())) } else { None },
            )
            .collect();
        assert_eq!(of_style("Heading 2"), wanted);

        let wanted = tables(&document);
        let tables = found["tables"].as_array().unwrap();
        assert_eq!(tables.len(), wanted.len());
        for (table, rows) in tables.iter().zip(&wanted) {
            let cells = table["cells"].as_array().unwrap();
            assert!(rows.is_empty() || cells.len() == rows.len());
            for (cells, row) in cells.iter().zip(rows).filter(|(_, row)| !row.is_empty()) {
                assert_eq!(&texts(cells), row);
            }
            let is_card = table["style"] == "Faisceau Card";
            assert_eq!(table["heads"], u64::from(!is_card));
            assert_eq!(table["torn"], 0);
            // A table without a caption has no other words to say what it shows.
            assert!(is_card || table["alt"] == true || texts(&cells[0]) == ["Seule"]);
            assert_eq!(table["width"], found["text_width"]);
        }

        // Sentences in a row are one paragraph.
        let all: Vec<&str> = paragraphs.iter().map(|(_, text)| text.as_str()).collect();
        for block in blocks(&document) {
            let wanted: Vec<String> = match block {
                Block::Paragraph(s) => vec![s.iter().map(said).collect::<Vec<_>>().join(" ")],
                Block::List(s) | Block::Numbered(s) => s.iter().map(said).collect(),
                Block::Callout(callout) => callout.statements.iter().map(said).collect(),
                _ => Vec::new(),
            };
            let has = |text: &String| {
                document.blanks().iter().any(|what| text.contains(what.as_str()))
                    || all.contains(&text.as_str())
            };
            assert!(wanted.iter().all(has), "{wanted:?}");
        }
        let highlighted = texts(&found["highlighted"]);
        assert!(document.blanks().iter().all(|b| highlighted.contains(&format!("[●\u{a0}{b}]"))));
        assert!(found["kept"].as_object().unwrap().values().all(|kept| kept == true));
        assert_eq!(found["language"], "fr-FR");
        assert_eq!(found["page"], serde_json::json!([210, 297]));
        assert_eq!(found["external"], serde_json::json!([]));
        assert_eq!(found["title"], document.title.as_str());
        assert_eq!(found["created"], format!("{}T00:00:00+00:00", document.as_of));
        assert!(texts(&found["footer"])[0].starts_with(&document.title));
    }
}

#[test]
fn a_validator_of_the_format_finds_nothing() {
    let Some(python) = python("openxml_audit") else { return };
    let sample = sample::sample();
    let (note, act) = (note(&sample.input()), act::act("corbeau_44"));
    let paths = [
        written("audit-note.docx", &docx(&note).unwrap()),
        written("audit-act.docx", &docx(&act).unwrap()),
        written("audit-note.xlsx", &xlsx(&note).unwrap()),
        written("audit-act.xlsx", &xlsx(&act).unwrap()),
    ];
    let ran =
        Command::new(python).arg(format!("{SCRIPTS}/audit.py")).args(&paths).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    assert_eq!(String::from_utf8_lossy(&ran.stdout), "");
}

#[test]
fn openpyxl_reads_a_sheet_a_table_with_what_each_row_rests_on() {
    let Some(python) = python("openpyxl") else { return };
    let sample = sample::sample();
    let document = note(&sample.input());
    let found = read(&python, "read_xlsx.py", &written("read.xlsx", &xlsx(&document).unwrap()));
    let sheets = found.as_array().unwrap();
    for sheet in sheets {
        assert_eq!(sheet["formulas"], 0);
        assert_eq!(sheet["links"], 0);
        assert_eq!(sheet["unquoted"], 0);
        assert_eq!(sheet["frozen"], "A3");
        assert_eq!(sheet["repeated"], "$1:$2");
    }
    let mut seen_tables = 0;
    for block in blocks(&document) {
        let (id, rows) = match block {
            Block::Table(t) => {
                let rows = t.rows.iter().map(|r| (r.id.clone(), r.support.as_slice().join(", ")));
                (&t.id, rows.collect::<Vec<_>>())
            }
            Block::Passages(t) => {
                let rows = t.rows.iter().map(|r| (r.id.clone(), r.support.as_slice().join(", ")));
                (&t.id, rows.collect())
            }
            _ => continue,
        };
        seen_tables += 1;
        let sheet = sheets.iter().find(|s| s["name"] == id.as_str()).unwrap();
        let cells = sheet["cells"].as_array().unwrap();
        assert!(cells[0][0].as_str().unwrap().starts_with(&format!("Tableau\u{a0}{id} – ")));
        for ((row_id, support), row) in rows.iter().zip(&cells[2..]) {
            let row = row.as_array().unwrap();
            assert_eq!(row[0], row_id.as_str());
            assert_eq!(row.last().unwrap(), support.as_str());
        }
    }
    assert_eq!(sheets.len(), seen_tables + 1);
}

#[test]
fn qpdf_finds_an_archivable_tagged_pdf() {
    let Some(python) = python("pikepdf") else { return };
    let sample = sample::sample();
    let english = note_in(&sample.input(), Language::English);
    let documents = [
        ("note", note(&sample.input()), "fr-FR"),
        ("note-en", english, "en-GB"),
        ("act", act::act("corbeau_44"), "fr-FR"),
    ];
    for (name, document, language) in documents {
        let path = written(&format!("{name}.pdf"), &pdf(&document).unwrap());
        let found = read(&python, "read_pdf.py", &path);
        assert_eq!(found["problems"], serde_json::json!([]));
        assert_eq!(found["xmp"]["pdfaid:part"], "2");
        assert_eq!(found["xmp"]["pdfaid:conformance"], "A");
        assert_eq!(found["xmp"]["dc:title"], document.title.as_str());
        assert_eq!(found["intents"], serde_json::json!(["/GTS_PDFA1"]));
        assert_eq!(found["profiles"], serde_json::json!([true]));
        assert_eq!(found["lang"], language);
        for yes in ["marked", "id"] {
            assert_eq!(found[yes], true, "{yes}");
        }
        for no in ["encrypted", "open_action"] {
            assert_eq!(found[no], false, "{no}");
        }
        for none in ["unembedded", "unmapped", "scripts", "not_standard", "names"] {
            assert_eq!(found[none], serde_json::json!([]), "{none}");
        }
        let zeros = ["unmarked", "marked_twice", "figures_without_alt", "tables_without_heads"];
        for zero in zeros {
            assert_eq!(found[zero], 0, "{zero}");
        }
        assert!(found["fonts"].as_u64().unwrap() > 0 && found["marks"].as_u64().unwrap() > 10);
        let kinds = &found["kinds"];
        let count = |wanted: fn(&Block) -> bool| blocks(&document).filter(|b| wanted(b)).count();
        let tables =
            count(|b| matches!(b, Block::Table(_) | Block::Reference(_) | Block::Passages(_)));
        assert_eq!(kinds["Table"], tables);
        let figures = count(|b| matches!(b, Block::Bars(_) | Block::Curves(_) | Block::Figure(_)));
        assert_eq!(kinds["Figure"].as_u64().unwrap_or_default(), figures as u64);
        assert_eq!(kinds["H2"], count(|b| matches!(b, Block::Heading(_))));
    }
}

#[test]
fn libreoffice_opens_the_docx() {
    if !Command::new("soffice").arg("--version").output().is_ok_and(|ran| ran.status.success()) {
        return skipped("LibreOffice (soffice)");
    }
    let Some(python) = python("pikepdf") else { return };
    let sample = sample::sample();
    let document = note(&sample.input());
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("libreoffice");
    let path = written("office.docx", &docx(&document).unwrap());
    let ran = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .arg(&folder)
        .arg(&path)
        .output()
        .unwrap();
    let made = folder.join(path.with_extension("pdf").file_name().unwrap());
    assert!(ran.status.success() && made.exists(), "{ran:?}");
    let script = "import pikepdf, sys; print(len(pikepdf.open(sys.argv[1]).pages))";
    let pages = Command::new(&python).args(["-c", script]).arg(&made).output().unwrap();
    let pages: usize = String::from_utf8_lossy(&pages.stdout).trim().parse().unwrap();
    assert!(pages > 10, "{pages}");
    fs::remove_file(made).unwrap();
}
