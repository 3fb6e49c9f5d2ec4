use polars_core::prelude::{DataFrame, IntoColumn, NamedFrom, Series};

use super::*;
use crate::answer::Limits;

fn hostile() -> Answer {
    let columns = vec![
        Series::new("=name".into(), ["=1+1", "+33 1", "-5", "@cmd", "\tx", "\rx", "a\"b,\n", ""]).into_column(),
        Series::new("n".into(), [-5_i64, 0, 1, 2, 3, 4, 5, i64::MAX]).into_column(),
        Series::new("x".into(), [Some(-0.5), None, Some(f64::NAN), Some(1e300), Some(0.1), Some(1.0), Some(f64::NEG_INFINITY), Some(3.0)]).into_column(),
        Series::new("list".into(), vec![Series::new("".into(), ["=a", "b"]); 8]).into_column(),
    ];
    Answer::of(DataFrame::new_infer_height(columns).expect("a frame"), &Limits { rows: None })
}

fn text(format: Format, answer: &Answer) -> String {
    let mut out = Vec::new();
    format.write(answer, &mut out).expect("written");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn no_cell_of_csv_is_a_formula() {
    let csv = text(Format::Csv, &hostile());
    insta::assert_snapshot!(csv.replace('\r', "␍").replace('\t', "␉"), @"");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let first: Vec<String> =
        reader.records().map(|record| record.expect("a record")[0].to_owned()).collect();
    assert_eq!(first, ["'=1+1", "'+33 1", "'-5", "'@cmd", "'\tx", "'\rx", "a\"b,\n", ""]);
}

#[test]
fn json_is_one_array_or_one_object_a_line() {
    let answer = hostile();
    let lines = text(Format::JsonLines, &answer);
    insta::assert_snapshot!(lines, @"");
    let array: Vec<serde_json::Value> =
        serde_json::from_str(&text(Format::Json, &answer)).expect("JSON");
    let each: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(array, each);
    let empty = Answer::of(DataFrame::empty(), &Limits::default());
    assert_eq!(text(Format::Json, &empty), "[]\n");
}

#[test]
fn a_format_has_its_extension() {
    assert_eq!(Format::of_extension("csv"), Some(Format::Csv));
    assert_eq!(Format::of_extension("xlsx"), None);
}
