//! What a client sent: read leniently, kept as it came.

use std::io;

use crate::wire::Wire;

/// No head is longer.
const HEAD: usize = 64 * 1024;
/// No body is longer.
const BODY: usize = 16 * 1024 * 1024;

/// A request that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its place among all that arrived at this site, from 0.
    pub at_index: usize,
    /// The method as it was sent.
    pub method: String,
    /// The target as it was sent; bytes that are no UTF-8 are replaced.
    pub target: String,
    /// Names and values in their order; bytes that are no UTF-8 are replaced.
    pub headers: Vec<(String, String)>,
    /// The bytes of the body.
    pub body: Vec<u8>,
    /// Whether it came over TLS.
    pub over_tls: bool,
}

impl Seen {
    /// The first field of a name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(field, _)| field.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The target up to its query.
    pub fn path(&self) -> &str {
        self.target.split(['?', '#']).next().unwrap_or_default()
    }

    /// A field of the query, without its percent-encoding.
    pub(crate) fn query(&self, name: &str) -> Option<Vec<u8>> {
        let (_, query) = self.target.split_once('?')?;
        query.split('&').find_map(|pair| {
            let (key, value) = pair.split_once('=')?;
            (key == name).then(|| decoded(value))
        })
    }

    /// What stands behind a prefix of the path.
    pub(crate) fn behind(&self, prefix: &str) -> Option<&str> {
        self.path().strip_prefix(prefix)
    }
}

/// A request and its head as it came.
pub(crate) struct Request {
    pub(crate) seen: Seen,
    pub(crate) head: Vec<u8>,
    pub(crate) keeps: bool,
}

/// Without percent-encoding; what is no encoding stays.
fn decoded(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let pair = after.get(..2).filter(|pair| pair.iter().all(u8::is_ascii_hexdigit));
        let pair = pair.and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) if *first == b'%' => {
                out.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                out.push(*first);
                rest = after;
            }
        }
    }
    out
}

fn refused(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// Reads until `ahead` has so many bytes.
fn fill_to(wire: &mut Wire<'_>, count: usize) -> io::Result<()> {
    while wire.ahead.len() < count {
        if wire.fill()? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(())
}

/// The next request; none where the peer closed instead.
pub(crate) fn read(wire: &mut Wire<'_>) -> io::Result<Option<Request>> {
    let end = loop {
        if let Some(end) = wire.ahead.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        // TLS where none is spoken, for one.
        if wire.ahead.first().is_some_and(|first| !first.is_ascii_alphabetic()) {
            return Err(refused("no method"));
        }
        if wire.ahead.len() > HEAD {
            return Err(refused("the head is too long"));
        }
        if wire.fill()? == 0 {
            return Ok(None);
        }
    };
    let rest = wire.ahead.split_off(end);
    let head = std::mem::replace(&mut wire.ahead, rest);
    let text = String::from_utf8_lossy(&head).into_owned();
    let mut lines = text.split("\r\n");
    let mut start = lines.next().unwrap_or_default().splitn(3, ' ');
    let (Some(method), Some(target), Some(version)) = (start.next(), start.next(), start.next())
    else {
        return Err(refused("no request line"));
    };
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    let mut seen = Seen {
        at_index: 0,
        method: method.to_owned(),
        target: target.to_owned(),
        headers,
        body: Vec::new(),
        over_tls: wire.over_tls(),
    };
    let length = seen.header("Content-Length").unwrap_or("0");
    let length = length.parse::<usize>().ok().filter(|length| *length <= BODY);
    let length = length.ok_or_else(|| refused("the length of the body is none"))?;
    fill_to(wire, length)?;
    let rest = wire.ahead.split_off(length);
    seen.body = std::mem::replace(&mut wire.ahead, rest);
    let closes = seen.header("Connection").is_some_and(|value| value.eq_ignore_ascii_case("close"));
    let keeps = version == "HTTP/1.1" && !closes;
    Ok(Some(Request { seen, head, keeps }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_encoding_is_taken_off_and_other_signs_stay() {
        assert_eq!(decoded("a%20b%2"), b"a b%2");
        assert_eq!(decoded("%zz%0d%0a"), b"%zz\r\n");
        assert_eq!(decoded("%+1"), b"%+1".to_vec());
    }
}
