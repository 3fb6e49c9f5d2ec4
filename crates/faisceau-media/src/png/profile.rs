//! Profiles that are written as text.
//!
//! In: the text of a key such as `Raw profile type exif`: a name, a length, and the bytes in
//! hexadecimal digits. Out: the fields of the block inside. `ImageMagick` writes these, and what uses
//! its library.

use crate::collector::Collector;
use crate::part::Part;
use crate::{blocks, icc, iptc, photoshop, xmp};

/// Most bytes of a profile.
const PROFILE: usize = 2 << 20;

/// Reads the profile of a key, if it is the key of one.
pub(super) fn read(key: &str, value: &Part<'_>, out: &mut Collector) -> bool {
    let Some(kind) = key.strip_prefix("Raw profile type ") else { return false };
    let Some(bytes) = decoded(value.bytes()) else {
        out.flaw(value.whole().start, "a raw profile that is not hexadecimal");
        return true;
    };
    let part = Part::unpacked(&bytes, value.whole());
    match kind.to_ascii_lowercase().as_str() {
        "exif" | "app1" => application(&part, out),
        "iptc" | "8bim" if bytes.first() == Some(&0x1c) => iptc::read(&part, out),
        "iptc" | "8bim" => photoshop::read(&part, out),
        "xmp" => xmp::read(&part, out),
        "icc" | "icm" => icc::read(&part, out),
        _ => {}
    }
    true
}

/// What a JPEG has in its first segment: EXIF or XMP.
fn application(part: &Part<'_>, out: &mut Collector) {
    if let Some(packet) = part.strip(b"http://ns.adobe.com/xap/1.0/\0") {
        xmp::read(&packet, out);
    } else {
        let block = part.strip(b"Exif\0\0").unwrap_or_else(|| part.clone());
        blocks::exif(&block, out);
    }
}

/// The bytes after the name and the length.
fn decoded(text: &[u8]) -> Option<Vec<u8>> {
    let text = text.strip_prefix(b"\n")?;
    let mut lines = text.splitn(3, |byte| *byte == b'\n');
    let (_name, length, digits) = (lines.next()?, lines.next()?, lines.next()?);
    std::str::from_utf8(length).ok()?.trim().parse::<usize>().ok()?;
    let mut high = None;
    let mut bytes = Vec::new();
    for byte in digits.iter().filter(|byte| !byte.is_ascii_whitespace()) {
        let digit = char::from(*byte).to_digit(16)? as u8;
        match high.take() {
            None => high = Some(digit),
            Some(first) => bytes.push(first << 4 | digit),
        }
        if bytes.len() >= PROFILE {
            break;
        }
    }
    Some(bytes)
}
