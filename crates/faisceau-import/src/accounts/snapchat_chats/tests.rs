//! Tests of the importer of Snapchat's `chat_history.json`.

use faisceau_model::{AccountKey, ExhibitNo};
use proptest::prelude::*;

use crate::ImportSettings;
use crate::testing::{dump, mutated, read, read_as, reasons};

const SAMPLE: &[u8] = include_bytes!("../../../tests/fixtures/snapchat_export/chat_history.json");
const OLDER: &[u8] =
    include_bytes!("../../../tests/fixtures/snapchat_export/chat_history_older.json");

fn owned() -> ImportSettings {
    let mut settings = ImportSettings::default();
    let owner = AccountKey::by_handle("snapchat", "exemple.pseudo");
    settings.owners.insert(ExhibitNo::top(1), owner);
    settings
}

#[test]
fn messages_give_all_columns() {
    let (imported, sink) = read_as("chat_history.json", SAMPLE, &owned());
    assert_eq!((imported.name(), imported.problem), (Some("snapchat-chats"), None));
    insta::assert_snapshot!("messages", dump(&sink.posts));
    assert_eq!(reasons(&sink), ["/autre.pseudo/3 time: `Created` is no time: `hier`"]);
    assert_eq!(sink.unknown_fields[0].field, "Reaction");
}

#[test]
fn the_older_layout_needs_the_owner_for_what_was_sent() {
    let (imported, sink) = read_as("chat_history.json", OLDER, &owned());
    assert_eq!(imported.name(), Some("snapchat-chats"));
    insta::assert_snapshot!("older", dump(&sink.posts));
    let (_, sink) = read(OLDER);
    assert_eq!((sink.posts.len(), sink.rejects.len()), (1, 1));
}

#[test]
fn hostile_messages_are_settled() {
    let text = r#"{"a":[{"From":"x","Media Type":"TEXT","Created":"2026-07-07 22:44:03 UTC",
        "Content":"=cmd|' /C'!A0 \u001b[2J","Created(microseconds)":9223372036854775807},
        {"From":{"a":[]},"Created":7},[],"#;
    let (imported, sink) = read(text.as_bytes());
    assert!(imported.problem.is_some());
    assert_eq!((sink.posts.len(), sink.rejects.len()), (1, 3));
}

proptest! {
    #[test]
    fn every_record_is_settled(bytes in mutated(SAMPLE), older in mutated(OLDER)) {
        read_as("x", &bytes, &owned());
        read(&older);
    }
}
