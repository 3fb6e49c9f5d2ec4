//! One pattern of a `robots.txt`, and paths in the form that is compared (RFC 9309, sections 2.2.2
//! and 2.2.3).
//!
//! Both sides get the same form: an unreserved character stands for itself, all that is neither
//! unreserved nor reserved in RFC 3986 is percent-encoded. A star or a dollar that is meant as
//! itself is encoded too, so that a star left in a pattern is always any number of octets.

use memchr::memmem;

/// What of a path is compared, in octets: nothing beyond, so that a long one costs no time.
const PATH: usize = 16 * 1024;

/// Marks the first half of an encoded octet.
const HIGH: u8 = 0x80;
/// Marks the second half.
const LOW: u8 = 0x90;

const GENERAL: &[u8] = b":/?#[]@";
const OTHERS: &[u8] = b"!&'()+,;=";

/// A pattern. It matches from the start of a path.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    text: Vec<u8>,
    /// With the reserved characters of its query decoded, where that is another text.
    query_decoded: Option<Vec<u8>>,
    /// Whether it ends where the path ends.
    anchored: bool,
    length: usize,
}

/// A path with its query.
#[derive(Debug)]
pub(super) struct Target {
    text: Vec<u8>,
    query_decoded: Vec<u8>,
    cut: bool,
}

/// The octet that a percent-encoding stands for.
fn octet(after: &[u8]) -> Option<u8> {
    let digits = after.get(..2).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// Writes an encoded octet as two bytes that are no characters: with the digits of `%A9`, a pattern
/// that looks for an `A` would find one.
fn encode(octet: u8, out: &mut Vec<u8>) {
    out.extend([HIGH | octet >> 4, LOW | octet & 15]);
}

/// The form that is compared. `star` is kept in patterns only; `query` decodes what is reserved
/// behind the first question mark, where RFC 9309 takes `:` and `%3A` for the same.
fn form(mut rest: &[u8], star: bool, query: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(rest.len());
    let mut in_query = false;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let encoded = if *first == b'%' { octet(after) } else { None };
        let unreserved = |sign: u8| sign.is_ascii_alphanumeric() || b"-._~".contains(&sign);
        let reserved = |sign: u8| GENERAL.contains(&sign) || OTHERS.contains(&sign);
        match encoded {
            Some(octet) => {
                rest = after.get(2..).unwrap_or_default();
                if unreserved(octet) || query && in_query && reserved(octet) {
                    out.push(octet);
                } else {
                    encode(octet, &mut out);
                }
            }
            None if unreserved(*first) || reserved(*first) || star && *first == b'*' => {
                in_query |= *first == b'?';
                out.push(*first);
            }
            None => encode(*first, &mut out),
        }
    }
    out
}

/// Whether a pattern matches, each piece between stars where it first occurs.
fn matched(pattern: &[u8], anchored: bool, path: &[u8]) -> bool {
    let mut pieces = pattern.split(|sign| *sign == b'*').peekable();
    let Some(mut rest) = pieces.next().and_then(|first| path.strip_prefix(first)) else {
        return false;
    };
    if pieces.peek().is_none() {
        return !anchored || rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if anchored && pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        let end = memmem::find(rest, piece).map(|start| start + piece.len());
        let Some(behind) = end.and_then(|end| rest.get(end..)) else { return false };
        rest = behind;
    }
    true
}

impl Pattern {
    /// None where it could match no path: paths begin with a slash.
    pub(super) fn new(value: &[u8]) -> Option<Self> {
        let (value, anchored) = match value.strip_suffix(b"$") {
            Some(value) => (value, true),
            None => (value, false),
        };
        if !matches!(value.first(), Some(b'/' | b'*')) {
            return None;
        }
        let text = form(value, true, false);
        let query_decoded = Some(form(value, true, true)).filter(|decoded| *decoded != text);
        // An encoded octet is three: a sign and two digits.
        let thirds = text.iter().filter(|byte| (HIGH..LOW).contains(*byte)).count();
        let length = text.len() + thirds + usize::from(anchored);
        Some(Self { text, query_decoded, anchored, length })
    }

    /// In octets of its encoded form, as the longest is found.
    pub(super) fn length(&self) -> usize {
        self.length
    }

    pub(super) fn matches(&self, target: &Target) -> bool {
        if self.anchored && target.cut {
            return false;
        }
        let decoded = self.query_decoded.as_ref().unwrap_or(&self.text);
        matched(&self.text, self.anchored, &target.text)
            || matched(decoded, self.anchored, &target.query_decoded)
    }
}

impl Target {
    /// The path of a URL with its query; a fragment is no part of it.
    pub(super) fn new(path: &str) -> Self {
        let path = path.split('#').next().filter(|path| !path.is_empty()).unwrap_or("/");
        let cut = path.len() > PATH;
        let path = path.as_bytes().get(..PATH).unwrap_or(path.as_bytes());
        Self { text: form(path, false, false), query_decoded: form(path, false, true), cut }
    }
}
