//! The end of a response that is arriving (RFC 9112, section 6): all bytes so far come in, and out
//! goes whether more are needed. Each byte is looked at once, however often it is asked.

use super::chunked::{Broken, Chunked};
use super::error::MessageError;
use super::head::{self, Head, MAX_HEAD, MAX_INTERIM};

/// Whether a response is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Bytes are missing.
    More,
    /// The response ends before byte `at`. What follows belongs to nobody who asked.
    Complete {
        /// From the first byte that came.
        at: usize,
    },
}

/// How the end of a body is known.
#[derive(Debug, Clone)]
pub(super) enum Body {
    /// There is none.
    None,
    /// As many bytes as the head states.
    Length(u64),
    /// Chunks; the last is empty.
    Chunked,
    /// All until the connection is closed.
    UntilClose,
}

/// What is read at present.
#[derive(Debug, Clone)]
enum Part {
    Head { searched: usize },
    Whole { at: usize },
    Length { end: u64 },
    Chunks(Box<Chunked>),
    UntilClose,
}

/// Finds the end of one response.
#[derive(Debug, Clone)]
pub struct Framing {
    is_head_request: bool,
    /// Where the head begins, after interim responses; then where the body begins.
    start: usize,
    interim: usize,
    status: Option<u16>,
    part: Part,
}

impl Framing {
    /// Nothing came yet. The answer to a HEAD request has no body, whatever it states.
    pub fn new(is_head_request: bool) -> Self {
        let part = Part::Head { searched: 0 };
        Self { is_head_request, start: 0, interim: 0, status: None, part }
    }

    /// The status, once the head came.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// Looks at all bytes that came so far; those that it was given before must be the same.
    ///
    /// # Errors
    /// When this cannot be HTTP, or its end can never be known.
    pub fn feed(&mut self, all_so_far: &[u8]) -> Result<Step, MessageError> {
        while let Part::Head { searched } = self.part {
            if !self.head(all_so_far, searched)? {
                return Ok(Step::More);
            }
        }
        let at = match &mut self.part {
            Part::Whole { at } => *at,
            Part::Length { end } if all_so_far.len() as u64 >= *end => {
                usize::try_from(*end).unwrap_or(all_so_far.len())
            }
            Part::Chunks(chunks) => {
                let body = all_so_far.get(self.start..).unwrap_or_default();
                let broken =
                    |b: Broken| MessageError::Chunk { at: (self.start + b.at) as u64, why: b.why };
                if !chunks.advance(body, &mut |_| {}).map_err(broken)? {
                    return Ok(Step::More);
                }
                self.start + chunks.read_to()
            }
            Part::Head { .. } | Part::Length { .. } | Part::UntilClose => return Ok(Step::More),
        };
        self.part = Part::Whole { at };
        Ok(Step::Complete { at })
    }

    /// The other end closed the connection after `all` bytes.
    ///
    /// # Errors
    /// When the response is cut, and those of [`Framing::feed`].
    pub fn closed(&mut self, all: &[u8]) -> Result<(), MessageError> {
        let step = self.feed(all)?;
        let have = all.len() as u64;
        match (step, &self.part) {
            (Step::Complete { .. }, _) | (Step::More, Part::UntilClose) => Ok(()),
            (Step::More, Part::Length { end }) => Err(MessageError::Cut { have, want: Some(*end) }),
            (Step::More, _) => Err(MessageError::Cut { have, want: None }),
        }
    }

    /// Reads a head if it came whole, and says whether it did.
    fn head(&mut self, all: &[u8], searched: usize) -> Result<bool, MessageError> {
        let rest = all.get(self.start..).unwrap_or_default();
        if !head::may_begin(rest) {
            return Err(MessageError::NotHttp(head::beginning(rest)));
        }
        let Some(end) = head::end(rest, searched).filter(|end| *end <= MAX_HEAD) else {
            if rest.len() > MAX_HEAD {
                return Err(MessageError::HeadTooLong { limit: MAX_HEAD as u64 });
            }
            // The end is at most three bytes long: LF CR LF.
            self.part = Part::Head { searched: rest.len().saturating_sub(2) };
            return Ok(false);
        };
        let head = Head::read(rest.get(..end).unwrap_or_default())?;
        self.start += end;
        if head.status == 101 {
            return Err(MessageError::Upgraded);
        }
        if (100..200).contains(&head.status) {
            self.interim += 1;
            if self.interim >= MAX_INTERIM {
                return Err(MessageError::Interim { limit: MAX_INTERIM });
            }
            self.part = Part::Head { searched: 0 };
            return Ok(true);
        }
        self.status = Some(head.status);
        self.part = match body_of(&head, self.is_head_request).map_err(MessageError::Length)? {
            Body::None => Part::Whole { at: self.start },
            Body::Length(n) => Part::Length { end: (self.start as u64).saturating_add(n) },
            Body::Chunked => Part::Chunks(Box::new(Chunked::new())),
            Body::UntilClose => Part::UntilClose,
        };
        Ok(true)
    }
}

/// How the end of a body is known (RFC 9112, section 6.3). The error is the length that is none.
pub(super) fn body_of(head: &Head, is_head_request: bool) -> Result<Body, String> {
    if is_head_request || matches!(head.status, 100..=199 | 204 | 304) {
        return Ok(Body::None);
    }
    let codings = head.list("transfer-encoding");
    if let Some(last) = codings.last() {
        return Ok(if last == "chunked" { Body::Chunked } else { Body::UntilClose });
    }
    let mut lengths = head.values("content-length").flat_map(|v| v.split(|b| *b == b','));
    let Some(first) = lengths.next() else { return Ok(Body::UntilClose) };
    let length = digits(first).ok_or_else(|| stated(first))?;
    match lengths.find(|other| digits(other) != Some(length)) {
        Some(other) => Err(format!("{} and {}", stated(first), stated(other))),
        None => Ok(Body::Length(length)),
    }
}

/// A number of decimal digits alone.
fn digits(text: &[u8]) -> Option<u64> {
    let text = text.trim_ascii();
    let all = !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(text).ok().filter(|_| all)?.parse().ok()
}

fn stated(text: &[u8]) -> String {
    format!("`{}`", text.get(..text.len().min(40)).unwrap_or_default().trim_ascii().escape_ascii())
}
