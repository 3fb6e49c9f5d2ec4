//! Application segments: who they belong to is told by their first bytes.
//!
//! Blocks longer than a segment come in pieces (extended XMP, colour profiles, manifests): they are
//! put together in their order, within a limit, and lie where their first piece lies.

use std::collections::BTreeMap;
use std::ops::Range;

use super::makers;
use crate::blocks;
use crate::collector::Collector;
use crate::part::Part;

/// Longest block that is put together, in bytes.
const BLOCK: usize = 16 << 20;
/// Most blocks of a kind.
const BLOCKS: usize = 16;

/// A block in pieces, by their number or offset.
#[derive(Default)]
struct Pieces<'a> {
    pieces: BTreeMap<u64, Part<'a>>,
    length: usize,
}

impl<'a> Pieces<'a> {
    fn add(&mut self, number: u64, piece: Part<'a>, out: &mut Collector) {
        let length = self.length + piece.len();
        if length > BLOCK {
            out.flaw(piece.whole().start, "a block in pieces is too long");
        } else if self.pieces.contains_key(&number) {
            out.flaw(piece.whole().start, "a piece of a block comes twice");
        } else {
            self.length = length;
            self.pieces.insert(number, piece);
        }
    }

    /// The bytes, and where they lie.
    fn joined(&self) -> Option<(Vec<u8>, Range<u64>)> {
        let bytes: Vec<u8> = self.pieces.values().flat_map(Part::bytes).copied().collect();
        let places = self.pieces.values().map(Part::whole);
        let place = places.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end))?;
        Some((bytes, place))
    }
}

/// What the application segments hold.
#[derive(Default)]
pub(super) struct Applications<'a> {
    extended_xmp: BTreeMap<&'a [u8], Pieces<'a>>,
    icc: Pieces<'a>,
    photoshop: Pieces<'a>,
    /// By the number of the instance.
    manifests: BTreeMap<u16, Pieces<'a>>,
}

impl<'a> Applications<'a> {
    /// Takes `APPn`.
    pub(super) fn take(&mut self, number: u8, payload: &Part<'a>, out: &mut Collector) {
        match number {
            1 => self.app1(payload, out),
            2 => {
                if let Some(rest) = payload.strip(b"ICC_PROFILE\0")
                    && let Some([piece, _, ..]) = rest.bytes().first_chunk::<2>()
                {
                    self.icc.add(u64::from(*piece), rest.from(2), out);
                }
            }
            6 => {
                if let Some(rest) = payload.strip(b"GoPro\0") {
                    makers::gopro(&rest, out);
                }
            }
            11 => self.app11(payload, out),
            12 => {
                if payload.bytes().starts_with(b"Ducky") {
                    makers::ducky(&payload.from(5), out);
                } else {
                    makers::picture_info(payload, out);
                }
            }
            13 => {
                if let Some(rest) = payload.strip(b"Photoshop 3.0\0") {
                    self.photoshop.add(rest.whole().start, rest, out);
                }
            }
            _ => {}
        }
    }

    fn app1(&mut self, payload: &Part<'a>, out: &mut Collector) {
        // Some writers leave out or double the zeros, or write them as FF.
        let exif = payload.strip(b"Exif\0\0").or_else(|| payload.strip(b"Exif\0\xff"));
        if let Some(tiff) = exif.or_else(|| payload.strip(b"Exif\0")) {
            blocks::exif(&tiff, out);
        } else if let Some(packet) = payload.strip(b"http://ns.adobe.com/xap/1.0/\0") {
            blocks::xmp(&packet, out);
        } else if let Some(rest) = payload.strip(b"http://ns.adobe.com/xmp/extension/\0") {
            // GUID of the packet, its length, offset of this piece.
            let (Some(guid), Some(offset)) = (rest.bytes().get(..32), rest.get(36..40)) else {
                out.flaw(rest.whole().start, "extended XMP without head");
                return;
            };
            let offset = offset.bytes().iter().fold(0, |n, byte| n << 8 | u64::from(*byte));
            if self.extended_xmp.contains_key(guid) || self.extended_xmp.len() < BLOCKS {
                self.extended_xmp.entry(guid).or_default().add(offset, rest.from(40), out);
            }
        }
    }

    /// JUMBF in pieces (ISO 19566-5, annex D): `JP`, instance, sequence, box.
    fn app11(&mut self, payload: &Part<'a>, out: &mut Collector) {
        let Some(rest) = payload.strip(b"JP") else { return };
        let (Some(instance), Some(sequence)) = (rest.get(0..2), rest.get(2..6)) else { return };
        let instance = instance.bytes().iter().fold(0, |n: u16, byte| n << 8 | u16::from(*byte));
        let sequence = sequence.bytes().iter().fold(0, |n, byte| n << 8 | u64::from(*byte));
        if !self.manifests.contains_key(&instance) && self.manifests.len() >= BLOCKS {
            return;
        }
        // The head of the box is repeated in each piece: kept of the first alone.
        let skip = if sequence <= 1 { 6 } else { 6 + 8 };
        self.manifests.entry(instance).or_default().add(sequence, rest.from(skip), out);
    }

    /// Reads what came in pieces.
    pub(super) fn finish(self, out: &mut Collector) {
        for pieces in self.extended_xmp.values() {
            whole(pieces, out, blocks::xmp);
        }
        whole(&self.icc, out, blocks::icc);
        whole(&self.photoshop, out, blocks::photoshop);
        for pieces in self.manifests.values() {
            whole(pieces, out, blocks::c2pa);
        }
    }
}

fn whole(pieces: &Pieces<'_>, out: &mut Collector, read: fn(&Part<'_>, &mut Collector)) {
    let mut all = pieces.pieces.values();
    if let (Some(only), None) = (all.next(), all.next()) {
        read(only, out);
    } else if let Some((bytes, place)) = pieces.joined() {
        read(&Part::unpacked(&bytes, place), out);
    }
}
