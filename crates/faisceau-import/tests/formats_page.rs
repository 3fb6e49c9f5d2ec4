//! `docs/formats.md` is made from what the parsers say of themselves.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a test fails by panicking, and writes the page when it is asked to"
)]

use std::fmt::Write;
use std::path::Path;

use faisceau_import::{Group, formats};

fn page() -> String {
    let mut page = String::from(
        "# Formats\n\nMade from the parsers' own headers by `cargo test -p faisceau-import` with \
         `FAISCEAU_BLESS=1`; a test fails when it is stale. A format is told by content, never by \
         file name. A sample that is *synthetic* was built from the fields that producers or other \
         readers document, for want of a real file whose licence allows to bundle it; its folder's \
         `SOURCE.md` says more.\n",
    );
    for group in Group::ALL {
        let _ = write!(page, "\n## {}\n\n", group.as_str());
        page.push_str("| format | what | versions | gives | checked | sample |\n");
        page.push_str("|---|---|---|---|---|---|\n");
        for format in formats().filter(|format| format.group == group) {
            let gives: Vec<_> = format.gives.iter().map(|table| format!("`{table}`")).collect();
            let _ = writeln!(
                page,
                "| `{}` | {} | {} | {} | {} | {}, [{}](../crates/faisceau-import/{}) |",
                format.name,
                format.title,
                format.versions,
                gives.join(" "),
                format.checked,
                format.origin.as_str(),
                Path::new(format.sample).file_name().unwrap().to_str().unwrap(),
                format.sample,
            );
        }
    }
    page
}

#[test]
fn the_page_of_formats_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/formats.md");
    if std::env::var_os("FAISCEAU_BLESS").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page(), "docs/formats.md is stale: run with FAISCEAU_BLESS=1");
}
