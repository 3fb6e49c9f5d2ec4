//! Tests of the pager of feeds.

use proptest::prelude::*;

use super::*;
use crate::fake_fetch::answer;
use crate::profiles::tests::run_against;
use crate::profiles::{Outcome, Service, Wanted};

const FEED: &str = "https://blog.example.net/feed";

const RSS: &str = r#"<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>x</title><link>https://blog.example.net/</link><atom:link rel="next" href="NEXT"/>
<item><guid>1</guid><pubDate>Sun, 01 Mar 2026 14:05:12 +0100</pubDate><description><![CDATA[<guid>9</guid>]]></description></item>
<item><link>https://blog.example.net/2?a=1&amp;b=2</link><pubDate>hier</pubDate></item>
<item><title>neither</title></item>
</channel></rss>"#;
const ATOM: &str = r#"<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><link rel="prev-archive" href="NEXT"/>
<entry><id>a:1</id><published>2026-03-01T13:05:12Z</published><updated>2026-03-02T13:05:12Z</updated>
<source><id>other</id><published>2001-01-01T00:00:00Z</published></source></entry>
<entry><link href="https://blog.example.net/2"/><updated>2026-02-01T00:00:00Z</updated></entry></feed>"#;
const RDF: &str = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel/><item rdf:about="x"><link>https://blog.example.net/1</link><dc:date>2026-03-01T13:05:12Z</dc:date></item></rdf:RDF>"#;
const JSON: &str = r#"{"version":"https://jsonfeed.org/version/1.1","next_url":NEXT,"items":[
{"id":12345678901234567890,"date_published":"2026-03-01T14:05:12+01:00"},{"url":"https://blog.example.net/2"},{"title":"neither"},7]}"#;

fn first(body: &str) -> Outcome {
    let (outcome, urls) = run_against(&Wanted::new(Service::Feed, FEED), |request| {
        let first = request.url.as_str() == FEED;
        Ok(answer(request, if first { 200 } else { 404 }, body))
    });
    assert!(urls.iter().all(|url| url.starts_with("https://blog.example.net/")), "{urls:?}");
    outcome
}

#[test]
fn each_kind_of_feed_is_counted() {
    for (body, posts, undated, unreadable) in [
        (RSS, 2, 1, 1),
        (ATOM, 2, 0, 0),
        (RDF, 1, 0, 0),
        (&JSON.replace("NEXT", "null")[..], 2, 1, 2),
    ] {
        let outcome = first(&body.replace("NEXT", ""));
        assert_eq!(
            (outcome.posts, outcome.undated, outcome.unreadable),
            (posts, undated, unreadable),
            "{body}"
        );
        assert_eq!(outcome.stopped, Stopped::End);
        assert_eq!(outcome.newest.unwrap().to_string(), "2026-03-01T13:05:12Z", "{body}");
    }
}

#[test]
fn pages_are_followed_on_the_same_host() {
    for body in [
        RSS.replace("NEXT", "?page=2&amp;x=1"),
        ATOM.replace("NEXT", "?page=2&amp;x=1"),
        JSON.replace("NEXT", "\"?page=2&x=1\""),
    ] {
        let (outcome, urls) = run_against(&Wanted::new(Service::Feed, FEED), |request| {
            let first = request.url.as_str() == FEED;
            let last = "<rss><channel><item><guid>9</guid></item></channel></rss>";
            Ok(answer(request, 200, if first { body.as_str() } else { last }))
        });
        assert_eq!(urls, [FEED, "https://blog.example.net/feed?page=2&x=1"]);
        assert_eq!((outcome.posts, outcome.stopped), (3, Stopped::End));
    }
}

#[test]
fn pages_elsewhere_or_again_end_the_run() {
    for next in
        ["https://tracker.example.net/2", "http://127.0.0.1/2", "//[::1]/2", "file:///etc/passwd"]
    {
        let outcome = first(&RSS.replace("NEXT", next));
        assert!(matches!(outcome.stopped, Stopped::Elsewhere { .. }), "{next}");
    }
    for next in [FEED, "#x", "/feed"] {
        assert_eq!(first(&RSS.replace("NEXT", next)).stopped, Stopped::Loop, "{next}");
    }
}

#[test]
fn what_is_no_feed_says_so() {
    let bomb = "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><rss><channel><item><guid>&b;</guid></item></channel></rss>";
    assert_eq!(first(bomb).posts, 1);
    let deep = format!("<rss>{}", "<a>".repeat(100_000));
    for (body, said) in [
        ("<!doctype html><html><body>x</body></html>", "`html`, which is no feed"),
        ("{\"version\":\"2\",\"items\":[]}", "no JSON Feed"),
        ("{\"items\":", "missing field"),
        ("", "no feed"),
        ("rien", "no feed"),
        ("<rss><channel>", "in the middle"),
        ("<rss></channel>", ""),
        (&deep, "64 elements"),
    ] {
        let outcome = first(body);
        assert!(matches!(outcome.stopped, Stopped::Unreadable { .. }), "{said}");
        assert!(
            outcome.stopped.to_string().contains(said) || said == "missing field",
            "{}",
            outcome.stopped
        );
    }
}

proptest! {
    #[test]
    fn nothing_makes_it_fail(text in "[<>/a-z=\"'&;! \\[\\]-]{0,200}", cut in 0..RSS.len()) {
        let _ = crate::profiles::feed_xml::page(&text);
        let _ = crate::profiles::feed_xml::page(&format!("<rss>{text}"));
        let _ = crate::profiles::feed_xml::page(RSS.get(..cut).unwrap_or_default());
    }
}
