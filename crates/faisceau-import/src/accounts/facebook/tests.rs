//! Tests of the importer of Facebook exports.

use faisceau_model::{AccountKey, ExhibitNo, RejectReason};
use proptest::prelude::*;

use super::profile::owner;
use crate::ImportSettings;
use crate::testing::{dump, mutated, read, read_as, reasons};

const ACTIVITY: &[u8] = include_bytes!("../../../tests/fixtures/facebook/account_activity.json");
const SESSIONS: &[u8] =
    include_bytes!("../../../tests/fixtures/facebook/where_you_are_logged_in.json");
const PROTECTION: &[u8] =
    include_bytes!("../../../tests/fixtures/facebook/login_protection_data.json");
const ACCESSES: &[u8] = include_bytes!("../../../tests/fixtures/facebook/logins_and_logouts.json");
const ADDRESSES: &[u8] =
    include_bytes!("../../../tests/fixtures/facebook/ip_address_activity.json");
const RECORDS: &[u8] = include_bytes!("../../../tests/fixtures/facebook/record_details.json");
const PROFILE: &[u8] = include_bytes!("../../../tests/fixtures/facebook/profile_information.json");

fn owned() -> ImportSettings {
    let mut settings = ImportSettings::default();
    settings.owners.insert(ExhibitNo::top(1), AccountKey::by_id("facebook", "100000000000001"));
    settings
}

#[test]
fn activity_gives_all_columns() {
    let (imported, sink) = read_as("x", ACTIVITY, &owned());
    assert_eq!((imported.name(), imported.problem), (Some("facebook-activity"), None));
    insta::assert_snapshot!("activity", dump(&sink.connections) + &dump(&sink.devices));
    assert_eq!(
        reasons(&sink),
        [
            "/account_activity_v2/3 set_aside: Web Session Terminated: no address in it",
            "/account_activity_v2/4 address: `ip_address` is no address: `unknown`",
            "/account_activity_v2/5 time: `timestamp` is no Unix time",
        ]
    );
    assert_eq!(sink.unknown_fields.len(), 1);
    assert_eq!(sink.unknown_fields[0].field, "new_field");
}

#[test]
fn sessions_are_intervals() {
    let (imported, sink) = read_as("x", SESSIONS, &owned());
    assert_eq!(imported.name(), Some("facebook-activity"));
    insta::assert_snapshot!("sessions", dump(&sink.connections) + &dump(&sink.devices));
    assert_eq!(sink.rejects[0].reason, RejectReason::Time);
    assert!(!sink.connections[0].at.known().unwrap().feeds_timing());
}

#[test]
fn cookies_and_addresses_are_told_apart() {
    let (_, sink) = read(PROTECTION);
    insta::assert_snapshot!("protection", dump(&sink.connections) + &dump(&sink.devices));
    assert_eq!(
        reasons(&sink),
        [
            "/login_protection_data_v2/2 set_aside: a known place of sign-in: no address in it",
            "/login_protection_data_v2/3 missing_field: `session` is missing",
        ]
    );
}

#[test]
fn accesses_addresses_and_records_are_read() {
    let (_, accesses) = read(ACCESSES);
    assert_eq!(
        reasons(&accesses),
        ["/account_accesses_v2/1 set_aside: Déconnexion; m.facebook.com: no address in it"]
    );
    let (_, addresses) = read(ADDRESSES);
    let (_, records) = read(RECORDS);
    insta::assert_snapshot!(
        "others",
        dump(&accesses.connections)
            + &dump(&addresses.connections)
            + &dump(&records.connections)
            + &dump(&records.subscribers)
    );
    assert_eq!(records.rejects[0].reason, RejectReason::SetAside);
}

#[test]
fn the_profile_says_whose_export_it_is() {
    let (imported, sink) = read(PROFILE);
    assert_eq!(imported.name(), Some("facebook-activity"));
    insta::assert_snapshot!("profile", dump(&sink.accounts) + &dump(&sink.subscribers));
    assert_eq!(sink.unknown_fields[0].field, "profile.favourite_colour");
    assert_eq!(owner(PROFILE).unwrap().as_str(), "facebook:100000000000001");
    let handle =
        br#"{"profile":{"name":{"full_name":"x"},"profile_uri":"https://www.facebook.com/a.b?x"}}"#;
    assert_eq!(owner(handle).unwrap().as_str(), "facebook:@a.b");
    assert_eq!(owner(ACTIVITY), None);
    assert_eq!(owner(br#"{"profile_v2":{"name":{"full_name":"x"},"profile_uri":"x"}}"#), None);
}

#[test]
fn other_exports_with_such_names_are_left_to_others() {
    assert_eq!(read(br#"{"devices":[{"type":"x","os":"y"}]}"#).0.name(), None);
    assert_eq!(read(br#"{"profile":{"name":"x"}}"#).0.name(), None);
    assert_eq!(read(br#"{"active_sessions_v2":[]}"#).0.name(), Some("facebook-activity"));
    assert_eq!(
        read(br#"{"active_sessions":[{"created_timestamp":1,"ip_address":"192.0.2.1"}]}"#).0.name(),
        Some("facebook-activity")
    );
}

#[test]
fn hostile_records_cost_themselves_alone() {
    let deep = format!("{}1{}", "[".repeat(300), "]".repeat(300));
    let text = format!(
        "{{\"account_activity_v2\":[{{\"action\":\"=cmd\\u001b[31m\",\"timestamp\":1,\
         \"ip_address\":\"192.0.2.1\"}},{{\"action\":{deep}}},{{\"ip_address\":[1]}},{{\"action\":"
    );
    let (imported, sink) = read(text.as_bytes());
    assert!(imported.problem.is_some());
    assert_eq!(sink.connections.len(), 1);
    let found: Vec<_> = sink.rejects.iter().map(|r| r.reason).collect();
    assert_eq!(found, [RejectReason::Limit, RejectReason::SetAside, RejectReason::Truncated]);
}

proptest! {
    #[test]
    fn never_panics_on_activity(bytes in mutated(ACTIVITY)) {
        read_as("x", &bytes, &owned());
    }

    #[test]
    fn never_panics_on_sessions(bytes in mutated(SESSIONS)) {
        read(&bytes);
    }

    #[test]
    fn never_panics_on_protection(bytes in mutated(PROTECTION)) {
        read(&bytes);
    }

    #[test]
    fn never_panics_on_records(bytes in mutated(RECORDS)) {
        read(&bytes);
    }

    #[test]
    fn never_panics_on_profiles(bytes in mutated(PROFILE)) {
        read(&bytes);
        owner(&bytes);
    }
}
