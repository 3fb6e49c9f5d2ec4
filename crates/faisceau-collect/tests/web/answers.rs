//! What comes, and that every byte of it is kept.

use faisceau_testsite::Site;

use super::{Asking, plain, secure};

#[test]
fn a_page_over_tls_is_kept_with_its_certificates_and_its_address() {
    let site = Site::start().unwrap();
    let (answer, exchanges) = Asking::of(&site).ask_one(&secure(site.https(), "/"));
    let answer = answer.unwrap();
    assert_eq!((answer.status, answer.cut.as_deref()), (200, None));
    assert!(String::from_utf8_lossy(&answer.body).contains("<title>"));
    let [exchange] = exchanges.as_slice() else { panic!("{}", exchanges.len()) };
    assert_eq!(exchange.remote, Some(site.https()));
    assert!(exchange.resolved.contains(&"127.0.0.1".to_owned()), "{:?}", exchange.resolved);
    let tls = exchange.tls.as_ref().unwrap();
    assert_eq!((tls.version.as_str(), tls.chain.len()), ("TLSv1_3", 2));
    assert!(exchange.received.starts_with(b"HTTP/1.1 200"));
    assert!(exchange.received.ends_with(&answer.body));
    assert!(exchange.ended >= exchange.at);
    // Nothing of the user, and nothing that could be told again.
    let seen = site.requests();
    let sent: Vec<&str> = seen[0].headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(sent, ["Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"]);
}

#[test]
fn codings_are_undone_for_the_reader_and_kept_as_they_came() {
    let site = Site::start().unwrap();
    let paths = [
        "/gzip",
        "/deflate",
        "/raw-deflate",
        "/zstd",
        "/br",
        "/chunked",
        "/chunked-trailers",
        "/chunk-extensions",
        "/until-close",
        "/continue",
        "/http10",
    ];
    let urls: Vec<_> = paths.iter().map(|path| plain(site.http(), path)).collect();
    let came = Asking::of(&site).ask(&urls);
    for ((path, answer), exchange) in paths.iter().zip(came.answers).zip(&came.exchanges) {
        let answer = answer.unwrap();
        assert_eq!((answer.status, answer.cut), (200, None), "{path}");
        assert!(!answer.body.is_empty(), "{path}");
        assert!(exchange.cut.is_none() && exchange.received.len() > 40, "{path}");
    }
}

#[test]
fn what_is_not_whole_says_so_and_keeps_what_came() {
    let site = Site::start().unwrap();
    for path in [
        "/chunked-broken",
        "/chunked-cut",
        "/chunked-huge-size",
        "/length-short",
        "/gzip-broken",
        "/reset",
        "/endless",
        "/endless-chunked",
        "/slow-body",
        "/gzip-bomb",
        "/two-lengths",
    ] {
        let (answer, exchanges) = Asking::of(&site).ask_one(&plain(site.http(), path));
        let cut = match answer {
            Ok(answer) => answer.cut,
            Err(error) => Some(error.to_string()),
        };
        assert!(cut.is_some(), "{path}");
        assert!(exchanges[0].received.len() < 9 << 20, "{path}");
        assert!(exchanges[0].received.starts_with(b"HTTP/1.1"), "{path}");
    }
}

#[test]
fn what_is_no_answer_is_an_error_in_time() {
    let site = Site::start().unwrap();
    for path in
        ["/not-http", "/empty-close", "/silent", "/slow-head", "/endless-headers", "/long-header"]
    {
        let (answer, exchanges) = Asking::of(&site).ask_one(&plain(site.http(), path));
        let error = answer.expect_err(path).to_string();
        assert!(error.contains(path), "{error}");
        // What was asked is on record all the same.
        assert_eq!(exchanges.len(), 1, "{path}");
        assert!(exchanges[0].received.len() < 9 << 20, "{path}");
    }
}

#[test]
fn redirections_are_each_kept() {
    let site = Site::start().unwrap();
    let (answer, exchanges) = Asking::of(&site).ask_one(&plain(site.http(), "/redirect/3"));
    let answer = answer.unwrap();
    assert_eq!((answer.status, answer.url.path()), (200, "/"));
    assert_eq!(exchanges.len(), 4);
    let (relative, _) = Asking::of(&site).ask_one(&plain(site.http(), "/redirect-relative"));
    assert_eq!(relative.unwrap().status, 200);
    let (looping, exchanges) = Asking::of(&site).ask_one(&plain(site.http(), "/redirect-loop"));
    assert!(looping.unwrap_err().to_string().contains("redirections"));
    assert_eq!(exchanges.len(), 11);
}

#[test]
fn a_site_that_is_overloaded_is_waited_for_and_each_answer_is_kept() {
    let site = Site::start().unwrap();
    let came = Asking::of(&site).ask(&[plain(site.http(), "/retry-after/1")]);
    assert_eq!(came.answers[0].as_ref().unwrap().status, 200);
    assert_eq!((came.counts.sent, came.counts.again, came.exchanges.len()), (2, 1, 2));
    // A wait beyond patience is not waited.
    let (patient, _) = Asking::of(&site).ask_one(&plain(site.http(), "/retry-after/86400"));
    assert_eq!(patient.unwrap().status, 429);
}

#[test]
fn cookies_are_never_given_back() {
    let site = Site::start().unwrap();
    let urls = [plain(site.http(), "/set-cookie"), plain(site.http(), "/cookies")];
    let came = Asking::of(&site).ask(&urls);
    assert!(came.answers.iter().all(|answer| answer.as_ref().unwrap().status == 200));
    assert!(
        site.requests()
            .iter()
            .all(|seen| seen.headers.iter().all(|(name, _)| !name.eq_ignore_ascii_case("cookie")))
    );
}
