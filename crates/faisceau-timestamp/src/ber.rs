//! Lengths of BER made definite. In: a token. Out: the same with the lengths that DER has.
//!
//! RFC 5652, 5: the envelope may be BER, and programs that write it as a stream make it so: lengths
//! that end with a mark, and an OCTET STRING in parts (X.690, 8.1.3.6 and 8.7.3). What is signed and
//! the certificates are DER and pass unchanged. A token that begins with a definite length is not
//! touched.

use std::borrow::Cow;

use crate::{TOKEN_LIMIT, TimestampError};

const WHAT: &str = "token";
/// Levels of elements without a length: a token has seven.
const DEPTH_LIMIT: usize = 16;
const PARTS: u8 = 0x24;
const OCTET_STRING: u8 = 0x04;

/// An element that is being put together.
struct Open {
    tag: u8,
    content: Vec<u8>,
    /// Where it ends; `None` where a mark ends it.
    end: Option<usize>,
}

pub(crate) fn definite(bytes: &[u8]) -> Result<Cow<'_, [u8]>, TimestampError> {
    if bytes.get(1) != Some(&0x80) {
        return Ok(Cow::Borrowed(bytes));
    }
    if bytes.len() > TOKEN_LIMIT {
        let found = bytes.len();
        return Err(TimestampError::TooLarge { what: WHAT, found, limit: TOKEN_LIMIT });
    }
    let wrong = |problem| TimestampError::malformed(WHAT, problem);
    let mut at = 0;
    // What is around everything: it ends where the bytes end.
    let mut open = vec![Open { tag: 0, content: Vec::new(), end: Some(bytes.len()) }];
    while let Some(top) = open.last_mut() {
        let is_marked = top.end.is_none() && bytes.get(at..at + 2) == Some(&[0, 0]);
        if top.end == Some(at) || is_marked {
            at += if is_marked { 2 } else { 0 };
            let Some(done) = open.pop() else { break };
            match open.last_mut() {
                None => return Ok(Cow::Owned(done.content)),
                Some(around) => close(around, done),
            }
            continue;
        }
        let head = Head::read(bytes, at).ok_or_else(|| wrong("a length that cannot be read"))?;
        let limit = top.end.unwrap_or(bytes.len());
        let end = head.length.and_then(|length| head.content.checked_add(length));
        if end.is_some_and(|end| end > limit) {
            return Err(wrong("an element that ends outside of what is around it"));
        }
        if top.tag == PARTS && head.tag != PARTS && head.tag != OCTET_STRING {
            return Err(wrong("a part of an OCTET STRING that is none"));
        }
        match end {
            // Definite: passes as it is, or as a part of a string.
            Some(end) if head.tag != PARTS => {
                let from = if top.tag == PARTS { head.content } else { at };
                top.content.extend(bytes.get(from..end).unwrap_or_default());
                at = end;
            }
            end => {
                if open.len() > DEPTH_LIMIT {
                    return Err(wrong("elements nested too deep"));
                }
                open.push(Open { tag: head.tag, content: Vec::new(), end });
                at = head.content;
            }
        }
    }
    Err(wrong("no end"))
}

/// Puts an element into the one around it, with a length.
fn close(around: &mut Open, done: Open) {
    if around.tag != PARTS {
        around.content.push(if done.tag == PARTS { OCTET_STRING } else { done.tag });
        around.content.extend(length(done.content.len()));
    }
    around.content.extend(done.content);
}

fn length(length: usize) -> Vec<u8> {
    if let Ok(short @ 0..=0x7f) = u8::try_from(length) {
        return vec![short];
    }
    let bytes = length.to_be_bytes();
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let digits = bytes.get(zeros..).unwrap_or_default();
    [&[0x80 | digits.len() as u8], digits].concat()
}

struct Head {
    tag: u8,
    /// `None`: a mark ends it.
    length: Option<usize>,
    /// Where its content begins.
    content: usize,
}

impl Head {
    fn read(bytes: &[u8], at: usize) -> Option<Self> {
        let [tag, first, rest @ ..] = bytes.get(at..)? else { return None };
        let is_short_tag = tag & 0x1f != 0x1f && *tag != 0;
        let (length, more) = match first {
            0x80 if tag & 0x20 != 0 => (None, 0),
            0..=0x7f => (Some(usize::from(*first)), 0),
            0x81..=0x84 => {
                let digits = rest.get(..usize::from(first & 0x7f))?;
                let length = digits.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
                (Some(length), digits.len())
            }
            _ => return None,
        };
        is_short_tag.then_some(Self { tag: *tag, length, content: at + 2 + more })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_lengths_and_parts_one_string() {
        let read = |bytes: &[u8]| definite(bytes).map(Cow::into_owned);
        assert_eq!(read(&[0x30, 3, 2, 1, 5]), Ok(vec![0x30, 3, 2, 1, 5]));
        assert_eq!(read(&[0x30, 0x80, 0, 0]), Ok(vec![0x30, 0]));
        assert_eq!(
            read(&[0x30, 0x80, 0xa0, 0x80, 2, 1, 5, 0, 0, 2, 1, 6, 0, 0]),
            Ok(vec![0x30, 8, 0xa0, 3, 2, 1, 5, 2, 1, 6])
        );
        let parts =
            [0x30, 0x80, 0x24, 0x80, 4, 1, 7, 0x24, 3, 4, 1, 8, 4, 0, 0, 0, 0x24, 3, 4, 1, 9, 0, 0];
        assert_eq!(read(&parts), Ok(vec![0x30, 7, 4, 2, 7, 8, 4, 1, 9]));
        let long = [&[0x30, 0x80, 4, 0x81, 200][..], &[1; 200], &[0, 0]].concat();
        assert_eq!(read(&long), Ok([&[0x30, 0x81, 203, 4, 0x81, 200][..], &[1; 200]].concat()));
    }

    #[test]
    fn what_has_no_end_or_one_elsewhere_is_refused() {
        for bytes in [
            &[0x30, 0x80][..],
            &[0x30, 0x80, 0],
            &[0x30, 0x80, 2, 1],
            &[0x30, 0x80, 4, 0x80, 0, 0, 0, 0], // primitive without a length
            &[0x30, 0x80, 0x24, 0x80, 2, 1, 5, 0, 0], // a part that is no string
            &[0x30, 0x80, 0x24, 3, 4, 2, 1, 2, 0, 0], // a part beyond its whole
            &[0x30, 0x80, 0x1f, 1, 0, 0, 0],
            &[0x30, 0x80, 4, 0x85, 0, 0, 0, 0, 1, 1, 0, 0],
            &[0x30, 0x80, 4, 0x84, 0xff, 0xff, 0xff, 0xff],
        ] {
            assert!(definite(bytes).is_err(), "{bytes:x?}");
        }
        let deep = [[0x30, 0x80].repeat(1000), [0, 0].repeat(1000)].concat();
        assert!(definite(&deep).unwrap_err().to_string().contains("too deep"));
        let large = [0x30, 0x80].repeat(TOKEN_LIMIT);
        assert!(matches!(definite(&large), Err(TimestampError::TooLarge { .. })));
    }
}
