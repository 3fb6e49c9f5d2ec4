//! WebP: size, coded picture and blocks of metadata.
//!
//! In: a RIFF file of the form `WEBP`. Out: its size, the hash of the coded picture, and the fields
//! of its EXIF, XMP, colour profile and C2PA chunks.
//!
//! The coded picture is the data of `VP8 `, `VP8L`, `ALPH`, `ANIM` and `ANMF`, each with its type.
//! `VP8X` is left out: its flags say which metadata there is. A file that is shorter than it says
//! has no coded picture.
//!
//! RFC 9649, section 2, <https://www.rfc-editor.org/rfc/rfc9649>.

use sha2::{Digest, Sha256};

use crate::collector::Collector;
use crate::part::Part;
use crate::{blocks, icc, xmp};

/// Bytes before the first chunk.
const HEADER: usize = 12;
/// Most chunks.
const CHUNKS: u32 = 1 << 20;

/// Whether a file begins as one of this kind.
pub(crate) fn sniff(head: &[u8]) -> bool {
    head.starts_with(b"RIFF") && head.get(8..HEADER) == Some(b"WEBP")
}

/// Reads the container.
pub(crate) fn read(file: &Part<'_>, out: &mut Collector) {
    out.found.mime = "image/webp";
    let stated = file.bytes().get(4..).and_then(|rest| rest.first_chunk::<4>());
    let stated = stated.map_or(0, |bytes| u32::from_le_bytes(*bytes) as usize);
    let end = stated.saturating_add(8).max(HEADER);
    if end < file.len() {
        out.flaw(file.place(end..end).start, "bytes after the end of the WebP");
    }
    let riff = file.get(0..end.min(file.len())).unwrap_or_else(|| file.clone());
    let mut hash = Sha256::new();
    let (mut at, mut pictures) = (HEADER, false);
    for _ in 0..CHUNKS {
        if at >= riff.len() {
            break;
        }
        let Some((kind, data, next)) = chunk(&riff, at) else {
            out.flaw(riff.place(at..at).start, "WebP that ends in a chunk");
            return;
        };
        match kind {
            b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ANMF" => {
                pictures |= kind != b"ALPH" && kind != b"ANIM";
                hash.update(kind);
                hash.update(data.bytes());
                size(*kind, data.bytes(), out);
            }
            b"VP8X" => size(*kind, data.bytes(), out),
            b"EXIF" => {
                let block = data.strip(b"Exif\0\0").unwrap_or_else(|| data.clone());
                blocks::exif(&block, out);
            }
            b"XMP " => xmp::read(&data, out),
            b"ICCP" => icc::read(&data, out),
            b"C2PA" => blocks::c2pa(&data, out),
            _ => {}
        }
        at = next;
    }
    if end > file.len() {
        out.flaw(file.whole().end, "WebP that is shorter than it says");
    } else if at < riff.len() {
        out.flaw(riff.place(at..at).start, "WebP with too many chunks");
    } else if pictures {
        out.found.coded = Some(hash.finalize().into());
    } else {
        out.flaw(file.whole().end, "WebP without a picture");
    }
}

/// The chunk at `at` and where the next one starts, if all of it is there.
fn chunk<'a>(riff: &Part<'a>, at: usize) -> Option<(&'a [u8; 4], Part<'a>, usize)> {
    let (kind, rest) = riff.bytes().get(at..)?.split_first_chunk::<4>()?;
    let length = u32::from_le_bytes(*rest.first_chunk::<4>()?) as usize;
    let start = at.checked_add(8)?;
    let end = start.checked_add(length)?;
    // Filled up to an even number of bytes.
    Some((kind, riff.get(start..end)?, end.checked_add(length % 2)?))
}

/// The size of the canvas, or of the picture where there is no canvas.
fn size(kind: [u8; 4], data: &[u8], out: &mut Collector) {
    let found = match &kind {
        // Four bytes of flags, then three bytes each, less one.
        b"VP8X" => data.get(4..).and_then(|sizes| {
            let mut sizes = sizes.as_chunks::<3>().0.iter();
            let mut next = || {
                sizes
                    .next()
                    .map(|[low, middle, high]| u32::from_le_bytes([*low, *middle, *high, 0]) + 1)
            };
            Some((next()?, next()?))
        }),
        b"VP8 " => data.first_chunk::<10>().and_then(|bytes| match *bytes {
            // Fourteen bits each; the other two say how to scale.
            [_, _, _, 0x9d, 0x01, 0x2a, a, b, c, d] => Some((
                u32::from(u16::from_le_bytes([a, b]) & 0x3fff),
                u32::from(u16::from_le_bytes([c, d]) & 0x3fff),
            )),
            _ => None,
        }),
        b"VP8L" => data.first_chunk::<5>().and_then(|bytes| match *bytes {
            [0x2f, a, b, c, d] => {
                let bits = u32::from_le_bytes([a, b, c, d]);
                Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
            }
            _ => None,
        }),
        _ => None,
    };
    if let Some((width, height)) = found
        && out.found.width.is_none()
    {
        out.found.width = Some(width).filter(|width| *width > 0);
        out.found.height = Some(height).filter(|height| *height > 0);
    }
}

#[cfg(test)]
mod tests;
