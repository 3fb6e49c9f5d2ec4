use std::fs;

use calamine::{Data, Reader, Xlsx, open_workbook};
use proptest::prelude::*;

use super::*;
use crate::plain::PlainGraph;
use crate::planted;
use crate::source::CaseCard;
use crate::tabular::{Entry, Sheets};

fn card(as_of: &str) -> CaseCard {
    CaseCard {
        title: "Atelier c/ X".to_owned(),
        as_of: as_of.to_owned(),
        tool: "0.1.0".to_owned(),
        exhibits_sha256: "11".repeat(32),
        tables_sha256: "22".repeat(32),
    }
}

#[test]
fn rows_beyond_a_sheet_go_on_in_another_and_long_texts_are_cut_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let tables = folder.path().join("tables");
    fs::create_dir(&tables).unwrap();
    planted::tables(&tables);
    let (case, graph) = (card("not a day"), PlainGraph::default());
    let source = Source { case: &case, tables: &tables, graph: &graph, reviews: &[], acts: &[] };
    let limits = Limits { rows: 11, units: 120 };
    let options = TableOptions::default();
    let written = write_within(&source, folder.path(), &options, limits).unwrap();
    let posts = planted::posts();
    let mut book: Xlsx<_> = open_workbook(folder.path().join(FILE)).unwrap();
    let names = book.sheet_names();
    assert_eq!(names[0], "lisez-moi");
    // A header and ten rows a sheet.
    let parts = posts.len().div_ceil(10);
    assert!(parts > 2);
    let of_posts: Vec<&String> = names.iter().filter(|name| name.starts_with("posts")).collect();
    assert_eq!(of_posts.len(), parts);
    assert_eq!((of_posts[0].as_str(), of_posts[1].as_str()), ("posts", "posts (2)"));
    let mut ids = Vec::new();
    for name in of_posts {
        let range = book.worksheet_range(name).unwrap();
        assert!(range.height() <= 11);
        assert_eq!(range.get((0, 0)), Some(&Data::String("id".to_owned())));
        ids.extend(range.rows().skip(1).map(|row| row[0].to_string()));
    }
    let expected: Vec<String> = posts.iter().map(|post| post.id.to_string()).collect();
    assert_eq!(ids, expected);
    let counted = |what| written.iter().find(|w| w.what == what).unwrap().count;
    assert_eq!(counted("sheets"), names.len() as u64);
    assert!(counted("cells cut") >= 4, "two long texts, in two columns");
    assert_eq!(counted("positions withheld"), 3);
    // Nothing is left of what waited to be packed.
    let left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn a_number_that_a_spreadsheet_would_round_is_a_text() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = Book::new(folder.path(), &card("2026-11-20"), LIMITS).unwrap();
    let numbers = [i64::MAX, 999_999_999_999_999, -1_000_000_000_000_000, 3];
    let floats = [f64::NAN, f64::NEG_INFINITY, 0.1 + 0.2, -1.5e-300];
    let entries: Vec<Entry<'_>> =
        numbers.map(Entry::Int).into_iter().chain(floats.map(Entry::Float)).collect();
    let columns: Vec<String> = (0..entries.len()).map(|n| format!("c{n}")).collect();
    book.begin("numbers", &columns).unwrap();
    book.row(&entries).unwrap();
    book.end().unwrap();
    let path = folder.path().join(FILE);
    let mut file = create(folder.path(), FILE).unwrap();
    book.save(file.writer()).unwrap();
    file.finish().unwrap();
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let range = book.worksheet_range("numbers").unwrap();
    let row: Vec<Data> = range.rows().nth(1).unwrap().to_vec();
    let text = |text: &str| Data::String(text.to_owned());
    assert_eq!(
        row,
        [
            text("9223372036854775807"),
            Data::Float(999_999_999_999_999.0),
            text("-1000000000000000"),
            Data::Float(3.0),
            text("NaN"),
            text("-inf"),
            Data::Float(0.1 + 0.2),
            Data::Float(-1.5e-300),
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_is_a_cell_of_text(
        texts in prop::collection::vec("[-=+@_x0-9A-F\u{0}-\u{20}\u{fffe}<&]{1,12}|\\PC{1,12}", 1..8),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut book = Book::new(folder.path(), &card("2026-11-20"), LIMITS).unwrap();
        let columns: Vec<String> = (0..texts.len()).map(|n| format!("c{n}")).collect();
        book.begin("texts", &columns).unwrap();
        book.row(&texts.iter().map(|text| Entry::text(text)).collect::<Vec<_>>()).unwrap();
        book.end().unwrap();
        let mut file = create(folder.path(), FILE).unwrap();
        book.save(file.writer()).unwrap();
        file.finish().unwrap();
        let mut book: Xlsx<_> = open_workbook(folder.path().join(FILE)).unwrap();
        let range = book.worksheet_range("texts").unwrap();
        for (at, _) in texts.iter().enumerate() {
            let cell = range.get((1, at));
            prop_assert!(matches!(cell, Some(Data::String(_))), "{cell:?}");
        }
        prop_assert_eq!(book.worksheet_formula("texts").unwrap().used_cells().count(), 0);
    }
}
