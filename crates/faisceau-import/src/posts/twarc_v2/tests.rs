//! Tests of the importer of tweets of the second API.

use std::collections::BTreeSet;

use faisceau_model::{PostKind, Precision};
use proptest::prelude::*;

use crate::testing::{dump, mutated, read, reasons};

const LINES: &[u8] = include_bytes!("../../../tests/fixtures/twarc/v2.jsonl");
const PAGE: &[u8] = include_bytes!("../../../tests/fixtures/twarc/v2_page.json");

#[test]
fn pages_give_all_columns() {
    let (imported, sink) = read(LINES);
    assert_eq!(imported.name(), Some("twarc-v2"));
    insta::assert_snapshot!("v2", format!("{}\n{}", dump(&sink.posts), dump(&sink.accounts)));
    insta::assert_snapshot!("v2_rejects", dump(&sink.rejects));
    let unknown: Vec<_> = sink.unknown_fields.iter().map(|f| f.field.as_str()).collect();
    assert_eq!(unknown, ["tweet.shiny"]);
}

#[test]
fn rows_of_one_line_have_ids_of_their_own() {
    let (_, sink) = read(LINES);
    let posts: BTreeSet<_> = sink.posts.iter().map(|row| &row.id).collect();
    let rejects: BTreeSet<_> = sink.rejects.iter().map(|row| &row.id).collect();
    assert_eq!((posts.len(), rejects.len()), (sink.posts.len(), sink.rejects.len()));
}

#[test]
fn a_page_over_several_lines_has_pointers() {
    let (imported, sink) = read(PAGE);
    assert_eq!((imported.name(), imported.problem), (Some("twarc-v2"), None));
    let places: Vec<_> = sink.posts.iter().map(|post| post.place.to_string()).collect();
    assert_eq!(places, ["/data/0", "/data/1"]);
    assert_eq!(sink.posts[1].kind, PostKind::Forwarded);
    assert_eq!(reasons(&sink).len(), 1);
    assert!(
        reasons(&sink)[0].starts_with("/errors/0 set_aside: the API could not give it: Not Found")
    );
}

#[test]
fn padded_times_are_precise_to_the_second() {
    let (_, sink) = read(PAGE);
    assert_eq!(sink.posts[0].at.known().unwrap().precision(), Precision::Second);
}

#[test]
fn hostile_pages_cost_themselves_alone() {
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    let tweet =
        "{\"id\":\"1\",\"text\":\"=1+1\\u001b[2J\",\"author_id\":\"2\",\"conversation_id\":\"1\"}";
    let lines = [
        format!("{{\"data\":[{tweet}]}}"),
        format!("{{\"data\":{deep},\"meta\":{{}}}}"),
        format!("{{\"data\":[{tweet}],\"includes\":{{\"users\":{deep}}}}}"),
        format!(
            "{{\"data\":[{tweet}],\"includes\":{{\"users\":{{\"id\":1}},\"media\":[1,null,{{}}]}},\"errors\":5}}"
        ),
        "{\"data\":\"x\",\"errors\":[1,[],{\"title\":\"\\u001b[2J\"}]}".to_owned(),
        format!("{{\"data\":[{tweet},{{\"id\":\"9\",\"text\":{{}}}},"),
        "{\"meta\":1}".to_owned(),
        "[1]".to_owned(),
    ];
    let (imported, sink) = read(lines.join("\n").as_bytes());
    assert_eq!(imported.name(), Some("twarc-v2"));
    assert_eq!(sink.posts.len(), 4);
    assert!(sink.tally.records >= 13);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_tweet_is_settled(lines in mutated(LINES), page in mutated(PAGE)) {
        read(&lines);
        read(&page);
    }
}
