//! Tests of the importer of Kik's logs.

use faisceau_model::RejectReason;
use proptest::prelude::*;

use super::sniff;
use crate::testing::{dump, mutated, read, reasons};

const BIND: &[u8] = include_bytes!("../../../tests/fixtures/kik/bind.txt");
const CHAT: &[u8] = include_bytes!("../../../tests/fixtures/kik/chat.txt");

#[test]
fn binds_give_all_columns() {
    let (imported, sink) = read(BIND);
    assert_eq!((imported.name(), imported.problem), (Some("kik-logs"), None));
    insta::assert_snapshot!("binds", dump(&sink.connections));
    insta::assert_snapshot!("binds_rejects", reasons(&sink).join("\n"));
}

#[test]
fn each_shape_of_message_is_read() {
    let start = String::from_utf8_lossy(CHAT).lines().next().unwrap().to_owned() + "\n";
    let text = start.repeat(30) + &String::from_utf8_lossy(CHAT);
    let (imported, mut sink) = read(text.as_bytes());
    assert_eq!(imported.name(), Some("kik-logs"));
    sink.posts.drain(..30);
    sink.connections.drain(..30);
    insta::assert_snapshot!("messages", dump(&sink.posts));
    insta::assert_snapshot!("messages_connections", dump(&sink.connections));
    insta::assert_snapshot!("messages_rejects", reasons(&sink).join("\n"));
}

#[test]
fn other_tables_are_not_taken_for_a_log() {
    assert!(!sniff(b"1700000000123\ta\tb\n"));
    assert!(!sniff(b"id\tname\tdate\n1\tx\t2023-01-01\n"));
    assert!(!sniff(b"") && !sniff(b"\n\n"));
}

#[test]
fn hostile_lines_are_settled() {
    let mut text = BIND[..80].to_vec();
    text.truncate(text.iter().position(|b| *b == b'\n').unwrap() + 1);
    let line = text.clone();
    for _ in 0..30 {
        text.extend(&line);
    }
    text.extend(b"9999999999999\t=1+1\x1b[2J\t192.0.2.1\t1\t9999-99-99 9\tx\n");
    text.extend(std::iter::repeat_n(b'\t', 5 << 20));
    text.extend(b"\n1700000000123\tx");
    let (_, sink) = read(&text);
    assert_eq!(sink.connections.len(), 32);
    let reasons: Vec<_> = sink.rejects.iter().map(|r| r.reason).collect();
    assert_eq!(reasons, [RejectReason::Limit, RejectReason::Syntax]);
}

proptest! {
    #[test]
    fn every_record_is_settled(bind in mutated(BIND), chat in mutated(CHAT)) {
        read(&bind);
        read(&chat);
    }
}
