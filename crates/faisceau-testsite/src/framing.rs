//! Framing of messages (RFC 9112): as it should be, and as it should not.

use std::io;

use crate::request::Seen;
use crate::respond::{chunk, deterministic, head};
use crate::wire::{After, Wire};

/// What every answer of this room says, where it is whole.
pub(crate) const SAID: &str = "Bonjour, voici une réponse en plusieurs morceaux.\n";

const CHUNKED: &str = "Transfer-Encoding: chunked";
const CLOSE: &str = "Connection: close";

/// The chunks of what is said, without the last one.
fn chunks(size: usize) -> Vec<u8> {
    SAID.as_bytes().chunks(size).flat_map(chunk).collect()
}

fn length(difference: isize) -> String {
    format!("Content-Length: {}", SAID.len().saturating_add_signed(difference))
}

/// A head, and what follows it.
fn framed(lines: &[&str], body: &[u8]) -> Vec<u8> {
    [head(lines).as_slice(), body].concat()
}

fn chunked(lines: &[&str], body: &[u8]) -> Vec<u8> {
    framed(&[&[CHUNKED, CLOSE], lines].concat(), body)
}

fn extended() -> Vec<u8> {
    let (first, second) = SAID.split_at(7);
    format!(
        "{:X};name=value\r\n{first}\r\n000{:x} ; quoted=\"a;b\\\"\"\r\n{second}\r\n0;last\r\n\r\n",
        first.len(),
        second.len()
    )
    .into_bytes()
}

/// The whole answer, and how it ends.
fn bytes(path: &str) -> Option<(Vec<u8>, After)> {
    let said = SAID.as_bytes();
    let (right, ahead) = (length(0), length(7));
    let bytes = match path {
        "/chunked" => chunked(&[], &[chunks(7).as_slice(), b"0\r\n\r\n"].concat()),
        "/chunked-trailers" => chunked(
            &["Trailer: X-Sum"],
            &[chunks(16).as_slice(), b"0\r\nX-Sum: 42\r\nSet-Cookie: late=1\r\n\r\n"].concat(),
        ),
        "/chunk-extensions" => chunked(&[], &extended()),
        "/chunked-broken" => {
            chunked(&[], &[chunk(b"Bonjour").as_slice(), b"0x7g\r\n, voici\r\n0\r\n\r\n"].concat())
        }
        "/chunked-cut" => {
            let body = [chunk(b"Bonjour").as_slice(), b"20\r\n, voici"].concat();
            return Some((chunked(&[], &body), After::Cut));
        }
        "/chunked-huge-size" => chunked(&[], b"ffffffffffffffff\r\nBonjour"),
        "/chunked-huge-sum" => chunked(&[], b"1\r\nB\r\nfffffffffffffffff\r\nonjour"),
        "/length-short" => return Some((framed(&[&ahead, CLOSE], said), After::Cut)),
        "/length-long" => framed(&[&length(-7), CLOSE], said),
        "/two-lengths" => framed(&[&right, &ahead, CLOSE], said),
        "/two-equal-lengths" => framed(&[&right, &right, CLOSE], said),
        "/length-negative" => framed(&["Content-Length: -1", CLOSE], said),
        "/length-huge" => framed(&["Content-Length: 18446744073709551616", CLOSE], said),
        "/length-and-chunked" => chunked(&[&ahead], &[chunks(7).as_slice(), b"0\r\n\r\n"].concat()),
        "/until-close" => framed(&[CLOSE], said),
        "/until-close-cut" => return Some((framed(&[CLOSE], said), After::Cut)),
        "/no-content" => b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".to_vec(),
        // RFC 9110, section 8.6: the length that the whole would have had.
        "/not-modified" => {
            format!("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n{right}\r\n{CLOSE}\r\n\r\n").into()
        }
        "/continue" => [
            b"HTTP/1.1 100 Continue\r\n\r\n".as_slice(),
            b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n",
            &framed(&[&right, CLOSE], said),
        ]
        .concat(),
        "/http10" => {
            format!("HTTP/1.0 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{SAID}")
                .into()
        }
        "/folded" => framed(&["X-Folded: one", "\ttwo", &right, CLOSE], said),
        "/bare-lf" => format!("HTTP/1.1 200 OK\n{right}\n\n{SAID}").into(),
        "/header-odd" => framed(
            &["X-Latin: caf\u{e9}", "No colon", ": no name", "X Space : a", &right, CLOSE],
            said,
        ),
        "/not-http" => deterministic(4096),
        "/empty-close" => return Some((Vec::new(), After::Close)),
        "/reset" => {
            // Half an answer, then the reset.
            return Some((framed(&[&ahead], b"Bon"), After::Reset));
        }
        _ => return None,
    };
    Some((bytes, After::Close))
}

/// The framed answers of the site.
pub(crate) fn answer(seen: &Seen, wire: &mut Wire<'_>) -> Option<io::Result<After>> {
    let (bytes, after) = bytes(seen.path())?;
    if bytes.is_empty() {
        return Some(Ok(after));
    }
    Some(wire.send(&bytes).map(|()| after))
}

#[cfg(test)]
mod tests;
