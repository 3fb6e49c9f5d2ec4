//! Tests of the pager of Mastodon.

use super::*;
use crate::fake_fetch::{answer, with_field};
use crate::http::{FetchError, Request};
use crate::profiles::tests::{instance, run_against, statuses};
use crate::profiles::{MAX_PAGES, Outcome, Service, Wanted};

fn wanted() -> Wanted {
    Wanted::new(Service::Mastodon, "@LeVengeur@social.example.net")
}

/// An instance whose account is 7, and whose pages are these.
fn pages(
    mut page: impl FnMut(&Request) -> Answer,
) -> impl FnMut(&Request) -> Result<Answer, FetchError> {
    move |request| {
        if request.url.path().ends_with("/lookup") {
            return Ok(answer(request, 200, "{\"id\":7}"));
        }
        Ok(page(request))
    }
}

fn stopped_by_link(link: &str) -> (Outcome, usize) {
    let (outcome, urls) = run_against(
        &wanted(),
        pages(|request| with_field(answer(request, 200, statuses(5, 40)), "Link", link)),
    );
    assert_eq!(outcome.posts, 40);
    (outcome, urls.len())
}

#[test]
fn pages_are_asked_by_the_id_that_the_link_names() {
    let mut wanted = wanted();
    wanted.replies = false;
    wanted.reposts = false;
    let (outcome, urls) = run_against(&wanted, instance(90));
    let list = "https://social.example.net/api/v1/accounts/7/statuses?limit=40&exclude_replies=true&exclude_reblogs=true";
    assert_eq!(
        urls,
        [
            "https://social.example.net/api/v1/accounts/lookup?acct=LeVengeur".to_owned(),
            list.to_owned(),
            format!("{list}&max_id=51"),
            format!("{list}&max_id=11"),
        ]
    );
    assert_eq!((outcome.posts, outcome.pages, outcome.stopped), (90, 3, Stopped::End));
    assert_eq!(outcome.account.as_deref(), Some("7"));
}

#[test]
fn another_instance_is_asked_where_it_is_named() {
    let mut wanted = wanted();
    wanted.instance = Some("http://mirror.example.net:8080/m/".to_owned());
    let (_, urls) = run_against(&wanted, |request| Ok(answer(request, 429, "")));
    assert_eq!(
        urls,
        [
            "http://mirror.example.net:8080/m/api/v1/accounts/lookup?acct=LeVengeur%40social.example.net"
        ]
    );
}

#[test]
fn a_server_without_links_is_asked_from_its_last_status() {
    let (outcome, urls) = run_against(
        &wanted(),
        pages(|request| {
            let more = !request.url.query().unwrap_or_default().contains("max_id=5");
            answer(request, 200, if more { statuses(5, 3) } else { "[]".to_owned() })
        }),
    );
    assert_eq!((outcome.posts, outcome.stopped, urls.len()), (3, Stopped::End, 3));
}

#[test]
fn a_next_page_elsewhere_is_not_asked() {
    for link in [
        "<https://tracker.example.net/api/v1/accounts/7/statuses?max_id=5>; rel=\"next\"",
        "<http://127.0.0.1/api/v1/accounts/7/statuses?max_id=5>; rel=\"next\"",
        "<http://social.example.net/api/v1/accounts/7/statuses?max_id=5>; rel=\"next\"",
        "<https://social.example.net:444/api/v1/accounts/7/statuses?max_id=5>; rel=\"next\"",
        "<https://u:p@social.example.net/api/v1/accounts/7/statuses?max_id=5>; rel=\"next\"",
        "<file:///etc/passwd?max_id=5>; rel=\"next\"",
    ] {
        let (outcome, asked) = stopped_by_link(link);
        assert!(
            matches!(outcome.stopped, Stopped::Elsewhere { .. }),
            "{link}: {:?}",
            outcome.stopped
        );
        assert_eq!(asked, 2);
    }
    for link in [
        "</api/v1/accounts/8/statuses?max_id=5>; rel=next",
        "</api/v1/accounts/7/statuses?max_id=a%2F..%2Fb>; rel=next",
        "</api/v1/accounts/7/statuses>; rel=next",
        "</oauth/authorize?max_id=5>; rel=next",
    ] {
        let (outcome, asked) = stopped_by_link(link);
        assert!(matches!(outcome.stopped, Stopped::Unreadable { .. }), "{link}");
        assert_eq!(asked, 2);
    }
}

#[test]
fn pages_and_cursors_that_come_again_end_the_run() {
    let (outcome, asked) =
        stopped_again("</api/v1/accounts/7/statuses?max_id=5>; rel=next", |number| 5 + number * 40);
    assert_eq!((outcome.stopped, asked), (Stopped::Loop, 3));
    // New cursors for the same page.
    let mut number = 0;
    let (outcome, urls) = run_against(
        &wanted(),
        pages(|request| {
            number += 1;
            let link = format!("</api/v1/accounts/7/statuses?max_id={number}>; rel=next");
            with_field(answer(request, 200, statuses(5, 40)), "Link", &link)
        }),
    );
    assert_eq!((outcome.stopped, urls.len()), (Stopped::Loop, 3));
    // New cursors for nothing.
    let mut number = 0;
    let (outcome, urls) = run_against(
        &wanted(),
        pages(|request| {
            number += 1;
            let link = format!("</api/v1/accounts/7/statuses?max_id={number}>; rel=next");
            with_field(answer(request, 200, "[]"), "Link", &link)
        }),
    );
    assert_eq!((outcome.stopped, outcome.pages, urls.len()), (Stopped::Empty, 20, 21));
}

fn stopped_again(link: &str, id: impl Fn(u64) -> u64) -> (Outcome, usize) {
    let mut number = 0;
    let (outcome, urls) = run_against(
        &wanted(),
        pages(|request| {
            number += 1;
            with_field(answer(request, 200, statuses(id(number), 40)), "Link", link)
        }),
    );
    (outcome, urls.len())
}

#[test]
fn a_million_statuses_end() {
    // In one answer.
    let body = statuses(1, 1_000_000);
    let (outcome, _) = run_against(
        &wanted(),
        pages(|request| {
            let first = !request.url.query().unwrap_or_default().contains("max_id");
            let body = if first { body.clone() } else { "[]".to_owned() };
            answer(request, 200, body)
        }),
    );
    assert_eq!((outcome.posts, outcome.stopped), (1_000_000, Stopped::End));
    // In pages without end.
    let mut number = 0;
    let (outcome, _) = run_against(
        &wanted(),
        pages(|request| {
            number += 1;
            let link = format!("</api/v1/accounts/7/statuses?max_id={number}>; rel=next");
            with_field(answer(request, 200, format!("[{{\"id\":{number}}}]")), "Link", &link)
        }),
    );
    assert_eq!((outcome.pages, outcome.stopped), (MAX_PAGES, Stopped::TooManyPages));
    assert_eq!(outcome.undated, outcome.posts);
}

#[test]
fn ids_are_texts_and_strange_elements_are_counted() {
    let deep = "[".repeat(50_000) + &"]".repeat(50_000);
    let body = format!(
        "[{{\"id\":109348732974918273645,\"created_at\":\"2026-01-01T00:00:00Z\",\"content\":{deep}}},{{\"id\":{{}}}},7,\
         {{\"id\":\"9007199254740993\",\"created_at\":\"hier\",\"reblog\":{{\"id\":1}}}}]"
    );
    let (outcome, urls) = run_against(
        &wanted(),
        pages(|request| {
            let first = !request.url.query().unwrap_or_default().contains("max_id");
            answer(request, 200, if first { body.clone() } else { "[]".to_owned() })
        }),
    );
    assert_eq!((outcome.posts, outcome.reposts, outcome.undated, outcome.unreadable), (2, 1, 1, 2));
    assert!(urls[2].ends_with("max_id=9007199254740993"), "{}", urls[2]);
}

#[test]
fn an_id_is_asked_of_its_instance_alone() {
    let mut wanted = Wanted::new(Service::Mastodon, "109348732974918273");
    wanted.instance = Some("https://social.example.net".to_owned());
    assert_eq!(crate::profiles::plan(&wanted).unwrap().len(), 2);
    let (outcome, urls) = run_against(&wanted, |request| Ok(answer(request, 401, "")));
    assert_eq!(urls, ["https://social.example.net/api/v1/accounts/109348732974918273"]);
    assert_eq!(outcome.stopped, Stopped::Refused { why: "status 401".to_owned() });
    wanted.instance = None;
    assert!(crate::profiles::plan(&wanted).is_err());
}

#[test]
fn a_closed_interface_is_told_from_a_failing_server() {
    for (status, asked) in [(401, 2), (403, 2), (404, 2), (422, 2), (429, 1), (500, 1), (503, 1)] {
        let (outcome, urls) =
            run_against(&wanted(), |request| Ok(answer(request, status, "{\"error\":\"x\"}")));
        assert_eq!(urls.len(), asked, "{status}");
        assert!(!outcome.is_complete());
    }
}

#[test]
fn a_hostile_id_of_the_account_leads_nowhere_else() {
    for id in ["\"../../x\"", "\"7/../8\"", "\"\"", "{}", "\"%2e%2e\"", "\"7?x\""] {
        let (outcome, urls) = run_against(&wanted(), |request| {
            let lookup = request.url.path().ends_with("/lookup");
            let body = if lookup { format!("{{\"id\":{id}}}") } else { String::new() };
            Ok(answer(request, if lookup { 200 } else { 404 }, body))
        });
        assert!(!outcome.is_complete());
        let asked: Vec<_> = urls.iter().map(|url| url.split('?').next().unwrap()).collect();
        assert_eq!(
            asked,
            [
                "https://social.example.net/api/v1/accounts/lookup",
                "https://social.example.net/.well-known/webfinger"
            ],
            "{id}"
        );
    }
}

#[test]
fn another_account_than_was_asked_for_is_said() {
    let (outcome, _) = run_against(&wanted(), |request| {
        let body = if request.url.path().ends_with("/lookup") {
            "{\"id\":7,\"acct\":\"mallory\"}".to_owned()
        } else {
            "[]".to_owned()
        };
        Ok(answer(request, 200, body))
    });
    assert!(outcome.notes.iter().any(|note| note.contains("mallory")), "{:?}", outcome.notes);
}
