//! Tests of the importer of Snapchat returns.

use faisceau_model::{AccountKey, ExhibitNo, RejectReason};
use proptest::prelude::*;

use super::owner;
use crate::ImportSettings;
use crate::testing::{dump, mutated, read, read_as, reasons};

const ADDRESSES: &[u8] = include_bytes!("../../../tests/fixtures/snapchat_return/ip_data.csv");
const SUBSCRIBER: &[u8] =
    include_bytes!("../../../tests/fixtures/snapchat_return/subscriber_info.csv");
const MESSAGES: &[u8] = include_bytes!("../../../tests/fixtures/snapchat_return/conversations.csv");

fn owned() -> ImportSettings {
    let mut settings = ImportSettings::default();
    settings.owners.insert(ExhibitNo::top(1), AccountKey::by_id("snapchat", "0000"));
    settings
}

#[test]
fn addresses_give_all_columns() {
    let (imported, sink) = read_as("ip_data.csv", ADDRESSES, &owned());
    assert_eq!((imported.name(), imported.problem), (Some("snapchat-return"), None));
    insta::assert_snapshot!("addresses", dump(&sink.connections));
    insta::assert_snapshot!("addresses_rejects", reasons(&sink).join("\n"));
    let unknown: Vec<_> = sink.unknown_fields.iter().map(|f| &f.field[..]).collect();
    assert_eq!(unknown, ["region"]);
}

#[test]
fn without_the_owner_the_addresses_are_read_all_the_same() {
    let (_, sink) = read(ADDRESSES);
    assert!(!sink.connections.is_empty());
    assert!(sink.connections.iter().all(|row| row.account.known().is_none()));
}

#[test]
fn the_subscriber_gives_all_columns() {
    let (_, sink) = read(SUBSCRIBER);
    let shown = [
        dump(&sink.accounts),
        dump(&sink.connections),
        dump(&sink.subscribers),
        reasons(&sink).join("\n"),
    ];
    insta::assert_snapshot!("subscriber", shown.join("----\n"));
    assert!(sink.unknown_fields.is_empty(), "{:?}", sink.unknown_fields);
}

#[test]
fn the_owner_is_found_in_the_subscriber_table_alone() {
    let found = owner(SUBSCRIBER).unwrap();
    assert_eq!(found.as_str(), "snapchat:00000000-1111-2222-3333-444444444444");
    assert_eq!((owner(ADDRESSES), owner(b"")), (None, None));
}

#[test]
fn messages_give_all_columns() {
    let (_, sink) = read(MESSAGES);
    insta::assert_snapshot!("messages", dump(&sink.posts));
    assert_eq!(reasons(&sink), ["l9@664 missing_field: `sender_username` is empty"]);
}

#[test]
fn an_address_that_is_none_does_not_cost_the_subscriber() {
    let text = String::from_utf8_lossy(SUBSCRIBER).replace("198.51.100.7", "nowhere");
    let (_, sink) = read(text.as_bytes());
    assert_eq!((sink.accounts.len(), sink.connections.len()), (1, 0));
    assert_eq!(sink.rejects[0].reason, RejectReason::Address);
    assert_eq!(sink.subscribers[0].value.reveal(), "camille@example.org");
}

#[test]
fn a_hostile_table_is_settled() {
    let mut text = b"\"x\"\n\"======\"\n\"ip\",\"timestamp\"\n".to_vec();
    for _ in 0..200 {
        text.extend(b"\"lone\"\n");
    }
    text.extend(
        b"\"=HYPERLINK(1)\",\"\x1b[31m2026\"\n\"192.0.2.1\",\"2026-01-01 00:00:00 UTC\",\"3\"\n",
    );
    text.extend(b"\"192.0.2.1\",\"2026-01-01 00:00:00 UTC\"\n\"192.0.2.1\",\"2026");
    let (_, sink) = read(&text);
    assert_eq!(sink.connections.len(), 1);
    assert_eq!(sink.rejects.len(), 203);
    assert_eq!(sink.rejects[202].reason, RejectReason::Truncated);
}

proptest! {
    #[test]
    fn every_record_is_settled(
        addresses in mutated(ADDRESSES), subscriber in mutated(SUBSCRIBER), messages in mutated(MESSAGES),
    ) {
        read(&addresses);
        read(&subscriber);
        read(&messages);
        owner(&subscriber);
    }
}
