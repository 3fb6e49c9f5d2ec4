//! JPEG: size, coded picture and EXIF segment.
//!
//! In: a file that starts with SOI. Out: a row, also for a file that ends too early, as long as
//! its frame header is there. Refused: a file without frame header (`SOFn`): nothing says that it
//! holds a picture.
//!
//! The coded picture is every segment from SOI to EOI but `APPn` and `COM`, each with its marker and
//! length, and the entropy-coded data: tools that change only metadata leave it as it is, while
//! any new compression changes it. Thumbnails inside EXIF and what follows EOI play no part.
//!
//! Segment lengths lie in hostile files: a segment never reaches beyond the file, and bytes that
//! are no marker are skipped up to the next one.

use faisceau_model::{RejectReason, Sink};
use sha2::{Digest, Sha256};

use super::row::{self, Picture, Read, hex};
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::settings::ImportSettings;

/// How attached images of this format are read.
pub(super) const CONTAINER: (&str, Read) = ("image/jpeg", read);

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP15: u8 = 0xef;
const COM: u8 = 0xfe;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "jpeg",
    title: "JPEG image",
    group: Group::Images,
    gives: &["media"],
    versions: "JFIF, Exif 2.x",
    checked: "2026-11-21",
    sample: "tests/fixtures/exif/Canon_PowerShot_S330.jpg",
    origin: Origin::Real,
    rank: Rank::Signature,
    sniff: |head| sniff(head.bytes),
    parse,
    owner: None,
};

/// Whether the head is of a JPEG file.
pub(crate) fn sniff(head: &[u8]) -> bool {
    head.starts_with(&[0xff, SOI, 0xff])
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
    let mut frame = false;
    let mut hash = Sha256::new();
    let mut scan = Scan { bytes, at: 2 };
    let mut whole = false;
    while let Some(segment) = scan.next() {
        match segment.marker {
            EOI => {
                whole = true;
                break;
            }
            APP1 if picture.exif.is_none() => {
                picture.exif = segment.payload.strip_prefix(b"Exif\0\0").map(<[u8]>::to_vec);
            }
            APP0..=APP15 | COM => {}
            marker => {
                hash.update(segment.raw);
                if is_frame_header(marker) && segment.payload.len() >= 5 && !frame {
                    frame = true;
                    (picture.height, picture.width) = size(segment.payload);
                }
                if marker == SOS {
                    hash.update(scan.entropy_coded());
                }
            }
        }
    }
    if !frame {
        return Err((RejectReason::Truncated, "no frame header: the file holds no picture"));
    }
    picture.sha256 = whole.then(|| hex(&hash.finalize()));
    Ok(picture)
}

/// SOF0 to SOF15, without DHT (C4), JPG (C8) and DAC (CC).
fn is_frame_header(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

/// Height and width; a 0 says that another segment has it (DNL), which no camera writes.
fn size(payload: &[u8]) -> (Option<i64>, Option<i64>) {
    let number = |at: usize| i64::from(u16::from_be_bytes([payload[at], payload[at + 1]]));
    let known = |number: i64| (number > 0).then_some(number);
    (known(number(1)), known(number(3)))
}

/// A marker segment.
struct Segment<'a> {
    marker: u8,
    /// Marker, length and payload.
    raw: &'a [u8],
    /// What follows the length.
    payload: &'a [u8],
}

/// Walks the segments. Each step moves forward, so that no loop is possible.
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Scan<'a> {
    /// The next segment, cut at the end of the file if its length lies.
    fn next(&mut self) -> Option<Segment<'a>> {
        loop {
            self.at += memchr::memchr(0xff, self.bytes.get(self.at..)?)?;
            let start = self.at;
            // Any number of FF may fill the room before a marker.
            while self.bytes.get(self.at) == Some(&0xff) {
                self.at += 1;
            }
            let marker = *self.bytes.get(self.at)?;
            self.at += 1;
            match marker {
                // Stuffing, TEM, restarts and a second SOI stand alone and say nothing here.
                0x00 | 0x01 | 0xd0..=0xd7 | SOI => {}
                EOI => return Some(Segment { marker, raw: &[], payload: &[] }),
                _ => return self.segment(marker, start),
            }
        }
    }

    fn segment(&mut self, marker: u8, start: usize) -> Option<Segment<'a>> {
        let length = self.bytes.get(self.at..self.at + 2)?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]])).max(2);
        let end = (self.at + length).min(self.bytes.len());
        let payload = &self.bytes[(self.at + 2).min(end)..end];
        // Fill bytes before the marker are no part of the picture.
        let raw = &self.bytes[(self.at - 2).max(start)..end];
        self.at = end;
        Some(Segment { marker, raw, payload })
    }

    /// The data of a scan: up to a marker that is neither stuffing nor a restart.
    fn entropy_coded(&mut self) -> &'a [u8] {
        let start = self.at;
        let mut at = start;
        while let Some(step) = memchr::memchr(0xff, &self.bytes[at..]) {
            at += step;
            match self.bytes.get(at + 1) {
                Some(0x00 | 0xd0..=0xd7) => at += 2,
                Some(0xff) => at += 1,
                Some(_) => {
                    self.at = at;
                    return &self.bytes[start..at];
                }
                None => break,
            }
        }
        self.at = self.bytes.len();
        &self.bytes[start..]
    }
}

#[cfg(test)]
mod tests;
