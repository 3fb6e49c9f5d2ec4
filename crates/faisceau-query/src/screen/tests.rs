use polars_core::prelude::{DataFrame, IntoColumn, NamedFrom, Series};
use proptest::prelude::*;

use super::*;
use crate::answer::Limits;

fn answer(texts: &[&str], numbers: &[Option<i64>]) -> Answer {
    let columns = vec![
        Series::new("text".into(), texts).into_column(),
        Series::new("number".into(), numbers).into_column(),
    ];
    Answer::of(DataFrame::new_infer_height(columns).expect("a frame"), &Limits::default())
}

#[test]
fn columns_are_aligned_and_what_is_cut_is_said() {
    let answer = answer(&["déjà", "漢字", "\u{1b}[31mred\u{202e}"], &[Some(1), None, Some(-250)]);
    let shown = screen(&answer, Style { width: 40, rows: 100 });
    insta::assert_snapshot!(shown.table, @r#"
    text      number
    ────────  ──────
    déjà           1
    漢字           ·
    ␛[31mred    -250
    "#);
    assert_eq!(shown.cut, Vec::<String>::new());
    let shown = screen(&answer, Style { width: 14, rows: 1 });
    insta::assert_snapshot!(format!("{}{:?}", shown.table, shown.cut), @r#"
    text  number
    ────  ──────
    déjà       1
    ["1 of 3 rows are shown"]
    "#);
    let shown = screen(&answer, Style { width: 5, rows: 1 });
    insta::assert_snapshot!(format!("{}{:?}", shown.table, shown.cut), @r#"
    text
    ────
    déjà
    ["1 of 3 rows are shown", "no room for the columns number"]
    "#);
}

#[test]
fn floats_are_rounded_where_something_is_left() {
    let all = [-0.100_000_000_000_000_09, 3.0, 0.0, 2.5e-7, 1e300, 1.234_56, f64::NAN].map(rounded);
    assert_eq!(all, ["-0.1", "3", "0", "2.5e-7", "1e300", "1.2346", "NaN"]);
}

#[test]
fn the_widest_columns_give_way_first() {
    assert_eq!(fitted(&[5, 100, 30], 60), [5, 25, 26]);
    assert_eq!(fitted(&[5, 10], 60), [5, 10]);
    assert_eq!(fitted(&[50, 50], 14), [6, 6]);
    assert_eq!(fitted(&[50, 50], 13), [13]);
    assert_eq!(fitted(&[500], 0), [6]);
    assert_eq!(fitted(&[], 10), Vec::<usize>::new());
}

proptest! {
    #[test]
    fn no_text_breaks_the_table(texts in proptest::collection::vec(any::<String>(), 1..8), width in 0_usize..120) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let answer = answer(&texts, &vec![None; texts.len()]);
        let shown = screen(&answer, Style { width, rows: 100 });
        prop_assert_eq!(shown.table.lines().count(), texts.len() + 2);
        let harmful = shown.table.contains(['\u{1b}', '\u{202e}', '\r']);
        prop_assert!(!harmful);
        for line in shown.table.lines() {
            prop_assert!(line.width() <= width.max(NARROWEST), "{line:?}");
        }
    }
}
