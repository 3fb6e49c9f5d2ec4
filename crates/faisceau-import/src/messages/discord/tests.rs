//! Tests of the importers of the messages of a Discord data package.

use faisceau_model::{AccountKey, ExhibitNo, RejectReason};
use proptest::prelude::*;

use crate::ImportSettings;
use crate::testing::{dump, mutated, read, read_as, reasons};

const JSON: &[u8] = include_bytes!("../../../tests/fixtures/discord/messages.json");
const CSV: &[u8] = include_bytes!("../../../tests/fixtures/discord/messages.csv");
const ANSWER: &[u8] = include_bytes!("../../../tests/fixtures/discord/answer.csv");

/// The tests read exhibit 1.1, a member of the package that is exhibit 1.
fn owned() -> ImportSettings {
    let mut settings = ImportSettings::default();
    settings.owners.insert(ExhibitNo::top(1), AccountKey::by_id("discord", "1000000000000000777"));
    settings
}

#[test]
fn json_gives_all_columns() {
    let (imported, sink) = read_as("messages.json", JSON, &owned());
    assert_eq!(imported.name(), Some("discord-package-json"));
    insta::assert_snapshot!("json_posts", dump(&sink.posts));
    assert_eq!(
        reasons(&sink),
        [
            "/4 time: `Timestamp` is no time: `avant-hier`",
            "/5 missing_field: `ID` is missing",
            "/6 syntax: an object was expected",
        ]
    );
    assert_eq!(sink.unknown_fields[0].field, "Edited");
}

#[test]
fn csv_gives_all_columns() {
    let (imported, sink) = read_as("messages.csv", CSV, &owned());
    assert_eq!(imported.name(), Some("discord-package-csv"));
    insta::assert_snapshot!("csv_posts", dump(&sink.posts));
    assert_eq!(sink.accounts, []);
    insta::assert_snapshot!("csv_rejects", reasons(&sink).join("\n"));
}

#[test]
fn seven_columns_name_their_authors() {
    let (imported, sink) = read(ANSWER);
    assert_eq!(imported.name(), Some("discord-package-csv"));
    insta::assert_snapshot!("answer_posts", dump(&sink.posts));
    insta::assert_snapshot!("answer_accounts", dump(&sink.accounts));
    assert_eq!(sink.rejects.last().unwrap().reason, RejectReason::MissingField);
    assert_eq!(sink.unknown_fields[0].field, "Flagged");
}

#[test]
fn without_the_owner_no_message_is_attributed() {
    let (_, sink) = read(JSON);
    assert!(sink.posts.is_empty());
    assert!(sink.rejects[0].detail.contains("user.json"), "{}", sink.rejects[0].detail);
}

#[test]
fn two_hundred_levels_and_a_cut_cost_their_elements() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let text = format!(
        r#"[{{"ID":1,"Timestamp":"2023-02-18 12:33:11","Contents":{deep},"Attachments":""}},
        {{"ID":2,"Timestamp":"2023-02-18 12:33:11","Contents":{{}},"Attachments":[]}},{{"ID":"#
    );
    let (imported, sink) = read_as("x", text.as_bytes(), &owned());
    assert_eq!(sink.posts.len(), 1);
    assert_eq!(sink.rejects[0].reason, RejectReason::Limit);
    assert!(imported.problem.is_some());
}

proptest! {
    #[test]
    fn never_panics_on_json(bytes in mutated(JSON)) {
        read_as("x", &bytes, &owned());
    }

    #[test]
    fn never_panics_on_csv(bytes in mutated(CSV)) {
        read_as("x", &bytes, &owned());
    }

    #[test]
    fn never_panics_on_answers(bytes in mutated(ANSWER)) {
        read(&bytes);
    }
}
