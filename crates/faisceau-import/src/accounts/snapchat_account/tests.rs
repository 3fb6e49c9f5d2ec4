//! Tests of the importer of Snapchat's `account.json`.

use proptest::prelude::*;

use super::owner;
use crate::testing::{dump, mutated, read, reasons};

const SAMPLE: &[u8] = include_bytes!("../../../tests/fixtures/snapchat_export/account.json");

#[test]
fn the_account_gives_all_columns() {
    let (imported, sink) = read(SAMPLE);
    assert_eq!((imported.name(), imported.problem), (Some("snapchat-account"), None));
    insta::assert_snapshot!("account", dump(&sink.accounts));
    insta::assert_snapshot!("connections", dump(&sink.connections));
    insta::assert_snapshot!("devices", dump(&sink.devices));
    insta::assert_snapshot!("subscribers", dump(&sink.subscribers));
    insta::assert_snapshot!("rejects", reasons(&sink).join("\n"));
    let unknown: Vec<_> = sink.unknown_fields.iter().map(|f| &f.field[..]).collect();
    assert_eq!(unknown, ["Basic Information.Theme"]);
}

#[test]
fn the_owner_is_the_user_name() {
    assert_eq!(owner(SAMPLE).unwrap().as_str(), "snapchat:@exemple.pseudo");
    assert_eq!(owner(br#"{"Login History":[]}"#), None);
}

#[test]
fn what_precedes_a_cut_is_kept_and_depth_costs_one_record() {
    let cut = SAMPLE.windows(5).position(|w| w == b"nowhe").unwrap();
    let (imported, sink) = read(&SAMPLE[..cut]);
    assert!(imported.problem.is_some());
    assert_eq!(sink.connections.len(), 3);
    let deep = format!("{}1{}", "[".repeat(300), "]".repeat(300));
    let text = format!(
        r#"{{"Basic Information":{{"Username":"a\u001b[31m"}},"Login History":[{{"IP":{deep}}},
        {{"IP":"192.0.2.1"}},7,null,{{"IP":["192.0.2.2"]}}],"Device History":"none"}}"#
    );
    let (_, sink) = read(text.as_bytes());
    assert_eq!(sink.connections.len(), 1);
    assert_eq!(
        sink.connections[0].account.known().unwrap().as_str(),
        "snapchat:@a[31m~4fc013d47508a1e9"
    );
    assert_eq!(sink.rejects.len(), 4);
}

proptest! {
    #[test]
    fn every_record_is_settled(bytes in mutated(SAMPLE)) {
        read(&bytes);
        owner(&bytes);
    }
}
