use polars_core::prelude::{DataFrame, IntoColumn, NamedFrom, Series};

use super::*;
use crate::answer::Limits;

fn hostile() -> Answer {
    let columns = vec![
        Series::new("=name".into(), ["=1+1", "+33 1", "-5", "@cmd", "\tx", "\rx", "a\"b,\n", ""])
            .into_column(),
        Series::new("n".into(), [-5_i64, 0, 1, 2, 3, 4, 5, i64::MAX]).into_column(),
        Series::new(
            "x".into(),
            [
                Some(-0.5),
                None,
                Some(f64::NAN),
                Some(1e300),
                Some(0.1),
                Some(1.0),
                Some(f64::NEG_INFINITY),
                Some(3.0),
            ],
        )
        .into_column(),
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
    insta::assert_snapshot!(csv.replace('\r', "␍").replace('\t', "␉"), @r#"
    "'=name","n","x","list"␍
    "'=1+1",-5,-0.5,"[""=a"",""b""]"␍
    "'+33 1",0,,"[""=a"",""b""]"␍
    "'-5",1,"NaN","[""=a"",""b""]"␍
    "'@cmd",2,1e300,"[""=a"",""b""]"␍
    "'␉x",3,0.1,"[""=a"",""b""]"␍
    "'␍x",4,1,"[""=a"",""b""]"␍
    "a""b,
    ",5,"'-inf","[""=a"",""b""]"␍
    "",9223372036854775807,3,"[""=a"",""b""]"␍
    "#);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let first: Vec<String> =
        reader.records().map(|record| record.expect("a record")[0].to_owned()).collect();
    assert_eq!(first, ["'=1+1", "'+33 1", "'-5", "'@cmd", "'\tx", "'\rx", "a\"b,\n", ""]);
}

#[test]
fn json_is_one_array_or_one_object_a_line() {
    let answer = hostile();
    let lines = text(Format::JsonLines, &answer);
    insta::assert_snapshot!(lines, @r#"
    {"=name":"=1+1","n":-5,"x":-0.5,"list":["=a","b"]}
    {"=name":"+33 1","n":0,"x":null,"list":["=a","b"]}
    {"=name":"-5","n":1,"x":"NaN","list":["=a","b"]}
    {"=name":"@cmd","n":2,"x":1e+300,"list":["=a","b"]}
    {"=name":"\tx","n":3,"x":0.1,"list":["=a","b"]}
    {"=name":"\rx","n":4,"x":1.0,"list":["=a","b"]}
    {"=name":"a\"b,\n","n":5,"x":"-inf","list":["=a","b"]}
    {"=name":"","n":9223372036854775807,"x":3.0,"list":["=a","b"]}
    "#);
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
