//! Tests of the importer of encrypted conversations of Messenger.

use faisceau_model::Maybe;
use proptest::prelude::*;

use crate::testing::{dump, mutated, read, reasons};

const SAMPLE: &[u8] = include_bytes!("../../../../tests/fixtures/meta/encrypted.json");

#[test]
fn a_conversation_gives_all_columns() {
    let (imported, sink) = read(SAMPLE);
    assert_eq!(imported.name(), Some("messenger-encrypted"));
    insta::assert_snapshot!("posts", dump(&sink.posts));
    insta::assert_snapshot!("accounts", dump(&sink.accounts));
    assert_eq!(
        reasons(&sink),
        [
            "/messages/4 missing_field: `timestamp` is missing",
            "/messages/5 missing_field: `senderName` is missing",
        ]
    );
    assert_eq!(sink.unknown_fields[0].field, "messages.nouveau");
}

#[test]
fn sound_utf8_is_not_repaired() {
    let (_, sink) = read(SAMPLE);
    assert_eq!(sink.posts[3].text, Maybe::Known("\u{c3}\u{a9}crit ainsi".to_owned()));
}

#[test]
fn wrong_types_cost_their_records() {
    let text = r#"{"participants":[1,{}],"threadName":[],"messages":[
        {"senderName":"a","timestamp":"x"},{"senderName":"a","timestamp":1,"media":[[]],"text":7},{"senderName":"a","#;
    let (imported, sink) = read(text.as_bytes());
    assert_eq!(sink.posts.len(), 1);
    assert!(imported.problem.unwrap().contains("2 records before it were kept"));
}

proptest! {
    #[test]
    fn never_panics_and_always_balances(bytes in mutated(SAMPLE)) {
        read(&bytes);
    }
}
