//! WARC files: what was recorded of the web.

use std::io::Write as _;

use faisceau_archive::warc::{Draft, Exchange, Info, Kind as RecordKind, file_head, resource};
use faisceau_store::{Kind, Limits};
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;

use crate::case::{Case, gz_of, no, now, pairs, reasons, refusals, zip_of};

const WACZ: &[u8] = include_bytes!("../../../../datasets/web/valid_signed_example_1.wacz");

fn exchange(path: &str, head: &str, body: &[u8]) -> Exchange {
    Exchange {
        url: format!("https://example.org/{path}"),
        method: "GET".to_owned(),
        sent: format!("GET /{path} HTTP/1.1\r\nHost: example.org\r\n\r\n").into_bytes(),
        received: [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat(),
        at: now(),
        ended: now(),
        remote: None,
        via: None,
        tls: None,
        resolved: Vec::new(),
        cut: None,
    }
}

/// A page, a redirection, JSON in gzip, and a screenshot.
fn drafts() -> Vec<Draft> {
    let mut drafts = vec![file_head(&Info::default(), now())];
    drafts.extend(exchange("", "200 OK\r\nContent-Type: text/html", b"<p>hello</p>").records());
    drafts.extend(exchange("old", "301 Moved\r\nLocation: /", b"").records());
    let head = "200 OK\r\nContent-Encoding: gzip\r\nContent-Type: application/json";
    drafts.extend(exchange("api?q=1", head, &gz_of(b"{\"a\": 1}")).records());
    let shot = b"\x89PNG\r\n\x1a\n".to_vec();
    drafts.push(resource("https://example.org/", now(), "image/png", shot, None));
    drafts
}

const NAMES: [(&str, &str); 4] = [
    ("1", "x"),
    ("1.1", "example.org/index.html"),
    ("1.2", "example.org/api_q=1.json"),
    ("1.3", "example.org/index.png"),
];

#[test]
fn bodies_are_exhibits_in_every_form_of_the_file() {
    let plain: Vec<u8> = drafts().iter().flat_map(Draft::bytes).collect();
    let members: Vec<u8> = drafts().iter().flat_map(Draft::member).collect();
    for (file, kind) in
        [(plain.clone(), Kind::Warc), (members, Kind::WarcGzip), (gz_of(&plain), Kind::WarcGzip)]
    {
        let mut case = Case::new();
        let added = case.add_bytes("x", &file);
        assert_eq!(reasons(&added), []);
        assert_eq!(case.store.exhibit(no("1")).unwrap().kind, kind);
        assert_eq!(case.names(), pairs(&NAMES));
        assert_eq!(case.content("1.1"), b"<p>hello</p>");
        assert_eq!(case.content("1.2"), b"{\"a\": 1}");
        let last = case.store.journal().last().unwrap();
        assert_eq!(last.act, "archive_unpacked");
        // The head of the file, three requests, three metadata records, one redirection.
        assert_eq!((&last.fields["members"], &last.fields["bodiless"]), (&3.into(), &8.into()));
        case.assert_whole();
    }
}

#[test]
fn the_archive_in_a_wacz_is_opened_too() {
    let mut case = Case::new();
    let added = case.add_bytes("x.wacz", WACZ);
    assert_eq!(reasons(&added), []);
    let names = case.names();
    let kind = |number: &str| case.store.exhibit(no(number)).unwrap().kind;
    let inner = names.iter().find(|(_, name)| name.ends_with(".warc.gz")).unwrap().0.clone();
    assert_eq!((kind("1"), kind(&inner)), (Kind::Zip, Kind::WarcGzip));
    let page = format!("{inner}.1");
    assert!(names.contains(&(page.clone(), "example.com/index.html".to_owned())), "{names:?}");
    assert!(case.content(&page).starts_with(b"<!doctype html>"));
    case.assert_whole();
}

#[test]
fn what_is_broken_is_said_with_its_place_and_the_rest_is_taken() {
    let parts: Vec<Vec<u8>> = drafts().iter().map(Draft::bytes).collect();
    let mut file: Vec<u8> = parts[..7].concat();
    let at = file.len();
    file.extend(b"WARC/1.0\r\nContent-Length: x\r\n\r\n");
    file.extend(parts[7..].concat());
    let changed = file.windows(5).position(|w| w == b"hello").unwrap();
    file[changed] = b'H';
    let mut case = Case::new();
    let added = case.add_bytes("x", &file);
    // The altered page stays in the archive; the numbers of the others are the same.
    let others: Vec<_> = pairs(&NAMES).into_iter().filter(|(number, _)| number != "1.1").collect();
    assert_eq!(case.names(), others);
    let said: Vec<String> = added.refused.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("another digest"), "{said:?}");
    assert!(said[1].contains(&format!("at byte {at}: the record states no length")), "{said:?}");
    case.assert_whole();
}

#[test]
fn a_body_that_is_cut_is_kept_and_said() {
    let file = exchange("a.txt", "200 OK\r\nContent-Length: 9", b"abc").bytes();
    let mut case = Case::new();
    let added = case.add_bytes("x", &file);
    assert_eq!(case.content("1.1"), b"abc");
    let said = added.refused[0].to_string();
    assert!(
        said.contains("at byte 0, `example.org/a.txt`: the body is cut: 3 bytes came of 9"),
        "{said}"
    );
    case.assert_whole();
}

#[test]
fn bombs_are_refused_and_what_follows_is_taken() {
    let zeros = vec![0; 64 << 20];
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&zeros).unwrap();
    let body = encoder.finish().unwrap();
    let coded = exchange("bomb", "200 OK\r\nContent-Encoding: gzip", &body).bytes();
    let after = exchange("after.txt", "200 OK", b"after").bytes();
    let mut case = Case::new();
    let added = case.add_bytes("x", &[coded, after].concat());
    assert_eq!(reasons(&added), refusals(&[("1.1", "ratio")]));
    assert_eq!(case.content("1.2"), b"after");
    case.assert_whole();

    let draft = Draft::new(RecordKind::Resource, "x:zeros", now(), "x/x", zeros);
    let after = resource("https://example.org/a.txt", now(), "text/plain", b"after".to_vec(), None);
    let mut case = Case::new();
    let added = case.add_bytes("x", &[draft.member(), after.member()].concat());
    assert!(added.refused[0].to_string().contains("more than 200 times"));
    assert_eq!(case.content("1.1"), b"after");
    case.assert_whole();

    // A large body that does not compress is no bomb.
    let large: Vec<u8> =
        (0..6_000_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    let mut case = Case::new();
    let added = case.add_bytes("x", &exchange("a.bin", "200 OK", &large).bytes());
    assert_eq!(reasons(&added), []);
    assert_eq!(case.content("1.1"), large);
}

#[test]
fn numbers_are_the_same_under_any_limits() {
    let file: Vec<u8> = drafts().iter().flat_map(Draft::member).collect();
    let mut case = Case::new();
    let path = case.file("x", &file);
    let limits = Limits { max_member_bytes: 8, ..Limits::default() };
    let mut writer = case.store.write(crate::case::WHO, now()).unwrap();
    let added = writer.add(&path, &limits, &mut |_| {}).unwrap();
    drop(writer);
    assert_eq!(reasons(&added), refusals(&[("1.1", "too_large")]));
    assert_eq!(case.names()[1..], pairs(&NAMES[2..]));
    case.assert_whole();
}

#[test]
fn a_zip_of_warcs_is_opened() {
    let file: Vec<u8> = drafts().iter().flat_map(Draft::member).collect();
    let mut case = Case::new();
    case.add_bytes("x.zip", &zip_of(&[("a.warc.gz", &file)]));
    assert_eq!(case.content("1.1.1"), b"<p>hello</p>");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn mutated_files_leave_a_whole_case(packed in any::<bool>(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let form = if packed { Draft::member } else { Draft::bytes };
        let mut file: Vec<u8> = drafts().iter().flat_map(form).collect();
        let place = at.index(file.len());
        file[place] = byte;
        let mut case = Case::new();
        case.add_bytes("x", &file);
        case.assert_whole();
    }
}
