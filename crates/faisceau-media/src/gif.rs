//! GIF: size, coded picture, comments and XMP.
//!
//! In: a file with the signature of GIF. Out: the size of its screen, the hash of the coded picture,
//! its comments, and the fields of XMP, colour profile and C2PA in application extensions.
//!
//! The coded picture is everything after the signature up to the trailer but comments, XMP and C2PA.
//! The signature is left out, for a comment makes version 87a into 89a. A file without its trailer
//! has no coded picture.
//!
//! `GIF89a` specification, <https://www.w3.org/Graphics/GIF/spec-gif89a.txt>; XMP Specification Part 3,
//! section 1.1.2, <https://developer.adobe.com/xmp/docs/XMPSpecifications/>.

use sha2::{Digest, Sha256};

use crate::charset::guessed;
use crate::collector::Collector;
use crate::field::group;
use crate::part::Part;
use crate::{blocks, icc, xmp};

/// Bytes of the signature.
const SIGNATURE: usize = 6;
/// Bytes up to the colour table of the screen.
const SCREEN: usize = 13;
/// Most blocks.
const BLOCKS: u32 = 1 << 20;
/// Most bytes of an extension that are put together.
const EXTENSION: usize = 8 << 20;
/// Most bytes of a file that are put together.
const FILE: usize = 32 << 20;

/// Whether a file begins as one of this kind.
pub(crate) fn sniff(head: &[u8]) -> bool {
    head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a")
}

/// Reads the container.
pub(crate) fn read(file: &Part<'_>, out: &mut Collector) {
    out.found.mime = "image/gif";
    let Some([.., a, b, c, d, flags, _, _]) = file.bytes().first_chunk::<SCREEN>() else {
        out.flaw(file.whole().end, "GIF that ends in its header");
        return;
    };
    out.found.width = Some(u32::from(u16::from_le_bytes([*a, *b]))).filter(|width| *width > 0);
    out.found.height = Some(u32::from(u16::from_le_bytes([*c, *d]))).filter(|height| *height > 0);
    let mut hash = Sha256::new();
    let mut budget = FILE;
    // From where on nothing was hashed yet.
    let (mut from, mut at) = (SIGNATURE, SCREEN + table(*flags));
    for _ in 0..BLOCKS {
        match block(file, at) {
            Some(Block::End) => {
                hash.update(file.bytes().get(from..=at).unwrap_or_default());
                out.found.coded = Some(hash.finalize().into());
                if at + 1 < file.len() {
                    out.flaw(file.place(at + 1..at + 1).start, "bytes after the end of the GIF");
                }
                return;
            }
            Some(Block::Picture(next)) => at = next,
            Some(Block::Extension { label, start, next }) => {
                let metadata = extension(file, label, start..next, &mut budget, out);
                if metadata {
                    hash.update(file.bytes().get(from..at).unwrap_or_default());
                    from = next;
                }
                at = next;
            }
            None => {
                let missing = at >= file.len();
                let detail =
                    if missing { "GIF without its end" } else { "GIF with a broken block" };
                out.flaw(file.from(at).whole().start, detail);
                return;
            }
        }
    }
    out.flaw(file.from(at).whole().start, "GIF with too many blocks");
}

enum Block {
    /// A picture, and where the next block starts.
    Picture(usize),
    /// An extension: where its parts start, and the next block.
    Extension { label: u8, start: usize, next: usize },
    /// The trailer.
    End,
}

fn block(file: &Part<'_>, at: usize) -> Option<Block> {
    match file.bytes().get(at)? {
        0x3b => Some(Block::End),
        0x2c => {
            let flags = file.bytes().get(at.checked_add(9)?)?;
            // One byte after the table says how wide a code is.
            Some(Block::Picture(after(file, at.checked_add(11 + table(*flags))?)?))
        }
        0x21 => {
            let label = *file.bytes().get(at.checked_add(1)?)?;
            let start = at.checked_add(2)?;
            Some(Block::Extension { label, start, next: after(file, start)? })
        }
        _ => None,
    }
}

/// Bytes of a colour table.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Where the parts that start at a place have ended.
fn after(file: &Part<'_>, mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*file.bytes().get(at)?);
        at = at.checked_add(1 + length)?;
        if length == 0 {
            return Some(at);
        }
    }
}

/// Reads an extension. True if it is no part of the coded picture.
fn extension(
    file: &Part<'_>,
    label: u8,
    range: std::ops::Range<usize>,
    budget: &mut usize,
    out: &mut Collector,
) -> bool {
    let Some(parts) = file.get(range) else { return false };
    let name = parts.bytes().get(1..12).filter(|_| parts.bytes().first() == Some(&11));
    match (label, name) {
        (0xfe, _) => {
            let text = joined(&parts, 0, budget);
            out.add(group::FILE, "Comment", &guessed(&text), parts.whole());
            true
        }
        (0xff, Some(b"XMP DataXMP")) => {
            xmp::read(&packet(&parts.from(12)), out);
            true
        }
        (0xff, Some(b"C2PA_GIF\x01\0\0")) => {
            let bytes = joined(&parts, 12, budget);
            blocks::c2pa(&Part::unpacked(&bytes, parts.whole()), out);
            true
        }
        (0xff, Some(b"ICCRGBG1012")) => {
            let bytes = joined(&parts, 12, budget);
            icc::read(&Part::unpacked(&bytes, parts.whole()), out);
            false
        }
        _ => false,
    }
}

/// The packet without the bytes behind it, which make every reader of parts find the end.
fn packet<'a>(parts: &Part<'a>) -> Part<'a> {
    const END: &[u8] = b"<?xpacket end";
    let bytes = parts.bytes();
    let end = bytes.windows(END.len()).rposition(|window| window == END);
    let close = end.and_then(|end| Some((end, bytes.get(end..)?.iter().position(|b| *b == b'>')?)));
    let end = match close {
        Some((end, close)) => end + close + 1,
        // 258 bytes of trailer.
        None => bytes.len().saturating_sub(258),
    };
    parts.get(0..end).unwrap_or_else(|| parts.clone())
}

/// The bytes of the parts from a place on, without their lengths.
fn joined(parts: &Part<'_>, mut at: usize, budget: &mut usize) -> Vec<u8> {
    let limit = EXTENSION.min(*budget);
    let mut bytes = Vec::new();
    while let Some(length) = parts.bytes().get(at).map(|length| usize::from(*length)) {
        let part = parts.bytes().get(at + 1..at + 1 + length).unwrap_or_default();
        if length == 0 || bytes.len() + part.len() > limit {
            break;
        }
        bytes.extend_from_slice(part);
        at += 1 + length;
    }
    *budget -= bytes.len();
    bytes
}

#[cfg(test)]
mod tests;
