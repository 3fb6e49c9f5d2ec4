//! Tests of the importer of the events of a Discord data package.

use proptest::prelude::*;

use crate::testing::{dump, mutated, read, reasons};

const SAMPLE: &[u8] = include_bytes!("../../../tests/fixtures/discord/events.json");

#[test]
fn events_give_all_columns() {
    let (imported, sink) = read(SAMPLE);
    assert_eq!(imported.name(), Some("discord-package-events"));
    insta::assert_snapshot!("connections", dump(&sink.connections));
    insta::assert_snapshot!("rejects", reasons(&sink).join("\n"));
}

#[test]
fn hostile_lines_cost_themselves() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let first = std::str::from_utf8(SAMPLE).unwrap().lines().next().unwrap();
    let text = format!(
        "{first}\n{{\"event_type\":{deep}}}\n{{\"event_type\":7,\"ip\":[]}}\n\u{1b}[2J\n{first}"
    );
    let (_, sink) = read(text.as_bytes());
    assert_eq!((sink.connections.len(), sink.rejects.len()), (2, 3));
}

proptest! {
    #[test]
    fn never_panics_and_always_balances(bytes in mutated(SAMPLE)) {
        read(&bytes);
    }
}
