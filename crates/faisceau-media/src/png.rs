//! PNG: size, coded picture, texts and blocks of metadata.
//!
//! In: a file with the signature of PNG. Out: its size, the hash of the coded picture, and the fields
//! of its chunks: texts, time, EXIF, XMP, colour profile, C2PA. Texts of programs that generate
//! pictures (`parameters`, `prompt`, `workflow`) are kept up to their first 500 characters.
//!
//! The coded picture is the data of the critical chunks and of `tRNS`, each with its type: what
//! decides the pixels, and nothing of the texts and times beside them. Checksums are not verified.
//! A file that ends before `IEND`, or does not begin with `IHDR`, has no coded picture.
//!
//! PNG third edition, sections 5 and 11, <https://www.w3.org/TR/png-3/>.

mod date;
mod inflate;
mod profile;
mod text;

use sha2::{Digest, Sha256};

use crate::collector::Collector;
use crate::part::Part;
use crate::{blocks, icc};
use inflate::Budget;

/// The group of all fields of its own.
const GROUP: &str = "PNG";
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Most chunks.
const CHUNKS: u32 = 1 << 20;

/// Whether a file begins as one of this kind.
pub(crate) fn sniff(head: &[u8]) -> bool {
    head.starts_with(SIGNATURE)
}

/// Reads the container.
pub(crate) fn read(file: &Part<'_>, out: &mut Collector) {
    out.found.mime = "image/png";
    let mut hash = Sha256::new();
    let mut budget = Budget::default();
    let mut at = SIGNATURE.len();
    let mut header = None;
    for _ in 0..CHUNKS {
        let Some((kind, data, next)) = chunk(file, at) else {
            let missing = at >= file.len();
            let detail = if missing { "PNG without its end" } else { "PNG that ends in a chunk" };
            out.flaw(file.from(at).whole().start, detail);
            return;
        };
        // The header has to come first.
        if header.is_none() {
            header = Some(kind == b"IHDR" && data.len() == 13);
        }
        match kind {
            b"IHDR" => size(&data, out),
            b"IEND" => {
                if header == Some(true) {
                    out.found.coded = Some(hash.finalize().into());
                } else {
                    out.flaw(file.from(at).whole().start, "PNG whose first chunk is not `IHDR`");
                }
                if next < file.len() {
                    out.flaw(file.place(next..next).start, "bytes after the end of the PNG");
                }
                return;
            }
            _ => chunk_of_metadata(*kind, &data, &mut budget, out),
        }
        // Critical chunks have a capital first letter.
        if kind[0].is_ascii_uppercase() || kind == b"tRNS" {
            hash.update(kind);
            hash.update(data.bytes());
        }
        at = next;
    }
    out.flaw(file.from(at).whole().start, "PNG with too many chunks");
}

/// The chunk at `at` and where the next one starts, if all of it is there.
fn chunk<'a>(file: &Part<'a>, at: usize) -> Option<(&'a [u8; 4], Part<'a>, usize)> {
    let (length, rest) = file.bytes().get(at..)?.split_first_chunk::<4>()?;
    let kind = rest.first_chunk::<4>()?;
    let start = at.checked_add(8)?;
    let end = start.checked_add(u32::from_be_bytes(*length) as usize)?;
    // Four bytes of checksum follow.
    let next = end.checked_add(4).filter(|next| *next <= file.len())?;
    Some((kind, file.get(start..end)?, next))
}

fn size(data: &Part<'_>, out: &mut Collector) {
    let numbers = data.bytes().as_chunks::<4>().0;
    let mut numbers = numbers.iter().map(|number| u32::from_be_bytes(*number));
    if let (Some(width), Some(height), None) = (numbers.next(), numbers.next(), out.found.width) {
        out.found.width = Some(width).filter(|width| *width > 0);
        out.found.height = Some(height).filter(|height| *height > 0);
    }
}

fn chunk_of_metadata(kind: [u8; 4], data: &Part<'_>, budget: &mut Budget, out: &mut Collector) {
    match &kind {
        b"tEXt" => text::plain(data, out),
        b"zTXt" => text::compressed(data, budget, out),
        b"iTXt" => text::international(data, budget, out),
        b"eXIf" => {
            let block = data.strip(b"Exif\0\0").unwrap_or_else(|| data.clone());
            blocks::exif(&block, out);
        }
        b"caBX" => blocks::c2pa(data, out),
        b"tIME" => {
            if let Some([high, low, month, day, hour, minute, second]) = data.bytes().first_chunk()
            {
                let year = u16::from_be_bytes([*high, *low]);
                let time =
                    format!("{year:04}:{month:02}:{day:02} {hour:02}:{minute:02}:{second:02}");
                out.add(GROUP, "ModifyDate", &time, data.whole());
            }
        }
        b"iCCP" => colours(data, budget, out),
        _ => {}
    }
}

/// A colour profile: its name, then the compressed profile.
fn colours(data: &Part<'_>, budget: &mut Budget, out: &mut Collector) {
    let Some((name, rest)) = text::up_to_nul(data) else {
        out.flaw(data.whole().start, "a colour profile without a name");
        return;
    };
    out.add(GROUP, "ProfileName", &crate::charset::guessed(name.bytes()), name.whole());
    // One byte for the method, of which there is one.
    if let Some(bytes) = budget.inflate(&rest.from(1), out) {
        icc::read(&Part::unpacked(&bytes, rest.whole()), out);
    }
}

#[cfg(test)]
mod tests;
