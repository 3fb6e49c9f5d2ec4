//! The files of the planted case, byte for byte.

use faisceau_export::{Exported, Format};

use crate::case::{Case, DECLARED};
use crate::planted::rows;

const FORMATS: [Format; 3] = [Format::Stix, Format::Case, Format::Ftm];

fn shown(exported: &Exported, file: &str) -> String {
    let counts: Vec<String> = exported
        .written
        .iter()
        .map(|written| format!("{}: {} {}", written.file, written.count, written.what))
        .collect();
    format!("{}\n\n{file}", counts.join("\n"))
}

#[test]
fn the_planted_case_as_it_is_written() {
    let case = Case::planted();
    for format in FORMATS {
        let (exported, file) = case.export(format);
        insta::assert_snapshot!(format.name(), shown(&exported, &file));
    }
}

#[test]
fn the_order_of_the_rows_changes_no_byte() {
    let (one, other) = (Case::planted(), rows("").reversed().case(""));
    for format in FORMATS {
        assert_eq!(one.export(format), other.export(format), "{format}");
    }
}

#[test]
fn no_position_and_no_word_of_a_verdict_leaves() {
    let case = Case::planted();
    for format in FORMATS {
        let (_, file) = case.export(format);
        for word in [
            "48.123",
            "2.654",
            "latitude",
            DECLARED,
            "Propriétaire",
            "threat-actor",
            "attributed-to",
            "\"confidence\"",
            "confidenceScore",
            "ConfidenceFacet",
            "\"owner\"",
            "\"sender\"",
            "posterior",
        ] {
            assert!(!file.contains(word), "{format}: {word}");
        }
    }
}

#[test]
fn a_case_without_a_day_is_a_clear_error() {
    let mut case = Case::planted();
    case.card.as_of = "yesterday\u{1b}[31m".into();
    let folder = tempfile::tempdir().unwrap();
    let error = case.try_export(Format::Stix, folder.path()).unwrap_err();
    assert_eq!(error.to_string(), "stix: the case has no day: `yesterday␛[31m`");
}
