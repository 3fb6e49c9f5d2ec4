//! Tests of the importer of Mastodon statuses.

use proptest::prelude::*;

use crate::testing::{dump, mutated, read, reasons};

const STATUSES: &[u8] = include_bytes!("../../../tests/fixtures/mastodon/statuses.json");

#[test]
fn a_list_gives_all_columns() {
    let (imported, sink) = read(STATUSES);
    assert_eq!(imported.name(), Some("mastodon-statuses"));
    assert_eq!(imported.problem, None);
    insta::assert_snapshot!("posts", dump(&sink.posts));
    insta::assert_snapshot!("accounts", dump(&sink.accounts));
    assert_eq!(
        reasons(&sink),
        [
            "/3 time: `created_at` is no time: `hier`",
            "/4 missing_field: `account.acct` is missing",
            "/5 syntax: an object was expected",
        ]
    );
    let unknown: Vec<_> = sink.unknown_fields.iter().map(|field| &field.field[..]).collect();
    assert_eq!(unknown, ["account.shiny", "brand_new"]);
}

#[test]
fn lines_threads_and_single_statuses_read_the_same() {
    let list: Vec<serde_json::Value> = serde_json::from_slice(STATUSES).unwrap();
    let (_, expected) = read(STATUSES);
    let texts = |sink: &faisceau_model::Collected| {
        sink.posts.iter().map(|post| (post.account.clone(), post.text.clone())).collect::<Vec<_>>()
    };
    let lines = format!("{}\n{}\n{}\n", list[0], list[1], list[2]);
    let thread = serde_json::json!({"ancestors": [list[0]], "descendants": &list[1..3]});
    let search = serde_json::json!({"accounts": [], "statuses": &list[..3], "hashtags": []});
    for text in [lines, thread.to_string(), search.to_string()] {
        let (imported, sink) = read(text.as_bytes());
        assert_eq!(imported.name(), Some("mastodon-statuses"));
        assert_eq!(texts(&sink), texts(&expected));
        assert_eq!(sink.accounts.len(), 2);
    }
    let single = serde_json::to_string_pretty(&list[0]).unwrap();
    assert_eq!(texts(&read(single.as_bytes()).1), texts(&expected)[..1]);
}

proptest! {
    #[test]
    fn never_panics_and_always_balances(bytes in mutated(STATUSES)) {
        read(&bytes);
    }
}

#[test]
fn a_list_whose_first_post_is_longer_than_a_head_is_told() {
    let statuses = String::from_utf8(STATUSES.to_vec()).unwrap();
    let long = statuses.replacen("\"<p>", &format!("\"<p>{}", "x".repeat(200_000)), 1);
    assert!(long.len() > 200_000);
    let (imported, sink) = read(long.as_bytes());
    assert_eq!(imported.name(), Some("mastodon-statuses"));
    assert_eq!(sink.posts.len(), read(STATUSES).1.posts.len());
}
