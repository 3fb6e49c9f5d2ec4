use super::*;
use crate::{Site, client};

fn got_bytes(target: &str) -> (String, Vec<u8>) {
    let site = Site::start().unwrap();
    client::parts(&client::get(site.http(), target))
}

fn got(target: &str) -> (String, String) {
    let (head, body) = got_bytes(target);
    (head, String::from_utf8(body).unwrap())
}

/// Reads chunks strictly: what was said, and what stands behind the last chunk.
fn joined(mut rest: &[u8]) -> (String, &[u8]) {
    let mut out = Vec::new();
    loop {
        let end = rest.windows(2).position(|window| window == b"\r\n").unwrap();
        let (line, after) = (std::str::from_utf8(&rest[..end]).unwrap(), &rest[end + 2..]);
        let size = line.split(';').next().unwrap().trim();
        let size = usize::from_str_radix(size, 16).unwrap();
        if size == 0 {
            return (String::from_utf8(out).unwrap(), after);
        }
        out.extend(&after[..size]);
        assert_eq!(&after[size..size + 2], b"\r\n");
        rest = &after[size + 2..];
    }
}

#[test]
fn sound_chunks_say_all_of_it() {
    for (target, behind) in [
        ("/chunked", "\r\n"),
        ("/chunk-extensions", "\r\n"),
        ("/chunked-trailers", "X-Sum: 42\r\nSet-Cookie: late=1\r\n\r\n"),
        ("/length-and-chunked", "\r\n"),
    ] {
        // One chunk of 7 bytes ends within a character.
        let (head, body) = got_bytes(target);
        assert!(head.contains("Transfer-Encoding: chunked\r\n"), "{target}");
        assert_eq!(joined(&body), (SAID.to_owned(), behind.as_bytes()), "{target}");
    }
    assert!(got_bytes("/length-and-chunked").0.contains("Content-Length: "));
    assert!(got("/chunk-extensions").1.contains(";name=value\r\n"));
}

#[test]
fn unsound_chunks_are_unsound() {
    assert!(got("/chunked-broken").1.contains("\r\n0x7g\r\n"));
    assert!(got("/chunked-huge-size").1.starts_with("ffffffffffffffff\r\n"));
    let (_, sum) = got("/chunked-huge-sum");
    assert!(u64::from_str_radix(sum.lines().nth(2).unwrap(), 16).is_err());
    let (_, cut) = got("/chunked-cut");
    assert!(cut.ends_with("20\r\n, voici"));
}

#[test]
fn lengths_are_true_short_long_and_contradictory() {
    let stated = |target: &str| {
        let (head, body) = got(target);
        let lengths = head.lines().filter_map(|line| line.strip_prefix("Content-Length: "));
        (lengths.map(|length| length.parse::<i64>().ok()).collect::<Vec<_>>(), body.len() as i64)
    };
    let whole = SAID.len() as i64;
    assert_eq!(stated("/length-short"), (vec![Some(whole + 7)], whole));
    assert_eq!(stated("/length-long"), (vec![Some(whole - 7)], whole));
    assert_eq!(stated("/two-lengths"), (vec![Some(whole), Some(whole + 7)], whole));
    assert_eq!(stated("/two-equal-lengths"), (vec![Some(whole), Some(whole)], whole));
    assert_eq!(stated("/length-negative"), (vec![Some(-1)], whole));
    assert_eq!(stated("/length-huge"), (vec![None], whole));
    assert_eq!(stated("/until-close"), (vec![], whole));
    assert_eq!(stated("/http10"), (vec![], whole));
    assert_eq!(stated("/not-modified"), (vec![Some(whole)], 0));
    assert_eq!(stated("/no-content"), (vec![], 0));
}

#[test]
fn versions_interim_answers_and_odd_heads() {
    assert!(got("/http10").0.starts_with("HTTP/1.0 200 OK\r\n"));
    assert!(got("/not-modified").0.starts_with("HTTP/1.1 304 "));
    let (first, rest) = got("/continue");
    assert_eq!(first, "HTTP/1.1 100 Continue\r\n\r\n");
    assert!(rest.starts_with("HTTP/1.1 103 Early Hints\r\n"));
    assert!(rest.contains("\r\n\r\nHTTP/1.1 200 OK\r\n") && rest.ends_with(SAID));
    assert!(got("/folded").0.contains("X-Folded: one\r\n\ttwo\r\n"));
    assert!(got("/header-odd").0.contains("\r\nNo colon\r\n: no name\r\nX Space : a\r\n"));
    let site = Site::start().unwrap();
    let lf = client::get(site.http(), "/bare-lf");
    assert!(lf.starts_with(b"HTTP/1.1 200 OK\nContent-Length: ") && !lf.contains(&b'\r'));
}

#[test]
fn what_is_no_http_is_none() {
    let site = Site::start().unwrap();
    let noise = client::get(site.http(), "/not-http");
    assert_eq!(noise.len(), 4096);
    assert!(!noise.starts_with(b"HTTP"));
    assert_eq!(client::get(site.http(), "/empty-close"), b"");
    let (came, end) = client::exchange(site.http(), &client::request("/reset"));
    assert_eq!(end.unwrap_err().kind(), io::ErrorKind::ConnectionReset);
    assert!(came.is_empty() || came.ends_with(b"\r\n\r\nBon"));
}

#[test]
fn over_tls_an_end_is_said_or_cut() {
    let site = Site::start().unwrap();
    assert!(client::get_tls(&site, "/until-close").ends_with(SAID.as_bytes()));
    for target in ["/until-close-cut", "/chunked-cut", "/length-short"] {
        let cut = client::try_tls(site.https(), site.root_der(), "localhost", target);
        assert_eq!(cut.unwrap_err().kind(), io::ErrorKind::UnexpectedEof, "{target}");
    }
}
