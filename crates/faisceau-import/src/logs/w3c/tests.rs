//! Tests of W3C extended logs.

use proptest::prelude::*;

use super::columns::split;
use crate::testing::{dump, mutated, read, reasons};

const IIS6: &[u8] = include_bytes!("../../../tests/fixtures/logs/plaso_iis6.log");
const IIS10: &[u8] = include_bytes!("../../../tests/fixtures/logs/plaso_iis10.log");
const CLOUDFRONT: &[u8] = include_bytes!("../../../tests/fixtures/logs/cloudfront.log");
const TURNS: &[u8] = include_bytes!("../../../tests/fixtures/logs/w3c_turns.log");

#[test]
fn all_columns_of_each_producer() {
    for (name, bytes) in
        [("iis6", IIS6), ("iis10", IIS10), ("cloudfront", CLOUDFRONT), ("w3c_turns", TURNS)]
    {
        let (imported, sink) = read(bytes);
        assert_eq!(imported.name(), Some("w3c-extended-log"), "{name}");
        insta::assert_snapshot!(name, dump(&sink.connections));
        let fields: Vec<_> = sink.unknown_fields.iter().map(|f| f.field.clone()).collect();
        let told = reasons(&sink).into_iter().chain(fields).collect::<Vec<_>>().join("\n");
        insta::assert_snapshot!(format!("{name}_rest"), told);
    }
}

#[test]
fn cells_in_quotes_hold_spaces() {
    assert_eq!(split("a \"b \"\"c\"\" d\" e"), ["a", "b \"c\" d", "e"]);
    assert_eq!(split("\"open a"), ["\"open", "a"]);
    assert_eq!(split("a\tb c\t-"), ["a", "b c", "-"]);
}

#[test]
fn lines_before_any_header_are_rejected() {
    let log =
        b"2026-03-05 08:00:00 192.0.2.7\n#Fields: date time c-ip\n2026-03-05 08:00:00 192.0.2.7\n";
    let (_, sink) = read(log);
    assert_eq!((sink.connections.len(), sink.rejects.len()), (1, 2));
    // Nobody says that this producer writes UTC.
    let zone = sink.connections[0].at.known().unwrap().zone();
    assert_eq!(zone, faisceau_model::ZoneSource::Assumed);
}

proptest! {
    #[test]
    fn every_record_is_settled(
        bytes in prop_oneof![mutated(IIS6), mutated(CLOUDFRONT), mutated(TURNS)],
    ) {
        read(&bytes);
    }
}
