//! Tests of the importer of Mastodon archives.

use faisceau_model::{AccountKey, ExhibitNo, RejectReason};
use proptest::prelude::*;

use super::owner;
use crate::ImportSettings;
use crate::testing::{dump, mutated, read, read_as, reasons};

const OUTBOX: &[u8] = include_bytes!("../../../tests/fixtures/mastodon/outbox.json");
const ACTOR: &[u8] = include_bytes!("../../../tests/fixtures/mastodon/actor.json");
const LIKES: &[u8] = include_bytes!("../../../tests/fixtures/mastodon/likes.json");

#[test]
fn an_outbox_gives_all_columns() {
    let (imported, sink) = read(OUTBOX);
    assert_eq!(imported.name(), Some("mastodon-archive"));
    assert_eq!(imported.problem, None);
    insta::assert_snapshot!("outbox_posts", dump(&sink.posts));
    insta::assert_snapshot!("outbox_accounts", dump(&sink.accounts));
    assert_eq!(
        reasons(&sink),
        [
            "/orderedItems/4 time: `published` is no time: `hier`",
            "/orderedItems/5 missing_field: `object` is missing",
            "/orderedItems/6 set_aside: activity of type `Move`",
            "/orderedItems/7 missing_field: `actor` is missing",
        ]
    );
    let unknown: Vec<_> = sink.unknown_fields.iter().map(|field| &field.field[..]).collect();
    assert_eq!(unknown, ["object.newKey"]);
}

#[test]
fn an_actor_gives_its_account_and_the_others_that_it_names() {
    let (imported, sink) = read(ACTOR);
    assert_eq!(imported.name(), Some("mastodon-archive"));
    insta::assert_snapshot!("actor_accounts", dump(&sink.accounts));
    let others: Vec<_> =
        sink.subscribers.iter().map(|row| (&row.label[..], row.value.reveal())).collect();
    assert_eq!(
        others,
        [
            ("alsoKnownAs", "https://ancien.example/users/vengeur75"),
            ("movedTo", "https://nouveau.example/users/vengeur"),
        ]
    );
    assert_eq!(sink.unknown_fields[0].field, "brandNew");
}

#[test]
fn the_owner_of_an_archive_is_the_author_of_its_outbox() {
    assert_eq!(owner(ACTOR).unwrap().as_str(), "mastodon:LeVengeur@example.org");
    assert_eq!(owner(OUTBOX), None);
    assert_eq!(owner(LIKES), None);
    let mut settings = ImportSettings::default();
    let key = AccountKey::by_id("mastodon", "LeVengeur@example.org");
    settings.owners.insert(ExhibitNo::top(1), key.clone());
    let (_, sink) = read_as("outbox.json", OUTBOX, &settings);
    assert!(sink.posts.iter().all(|post| post.account == key));
}

#[test]
fn likes_are_set_aside_as_a_whole() {
    let (imported, sink) = read(LIKES);
    assert_eq!(imported.name(), Some("mastodon-archive"));
    assert_eq!(
        reasons(&sink),
        ["/orderedItems set_aside: 2 addresses of posts that others wrote (likes, bookmarks)"]
    );
}

#[test]
fn what_is_hostile_costs_its_own_record() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let note = |content: &str| {
        format!(
            r#"{{"type":"Create","actor":"https://a.example/users/x","published":"2023-01-01T00:00:00Z","object":{{"id":"https://a.example/users/x/statuses/1","to":"as:Public","content":{content}}}}}"#
        )
    };
    let text = format!(
        r#"{{"@context":"https://www.w3.org/ns/activitystreams","type":"OrderedCollection","orderedItems":[{},{},{},{}"#,
        note(&deep),
        note(&format!("\"{}\"", "<div>".repeat(2000))),
        note("\"<p>bon</p>\""),
        "{\"type\":"
    );
    let (imported, sink) = read(text.as_bytes());
    assert_eq!(sink.rejects[0].reason, RejectReason::Limit);
    assert_eq!(sink.posts.len(), 2);
    assert_eq!(
        sink.posts[0].text,
        faisceau_model::Maybe::Missing(faisceau_model::Absent::Unreadable)
    );
    assert!(imported.problem.unwrap().contains("3 records before it were kept"));
}

#[test]
fn a_page_of_an_outbox_that_was_collected_reads_the_same() {
    let mut page: serde_json::Value = serde_json::from_slice(OUTBOX).unwrap();
    page["type"] = "OrderedCollectionPage".into();
    page["next"] = "https://social.example/users/LeVengeur/outbox?page=true&max_id=1".into();
    page["partOf"] = "https://social.example/users/LeVengeur/outbox".into();
    let (imported, sink) = read(page.to_string().as_bytes());
    let (_, whole) = read(OUTBOX);
    assert_eq!(imported.name(), Some("mastodon-archive"));
    assert_eq!((imported.problem, sink.posts.len()), (None, whole.posts.len()));
}

proptest! {
    #[test]
    fn never_panics_and_always_balances(bytes in mutated(OUTBOX)) {
        read(&bytes);
        owner(&bytes);
    }

    #[test]
    fn never_panics_on_an_actor(bytes in mutated(ACTOR)) {
        read(&bytes);
        owner(&bytes);
    }
}
