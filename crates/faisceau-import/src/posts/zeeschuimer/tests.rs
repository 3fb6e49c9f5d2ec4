//! Tests of the importer of captured items.

use faisceau_model::{Absent, Maybe, PostKind, Precision, RejectReason};
use proptest::prelude::*;

use crate::testing::{dump, mutated, read, reasons};

const X: &[u8] = include_bytes!("../../../tests/fixtures/zeeschuimer/x.ndjson");
const PLATFORMS: &[u8] = include_bytes!("../../../tests/fixtures/zeeschuimer/platforms.ndjson");
const FOURCAT: &[u8] = include_bytes!("../../../tests/fixtures/zeeschuimer/4cat.ndjson");

#[test]
fn tweets_give_all_columns() {
    let (imported, sink) = read(X);
    assert_eq!(imported.name(), Some("zeeschuimer"));
    assert_eq!(imported.problem, None);
    insta::assert_snapshot!("x", format!("{}\n{}", dump(&sink.posts), dump(&sink.accounts)));
    assert_eq!(
        reasons(&sink),
        [
            "l9@15077 set_aside: no tweet but `TweetTombstone`",
            "l10@15525 time: `created_at` is no time: `Fri Feb 30 12:35:11 +0000 2026`",
            "l12@18637 set_aside: an item of `9gag.com`, which is not read",
            "l13@18974 missing_field: `data` is missing",
            "l14@19058 syntax: EOF while parsing an object at line 1 column 704 of the record",
        ]
    );
    let unknown: Vec<_> =
        sink.unknown_fields.iter().map(|f| (f.field.as_str(), f.records)).collect();
    assert_eq!(
        unknown,
        [
            ("data.legacy.shadow_rank", 1),
            ("data.new_widget", 1),
            ("data.tombstone", 1),
            ("export_version", 1)
        ]
    );
}

#[test]
fn the_other_platforms_give_all_columns() {
    let (imported, sink) = read(PLATFORMS);
    assert_eq!(imported.name(), Some("zeeschuimer"));
    insta::assert_snapshot!(
        "platforms",
        format!("{}\n{}", dump(&sink.posts), dump(&sink.accounts))
    );
    let reasons: Vec<_> = sink.rejects.iter().map(|r| (r.reason, r.detail.as_str())).collect();
    assert_eq!(
        reasons,
        [
            (RejectReason::SetAside, "an advertisement"),
            (RejectReason::SetAside, "an item of `xiaohongshu-comments`, which is not read"),
            (RejectReason::MissingField, "the record does not say its author"),
        ]
    );
    assert_eq!(sink.unknown_fields, []);
}

#[test]
fn what_4cat_keeps_is_read_like_what_the_extension_saved() {
    let (imported, wrapped) = read(FOURCAT);
    assert_eq!(imported.name(), Some("zeeschuimer"));
    let (_, plain) = read(X);
    let words = |post: &faisceau_model::rows::Post| {
        (post.account.clone(), post.at, post.captured, post.text.clone(), post.media.clone())
    };
    assert_eq!(words(&wrapped.posts[0]), words(&plain.posts[0]));
    assert_eq!(wrapped.tally.read, 4);
    assert_eq!(reasons(&wrapped).len(), 1);
    let unknown: Vec<_> = wrapped.unknown_fields.iter().map(|f| f.field.as_str()).collect();
    assert_eq!(unknown, ["data.legacy.shadow_rank", "data.new_widget", "export_version"]);
}

#[test]
fn an_item_that_was_replaced_was_captured_when_it_was_replaced() {
    let (_, sink) = read(X);
    let captured = sink.posts[1].captured.known().unwrap();
    assert_eq!(captured.to_string(), "2023-09-08 08:00:00.500 UTC");
}

#[test]
fn the_words_of_others_are_told_apart() {
    let (_, sink) = read(X);
    let kinds: Vec<_> = sink.posts.iter().map(|post| post.kind).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == PostKind::Forwarded).count(), 1);
    let text = sink.posts[3].text.known().unwrap();
    assert!(text.ends_with("depuis le mois de mars."), "{text}");
    let (_, sink) = read(PLATFORMS);
    let repost = sink.posts.iter().find(|post| post.kind == PostKind::Forwarded).unwrap();
    assert_eq!(repost.text.known().unwrap(), "Mots d'une autre");
}

#[test]
fn a_time_ago_never_feeds_timing() {
    let (_, sink) = read(PLATFORMS);
    let posts: Vec<_> =
        sink.posts.iter().filter(|post| post.account.platform() == "linkedin").collect();
    let at = posts[0].at.known().unwrap();
    assert_eq!(at.precision(), Precision::Interval);
    assert!(!at.feeds_timing() && posts[0].until.known().unwrap().at_us() > at.at_us());
    assert_eq!(posts[1].at, Maybe::Missing(Absent::Unreadable));
}

#[test]
fn hostile_lines_cost_themselves_alone() {
    let envelope = |data: &str| {
        format!(
            "{{\"item_id\":1,\"source_platform\":\"twitter.com\",\"timestamp_collected\":\"x\",\"data\":{data}}}\n"
        )
    };
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    let mut text = String::new();
    for data in [
        "{\"rest_id\":\"1\",\"legacy\":{\"full_text\":\"=cmd|' /C calc'!A0 \\u001b[2J\\u202e\",\"user_id_str\":\"\\u001b[31m7\",\"created_at\":null}}",
        "{\"rest_id\":{\"a\":1},\"legacy\":{\"id_str\":[1],\"full_text\":{}}}",
        "{\"rest_id\":\"1\",\"legacy\":{\"full_text\":\"x\",\"user_id_str\":\"7\"},\"core\":[1]}",
        "{\"rest_id\":\"../../x\",\"legacy\":{\"full_text\":\"x\",\"user_id_str\":\"7\"},\"core\":{\"user_results\":{\"result\":5}}}",
        &format!("{{\"legacy\":{deep}}}"),
        &format!(
            "{{\"views\":{deep},\"rest_id\":\"2\",\"legacy\":{{\"full_text\":\"y\",\"user_id_str\":\"7\"}}}}"
        ),
        "{\"rest_id\":\"3\",\"legacy\":{\"full_text\":\"z\",\"user_id_str\":\"7\",\"created_at\":1e300}}",
        "[]",
        "null",
    ] {
        text.push_str(&envelope(data));
    }
    text.push_str(&envelope(&format!("{{\"rest_id\":\"{}\"}}", "9".repeat(5 << 20))));
    let (imported, sink) = read(text.as_bytes());
    assert_eq!(imported.name(), Some("zeeschuimer"));
    assert_eq!(sink.posts.len(), 4);
    assert_eq!(sink.posts[0].account.as_str(), "x:[31m7~c300a685991445c7");
    assert_eq!(sink.posts[0].captured, Maybe::Missing(Absent::Unreadable));
    assert_eq!(sink.posts[2].permalink, Maybe::Missing(Absent::Unreadable));
    let limits = sink.rejects.iter().filter(|r| r.reason == RejectReason::Limit).count();
    assert_eq!((sink.tally.records, limits), (10, 2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_item_is_settled(x in mutated(X), platforms in mutated(PLATFORMS), wrapped in mutated(FOURCAT)) {
        read(&x);
        read(&platforms);
        read(&wrapped);
    }
}
