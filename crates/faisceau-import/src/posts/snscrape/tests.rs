//! Tests of the importer of scraped items.

use faisceau_model::{Absent, Maybe, RejectReason};
use proptest::prelude::*;

use crate::testing::{dump, mutated, read, reasons};

const TWEETS: &[u8] = include_bytes!("../../../tests/fixtures/snscrape/tweets.jsonl");
const OTHERS: &[u8] = include_bytes!("../../../tests/fixtures/snscrape/others.jsonl");

#[test]
fn tweets_give_all_columns() {
    let (imported, sink) = read(TWEETS);
    assert_eq!(imported.name(), Some("snscrape"));
    insta::assert_snapshot!("tweets", format!("{}\n{}", dump(&sink.posts), dump(&sink.accounts)));
    let reasons: Vec<_> = sink.rejects.iter().map(|r| (r.reason, r.detail.as_str())).collect();
    assert_eq!(
        reasons,
        [
            (RejectReason::SetAside, "an item of type `twitter.Tombstone`, which is not read"),
            (RejectReason::MissingField, "`id` is missing"),
            (RejectReason::Time, "`date` is no time: `2022-02-08T20:07:58`"),
        ]
    );
    assert_eq!(sink.unknown_fields, []);
}

#[test]
fn the_other_platforms_give_all_columns() {
    let (imported, sink) = read(OTHERS);
    assert_eq!(imported.name(), Some("snscrape"));
    insta::assert_snapshot!("others", format!("{}\n{}", dump(&sink.posts), dump(&sink.accounts)));
    assert_eq!(reasons(&sink).len(), 3);
    assert_eq!(sink.unknown_fields, []);
}

#[test]
fn the_link_has_the_digits_that_the_number_lost() {
    let (_, sink) = read(TWEETS);
    assert_eq!(sink.posts[1].content_id, Maybe::Known("1463077670816817154".to_owned()));
}

#[test]
fn what_was_removed_is_said_to_be_deleted() {
    let (_, sink) = read(OTHERS);
    assert_eq!(sink.posts[1].text, Maybe::Missing(Absent::Deleted));
}

#[test]
fn hostile_items_cost_themselves_alone() {
    let start = "{\"_type\":\"snscrape.modules.twitter.Tweet\",\"date\":\"2022-02-08T20:07:58Z\",";
    let lines = [
        format!(
            "{start}\"url\":\"https://x.com/a/status/1\",\"rawContent\":\"\\u001b[2J=1\",\"user\":{{\"id\":1}}}}"
        ),
        format!(
            "{start}\"url\":7,\"id\":-1,\"rawContent\":[],\"user\":{{\"id\":1.5}},\"media\":{{\"photos\":7}}}}"
        ),
        format!("{start}\"user\":{}", "{\"a\":".repeat(5000)),
        "{\"_type\":7}".to_owned(),
        "{\"_type\":\"\\u001b[2J\"}".to_owned(),
        "{\"_type\":\"snscrape.modules.telegram.TelegramPost\",\"url\":\"https://t.me/s/../x\"}"
            .to_owned(),
        "{\"_type\":\"snscrape.modules.mastodon.Toot\",\"user\":{\"account\":\"seul\"}}".to_owned(),
    ];
    let (_, sink) = read(lines.join("\n").as_bytes());
    assert_eq!((sink.tally.records, sink.posts.len()), (7, 2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_item_is_settled(tweets in mutated(TWEETS), others in mutated(OTHERS)) {
        read(&tweets);
        read(&others);
    }
}
