//! The body of a recorded response: first its end is found, then the transfer codings are undone,
//! then the content codings.

use super::chunked::Chunked;
use super::coding;
use super::error::Flaw;
use super::framing::{Body, body_of};
use super::head::Head;

/// The most codings that are undone.
const MAX_CODINGS: usize = 4;

/// A body, read.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) body: Vec<u8>,
    pub(super) trailers: Vec<(String, Vec<u8>)>,
    pub(super) sent: u64,
    pub(super) flaws: Vec<Flaw>,
}

/// Reads what follows a head.
pub(super) fn read(head: &Head, tail: &[u8], is_head_request: bool, limit: u64) -> Read {
    let mut read = Read::default();
    let mut codings = head.list("content-encoding");
    codings.retain(|coding| coding != "identity");
    let transfer = head.list("transfer-encoding");
    if !transfer.is_empty() && head.values("content-length").next().is_some() {
        read.flaws.push(Flaw::LengthAndCoding);
    }
    if !transfer.is_empty() && head.version == "1.0" {
        read.flaws.push(Flaw::CodingInOld);
    }
    let body = body_of(head, is_head_request).unwrap_or_else(|stated| {
        read.flaws.push(Flaw::Length(stated));
        Body::UntilClose
    });
    match body {
        Body::None => read.take(tail, 0),
        Body::Length(n) => {
            let have = tail.len() as u64;
            if n > have {
                read.flaws.push(Flaw::Cut { have, want: n });
            }
            read.take(tail, usize::try_from(n).unwrap_or(usize::MAX));
        }
        Body::Chunked => read.chunks(tail),
        Body::UntilClose => read.take(tail, tail.len()),
    }
    codings.extend(transfer.into_iter().filter(|c| c != "chunked" && c != "identity"));
    read.decode(&codings, limit);
    read
}

impl Read {
    /// The body is the first `length` bytes.
    fn take(&mut self, tail: &[u8], length: usize) {
        let (body, rest) = tail.split_at_checked(length).unwrap_or((tail, &[]));
        self.body = body.to_vec();
        self.sent = body.len() as u64;
        self.trailing(rest.len());
    }

    fn trailing(&mut self, count: usize) {
        if count > 0 {
            self.flaws.push(Flaw::Trailing(count as u64));
        }
    }

    fn chunks(&mut self, tail: &[u8]) {
        let mut chunks = Chunked::new();
        let mut body = Vec::new();
        let whole = chunks.advance(tail, &mut |part| body.extend_from_slice(part));
        match whole {
            Ok(true) => {
                self.trailers = trailers(tail.get(chunks.trailers()).unwrap_or_default());
                self.trailing(tail.len() - chunks.read_to());
            }
            Ok(false) => {
                self.flaws.push(Flaw::ChunksCut { have: body.len() as u64 });
                if !chunks.has_begun() {
                    body = tail.to_vec();
                }
            }
            // Recorders that take the chunks away leave the field in the head.
            Err(_) if !chunks.has_begun() => {
                self.flaws.push(Flaw::NotChunked);
                self.take(tail, tail.len());
                return;
            }
            Err(broken) => {
                self.flaws.push(Flaw::Chunk { at: broken.at as u64, why: broken.why });
            }
        }
        self.sent = chunks.read_to() as u64;
        self.body = body;
    }

    /// Undoes codings from the last to the first.
    fn decode(&mut self, codings: &[String], limit: u64) {
        if codings.len() > MAX_CODINGS {
            self.flaws.push(Flaw::TooManyCodings(codings.len()));
        } else if !self.body.is_empty() {
            for coding in codings.iter().rev() {
                match coding::decode(coding, &self.body, limit) {
                    Ok(decoded) => {
                        self.body = decoded.body;
                        self.flaws.extend(decoded.flaw);
                    }
                    Err(flaw) => {
                        self.flaws.push(flaw);
                        break;
                    }
                }
            }
        }
        if self.body.len() as u64 > limit {
            self.body.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
            self.flaws.push(Flaw::TooLong(limit));
        }
    }
}

/// The fields that follow the last chunk; lines that are none are not taken.
fn trailers(section: &[u8]) -> Vec<(String, Vec<u8>)> {
    let field = |line: &[u8]| {
        let colon = line.iter().position(|b| *b == b':')?;
        let (name, value) = line.split_at_checked(colon)?;
        let name = std::str::from_utf8(name).ok()?.to_owned();
        Some((name, value.get(1..)?.trim_ascii().to_vec()))
    };
    section.split(|b| *b == b'\n').filter_map(field).collect()
}

/// The body of a recorded response without its chunks, but in its content codings; nothing where it
/// is not chunked or broken.
pub(crate) fn without_chunks(raw: &[u8]) -> Option<Vec<u8>> {
    let (head, tail) = raw.split_at_checked(super::head::end(raw, 0)?)?;
    let head = Head::read(head).ok()?;
    if head.list("transfer-encoding").last().is_none_or(|last| last != "chunked") {
        return None;
    }
    let mut body = Vec::new();
    let whole = Chunked::new().advance(tail, &mut |part| body.extend_from_slice(part));
    whole.ok().filter(|whole| *whole).map(|_| body)
}
