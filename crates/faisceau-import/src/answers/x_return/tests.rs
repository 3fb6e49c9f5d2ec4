//! Tests of the importer of X's answers.

use faisceau_model::{AccountKey, ExhibitNo, Maybe, RejectReason, SignatureState};
use proptest::prelude::*;

use crate::ImportSettings;
use crate::openpgp::keys::KeyExhibit;
use crate::testing::{dump, mutated, read, read_as, reasons};

const AUDIT: &[u8] = include_bytes!("../../../tests/fixtures/x_return/ip-audit.txt");
const TWEETS: &[u8] = include_bytes!("../../../tests/fixtures/x_return/tweet.txt");
const MESSAGES: &[u8] = include_bytes!("../../../tests/fixtures/x_return/direct-messages.txt");
const PLATFORM: &[u8] = include_bytes!("../../../tests/fixtures/openpgp/platform.asc");
const SUBKEY: &[u8] = include_bytes!("../../../tests/fixtures/openpgp/subkey.asc");

fn settings() -> ImportSettings {
    let keys = [PLATFORM, SUBKEY].into_iter().zip(8..).map(|(armoured, number)| KeyExhibit {
        exhibit: ExhibitNo::top(number),
        armoured: armoured.to_vec(),
    });
    ImportSettings { keys: keys.collect(), ..ImportSettings::default() }
}

/// A signed block around a text, with a signature that is none.
fn framed(text: &str) -> String {
    let end = "-----BEGIN PGP SIGNATURE-----\n\nAA==\n-----END PGP SIGNATURE-----\n";
    format!("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n{text}\n{end}")
}

/// The bytes that a place of the form `b400+120` names.
fn at<'b>(bytes: &'b [u8], place: &faisceau_model::Place) -> &'b str {
    let faisceau_model::Place::Bytes { start, len } = place else { panic!("{place}") };
    std::str::from_utf8(&bytes[*start as usize..(start + len) as usize]).unwrap()
}

#[test]
fn logins_give_all_columns() {
    let (imported, sink) = read_as("1-ip-audit.txt", AUDIT, &settings());
    assert_eq!(imported.name(), Some("x-return"));
    assert_eq!(imported.problem, None);
    insta::assert_snapshot!("ip_audit", dump(&sink.connections));
    insta::assert_snapshot!("signature", dump(&sink.signatures));
    assert_eq!(reasons(&sink).len(), 1);
    assert!(reasons(&sink)[0].ends_with("address: `loginIp` is no address: `not disclosed`"));
    let unknown: Vec<_> = sink.unknown_fields.iter().map(|row| row.field.as_str()).collect();
    assert_eq!(unknown, ["ipAudit.loginAsn"]);
    for row in &sink.connections {
        let raw = at(AUDIT, &row.place);
        assert!(raw.starts_with('{') && raw.ends_with('}') && raw.contains("ipAudit"), "{raw}");
    }
}

#[test]
fn rows_are_kept_whatever_the_signature_says() {
    let changed = String::from_utf8(AUDIT.to_vec()).unwrap().replace("50123", "50124");
    let (_, sink) = read_as("x", changed.as_bytes(), &settings());
    assert_eq!(sink.signatures[0].state, SignatureState::Bad);
    assert_eq!(sink.connections.len(), 3);
    let (_, none) = read(AUDIT);
    assert_eq!(none.signatures[0].state, SignatureState::NoKey);
    assert_eq!(none.connections.len(), 3);
}

#[test]
fn tweets_between_lines_and_a_broken_one() {
    let (imported, sink) = read_as("x", TWEETS, &settings());
    assert_eq!(imported.name(), Some("x-return"));
    assert_eq!(sink.signatures[0].state, SignatureState::Good);
    insta::assert_snapshot!("tweets", dump(&sink.posts));
    insta::assert_snapshot!("account", dump(&sink.accounts) + &dump(&sink.subscribers));
    insta::assert_snapshot!("tweet_rejects", reasons(&sink).join("\n"));
    let last = sink.accounts.last().unwrap();
    assert!(at(TWEETS, &last.place).starts_with("{\n  \"account\""));
}

#[test]
fn messages_with_and_without_their_wrapper() {
    let (imported, sink) = read_as("x", MESSAGES, &settings());
    assert_eq!(imported.name(), Some("x-return"));
    assert_eq!(sink.signatures[0].state, SignatureState::Good);
    insta::assert_snapshot!("messages", dump(&sink.posts));
    insta::assert_snapshot!("message_rejects", reasons(&sink).join("\n"));
}

#[test]
fn an_answer_on_two_accounts_gives_no_author() {
    let two = |second: &str| {
        framed(&format!(
            r#"[{{"ipAudit":{{"accountId":"1","loginIp":"192.0.2.1"}}}},
            {{"ipAudit":{{"accountId":"{second}","loginIp":"192.0.2.2"}}}}]
{{"tweet":{{"id":"9","full_text":"x","created_at":"Sat Feb 18 12:33:11 +0000 2023"}}}}"#
        ))
    };
    let (_, sink) = read(two("1").as_bytes());
    assert_eq!(sink.posts[0].account, AccountKey::by_id("x", "1"));
    let (_, sink) = read(two("2").as_bytes());
    assert!(sink.posts.is_empty());
    assert_eq!(sink.rejects[0].reason, RejectReason::MissingField);
    let mut declared = ImportSettings::default();
    declared.owners.insert(ExhibitNo::top(1), AccountKey::by_id("x", "7"));
    let (_, sink) = read_as("x", two("2").as_bytes(), &declared);
    assert_eq!(sink.posts[0].account, AccountKey::by_id("x", "7"));
}

#[test]
fn elements_without_wrapper_and_files_of_an_archive_are_read() {
    let text = framed(
        r#"window.YTD.ip_audit.part0 = [ {"accountId":"1","createdAt":"2023-02-18T12:30:01.000Z","loginIp":"192.0.2.1:5000"} ]
[ {"dmConversation":{"conversationId":"1-2","messages":[{"messageCreate":{"id":"3","senderId":"2"}}]}} ]"#,
    );
    let (_, sink) = read(text.as_bytes());
    assert_eq!(sink.connections[0].port, Maybe::Known(5000));
    assert_eq!(sink.posts[0].thread, Maybe::Known("1-2".to_owned()));
    assert!(sink.rejects.is_empty());
    assert!(at(text.as_bytes(), &sink.posts[0].place).starts_with("{\"messageCreate\""));
}

#[test]
fn what_stands_outside_is_never_read() {
    let forged = br#"[{"ipAudit":{"accountId":"1","loginIp":"203.0.113.66"}}]"#;
    let text = [forged.as_slice(), b"\n", AUDIT, forged].concat();
    let (imported, sink) = read_as("x", &text, &settings());
    assert_eq!(imported.name(), Some("x-return"));
    assert_eq!(sink.connections.len(), 3);
    let outside = sink.rejects.iter().filter(|row| row.detail.contains("nobody signed this"));
    assert_eq!(outside.count(), 2);
    let hidden = String::from_utf8(AUDIT.to_vec()).unwrap().replacen(
        "Hash: SHA512\n",
        "Hash: SHA512\n[{\"ipAudit\":{\"accountId\":\"1\",\"loginIp\":\"203.0.113.66\"}}]\n",
        1,
    );
    let (_, sink) = read_as("x", hidden.as_bytes(), &settings());
    assert_eq!(sink.signatures[0].state, SignatureState::Malformed);
    assert_eq!(sink.connections.len(), 3);
}

#[test]
fn a_mail_that_quotes_an_answer_is_a_mail() {
    let head = "From: a@example.org\nTo: b@example.org\nSubject: x\nDate: Sat, 18 Feb 2023 12:33:11 +0000\nMessage-ID: <1@example.org>\n\n";
    let text = [head.as_bytes(), AUDIT].concat();
    assert_ne!(read(&text).0.name(), Some("x-return"));
}

#[test]
fn hostile_texts_cost_no_more_than_their_length() {
    let hundred = 100_000;
    for text in [
        "[\n".repeat(hundred),
        "{\n".repeat(hundred),
        "[".repeat(hundred),
        "****\n".repeat(hundred / 10),
        "\"ipAudit\"\n[".repeat(hundred / 10),
        format!("{{\"ipAudit\":{}1{}}}", "[".repeat(5000), "]".repeat(5000)),
        r#"{"ipAudit":{"accountId":"1","loginIp":"=cmd()"}}"#.to_owned(),
        "{\"tweet\":{\"id\":[],\"full_text\":{},\"user\":7,\"\u{1b}[2J\":1}}".to_owned(),
        "{\"dmConversation\":7}\n{\"dmConversation\":{\"messages\":[7,[],{}]}}".to_owned(),
        "é**** é".to_owned(),
    ] {
        let framed = framed(&format!("\"ipAudit\"\n{text}"));
        let (imported, sink) = read(framed.as_bytes());
        assert_eq!(imported.name(), Some("x-return"));
        assert!(sink.rejects.len() as u64 == sink.tally.rejected);
        assert!(sink.unknown_fields.iter().all(|row| !row.field.contains('\u{1b}')));
    }
}

proptest! {
    #[test]
    fn never_panics_on_logins(bytes in mutated(AUDIT)) {
        read_as("x", &bytes, &settings());
    }

    #[test]
    fn never_panics_on_tweets(bytes in mutated(TWEETS)) {
        read_as("x", &bytes, &settings());
    }

    #[test]
    fn never_panics_on_messages(bytes in mutated(MESSAGES)) {
        read_as("x", &bytes, &settings());
    }
}
