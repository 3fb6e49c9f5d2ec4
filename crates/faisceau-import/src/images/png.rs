//! PNG: size, coded picture and `eXIf` chunk.
//!
//! In: a file with the signature of PNG. Out: a row. Refused: a file that ends before `IEND`, for
//! a screenshot that was cut shows something else than what was on the screen.
//!
//! The coded picture is the data of the critical chunks and of `tRNS`, each with its type: what
//! decides the pixels, and nothing of the texts and times beside them. Checksums are not verified.

use faisceau_model::{RejectReason, Sink};
use sha2::{Digest, Sha256};

use super::row::{self, Picture, Read, hex};
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::settings::ImportSettings;

/// How attached images of this format are read.
pub(super) const CONTAINER: (&str, Read) = ("image/png", read);

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Longest EXIF chunk, in bytes: as much as JPEG may hold, four times over.
const MAX_EXIF: usize = 256 << 10;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "png",
    title: "PNG image",
    group: Group::Images,
    gives: &["media"],
    versions: "PNG third edition",
    checked: "2026-11-21",
    sample: "tests/fixtures/exif/blue.png",
    origin: Origin::Synthetic,
    rank: Rank::Signature,
    sniff: |head| sniff(head.bytes),
    parse,
    owner: None,
};

/// Whether the head is of a PNG file.
pub(crate) fn sniff(head: &[u8]) -> bool {
    head.starts_with(SIGNATURE)
}

/// Reads an exhibit that is one image.
///
/// # Errors
/// When the bytes cannot be had or are more than the limit.
pub(crate) fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    row::alone(source, settings, sink, CONTAINER)
}

/// Reads the container.
fn read(bytes: &[u8]) -> Result<Picture, (RejectReason, &'static str)> {
    let mut picture = Picture::default();
    let mut hash = Sha256::new();
    let mut at = SIGNATURE.len();
    let mut first = true;
    while let Some((kind, data, next)) = chunk(bytes, at) {
        if first && (kind != b"IHDR" || data.len() != 13) {
            return Err((RejectReason::Syntax, "the first chunk is not `IHDR`"));
        }
        if first {
            picture.width = dimension(&data[0..4]);
            picture.height = dimension(&data[4..8]);
            first = false;
        }
        match kind {
            b"IEND" => {
                picture.sha256 = Some(hex(&hash.finalize()));
                return Ok(picture);
            }
            b"eXIf" if picture.exif.is_none() && data.len() <= MAX_EXIF => {
                picture.exif = Some(data.to_vec());
            }
            _ => {}
        }
        // Critical chunks have a capital first letter.
        if kind[0].is_ascii_uppercase() || kind == b"tRNS" {
            hash.update(kind);
            hash.update(data);
        }
        at = next;
    }
    Err((RejectReason::Truncated, "the image ends before `IEND`"))
}

/// The chunk at `at` and where the next one starts, if all of it is there.
fn chunk(bytes: &[u8], at: usize) -> Option<(&[u8; 4], &[u8], usize)> {
    let (length, rest) = bytes.get(at..)?.split_first_chunk::<4>()?;
    let (kind, rest) = rest.split_first_chunk::<4>()?;
    let length = u32::from_be_bytes(*length) as usize;
    let data = rest.get(..length)?;
    // Four bytes of checksum follow.
    rest.get(length..length.checked_add(4)?)?;
    Some((kind, data, at + 12 + length))
}

fn dimension(bytes: &[u8]) -> Option<i64> {
    let number = bytes.first_chunk::<4>().map(|bytes| u32::from_be_bytes(*bytes))?;
    (number > 0).then_some(i64::from(number))
}

#[cfg(test)]
mod tests;
