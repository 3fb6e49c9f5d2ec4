//! Tests of the importer of dumps of Reddit.

use faisceau_model::{Absent, Maybe, PostKind};
use proptest::prelude::*;

use crate::testing::{dump, mutated, read, reasons};

const DUMP: &[u8] = include_bytes!("../../../tests/fixtures/reddit_dump/mixed.ndjson");

#[test]
fn comments_and_submissions_give_all_columns() {
    let (imported, sink) = read(DUMP);
    assert_eq!(imported.name(), Some("reddit-dump"));
    insta::assert_snapshot!("mixed", format!("{}\n{}", dump(&sink.posts), dump(&sink.accounts)));
    let reasons = reasons(&sink);
    assert_eq!(reasons.len(), 4);
    assert!(reasons[0].ends_with("set_aside: the author deleted the account"));
    assert!(reasons[1].ends_with("time: `created_utc` is no time: `hier`"));
    assert!(reasons[2].ends_with("missing_field: the record does not say its author"));
    let unknown: Vec<_> = sink.unknown_fields.iter().map(|f| f.field.as_str()).collect();
    assert_eq!(unknown, ["brand_new_key"]);
}

#[test]
fn what_was_removed_keeps_its_time() {
    let (_, sink) = read(DUMP);
    assert_eq!(sink.posts[2].text, Maybe::Missing(Absent::Deleted));
    assert!(sink.posts[2].at.known().is_some());
    assert_eq!(sink.posts[5].kind, PostKind::Forwarded);
}

#[test]
fn a_list_is_read_like_lines() {
    let text = std::str::from_utf8(DUMP).unwrap();
    let lines: Vec<&str> = text.lines().take(9).collect();
    let (imported, sink) = read(format!("[{}]", lines.join(",")).as_bytes());
    assert_eq!((imported.name(), imported.problem), (Some("reddit-dump"), None));
    let (_, plain) = read(DUMP);
    assert_eq!(sink.posts.len(), plain.posts.len());
    assert_eq!(sink.posts[0].place.to_string(), "/0");
}

#[test]
fn hostile_things_cost_themselves_alone() {
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    let start = "{\"author\":\"a\",\"created_utc\":1,\"id\":\"b\",\"subreddit\":\"c\",\"link_id\":\"t3_d\",";
    let lines = [
        format!("{start}\"body\":\"=1 \\u001b[2J\"}}"),
        format!(
            "{start}\"body\":{{\"x\":1}},\"author_fullname\":[],\"permalink\":\"javascript:x\"}}"
        ),
        format!("{start}\"body\":\"x\",\"preview\":{deep}}}"),
        format!("{start}\"body\":{}", "[".repeat(5000)),
        "{\"author\":\"\\u202e\",\"created_utc\":1,\"id\":\"b\",\"body\":\"x\"}".to_owned(),
    ];
    let (_, sink) = read(lines.join("\n").as_bytes());
    assert_eq!((sink.tally.records, sink.posts.len()), (5, 3));
    let link = Maybe::Known("https://www.reddit.com/comments/d/_/b/".to_owned());
    assert!(sink.posts.iter().all(|post| post.permalink == link));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_thing_is_settled(bytes in mutated(DUMP)) {
        read(&bytes);
    }
}
