//! Tests of the importer of youtube-comment-downloader.

use proptest::prelude::*;

use crate::testing::{dump, mutated, read, reasons};

const LINES: &[u8] = include_bytes!("../../../tests/fixtures/youtube/comments.jsonl");

#[test]
fn lines_give_all_columns() {
    let (imported, sink) = read(LINES);
    assert_eq!(imported.name(), Some("youtube-comments"));
    insta::assert_snapshot!("posts", dump(&sink.posts));
    insta::assert_snapshot!("accounts", dump(&sink.accounts));
    let reasons = reasons(&sink);
    assert!(reasons[0].contains("missing_field: `channel` is missing"), "{reasons:?}");
    assert!(reasons[1].contains("syntax"), "{reasons:?}");
    assert_eq!(sink.unknown_fields[0].field, "novel");
    assert!(sink.posts.iter().all(|post| post.at.known().is_none_or(|at| !at.feeds_timing())));
}

#[test]
fn the_indented_form_reads_the_same() {
    let lines = std::str::from_utf8(LINES).unwrap().lines().take(3);
    let text =
        format!("{{\n    \"comments\": [\n{}\n    ]\n}}", lines.collect::<Vec<_>>().join(",\n"));
    let (imported, sink) = read(text.as_bytes());
    assert_eq!(imported.name(), Some("youtube-comments"));
    assert_eq!(sink.posts.len(), 3);
    assert_eq!(sink.accounts.len(), 2);
}

proptest! {
    #[test]
    fn never_panics_and_always_balances(bytes in mutated(LINES)) {
        read(&bytes);
    }
}
