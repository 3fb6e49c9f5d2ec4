//! Tests of the importer of tweets of the first API.

use faisceau_model::{Maybe, PostKind, RejectReason};
use proptest::prelude::*;

use crate::testing::{dump, mutated, read, reasons};

const LINES: &[u8] = include_bytes!("../../../tests/fixtures/twarc/v1.jsonl");
const LIST: &[u8] = include_bytes!("../../../tests/fixtures/twarc/v1_list.json");

#[test]
fn tweets_give_all_columns() {
    let (imported, sink) = read(LINES);
    assert_eq!(imported.name(), Some("twarc-v1"));
    insta::assert_snapshot!("v1", format!("{}\n{}", dump(&sink.posts), dump(&sink.accounts)));
    let reasons: Vec<_> = sink.rejects.iter().map(|r| (r.reason, r.detail.as_str())).collect();
    assert_eq!(
        reasons,
        [
            (RejectReason::SetAside, "no tweet but the notice `delete`"),
            (RejectReason::MissingField, "the record does not say its author"),
            (RejectReason::Time, "`created_at` is no time: `hier`"),
            (RejectReason::Syntax, "EOF while parsing a string at line 1 column 300 of the record"),
        ]
    );
    assert_eq!(sink.unknown_fields.len(), 1);
}

#[test]
fn a_list_is_read_like_lines() {
    let (imported, sink) = read(LIST);
    assert_eq!((imported.name(), imported.problem), (Some("twarc-v1"), None));
    let texts: Vec<_> = sink.posts.iter().map(|post| post.text.known().unwrap().as_str()).collect();
    assert_eq!(texts[0], "@jeanne_exemple je te vois & je t'attends");
    assert!(texts[1].ends_with("s'il vous plaît ? Merci."));
    assert_eq!(
        reasons(&sink),
        ["/2 syntax: an object was expected", "/3 set_aside: no tweet but the notice `delete`"]
    );
}

#[test]
fn a_list_that_is_cut_keeps_what_precedes() {
    let (imported, sink) = read(&LIST[..LIST.len() - 700]);
    assert!(imported.problem.unwrap().contains("kept"));
    assert_eq!(sink.posts.len(), 1);
}

#[test]
fn an_account_is_said_once() {
    let twice = [LINES, LINES].concat();
    let (_, sink) = read(&twice);
    assert_eq!(sink.accounts.len(), 1);
    assert!(sink.posts.len() > 8);
}

#[test]
fn cut_texts_are_whole() {
    let (_, sink) = read(LINES);
    assert!(sink.posts[1].text.known().unwrap().ends_with("la suite entière ici."));
    assert_eq!(sink.posts[2].kind, PostKind::Forwarded);
    assert!(matches!(&sink.posts[2].text_raw, Maybe::Known(raw) if raw.ends_with("s'il vous…")));
}

#[test]
fn hostile_values_stay_text() {
    let start = "{\"created_at\":\"Sat Feb 18 12:33:11 +0000 2023\",\"id_str\":\"1\",";
    let lines = [
        format!(
            "{start}\"full_text\":\"=1+1 \\u001b[2J\",\"user\":{{\"id_str\":\"2\",\"screen_name\":\"\\u202ea\"}}}}"
        ),
        format!("{start}\"full_text\":null,\"user\":{{\"id_str\":{{}},\"screen_name\":[]}}}}"),
        format!(
            "{start}\"full_text\":7,\"user\":{{\"id_str\":3,\"screen_name\":4}},\"extended_entities\":{{\"media\":{{}}}},\"retweeted_status\":[]}}"
        ),
        format!("{start}\"retweeted_status\":{}", "{\"retweeted_status\":".repeat(5000)),
        format!("{start}\"user\":{{\"id_str\":\"2\"}}}}"),
    ];
    let (_, sink) = read(lines.join("\n").as_bytes());
    assert_eq!((sink.tally.records, sink.posts.len()), (5, 2));
    assert_eq!(sink.posts[1].account.as_str(), "x:3");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_tweet_is_settled(lines in mutated(LINES), list in mutated(LIST)) {
        read(&lines);
        read(&list);
    }
}
