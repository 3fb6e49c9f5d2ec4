//! Tests of the importer of Instagram exports.

use faisceau_model::{AccountKey, ExhibitNo, Maybe, RejectReason};
use proptest::prelude::*;

use super::owner;
use crate::ImportSettings;
use crate::testing::{dump, mutated, read, read_as, reasons};

const LOGINS: &[u8] = include_bytes!("../../../tests/fixtures/instagram/login_activity.json");
const PROFILE: &[u8] =
    include_bytes!("../../../tests/fixtures/instagram/personal_information.json");
const SIGNUP: &[u8] = include_bytes!("../../../tests/fixtures/instagram/signup_information.json");
const DEVICES: &[u8] = include_bytes!("../../../tests/fixtures/instagram/devices.json");
const ACTIVITY: &[u8] = include_bytes!("../../../tests/fixtures/instagram/profile_activity.json");

fn owned() -> ImportSettings {
    let mut settings = ImportSettings::default();
    settings
        .owners
        .insert(ExhibitNo::top(1), AccountKey::by_handle("instagram", "camille_exemple"));
    settings
}

#[test]
fn sign_ins_give_all_columns() {
    let (imported, sink) = read_as("x", LOGINS, &owned());
    assert_eq!((imported.name(), imported.problem), (Some("instagram-logins"), None));
    insta::assert_snapshot!("logins", dump(&sink.connections));
    insta::assert_snapshot!("cookies", dump(&sink.devices));
    let list = "/account_history_login_history";
    assert_eq!(
        reasons(&sink),
        [
            format!(
                "{list}/3 address: several values could be the address, and no label tells which"
            ),
            format!("{list}/4 set_aside: login: no address in it"),
            format!("{list}/5 time: 99999999999999999 is no Unix time in seconds"),
            format!("{list}/6 syntax: an object was expected"),
        ]
    );
    let unknown: Vec<_> = sink.unknown_fields.iter().map(|f| f.field.as_str()).collect();
    assert_eq!(unknown, ["label: 새 항목"]);
}

#[test]
fn without_an_owner_the_address_is_still_read() {
    let (_, sink) = read(LOGINS);
    assert_eq!(sink.connections.len(), 3);
    assert!(sink.connections.iter().all(|row| row.account.known().is_none()));
}

#[test]
fn the_profile_gives_the_account_and_what_is_declared_of_its_holder() {
    let (_, sink) = read(PROFILE);
    insta::assert_snapshot!("profile", dump(&sink.accounts));
    insta::assert_snapshot!("declared", dump(&sink.subscribers));
    assert!(sink.rejects.is_empty());
    assert_eq!(owner(PROFILE).unwrap().as_str(), "instagram:@camille_exemple");
    assert_eq!(owner(SIGNUP), owner(PROFILE));
    assert_eq!(owner(LOGINS), None);
    assert_eq!(owner(br#"{"profile_user":[{"string_map_data":{"X":{"value":"y"}}}]}"#), None);
}

#[test]
fn registration_devices_and_the_new_layout_are_read() {
    let (_, signup) = read(SIGNUP);
    insta::assert_snapshot!(
        "signup",
        dump(&signup.connections) + &dump(&signup.accounts) + &dump(&signup.subscribers)
    );
    let (_, devices) = read(DEVICES);
    insta::assert_snapshot!("devices", dump(&devices.devices));
    assert_eq!(devices.rejects[0].reason, RejectReason::MissingField);
    let (imported, activity) = read_as("x", ACTIVITY, &owned());
    assert_eq!(imported.name(), Some("instagram-logins"));
    insta::assert_snapshot!("activity", dump(&activity.connections) + &dump(&activity.devices));
    assert_eq!(reasons(&activity), ["/2 set_aside: Checkpoint: no address in it"]);
}

#[test]
fn lists_of_other_files_of_meta_are_left_to_others() {
    let mut settings = ImportSettings::default();
    settings.owners.insert(ExhibitNo::top(1), AccountKey::by_id("facebook", "1"));
    let (_, sink) = read_as("x", ACTIVITY, &settings);
    assert!(sink.connections.iter().all(|row| row.service == "facebook"));
    let accented = format!(
        r#"[{{"label_values":[{{"label":"IP","value":"203.0.113.7"}},{{"label":"{}"}}]}}]"#,
        "é".repeat(40)
    );
    assert_eq!(read(accented.as_bytes()).0.name(), Some("instagram-logins"));
    let liked =
        br#"[{"timestamp":1,"label_values":[{"label":"URL","value":"https://x.y/1.2.3.4"}]}]"#;
    assert_eq!(read(liked).0.name(), None);
    assert_eq!(read(br#"{"account_history_login_history":[]}"#).0.name(), Some("instagram-logins"));
    let (imported, sink) = read(
        br#"{"account_history_password_change_history":[{"string_map_data":{"Time":{"timestamp":1}}}]}"#,
    );
    assert_eq!(imported.name(), Some("instagram-logins"));
    assert_eq!(sink.rejects[0].detail, "a change of password: no address in it");
}

#[test]
fn hostile_records_cost_themselves_alone() {
    let deep = format!("{}1{}", "[".repeat(300), "]".repeat(300));
    let text = format!(
        "{{\"account_history_login_history\":[{{\"string_map_data\":{deep}}},\
         {{\"string_map_data\":{{\"IP\":{{\"value\":\"192.0.2.1\",\"timestamp\":\"x\"}}}}}},\
         {{\"string_map_data\":{{\"=cmd\\u001b[31m\":{{\"value\":[1]}},\"IP\":7}}}},\
         {{\"string_map_data\":{{\"IP\":{{\"value\":\"192.0.2.2\"}}"
    );
    let (imported, sink) = read(text.as_bytes());
    assert!(imported.problem.unwrap().starts_with("the export stops"));
    assert_eq!(sink.connections.len(), 1);
    assert_eq!(sink.connections[0].at, Maybe::Missing(faisceau_model::Absent::NotExported));
    let found: Vec<_> = sink.rejects.iter().map(|r| r.reason).collect();
    assert_eq!(found, [RejectReason::Limit, RejectReason::SetAside, RejectReason::Truncated]);
}

proptest! {
    #[test]
    fn never_panics(bytes in mutated(LOGINS)) {
        read_as("x", &bytes, &owned());
        owner(&bytes);
    }

    #[test]
    fn never_panics_on_profiles(bytes in mutated(PROFILE)) {
        read(&bytes);
        owner(&bytes);
    }

    #[test]
    fn never_panics_on_the_new_layout(bytes in mutated(ACTIVITY)) {
        read(&bytes);
    }
}
