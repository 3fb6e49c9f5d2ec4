//! Image resource blocks of Photoshop.
//!
//! In: blocks one after the other, each with a signature, a number, a name and a length. Out: IPTC,
//! XMP and colour profile inside, the programs that wrote the picture, its addresses, and where the
//! thumbnail lies.
//!
//! Refused: what follows an unknown signature or a length beyond the end. A block of EXIF (1058) is
//! left aside: EXIF may hold image resources again, without end.
//!
//! Adobe Photoshop File Formats Specification, "Image Resource Blocks",
//! <https://www.adobe.com/devnet-apps/photoshop/fileformatashtml/>.

use crate::charset::{guessed, utf16_be};
use crate::collector::Collector;
use crate::part::Part;
use crate::{icc, iptc, xmp};

/// The group of all fields of its own.
const GROUP: &str = "Photoshop";
/// Most blocks.
const BLOCKS: usize = 4_096;
/// Most addresses of a list.
const ADDRESSES: u32 = 64;
/// Most bytes of a text that are looked at.
const TEXT: usize = 16 << 10;
/// Bytes before the picture of a thumbnail.
const THUMBNAIL_HEADER: usize = 28;

/// Reads the blocks.
pub(crate) fn read(part: &Part<'_>, out: &mut Collector) {
    let mut at = 0;
    for _ in 0..BLOCKS {
        let Some((adobe, number, block)) = block(part, &mut at, out) else { return };
        if adobe {
            resource(number, &block, out);
        }
    }
    out.flaw(part.from(at).whole().start, "image resources with too many blocks");
}

/// The block at a place, which is moved behind it; and whether its number is one of Photoshop.
fn block<'a>(
    part: &Part<'a>,
    at: &mut usize,
    out: &mut Collector,
) -> Option<(bool, u16, Part<'a>)> {
    let here = part.from(*at);
    let place = here.whole().start;
    let Some(([a, b, c, d, high, low, name], _)) = here.bytes().split_first_chunk::<7>() else {
        if here.bytes().iter().any(|byte| *byte != 0) {
            out.flaw(place, "image resources that end within a block");
        }
        return None;
    };
    let signature = [*a, *b, *c, *d];
    if !matches!(&signature, b"8BIM" | b"PHUT" | b"DCSR" | b"AgHg" | b"MeSa") {
        if signature != [0; 4] {
            out.flaw(place, "image resources with an unknown signature");
        }
        return None;
    }
    // The name with its length takes an even number of bytes.
    let length_at = 6 + (usize::from(*name) + 1).next_multiple_of(2);
    let length = here.bytes().get(length_at..).and_then(|rest| rest.first_chunk::<4>());
    let length = length.map(|bytes| u32::from_be_bytes(*bytes) as usize);
    let start = length_at + 4;
    let block = length.and_then(|length| here.get(start..start.checked_add(length)?));
    let Some(block) = block else {
        out.flaw(place, "image resources with a block that is longer than they are");
        return None;
    };
    *at += start + block.len() + block.len() % 2;
    Some((&signature == b"8BIM", u16::from_be_bytes([*high, *low]), block))
}

fn resource(number: u16, block: &Part<'_>, out: &mut Collector) {
    let (bytes, place) = (block.bytes(), block.whole());
    match number {
        0x0404 => iptc::read(block, out),
        0x040f => icc::read(block, out),
        0x0424 => xmp::read(block, out),
        0x0409 | 0x040c => thumbnail(block, out),
        0x040a => {
            let flags: Vec<_> = bytes.iter().take(4).map(u8::to_string).collect();
            out.add(GROUP, "CopyrightFlag", &flags.join(" "), place);
        }
        0x040b => {
            let text = guessed(bytes.get(..TEXT).unwrap_or(bytes));
            out.add(GROUP, "URL", &text, place);
        }
        0x0425 => {
            let digits = bytes.iter().take(16).flat_map(|byte| [byte >> 4, byte & 15]);
            let digest: String =
                digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect();
            out.add(GROUP, "IPTCDigest", &digest, place);
        }
        0x041a => {
            text(block, 20, "SlicesGroupName", out);
        }
        0x041b => {
            text(block, 0, "WorkflowURL", out);
        }
        0x041e => addresses(block, out),
        0x0421 => {
            if let Some(next) = text(block, 5, "WriterName", out) {
                text(block, next, "ReaderName", out);
            }
        }
        _ => {}
    }
}

/// A number of UTF-16 units and the units: kept under a name. Gives where they end.
fn text(block: &Part<'_>, at: usize, name: &str, out: &mut Collector) -> Option<usize> {
    let length = block.bytes().get(at..)?.first_chunk::<4>()?;
    let length = (u32::from_be_bytes(*length) as usize).checked_mul(2)?;
    let (start, end) = (at + 4, at.checked_add(4)?.checked_add(length)?);
    let text = block.get(start..end)?;
    let bytes = text.bytes();
    out.add(GROUP, name, &utf16_be(bytes.get(..TEXT).unwrap_or(bytes)), text.whole());
    Some(end)
}

/// A list of addresses, each after eight bytes that say nothing.
fn addresses(block: &Part<'_>, out: &mut Collector) {
    let Some(count) = block.bytes().first_chunk::<4>() else { return };
    let mut at = 4;
    for _ in 0..u32::from_be_bytes(*count).min(ADDRESSES) {
        let Some(next) = text(block, at + 8, "URL_List", out) else { return };
        at = next;
    }
}

/// The place of the thumbnail, if it is a JPEG that lies in the file as it is.
fn thumbnail(block: &Part<'_>, out: &mut Collector) {
    let picture = block.from(THUMBNAIL_HEADER);
    let unpacked = picture.len() < 2 || picture.place(0..1) == picture.place(1..2);
    if out.found.thumbnail.is_none() && !unpacked && picture.bytes().starts_with(b"\xff\xd8\xff") {
        out.found.thumbnail = Some(picture.whole());
    }
}

#[cfg(test)]
mod tests;
