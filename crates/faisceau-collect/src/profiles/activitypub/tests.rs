//! Tests of the pager of `ActivityPub`.

use super::*;
use crate::fake_fetch::answer;
use crate::http::{Answer, FetchError, Request};
use crate::profiles::tests::run_against;
use crate::profiles::{Service, Wanted};

const FINGER: &str = r#"{"subject":"acct:LeVengeur@social.example.net","links":[
  {"rel":"http://webfinger.net/rel/profile-page","type":"text/html","href":"https://social.example.net/@LeVengeur"},
  {"rel":"self","type":"application/activity+json","href":"ACTOR"},
  {"rel":"http://ostatus.org/schema/1.0/subscribe","template":"https://social.example.net/?uri={uri}"}]}"#;
const ACTOR: &str = r#"{"id":"https://social.example.net/users/LeVengeur","type":"Person","preferredUsername":"LeVengeur","inbox":"https://social.example.net/users/LeVengeur/inbox","outbox":"OUTBOX"}"#;
const ADDRESS: &str = "https://social.example.net/users/LeVengeur";
const PAGE: &str = r#"{"type":"OrderedCollectionPage","next":NEXT,"orderedItems":[
  {"id":"ID","type":"Create","published":"2026-02-01T10:00:00Z","object":{"content":"x"}},
  {"id":"ID/b","type":"Announce","published":"2026-01-31T10:00:00Z","object":"https://other.example.net/1"},
  {"type":"Create"}]}"#;

fn wanted() -> Wanted {
    Wanted::new(Service::Mastodon, "LeVengeur@social.example.net")
}

/// An instance whose interface for programs is closed.
fn instance(
    actor: &str,
    outbox: &str,
    next: &'static str,
) -> impl FnMut(&Request) -> Result<Answer, FetchError> {
    let finger = FINGER.replace("ACTOR", actor);
    let person = ACTOR.replace("OUTBOX", outbox);
    move |request| {
        let accept = request.headers[0].1.as_str();
        let body = match (request.url.path(), request.url.query()) {
            ("/api/v1/accounts/lookup", _) => return Ok(answer(request, 401, "{\"error\":\"x\"}")),
            ("/.well-known/webfinger", Some("resource=acct%3ALeVengeur%40social.example.net")) => {
                assert_eq!(accept, JRD);
                finger.clone()
            }
            ("/users/LeVengeur", None) => {
                assert_eq!(accept, ACTIVITY);
                person.clone()
            }
            ("/users/LeVengeur/outbox", None) => {
                r#"{"type":"OrderedCollection","totalItems":4,"first":"https://social.example.net/users/LeVengeur/outbox?page=true"}"#.to_owned()
            }
            ("/users/LeVengeur/outbox", Some("page=true")) => {
                PAGE.replace("ID", "https://social.example.net/1").replace("NEXT", next)
            }
            ("/users/LeVengeur/outbox", Some("page=2")) => {
                PAGE.replace("ID", "https://social.example.net/2").replace("\"next\":NEXT,", "")
            }
            _ => return Ok(answer(request, 404, "")),
        };
        Ok(answer(request, 200, body))
    }
}

const OUTBOX: &str = "https://social.example.net/users/LeVengeur/outbox";

#[test]
fn a_closed_interface_is_answered_by_the_outbox() {
    let (outcome, urls) = run_against(
        &wanted(),
        instance(ADDRESS, OUTBOX, "\"https://social.example.net/users/LeVengeur/outbox?page=2\""),
    );
    assert_eq!(urls.len(), 6, "{urls:?}");
    assert_eq!((outcome.posts, outcome.reposts, outcome.unreadable, outcome.pages), (4, 2, 2, 2));
    assert_eq!(outcome.stopped, Stopped::End);
    assert_eq!(outcome.account.as_deref(), Some(ADDRESS));
    assert_eq!(
        outcome.notes,
        ["the interface for programs did not serve (refused: status 401): ActivityPub was asked"]
    );
}

#[test]
fn actors_outboxes_and_pages_elsewhere_are_not_asked() {
    for (actor, outbox, next, asked) in [
        ("https://tracker.example.net/a", OUTBOX, "null", 2),
        ("http://127.0.0.1/a", OUTBOX, "null", 2),
        (ADDRESS, "https://tracker.example.net/o", "null", 3),
        (ADDRESS, "http://[::1]/o", "null", 3),
        (ADDRESS, OUTBOX, "\"https://tracker.example.net/p\"", 5),
    ] {
        let (outcome, urls) = run_against(&wanted(), instance(actor, outbox, next));
        assert!(matches!(outcome.stopped, Stopped::Elsewhere { .. }), "{:?}", outcome.stopped);
        assert_eq!(urls.len(), asked);
        assert!(urls.iter().all(|url| url.starts_with("https://social.example.net/")));
    }
}

#[test]
fn a_page_that_names_itself_ends() {
    for next in [
        "\"https://social.example.net/users/LeVengeur/outbox?page=true\"",
        "\"https://social.example.net/users/LeVengeur/outbox\"",
        "\"?page=true#again\"",
    ] {
        let (outcome, urls) = run_against(&wanted(), instance(ADDRESS, OUTBOX, next));
        assert_eq!((outcome.stopped, urls.len()), (Stopped::Loop, 5), "{next}");
    }
    let (outcome, _) = run_against(&wanted(), instance(ADDRESS, OUTBOX, "7"));
    assert_eq!(outcome.stopped, Stopped::NotFound { why: "status 404".to_owned() });
}

#[test]
fn a_first_page_inside_of_the_outbox_is_read() {
    let mut inner = instance(ADDRESS, OUTBOX, "null");
    let (outcome, urls) = run_against(&wanted(), |request| {
        if request.url.path().ends_with("/outbox") {
            let page = PAGE.replace("NEXT", "null");
            return Ok(answer(
                request,
                200,
                format!("{{\"type\":\"OrderedCollection\",\"first\":{page}}}"),
            ));
        }
        inner(request)
    });
    assert_eq!((outcome.posts, outcome.stopped, urls.len()), (2, Stopped::End, 4));
}
