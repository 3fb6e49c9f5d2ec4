//! The head of a response (RFC 9112, sections 2 to 5): bytes come in, status and fields go out.
//!
//! Read over and said: folded fields, blanks before the colon, lines that are no fields.

use httparse::{EMPTY_HEADER, ParserConfig, Response, Status};

use super::error::{Flaw, MessageError};

/// The longest head, in bytes. Servers stop at 8 to 64 KiB.
pub const MAX_HEAD: usize = 256 << 10;
/// The most fields of a head.
pub const MAX_FIELDS: usize = 1024;
/// The most interim responses (status 1xx) before the response.
pub const MAX_INTERIM: usize = 16;

/// What every response begins with that a client of HTTP/1.1 can have.
const MARK: &[u8] = b"HTTP/1.";
/// Versions that recorders write into status lines, though they are sent in another form.
const RECORDED: [(&[u8], &str); 4] =
    [(b"HTTP/2 ", "2"), (b"HTTP/2.0 ", "2"), (b"HTTP/3 ", "3"), (b"HTTP/3.0 ", "3")];

/// A head, read.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) version: String,
    pub(super) status: u16,
    pub(super) reason: String,
    pub(super) fields: Vec<(String, Vec<u8>)>,
    pub(super) flaws: Vec<Flaw>,
}

/// Whether bytes are the beginning of a status line, as far as they go.
pub(super) fn may_begin(raw: &[u8]) -> bool {
    raw.iter().zip(MARK).all(|(a, b)| a == b)
}

/// What bytes begin with, for a message.
pub(super) fn beginning(raw: &[u8]) -> String {
    let line = raw.split(|b| *b == b'\n').next().unwrap_or_default();
    format!("`{}`", line.get(..line.len().min(24)).unwrap_or_default().escape_ascii())
}

/// Where the head ends, after its empty line. Bytes before `from` are known to hold no end.
pub(crate) fn end(raw: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(feed) = raw.get(at..)?.iter().position(|b| *b == b'\n') {
        let next = at + feed + 1;
        match (raw.get(next), raw.get(next + 1)) {
            (Some(b'\n'), _) => return Some(next + 1),
            (Some(b'\r'), Some(b'\n')) => return Some(next + 2),
            _ => at = next,
        }
    }
    None
}

/// How many bytes of interim responses (status 1xx but 101) stand before the response itself.
///
/// # Errors
/// When there are more than [`MAX_INTERIM`], or one cannot be read.
pub fn interim_length(raw: &[u8]) -> Result<usize, MessageError> {
    let mut at = 0;
    for _ in 0..MAX_INTERIM {
        let rest = raw.get(at..).unwrap_or_default();
        if !is_interim(rest) {
            return Ok(at);
        }
        let Some(end) = end(rest, 0) else { return Ok(at) };
        at += end;
    }
    Err(MessageError::Interim { limit: MAX_INTERIM })
}

/// Whether a status line is one of an interim response.
pub(super) fn is_interim(raw: &[u8]) -> bool {
    // Several blanks are read over, as in any head.
    let after = raw.get(MARK.len() + 1..).unwrap_or_default();
    let blanks = after.iter().take_while(|b| **b == b' ').count();
    let status = after.get(blanks..).filter(|_| blanks > 0).unwrap_or_default();
    may_begin(raw) && matches!(status, [b'1', b, c, ..] if *b != b'0' || *c != b'1')
}

impl Head {
    /// Reads a head that ends with its empty line.
    ///
    /// # Errors
    /// When it is no HTTP/1 head, or has more than [`MAX_FIELDS`] fields.
    pub(super) fn read(raw: &[u8]) -> Result<Self, MessageError> {
        if !may_begin(raw) {
            return Err(MessageError::NotHttp(beginning(raw)));
        }
        match parse(raw, &ParserConfig::default()) {
            Err(httparse::Error::TooManyHeaders) => {
                Err(MessageError::Head(format!("more than {MAX_FIELDS} fields")))
            }
            Err(_) => Self::read_over(raw),
            Ok(head) => Ok(head),
        }
    }

    /// Reads a head that a recorder wrote, whose version may be one that has no such heads.
    ///
    /// # Errors
    /// Those of [`Head::read`].
    pub(super) fn read_recorded(raw: &[u8]) -> Result<Self, MessageError> {
        let Some((mark, version)) = RECORDED.iter().find(|(mark, _)| raw.starts_with(mark)) else {
            return Self::read(raw);
        };
        let rest = raw.get(mark.len()..).unwrap_or_default();
        let mut head = Self::read(&[b"HTTP/1.1 ", rest].concat())?;
        (*version).clone_into(&mut head.version);
        Ok(head)
    }

    /// Reads a head with every leniency, and says so.
    fn read_over(raw: &[u8]) -> Result<Self, MessageError> {
        let mut config = ParserConfig::default();
        config
            .allow_spaces_after_header_name_in_responses(true)
            .allow_obsolete_multiline_headers_in_responses(true)
            .allow_multiple_spaces_in_response_status_delimiters(true)
            .ignore_invalid_headers_in_responses(true);
        let mut head = parse(raw, &config).map_err(|e| MessageError::Head(e.to_string()))?;
        let lines: Vec<&[u8]> = raw.split(|b| *b == b'\n').skip(1).collect();
        let folded = lines.iter().filter(|l| matches!(l, [b' ' | b'\t', ..])).count();
        let written = lines.iter().filter(|l| !matches!(**l, [] | [b'\r'])).count();
        let lost = written.saturating_sub(folded + head.fields.len());
        if folded > 0 {
            head.flaws.push(Flaw::Folded);
        }
        if lost > 0 {
            head.flaws.push(Flaw::Lines(lost));
        }
        if head.flaws.is_empty() {
            head.flaws.push(Flaw::Head("blanks stand where none may"));
        }
        Ok(head)
    }

    /// All values of a field, by a name in lower case.
    pub(super) fn values<'h>(&'h self, name: &'h str) -> impl Iterator<Item = &'h [u8]> {
        let of_name = self.fields.iter().filter(move |(field, _)| field.eq_ignore_ascii_case(name));
        of_name.map(|(_, value)| value.as_slice())
    }

    /// The members of a list, over all fields of a name, in lower case and without parameters.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        let all = self.values(name).flat_map(|value| value.split(|b| *b == b','));
        let token = |member: &[u8]| {
            let bare = member.split(|b| *b == b';').next().unwrap_or_default().trim_ascii();
            String::from_utf8_lossy(bare).to_ascii_lowercase()
        };
        all.map(token).filter(|token| !token.is_empty()).collect()
    }
}

fn parse(raw: &[u8], config: &ParserConfig) -> Result<Head, httparse::Error> {
    let mut fields = vec![EMPTY_HEADER; MAX_FIELDS];
    let mut response = Response::new(&mut fields);
    match config.parse_response(&mut response, raw)? {
        Status::Complete(_) => {}
        Status::Partial => return Err(httparse::Error::NewLine),
    }
    let reason = response.reason.unwrap_or_default().to_owned();
    let field = |f: &httparse::Header<'_>| (f.name.to_owned(), f.value.to_vec());
    Ok(Head {
        version: format!("1.{}", response.version.unwrap_or(1)),
        status: response.code.ok_or(httparse::Error::Status)?,
        reason,
        fields: response.headers.iter().map(field).collect(),
        flaws: Vec::new(),
    })
}
