//! Changes one part of a `TimeStampReq` (RFC 3161, section 2.4.1), so that the token made for it
//! answers another question than the one that was sent.

use std::ops::Range;

const INTEGER: u8 = 0x02;
const OCTETS: u8 = 0x04;
const SEQUENCE: u8 = 0x30;

/// What is changed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    /// The hash of what is stamped.
    Hash,
    /// The number that the client will compare.
    Nonce,
}

/// The tag at a place, where its content is, in DER with lengths of up to two bytes.
fn element(bytes: &[u8], at: usize) -> Option<(u8, Range<usize>)> {
    let (tag, first) = (*bytes.get(at)?, *bytes.get(at + 1)?);
    let after = |count: usize| bytes.get(at + 2..at + 2 + count);
    let (start, length) = match first {
        0..=0x7f => (at + 2, usize::from(first)),
        0x81 => (at + 3, usize::from(*after(1)?.first()?)),
        0x82 => (at + 4, usize::from(u16::from_be_bytes(*after(2)?.first_chunk()?))),
        _ => return None,
    };
    let content = start..start + length;
    bytes.get(content.clone())?;
    Some((tag, content))
}

/// What stands in a sequence.
fn inside(bytes: &[u8], content: Range<usize>) -> Option<Vec<(u8, Range<usize>)>> {
    let mut found = Vec::new();
    let mut at = content.start;
    while at < content.end {
        let (tag, part) = element(bytes, at)?;
        at = part.end;
        found.push((tag, part));
    }
    Some(found)
}

/// The query with the last bit of one part turned; none where it has no such part.
pub(super) fn changed(query: &[u8], part: Part) -> Option<Vec<u8>> {
    let (SEQUENCE, whole) = element(query, 0)? else { return None };
    let parts = inside(query, whole)?;
    let place = match part {
        Part::Hash => {
            let (_, imprint) = parts.iter().find(|(tag, _)| *tag == SEQUENCE)?;
            let imprint = inside(query, imprint.clone())?;
            imprint.into_iter().find(|(tag, _)| *tag == OCTETS)?
        }
        // The first integer is the version.
        Part::Nonce => parts.into_iter().filter(|(tag, _)| *tag == INTEGER).nth(1)?,
    };
    let mut query = query.to_vec();
    *query.get_mut(place.1.end.checked_sub(1)?)? ^= 1;
    Some(query)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Version 1, an imprint of three bytes, nonce 5, certReq.
    const QUERY: &[u8] =
        b"\x30\x16\x02\x01\x01\x30\x0b\x30\x04\x06\x02\x2a\x03\x04\x03abc\x02\x01\x05\x01\x01\xff";

    #[test]
    fn one_bit_of_the_wanted_part_turns() {
        let hash = changed(QUERY, Part::Hash).unwrap();
        assert_eq!(
            hash,
            QUERY.iter().map(|b| if *b == b'c' { b'b' } else { *b }).collect::<Vec<_>>()
        );
        let nonce = changed(QUERY, Part::Nonce).unwrap();
        let differ: Vec<_> = (0..QUERY.len()).filter(|at| QUERY[*at] != nonce[*at]).collect();
        assert_eq!(differ, [20]);
    }

    #[test]
    fn what_is_no_query_is_not_changed() {
        for end in 0..QUERY.len() {
            assert_eq!(changed(&QUERY[..end], Part::Nonce), None, "{end}");
        }
        assert_eq!(changed(b"\x30\x84\xff\xff\xff\xff", Part::Hash), None);
    }
}
