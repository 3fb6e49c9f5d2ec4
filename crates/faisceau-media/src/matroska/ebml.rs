//! EBML: elements, each with identifier and size, and values.
//!
//! In: a stream, or bytes that hold elements. Out: the elements; values as text. No function here calls
//! itself: depth is what the callers nest.
//!
//! RFC 8794, sections 4 to 7.

use std::io;

use crate::part::Part;
use crate::stream::Stream;

/// Most elements of one parent that are looked at.
const ELEMENTS: usize = 16_384;

/// Identifiers of elements at the top, with the marker bits.
pub(super) mod id {
    pub(crate) const EBML: u32 = 0x1a45_dfa3;
    pub(crate) const SEGMENT: u32 = 0x1853_8067;
    pub(crate) const CLUSTER: u32 = 0x1f43_b675;
    pub(crate) const INFO: u32 = 0x1549_a966;
    pub(crate) const TRACKS: u32 = 0x1654_ae6b;
    pub(crate) const TAGS: u32 = 0x1254_c367;
    pub(crate) const ATTACHMENTS: u32 = 0x1941_a469;
    /// The elements that end a cluster of unknown length: all of the first levels.
    pub(crate) const TOP: [u32; 10] = [
        EBML,
        SEGMENT,
        CLUSTER,
        INFO,
        TRACKS,
        TAGS,
        ATTACHMENTS,
        // Seek head, cues, chapters.
        0x114d_9b74,
        0x1c53_bb6b,
        0x1043_a770,
    ];
}

/// An element.
#[derive(Debug, Clone)]
pub(super) struct Element<'a> {
    /// The identifier, with its marker.
    pub(super) id: u32,
    /// The content.
    pub(super) body: Part<'a>,
}

/// How many bytes a number has, told by its first.
fn width(first: u8) -> usize {
    first.leading_zeros() as usize + 1
}

/// Identifier and size from the bytes of a header; a size of only ones is unknown.
pub(super) fn parse(head: &[u8]) -> Option<(u32, Option<u64>)> {
    let of_id = width(*head.first()?);
    let (id, rest) = head.split_at_checked(of_id).filter(|_| of_id <= 4)?;
    let of_size = width(*rest.first()?);
    let size = rest.get(..of_size).filter(|_| of_size <= 8)?;
    let number =
        |bytes: &[u8]| bytes.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    let most = (1_u64 << (7 * of_size)) - 1;
    let value = number(size) & most;
    Some((number(id) as u32, (value != most).then_some(value)))
}

/// The bytes of the next header of a stream, fewer at its end, or where there is no header.
pub(super) fn head(stream: &mut Stream<'_>) -> io::Result<Vec<u8>> {
    let mut head = stream.hold(1)?;
    let Some(first) = head.first() else { return Ok(head) };
    head.extend(stream.hold(width(*first).min(4) as u64)?);
    if let Some(last) = head.last().filter(|_| head.len() > 1) {
        let more = width(*last).min(8) - 1;
        head.extend(stream.hold(more as u64)?);
    }
    Ok(head)
}

/// The elements that some bytes hold, in their order. One that claims more than there is, is cut.
pub(super) fn elements<'a>(part: &Part<'a>) -> Vec<Element<'a>> {
    let mut found = Vec::new();
    let mut rest = part.clone();
    while let Some((id, size)) = parse(rest.bytes()).filter(|_| found.len() < ELEMENTS) {
        let of_id = width(rest.bytes().first().copied().unwrap_or(0x80));
        let of_size = rest.bytes().get(of_id).map_or(1, |first| width(*first));
        let inner = rest.from(of_id + of_size);
        let size = size
            .map_or(inner.len(), |size| usize::try_from(size).unwrap_or(usize::MAX))
            .min(inner.len());
        let Some(body) = inner.get(0..size) else { break };
        found.push(Element { id, body });
        rest = inner.from(size);
    }
    found
}

/// A number without sign.
pub(super) fn unsigned(body: &Part<'_>) -> Option<u64> {
    let bytes = body.bytes();
    (bytes.len() <= 8).then(|| bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

/// A number with a point.
pub(super) fn float(body: &Part<'_>) -> Option<f64> {
    match body.len() {
        4 => body.bytes().first_chunk().map(|bytes| f64::from(f32::from_be_bytes(*bytes))),
        8 => body.bytes().first_chunk().map(|bytes| f64::from_be_bytes(*bytes)),
        _ => None,
    }
}

/// A text, up to the first NUL.
pub(super) fn text(body: &Part<'_>) -> String {
    let text = body.bytes().split(|byte| *byte == 0).next().unwrap_or_default();
    String::from_utf8_lossy(text).into_owned()
}

/// An identifier of up to 32 bytes, in hexadecimal.
pub(super) fn hexadecimal(body: &Part<'_>) -> String {
    crate::hex::hex(body.bytes().get(..32).unwrap_or(body.bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn headers() {
        assert_eq!(parse(&[0xec, 0x83]), Some((0xec, Some(3))));
        assert_eq!(parse(&[0x1f, 0x43, 0xb6, 0x75, 0xff]), Some((id::CLUSTER, None)));
        assert_eq!(
            parse(&[0x1f, 0x43, 0xb6, 0x75, 0x01, 0, 0, 0, 0, 0, 1, 0]),
            Some((id::CLUSTER, Some(256)))
        );
        let longest = [0xec, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe];
        assert_eq!(parse(&longest), Some((0xec, Some((1 << 56) - 2))));
        assert_eq!(parse(&[0x08, 1, 2, 3, 4, 0x81]), None, "an identifier has at most four bytes");
        assert_eq!(parse(&[0xec, 0x00]), None, "a size has at most eight");
        assert_eq!(parse(&[0x1f, 0x43]), None);
        assert_eq!(parse(&[]), None);
    }

    proptest! {
        #[test]
        fn a_header_of_a_stream_is_that_of_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..20)) {
            let mut reader = bytes.as_slice();
            let head = head(&mut Stream::new(&mut reader)).unwrap();
            prop_assert!(bytes.starts_with(&head));
            prop_assert_eq!(parse(&head), parse(&bytes));
        }

        #[test]
        fn elements_lie_inside_and_in_order(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut last = 0;
            for element in elements(&Part::file(&bytes)) {
                let place = element.body.whole();
                prop_assert!(place.start >= last + 2 && place.end <= bytes.len() as u64);
                last = place.end;
            }
        }
    }
}
