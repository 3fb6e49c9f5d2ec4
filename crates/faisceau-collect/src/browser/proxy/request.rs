//! What a browser says to a proxy (RFC 9112 § 3.2.2 and § 3.2.3).
//!
//! In: the head of a request. Out: the host and port wanted, and for a request over HTTP the head
//! in the form that an origin server gets, asking for one answer and the end of the connection.
//! Refused: other schemes, a body of unknown length, what is no HTTP/1.1.

use std::io::{ErrorKind, Read};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use url::{Host, Url};

/// How often a waiting thread looks whether all is over.
pub(super) const TICK: Duration = Duration::from_millis(100);
/// Bytes of a head.
const HEAD: usize = 128 * 1024;

/// Fields that end at the proxy (RFC 9110 § 7.6.1).
const HOP: [&[u8]; 5] =
    [b"connection", b"proxy-connection", b"keep-alive", b"proxy-authorization", b"te"];

/// Who is asked for what.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) method: String,
    /// A name, or an address without brackets.
    pub(super) host: String,
    pub(super) port: u16,
    /// The head to send on; none for CONNECT.
    pub(super) forward: Option<Vec<u8>>,
    /// Bytes of the body of a request over HTTP.
    pub(super) body: u64,
}

/// The head up to its empty line, and what came behind it.
///
/// # Errors
/// Nothing where the browser closed before it asked; else what is wrong.
pub(super) fn read_head(
    client: &mut TcpStream,
    until: Instant,
    stop: &AtomicBool,
) -> Result<(Vec<u8>, Vec<u8>), Option<&'static str>> {
    client.set_read_timeout(Some(TICK)).map_err(|_| None)?;
    let mut head = Vec::new();
    let mut piece = [0; 8_192];
    loop {
        match client.read(&mut piece) {
            Ok(0) => return Err((!head.is_empty()).then_some("a request that was cut")),
            Ok(len) => {
                let from = head.len().saturating_sub(3);
                head.extend_from_slice(piece.get(..len).unwrap_or_default());
                if let Some(end) = end_of_head(&head, from) {
                    let rest = head.split_off(end);
                    return Ok((head, rest));
                }
                if head.len() > HEAD {
                    return Err(Some("a request with too long a head"));
                }
            }
            Err(e) if is_timeout(e.kind()) => {}
            Err(_) => return Err(None),
        }
        if stop.load(Ordering::Relaxed) || Instant::now() >= until {
            return Err(None);
        }
    }
}

pub(super) fn is_timeout(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted)
}

fn end_of_head(head: &[u8], from: usize) -> Option<usize> {
    let tail = head.get(from..)?;
    tail.windows(4).position(|window| window == b"\r\n\r\n").map(|at| from + at + 4)
}

/// Reads a whole head.
pub(super) fn read_target(head: &[u8]) -> Result<Target, &'static str> {
    let mut lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
    let first = lines.next().and_then(|line| std::str::from_utf8(line).ok());
    let mut words = first.ok_or("no request line")?.split(' ');
    let (Some(method), Some(target), Some(version), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Err("no request line");
    };
    let token = !method.is_empty() && method.len() <= 32;
    if !token || !method.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-') {
        return Err("no method");
    }
    if version != "HTTP/1.1" && version != "HTTP/1.0" {
        return Err("no HTTP/1.1");
    }
    if method == "CONNECT" {
        let (host, port) = authority(target).ok_or("no host and port to connect to")?;
        return Ok(Target { method: method.to_owned(), host, port, forward: None, body: 0 });
    }
    let url = Url::parse(target).map_err(|_| "no address of a resource")?;
    if url.scheme() != "http" {
        return Err("another scheme than http");
    }
    let (host, port) = host_and_port(&url).ok_or("no host")?;
    let mut forward = format!("{method} {}", path(&url)).into_bytes();
    forward.extend_from_slice(b" HTTP/1.1\r\n");
    let body = copy_fields(lines, &mut forward)?;
    forward.extend_from_slice(b"Connection: close\r\n\r\n");
    Ok(Target { method: method.to_owned(), host, port, forward: Some(forward), body })
}

/// Copies the fields that do not end here; gives the length of the body.
fn copy_fields<'h>(
    lines: impl Iterator<Item = &'h [u8]>,
    into: &mut Vec<u8>,
) -> Result<u64, &'static str> {
    let mut body = None;
    for line in lines.take_while(|line| !line.is_empty()) {
        let colon = line.iter().position(|byte| *byte == b':').ok_or("a field without a colon")?;
        let (name, value) = line.split_at_checked(colon).ok_or("a field without a colon")?;
        let name = name.to_ascii_lowercase();
        if name == b"transfer-encoding" {
            return Err("a body of unknown length");
        }
        if name == b"content-length" {
            let text = std::str::from_utf8(value.get(1..).unwrap_or_default()).unwrap_or_default();
            let length = text.trim().parse::<u64>().map_err(|_| "no length of a body")?;
            if body.is_some_and(|before| before != length) {
                return Err("two lengths of one body");
            }
            body = Some(length);
        }
        if !HOP.contains(&name.as_slice()) {
            into.extend_from_slice(line);
            into.extend_from_slice(b"\r\n");
        }
    }
    Ok(body.unwrap_or_default())
}

fn path(url: &Url) -> String {
    match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    }
}

/// `host:port` or `[address]:port`.
fn authority(text: &str) -> Option<(String, u16)> {
    let (host, port) = text.rsplit_once(':')?;
    let port = port.parse().ok()?;
    let host = Host::parse(host).ok()?;
    Some((bare(&host), port))
}

/// Host without brackets, and port, of a URL of the web.
pub(crate) fn host_and_port(url: &Url) -> Option<(String, u16)> {
    let host = url.host()?.to_owned();
    Some((bare(&host), url.port_or_known_default()?))
}

fn bare(host: &Host<String>) -> String {
    match host {
        Host::Domain(name) => name.to_ascii_lowercase(),
        Host::Ipv4(ip) => ip.to_string(),
        Host::Ipv6(ip) => ip.to_string(),
    }
}
