//! Tests of the importer of X archives.

use faisceau_model::{ExhibitNo, RejectReason};
use proptest::prelude::*;

use super::x_archive_owner;
use crate::testing::{dump, mutated, read, read_as, read_exhibit, reasons};
use crate::{Format, ImportSettings};

const TWEETS: &[u8] = include_bytes!("../../../tests/fixtures/x_archive/tweets.js");
const ACCOUNT: &[u8] = include_bytes!("../../../tests/fixtures/x_archive/account.js");
const IP_AUDIT: &[u8] = include_bytes!("../../../tests/fixtures/x_archive/ip-audit.js");
const CREATION: &[u8] = include_bytes!("../../../tests/fixtures/x_archive/account-creation-ip.js");
const MANIFEST: &[u8] = include_bytes!("../../../tests/fixtures/x_archive/manifest.js");

const OWNER: &str = "1234567890123456789";

/// The tests read exhibit 1.1, a member of the archive that is exhibit 1.
fn owned() -> ImportSettings {
    let mut settings = ImportSettings::default();
    settings.x_archive_owners.insert(ExhibitNo::top(1), OWNER.to_owned());
    settings
}

#[test]
fn tweets_give_all_columns() {
    let (imported, sink) = read_as("tweets.js", TWEETS, &owned());
    assert_eq!(imported.format, Some(Format::XArchive));
    assert_eq!(imported.problem, None);
    insta::assert_snapshot!("tweets", dump(&sink.posts));
    assert_eq!(
        reasons(&sink),
        [
            "/3 time: `created_at` is no time: `Fri Feb 30 12:35:11 +0000 2023`",
            "/4 missing_field: `id` is missing",
            "/5 missing_field: `tweet` is missing",
            "/6 syntax: an object was expected",
        ]
    );
}

#[test]
fn without_the_owner_no_tweet_is_attributed() {
    let (_, sink) = read(TWEETS);
    assert!(sink.posts.is_empty());
    assert!(sink.rejects[..5].iter().all(|r| r.reason == RejectReason::MissingField));
    assert!(sink.rejects[0].detail.contains("account.js"));
}

#[test]
fn a_file_that_is_an_exhibit_of_its_own_finds_its_owner() {
    let exhibit = ExhibitNo::top(7);
    let mut settings = ImportSettings::default();
    settings.x_archive_owners.insert(exhibit, OWNER.to_owned());
    let (_, sink) = read_exhibit(exhibit, "tweets.js", TWEETS, &settings);
    assert!(!sink.posts.is_empty());
    assert!(sink.posts.iter().all(|post| post.account.native() == OWNER));
}

#[test]
fn the_owner_is_found_in_four_files() {
    for file in [ACCOUNT, IP_AUDIT, CREATION, MANIFEST] {
        assert_eq!(x_archive_owner(file).as_deref(), Some(OWNER));
    }
    assert_eq!(x_archive_owner(TWEETS), None);
    assert_eq!(x_archive_owner(b"window.YTD.account.part0 = [{}]"), None);
    assert_eq!(x_archive_owner(b""), None);
}

#[test]
fn account_and_connections_give_all_columns() {
    let (_, account) = read(ACCOUNT);
    insta::assert_snapshot!("account", dump(&account.accounts));
    let (_, audit) = read(IP_AUDIT);
    insta::assert_snapshot!("ip_audit", dump(&audit.connections));
    assert_eq!(
        reasons(&audit),
        ["/2 time: `createdAt` is no time: `yesterday`", "/3 address: `loginIp` is not an address",]
    );
    let (_, creation) = read(CREATION);
    insta::assert_snapshot!("creation", dump(&creation.connections));
}

#[test]
fn a_part_that_is_not_read_is_set_aside() {
    let (imported, sink) = read(b"window.YTD.direct_messages.part0 = [{}]");
    assert_eq!(imported.format, Some(Format::XArchive));
    assert_eq!(reasons(&sink), ["whole set_aside: the part `direct_messages` is not read"]);
    let (_, manifest) = read(MANIFEST);
    assert_eq!(reasons(&manifest), ["whole set_aside: the part `manifest` is not read"]);
}

#[test]
fn what_precedes_a_truncation_is_kept_with_its_place() {
    let cut = IP_AUDIT.len() - 200;
    let (imported, sink) = read(&IP_AUDIT[..cut]);
    assert_eq!(sink.connections.len(), 2);
    let last = sink.rejects.last().unwrap();
    assert_eq!(last.reason, RejectReason::Truncated);
    assert!(imported.problem.unwrap().contains(&format!("byte {cut}")));
}

#[test]
fn two_hundred_levels_cost_one_element() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let text = format!(
        r#"window.YTD.ip_audit.part0 = [{{"ipAudit":{deep}}},
        {{"ipAudit":{{"accountId":"1","loginIp":"192.0.2.1"}}}}];"#
    );
    let (_, sink) = read(text.as_bytes());
    assert_eq!(sink.connections.len(), 1);
    assert_eq!(sink.rejects[0].reason, RejectReason::Limit);
}

proptest! {
    #[test]
    fn never_panics_on_tweets(bytes in mutated(TWEETS)) {
        read_as("tweets.js", &bytes, &owned());
        x_archive_owner(&bytes);
    }

    #[test]
    fn never_panics_on_logins(bytes in mutated(IP_AUDIT)) {
        read(&bytes);
        x_archive_owner(&bytes);
    }

    #[test]
    fn never_panics_on_what_only_starts_like_an_archive(tail in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut bytes = b"window.YTD.tweets.part0 = [".to_vec();
        bytes.extend(tail);
        read_as("tweets.js", &bytes, &owned());
    }
}
