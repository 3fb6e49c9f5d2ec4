//! Tests of the importer of `user.json`.

use faisceau_model::RejectReason;
use proptest::prelude::*;

use super::owner;
use crate::testing::{dump, mutated, read, reasons};

const SAMPLE: &[u8] = include_bytes!("../../../tests/fixtures/discord/user.json");

#[test]
fn the_account_gives_all_columns() {
    let (imported, sink) = read(SAMPLE);
    assert_eq!(imported.name(), Some("discord-package-user"));
    assert_eq!(imported.problem, None);
    insta::assert_snapshot!("accounts", dump(&sink.accounts));
    insta::assert_snapshot!("connections", dump(&sink.connections));
    insta::assert_snapshot!("devices", dump(&sink.devices));
    insta::assert_snapshot!("subscribers", dump(&sink.subscribers));
    insta::assert_snapshot!("rejects", reasons(&sink).join("\n"));
    let unknown: Vec<_> = sink.unknown_fields.iter().map(|f| f.field.as_str()).collect();
    assert_eq!(unknown, ["nouveau", "user_sessions.user_data.client_info.asn"]);
}

#[test]
fn others_never_enter_a_table() {
    let (_, sink) = read(SAMPLE);
    assert!(sink.rejects.iter().all(|reject| !reject.excerpt.contains("Secret")));
}

#[test]
fn the_owner_is_named_by_this_file_only() {
    assert_eq!(owner(SAMPLE).unwrap().as_str(), "discord:1000000000000000777");
    assert_eq!(owner(br#"{"id":"1","username":"x"}"#), None);
    assert_eq!(owner(br#"["needs_email_verification"]"#), None);
    assert_eq!(owner(b""), None);
}

#[test]
fn hostile_files_cost_their_records() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let start = r#"{"id":{},"username":"\u001b[2J","discriminator":[],"avatar_hash":1,"needs_email_verification":1,"ip":"=1+1","#;
    let text = format!(
        r#"{start}"user_sessions":[{{"id_hash":{deep}}},7,{{"id_hash":"x","user_data":7}}],"connections":7,"settings":{deep}"#
    );
    let (imported, sink) = read(text.as_bytes());
    assert_eq!((sink.accounts.len(), sink.devices.len()), (0, 1));
    assert_eq!(sink.rejects[0].reason, RejectReason::MissingField);
    assert_eq!(sink.rejects[1].reason, RejectReason::Address);
    assert!(imported.problem.is_some());
}

proptest! {
    #[test]
    fn never_panics_and_always_balances(bytes in mutated(SAMPLE)) {
        read(&bytes);
        owner(&bytes);
    }
}
