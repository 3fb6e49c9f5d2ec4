//! Fields beside `ExifTool`: its recorded answers for real photographs, and its own where it is
//! installed.

#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]
#![expect(clippy::disallowed_methods, reason = "a test starts the oracle")]

use std::collections::BTreeMap;
use std::process::Command;

use faisceau_media::describe;
use serde_json::Value;

mod oracle;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");

type Entries = Vec<BTreeMap<String, Value>>;

/// Compares every field that matters; gives how many were equal, and the others.
fn compared(entries: &Entries, folder: &str) -> (usize, Vec<String>) {
    let (mut equal, mut apart) = (0, Vec::new());
    for entry in entries {
        let name = entry["SourceFile"].as_str().unwrap();
        let name = name.rsplit('/').next().unwrap();
        let described = describe(&std::fs::read(format!("{folder}/{name}")).unwrap()).unwrap();
        for (key, value) in entry {
            let Some((group, field)) = key.split_once(':') else { continue };
            let expected = oracle::text(value);
            if !oracle::matters(group, field, &expected) {
                continue;
            }
            match oracle::found(&described, group, field, &expected) {
                Some(true) => equal += 1,
                found => apart.push(format!("{name} {key}: {expected} ({found:?})")),
            }
        }
    }
    (equal, apart)
}

#[test]
fn the_recorded_answers_for_real_photographs_are_ours() {
    let recorded = std::fs::read(format!("{FIXTURES}/exif/exiftool_reference.json")).unwrap();
    let entries: Entries = serde_json::from_slice(&recorded).unwrap();
    assert_eq!(entries.len(), 15);
    let (equal, apart) = compared(&entries, &format!("{FIXTURES}/exif"));
    assert!(equal > 250, "{equal}");
    let unexplained: Vec<_> = apart
        .iter()
        .filter(|line| oracle::reason(line.split(' ').nth(1).unwrap_or_default()).is_none())
        .collect();
    assert!(unexplained.is_empty(), "{unexplained:#?}");
    assert_eq!(apart, ["Issue_122.jpg Canon:ShutterCount: 949 (None)"]);
}

/// Needs `ExifTool`; says so and ends where it is missing.
#[test]
fn the_made_files_are_read_as_exiftool_reads_them() {
    let folder = format!("{FIXTURES}/made");
    let command = Command::new("exiftool")
        .args([
            "-j", "-G1", "-n", "-q", "-ext", "png", "-ext", "webp", "-ext", "gif", "-ext", "tif",
        ])
        .args(["-ext", "mov", "-ext", "mp4", "-ext", "avi", "-ext", "webm", "-ext", "pdf"])
        .args(["-ext", "docx", "-ext", "doc", &folder])
        .output();
    let Ok(output) = command else {
        assert!(std::env::var_os("FAISCEAU_NO_SKIP").is_none(), "exiftool not found");
        eprintln!("SKIPPED: needs exiftool");
        return;
    };
    let entries: Entries = serde_json::from_str(&String::from_utf8_lossy(&output.stdout)).unwrap();
    assert_eq!(entries.len(), 11);
    let (equal, apart) = compared(&entries, &folder);
    assert!(equal >= 50, "{equal}");
    assert_eq!(apart, [] as [&str; 0]);
}

/// Fields of pages that are otherwise here, and why.
const PAGES_APART: [&str; 1] = [
    // A group of any prefix there, of known ones here.
    "hostile.html HTML-multi:MultiLineName",
];

/// Needs `ExifTool`; says so and ends where it is missing.
#[test]
fn the_made_pages_are_read_as_exiftool_reads_them() {
    let folder = format!("{FIXTURES}/pages");
    let arguments = ["-j", "-G1", "-n", "-q", "-a", "-ext", "html", &folder];
    let Ok(output) = Command::new("exiftool").args(arguments).output() else {
        assert!(std::env::var_os("FAISCEAU_NO_SKIP").is_none(), "exiftool not found");
        eprintln!("SKIPPED: needs exiftool");
        return;
    };
    let entries: Entries = serde_json::from_str(&String::from_utf8_lossy(&output.stdout)).unwrap();
    assert_eq!(entries.len(), 3);
    let (mut equal, mut apart) = (0, Vec::new());
    for entry in &entries {
        let name = entry["SourceFile"].as_str().unwrap().rsplit('/').next().unwrap();
        let described = describe(&std::fs::read(format!("{folder}/{name}")).unwrap()).unwrap();
        for (key, value) in entry {
            let Some((group, field)) = key.split_once(':') else { continue };
            if !group.starts_with("HTML") && group != "HTTP-equiv" {
                continue;
            }
            match oracle::found(&described, group, field, &oracle::text(value)) {
                Some(true) => equal += 1,
                _ => apart.push(format!("{name} {key}")),
            }
        }
    }
    assert_eq!(apart, PAGES_APART);
    assert_eq!(equal, 20);
}
