//! Tests of the importer of X archives.

use faisceau_model::{AccountKey, ExhibitNo, RejectReason};
use proptest::prelude::*;

use super::owner;
use crate::ImportSettings;
use crate::testing::{dump, mutated, read, read_as, read_exhibit, reasons};

const TWEETS: &[u8] = include_bytes!("../../../tests/fixtures/x_archive/tweets.js");
const ACCOUNT: &[u8] = include_bytes!("../../../tests/fixtures/x_archive/account.js");
const IP_AUDIT: &[u8] = include_bytes!("../../../tests/fixtures/x_archive/ip-audit.js");
const CREATION: &[u8] = include_bytes!("../../../tests/fixtures/x_archive/account-creation-ip.js");
const MANIFEST: &[u8] = include_bytes!("../../../tests/fixtures/x_archive/manifest.js");

const MESSAGES: &[u8] = include_bytes!("../../../tests/fixtures/x_archive/direct-messages.js");
const GROUP: &[u8] = include_bytes!("../../../tests/fixtures/x_archive/direct-messages-group.js");
const NOTES: &[u8] = include_bytes!("../../../tests/fixtures/x_archive/note-tweet.js");
const TOKENS: &[u8] = include_bytes!("../../../tests/fixtures/x_archive/device-token.js");
const NI_DEVICES: &[u8] = include_bytes!("../../../tests/fixtures/x_archive/ni-devices.js");
const APPLICATIONS: &[u8] =
    include_bytes!("../../../tests/fixtures/x_archive/connected-application.js");
const REGISTRY: &[u8] = include_bytes!("../../../tests/fixtures/x_archive/key-registry.js");
const RENAMED: &[u8] = include_bytes!("../../../tests/fixtures/x_archive/screen-name-change.js");
const READDRESSED: &[u8] =
    include_bytes!("../../../tests/fixtures/x_archive/email-address-change.js");

const OWNER: &str = "1234567890123456789";

/// The tests read exhibit 1.1, a member of the archive that is exhibit 1.
fn owned() -> ImportSettings {
    let mut settings = ImportSettings::default();
    settings.owners.insert(ExhibitNo::top(1), AccountKey::by_id("x", OWNER));
    settings
}

#[test]
fn tweets_give_all_columns() {
    let (imported, sink) = read_as("tweets.js", TWEETS, &owned());
    assert_eq!(imported.name(), Some("x-archive"));
    assert_eq!(imported.problem, None);
    insta::assert_snapshot!("tweets", dump(&sink.posts));
    assert_eq!(
        reasons(&sink),
        [
            "/3 time: `created_at` is no time: `Fri Feb 30 12:35:11 +0000 2023`",
            "/4 missing_field: `id` is missing",
            "/5 missing_field: `tweet` is missing",
            "/6 syntax: an object was expected",
        ]
    );
}

#[test]
fn without_the_owner_no_tweet_is_attributed() {
    let (_, sink) = read(TWEETS);
    assert!(sink.posts.is_empty());
    assert!(sink.rejects[..5].iter().all(|r| r.reason == RejectReason::MissingField));
    assert!(sink.rejects[0].detail.contains("account.js"));
}

#[test]
fn a_file_that_is_an_exhibit_of_its_own_finds_its_owner() {
    let exhibit = ExhibitNo::top(7);
    let mut settings = ImportSettings::default();
    settings.owners.insert(exhibit, AccountKey::by_id("x", OWNER));
    let (_, sink) = read_exhibit(exhibit, "tweets.js", TWEETS, &settings);
    assert!(!sink.posts.is_empty());
    assert!(sink.posts.iter().all(|post| post.account.native() == OWNER));
}

#[test]
fn the_owner_is_found_in_four_files() {
    for file in [ACCOUNT, IP_AUDIT, CREATION, MANIFEST] {
        assert_eq!(owner(file).unwrap().native(), OWNER);
    }
    assert_eq!(owner(TWEETS), None);
    assert_eq!(owner(b"window.YTD.account.part0 = [{}]"), None);
    assert_eq!(owner(b""), None);
}

#[test]
fn account_and_connections_give_all_columns() {
    let (_, account) = read(ACCOUNT);
    insta::assert_snapshot!("account", dump(&account.accounts));
    insta::assert_snapshot!("account_data", dump(&account.subscribers));
    let (_, audit) = read(IP_AUDIT);
    insta::assert_snapshot!("ip_audit", dump(&audit.connections));
    assert_eq!(
        reasons(&audit),
        [
            "/2 time: `createdAt` is no time: `yesterday`",
            "/3 address: `loginIp` is no address: `REDACTED`"
        ]
    );
    let (_, creation) = read(CREATION);
    insta::assert_snapshot!("creation", dump(&creation.connections));
}

#[test]
fn a_part_that_is_not_read_is_set_aside() {
    let (imported, sink) = read(b"window.YTD.follower.part0 = [{}]");
    assert_eq!(imported.name(), Some("x-archive"));
    assert_eq!(reasons(&sink), ["whole set_aside: the part `follower` is not read"]);
    for part in ["tweet_headers", "deleted_tweet_headers", "direct_message_group_headers"] {
        let (_, headers) = read(format!("window.YTD.{part}.part0 = [{{}}]").as_bytes());
        let detail = "repeats another part without its text";
        assert_eq!(reasons(&headers), [format!("whole set_aside: the part `{part}` {detail}")]);
    }
    let (_, manifest) = read(MANIFEST);
    assert_eq!(reasons(&manifest), ["whole set_aside: the part `manifest` is not read"]);
}

#[test]
fn private_messages_give_all_columns() {
    let (_, sink) = read(MESSAGES);
    insta::assert_snapshot!("messages", dump(&sink.posts));
    assert_eq!(
        reasons(&sink),
        [
            "/0/dmConversation/messages/3 missing_field: `senderId` is missing",
            "/0/dmConversation/messages/4 time: `createdAt` is no time: `2023-02-30T12:36:00.000Z`",
            "/1 set_aside: a conversation without messages",
            "/2 missing_field: `dmConversation` is missing",
        ]
    );
    let unknown: Vec<_> = sink.unknown_fields.iter().map(|row| row.field.as_str()).collect();
    assert_eq!(unknown, ["messageCreate.isVanishing"]);
    let (_, group) = read(GROUP);
    insta::assert_snapshot!("group", dump(&group.posts));
    insta::assert_snapshot!("group_rejects", reasons(&group).join("\n"));
}

#[test]
fn a_conversation_longer_than_a_record_is_read() {
    let one =
        format!(r#"{{"messageCreate":{{"id":"1","senderId":"2","text":"{}"}}}}"#, "x".repeat(1000));
    let all = vec![one; 5000].join(",");
    let text = format!(
        r#"window.YTD.direct_messages.part0 = [{{"dmConversation":{{"messages":[{all}]}}}}]"#
    );
    let (_, sink) = read(text.as_bytes());
    assert_eq!(sink.posts.len(), 5000);
    assert!(sink.rejects.is_empty());
}

#[test]
fn long_texts_and_prompts_are_posts() {
    let (_, notes) = read_as("note-tweet.js", NOTES, &owned());
    insta::assert_snapshot!("notes", dump(&notes.posts));
    assert_eq!(reasons(&notes), ["/1 time: `createdAt` is no time: `not-a-date`"]);
    let item = |sender: &str| {
        format!(
            r#"{{"grokChatItem":{{"accountId":"5","chatId":"6","createdAt":"2025-10-23T13:11:59.692Z","sender":{{"name":"{sender}"}},"message":"pourquoi"}}}}"#
        )
    };
    let text = format!("window.YTD.grok_chat_item.part0 = [{},{}]", item("User"), item("Agent"));
    let (_, grok) = read(text.as_bytes());
    assert_eq!(grok.posts.len(), 1);
    assert_eq!(grok.posts[0].account.as_str(), "x:5");
    assert_eq!(reasons(&grok), ["/1 set_aside: an answer of Grok"]);
}

#[test]
fn devices_give_all_columns() {
    let mut all = String::new();
    let mut rejects = Vec::new();
    let settings = ImportSettings { zone: Some("Europe/Paris".to_owned()), ..owned() };
    for file in [TOKENS, NI_DEVICES, APPLICATIONS, REGISTRY] {
        let (_, sink) = read_as("device.js", file, &settings);
        all += &dump(&sink.devices);
        all += &dump(&sink.subscribers);
        rejects.extend(reasons(&sink));
    }
    insta::assert_snapshot!("devices", all);
    assert_eq!(rejects, ["/2 missing_field: `token` is missing", "/2 set_aside: nothing is in it"]);
}

#[test]
fn former_names_and_addresses_give_all_columns() {
    let (_, names) = read(RENAMED);
    insta::assert_snapshot!("renamed", dump(&names.accounts) + &dump(&names.subscribers));
    let (_, mails) = read(READDRESSED);
    insta::assert_snapshot!("readdressed", dump(&mails.subscribers));
    assert!(names.unknown_fields.is_empty() && mails.unknown_fields.is_empty());
}

#[test]
fn small_parts_are_what_x_declares() {
    let mut all = String::new();
    for text in [
        r#"window.YTD.phone_number.part0 = [{"device":{"phoneNumber":"+33199000001"}}]"#,
        r#"window.YTD.ageinfo.part0 = [{"ageMeta":{"ageInfo":{"age":["34"],"birthDate":"1989-01-02"},"inferredAgeInfo":{"age":["25-49"],"birthDate":""}}}]"#,
        r#"window.YTD.verified.part0 = [{"verified":{"accountId":"5","verified":false}}]"#,
        r#"window.YTD.account_timezone.part0 = [{"accountTimezone":{"accountId":"5","timeZone":"Paris"}}]"#,
        r#"window.YTD.account_suspension.part0 = [{"accountSuspension":{"timeStamp":"2023-03-01T00:00:00.000Z","action":"Suspend"}}]"#,
        r#"window.YTD.profile.part0 = [{"profile":{"description":{"bio":"rien","website":"","location":"Lyon"},"avatarMediaUrl":"https://pbs.twimg.com/a.jpg"}}]"#,
    ] {
        let (_, sink) = read_as("x.js", text.as_bytes(), &owned());
        assert!(sink.rejects.is_empty() && sink.unknown_fields.is_empty(), "{text}");
        all += &dump(&sink.subscribers);
        all += &dump(&sink.accounts);
    }
    insta::assert_snapshot!("small_parts", all);
}

#[test]
fn identity_data_are_not_shown_by_rejects() {
    let text = br#"window.YTD.account.part0 = [{"account":{"email":"a@example.org","accountId":"5","createdAt":"x"}}]"#;
    let (_, sink) = read(text);
    assert_eq!(sink.rejects[0].reason, RejectReason::Time);
    assert_eq!(sink.rejects[0].excerpt, "");
}

#[test]
fn what_precedes_a_truncation_is_kept_with_its_place() {
    let cut = IP_AUDIT.len() - 200;
    let (imported, sink) = read(&IP_AUDIT[..cut]);
    assert_eq!(sink.connections.len(), 2);
    let last = sink.rejects.last().unwrap();
    assert_eq!(last.reason, RejectReason::Truncated);
    assert!(imported.problem.unwrap().contains(&format!("byte {cut}")));
}

#[test]
fn two_hundred_levels_cost_one_element() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let text = format!(
        r#"window.YTD.ip_audit.part0 = [{{"ipAudit":{deep}}},
        {{"ipAudit":{{"accountId":"1","loginIp":"192.0.2.1"}}}}];"#
    );
    let (_, sink) = read(text.as_bytes());
    assert_eq!(sink.connections.len(), 1);
    assert_eq!(sink.rejects[0].reason, RejectReason::Limit);
}

proptest! {
    #[test]
    fn never_panics_on_tweets(bytes in mutated(TWEETS)) {
        read_as("tweets.js", &bytes, &owned());
        owner(&bytes);
    }

    #[test]
    fn never_panics_on_logins(bytes in mutated(IP_AUDIT)) {
        read(&bytes);
        owner(&bytes);
    }

    #[test]
    fn never_panics_on_messages(bytes in mutated(MESSAGES), devices in mutated(NI_DEVICES)) {
        read(&bytes);
        read(&devices);
    }

    #[test]
    fn never_panics_on_names(names in mutated(RENAMED), notes in mutated(NOTES)) {
        read_as("x", &names, &owned());
        read_as("x", &notes, &owned());
    }

    #[test]
    fn never_panics_on_what_only_starts_like_an_archive(tail in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut bytes = b"window.YTD.tweets.part0 = [".to_vec();
        bytes.extend(tail);
        read_as("tweets.js", &bytes, &owned());
    }
}
