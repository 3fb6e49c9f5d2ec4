//! Boxes of the ISO base media file format, on which HEIF, MP4, MOV, 3GP and CR3 are built.
//!
//! In: bytes that hold boxes one after another. Out: the boxes, each with its type and its content; a
//! box that claims more than there is, is cut to what there is. Refused: a box shorter than its own
//! header, which ends the walk. No function here calls itself, so depth is what the callers nest.
//!
//! ISO/IEC 14496-12, section 4.2 (<https://www.iso.org/standard/83102.html>); `QuickTime` calls boxes
//! atoms (<https://developer.apple.com/documentation/quicktime-file-format/atoms>).

mod brands;
mod uuid;

pub(crate) use brands::{brands, is_movie, is_still};
pub(crate) use uuid::uuid;

use crate::collector::Collector;
use crate::part::Part;

/// Most boxes of one parent that are looked at.
const BOXES: usize = 16_384;

/// Type of a box: four characters, or an index in a list of keys.
pub(crate) type Kind = [u8; 4];

/// What the header of a box says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    /// The type.
    pub(crate) kind: Kind,
    /// Length of the header, 8 or 16 bytes.
    pub(crate) head: usize,
    /// Length of the content; `None`: up to the end of what holds the box.
    pub(crate) body: Option<u64>,
}

/// A header, if the bytes hold all of it and its size covers it.
pub(crate) fn header(bytes: &[u8]) -> Option<Header> {
    let (size, rest) = bytes.split_first_chunk()?;
    let (kind, rest) = rest.split_first_chunk()?;
    let (head, body) = match u32::from_be_bytes(*size) {
        0 => (8, None),
        1 => (16, Some(u64::from_be_bytes(*rest.first_chunk()?).checked_sub(16)?)),
        size => (8, Some(u64::from(size).checked_sub(8)?)),
    };
    Some(Header { kind: *kind, head, body })
}

/// A box.
#[derive(Debug, Clone)]
pub(crate) struct Atom<'a> {
    /// The type.
    pub(crate) kind: Kind,
    /// The content: what follows type and size.
    pub(crate) body: Part<'a>,
}

impl<'a> Atom<'a> {
    /// The content of a full box, whose first byte is the version and whose next three are flags.
    pub(crate) fn full(&self) -> Option<(u8, Part<'a>)> {
        let version = *self.body.bytes().first()?;
        (self.body.len() >= 4).then(|| (version, self.body.from(4)))
    }
}

/// The boxes that some bytes hold, in their order.
pub(crate) fn atoms<'a>(part: &Part<'a>, out: &mut Collector) -> Vec<Atom<'a>> {
    let mut found = Vec::new();
    let mut rest = part.clone();
    while rest.len() >= 8 {
        let place = rest.whole().start;
        if found.len() >= BOXES {
            out.flaw(place, "more boxes than are read");
            break;
        }
        let Some(Header { kind, head, body }) = header(rest.bytes()) else {
            // A list of user data may end in a zero; padding too is zeros.
            if rest.bytes().iter().any(|byte| *byte != 0) {
                out.flaw(place, "the size of a box is less than its header");
            }
            break;
        };
        let inner = rest.from(head);
        let claimed =
            body.map_or(inner.len(), |length| usize::try_from(length).unwrap_or(usize::MAX));
        if claimed > inner.len() {
            out.flaw(place, "a box claims more bytes than there are");
        }
        let length = claimed.min(inner.len());
        let Some(body) = inner.get(0..length) else { break };
        found.push(Atom { kind, body });
        rest = inner.from(length);
    }
    found
}

/// The first box of a type.
pub(crate) fn first<'s, 'a>(atoms: &'s [Atom<'a>], kind: Kind) -> Option<&'s Atom<'a>> {
    atoms.iter().find(|atom| atom.kind == kind)
}

/// The boxes inside the first box of a type, none if there is no such box.
pub(crate) fn inside<'a>(atoms: &[Atom<'a>], kind: Kind, out: &mut Collector) -> Vec<Atom<'a>> {
    first(atoms, kind).map_or_else(Vec::new, |atom| self::atoms(&atom.body, out))
}

/// The boxes of a `meta` box, which has version and flags in ISO files and none in `QuickTime` files.
pub(crate) fn meta<'a>(body: &Part<'a>, out: &mut Collector) -> Vec<Atom<'a>> {
    // Version and flags are zero, which the size of a first box is not.
    let bytes = body.bytes();
    let plain = bytes.get(4..8) == Some(b"hdlr")
        || (!bytes.starts_with(&[0; 4]) && bytes.get(8..12) != Some(b"hdlr"));
    atoms(&body.from(if plain { 0 } else { 4 }), out)
}

/// A number of 0 to 8 bytes, most significant first, and what follows.
pub(crate) fn number(bytes: &[u8], width: usize) -> Option<(u64, &[u8])> {
    let (digits, rest) = bytes.split_at_checked(width.min(8))?;
    Some((digits.iter().fold(0, |number, digit| number << 8 | u64::from(*digit)), rest))
}

#[cfg(test)]
pub(crate) mod write {
    //! Writes boxes for tests.

    use super::Kind;

    /// A box of a type and a content.
    pub(crate) fn atom(kind: Kind, body: &[u8]) -> Vec<u8> {
        [&(body.len() as u32 + 8).to_be_bytes(), &kind, body].concat()
    }

    /// A full box: with version and flags.
    pub(crate) fn full(kind: Kind, version: u8, body: &[u8]) -> Vec<u8> {
        atom(kind, &[&[version, 0, 0, 0], body].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> (Vec<(Kind, u64, usize)>, usize) {
        let mut out = Collector::default();
        let atoms = atoms(&Part::at(bytes, 100), &mut out);
        let shown = atoms
            .iter()
            .map(|atom| (atom.kind, atom.body.whole().start, atom.body.len()))
            .collect();
        (shown, out.found.flaws.len())
    }

    #[test]
    fn sizes_of_32_and_64_bits_and_up_to_the_end() {
        let bytes = [
            write::atom(*b"free", b"abc"),
            [&[0, 0, 0, 1], b"wide".as_slice(), &[0, 0, 0, 0, 0, 0, 0, 18], b"xy"].concat(),
            [&[0, 0, 0, 0], b"mdat".as_slice(), b"to the end"].concat(),
        ]
        .concat();
        let expected = vec![(*b"free", 108, 3), (*b"wide", 127, 2), (*b"mdat", 137, 10)];
        assert_eq!(read(&bytes), (expected, 0));
    }

    #[test]
    fn a_box_that_claims_too_much_is_cut_and_one_too_small_ends_the_walk() {
        let (atoms, flaws) = read(&[&[0, 0, 0, 99], b"moov".as_slice(), b"rest"].concat());
        assert_eq!((atoms, flaws), (vec![(*b"moov", 108, 4)], 1));
        let (atoms, flaws) =
            read(&[&[0, 0, 0, 7], b"moov".as_slice(), &write::atom(*b"free", b"")].concat());
        assert_eq!((atoms, flaws), (vec![], 1));
        let (atoms, flaws) =
            read(&[&[0, 0, 0, 1], b"moov".as_slice(), &[0, 0, 0, 0, 0, 0, 0, 15]].concat());
        assert_eq!((atoms, flaws), (vec![], 1));
        assert_eq!(read(&[0, 0, 0, 0]), (vec![], 0), "the zero that ends user data is no flaw");
    }

    #[test]
    fn a_box_of_metadata_with_and_without_version() {
        let boxes = [write::atom(*b"hdlr", b"abc"), write::atom(*b"keys", b"")].concat();
        let kinds = |bytes: &[u8]| {
            let found = meta(&Part::file(bytes), &mut Collector::default());
            found.iter().map(|atom| atom.kind).collect::<Vec<_>>()
        };
        assert_eq!(kinds(&boxes), [*b"hdlr", *b"keys"]);
        assert_eq!(kinds(&[&[0; 4], boxes.as_slice()].concat()), [*b"hdlr", *b"keys"]);
        assert_eq!(kinds(&[&[0, 0, 0, 1], boxes.as_slice()].concat()), [*b"hdlr", *b"keys"]);
        assert_eq!(kinds(&boxes[11..]), [*b"keys"]);
        assert_eq!(kinds(&[&[0; 4], &boxes[11..]].concat()), [*b"keys"]);
        assert_eq!(kinds(b""), [[0; 4]; 0]);
    }

    #[test]
    fn the_number_of_boxes_is_limited() {
        let bytes = write::atom(*b"free", b"").repeat(BOXES + 5);
        let (atoms, flaws) = read(&bytes);
        assert_eq!((atoms.len(), flaws), (BOXES, 1));
    }

    proptest! {
        #[test]
        fn boxes_lie_inside_and_in_order(bytes in proptest::collection::vec(0_u8..24, 0..400)) {
            let mut out = Collector::default();
            let mut last = 0;
            for atom in atoms(&Part::file(&bytes), &mut out) {
                let place = atom.body.whole();
                prop_assert!(place.start >= last + 8 && place.end <= bytes.len() as u64);
                last = place.end;
            }
        }
    }
}
