//! JPEG: size, coded picture, tables, and the metadata of its application segments.
//!
//! In: a file that starts with SOI. Out: what it says of itself, also where it ends too early. A
//! file without frame header has no size: nothing says that it holds a picture.
//!
//! The coded picture is every segment from SOI to EOI but `APPn` and `COM`, each with its marker and
//! length, and the entropy-coded data: tools that change only metadata leave it as it is, while
//! any new compression changes it. Thumbnails inside EXIF and what follows EOI play no part.
//!
//! ITU-T T.81; application segments as ExifTool's documentation of JPEG lists them.

mod applications;
mod makers;
mod scan;
mod tables;

use sha2::{Digest, Sha256};

use crate::collector::Collector;
use crate::field::group;
use crate::part::Part;
use crate::tables::Tables;
use applications::Applications;
use scan::Scan;

const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const DQT: u8 = 0xdb;
const DHT: u8 = 0xc4;
const APP0: u8 = 0xe0;
const APP15: u8 = 0xef;
const COM: u8 = 0xfe;

/// Whether the head is of a JPEG file.
pub(crate) fn sniff(head: &[u8]) -> bool {
    head.starts_with(&[0xff, 0xd8, 0xff])
}

/// Reads a file.
pub(crate) fn read(file: &Part<'_>, out: &mut Collector) {
    out.found.mime = "image/jpeg";
    let mut hash = Sha256::new();
    let mut scan = Scan::new(file);
    let mut applications = Applications::default();
    let mut found = Tables::default();
    let (mut whole, mut scanned) = (false, false);
    while let Some(segment) = scan.next() {
        match segment.marker {
            EOI => {
                whole = true;
                trailer(&file.from(scan.at()), out);
                break;
            }
            APP0..=APP15 => applications.take(segment.marker - APP0, &segment.payload, out),
            COM => {
                let text = faisceau_model::decode(segment.payload.bytes());
                out.add(group::FILE, "Comment", &text, segment.payload.whole());
            }
            marker => {
                hash.update(segment.raw);
                if is_frame_header(marker) && out.found.height.is_none() {
                    size(segment.payload.bytes(), out);
                    tables::frame(marker, segment.payload.bytes(), &mut found);
                }
                match marker {
                    DQT if !scanned => tables::quantisation(segment.payload.bytes(), &mut found),
                    DHT if !scanned => tables::huffman(segment.payload.bytes(), &mut found),
                    SOS => {
                        scanned = true;
                        hash.update(scan.entropy_coded());
                    }
                    _ => {}
                }
            }
        }
    }
    applications.finish(out);
    out.found.tables = Some(found);
    if out.found.height.is_none() {
        out.flaw(file.whole().end, "no frame header: the file holds no picture");
    } else if whole {
        out.found.coded = Some(hash.finalize().into());
    } else {
        out.flaw(file.whole().end, "the picture ends too early");
    }
}

/// SOF0 to SOF15, without DHT (C4), JPG (C8) and DAC (CC).
fn is_frame_header(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

/// Height and width; a 0 says that another segment has it (DNL), which no camera writes.
fn size(payload: &[u8], out: &mut Collector) {
    if let Some([_, h1, h0, w1, w0]) = payload.first_chunk::<5>() {
        out.found.height = Some(u32::from(u16::from_be_bytes([*h1, *h0])));
        out.found.width = Some(u32::from(u16::from_be_bytes([*w1, *w0])));
    }
}

/// What follows the picture: a video of a moving photograph, notes of a maker, something hidden.
fn trailer(rest: &Part<'_>, out: &mut Collector) {
    if rest.len() > 0 {
        out.add(group::FILE, "TrailerBytes", &rest.len().to_string(), rest.whole());
    }
}

#[cfg(test)]
mod tests;
