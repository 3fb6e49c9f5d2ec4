//! Tests of the importer of Kik's tables.

use proptest::prelude::*;

use crate::testing::{dump, mutated, read, reasons};

const TEXT: &[u8] = include_bytes!("../../../tests/fixtures/kik/data-text.csv");
const DELIVERIES: &[u8] = include_bytes!("../../../tests/fixtures/kik/deliveries.csv");

#[test]
fn messages_give_all_columns() {
    let (imported, sink) = read(TEXT);
    assert_eq!((imported.name(), imported.problem), (Some("kik-tables"), None));
    insta::assert_snapshot!("messages", dump(&sink.posts));
    insta::assert_snapshot!("connections", dump(&sink.connections));
    insta::assert_snapshot!("rejects", reasons(&sink).join("\n"));
    assert_eq!(sink.unknown_fields[0].field, "conversation");
}

#[test]
fn deliveries_give_their_addresses() {
    let (imported, sink) = read(DELIVERIES);
    assert_eq!(imported.name(), Some("kik-tables"));
    assert_eq!((sink.posts.len(), sink.connections.len()), (0, 1));
    assert_eq!(reasons(&sink), ["l3@134 set_aside: a delivery without an address"]);
}

#[test]
fn hostile_records_are_settled() {
    let text = b"sender_id,message,sent_at_ts,ip\n\x1b[31mx,=1+1,1750000000123,192.0.2.1\n,,,\nx,y,-99999999999999999,\nx,\"never closed";
    let (_, sink) = read(text);
    assert_eq!((sink.posts.len(), sink.connections.len(), sink.rejects.len()), (1, 1, 3));
    assert_eq!(sink.posts[0].account.as_str(), "kik:[31mx~c300db8599149fd6");
}

proptest! {
    #[test]
    fn every_record_is_settled(text in mutated(TEXT), deliveries in mutated(DELIVERIES)) {
        read(&text);
        read(&deliveries);
    }
}
