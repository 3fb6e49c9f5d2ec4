use std::fs;

use proptest::prelude::*;

use super::*;
use crate::plain::PlainGraph;
use crate::planted;

fn export(options: &TableOptions) -> (tempfile::TempDir, Vec<Written>) {
    let folder = tempfile::tempdir().unwrap();
    let (tables, out) = (folder.path().join("tables"), folder.path().join("out"));
    fs::create_dir(&tables).unwrap();
    fs::create_dir(&out).unwrap();
    planted::tables(&tables);
    let case = crate::CaseCard {
        title: "Atelier c/ X\u{202e}\u{1b}[2J".to_owned(),
        as_of: "2026-11-20".to_owned(),
        tool: "0.1.0".to_owned(),
        exhibits_sha256: "11".repeat(32),
        tables_sha256: "22".repeat(32),
    };
    let (graph, reviews) = (PlainGraph::default(), planted::reviews());
    let source =
        Source { case: &case, tables: &tables, graph: &graph, reviews: &reviews, acts: &[] };
    let written = write(&source, &out, options).unwrap();
    (folder, written)
}

#[test]
fn connections_media_and_reviews_as_text() {
    let (folder, written) = export(&TableOptions::default());
    let text = |name| fs::read_to_string(folder.path().join("out").join(name)).unwrap();
    let shown = ["connections.csv", "media_fields.csv", "reviews.csv"].map(text).join("\n");
    insta::assert_snapshot!(shown.replace(BOM, "[BOM]").replace('\u{1b}', "[ESC]"));
    let counts: Vec<String> =
        written.iter().filter(|w| w.count > 0).map(|w| format!("{} {}", w.file, w.count)).collect();
    insta::assert_snapshot!(counts.join("\n"));
}

#[test]
fn the_readme_says_how_to_read_and_what_was_left_out() {
    let (folder, _) = export(&TableOptions::default());
    let text = fs::read_to_string(folder.path().join("out/README.txt")).unwrap();
    // The hashes of planted tables move with the writer of Parquet.
    let hash = |word: &str| word.len() == 64 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let text = text.lines().map(|line| match line.rsplit_once(' ') {
        Some((before, last))
            if hash(last) && before.starts_with(|c: char| c.is_ascii_lowercase()) =>
        {
            format!("{before} [sha256]\n")
        }
        _ => format!("{line}\n"),
    });
    insta::assert_snapshot!(text.collect::<String>());
}

#[test]
fn without_a_zone_there_is_no_local_column_and_another_separator_is_a_comma() {
    let csv = CsvOptions { bom: false, separator: b'"' };
    let (folder, _) = export(&TableOptions { local_zone: None, csv, with_subscribers: true });
    let text = fs::read_to_string(folder.path().join("out/mail_hops.csv")).unwrap();
    let header = "id,exhibit,place,message,hop,from,by,ip,port,at_utc,at_prec,at_zone,trust,skew,raw,absent\r\n";
    assert!(text.starts_with(header), "{text}");
    assert!(folder.path().join("out/subscribers.csv").exists());
}

proptest! {
    /// What another reader of CSV gives back, with the apostrophes taken away.
    #[test]
    fn any_row_comes_back(
        texts in prop::collection::vec("[-=+@'\",;\t\r\n aé\u{0}\u{feff}]{0,20}|\\PC{0,20}", 1..6),
        separator in prop::sample::select(vec![',', ';', '\t']),
    ) {
        let entries: Vec<Entry<'_>> = texts.iter().map(|text| Entry::text(text)).collect();
        let mut line = Vec::new();
        put_row(&mut line, &entries, separator);
        let mut reader = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .delimiter(separator as u8)
            .from_reader(line.as_slice());
        let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        prop_assert_eq!(rows.len(), 1);
        let back: Vec<String> = rows[0].iter().map(guard::unguarded).collect();
        prop_assert_eq!(back, texts);
    }

    #[test]
    fn any_number_comes_back(float in any::<f64>(), int in any::<i64>()) {
        let mut line = Vec::new();
        put_row(&mut line, &[Entry::Float(float), Entry::Int(int), Entry::Missing], ';');
        let text = String::from_utf8(line).unwrap();
        let fields: Vec<&str> = text.trim_end().split(';').collect();
        prop_assert_eq!(fields[0].parse::<f64>().unwrap().to_bits(), float.to_bits());
        prop_assert_eq!(fields[1].parse::<i64>().unwrap(), int);
        prop_assert_eq!(fields[2], "");
    }
}
