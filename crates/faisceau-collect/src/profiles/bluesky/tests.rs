//! Tests of the pager of Bluesky.

use super::*;
use crate::fake_fetch::answer;
use crate::http::{Answer, FetchError, Request};
use crate::profiles::tests::run_against;
use crate::profiles::{Service, Wanted};

const DID: &str = "did:plc:abcdefghijklmnopqrstuvwx";

fn wanted() -> Wanted {
    Wanted::new(Service::Bluesky, "@vengeur.example.net")
}

/// The `AppView` and the directory, with these pages: body by cursor.
fn service(
    profile: &'static str,
    pages: &'static [(&'static str, &'static str)],
) -> impl FnMut(&Request) -> Result<Answer, FetchError> {
    move |request| {
        let cursor = request.url.query_pairs().find(|(key, _)| key == "cursor");
        let cursor = cursor.map(|(_, cursor)| cursor.into_owned()).unwrap_or_default();
        let (status, body) = match request.url.path() {
            "/xrpc/app.bsky.actor.getProfile" if profile.is_empty() => {
                (400, "{\"error\":\"InvalidRequest\",\"message\":\"Profile not found\"}")
            }
            "/xrpc/app.bsky.actor.getProfile" => (200, profile),
            "/xrpc/com.atproto.identity.resolveHandle" => {
                (200, "{\"did\":\"did:plc:abcdefghijklmnopqrstuvwx\"}")
            }
            "/did:plc:abcdefghijklmnopqrstuvwx/log/audit" => (
                200,
                "[{\"did\":\"x\",\"createdAt\":\"2023-05-01T10:00:00.000Z\"},{\"createdAt\":\"2024-05-01T10:00:00.000Z\"}]",
            ),
            "/xrpc/app.bsky.feed.getAuthorFeed" => {
                let page = pages.iter().find(|(name, _)| *name == cursor);
                page.map_or((500, ""), |(_, body)| (200, *body))
            }
            path => panic!("{path}"),
        };
        Ok(answer(request, status, body))
    }
}

const PROFILE: &str = r#"{"did":"did:plc:abcdefghijklmnopqrstuvwx","handle":"vengeur.example.net","labels":[{"val":"!no-unauthenticated","src":"x"}]}"#;
const PAGES: [(&str, &str); 3] = [
    (
        "",
        r#"{"cursor":"2026-01-02T00:00:00Z&x=\r\n","feed":[
        {"post":{"uri":"at://did:plc:a/app.bsky.feed.post/1","indexedAt":"2026-01-03T00:00:00Z"}},
        {"post":{"uri":"at://did:plc:b/app.bsky.feed.post/9","indexedAt":"2020-01-01T00:00:00Z"},
         "reason":{"$type":"app.bsky.feed.defs#reasonRepost","by":{},"indexedAt":"2026-01-02T00:00:00Z"}},
        {"post":{}}, null]}"#,
    ),
    ("2026-01-02T00:00:00Z&x=\r\n", r#"{"cursor":"c","feed":[]}"#),
    ("c", r#"{"feed":[{"post":{"uri":"at://did:plc:a/app.bsky.feed.post/0"}}]}"#),
];

#[test]
fn a_profile_its_history_and_its_posts_are_asked() {
    let mut wanted = wanted();
    wanted.history = true;
    let (outcome, urls) = run_against(&wanted, service(PROFILE, &PAGES));
    insta::assert_snapshot!(format!("{}\n{outcome:#?}", urls.join("\n")));
}

#[test]
fn a_repost_of_an_old_post_does_not_end_a_period() {
    let mut wanted = wanted();
    wanted.since = "2026-01-01T00:00:00Z".parse().ok();
    wanted.replies = false;
    let (outcome, urls) = run_against(&wanted, service(PROFILE, &PAGES));
    assert_eq!((outcome.posts, outcome.reposts, outcome.stopped), (3, 1, Stopped::End));
    assert!(urls[1].contains("filter=posts_no_replies"), "{}", urls[1]);
}

#[test]
fn cursors_that_come_again_end_the_run() {
    let (outcome, urls) = run_against(
        &wanted(),
        service(
            PROFILE,
            &[("", r#"{"feed":[],"cursor":"a"}"#), ("a", r#"{"feed":[],"cursor":"a"}"#)],
        ),
    );
    assert_eq!((outcome.stopped, urls.len()), (Stopped::Loop, 3));
}

#[test]
fn an_account_that_is_gone_still_has_an_identity() {
    let (outcome, urls) = run_against(&wanted(), service("", &[]));
    let gone = Stopped::NotFound { why: "InvalidRequest: Profile not found".to_owned() };
    assert_eq!((&outcome.stopped, urls.len()), (&gone, 1));
    let mut wanted = wanted();
    wanted.history = true;
    let (outcome, urls) = run_against(&wanted, service("", &[]));
    assert_eq!((&outcome.stopped, urls.len(), outcome.account.as_deref()), (&gone, 3, Some(DID)));
    assert!(
        outcome.notes[0].contains("2 operations, the first of 2023-05-01"),
        "{:?}",
        outcome.notes
    );
}

#[test]
fn a_did_that_is_none_is_not_asked_about() {
    for did in ["x", "did:plc:../../x", "did:web:a/b", "did:web:a?b", "did:plc:\r\nx"] {
        let body = serde_json::json!({ "did": did }).to_string();
        let (outcome, urls) =
            run_against(&wanted(), |request| Ok(answer(request, 200, body.clone())));
        assert!(matches!(outcome.stopped, Stopped::Unreadable { .. }), "{did}");
        assert_eq!(urls.len(), 1);
    }
}
