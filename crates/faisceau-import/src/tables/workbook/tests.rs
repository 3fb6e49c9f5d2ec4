//! Workbooks: known answers, mapped sheets, and workbooks made to break their reader.

use std::io::{Cursor, Write};

use faisceau_model::{AccountKey, Collected, ExhibitNo, RejectReason};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;

use crate::settings::{
    Columns, ImportSettings, SubscriberColumns, TableKind, TableMapping, TimeFormat,
};
use crate::testing::{dump, in_paris, read, read_as, reasons};

const EVENTS: &[u8] = include_bytes!("../../../tests/fixtures/workbooks/tiktok_events.xlsx");
const IP_DATA: &[u8] = include_bytes!("../../../tests/fixtures/workbooks/tiktok_ip_data.xlsx");
const ICLOUD: &[u8] = include_bytes!("../../../tests/fixtures/workbooks/icloud_logs.xlsx");
const OPERATOR: &[u8] = include_bytes!("../../../tests/fixtures/workbooks/operator.xlsx");

fn operator() -> ImportSettings {
    let text = |text: &str| text.to_owned();
    let mapping = TableMapping {
        name: text("opérateur"),
        kind: TableKind::Connections,
        platform: text("operateur.example"),
        headers: vec![text("Adresse IP"), text("Port source")],
        delimiter: None,
        time_format: TimeFormat::Pattern(text("%d/%m/%Y %H:%M:%S")),
        time_zone: None,
        private: false,
        columns: Columns {
            ip: Some(text("Adresse IP")),
            port: Some(text("Port source")),
            time: Some(text("Date")),
            clock: Some(text("Heure")),
            ..Columns::default()
        },
        subscriber: SubscriberColumns {
            name: vec![text("Nom")],
            phone: vec![text("Ligne")],
            identifier: vec![text("ICCID")],
            since: Some(text("Souscription")),
            ..SubscriberColumns::default()
        },
    };
    assert_eq!(mapping.check(), Ok(()));
    ImportSettings { mappings: vec![mapping], ..in_paris() }
}

fn show(sink: &Collected) -> String {
    let mut text = dump(&sink.connections) + &dump(&sink.accounts) + &dump(&sink.subscribers);
    text.push_str(&dump(&sink.unknown_fields));
    text.push_str(&reasons(sink).join("\n"));
    text
}

#[test]
fn all_columns_of_the_answers_of_tiktok() {
    let mut settings = ImportSettings::default();
    settings.owners.insert(ExhibitNo::top(1), AccountKey::by_id("tiktok", "6801"));
    let (imported, sink) = read_as("x", EVENTS, &settings);
    assert_eq!((imported.name(), imported.problem), (Some("workbook"), None));
    insta::assert_snapshot!("tiktok_events", show(&sink));
    let (_, sink) = read(IP_DATA);
    insta::assert_snapshot!("tiktok_ip_data", show(&sink));
}

#[test]
fn all_columns_of_icloud_logs() {
    insta::assert_snapshot!("icloud_logs", show(&read(ICLOUD).1));
}

#[test]
fn all_columns_of_a_mapped_workbook() {
    let (imported, sink) = read_as("x", OPERATOR, &operator());
    assert_eq!((imported.name(), imported.problem), (Some("workbook"), None));
    insta::assert_snapshot!("operator", show(&sink));
}

#[test]
fn sheets_that_nothing_maps_are_set_aside_with_their_headers() {
    let (imported, sink) = read(OPERATOR);
    assert_eq!((imported.name(), imported.problem), (Some("workbook"), None));
    assert_eq!(sink.tally.set_aside, 5);
    insta::assert_snapshot!("unmapped", reasons(&sink).join("\n"));
}

#[test]
fn headers_that_anyone_may_write_are_not_those_of_tiktok() {
    let sheet = sheet_of(&[
        &["Date", "IP", "Event", "Country"],
        &["2026-03-01 10:00:00", "192.0.2.1", "login", "FR"],
    ]);
    let (_, sink) = read(&workbook(&sheet, ""));
    assert_eq!((sink.tally.records, sink.tally.set_aside), (1, 1));
}

#[test]
fn a_header_that_is_asked_for_and_missing_costs_its_sheet_only() {
    let sheet = sheet_of(&[&["Adresse IP", "Port source"], &["192.0.2.1", "1"]]);
    let (imported, sink) = read_as("x", &workbook(&sheet, ""), &operator());
    assert_eq!(imported.problem, None);
    assert_eq!(sink.tally.records, 1);
    assert!(reasons(&sink)[0].contains("`Date`, asked for by `columns.time`"));
}

#[test]
fn other_workbooks_are_told_with_what_to_do() {
    let wide = |name: &str| name.bytes().flat_map(|b| [b, 0]).collect::<Vec<_>>();
    let ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    let mut ods = b"PK\x03\x04".to_vec();
    ods.extend([0; 26]);
    ods.extend(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet");
    for (bytes, told) in [
        ([ole.clone(), wide("Workbook")].concat(), ".xls"),
        ([ole.clone(), wide("EncryptedPackage")].concat(), "password"),
        (ods, ".ods"),
    ] {
        let (imported, sink) = read(&bytes);
        assert_eq!(imported.name(), Some("workbook"));
        assert!(imported.problem.unwrap().contains(told));
        assert_eq!(sink.tally.records, 1);
    }
    let word = [ole, wide("WordDocument"), wide("Workbook")].concat();
    assert_eq!(read(&word).0.name(), Some("ole"), "a document, read for its properties");
}

/// The XML of a sheet of inline texts.
fn sheet_of(rows: &[&[&str]]) -> String {
    let cell = |text: &&str| format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#);
    let rows: Vec<String> = rows
        .iter()
        .map(|row| format!("<row>{}</row>", row.iter().map(cell).collect::<String>()))
        .collect();
    format!("<worksheet><sheetData>{}</sheetData></worksheet>", rows.concat())
}

/// A workbook of one sheet, with a table of texts.
fn workbook(sheet: &str, strings: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let kind = format!("{rels}/worksheet");
    package(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "_rels/.rels",
            &format!(
                r#"<Relationships><Relationship Id="rId1" Type="{rels}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                r#"<workbook xmlns="{main}" xmlns:r="{rels}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                r#"<Relationships><Relationship Id="rId1" Type="{kind}" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        ("xl/sharedStrings.xml", if strings.is_empty() { "<sst></sst>" } else { strings }),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn in_sheet(data: &str) -> String {
    format!("<worksheet><sheetData>{data}</sheetData></worksheet>")
}

#[test]
fn a_sheet_costs_the_cells_that_it_has() {
    let far = concat!(
        r#"<worksheet><dimension ref="A1:XFD1048576"/><sheetData>"#,
        r#"<row r="1"><c r="A1"><v>1</v></c></row>"#,
        r#"<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>"#
    );
    let (imported, sink) = read(&workbook(far, ""));
    assert_eq!(imported.problem, None);
    assert!(reasons(&sink)[0].contains("of 2 rows"), "{:?}", reasons(&sink));
}

#[test]
fn announcements_are_not_believed() {
    let many = r#"<sst uniqueCount="900000000000"><si><t>a</t></si></sst>"#;
    let (imported, sink) = read(&workbook(&in_sheet(""), many));
    assert!(imported.problem.unwrap().contains("announces 900000000000 texts"));
    assert_eq!(sink.rejects[0].reason, RejectReason::Limit);
    let wide = package(&[("xl/workbook.xml", "<?xml version='1.0' encoding='utf-16'?><a/>")]);
    assert!(read(&wide).0.problem.unwrap().contains("not UTF-8"));
}

#[test]
fn hostile_sheets_are_settled() {
    let deep = "<a>".repeat(100_000);
    let entity = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><worksheet><sheetData>\
                  <row><c t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>";
    let long = "x".repeat(200_000);
    for (sheet, told) in [
        (in_sheet(&deep), "is empty"),
        (entity.to_owned(), "cannot be read further"),
        (in_sheet(r#"<row><c t="s"><v>7</v></c></row>"#), "cannot be read further"),
        (in_sheet(r#"<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>"#), "follow"),
        (in_sheet(r#"<row><c r="ZZZZZZZZZZZZ9"><v>1</v></c></row>"#), ""),
        (in_sheet(r#"<row r="99999999999999"><c><v>1</v></c></row>"#), ""),
        (in_sheet(r#"<row r="4294967295"><c><v>1</v></c></row><row><c><v>1</v></c></row>"#), ""),
        (in_sheet("<row><c><v>1</v></c>"), "of 1 rows"),
        ("<worksheet><sheetData><row><c><v>1".to_owned(), "cannot be read further"),
        (in_sheet(&format!(r#"<row><c t="str"><v>{long}</v></c></row>"#)), "of 1 rows"),
        ("<worksheet/>".to_owned(), "cannot be read"),
        (String::new(), "cannot be read"),
    ] {
        let (imported, sink) = read(&workbook(&sheet, ""));
        assert_eq!(imported.name(), Some("workbook"));
        assert!(sink.tally.records > 0);
        assert!(reasons(&sink).join("\n").contains(told), "{:?}", reasons(&sink));
    }
}

#[test]
fn flaws_of_rows_are_told_at_their_place() {
    let header = r#"<row r="1"><c t="str"><v>Adresse IP</v></c><c t="str"><v>Port source</v></c>
        <c t="str"><v>Date</v></c><c t="str"><v>Heure</v></c><c t="str"><v>Nom</v></c>
        <c t="str"><v>Ligne</v></c><c t="str"><v>ICCID</v></c><c t="str"><v>Souscription</v></c></row>"#;
    let long = "x".repeat(200_000);
    let rows = format!(
        r#"{header}<row r="2"><c r="A2" t="str"><v>192.0.2.1</v></c><c r="A2" t="str"><v>192.0.2.2</v></c></row>
        <row r="3"><c r="A3" t="str"><v>{long}</v></c></row>
        <row r="4"><c r="A4" t="str"><v>192.0.2.3</v></c><c r="B4" t="str"><f>1+1</f><v>80</v></c></row>"#
    );
    let (_, sink) = read_as("x", &workbook(&in_sheet(&rows), ""), &operator());
    let told: Vec<_> = sink.rejects.iter().map(|r| (r.place.to_string(), r.reason)).collect();
    let at = |place: &str, reason| (place.to_owned(), reason);
    assert_eq!(
        told,
        [
            at("s1r1", RejectReason::SetAside),
            at("s1r2", RejectReason::Syntax),
            at("s1r3", RejectReason::Limit)
        ]
    );
    assert_eq!(sink.connections[0].port.known(), Some(&80));
}

#[test]
fn one_text_in_many_cells_ends_the_reading_of_the_sheet() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(130_000));
    let row = r#"<row><c t="s"><v>0</v></c></row>"#;
    let (imported, sink) = read(&workbook(&in_sheet(&row.repeat(9_000)), &strings));
    assert_eq!(imported.problem, None);
    assert_eq!(sink.rejects.last().unwrap().reason, RejectReason::Limit);
}

/// The parts of a workbook, unpacked, one of them mutated.
fn tampered(sample: &'static [u8]) -> impl Strategy<Value = Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(sample)).unwrap();
    let parts: Vec<(String, Vec<u8>)> = (0..zip.len())
        .map(|index| {
            let mut part = zip.by_index(index).unwrap();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut part, &mut bytes).unwrap();
            (part.name().unwrap().into_owned(), bytes)
        })
        .collect();
    let edit = (any::<prop::sample::Index>(), any::<u8>(), any::<u8>());
    let edits = prop::collection::vec(edit, 0..6);
    (any::<prop::sample::Index>(), edits).prop_map(move |(which, edits)| {
        let which = which.index(parts.len());
        let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (number, (name, bytes)) in parts.iter().enumerate() {
            let mut bytes = bytes.clone();
            for (at, byte, kind) in edits.iter().filter(|_| number == which) {
                if bytes.is_empty() {
                    break;
                }
                let at = at.index(bytes.len());
                match kind % 4 {
                    0 => bytes[at] = *byte,
                    1 => bytes[at] = b"<>/\"&0 "[usize::from(*byte) % 7],
                    2 => drop(bytes.drain(at..(at + usize::from(*byte)).min(bytes.len()))),
                    _ => bytes.truncate(at),
                }
            }
            out.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            out.write_all(&bytes).unwrap();
        }
        out.finish().unwrap().into_inner()
    })
}

proptest! {
    #[test]
    fn mutated_workbooks_are_settled(
        bytes in prop_oneof![crate::testing::mutated(EVENTS), crate::testing::mutated(OPERATOR)],
    ) {
        read_as("x", &bytes, &operator());
    }

    #[test]
    fn workbooks_with_a_mutated_part_are_settled(
        bytes in prop_oneof![tampered(EVENTS), tampered(OPERATOR), tampered(ICLOUD)],
    ) {
        let (imported, sink) = read_as("x", &bytes, &operator());
        prop_assert_eq!(imported.name(), Some("workbook"));
        prop_assert!(sink.tally.records > 0);
    }
}
