//! Tests of the importer of Bluesky JSON.

use faisceau_model::{Collected, RejectReason};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::testing::{dump, mutated, read, reasons};

const FEED: &[u8] = include_bytes!("../../../tests/fixtures/bluesky/feed.json");
const THREAD: &[u8] = include_bytes!("../../../tests/fixtures/bluesky/thread.json");

fn texts(sink: &Collected) -> Vec<String> {
    let shown = |post: &faisceau_model::rows::Post| {
        format!(
            "{} {}: {}",
            post.place,
            post.account,
            post.text.clone().into_known().unwrap_or_default()
        )
    };
    sink.posts.iter().map(shown).collect()
}

#[test]
fn a_feed_gives_all_columns() {
    let (imported, sink) = read(FEED);
    assert_eq!(imported.name(), Some("bluesky-json"));
    assert_eq!(imported.problem, None);
    insta::assert_snapshot!("feed_posts", dump(&sink.posts));
    insta::assert_snapshot!("feed_accounts", dump(&sink.accounts));
    assert_eq!(
        reasons(&sink),
        [
            "/feed/2 syntax: `author.did` is not the author in `uri`",
            "/feed/3 syntax: `uri` is not the address of a record: `https://bsky.app/profile/x`",
            "/feed/4 time: `createdAt` is no time: `hier`",
            "/feed/5 set_aside: a post that the server does not have any more",
        ]
    );
    let unknown: Vec<_> = sink.unknown_fields.iter().map(|field| &field.field[..]).collect();
    assert_eq!(unknown, ["author.viewer2", "brandNew"]);
}

#[test]
fn a_thread_is_read_above_and_below() {
    let (imported, sink) = read(THREAD);
    assert_eq!(imported.name(), Some("bluesky-json"));
    assert_eq!(
        texts(&sink),
        [
            "/thread/post bluesky:did:plc:vengeur: Réponse =cmd|'/C calc'!A1 \u{1b}[31m",
            "/thread/parent/post bluesky:did:plc:claire: Bonjour",
            "/thread/replies/0/post bluesky:did:plc:ami: Arrête",
            "/thread/replies/0/replies/1/post bluesky:did:plc:vengeur: Non",
        ]
    );
    assert_eq!(
        reasons(&sink),
        [
            "/thread/parent/parent set_aside: a post that the server does not have any more",
            "/thread/replies/0/replies/0 set_aside: a post that one of the accounts concerned hides by a block",
        ]
    );
}

#[test]
fn lists_lines_searches_and_records_read_the_same() {
    let feed: Value = serde_json::from_slice(FEED).unwrap();
    let view = feed["feed"][0]["post"].clone();
    let expected = "bluesky:did:plc:vengeur000000000000000000: Je sais où tu habites 🙂";
    let record = json!({"uri": view["uri"], "cid": "x", "value": view["record"]});
    let like = json!({"uri": "at://did:plc:x/app.bsky.feed.like/1", "value": {"$type": "app.bsky.feed.like"}});
    for text in [
        json!([view]).to_string(),
        format!("{view}\n{view}\n"),
        json!({"posts": [view], "hitsTotal": 1}).to_string(),
        json!({"records": [record, like], "cursor": "x"}).to_string(),
        serde_json::to_string_pretty(&view).unwrap(),
        json!([{"post": view}]).to_string(),
    ] {
        let (imported, sink) = read(text.as_bytes());
        assert_eq!(imported.name(), Some("bluesky-json"), "{text}");
        assert!(texts(&sink)[0].ends_with(expected), "{text}");
        assert!(sink.accounts.len() <= 1);
    }
}

#[test]
fn a_thread_of_a_thousand_levels_is_read_and_a_deeper_one_ends() {
    let post = r#"{"uri":"at://did:plc:x/app.bsky.feed.post/1","author":{"did":"did:plc:x"},"record":{"text":"x","createdAt":"2024-01-01T00:00:00Z"}}"#;
    let nested = |levels: usize| {
        let open = format!("{{\"post\":{post},\"replies\":[");
        format!("{{\"thread\":{}{}}}", open.repeat(levels), "]}".repeat(levels))
    };
    let (imported, sink) = read(nested(1000).as_bytes());
    assert_eq!((imported.problem, sink.posts.len()), (None, 1000));
    let abyss = format!(
        "{{\"thread\":{{\"post\":{post},\"replies\":{}{}}}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let (_, sink) = read(abyss.as_bytes());
    assert_eq!(sink.posts.len(), 1);
}

#[test]
fn many_answers_at_a_great_depth_do_not_fill_the_memory_with_pointers() {
    let post = r#"{"uri":"at://did:plc:x/app.bsky.feed.post/1","author":{"did":"did:plc:x"},"record":{"text":"x","createdAt":"2024-01-01T00:00:00Z"}}"#;
    let open = format!("{{\"post\":{post},\"replies\":[");
    let many = "0,".repeat(200_000);
    let text = format!("{{\"thread\":{}{many}0{}}}", open.repeat(600), "]}".repeat(600));
    let (imported, sink) = read(text.as_bytes());
    assert!(imported.problem.is_some_and(|problem| problem.contains("too deep")));
    assert!(sink.rejects.len() > 10_000 && sink.rejects.len() < 200_000);
}

#[test]
fn two_hundred_levels_cost_one_post_and_a_cut_keeps_what_precedes() {
    let text = std::str::from_utf8(FEED).unwrap();
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let (_, sink) = read(text.replace("\"facets\":[]", &format!("\"facets\":{deep}")).as_bytes());
    assert_eq!(sink.rejects[0].reason, RejectReason::Limit);
    assert_eq!(sink.posts.len(), 2);
    let cut = text.find("3kfaux").unwrap();
    let (imported, sink) = read(&text.as_bytes()[..cut]);
    assert_eq!(sink.posts.len(), 3);
    assert!(imported.problem.unwrap().contains("2 records before it were kept"));
}

proptest! {
    #[test]
    fn never_panics_and_always_balances(bytes in mutated(FEED)) {
        read(&bytes);
    }

    #[test]
    fn never_panics_on_threads(bytes in mutated(THREAD)) {
        read(&bytes);
    }
}
