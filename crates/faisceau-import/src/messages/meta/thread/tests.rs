//! Tests of the importer of conversations of Instagram and Messenger.

use faisceau_model::{AccountKey, ExhibitNo, Maybe, PostKind, RejectReason};
use proptest::prelude::*;

use crate::ImportSettings;
use crate::testing::{dump, mutated, read, read_as, reasons};

const SAMPLE: &[u8] = include_bytes!("../../../../tests/fixtures/meta/message_1.json");

#[test]
fn a_name_of_megabytes_is_not_repeated_in_each_message() {
    let message = r#"{"sender_name":"a","timestamp_ms":1700000000000,"content":"x"},"#.repeat(9);
    let title = "t".repeat(5000);
    let text = format!(
        r#"{{"participants":[{{"name":"a"}},{{"name":"{title}"}}],"title":"{title}",
            "messages":[{message}{{}}]}}"#
    );
    let (_, sink) = read(text.as_bytes());
    assert_eq!(sink.posts.len(), 9);
    for repeated in [&sink.posts[8].thread, &sink.posts[8].target] {
        assert_eq!(repeated.known().unwrap().chars().count(), 1001);
    }
}

#[test]
fn a_conversation_gives_all_columns() {
    let (imported, sink) = read(SAMPLE);
    assert_eq!(imported.name(), Some("meta-messages"));
    assert_eq!(imported.problem, None);
    insta::assert_snapshot!("posts", dump(&sink.posts));
    insta::assert_snapshot!("accounts", dump(&sink.accounts));
    assert_eq!(
        reasons(&sink),
        [
            "/messages/9 set_aside: service message: Unsubscribe",
            "/messages/10 time: `timestamp_ms` is no count of milliseconds",
            "/messages/11 missing_field: `sender_name` is missing",
            "/messages/13 syntax: an object was expected",
        ]
    );
    let unknown: Vec<_> = sink.unknown_fields.iter().map(|f| f.field.as_str()).collect();
    assert_eq!(unknown, ["messages.nouveau"]);
}

fn platform_of(message: &str, people: &str, settings: &ImportSettings) -> String {
    let text = format!(
        r#"{{"participants":[{people}],"messages":[
        {{"sender_name":"A","timestamp_ms":1,"content":"your_instagram_activity your_facebook_activity"}},
        {{"sender_name":"A","timestamp_ms":1{message}}}]}}"#
    );
    let (_, sink) = read_as("x", text.as_bytes(), settings);
    assert_eq!(sink.posts.len(), 2);
    sink.posts[0].account.platform().to_owned()
}

#[test]
fn the_service_is_told_by_what_it_alone_writes() {
    let none = ImportSettings::default();
    let of = |message: &str| platform_of(message, "", &none);
    assert_eq!(of(""), "facebook");
    assert_eq!(
        of(r#","photos":[{"uri":"your_instagram_activity\/messages\/x.jpg"}]"#),
        "instagram"
    );
    assert_eq!(of(r#","photos":[{"uri":"your_activity_across_facebook/x.jpg"}]"#), "facebook");
    assert_eq!(of(r#","share":{"original_content_owner":"x"}"#), "instagram");
    assert_eq!(
        of(r#","content":"original_content_owner stickers_used"}, {"sender_name":"A"#),
        "facebook"
    );
    assert_eq!(platform_of("", r#"{"name":"Instagram User"}"#, &none), "instagram");
    let mut owned = ImportSettings::default();
    owned.owners.insert(ExhibitNo::top(1), AccountKey::by_id("instagram", "1"));
    assert_eq!(platform_of("", "", &owned), "instagram");
}

#[test]
fn deleted_accounts_are_told_apart_by_their_conversation() {
    let text = |path: &str| {
        format!(
            r#"{{"messages":[{{"sender_name":"Instagram User","timestamp_ms":1,"content":"a"}},
            {{"sender_name":"","timestamp_ms":1,"content":"b"}}],"title":"x","thread_path":"{path}"}}"#
        )
    };
    let key = |path: &str| {
        let (_, sink) = read(text(path).as_bytes());
        sink.posts.iter().map(|post| post.account.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        key("inbox/a_1"),
        ["facebook:@Instagram User in x [inbox/a_1]", "facebook:@deleted account in x [inbox/a_1]"]
    );
    assert_ne!(key("inbox/a_1"), key("inbox/b_2"));
}

#[test]
fn words_of_others_are_forwarded_and_words_of_the_platform_are_nobodys() {
    let (_, sink) = read(SAMPLE);
    let shared = sink.posts.iter().find(|post| post.kind == PostKind::Forwarded).unwrap();
    assert_eq!(shared.text, Maybe::Known("Légende d’une autre".to_owned()));
    let kept = sink.posts.iter().filter(|post| post.text_raw.known().is_some()).count();
    assert_eq!(kept, 4);
}

#[test]
fn what_precedes_a_truncation_is_kept() {
    let cut = SAMPLE.windows(8).position(|part| part == b"Laisse-m").unwrap();
    let (_, sink) = read(&SAMPLE[..cut]);
    assert_eq!(sink.posts.len(), 5);
    assert_eq!(sink.rejects.last().unwrap().reason, RejectReason::Truncated);
}

#[test]
fn hostile_files_cost_their_records() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let text = format!(
        r#"{{"messages":[{{"sender_name":"a","timestamp_ms":1,"content":{deep}}},
        {{"sender_name":"\u001b[2J=1+1","timestamp_ms":9223372036854775807,"content":"x"}},
        {{"sender_name":"\u001b[2J=1+1","timestamp_ms":1,"content":{{}},"photos":7,"share":7,"reactions":{{}}}}],
        "participants":{{}},"title":7,"image":[]}}"#
    );
    let (_, sink) = read(text.as_bytes());
    assert_eq!(sink.posts.len(), 1);
    assert_eq!(sink.posts[0].account.as_str(), "facebook:@[2J=1+1~ea8d170598990e05");
    let reasons: Vec<_> = sink.rejects.iter().map(|reject| reject.reason).collect();
    assert_eq!(reasons, [RejectReason::Limit, RejectReason::Time]);
}

proptest! {
    #[test]
    fn never_panics_and_always_balances(bytes in mutated(SAMPLE)) {
        read(&bytes);
    }
}
