//! Tests of the importer of `DiscordChatExporter` files.

use faisceau_model::{Maybe, PostKind, RejectReason};
use proptest::prelude::*;

use crate::testing::{dump, mutated, read, reasons};

const SAMPLE: &[u8] = include_bytes!("../../../../tests/fixtures/discord/chat_exporter.json");

#[test]
fn a_channel_gives_all_columns() {
    let (imported, sink) = read(SAMPLE);
    assert_eq!(imported.name(), Some("discord-chat-exporter"));
    assert_eq!(imported.problem, None);
    insta::assert_snapshot!("posts", dump(&sink.posts));
    insta::assert_snapshot!("accounts", dump(&sink.accounts));
    assert_eq!(
        reasons(&sink),
        [
            "/messages/0 set_aside: service message: GuildMemberJoin",
            "/messages/6 time: `timestamp` is no time: `hier`",
            "/messages/7 missing_field: `id` is missing",
            "/messages/8 syntax: an object was expected",
            "/messageCount truncated: 11 messages are announced, 9 are here: 2 missing",
        ]
    );
    let unknown: Vec<_> =
        sink.unknown_fields.iter().map(|f| (f.field.as_str(), f.records)).collect();
    assert_eq!(unknown, [("messages.flavour", 1)]);
}

#[test]
fn a_direct_channel_names_the_other_and_has_no_server() {
    let text = r#"{"guild":{"id":"0","name":"Direct Messages"},"channel":{"id":"5","type":"DirectTextChat","name":"vengeur"},
        "dateRange":{"after":null,"before":null},"messages":[
        {"id":"1","type":"Default","timestamp":"2023-02-18T13:33:11+01:00","content":"a","author":{"id":"7","name":"vengeur"},"mentions":[]},
        {"id":"2","type":"Default","timestamp":"2023-02-18T13:33:12+01:00","content":"b","author":{"id":"8","name":"claire"},"mentions":[]}],
        "messageCount":2}"#;
    let (_, sink) = read(text.as_bytes());
    assert_eq!(sink.rejects, []);
    assert_eq!(sink.posts[0].target.known(), None);
    assert_eq!(sink.posts[1].target, Maybe::Known("vengeur".to_owned()));
    assert_eq!(sink.posts[0].thread, Maybe::Known("0/5".to_owned()));
    assert_eq!(
        sink.posts[0].permalink,
        Maybe::Known("https://discord.com/channels/@me/5/1".to_owned())
    );
    assert!(sink.posts.iter().all(|post| post.kind == PostKind::Private));
}

#[test]
fn what_precedes_a_truncation_is_kept() {
    let cut = SAMPLE.windows(8).position(|part| part == b"Laisse-m").unwrap();
    let (imported, sink) = read(&SAMPLE[..cut]);
    assert_eq!((sink.posts.len(), sink.tally.records), (1, 3));
    assert_eq!(sink.rejects.last().unwrap().reason, RejectReason::Truncated);
    assert!(imported.problem.unwrap().contains("2 records before it were kept"));
}

#[test]
fn hostile_files_cost_their_records() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let start = r#"{"guild":{"id":[]},"channel":{"id":{},"type":7},"dateRange":0,"messages":["#;
    let text = format!(
        r#"{start}{{"id":"1","type":"Default","content":{deep}}},
        {{"id":"1","type":"Default","timestamp":"2023-02-18T13:33:11Z","content":{{}},"author":{{"id":"7","name":"\u001b[2J=1+1"}},"mentions":7,"attachments":[7]}}],
        "messages":[{{}}],"messageCount":"x"}}"#
    );
    let (_, sink) = read(text.as_bytes());
    assert_eq!(sink.posts.len(), 1);
    assert_eq!(
        sink.rejects.iter().map(|reject| reject.reason).collect::<Vec<_>>(),
        [RejectReason::Limit, RejectReason::Syntax, RejectReason::Syntax]
    );
}

proptest! {
    #[test]
    fn never_panics_and_always_balances(bytes in mutated(SAMPLE)) {
        read(&bytes);
    }
}
