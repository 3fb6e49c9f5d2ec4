//! Tests of the importer of Telegram exports.

use faisceau_model::{Absent, Maybe, Place, PostKind, Precision, RejectReason, ZoneSource};
use proptest::prelude::*;

use super::sniff;
use crate::ImportSettings;
use crate::testing::{dump, in_paris, mutated, read, read_as, reasons};

const SINGLE: &[u8] = include_bytes!("../../../tests/fixtures/telegram/single_chat.json");
const FULL: &[u8] = include_bytes!("../../../tests/fixtures/telegram/full_export.json");

#[test]
fn one_chat_gives_all_columns() {
    let (imported, sink) = read_as("result.json", SINGLE, &in_paris());
    assert_eq!(imported.name(), Some("telegram-json"));
    assert_eq!(imported.problem, None);
    assert_eq!((sink.tally.records, sink.tally.read, sink.tally.set_aside), (11, 7, 2));
    insta::assert_snapshot!("single_posts", dump(&sink.posts));
    insta::assert_snapshot!("single_accounts", dump(&sink.accounts));
    assert_eq!(
        reasons(&sink),
        [
            "/messages/0 set_aside: service message: create_chat",
            "/messages/7 time: `date` is no time, or one that never was",
            "/messages/8 missing_field: `from_id` is missing",
            "/messages/9 set_aside: message of type `unsupported`",
        ]
    );
}

#[test]
fn the_full_export_gives_chats_and_sessions() {
    let (imported, sink) = read(FULL);
    assert_eq!(imported.problem, None);
    insta::assert_snapshot!("full_posts", dump(&sink.posts));
    insta::assert_snapshot!("full_accounts", dump(&sink.accounts));
    insta::assert_snapshot!("full_connections", dump(&sink.connections));
    assert_eq!(
        reasons(&sink),
        [
            "/contacts set_aside: the section `contacts` holds no message",
            "/chats/list/1 syntax: an object was expected",
            "/sessions/list/1 address: `last_ip` is no address: `unknown`",
        ]
    );
    // The exporter's address book never enters a table.
    assert!(sink.rejects.iter().all(|reject| !reject.excerpt.contains("Secret")));
}

#[test]
fn without_unix_time_the_zone_is_assumed_and_without_zone_only_the_day_is_kept() {
    let at = |settings: &ImportSettings| {
        let (_, sink) = read_as("result.json", SINGLE, settings);
        let post = sink.posts.iter().find(|post| post.content_id == Maybe::Known("107".into()));
        post.and_then(|post| post.at.into_known()).unwrap()
    };
    let paris = at(&in_paris());
    assert_eq!(paris.to_string(), "2023-02-18 12:38:00 UTC");
    assert_eq!(paris.zone(), ZoneSource::Assumed);
    let nowhere = at(&ImportSettings::default());
    assert_eq!((nowhere.precision(), nowhere.zone()), (Precision::Day, ZoneSource::Assumed));
}

#[test]
fn what_precedes_a_truncation_is_kept() {
    let text = std::str::from_utf8(SINGLE).unwrap();
    let cut = text.find("\"id\": 105").unwrap();
    let (imported, sink) = read(&text.as_bytes()[..cut]);
    assert_eq!(sink.posts.len(), 3);
    let last = sink.rejects.last().unwrap();
    assert_eq!(last.reason, RejectReason::Truncated);
    let Place::Bytes { start, len } = last.place else { panic!("{}", last.place) };
    assert_eq!(start + len, cut as u64);
    assert!(text[..start as usize].ends_with('}'));
    assert_eq!(
        imported.problem.unwrap(),
        format!(
            "the export stops in the middle of a record (byte {cut}); 4 records before it were kept"
        )
    );
}

#[test]
fn a_truncated_full_export_keeps_the_chats_before() {
    let text = std::str::from_utf8(FULL).unwrap();
    let cut = text.find("\"Non\"").unwrap();
    let (_, sink) = read(&text.as_bytes()[..cut]);
    let texts: Vec<_> = sink.posts.iter().filter_map(|post| post.text.known()).collect();
    assert_eq!(texts, ["En public", "En privé"]);
    // The sessions that precede the chats are read too.
    assert_eq!(sink.connections.len(), 2);
    assert_eq!(sink.rejects.last().unwrap().reason, RejectReason::Truncated);
}

#[test]
fn a_control_character_in_a_name_does_not_hide_the_export() {
    // Telegram Desktop writes `\x1B`, which is not JSON.
    let text = std::str::from_utf8(SINGLE).unwrap().replace("\\u001b", "\\x1B");
    assert!(text.contains("\\x1B"));
    let (_, sink) = read_as("result.json", text.as_bytes(), &in_paris());
    let (_, sound) = read_as("result.json", SINGLE, &in_paris());
    assert_eq!((sink.posts, sink.accounts), (sound.posts, sound.accounts));
}

#[test]
fn a_hostile_name_is_kept_as_text_and_never_enters_a_key() {
    let (_, sink) = read(SINGLE);
    let name = sink.accounts[0].display_name.known().unwrap();
    assert_eq!(name, "Le Vengeur \u{1b}[31m =cmd|'/C calc'!A1");
    assert_eq!(sink.accounts[0].account.as_str(), "telegram:user777");
}

#[test]
fn two_hundred_levels_cost_one_message() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let abyss = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    let text = format!(
        r#"{{"name":"x","type":"private_group","id":1,"messages":[
        {{"id":1,"type":"message","date_unixtime":"1","from_id":"user1","text":{deep}}},
        {{"id":2,"type":"message","date_unixtime":"2","from_id":"user1","text":"ok"}}],"odd":{abyss}}}"#
    );
    let (_, sink) = read(text.as_bytes());
    assert_eq!(sink.posts.len(), 1);
    let limit = sink.rejects.iter().find(|r| r.reason == RejectReason::Limit).unwrap();
    assert_eq!(limit.place.to_string(), "/messages/0");
    assert!(limit.detail.contains("line 1 column "), "{}", limit.detail);
}

#[test]
fn sessions_give_applications_and_the_owner_is_declared() {
    let (_, sink) = read(FULL);
    insta::assert_snapshot!("full_devices", dump(&sink.devices));
    insta::assert_snapshot!("full_subscribers", dump(&sink.subscribers));
    assert_eq!(sink.unknown_fields, []);
}

#[test]
fn numbers_of_old_exports_are_the_accounts_of_new_ones() {
    // Before 2021: the bare id; then for some months with the kind above 32 bits.
    let text = r#"{"name":"x","type":"personal_chat","id":4294968073,"messages":[
        {"id":1,"type":"message","date":"2020-02-18T13:33:11","from":"a","from_id":777,"text":"a"},
        {"id":2,"type":"message","date":"2020-02-18T13:33:11","from":"a","from_id":4294968073,"text":"b"},
        {"id":3,"type":"message","date":"2020-02-18T13:33:11","from":"b","from_id":8589934597,"text":"c"},
        {"id":4,"type":"message","date":"2020-02-18T13:33:11","from":"c","from_id":42,"text":"d"}]}"#;
    let (_, sink) = read_as("x", text.as_bytes(), &in_paris());
    let keys: Vec<_> = sink.posts.iter().map(|post| post.account.native()).collect();
    assert_eq!(keys, ["user777", "user777", "channel5", "user42"]);
    // The chat is told to be that with user777: what he writes is not addressed to himself.
    assert_eq!(sink.posts[0].target, Maybe::Missing(Absent::NotExported));
    assert_eq!(sink.posts[3].target, Maybe::Known("x".to_owned()));
    // An id of today may be above 32 bits and is no old number.
    let today = r#"{"name":"x","type":"personal_chat","id":4294968073,"messages":[
        {"id":1,"type":"message","date_unixtime":"1","from_id":"user4294968073","text":"a"}]}"#;
    let (_, sink) = read(today.as_bytes());
    assert_eq!(sink.posts[0].account.native(), "user4294968073");
    assert_eq!(sink.posts[0].target, Maybe::Missing(Absent::NotExported));
}

#[test]
fn keys_that_are_not_known_are_listed() {
    let text = r#"{"name":"x","type":"private_group","id":1,"mood":"dark","messages":[
        {"id":1,"type":"message","date_unixtime":"1","from_id":"user1","text":"a","whisper":1,
         "reactions":[{"type":"emoji","count":1,"emoji":"a","recent":[],"loud":true}]},
        {"id":2,"type":"service","actor_id":"user1","action":"dance","steps":3}]}"#;
    let (_, sink) = read(text.as_bytes());
    let listed: Vec<_> =
        sink.unknown_fields.iter().map(|f| (f.field.as_str(), f.place.to_string())).collect();
    assert_eq!(
        listed,
        [
            ("messages.reactions.loud", "/messages/0".to_owned()),
            ("messages.whisper", "/messages/0".to_owned()),
            ("mood", "/mood".to_owned()),
        ]
    );
}

#[test]
fn the_time_of_a_reaction_is_never_that_of_the_message() {
    let text = r#"{"name":"x","type":"private_group","id":1,"messages":[
        {"id":1,"type":"message","date":"2023-02-18T13:33:11","date_unixtime":"1676723591",
         "edited":"2024-01-01T00:00:00","edited_unixtime":"1704063600","from_id":"user1","text":"a",
         "reactions":[{"type":"emoji","count":1,"emoji":"a","recent":[{"from":"b","from_id":"user2","date":"2024-01-01T00:00:00"}]}]}]}"#;
    let (_, sink) = read(text.as_bytes());
    assert_eq!(sink.tally.first, sink.tally.last);
    assert_eq!(sink.posts[0].at.known().unwrap().to_string(), "2023-02-18 12:33:11 UTC");
}

#[test]
fn a_question_in_pieces_is_put_together() {
    let text = r#"{"name":"x","type":"private_group","id":1,"messages":[
        {"id":1,"type":"message","date_unixtime":"1","from_id":"user1","text":"",
         "poll":{"question":["On ",{"type":"bold","text":"arrête"}," ?"]}},
        {"id":2,"type":"message","date_unixtime":"1","from_id":"user1","text":[],
         "todo_list":{"title":"Courses"}}]}"#;
    let (_, sink) = read(text.as_bytes());
    let texts: Vec<_> = sink.posts.iter().filter_map(|post| post.text.known()).collect();
    assert_eq!(texts, ["On arrête ?", "Courses"]);
}

#[test]
fn a_list_that_appears_twice_is_refused() {
    let text = r#"{"type":"private_group","id":1,
        "messages":[{"id":1,"type":"message","date_unixtime":"1","from_id":"user1","text":"a"}],
        "messages":[{"id":2,"type":"message","date_unixtime":"2","from_id":"user1","text":"b"}]}"#;
    let (imported, sink) = read(text.as_bytes());
    assert_eq!(sink.posts.len(), 1);
    assert!(imported.problem.unwrap().contains("`messages` appears twice"));
}

#[test]
fn an_export_with_its_keys_sorted_reads_the_same() {
    let export: serde_json::Value = serde_json::from_slice(SINGLE).unwrap();
    // The map of `serde_json` sorts its keys: `messages` comes before `name` and `type`.
    let sorted = serde_json::to_vec(&export).unwrap();
    let (_, sink) = read_as("x", &sorted, &in_paris());
    let (_, sound) = read_as("x", SINGLE, &in_paris());
    assert_eq!(sink.posts, sound.posts);
}

#[test]
fn chats_and_sections_without_end_take_no_more_than_their_time() {
    let chats = r#"{"id":1,"messages":[]},"#.repeat(100_000);
    let text = format!(r#"{{"about":"Telegram","chats":{{"list":[{chats}{{"id":2}}]}}}}"#);
    let (imported, sink) = read(text.as_bytes());
    assert_eq!((imported.name(), imported.problem), (Some("telegram-json"), None));
    assert_eq!(sink.tally.records, 0);
    let sections = r#""x":{},"#.repeat(10_005);
    let text = format!(r#"{{"about":"Telegram","chats":{{}},{sections}"y":1}}"#);
    let (imported, sink) = read(text.as_bytes());
    assert!(imported.problem.unwrap().contains("more than 10000 sections"));
    assert_eq!(sink.tally.records, 10_001);
}

#[test]
fn a_message_that_was_forwarded_is_not_its_senders_words() {
    let (_, sink) = read(SINGLE);
    let kinds: Vec<_> = sink.posts.iter().map(|post| post.kind).collect();
    assert_eq!(kinds.iter().filter(|&&kind| kind == PostKind::Forwarded).count(), 1);
    let deleted = &sink.accounts[2];
    assert_eq!(deleted.account.native(), "user900");
    assert_eq!(deleted.display_name, Maybe::Missing(Absent::Deleted));
}

#[test]
fn other_json_is_not_taken_for_an_export() {
    assert!(sniff(br#"{"name":"x","type":"personal_chat","id":1,"messages":[]}"#));
    assert!(!sniff(br#"{"guild":{},"channel":{},"messages":[{"id":"1","content":"x"}]}"#));
    assert!(!sniff(br#"{"participants":[{"name":"x"}],"messages":[{"sender_name":"x"}]}"#));
    assert!(!sniff(b"[]"));
}

proptest! {
    #[test]
    fn never_panics_and_always_balances(bytes in mutated(SINGLE)) {
        read(&bytes);
    }

    #[test]
    fn never_panics_on_the_full_export(bytes in mutated(FULL)) {
        read(&bytes);
    }

    #[test]
    fn never_panics_on_what_only_starts_like_an_export(tail in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut bytes = br#"{"type":"personal_chat","messages":["#.to_vec();
        bytes.extend(tail);
        read(&bytes);
    }
}
