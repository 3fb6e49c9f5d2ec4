//! What the pagers of all services have in common.

use proptest::prelude::*;

use super::*;
use crate::fake_fetch::{FakeFetch, answer, full_disk, silence, with_field};
use crate::http::{Answer, FetchError, Request};

/// Runs against a service, and gives the outcome with the addresses asked.
pub(super) fn run_against(
    wanted: &Wanted,
    service: impl FnMut(&Request) -> Result<Answer, FetchError>,
) -> (Outcome, Vec<String>) {
    let mut fake = FakeFetch::new(service);
    let outcome = run(wanted, &mut fake, &mut |_| {}).unwrap();
    let urls: Vec<String> = fake.urls().into_iter().map(str::to_owned).collect();
    assert_eq!(outcome.requests, urls.len() as u64);
    (outcome, urls)
}

/// A page of `count` statuses that end at the id `last`.
pub(super) fn statuses(last: u64, count: u64) -> String {
    let one = |id: u64| {
        let at = 1_700_000_000 + i64::try_from(id).unwrap();
        let at = jiff::Timestamp::from_second(at).unwrap();
        format!("{{\"id\":\"{id}\",\"created_at\":\"{at}\",\"reblog\":null}}")
    };
    let all: Vec<String> = (last..last + count).rev().map(one).collect();
    format!("[{}]", all.join(","))
}

/// An instance with the statuses 1 to `count`, as Mastodon gives them.
pub(super) fn instance(count: u64) -> impl FnMut(&Request) -> Result<Answer, FetchError> {
    move |request| {
        if request.url.path().ends_with("/lookup") {
            return Ok(answer(request, 200, "{\"id\":\"7\",\"acct\":\"LeVengeur\"}"));
        }
        let query = |name: &str| request.url.query_pairs().find(|(key, _)| key == name);
        let before = query("max_id").map_or(count + 1, |(_, id)| id.parse().unwrap());
        let first = before.saturating_sub(40).max(1);
        let body = answer(request, 200, statuses(first, before - first));
        if first == 1 {
            return Ok(with_field(body, "Link", "</?min_id=9>; rel=\"prev\""));
        }
        let mut next = request.url.clone();
        next.set_query(Some(&format!("limit=40&max_id={first}")));
        Ok(with_field(
            body,
            "Link",
            &format!("<{next}>; rel=\"next\", <{next}&min_id=9>; rel=\"prev\""),
        ))
    }
}

fn wanted() -> Wanted {
    Wanted::new(Service::Mastodon, "LeVengeur@social.example.net")
}

#[test]
fn a_killed_collection_asks_the_same_again() {
    let (whole, urls) = run_against(&wanted(), instance(200));
    assert_eq!((whole.posts, whole.pages, &whole.stopped), (200, 5, &Stopped::End));
    for killed_at in 0..urls.len() {
        let (mut inner, mut number) = (instance(200), 0);
        let mut fake = FakeFetch::new(|request: &Request| {
            number += 1;
            if number > killed_at { Err(full_disk(request)) } else { inner(request) }
        });
        let error = run(&wanted(), &mut fake, &mut |_| {}).unwrap_err();
        assert!(matches!(error, ProfileError::Keeping(_)), "{error}");
        assert_eq!(fake.urls(), urls[..=killed_at]);
    }
}

#[test]
fn what_came_before_a_failure_is_counted_and_the_end_is_named() {
    let stops = |status: u16, field: Option<(&str, &str)>| {
        let mut inner = instance(200);
        let (outcome, urls) = run_against(&wanted(), |request| {
            if request.url.query_pairs().any(|(key, id)| key == "max_id" && id == "121") {
                let answer = answer(request, status, "<html>");
                return Ok(match field {
                    Some((name, value)) => with_field(answer, name, value),
                    None => answer,
                });
            }
            inner(request)
        });
        assert_eq!((outcome.posts, outcome.pages), (80, 2));
        assert_eq!(outcome.last.as_ref(), urls.last());
        assert!(!outcome.is_complete());
        outcome.stopped.to_string()
    };
    assert_eq!(stops(500, None), "the service failed (status 500)");
    assert_eq!(stops(503, None), "the service failed (status 503)");
    assert_eq!(
        stops(503, Some(("retry-after", "120"))),
        "the service wants fewer requests (Retry-After: 120)"
    );
    assert_eq!(stops(429, None), "the service wants fewer requests");
    assert_eq!(stops(403, None), "refused: status 403");
    assert_eq!(stops(410, None), "the service does not know it: status 410");
    assert!(stops(200, None).starts_with("the answer cannot be read: a page of HTML"));
}

#[test]
fn silence_robots_and_refused_targets_are_ends() {
    let (outcome, _) = run_against(&wanted(), |request| Err(silence(request)));
    assert!(matches!(outcome.stopped, Stopped::NoAnswer { .. }));
    let (outcome, urls) = run_against(&wanted(), |request| {
        let (url, host) = (request.url.to_string(), "social.example.net".to_owned());
        Err(FetchError::Robots { url, host, line: 3 })
    });
    let Stopped::Refused { why } = outcome.stopped else { panic!("{:?}", outcome.stopped) };
    assert!(why.contains("robots.txt, line 3"), "{why}");
    // Whoever asks machines to stay away is not asked in another way.
    assert_eq!(urls.len(), 1);
    let (outcome, urls) = run_against(&wanted(), |request| {
        let why = "\u{1b}[2Jnot a public address".to_owned();
        Err(FetchError::Refused { url: request.url.to_string(), why })
    });
    assert!(!outcome.stopped.to_string().contains('\u{1b}'));
    assert_eq!(urls.len(), 1);
}

#[test]
fn a_body_that_was_cut_is_not_taken_for_whole() {
    let (outcome, _) = run_against(&wanted(), |request| {
        Ok(Answer { cut: Some("too long".to_owned()), ..answer(request, 200, "{\"id\":1}") })
    });
    // ActivityPub is tried, and cut too.
    assert!(outcome.stopped.to_string().contains("not whole: too long"), "{}", outcome.stopped);
}

#[test]
fn limits_and_periods_end_a_run() {
    let mut limited = wanted();
    limited.limit = Some(50);
    let (outcome, urls) = run_against(&limited, instance(200));
    // What came with the page is there, and is counted.
    assert_eq!((outcome.posts, outcome.stopped, urls.len()), (80, Stopped::Limit, 3));
    let mut period = wanted();
    period.since = jiff::Timestamp::from_second(1_700_000_150).ok();
    period.until = jiff::Timestamp::from_second(1_700_000_191).ok();
    let (outcome, urls) = run_against(&period, instance(200));
    assert_eq!((outcome.posts, outcome.outside, urls.len()), (41, 79, 4));
    assert_eq!(outcome.stopped, Stopped::Since);
    assert_eq!(
        (outcome.oldest, outcome.newest.map(jiff::Timestamp::as_second)),
        (period.since, Some(1_700_000_190))
    );
}

/// Bodies that the importers read, by the last step of the path that is asked.
const BODIES: [(&str, &[u8]); 9] = [
    ("lookup", include_bytes!("../../../faisceau-import/tests/fixtures/mastodon/account.json")),
    ("statuses", include_bytes!("../../../faisceau-import/tests/fixtures/mastodon/statuses.json")),
    (
        "app.bsky.actor.getProfile",
        include_bytes!("../../../faisceau-import/tests/fixtures/bluesky/profile.json"),
    ),
    (
        "app.bsky.feed.getAuthorFeed",
        include_bytes!("../../../faisceau-import/tests/fixtures/bluesky/feed.json"),
    ),
    ("audit", include_bytes!("../../../faisceau-import/tests/fixtures/bluesky/plc_log.json")),
    (
        "about.json",
        include_bytes!("../../../faisceau-import/tests/fixtures/reddit_json/about.json"),
    ),
    (
        "1abcd.json",
        include_bytes!("../../../faisceau-import/tests/fixtures/reddit_json/thread.json"),
    ),
    ("rss.xml", include_bytes!("../../../faisceau-import/tests/fixtures/feeds/rss.xml")),
    ("feed.json", include_bytes!("../../../faisceau-import/tests/fixtures/feeds/feed.json")),
];
const LISTING: &[u8] =
    include_bytes!("../../../faisceau-import/tests/fixtures/reddit_json/user.json");

#[test]
fn bodies_that_the_importers_read_are_counted() {
    for (service, who, account, posts, unreadable) in [
        (Service::Mastodon, "LeVengeur@social.example.net", "109000000000000005", 5, 1),
        (Service::Bluesky, "vengeur.example.net", "did:plc:vengeur000000000000000000", 6, 0),
        (Service::Reddit, "Le_Vengeur", "t2_ven1", 2, 0),
        (Service::RedditThread, "1abcd", "t3_1abcd", 4, 1),
        (Service::Feed, "https://blog.example.net/rss.xml", "", 3, 1),
        (Service::Feed, "https://blog.example.net/feed.json", "", 4, 1),
    ] {
        let mut wanted = Wanted::new(service, who);
        wanted.history = true;
        // One page of each.
        wanted.limit = Some(1);
        let (outcome, _) = run_against(&wanted, |request| {
            let step = request.url.path().rsplit('/').next().unwrap();
            let body =
                BODIES.iter().find(|(name, _)| *name == step).map_or(LISTING, |(_, body)| body);
            Ok(answer(request, 200, body))
        });
        assert_eq!(outcome.account.as_deref().unwrap_or_default(), account);
        assert_eq!((outcome.posts, outcome.unreadable), (posts, unreadable), "{service:?}");
        assert_eq!(outcome.stopped, Stopped::Limit, "{service:?}");
    }
}

#[test]
fn progress_is_told_after_each_answer() {
    let mut told = Vec::new();
    let mut fake = FakeFetch::new(instance(80));
    run(&wanted(), &mut fake, &mut |progress| told.push((progress.requests, progress.posts)))
        .unwrap();
    told.dedup();
    assert_eq!(told, [(1, 0), (2, 0), (2, 40), (3, 40), (3, 80)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_a_service_answers_a_run_ends(
        bodies in prop::collection::vec(prop_oneof![
            prop::collection::vec(any::<u8>(), 0..60),
            "[\\[\\]{}\":,a-z0-9<>/= ]{0,80}".prop_map(String::into_bytes),
            Just(b"{\"id\":1,\"did\":\"did:plc:x\",\"feed\":[],\"cursor\":\"a\",\"kind\":\"x\",\"data\":{\"children\":[],\"after\":\"t3_1\"}}".to_vec()),
            Just(b"[{\"id\":1},{\"kind\":\"Listing\",\"data\":{\"children\":[3]}}]".to_vec()),
            Just(b"<rss><channel><link rel='next' href='?p=2'/><item><guid>1</guid></item></channel></rss>".to_vec()),
        ], 1..6),
        status in prop_oneof![4 => Just(200_u16), 1 => any::<u16>()],
        link in "\\PC{0,40}",
    ) {
        for (service, who) in [
            (Service::Mastodon, "a@social.example.net"),
            (Service::Bluesky, "a.example.net"),
            (Service::Reddit, "a_name"),
            (Service::RedditThread, "1a"),
            (Service::Feed, "https://blog.example.net/feed"),
        ] {
            let mut wanted = Wanted::new(service, who);
            wanted.history = true;
            let mut number = 0;
            let (outcome, urls) = run_against(&wanted, |request| {
                let body = bodies[number % bodies.len()].clone();
                number += 1;
                Ok(with_field(answer(request, status, body), "Link", &format!("<{link}>; rel=next")))
            });
            prop_assert!(outcome.requests < 100);
            let hosts = ["social.example.net", "public.api.bsky.app", "plc.directory", "www.reddit.com", "blog.example.net"];
            for url in urls {
                let url = url::Url::parse(&url).unwrap();
                prop_assert!(hosts.contains(&url.host_str().unwrap()), "{}", url);
            }
        }
    }
}
