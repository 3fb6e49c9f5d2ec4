//! Tests of the importer of addresses copied from Meta's answer.

use faisceau_model::{AccountKey, ExhibitNo};
use proptest::prelude::*;

use crate::ImportSettings;
use crate::testing::{dump, mutated, read, read_as, reasons};

const SAMPLE: &[u8] = include_bytes!("../../../tests/fixtures/meta_records/meta_ip_addresses.txt");

#[test]
fn addresses_give_all_columns() {
    let (imported, sink) = read(SAMPLE);
    assert_eq!((imported.name(), imported.problem), (Some("meta-ip-text"), None));
    insta::assert_snapshot!("addresses", dump(&sink.connections));
    insta::assert_snapshot!("rejects", reasons(&sink).join("\n"));
}

#[test]
fn the_text_or_the_settings_say_whose_they_are() {
    let text = b"Service\nInstagram\nTarget\n178\nTime\n2025-10-02 21:04:09 UTC\nIP Address\n192.0.2.1\nTime\n2025-10-02 21:05:09 UTC\nIP Address\n192.0.2.2\nend\n";
    let (_, sink) = read(text);
    let row = &sink.connections[1];
    assert_eq!(row.account.known().unwrap().as_str(), "instagram:178");
    assert_eq!(row.at.known().unwrap().to_string(), "2025-10-02 21:05:09 UTC");
    assert_eq!(sink.rejects.len(), 1);
    let mut settings = ImportSettings::default();
    settings.owners.insert(ExhibitNo::top(1), AccountKey::by_id("facebook", "1"));
    let (_, sink) = read_as("x", SAMPLE, &settings);
    assert_eq!(sink.connections[0].service, "facebook");
}

#[test]
fn hostile_lines_are_settled() {
    let mut text = b"IP Address\n192.0.2.1\nTime\n2025-10-02 21:04:09 UTC\n".to_vec();
    text.extend(b"Time\n1\n".repeat(1000));
    text.extend(b"IP Address\n=1+1\x1b[2J\nIP Address");
    let (_, sink) = read(&text);
    assert_eq!(
        sink.connections.len() + sink.rejects.len(),
        usize::try_from(sink.tally.records).unwrap()
    );
}

proptest! {
    #[test]
    fn every_record_is_settled(bytes in mutated(SAMPLE)) {
        read(&bytes);
    }
}
