use std::io::Write as _;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use proptest::prelude::*;

use super::*;

const LIMIT: u64 = 1 << 20;

/// `brotli` of "hello brotli": a stored meta-block (RFC 7932, section 9.2), written by hand.
fn brotli_stored(content: &[u8]) -> Vec<u8> {
    // WBITS 16 (`0`), ISLAST 0, MNIBBLES 4 (`00`), MLEN - 1 on 16 bits, ISUNCOMPRESSED 1.
    let length = content.len() as u32 - 1;
    let bits = (length << 4) | (1 << 20);
    let mut out = bits.to_le_bytes()[..3].to_vec();
    out.extend_from_slice(content);
    // ISLAST 1, ISLASTEMPTY 1.
    out.push(3);
    out
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn with(head: &str, body: &[u8]) -> Vec<u8> {
    [b"HTTP/1.1 200 OK\r\n", head.as_bytes(), b"\r\n", body].concat()
}

fn read(raw: &[u8]) -> Message {
    response(raw, false, LIMIT).unwrap()
}

/// What the framing says of bytes that arrive in pieces, then of the close.
fn framed(raw: &[u8], piece: usize) -> Result<Step, MessageError> {
    let mut framing = Framing::new(false);
    for end in (0..raw.len()).step_by(piece.max(1)).chain([raw.len()]) {
        match framing.feed(&raw[..end])? {
            Step::More => {}
            complete @ Step::Complete { .. } => return Ok(complete),
        }
    }
    framing.closed(raw).map(|()| Step::More)
}

#[test]
fn a_length_a_chunked_body_and_the_close_end_a_response() {
    let cases = [
        (with("Content-Length: 3\r\n", b"abc"), Some(3)),
        (
            with("Transfer-Encoding: chunked\r\n", b"2;x=y\r\nab\r\n01\r\nc\r\n0\r\nA: b\r\n\r\n"),
            Some(29),
        ),
        (with("", b"abc"), None),
        (with("transfer-encoding: Chunked\n", b"3\nabc\n0\n\n"), Some(9)),
    ];
    for (raw, body) in cases {
        assert_eq!(read(&raw).body, b"abc");
        assert_eq!(read(&raw).flaws, []);
        let complete = body.map_or(Step::More, |_| Step::Complete { at: raw.len() });
        for piece in [1, 2, 3, 7, raw.len()] {
            assert_eq!(framed(&raw, piece), Ok(complete), "{}", raw.escape_ascii());
        }
        if let Some(body) = body {
            assert_eq!(read(&raw).body_sent, body);
            let cut = framed(&raw[..raw.len() - 1], 1);
            assert!(matches!(cut, Err(MessageError::Cut { .. })), "{cut:?}");
        }
    }
}

#[test]
fn what_follows_the_end_is_not_part_of_it() {
    let raw = with("Content-Length: 3\r\n", b"abcHTTP/1.1 200 OK\r\n\r\n");
    assert_eq!(framed(&raw, raw.len()), Ok(Step::Complete { at: raw.len() - 19 }));
    assert_eq!(read(&raw).flaws, [Flaw::Trailing(19)]);
    assert_eq!(read(&raw).body, b"abc");
}

#[test]
fn some_responses_have_no_body_whatever_they_state() {
    for status in ["204 No Content", "304 Not Modified"] {
        let raw = format!("HTTP/1.1 {status}\r\nContent-Length: 9\r\n\r\n");
        assert_eq!(framed(raw.as_bytes(), 1), Ok(Step::Complete { at: raw.len() }));
        assert_eq!(read(raw.as_bytes()).flaws, []);
    }
    let raw = with("Content-Length: 9\r\n", b"");
    assert_eq!(Framing::new(true).feed(&raw), Ok(Step::Complete { at: raw.len() }));
    assert_eq!(response(&raw, true, LIMIT).unwrap().flaws, []);
}

#[test]
fn interim_responses_are_passed_over() {
    let interim = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n";
    let raw = [interim.as_slice(), &with("Content-Length: 1\r\n", b"x")].concat();
    assert_eq!(framed(&raw, 1), Ok(Step::Complete { at: raw.len() }));
    assert_eq!(interim_length(&raw), Ok(interim.len()));
    let message = read(&raw);
    assert_eq!((message.status, message.body.as_slice()), (200, b"x".as_slice()));
    assert_eq!(&raw[message.body_at..], b"x");
    // The same with two blanks, which the framing reads over too.
    let wide = [b"HTTP/1.1  103 Early Hints\r\n\r\n".as_slice(), &raw].concat();
    assert_eq!(framed(&wide, 1), Ok(Step::Complete { at: wide.len() }));
    assert_eq!(read(&wide).status, 200);
    let many = interim.repeat(MAX_INTERIM + 1);
    assert!(matches!(framed(&many, 64), Err(MessageError::Interim { .. })));
    assert!(matches!(response(&many, false, LIMIT), Err(MessageError::Interim { .. })));
    let upgrade = b"HTTP/1.1 101 Switching Protocols\r\n\r\n";
    assert_eq!(framed(upgrade, 5), Err(MessageError::Upgraded));
}

#[test]
fn a_transfer_coding_wins_over_a_length_and_lengths_must_agree() {
    let raw = with("Content-Length: 50\r\nTransfer-Encoding: chunked\r\n", b"1\r\na\r\n0\r\n\r\n");
    assert_eq!(framed(&raw, 1), Ok(Step::Complete { at: raw.len() }));
    assert_eq!(read(&raw).flaws, [Flaw::LengthAndCoding]);
    let same = with("Content-Length: 1, 1\r\nContent-Length: 1\r\n", b"a");
    assert_eq!(framed(&same, 1), Ok(Step::Complete { at: same.len() }));
    for odd in ["1\r\nContent-Length: 2", "+1", "0x1", "", "1 1", "99999999999999999999", "-1"] {
        let raw = with(&format!("Content-Length: {odd}\r\n"), b"ab");
        assert!(matches!(framed(&raw, 1), Err(MessageError::Length(_))), "{odd}");
        assert!(matches!(read(&raw).flaws[..], [Flaw::Length(_)]), "{odd}");
        assert_eq!(read(&raw).body, b"ab");
    }
    let raw = with("Content-Length: 18446744073709551615\r\n", b"ab");
    assert_eq!(
        framed(&raw, 1),
        Err(MessageError::Cut { have: raw.len() as u64, want: Some(u64::MAX) })
    );
}

#[test]
fn broken_chunks_say_where_and_why() {
    for (body, why) in [
        (b"2\r\nabc\r\n0\r\n\r\n".as_slice(), "a chunk is longer than its size"),
        (b"1\r\na\r\nxyz", "a size is missing"),
        (b"1\r\na\r\n-1\r\n", "a size is missing"),
        (b"1\r\na\r\nfffffffffffffffff\r\n", "a size is too large"),
        (b"1\r\na\r\n1x\r\n", "a size is no hexadecimal number"),
    ] {
        let raw = with("Transfer-Encoding: chunked\r\n", body);
        let Err(MessageError::Chunk { why: found, .. }) = framed(&raw, 1) else { panic!("{why}") };
        assert_eq!(found, why);
        let message = read(&raw);
        assert!(matches!(message.flaws[..], [Flaw::Chunk { why: w, .. }] if w == why));
        assert_eq!(message.body[0], b'a');
        assert!(!message.is_whole());
    }
    let extension = [b"1;".as_slice(), &[b'x'; 5000]].concat();
    assert!(framed(&with("Transfer-Encoding: chunked\r\n", &extension), 9).is_err());
    let trailers = [b"0\r\n".as_slice(), &b"a: b\r\n".repeat(20_000)].concat();
    assert!(framed(&with("Transfer-Encoding: chunked\r\n", &trailers), 999).is_err());
    let noughts = [b"0".repeat(5000), b"\r\n\r\n".to_vec()].concat();
    assert!(framed(&with("Transfer-Encoding: chunked\r\n", &noughts), 999).is_err());
}

#[test]
fn trailers_are_kept() {
    let raw = with("Transfer-Encoding: chunked\r\n", b"1\r\na\r\n0\r\nDigest: x\r\nB:\r\n\r\n");
    let expected = [("Digest".to_owned(), b"x".to_vec()), ("B".to_owned(), Vec::new())];
    assert_eq!(read(&raw).trailers, expected);
}

#[test]
fn a_body_recorded_without_its_chunks_is_kept() {
    let message = read(&with("Transfer-Encoding: chunked\r\n", b"<p>hello</p>"));
    assert_eq!(message.body, b"<p>hello</p>");
    assert_eq!(message.flaws, [Flaw::NotChunked]);
    let message = read(&with("Transfer-Encoding: chunked\r\n", b"abc"));
    assert_eq!((message.body.as_slice(), message.is_whole()), (b"abc".as_slice(), false));
}

#[test]
fn every_content_coding_is_undone() {
    let text = b"hello, hello, hello, hello".as_slice();
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
    zlib.write_all(text).unwrap();
    let mut raw = DeflateEncoder::new(Vec::new(), Compression::best());
    raw.write_all(text).unwrap();
    for (coding, body) in [
        ("gzip", gzip(text)),
        ("X-GZIP", gzip(text)),
        ("deflate", zlib.finish().unwrap()),
        ("deflate", raw.finish().unwrap()),
        ("zstd", zstd::encode_all(text, 3).unwrap()),
        ("br", brotli_stored(text)),
        ("identity", text.to_vec()),
        ("zstd, gzip", gzip(&zstd::encode_all(text, 3).unwrap())),
    ] {
        let message = read(&with(&format!("Content-Encoding: {coding}\r\n"), &body));
        assert_eq!(message.body, text, "{coding}");
        assert_eq!(message.flaws, [], "{coding}");
        let size = body.len();
        let chunked = [format!("{size:x}\r\n").as_bytes(), &body, b"\r\n0\r\n\r\n"].concat();
        let head = format!("Transfer-Encoding: {coding}, chunked\r\n");
        assert_eq!(read(&with(&head, &chunked)).body, text, "{coding}");
    }
}

#[test]
fn what_cannot_be_decoded_is_kept_and_said() {
    let message = read(&with("Content-Encoding: compress\r\n", b"abc"));
    assert_eq!(message.body, b"abc");
    assert_eq!(message.flaws, [Flaw::UnknownCoding("compress".to_owned())]);
    for coding in ["gzip", "br", "zstd"] {
        let message =
            read(&with(&format!("Content-Encoding: {coding}\r\n"), b"<html>plain</html>"));
        assert_eq!(message.body, b"<html>plain</html>");
        assert_eq!(message.flaws, [Flaw::NotCoded(coding.to_owned())]);
    }
    let whole = gzip(&b"0123456789".repeat(5000));
    let message = read(&with("Content-Encoding: gzip\r\n", &whole[..whole.len() - 9]));
    assert!(matches!(message.flaws[..], [Flaw::Broken { have: 1.., .. }]));
    assert!(message.body.starts_with(b"0123456789"));
    let message = read(&with("Content-Encoding: a,b,c,d,e\r\n", b"abc"));
    assert_eq!(message.flaws, [Flaw::TooManyCodings(5)]);
}

#[test]
fn a_bomb_stops_at_the_limit() {
    let nested = gzip(&gzip(&vec![0; 64 << 20]));
    let message = read(&with("Content-Encoding: gzip, gzip\r\n", &nested));
    assert_eq!(message.body.len() as u64, LIMIT);
    assert!(message.flaws.contains(&Flaw::TooLong(LIMIT)) && !message.is_whole());
    assert!(response(&with("", b"abc"), false, 2).unwrap().flaws == [Flaw::TooLong(2)]);
}

#[test]
fn heads_that_are_wrong_are_read_over_and_said() {
    let message = read(b"HTTP/1.1 200\r\nA : b\r\nC: d\r\n e\r\nno field\r\n\r\n");
    assert_eq!(message.header("a").as_deref(), Some("b"));
    assert_eq!(message.flaws, [Flaw::Folded, Flaw::Lines(1)]);
    assert_eq!(read(b"HTTP/1.1  200 OK\r\n\r\n").flaws.len(), 1);
    let old = read(b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    assert_eq!(old.flaws, [Flaw::CodingInOld]);
    assert_eq!(read(b"HTTP/2 200 \r\nA: b\r\n\r\nx").version, "2");
}

#[test]
fn what_is_no_http_is_refused_at_once() {
    for raw in
        [b"SSH-2.0-OpenSSH_9\r\n".as_slice(), b"<html>", b"ICY 200 OK\r\n\r\n", b"\x15\x03\x01"]
    {
        assert!(matches!(framed(raw, 1), Err(MessageError::NotHttp(_))));
        assert!(response(raw, false, LIMIT).is_err());
    }
    assert!(matches!(framed(b"", 1), Err(MessageError::Cut { have: 0, want: None })));
    let endless = [b"HTTP/1.1 200 OK\r\n".to_vec(), b"a: b\r\n".repeat(60_000)].concat();
    assert!(matches!(framed(&endless, 4096), Err(MessageError::HeadTooLong { .. })));
    let many =
        [b"HTTP/1.1 200 OK\r\n".to_vec(), b"a:b\r\n".repeat(MAX_FIELDS + 1), b"\r\n".to_vec()];
    assert!(matches!(framed(&many.concat(), 4096), Err(MessageError::Head(_))));
}

/// A million chunks that arrive byte by byte: looking again at what came would never end.
#[test]
fn framing_looks_at_each_byte_once() {
    let body = [b"1\r\nx\r\n".repeat(300_000), b"0\r\n\r\n".to_vec()].concat();
    let raw = with("Transfer-Encoding: chunked\r\n", &body);
    assert_eq!(framed(&raw, 1), Ok(Step::Complete { at: raw.len() }));
}

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop::sample::select(vec![
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 100 \r\n\r\n",
        "Content-Length: 2\r\n",
        "\r\n",
        "\n",
        "\r",
        "Transfer-Encoding: chunked\r\n",
        "Content-Encoding: gzip\r\n",
        "1\r\na\r\n",
        "0\r\n\r\n",
        "5;",
        " x",
        "Content-Encoding: br, zstd\r\n",
        "\u{1f}\u{8b}",
        "HTTP/2 204 \r\n",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|all| all.concat().into_bytes())
}

proptest! {
    #[test]
    fn junk_never_panics(raw in prop::collection::vec(any::<u8>(), 0..300), head in any::<bool>()) {
        let _read = response(&raw, head, 1000);
        let _read = response(&[b"HTTP/1.1 200 OK\r\n".as_slice(), &raw].concat(), head, 1000);
        let _framed = framed(&raw, 3);
    }

    #[test]
    fn coded_junk_never_panics(
        raw in prop::collection::vec(any::<u8>(), 0..300),
        coding in prop::sample::select(vec!["gzip", "deflate", "br", "zstd"]),
    ) {
        let message = read(&with(&format!("Content-Encoding: {coding}\r\n"), &raw));
        prop_assert!(message.body.len() as u64 <= LIMIT);
    }

    #[test]
    fn pieces_make_no_difference(raw in pieces(), piece in 1_usize..9) {
        let whole = framed(&raw, raw.len());
        let in_pieces = framed(&raw, piece);
        let not_http = |r: &Result<Step, _>| matches!(r, Err(MessageError::NotHttp(_)));
        // What it begins with is said as far as it came.
        prop_assert!(in_pieces == whole || not_http(&in_pieces) && not_http(&whole));
        if let Ok(Step::Complete { at }) = whole {
            prop_assert!(at <= raw.len());
            let message = response(&raw[..at], false, LIMIT).unwrap();
            let cut = |f: &Flaw| matches!(f, Flaw::Trailing(_) | Flaw::Cut { .. });
            prop_assert!(!message.flaws.iter().any(cut));
        }
    }
}
