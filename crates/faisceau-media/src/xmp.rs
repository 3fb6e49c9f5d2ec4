//! XMP packets.
//!
//! In: a packet, in UTF-8, UTF-16 or UTF-32, with or without its wrapper. Out: one field for each
//! value that matters, in groups such as `XMP-dc`. The group follows from the namespace, never from
//! its prefix, which the writer of the file chooses. Structures are flattened as `ExifTool` does:
//! `stEvt:when` within `xmpMM:History` is `HistoryWhen`. Lists give one field per item, in order,
//! where `ExifTool` joins them.
//!
//! Refused: entities other than the five of XML, more than [`DEPTH`] levels, and what lies beyond
//! [`NODES`] elements and attributes. What stands before the refusal is kept. Blank nodes
//! (`rdf:nodeID`) are read where they stand and not joined.
//!
//! ISO 16684-1:2019, clause 7 (RDF/XML serialisation), <https://www.iso.org/standard/75163.html>;
//! XMP Specification Part 1, <https://developer.adobe.com/xmp/docs/XMPSpecifications/>.

mod namespace;
mod packet;
mod path;
mod scope;
mod text;
mod value;

pub(crate) use path::language;
pub(crate) use value::date;

use crate::collector::Collector;
use crate::part::Part;

/// Most levels of elements.
const DEPTH: usize = 64;
/// Most elements and attributes.
const NODES: u32 = 200_000;
/// Most bytes of a value that are looked at.
const TEXT: usize = 16 << 10;
/// Longest packet: extended XMP with pictures inside stays far below.
const PACKET: usize = 64 << 20;

/// Reads a packet.
pub(crate) fn read(part: &Part<'_>, out: &mut Collector) {
    if part.len() > PACKET {
        out.flaw(part.whole().start, "an XMP packet of more than 64 MiB was not read");
        return;
    }
    let (text, moved) = text::decode(part.bytes());
    // Decoded bytes are not those of the file any more.
    let decoded = if moved { Part::unpacked(text.as_bytes(), part.whole()) } else { part.clone() };
    packet::Packet::new(&decoded, out).read(&text);
}

#[cfg(test)]
mod tests;
