//! The journal as an opposing expert reads it: with the script of the documentation.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use proptest::prelude::*;

use crate::case::{Case, zip_of};

/// The page that documents the journal.
fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/journal.md");
    fs::read_to_string(path).unwrap()
}

/// The script that the page prints.
fn script() -> String {
    let page = page();
    let (_, rest) = page.split_once("```python\n").expect("the page has a script");
    rest.split_once("```").expect("the script ends").0.to_owned()
}

/// Runs the script, or says that it cannot be run.
#[expect(clippy::disallowed_methods, reason = "the test is that another program agrees")]
fn check(script: &Path, journal: &Path) -> Option<Output> {
    match std::process::Command::new("python3").arg(script).arg(journal).output() {
        Ok(output) => Some(output),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            eprintln!("SKIPPED: python3 not found");
            assert!(std::env::var_os("FAISCEAU_NO_SKIP").is_none(), "python3 not found");
            None
        }
        Err(e) => panic!("{e}"),
    }
}

fn written() -> (Case, PathBuf) {
    let mut case = Case::new();
    case.add_bytes("pièce \"1\",\"hash\":\".txt", "é\n".as_bytes());
    case.add_bytes("x.zip", &zip_of(&[("a,\"hash\":\"b", b"1"), ("../\u{202e}c", b"2")]));
    let path = case.source("check.py");
    fs::write(&path, script()).unwrap();
    (case, path)
}

#[test]
fn the_script_is_as_short_as_it_is_said_to_be() {
    assert!(script().lines().count() <= 10);
}

#[test]
fn the_script_of_the_page_agrees_on_a_real_journal() {
    let (case, script) = written();
    let Some(output) = check(&script, &case.journal()) else { return };
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(said.trim(), format!("{} {}", case.store.journal().len(), case.store.head()));
}

#[test]
fn the_script_of_the_page_finds_what_was_tampered_with() {
    let (case, script) = written();
    let good = fs::read(case.journal()).unwrap();
    let lines: Vec<&[u8]> = good.split_inclusive(|b| *b == b'\n').collect();
    let mut altered = good.clone();
    let name = good.windows(6).position(|w| w == b"x.zip\"").unwrap();
    altered[name] = b'y';
    let mut renumbered = good.clone();
    renumbered[lines[0].len() + 7] = b'7';
    let tampered = [
        altered,
        renumbered,
        [lines[0], &lines[2..].concat()].concat(),
        [lines[0], lines[2], lines[1], &lines[3..].concat()].concat(),
        lines[1..].concat(),
        good[..good.len() - 1].to_vec(),
    ];
    for (case_no, bytes) in tampered.iter().enumerate() {
        fs::write(case.journal(), bytes).unwrap();
        let Some(output) = check(&script, &case.journal()) else { return };
        assert!(!output.status.success(), "tampering {case_no} was not found");
    }
}

#[test]
fn the_page_names_every_word_of_the_store() {
    let page = page();
    let (mut case, _) = written();
    case.add_bytes("x.7z", b"7z\xbc\xaf\x27\x1c");
    for entry in case.store.journal() {
        assert!(page.contains(&format!("| `{}` |", entry.act)), "{}", entry.act);
        for field in entry.fields.keys() {
            assert!(page.contains(&format!("`{field}`")), "{field}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn an_altered_byte_keeps_the_case_closed(at in any::<prop::sample::Index>(), mask in 1_u8..) {
        let (case, _) = written();
        let mut bytes = fs::read(case.journal()).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= mask;
        fs::write(case.journal(), &bytes).unwrap();
        prop_assert!(faisceau_store::Store::open(&case.root()).is_err());
        prop_assert!(!case.verify().is_intact());
    }
}
