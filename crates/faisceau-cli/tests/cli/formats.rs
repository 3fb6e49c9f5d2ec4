//! What is read, and what `add` says of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::{opened, run};

#[test]
fn the_list_says_version_date_and_sample_of_each() {
    let work = tempfile::tempdir().unwrap();
    let list = run(work.path(), &["--json", "formats"]).code(0).json();
    let list = list.as_array().unwrap();
    assert!(list.len() > 60, "{}", list.len());
    let names: BTreeSet<&str> = list.iter().map(|f| f["name"].as_str().unwrap()).collect();
    for name in ["whatsapp-txt", "meta-records", "x-return", "zeeschuimer", "w3c-extended-log"] {
        assert!(names.contains(name), "{name}");
    }
    for format in list {
        for key in ["title", "group", "versions", "checked", "sample", "sample_is"] {
            assert!(format[key].as_str().is_some_and(|text| !text.is_empty()), "{format}");
        }
    }
    let one = run(work.path(), &["formats", "whatsapp-txt"]).code(0);
    assert!(one.out.contains("sample") && one.out.contains("checked"), "{}", one.out);
    let none = run(work.path(), &["formats", "papyrus"]).code(2);
    assert!(none.err.contains("hint: `faisceau formats`"), "{}", none.err);
}

/// Every sample, added at once, is taken for its own format; counts add up in `add` as in `run`.
#[test]
fn every_sample_is_taken_for_what_it_is() {
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    let folder = work.path().join("pieces");
    let crate_of = Path::new(env!("CARGO_MANIFEST_DIR")).join("../faisceau-import");
    let list = run(work.path(), &["--json", "formats"]).code(0).json();
    let mut expected = Vec::new();
    for format in list.as_array().unwrap() {
        let (name, sample) = (format["name"].as_str().unwrap(), format["sample"].as_str().unwrap());
        // What the case itself maps is known by its settings alone.
        if name.starts_with("mapped-") || name == "custom-access-log" {
            continue;
        }
        let own = folder.join(name);
        fs::create_dir_all(&own).unwrap();
        let file = Path::new(sample).file_name().unwrap();
        fs::copy(crate_of.join(sample), own.join(file)).unwrap();
        expected.push((format!("pieces/{name}/{}", file.to_str().unwrap()), name.to_owned()));
    }
    let added = run(&case, &["--json", "add", "../pieces"]).code(0).json();
    let added = added["added"].as_array().unwrap();
    for (file, format) in &expected {
        let taken = added.iter().find(|taken| taken["name"] == file.as_str()).expect(file);
        if taken["same_as"].is_null() {
            assert_eq!(taken["format"], format.as_str(), "{file}");
            let count = |key: &str| taken[key].as_u64().unwrap();
            let settled = count("read") + count("set_aside") + count("rejected");
            assert_eq!(count("records"), settled, "{file}");
            assert!(count("records") > 0, "{file}");
        }
    }
    let ran = run(&case, &["--json", "run"]).json();
    let total = |key: &str| added.iter().filter_map(|taken| taken[key].as_u64()).sum::<u64>();
    assert_eq!(ran["records"], total("records"));
    assert_eq!(ran["read"], total("read"));
    assert_eq!(ran["rejected"], total("rejected"));
}
