//! A real Chromium against a site on loopback that is built to get out, to hang and to fill.
//!
//! Skipped visibly where no browser is installed.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]
#![expect(clippy::disallowed_methods, reason = "a test starts programs, and hands its clock in")]
#![expect(clippy::print_stderr, reason = "what is skipped is said")]

mod pages;
mod site;

use std::net::{TcpListener, TcpStream, UdpSocket};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use faisceau_collect::browser::{
    Capture, CaptureError, Dialled, Found, Settings, SettingsError, Step, capture, find,
};
use jiff::Timestamp;
use site::{Page, Site, html};
use url::Url;

/// One browser at a time: the times of these tests are those of one.
static ALONE: Mutex<()> = Mutex::new(());

/// The browser; none where there is none, and that is said.
fn browser() -> Option<Found> {
    let found = find(None).ok();
    if found.is_none() {
        assert!(std::env::var_os("FAISCEAU_NO_SKIP").is_none(), "no Chromium found");
        eprintln!("SKIPPED: needs a Chromium");
    }
    found
}

fn clock() -> Timestamp {
    Timestamp::now()
}

fn quick() -> Settings {
    Settings { load: Duration::from_secs(6), total: Duration::from_mins(1), ..Settings::default() }
}

/// Captures `/` of a site with these pages.
fn of(pages: &[(&'static str, Page)], settings: &Settings) -> Option<(Site, Capture, Duration)> {
    let found = browser()?;
    let site = Site::start(pages);
    let (capture, took) = run(&found, &site, "http://site.example/", settings);
    Some((site, capture, took))
}

fn run(found: &Found, site: &Site, url: &str, settings: &Settings) -> (Capture, Duration) {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let began = Instant::now();
    let url = Url::parse(url).unwrap();
    let dial = site.dial_also(&["other.example", "page.localhost"]);
    let capture = capture(&url, found, settings, dial, &clock, &mut |_| {}).unwrap();
    assert!(capture.record.profile.deleted);
    assert_eq!(left_over(&capture), [] as [String; 0]);
    (capture, began.elapsed())
}

/// Processes that still name the profile, or are dead and nobody's.
fn left_over(capture: &Capture) -> Vec<String> {
    let flag = capture.record.browser.flags.iter().find(|flag| flag.contains("user-data-dir"));
    processes(flag.unwrap().split_once('=').unwrap().1)
}

/// Command lines of living processes that hold a text, and names of dead ones below this process.
fn processes(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for process in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let line = std::fs::read(process.path().join("cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line).into_owned();
        if line.contains(text) {
            found.push(line);
        }
        let stat = std::fs::read_to_string(process.path().join("stat")).unwrap_or_default();
        let mut words = stat.rsplit(") ").next().unwrap_or_default().split(' ');
        let (state, parent) = (words.next(), words.next().and_then(|word| word.parse().ok()));
        if state == Some("Z") && parent == Some(std::process::id()) {
            found.push(stat);
        }
    }
    found
}

fn size(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

fn refused<'c>(capture: &'c Capture, host: &str) -> Vec<&'c str> {
    let to = capture.connections.iter().filter(|connection| connection.host == host);
    to.filter_map(|connection| connection.refused.as_deref()).collect()
}

/// No byte went anywhere but to the site.
fn only_the_site_was_reached(site: &Site, capture: &Capture) {
    for connection in &capture.connections {
        if let Some(reached) = connection.reached {
            assert_eq!(reached, site.address);
            assert!(matches!(
                connection.host.as_str(),
                "site.example" | "other.example" | "page.localhost"
            ));
        } else {
            assert_eq!(connection.up + connection.down, 0, "{connection:?}");
            assert!(connection.refused.is_some(), "{connection:?}");
        }
    }
}

#[test]
fn a_page_is_captured_with_all_that_a_record_needs() {
    let page = html(pages::ORDINARY);
    let style = (200, vec![("Content-Type", "text/css".to_owned())], b"p { color: red }".to_vec());
    let cookie = ("Set-Cookie", "visit=1; Path=/".to_owned());
    let first = (302, vec![("Location", "/page".to_owned()), cookie], Vec::new());
    let picture = (200, vec![("Content-Type", "image/gif".to_owned())], pages::GIF.to_vec());
    let settings = Settings { scale: 2, ..quick() };
    let pages = [("/", first), ("/page", page), ("/style.css", style), ("/late.gif", picture)];
    let Some((site, capture, _)) = of(&pages, &settings) else { return };
    let record = &capture.record;
    assert_eq!(record.incomplete, [] as [&str; 0]);
    assert_eq!(record.final_url.as_deref(), Some("http://site.example/page"));
    assert_eq!(record.title.as_deref(), Some("Une page à part"));
    let documents: Vec<_> = record
        .documents
        .iter()
        .map(|d| (d.url.as_str(), d.status.unwrap(), d.redirected_to.as_deref()))
        .collect();
    let end = "http://site.example/page";
    assert_eq!(documents, [("http://site.example/", 302, Some(end)), (end, 200, None)]);
    assert!(capture.dom.as_ref().unwrap().starts_with("<!DOCTYPE html><html"));
    assert!(capture.dom.as_ref().unwrap().contains("écrit par un script"));
    assert!(capture.pdf.as_ref().unwrap().starts_with(b"%PDF-"));
    assert_eq!(record.page_size, Some((1_280, 3_000)));
    assert_eq!(capture.png.iter().map(|png| size(png)).collect::<Vec<_>>(), [(2_560, 6_000)]);
    assert!(record.browser.product.contains("Chrom"), "{:?}", record.browser);
    assert!(record.browser.user_agent.contains("HeadlessChrome/"), "{:?}", record.browser);
    let line = record.browser.command_line.as_ref().unwrap();
    assert!(line.contains("--proxy-server=http://127.0.0.1:"), "{line}");
    let seen = record.window.seen.as_ref().unwrap();
    for (name, value) in [
        ("time_zone", "Europe/Paris"),
        ("locale", "fr-FR"),
        ("user_agent", &record.browser.user_agent),
    ] {
        assert_eq!(seen[name], value, "{seen}");
    }
    assert_eq!((seen["width"].as_f64(), seen["scale"].as_f64()), (Some(1_280.0), Some(2.0)));
    // What the page has made of `Date.now` is not what is read.
    assert!(record.page_clock.unwrap().ahead_millis.abs() < 1_000, "{:?}", record.page_clock);
    assert!(record.started < record.page_clock.unwrap().page);
    assert_eq!(record.cookies.len(), 1);
    assert_eq!((&*record.cookies[0].name, &*record.cookies[0].domain), ("visit", "site.example"));
    let by_path = |path: &str| {
        let at = record.requests.iter().position(|r| r.url.ends_with(path)).unwrap();
        let body = capture.resources.iter().find(|resource| resource.request == at);
        (&record.requests[at], body.map(|resource| resource.body.as_slice()))
    };
    let (request, body) = by_path("/style.css");
    assert_eq!((request.status, request.kind.as_str()), (Some(200), "Stylesheet"));
    assert_eq!((request.initiator.as_str(), request.mime.as_deref()), ("parser", Some("text/css")));
    assert_eq!(
        (body, request.reached.as_slice()),
        (Some(&b"p { color: red }"[..]), &[site.address][..])
    );
    // It is asked for only once it is scrolled to.
    assert_eq!(by_path("/late.gif").1, Some(pages::GIF));
    assert_eq!(by_path("/page").1, Some(pages::ORDINARY.as_bytes()));
    assert!(record.requests.iter().all(|request| request.url.starts_with("http://site.example/")));
    let listed: Vec<&str> = record.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(listed, ["png 0", "pdf", "dom"]);
    serde_json::to_string(record).unwrap();
    only_the_site_was_reached(&site, &capture);
}

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
fn endless_dialogs_are_ended_and_the_page_is_kept() {
    let page = "<!doctype html><p>before</p><script>for(;;)alert(1)</script>";
    let settings = Settings { load: Duration::from_secs(3), ..quick() };
    let Some((_, capture, took)) = of(&[("/", html(page))], &settings) else { return };
    assert!(capture.record.refused.dialogs > 10, "{:?}", capture.record.refused);
    let why = &capture.record.incomplete;
    assert!(why.contains(&"its scripts did not end and were ended".to_owned()), "{why:?}");
    assert!(capture.dom.unwrap().contains("before"));
    assert_eq!((capture.png.len(), capture.pdf.is_some()), (1, true));
    assert!(took < Duration::from_secs(25), "{took:?} {why:?}");
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
fn a_page_that_prints_itself_is_printed() {
    let page = "<!doctype html><p>text</p><script>print()</script>";
    let Some((_, capture, _)) = of(&[("/", html(page))], &quick()) else { return };
    assert_eq!(capture.record.incomplete, [] as [&str; 0]);
    assert!(capture.pdf.unwrap().starts_with(b"%PDF-"));
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

#[test]
fn a_page_of_a_hundred_thousand_pixels_is_a_row_of_tiles() {
    let page = "<!doctype html><style>body{margin:0}div{height:50000px}</style>
        <div style='background:#a00'></div><div style='background:#0a0'></div>";
    let settings = Settings { scrolls: 3, ..quick() };
    let Some((_, capture, _)) = of(&[("/", html(page))], &settings) else { return };
    let record = &capture.record;
    assert_eq!(record.page_size, Some((1_280, 100_000)));
    let sizes: Vec<u32> = capture.png.iter().map(|png| size(png).1).collect();
    assert_eq!(sizes, [16_000, 16_000, 16_000, 16_000, 16_000, 16_000, 4_000]);
    assert_eq!(record.tiles.last().map(|tile| (tile.top, tile.height)), Some((96_000, 4_000)));
    assert!(record.incomplete[0].contains("it goes on after 3 screens"), "{:?}", record.incomplete);
    // Higher than ten tiles: cut, and said.
    let page = "<!doctype html><div style='height:200000px'></div>";
    let Some((_, capture, _)) = of(&[("/", html(page))], &settings) else { return };
    assert_eq!(capture.png.len(), 10);
    let cut = capture.record.incomplete.iter().find(|why| why.contains("cut")).unwrap();
    assert!(cut.starts_with("the picture is cut at 160000 of 2000"), "{cut}");
}

#[test]
fn what_does_not_load_is_said() {
    let Some(found) = browser() else { return };
    let site = Site::start(&[]);
    let (capture, _) = run(&found, &site, "http://refused.example/", &quick());
    assert!(capture.record.incomplete[0].starts_with("the page did not load: net::ERR_"));
    assert_eq!(refused(&capture, "refused.example").first(), Some(&"not a public address"));
    assert_eq!(site.seen(), [] as [&str; 0]);
    let (capture, _) = run(&found, &site, "http://site.example/none", &quick());
    assert_eq!(capture.record.documents[0].status, Some(404));
}

#[test]
fn a_program_that_is_no_browser_is_an_error_with_its_last_words() {
    let site = Site::start(&[]);
    let url = Url::parse("http://site.example/").unwrap();
    let found = find(Some(std::path::Path::new("/bin/ls"))).unwrap();
    let began = Instant::now();
    let mut steps = Vec::new();
    let failed = capture(&url, &found, &quick(), site.dial(), &clock, &mut |step| steps.push(step));
    let CaptureError::Browser { why, said } = failed.unwrap_err() else { panic!() };
    assert_eq!(why, "the browser has ended");
    assert!(said.contains("headless"), "{said}");
    assert_eq!(steps, [Step::Start]);
    assert!(began.elapsed() < Duration::from_secs(10));
    let url = Url::parse("file:///etc/passwd").unwrap();
    let failed = capture(&url, &found, &quick(), site.dial(), &clock, &mut |_| {});
    let error = failed.unwrap_err();
    assert!(matches!(error, CaptureError::Settings(SettingsError::Address { .. })), "{error}");
}

/// The files of `openssl s_server`, and the server.
fn https(folder: &std::path::Path, port: u16) -> Option<std::process::Child> {
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem"])
        .args(["-out", "cert.pem", "-days", "30", "-subj", "/CN=site.example/O=Invented"])
        .args(["-addext", "subjectAltName=DNS:site.example,DNS:www.site.example"])
        .current_dir(folder)
        .stderr(Stdio::null())
        .status();
    if !made.is_ok_and(|status| status.success()) {
        assert!(std::env::var_os("FAISCEAU_NO_SKIP").is_none(), "no openssl found");
        eprintln!("SKIPPED: needs openssl");
        return None;
    }
    let accept = format!("127.0.0.1:{port}");
    let server = Command::new("openssl")
        .args(["s_server", "-accept", &accept, "-cert", "cert.pem", "-key", "key.pem", "-www"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let server = server.unwrap();
    let until = Instant::now() + Duration::from_secs(10);
    while TcpStream::connect(("127.0.0.1", port)).is_err() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(20));
    }
    Some(server)
}

#[test]
fn a_wrong_certificate_is_refused_or_passed_over_and_said() {
    let Some(found) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let remote = free.local_addr().unwrap();
    drop(free);
    let Some(mut server) = https(folder.path(), remote.port()) else { return };
    let dial = Arc::new(move |_: &str, port: u16| {
        assert_eq!(port, 443);
        Ok(Dialled { stream: TcpStream::connect(remote)?, remote })
    });
    let url = Url::parse("https://site.example/").unwrap();
    let captures = [false, true].map(|wrong_certificates| {
        let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let settings = Settings { wrong_certificates, ..quick() };
        capture(&url, &found, &settings, dial.clone(), &clock, &mut |_| {}).unwrap().record
    });
    server.kill().unwrap();
    server.wait().unwrap();
    let [refused, passed] = captures;
    let why = &refused.incomplete[0];
    assert_eq!(why, "the page did not load: net::ERR_CERT_AUTHORITY_INVALID");
    assert!(!refused.wrong_certificates_accepted && passed.wrong_certificates_accepted);
    let request = passed.requests.iter().find(|request| request.kind == "Document").unwrap();
    assert_eq!((request.status, request.reached.as_slice()), (Some(200), &[remote][..]));
    let security = request.security.as_ref().unwrap();
    assert_eq!((&*security.subject, &*security.issuer), ("site.example", "site.example"));
    assert_eq!(security.names, ["site.example", "www.site.example"]);
    assert!(security.protocol.starts_with("TLS 1."), "{security:?}");
    let days = |text: &Option<String>| text.as_deref().unwrap().parse::<Timestamp>().unwrap();
    let valid = days(&security.valid_to).duration_since(days(&security.valid_from));
    assert_eq!(valid.as_hours(), 30 * 24);
}

/// Captures a page that never begins, until it is killed.
#[test]
#[ignore = "run and killed by another test"]
fn a_capture_that_is_killed() {
    let Some(found) = browser() else { return };
    let site = Site::start(&[]);
    let url = Url::parse("http://site.example/silent").unwrap();
    let settings = Settings { load: Duration::from_secs(100), ..quick() };
    let ended = capture(&url, &found, &settings, site.dial(), &clock, &mut |_| {});
    panic!("it was not killed: {ended:?}");
}

#[test]
fn the_browser_dies_with_us_and_leaves_nothing() {
    if browser().is_none() {
        return;
    }
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_capture_that_is_killed", "--ignored"])
        .env("TMPDIR", folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let name = folder.path().to_str().unwrap();
    let wait = |seconds, done: &dyn Fn() -> bool| {
        let until = Instant::now() + Duration::from_secs(seconds);
        while !done() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(50));
        }
        done()
    };
    assert!(wait(30, &|| processes(name).iter().any(|line| line.contains("--proxy-server"))));
    std::thread::sleep(Duration::from_secs(2));
    let entries = || std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(entries(), 1);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(wait(10, &|| processes(name).is_empty()), "{:?}", processes(name));
    assert!(wait(10, &|| entries() == 0), "{:?}", folder.path());
}

/// Sends a signal to those processes of the browser whose command line holds a text.
fn signal(signal: &str, text: &str) {
    let flag = format!("--user-data-dir={}", std::env::temp_dir().display());
    let all = std::fs::read_dir("/proc").unwrap().flatten().filter_map(|process| {
        let line = std::fs::read(process.path().join("cmdline")).ok()?;
        let stat = std::fs::read_to_string(process.path().join("stat")).ok()?;
        let group = stat.rsplit_once(") ")?.1.split(' ').nth(2)?.to_owned();
        let id = process.file_name().into_string().unwrap();
        Some((id, group, String::from_utf8_lossy(&line).into_owned()))
    });
    let all: Vec<_> = all.collect();
    let ours = all.iter().find(|(_, _, line)| line.contains(&flag)).unwrap().1.clone();
    let named = all.iter().filter(|(_, group, line)| *group == ours && line.contains(text));
    let ids: Vec<&str> = named.map(|(id, _, _)| id.as_str()).collect();
    assert!(!ids.is_empty());
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", "kill \"$@\"", "sh", signal]).args(&ids);
    assert!(shell.status().unwrap().success());
}

#[test]
fn what_was_obtained_before_the_browser_hangs_or_crashes_is_kept() {
    let Some(found) = browser() else { return };
    let site = Site::start(&[("/", html("<!doctype html><title>t</title><p>text</p>"))]);
    let url = Url::parse("http://site.example/").unwrap();
    let settings = Settings { total: Duration::from_secs(12), ..quick() };
    for (kind, text, reason) in [
        ("-STOP", "chrom", "the browser did not end by itself and was killed"),
        ("-KILL", "--type=renderer", "no print: the page has crashed"),
        ("-KILL", "--user-data-dir", "no print: the browser has ended"),
    ] {
        let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let began = Instant::now();
        let mut hit = |step| {
            if step == Step::Draw {
                signal(kind, text);
            }
        };
        let capture = capture(&url, &found, &settings, site.dial(), &clock, &mut hit).unwrap();
        let why = &capture.record.incomplete;
        assert!(why.iter().any(|line| line == reason), "{kind} {text}: {why:?}");
        assert!(capture.dom.unwrap().contains("<p>text</p>"));
        assert_eq!((capture.png.len(), capture.pdf), (0, None), "{why:?}");
        assert!(capture.record.profile.deleted);
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    }
}
