//! Tests of the pager of Reddit.

use super::*;
use crate::fake_fetch::answer;
use crate::profiles::tests::run_against;
use crate::profiles::{Service, Wanted};

const ABOUT: &str =
    r#"{"kind":"t2","data":{"id":"abc","name":"Le_Vengeur","created_utc":1600000000.0}}"#;

fn listing(children: &[String], after: &str) -> String {
    format!(
        "{{\"kind\":\"Listing\",\"data\":{{\"after\":{after},\"children\":[{}]}}}}",
        children.join(",")
    )
}

fn comment(id: &str, at: i64, replies: &str) -> String {
    format!(
        "{{\"kind\":\"t1\",\"data\":{{\"name\":\"t1_{id}\",\"created_utc\":{at}.0,\"replies\":{replies}}}}}"
    )
}

#[test]
fn pages_follow_after() {
    let mut wanted = Wanted::new(Service::Reddit, "u/Le_Vengeur");
    let pages = |request: &crate::http::Request| {
        let url = request.url.as_str();
        let body = if url.contains("about.json") {
            ABOUT.to_owned()
        } else if url.contains("after=t1_2") {
            listing(
                &[comment("1", 1_700_000_000, "\"\""), "{\"kind\":\"t1\",\"data\":{}}".to_owned()],
                "null",
            )
        } else {
            listing(
                &[comment("3", 1_700_000_002, "\"\""), comment("2", 1_700_000_001, "\"\"")],
                "\"t1_2\"",
            )
        };
        Ok(answer(request, 200, body))
    };
    let (outcome, urls) = run_against(&wanted, pages);
    assert_eq!(
        urls,
        [
            "https://www.reddit.com/user/Le_Vengeur/about.json?raw_json=1",
            "https://www.reddit.com/user/Le_Vengeur.json?sort=new&limit=100&raw_json=1",
            "https://www.reddit.com/user/Le_Vengeur.json?sort=new&limit=100&raw_json=1&after=t1_2",
        ]
    );
    assert_eq!((outcome.posts, outcome.unreadable, outcome.stopped), (3, 1, Stopped::End));
    assert_eq!(outcome.account.as_deref(), Some("t2_abc"));
    wanted.replies = false;
    let (_, urls) = run_against(&wanted, pages);
    assert!(urls[1].contains("/user/Le_Vengeur/submitted.json?"), "{}", urls[1]);
}

#[test]
fn hostile_signs_of_a_next_page_end_the_run() {
    for (after, end) in [
        ("\"t1_2\"", Stopped::Loop),
        ("\"\"", Stopped::End),
        ("\"t1_2&x=y\"", unreadable()),
        ("\"../../../x\"", unreadable()),
        ("12345678901234567890", unreadable()),
    ] {
        let mut number = 0;
        let (outcome, urls) = run_against(&Wanted::new(Service::Reddit, "Le_Vengeur"), |request| {
            number += 1;
            let body = if number == 1 {
                "{\"kind\":\"t2\",\"data\":{}}".to_owned()
            } else {
                listing(&[comment(&format!("{number}"), 1_700_000_000, "\"\"")], after)
            };
            Ok(answer(request, 200, body))
        });
        assert_eq!(outcome.stopped, end, "{after}");
        assert!(urls.len() <= 4);
        assert!(outcome.notes[0].contains("suspended"));
    }
}

fn unreadable() -> Stopped {
    Stopped::Unreadable { why: "the sign of the next page is no name of a thing".to_owned() }
}

#[test]
fn a_listing_of_a_thousand_may_have_been_cut() {
    let (outcome, _) = run_against(&Wanted::new(Service::Reddit, "Le_Vengeur"), |request| {
        let things: Vec<_> =
            (0..900).map(|id| comment(&format!("{id}"), 1_700_000_000 - id, "\"\"")).collect();
        let about = request.url.as_str().contains("about.json");
        Ok(answer(request, 200, if about { ABOUT.to_owned() } else { listing(&things, "null") }))
    });
    assert_eq!(
        outcome.notes,
        ["Reddit ends a listing after about a thousand posts: there may be more"]
    );
}

#[test]
fn a_thread_is_counted_below_and_what_it_leaves_out_is_said() {
    let wanted = Wanted::new(Service::RedditThread, "t3_1abcd");
    let more = "{\"kind\":\"more\",\"data\":{\"count\":12,\"children\":[\"x\"]}}".to_owned();
    let inner = listing(&[comment("c", 1_700_000_003, "\"\""), more], "null");
    let body = format!(
        "[{},{}]",
        listing(
            &["{\"kind\":\"t3\",\"data\":{\"name\":\"t3_1abcd\",\"created_utc\":1700000000}}"
                .to_owned()],
            "null"
        ),
        listing(
            &[comment("a", 1_700_000_001, &inner), comment("b", 1_700_000_002, "\"\"")],
            "null"
        )
    );
    let (outcome, urls) = run_against(&wanted, |request| Ok(answer(request, 200, body.clone())));
    assert_eq!(urls, ["https://www.reddit.com/comments/1abcd.json?limit=500&raw_json=1"]);
    assert_eq!((outcome.posts, outcome.stopped), (4, Stopped::End));
    assert_eq!(outcome.notes, ["12 comments are not in the answer: their ids stand as `more`"]);
}

#[test]
fn answers_without_end_are_bounded() {
    let mut nested = "\"\"".to_owned();
    for id in 0..2000 {
        nested = listing(&[comment(&format!("{id}"), 1_700_000_000, &nested)], "null");
    }
    let body = format!("[{nested}]");
    let (outcome, _) = run_against(&Wanted::new(Service::RedditThread, "1a"), |request| {
        Ok(answer(request, 200, body.clone()))
    });
    assert_eq!((outcome.posts, outcome.stopped), (21, Stopped::End));
    assert_eq!(outcome.notes, ["1 answers are nested too deeply to be counted"]);
}
