//! Tests of the importer of Discord's sessions.

use proptest::prelude::*;

use crate::testing::{dump, mutated, read, reasons};

const SAMPLE: &[u8] =
    include_bytes!("../../../tests/fixtures/discord_sessions/discord_sessions.txt");

#[test]
fn accounts_and_sessions_give_all_columns() {
    let (imported, sink) = read(SAMPLE);
    assert_eq!((imported.name(), imported.problem), (Some("discord-sessions"), None));
    insta::assert_snapshot!("accounts", dump(&sink.accounts));
    insta::assert_snapshot!("connections", dump(&sink.connections));
    insta::assert_snapshot!("subscribers", dump(&sink.subscribers));
    insta::assert_snapshot!("rejects", reasons(&sink).join("\n"));
    assert_eq!(sink.unknown_fields[0].field, "Verified");
}

#[test]
fn a_time_whose_label_names_no_zone_is_assumed() {
    let text = "User ID: 1\nSession Start\tIP Address\n2025-05-14 00:47:29\t192.0.2.1:443\n";
    let (_, sink) = read(text.as_bytes());
    let row = &sink.connections[0];
    assert_eq!(row.at.known().unwrap().zone().as_str(), "assumed");
    assert_eq!(row.port.known(), Some(&443));
}

#[test]
fn hostile_lines_are_settled() {
    let mut text = b"User ID: \x1b[31m1\nSession Start (UTC)    IP Address\n".to_vec();
    text.extend(std::iter::repeat_n(b'x', 5 << 20));
    text.extend(b"\n=1+1    192.0.2.1\n2025-05-14 00:47:29    192.0.2.1    3    4\n\xff\xfe");
    let (_, sink) = read(&text);
    assert_eq!((sink.accounts.len(), sink.connections.len()), (1, 0));
    assert_eq!(sink.rejects.len(), 4);
}

proptest! {
    #[test]
    fn every_record_is_settled(bytes in mutated(SAMPLE)) {
        read(&bytes);
    }
}
