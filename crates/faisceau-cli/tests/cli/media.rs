//! Images from the exhibit to the note: what ties accounts, what is followed to its bytes, and whose
//! position is kept out.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use faisceau_model::rows::{Comparison, Media, MediaField};
use faisceau_model::{Maybe, Place};

use crate::support::{opened, run};

/// The position of one of the photographs, as a note could print it.
const POSITION: [&str; 4] = ["48,857", "48.857", "2,297", "2.297"];

fn fixture(name: &str) -> String {
    format!("{}/../faisceau-media/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// A case with one drawing in two encodings and a photograph with a position, each of an account.
fn told(work: &Path, photograph_of: &str) -> PathBuf {
    let case = opened(work);
    for name in ["made/made.png", "made/made.webp", "exif/FujiFilm_FinePixS2Pro.jpg"] {
        let _ = run(&case, &["add", &fixture(name)]).code(0);
    }
    let path = case.join("case.toml");
    let mut text = fs::read_to_string(&path).unwrap();
    for key in ["x:1", "x:2"] {
        writeln!(text, "[[account]]\nkey = \"{key}\"\nrole = \"examined\"").unwrap();
    }
    let owners = [("1", "x:1"), ("2", "x:2"), ("3", photograph_of)];
    text.push_str("[import.owners]\n");
    for (exhibit, owner) in owners.iter().filter(|(_, owner)| !owner.is_empty()) {
        writeln!(text, "{exhibit:?} = {owner:?}").unwrap();
    }
    fs::write(&path, text).unwrap();
    let _ = run(&case, &["run"]).code(0);
    case
}

#[test]
fn copies_tie_accounts_and_fields_lead_to_their_bytes() {
    let work = tempfile::tempdir().unwrap();
    let case = told(work.path(), "");
    let comparisons: Vec<Comparison> = faisceau_tables::read(&case.join("tables")).unwrap();
    let signals: Vec<&str> = comparisons.iter().map(|row| row.signal.as_str()).collect();
    // Both keep the camera of the drawing, which says nothing more of two copies of one picture.
    assert_eq!(signals, ["near_image"]);

    let fields: Vec<MediaField> = faisceau_tables::read(&case.join("tables")).unwrap();
    let serial = fields.iter().find(|field| field.name == "SerialNumber").unwrap();
    assert!(matches!(serial.place, Place::Bytes { .. }), "{serial:?}");
    let why = run(&case, &["why", &serial.id.to_string()]).code(0).out;
    assert!(why.contains("value: 0042107"), "{why}");
    // "0042107" in the bytes of the exhibit.
    assert!(why.contains("30 30 34 32 31 30 37"), "{why}");
}

#[test]
fn a_position_that_is_not_an_examined_account_s_is_printed_nowhere() {
    for (owner, printed) in [("", false), ("x:3", false), ("x:2", true)] {
        let work = tempfile::tempdir().unwrap();
        let case = told(work.path(), owner);
        let media: Vec<Media> = faisceau_tables::read(&case.join("tables")).unwrap();
        let photograph = media.iter().find(|row| row.latitude.known().is_some()).unwrap();
        assert_eq!(photograph.position_protected, !printed, "{owner}");
        assert_eq!(photograph.make, Maybe::Known("FUJIFILM".to_owned()));
        let _ = run(&case, &["report"]).code(0);
        let note = fs::read_to_string(case.join("out/note.json")).unwrap();
        assert_eq!(POSITION.iter().any(|digits| note.contains(digits)), printed, "{owner}");
        assert_eq!(note.contains("position géographique"), !printed, "{owner}");
    }
}
