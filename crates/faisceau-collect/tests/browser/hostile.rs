//! Pages that want out, hang, or fill.

use std::net::UdpSocket;
use std::time::Duration;

use faisceau_collect::browser::Settings;

use crate::site::{Site, html};
use crate::{browser, of, only_the_site_was_reached, pages, quick, refused, run};

#[test]
fn nothing_leaves_by_another_way() {
    let outside = UdpSocket::bind("127.0.0.1:0").unwrap();
    outside.set_nonblocking(true).unwrap();
    let private = Site::start(&[("/", html("private"))]);
    let page = pages::escape(private.address.port(), outside.local_addr().unwrap().port());
    let script = (
        200,
        vec![("Content-Type", "text/javascript".to_owned())],
        pages::worker(private.address.port()).into_bytes(),
    );
    let pages = [
        ("/", html(&page)),
        ("/worker.js", script),
        ("/frame", html("<p>in a frame</p><script>fetch('/from-frame')</script>")),
        ("/popup", html("a popup")),
    ];
    let Some(found) = browser() else { return };
    let site = Site::start(&pages);
    // A page of `localhost` may use what only secure pages may.
    let (capture, _) = run(&found, &site, "http://page.localhost/", &quick());
    assert_eq!(private.seen(), [] as [&str; 0]);
    assert_eq!(outside.recv(&mut [0; 64]).unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
    only_the_site_was_reached(&site, &capture);
    for host in ["127.0.0.1", "::1", "localhost", "192.168.1.1", "10.0.0.1"] {
        let why = refused(&capture, host);
        assert!(
            why.contains(&"not a public address"),
            "{host}: {why:?}\n{:#?}",
            capture.connections
        );
    }
    // Named in no request: a lookup or a connection ahead of time.
    for host in ["prefetched.example", "preconnected.example"] {
        assert!(refused(&capture, host).iter().all(|why| why.contains("no request")), "{host}");
    }
    let seen = site.seen();
    assert!(seen.iter().any(|line| line.starts_with("GET /from-frame other.example")), "{seen:?}");
    assert!(!seen.iter().any(|line| line.contains("/popup")), "{seen:?}");
    // Frames of other sites and workers are processes of their own.
    for path in ["/from-frame", "/worker", "/beacon", "/ws"] {
        let listed = capture.record.requests.iter().any(|request| request.url.ends_with(path));
        assert!(listed, "{path}: {:#?}", capture.record.requests);
    }
    let dom = capture.dom.as_ref().unwrap();
    assert!(dom.contains("geolocation denied"), "{dom}");
    assert!(dom.contains("notifications denied"), "{dom}");
    let log = dom.split_once("<pre id=\"log\">").unwrap().1.split_once("</pre>").unwrap().0;
    assert!(!log.contains("reached") && !log.contains("candidate"), "{log}");
    let failed = |part: &str| {
        let found = capture.record.requests.iter().find(|request| request.url.contains(part));
        found.unwrap_or_else(|| panic!("{part}: {seen:?}")).failed.clone()
    };
    assert!(failed("192.168.1.1").is_some());
    assert!(failed("10.0.0.1").is_some());
}

#[test]
fn a_refresh_to_a_private_address_is_refused_and_the_way_there_is_kept() {
    let private = Site::start(&[("/", html("private"))]);
    let port = private.address.port();
    let page = format!("<meta http-equiv=refresh content='0;url=http://127.0.0.1:{port}/'>gone");
    let Some((site, capture, _)) = of(&[("/", html(&page))], &quick()) else { return };
    assert_eq!(private.seen(), [] as [&str; 0]);
    only_the_site_was_reached(&site, &capture);
    assert_eq!(refused(&capture, "127.0.0.1").first(), Some(&"not a public address"));
    let last = capture.record.documents.last().unwrap();
    assert_eq!((last.url.as_str(), last.status), (&*format!("http://127.0.0.1:{port}/"), None));
    let body = capture.resources.iter().find(|r| r.url == "http://site.example/").unwrap();
    assert_eq!(body.body, page.as_bytes());
}

#[test]
fn dialogs_windows_and_downloads_are_dismissed() {
    let attachment = ("Content-Disposition", "attachment; filename=x.exe".to_owned());
    let kind = ("Content-Type", "application/octet-stream".to_owned());
    let file = (200, vec![attachment, kind], vec![7; 1_000]);
    let pages = [("/", html(pages::NUISANCES)), ("/x.exe", file), ("/popup", html("a popup"))];
    let Some((site, capture, _)) = of(&pages, &quick()) else { return };
    let record = &capture.record;
    assert!(record.refused.dialogs >= 30, "{:?}", record.refused);
    assert!(
        record.refused.downloads.contains(&"http://site.example/x.exe".to_owned()),
        "{:?}",
        record.refused
    );
    assert_eq!(record.refused.popups, ["http://site.example/popup"; 2]);
    assert!(capture.dom.as_ref().unwrap().contains("after the dialogs"));
    assert_eq!(record.final_url.as_deref(), Some("http://site.example/"));
    assert!(!site.seen().iter().any(|line| line.contains("/popup")));
}

#[test]
fn a_script_that_does_not_end_is_ended_and_the_page_is_kept() {
    let page = "<!doctype html><title>t</title><p>before</p><script>for(;;){}</script><p>after</p>";
    let settings = Settings { load: Duration::from_secs(3), ..quick() };
    let Some((_, capture, took)) = of(&[("/", html(page))], &settings) else { return };
    let why = &capture.record.incomplete;
    assert!(why.contains(&"its scripts did not end and were ended".to_owned()), "{why:?}");
    assert!(capture.dom.as_ref().unwrap().contains("before"), "{why:?}");
    assert_eq!(capture.png.len(), 1);
    assert!(took < Duration::from_secs(25), "{took:?}");
}

#[test]
fn endless_dialogs_are_ended_and_what_was_kept_is_said() {
    let page = "<!doctype html><p>before</p><script>for(;;)alert(1)</script>";
    let settings = Settings { load: Duration::from_secs(3), ..quick() };
    let Some((_, capture, took)) = of(&[("/", html(page))], &settings) else { return };
    assert!(capture.record.refused.dialogs > 10, "{:?}", capture.record.refused);
    let why = &capture.record.incomplete;
    assert!(took < Duration::from_secs(25), "{took:?} {why:?}");
    // One time in some four the browser lets no order pass between two dialogs: then the record
    // says that there is no document, and the capture ends all the same.
    if why.contains(&"no document, no picture and no print: no answer in time".to_owned()) {
        assert!(capture.dom.is_none() && capture.png.is_empty() && capture.pdf.is_none());
        return;
    }
    assert!(why.contains(&"its scripts did not end and were ended".to_owned()), "{why:?}");
    assert!(capture.dom.unwrap().contains("before"));
    assert_eq!((capture.png.len(), capture.pdf.is_some()), (1, true));
}

#[test]
fn a_page_that_goes_in_circles_is_stopped_and_kept() {
    let page = "<!doctype html><p>text</p><script>setTimeout(() => location.reload(), 20)</script>";
    let settings = Settings { load: Duration::from_secs(5), ..quick() };
    let Some((_, capture, took)) = of(&[("/", html(page))], &settings) else { return };
    let why = &capture.record.incomplete;
    let circles = "it loads itself again and again: its scripts were ended".to_owned();
    assert!(why.contains(&circles), "{why:?}");
    assert!(capture.record.documents.len() > 20);
    assert!(capture.dom.unwrap().contains("text"), "{why:?}");
    assert_eq!(capture.png.len(), 1, "{why:?}");
    assert!(took < Duration::from_secs(30), "{took:?}");
}

#[test]
fn answers_that_do_not_begin_or_end_do_not_hold_the_capture() {
    let settings = Settings { load: Duration::from_secs(3), ..quick() };
    let page = "<!doctype html><p>text</p><img src=/silent><script async src=/endless></script>";
    let Some((site, capture, took)) = of(&[("/", html(page))], &settings) else { return };
    assert!(capture.record.incomplete.contains(&"still loading after 3 s".to_owned()));
    assert!(capture.dom.as_ref().unwrap().contains("<p>text</p>"));
    let endless = capture.record.requests.iter().find(|r| r.url.ends_with("/endless")).unwrap();
    assert_eq!(endless.no_body.as_deref(), Some("not finished"));
    assert!(took < Duration::from_secs(25), "{took:?}");
    let found = browser().unwrap();
    let (capture, took) = run(&found, &site, "http://site.example/silent", &settings);
    let why = &capture.record.incomplete;
    assert!(why.contains(&"it waited for another site and was stopped".to_owned()), "{why:?}");
    assert!(why.contains(&"nothing of the page came: there is nothing to keep".to_owned()));
    assert!(capture.dom.is_none() && capture.png.is_empty() && capture.pdf.is_none());
    assert!(took < Duration::from_secs(25), "{took:?}");
}

#[test]
fn bytes_and_requests_are_limited() {
    let big = |byte| (200, vec![("Content-Type", "text/plain".to_owned())], vec![byte; 300_000]);
    let page = "<!doctype html><script>(async () => {
        for (const path of ['/a', '/b', '/c']) { await (await fetch(path)).text() }
        for (let i = 0; i < 60; i++) { await fetch('/a?' + i).catch(() => 0) }
    })()</script>";
    let pages = [("/", html(page)), ("/a", big(b'a')), ("/b", big(b'b')), ("/c", big(b'c'))];
    let mut settings = Settings { requests: 30, body: 400_000, bodies: 700_000, ..quick() };
    settings.limits.bytes = 2_000_000;
    let Some((_, capture, _)) = of(&pages, &settings) else { return };
    let record = &capture.record;
    assert_eq!(record.requests.len(), 30);
    assert!(
        record
            .incomplete
            .iter()
            .any(|why| why.ends_with("requests beyond the limit are not listed"))
    );
    let kept: usize = capture.resources.iter().map(|resource| resource.body.len()).sum();
    assert!((600_000..=700_000).contains(&kept), "{kept}");
    let c = record.requests.iter().find(|request| request.url.ends_with("/c")).unwrap();
    assert_eq!(c.no_body.as_deref(), Some("more than 700000 bytes altogether"));
}
