//! Answers that are well-formed, and the pieces of those that are not.

use std::io;

use crate::request::Request;
use crate::wire::{After, Wire};

/// The media type of a page.
pub(crate) const HTML: &str = "text/html; charset=utf-8";
/// The media type of text.
pub(crate) const TEXT: &str = "text/plain; charset=utf-8";

/// A whole answer with its length.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    status: u16,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
}

impl Reply {
    /// Without a field.
    pub(crate) fn bare(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into() }
    }

    pub(crate) fn new(status: u16, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::bare(status, body).with("Content-Type", media_type)
    }

    pub(crate) fn ok(media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, media_type, body)
    }

    /// Adds a field. Nothing is escaped: a test may want what no server should send.
    pub(crate) fn with(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.to_owned(), value.as_ref().to_vec()));
        self
    }

    /// Sends it, without the body where HTTP has none.
    pub(crate) fn send(&self, wire: &mut Wire<'_>, request: &Request) -> io::Result<After> {
        let bodiless = matches!(self.status, 100..=199 | 204 | 304);
        let mut out = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status)).into_bytes();
        for (name, value) in &self.headers {
            out.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
        }
        if !bodiless {
            out.extend(format!("Content-Length: {}\r\n", self.body.len()).into_bytes());
        }
        let after = if request.keeps { After::Keep } else { After::Close };
        if after == After::Close {
            out.extend(b"Connection: close\r\n");
        }
        out.extend(b"\r\n");
        if !bodiless && request.seen.method != "HEAD" {
            out.extend(&self.body);
        }
        wire.send(&out)?;
        Ok(after)
    }
}

/// The reason phrase of RFC 9110, for those that tests meet.
pub(crate) fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        204 => "No Content",
        206 => "Partial Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        410 => "Gone",
        429 => "Too Many Requests",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Other",
    }
}

/// The head of an answer that is not framed by [`Reply`]: a status of 200 and these lines.
pub(crate) fn head(lines: &[&str]) -> Vec<u8> {
    let mut out = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n".to_vec();
    for line in lines {
        out.extend([line.as_bytes(), b"\r\n"].concat());
    }
    out.extend(b"\r\n");
    out
}

/// One chunk of RFC 9112, section 7.1.
pub(crate) fn chunk(data: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", data.len()).as_bytes(), data, b"\r\n"].concat()
}

/// Bytes that are the same in each run: of a linear congruence, so that no coding shortens them
/// much.
pub(crate) fn deterministic(length: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_u32;
    std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    })
    .take(length)
    .collect()
}
