//! HTTP/1.1 responses as recorded bytes (RFC 9112): bytes come in, a message with a decoded body
//! goes out, and what is wrong with it. [`Framing`] finds the end of a response while it arrives.
//!
//! A recorded response is read as far as it goes: what is cut, or not coded as it says, is a
//! [`Flaw`]. Refused: bytes that are no HTTP, and heads beyond the limits.

mod body;
mod chunked;
mod coding;
mod error;
mod framing;
mod head;
#[cfg(test)]
mod tests;

pub(crate) use body::without_chunks;
pub use error::{Flaw, MessageError};
pub use framing::{Framing, Step};
pub(crate) use head::end as end_of_head;
pub use head::{MAX_FIELDS, MAX_HEAD, MAX_INTERIM, interim_length};

/// A response, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The version that the status line states: `1.1`.
    pub version: String,
    /// The status code, from 100 to 999.
    pub status: u16,
    /// The words after it, often none; bytes that are no UTF-8 are replaced.
    pub reason: String,
    /// The fields in their order, names as sent.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body without its transfer and content codings, as far as these could be undone.
    pub body: Vec<u8>,
    /// Fields that came after a chunked body.
    pub trailers: Vec<(String, Vec<u8>)>,
    /// Bytes of the body as they came, with both codings.
    pub body_sent: u64,
    /// Where the body begins, after the interim responses and the head.
    pub body_at: usize,
    /// What is wrong, in the order of the reading.
    pub flaws: Vec<Flaw>,
}

impl Message {
    /// The first field of a name, whatever its case; bytes that are no UTF-8 are replaced.
    pub fn header(&self, name: &str) -> Option<String> {
        let found = self.headers.iter().find(|(field, _)| field.eq_ignore_ascii_case(name));
        found.map(|(_, value)| String::from_utf8_lossy(value).into_owned())
    }

    /// Whether the body is all that was sent, decoded.
    pub fn is_whole(&self) -> bool {
        !self.flaws.iter().any(Flaw::concerns_body)
    }
}

/// Reads a recorded response. `limit` is the largest body, in bytes, decoded.
///
/// # Errors
/// When it is no HTTP, or its head is cut or beyond the limits.
pub fn response(raw: &[u8], is_head_request: bool, limit: u64) -> Result<Message, MessageError> {
    let body_of_final = interim_length(raw)?;
    let rest = raw.get(body_of_final..).unwrap_or_default();
    let end = head::end(rest, 0).ok_or(MessageError::Cut { have: raw.len() as u64, want: None })?;
    if end > MAX_HEAD {
        return Err(MessageError::HeadTooLong { limit: MAX_HEAD as u64 });
    }
    let (head, tail) = rest.split_at_checked(end).unwrap_or((rest, &[]));
    let head = head::Head::read_recorded(head)?;
    let read = body::read(&head, tail, is_head_request, limit);
    let mut flaws = head.flaws;
    flaws.extend(read.flaws);
    Ok(Message {
        version: head.version,
        status: head.status,
        reason: head.reason,
        headers: head.fields,
        body: read.body,
        trailers: read.trailers,
        body_sent: read.sent,
        body_at: body_of_final + end,
        flaws,
    })
}
