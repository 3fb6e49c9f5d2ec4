//! HEIC, HEIF and AVIF pictures.
//!
//! In: the bytes of a file. Out: EXIF, XMP, the colour profile and the C2PA manifest, which are items
//! or boxes of the file; the size of the primary picture; the hash of its coded data. Size: what the
//! property `ispe` of the primary item says, before it is turned (`irot`) and cropped, the one that
//! `ExifTool` shows as `File:ImageWidth`. Refused: items that are encrypted, compressed or held by
//! another file.
//!
//! ISO/IEC 23008-12 (<https://www.iso.org/standard/89035.html>), ISO/IEC 14496-12 section 8.11; AVIF:
//! <https://aomediacodec.github.io/av1-avif/>.

mod items;
mod locations;
mod properties;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::bmff::{self, Atom, atoms, brands, first};
use crate::collector::Collector;
use crate::part::Part;
use crate::quicktime::{self, QUICKTIME};
use crate::{blocks, heif::items::Items};
use properties::Properties;

/// Reads a picture.
pub(crate) fn read(file: &Part<'_>, out: &mut Collector) {
    let top = atoms(file, out);
    out.found.mime = "image/heif";
    let mut pictured = false;
    for atom in &top {
        match &atom.kind {
            b"ftyp" => out.found.mime = brands(&atom.body, out),
            b"meta" if !pictured => {
                pictured = true;
                picture(file, &bmff::meta(&atom.body, out), out);
            }
            b"uuid" => bmff::uuid(&atom.body, out),
            // A sequence of pictures is described like a video.
            b"moov" => quicktime::movie(&atom.body, out),
            _ => {}
        }
    }
    if !pictured {
        out.flaw(file.whole().end, "no box of items");
    }
}

/// Reads what a `meta` box lists.
fn picture(file: &Part<'_>, meta: &[Atom<'_>], out: &mut Collector) {
    let items = Items::read(meta, out);
    let properties = Properties::read(meta, out);
    let source = Source { file, data: first(meta, *b"idat").map(|atom| atom.body.clone()) };
    metadata(&items, &source, out);
    let Some(primary) = items.primary else {
        return out.flaw(file.whole().start, "no primary item");
    };
    if let Some((width, height)) = properties.size(primary) {
        (out.found.width, out.found.height) = (Some(width), Some(height));
    }
    if let Some((turn, place)) = properties.rotation(primary) {
        out.add(QUICKTIME, "Rotation", &turn.to_string(), place);
    }
    let order = coded_items(primary, &items);
    if let Some(profile) = order.iter().find_map(|id| properties.profile(*id)) {
        blocks::icc(&profile, out);
    }
    out.found.coded = coded(&order, &items, &properties, &source, out);
}

/// From where the bytes of items come.
struct Source<'s, 'a> {
    file: &'s Part<'a>,
    /// The content of the `idat` box.
    data: Option<Part<'a>>,
}

impl<'a> Source<'_, 'a> {
    /// The extents of an item, if all of them are there and not longer than a budget, which shrinks.
    fn extents(
        &self,
        id: u32,
        items: &Items,
        budget: &mut u64,
        out: &mut Collector,
    ) -> Option<Vec<Part<'a>>> {
        let item = items.of.get(&id)?;
        let within = match item.method {
            _ if item.elsewhere => None,
            0 => Some(self.file),
            1 => self.data.as_ref(),
            _ => None,
        };
        let Some(within) = within else {
            out.flaw(self.file.whole().start, "the bytes of an item are not in this file");
            return None;
        };
        let mut parts = Vec::new();
        for extent in &item.extents {
            let Some(part) = extent.of(within) else {
                out.flaw(within.whole().end, "an item reaches beyond its source");
                return None;
            };
            let Some(left) = budget.checked_sub(part.len() as u64) else {
                out.flaw(part.whole().start, "items are longer than the file: they overlap");
                return None;
            };
            *budget = left;
            parts.push(part);
        }
        (!parts.is_empty()).then_some(parts)
    }
}

/// Hands on the items that are metadata. Items do not overlap, so all are no longer than the file.
fn metadata(items: &Items, source: &Source<'_, '_>, out: &mut Collector) {
    let mut budget = source.file.len() as u64;
    for (id, item) in &items.of {
        let read = match (&item.kind, item.content_type.as_str()) {
            (b"Exif", _) => exif,
            (b"mime", "application/rdf+xml") => blocks::xmp,
            _ => continue,
        };
        if item.hidden {
            out.flaw(source.file.whole().start, "a block of metadata is encrypted or compressed");
            continue;
        }
        let Some(parts) = source.extents(*id, items, &mut budget, out) else { continue };
        if let [part] = parts.as_slice() {
            read(part, out);
        } else {
            let (bytes, place) = joined(&parts);
            read(&Part::unpacked(&bytes, place), out);
        }
    }
}

/// The bytes of several parts, and the range of the file from the first to the last.
fn joined(parts: &[Part<'_>]) -> (Vec<u8>, Range<u64>) {
    let start = parts.iter().map(|part| part.whole().start).min().unwrap_or(0);
    let end = parts.iter().map(|part| part.whole().end).max().unwrap_or(start);
    (parts.iter().flat_map(Part::bytes).copied().collect(), start..end)
}

fn exif(part: &Part<'_>, out: &mut Collector) {
    if let Some(tiff) = tiff(part, out) {
        blocks::exif(&tiff, out);
    }
}

/// An item of EXIF tells first how far behind that number the TIFF header is (ISO/IEC 23008-12, A.2.1).
fn tiff<'a>(part: &Part<'a>, out: &mut Collector) -> Option<Part<'a>> {
    let bytes = part.bytes();
    let bare = bytes.starts_with(b"MM\0*") || bytes.starts_with(b"II*\0");
    if let Some(tiff) = part.strip(b"Exif\0\0").or_else(|| bare.then(|| part.clone())) {
        out.flaw(part.whole().start, "an item of EXIF without its offset");
        return Some(tiff);
    }
    let skip = bytes.first_chunk().and_then(|skip| usize::try_from(u32::from_be_bytes(*skip)).ok());
    let skip = skip.and_then(|skip| skip.checked_add(4)).filter(|skip| *skip < part.len());
    if skip.is_none() {
        out.flaw(part.whole().start, "the offset of EXIF lies outside of its item");
    }
    skip.map(|skip| part.from(skip))
}

/// The primary item, and the items it is derived from, each once, parents before parts.
fn coded_items(primary: u32, items: &Items) -> Vec<u32> {
    let (mut order, mut seen, mut next) = (Vec::new(), BTreeSet::new(), vec![primary]);
    while let Some(id) = next.pop() {
        if seen.insert(id) {
            order.push(id);
            next.extend(items.of.get(&id).iter().flat_map(|item| item.parts.iter().rev()));
        }
    }
    order
}

/// Most bytes of configuration in all; an item has some hundred, and many items share them.
const MOST_CONFIGURED: usize = 16 << 20;

/// SHA-256 over, item by item: the contents of its properties `hvcC`, `av1C`, `vvcC` as associated,
/// then its extents; nothing in between.
fn coded(
    order: &[u32],
    items: &Items,
    properties: &Properties<'_>,
    source: &Source<'_, '_>,
    out: &mut Collector,
) -> Option<[u8; 32]> {
    let mut budget = source.file.len() as u64;
    let mut hash = Sha256::new();
    let mut left = MOST_CONFIGURED;
    for id in order {
        for configuration in properties.configurations(*id) {
            left = left.checked_sub(configuration.len())?;
            hash.update(configuration.bytes());
        }
        for part in source.extents(*id, items, &mut budget, out)? {
            hash.update(part.bytes());
        }
    }
    (budget < source.file.len() as u64).then(|| hash.finalize().into())
}
