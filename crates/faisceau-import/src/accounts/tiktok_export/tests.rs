//! Tests of the importer of `TikTok` exports.

use faisceau_model::Precision;
use proptest::prelude::*;

use super::owner;
use crate::testing::{dump, in_paris, mutated, read, read_as, reasons};

const SAMPLE: &[u8] = include_bytes!("../../../tests/fixtures/tiktok_export/user_data_tiktok.json");

#[test]
fn an_export_gives_all_columns() {
    let (imported, sink) = read_as("user_data_tiktok.json", SAMPLE, &in_paris());
    assert_eq!((imported.name(), imported.problem), (Some("tiktok-export"), None));
    insta::assert_snapshot!("accounts", dump(&sink.accounts));
    insta::assert_snapshot!("subscribers", dump(&sink.subscribers));
    insta::assert_snapshot!("posts", dump(&sink.posts));
    insta::assert_snapshot!("connections", dump(&sink.connections));
    insta::assert_snapshot!("devices", dump(&sink.devices));
    insta::assert_snapshot!("rejects", reasons(&sink).join("\n"));
    let unknown: Vec<_> = sink.unknown_fields.iter().map(|f| &f.field[..]).collect();
    assert_eq!(unknown, ["ProfileMap.newField"]);
}

#[test]
fn the_older_schema_is_read_by_the_names_of_its_lists() {
    let text = br#"{"Activity":{"Login History":{"LoginHistoryList":[{"Date":"2022-01-01 10:00:00","IP":"192.0.2.1"}]},
        "Video Browsing History":{"VideoList":[{"Date":"2022-01-01 10:00:00","Link":"x"}]}},
        "Comment":{"CommentsList":[{"Date":"2022-01-01 10:00:00","Comment":"x"}]},
        "Direct Messages":{"Chat History":{"ChatHistory":{"Chat History with y:":[{"Date":"2022-01-01 10:00:00","From":"z","Content":"x"}]}}},
        "Profile":{"Profile Information":{"ProfileMap":{"userName":"z"}}}}"#;
    let (_, sink) = read(text);
    assert_eq!((sink.posts.len(), sink.connections.len(), sink.rejects.len()), (2, 1, 1));
    let moment = sink.connections[0].at.known().unwrap();
    assert_eq!(moment.precision(), Precision::Day, "no zone is known");
    assert_eq!(sink.posts[1].target.known().unwrap(), "y");
    assert_eq!(owner(text).unwrap().as_str(), "tiktok:@z");
}

#[test]
fn without_an_owner_comments_are_not_attributed() {
    let text = String::from_utf8_lossy(SAMPLE).replace("ProfileMap", "Profil");
    let (_, sink) = read(text.as_bytes());
    assert!(sink.posts.iter().all(|post| post.thread.known().is_some()));
    assert!(sink.connections.iter().all(|row| row.account.known().is_none()));
    assert_eq!(owner(text.as_bytes()), None);
}

#[test]
fn hostile_documents_are_settled() {
    let deep = format!("{}1{}", r#"{"a":"#.repeat(500), "}".repeat(500));
    let text = format!(
        r#"{{"Activity":{{"X":{{"LoginHistoryList":[{{"Date":"2022-01-01 10:00:00 UTC","IP":"=1+1"}},
        {{"IP":{deep}}},3],"FansList":{deep}}},"X":{{"LoginHistoryList":[1,2]}},"Y":{{"CommentsList":["#
    );
    let (imported, sink) = read(text.as_bytes());
    assert_eq!(imported.name(), Some("tiktok-export"));
    assert!(imported.problem.is_some());
    assert!(sink.posts.is_empty() && sink.connections.is_empty());
}

proptest! {
    #[test]
    fn every_record_is_settled(bytes in mutated(SAMPLE)) {
        read(&bytes);
        owner(&bytes);
    }
}
