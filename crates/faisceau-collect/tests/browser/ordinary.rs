//! Pages as they are, and those that do not come.

use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use faisceau_collect::browser::{
    CaptureError, Dialled, Settings, SettingsError, Step, capture, find,
};
use jiff::Timestamp;
use url::Url;

use crate::site::{Site, html};
use crate::{ALONE, browser, clock, of, only_the_site_was_reached, pages, quick, refused, run};

fn size(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
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
fn a_page_that_prints_itself_is_printed() {
    let page = "<!doctype html><p>text</p><script>print()</script>";
    let Some((_, capture, _)) = of(&[("/", html(page))], &quick()) else { return };
    assert_eq!(capture.record.incomplete, [] as [&str; 0]);
    assert!(capture.pdf.unwrap().starts_with(b"%PDF-"));
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
