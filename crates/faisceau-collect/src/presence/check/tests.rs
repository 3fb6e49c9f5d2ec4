//! Tests of a handle on sites.

use jiff::ToSpan;
use proptest::prelude::*;

use super::*;
use crate::fake_fetch::{FakeFetch, answer, full_disk, noon, silence};
use crate::http::Answer;
use crate::presence::{Choice, Handle, PresenceError, Presences, SiteFile, run};

const SITES: &[u8] = include_bytes!("../../../tests/fixtures/sites.json");

fn alpha() -> SiteFile {
    let json = serde_json::json!({"sites": [{
        "name": "Alpha", "uri_check": "https://alpha.example.net/{account}", "cat": "social",
        "e_code": 200, "e_string": "profile", "m_code": 404, "m_string": "nobody", "known": ["a"],
    }]});
    SiteFile::read(json.to_string().as_bytes()).unwrap()
}

fn luc() -> Handle {
    Handle::parse("LeVengeur").unwrap()
}

/// Whether a request is for the handle.
fn is_handle(request: &Request) -> bool {
    request.url.as_str().contains("LeVengeur")
}

/// The verdict and reason on Alpha, and how many were asked.
fn on_alpha(
    site: impl FnMut(&Request) -> Result<Answer, FetchError>,
) -> (serde_json::Value, usize) {
    let mut fake = FakeFetch::new(site);
    let found = run(&alpha(), &luc(), &Choice::default(), &mut fake, &mut |_, _| {}).unwrap();
    assert_eq!(found.requests, fake.asked.len() as u64);
    (serde_json::from_slice(&found.bytes).unwrap(), fake.asked.len())
}

fn said(handle: (u16, &'static str), control: (u16, &'static str)) -> String {
    let (line, asked) = on_alpha(|request| {
        let (status, body) = if is_handle(request) { handle } else { control };
        Ok(answer(request, status, body))
    });
    format!("{} after {asked}", line["verdict"].as_str().unwrap())
}

#[test]
fn a_hit_needs_a_denial_by_the_same_site() {
    let (yes, no, odd) = ((200, "a profile"), (404, "nobody"), (200, "hello"));
    assert_eq!(said(yes, no), "present after 2");
    assert_eq!(said(no, no), "absent after 2");
    assert_eq!(said(yes, yes), "yes_to_everything after 2");
    assert_eq!(said(no, yes), "unclear after 2");
    assert_eq!(said(odd, no), "unclear after 2");
    assert_eq!(said(yes, odd), "unclear after 2");
    assert_eq!(said((429, ""), no), "refused after 1");
    assert_eq!(said((403, "captcha"), no), "refused after 1");
    assert_eq!(said(yes, (429, "")), "refused after 2");
    assert_eq!(said((500, ""), (500, "")), "unclear after 2");
}

#[test]
fn silence_and_refused_targets_are_no_absence() {
    let (line, asked) = on_alpha(|request| Err(silence(request)));
    assert_eq!((line["verdict"].as_str().unwrap(), asked), ("no_answer", 1));
    let (line, _) = on_alpha(|request| {
        if is_handle(request) { Ok(answer(request, 200, "profile")) } else { Err(silence(request)) }
    });
    assert_eq!(line["verdict"], "no_answer");
    assert_eq!(line["asked"]["status"], 200);
    let (line, _) = on_alpha(|request| {
        let (url, host) = (request.url.to_string(), "alpha.example.net".to_owned());
        Err(FetchError::Robots { url, host, line: 2 })
    });
    assert_eq!(line["verdict"], "not_asked");
    assert!(line["reason"].as_str().unwrap().contains("robots.txt"));
}

#[test]
fn answers_that_were_recorded_long_before_are_asked_again() {
    let after = |minutes: i64| noon().checked_add(minutes.minutes()).unwrap();
    // The first answer is given again, the second is new: the collection was killed between them.
    let mut number = 0;
    let (line, asked) = on_alpha(|request| {
        number += 1;
        let at = if number == 1 { noon() } else { after(600) };
        let (status, body) = if is_handle(request) { (200, "profile") } else { (404, "nobody") };
        Ok(Answer { at, ..answer(request, status, body) })
    });
    assert_eq!((line["verdict"].as_str().unwrap(), asked), ("present", 4));
    assert_eq!(line["asked"]["at"], "2026-03-01T22:00:00.000Z");
    // A minute is allowed, more is not, and it ends.
    for (seconds, verdict, asks) in [(60, "present", 2), (61, "unclear", 6), (-61, "unclear", 6)] {
        let (line, asked) = on_alpha(|request| {
            let (status, body) =
                if is_handle(request) { (200, "profile") } else { (404, "nobody") };
            let at = if is_handle(request) {
                noon()
            } else {
                noon().checked_add(seconds.seconds()).unwrap()
            };
            Ok(Answer { at, ..answer(request, status, body) })
        });
        assert_eq!((line["verdict"].as_str().unwrap(), asked), (verdict, asks));
    }
}

/// Knows the handle everywhere, and nobody else.
fn everywhere(request: &Request) -> Answer {
    let knows = [request.url.as_str(), std::str::from_utf8(&request.body).unwrap()]
        .iter()
        .any(|text| text.contains("Vengeur") || text.contains("le-"));
    let (status, body) = if knows { (200, "a profile") } else { (404, "nobody") };
    answer(request, status, body)
}

fn all(choice: &Choice) -> (Presences, Vec<Request>) {
    let file = SiteFile::read(SITES).unwrap();
    let mut fake = FakeFetch::new(|request: &Request| Ok(everywhere(request)));
    let found =
        run(&file, &Handle::parse("Le.Vengeur_59").unwrap(), choice, &mut fake, &mut |_, _| {});
    (found.unwrap(), fake.asked)
}

#[test]
fn each_site_of_a_file_gives_a_line() {
    let (found, asked) = all(&Choice::default());
    insta::assert_snapshot!(String::from_utf8(found.bytes).unwrap());
    let file = SiteFile::read(SITES).unwrap();
    assert_eq!(found.verdicts.values().sum::<u64>(), file.sites.len() as u64);
    for request in asked {
        assert_eq!(request.method, crate::http::Method::Get);
        let host = request.url.host_str().unwrap();
        assert!(host.ends_with(".example.net"), "{host}");
        let sound = |(name, value): &(String, String)| {
            !name.eq_ignore_ascii_case("cookie") && !value.contains(['\r', '\n'])
        };
        assert!(request.headers.iter().all(sound));
    }
}

#[test]
fn a_run_is_the_same_twice_and_stops_where_nothing_is_kept() {
    assert_eq!(all(&Choice::default()), all(&Choice::default()));
    let file = SiteFile::read(SITES).unwrap();
    let mut number = 0;
    let mut fake = FakeFetch::new(|request: &Request| {
        number += 1;
        if number > 3 { Err(full_disk(request)) } else { Ok(everywhere(request)) }
    });
    let found = run(&file, &luc(), &Choice::default(), &mut fake, &mut |_, _| {});
    assert!(matches!(found, Err(PresenceError::Keeping { sites: 1, .. })), "{found:?}");
    assert_eq!(fake.asked.len(), 4);
}

proptest! {
    #[test]
    fn whatever_a_file_says_only_public_hosts_are_asked(
        uri in prop_oneof!["\\PC{0,40}", "(https?|file|ftp)://[a-z0-9.:@\\[\\]{}/%]{0,30}(\\{account\\})?[a-z/.?]{0,9}"],
        field in "\\PC{0,12}",
        value in "\\PC{0,12}",
        strip in "\\PC{0,4}",
        codes: (u16, u16),
        status: u16,
    ) {
        let json = serde_json::json!({"sites": [{
            "name": value, "uri_check": uri, "uri_pretty": uri, "cat": "x", "post_body": value,
            "headers": {field: value}, "strip_bad_char": strip,
            "e_code": codes.0, "e_string": value, "m_code": codes.1, "m_string": "", "known": [],
        }]});
        let file = SiteFile::read(json.to_string().as_bytes()).unwrap();
        let choice = Choice { post: true, protected: true, ..Choice::default() };
        let mut fake = FakeFetch::new(|request: &Request| Ok(answer(request, status, value.clone())));
        let found = run(&file, &luc(), &choice, &mut fake, &mut |_, _| {}).unwrap();
        prop_assert_eq!(found.bytes.split(|b| *b == b'\n').count(), 2);
        for request in fake.asked {
            prop_assert!(matches!(request.url.scheme(), "http" | "https"));
            prop_assert!(request.url.username().is_empty());
            let public = match request.url.host().unwrap() {
                url::Host::Domain(name) => name.contains('.'),
                url::Host::Ipv4(ip) => crate::addresses::of_address(ip.into()).is_none(),
                url::Host::Ipv6(ip) => crate::addresses::of_address(ip.into()).is_none(),
            };
            prop_assert!(public, "{}", request.url);
        }
    }
}
