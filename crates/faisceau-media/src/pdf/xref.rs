//! A cross-reference section of a PDF. In: the file and the place of the section. Out: where each
//! object lies, and the trailer.
//!
//! ISO 32000-1:2008, 7.5.4 "Cross-reference table", 7.5.5 "File trailer", 7.5.8 "Cross-reference
//! streams".

use std::collections::BTreeMap;

use super::object::{Object, Parser};
use super::stream::{self, Left};

/// Where an object lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    Free,
    /// At this place, counted from the head of the document.
    At(u64),
    /// In the object stream of this number.
    Packed(u32),
}

#[derive(Debug)]
pub(super) struct Section {
    /// Where it begins.
    pub(super) at: usize,
    /// Where its trailer ends.
    pub(super) end: usize,
    pub(super) entries: BTreeMap<u32, Entry>,
    pub(super) trailer: Object,
}

/// Reads the section at a place, of which at most `most` entries.
pub(super) fn section(bytes: &[u8], at: usize, most: usize, left: &mut Left) -> Option<Section> {
    if left.parsed == 0 {
        return None;
    }
    let mut parser = Parser::new(bytes, at);
    let section = if parser.word(b"xref") {
        table(&mut parser, at, most)
    } else {
        from_stream(&mut parser, bytes, at, most, left)
    };
    left.parsed = left.parsed.saturating_sub(parser.at.saturating_sub(at));
    section
}

fn from_stream(
    parser: &mut Parser<'_>,
    bytes: &[u8],
    at: usize,
    most: usize,
    left: &mut Left,
) -> Option<Section> {
    let trailer = parser.headed()?.1;
    let length = trailer.get(b"Length").and_then(Object::integer);
    let range = stream::range(bytes, parser.at, length)?;
    let end = range.end;
    let unpacked = stream::unpack(bytes.get(range)?, &trailer, left).ok()?;
    let entries = packed(&unpacked, &trailer, most)?;
    Some(Section { at, end, entries, trailer })
}

fn table(parser: &mut Parser<'_>, at: usize, most: usize) -> Option<Section> {
    let mut entries = BTreeMap::new();
    while !parser.word(b"trailer") {
        let (first, count) = (parser.unsigned()?, parser.unsigned()?);
        for number in first..first.checked_add(count)? {
            if entries.len() >= most {
                return None;
            }
            let (place, _) = (parser.unsigned()?, parser.unsigned()?);
            let entry = match (parser.word(b"n"), place) {
                (true, 1..) => Entry::At(place),
                (true, 0) => Entry::Free,
                _ if parser.word(b"f") => Entry::Free,
                _ => return None,
            };
            entries.insert(u32::try_from(number).ok()?, entry);
        }
    }
    let trailer = parser.object().filter(Object::is_dictionary)?;
    Some(Section { at, end: parser.at, entries, trailer })
}

fn packed(unpacked: &[u8], trailer: &Object, most: usize) -> Option<BTreeMap<u32, Entry>> {
    let integers = |key: &[u8]| -> Option<Vec<usize>> {
        Some(trailer.get(key)?.array()?.iter().filter_map(Object::integer).collect())
    };
    let [kind, second, third] = integers(b"W")?.try_into().ok()?;
    if kind > 8 || second > 8 || third > 8 || kind + second + third == 0 {
        return None;
    }
    let size = trailer.get(b"Size")?.integer()?;
    let index = integers(b"Index").unwrap_or_else(|| vec![0, size]);
    let mut rows = unpacked.chunks_exact(kind + second + third);
    let mut entries = BTreeMap::new();
    for part in index.chunks_exact(2) {
        let [first, count] = *part else { continue };
        for number in first..first.checked_add(count)? {
            let Some(row) = rows.next() else { return Some(entries) };
            if entries.len() >= most {
                return Some(entries);
            }
            let (of_kind, rest) = row.split_at_checked(kind)?;
            let (of_second, _) = rest.split_at_checked(second)?;
            let entry = match if kind == 0 { 1 } else { big_endian(of_kind) } {
                0 => Entry::Free,
                1 => Entry::At(big_endian(of_second)),
                2 => Entry::Packed(u32::try_from(big_endian(of_second)).ok()?),
                _ => continue,
            };
            entries.insert(u32::try_from(number).ok()?, entry);
        }
    }
    Some(entries)
}

fn big_endian(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}
