//! Records of Nikon cameras in `udta`: the box `NCTG` inside of `NCDT`.
//!
//! In: records of number, format and count as in TIFF, and a value. Out: the camera, its serial number,
//! its lens, its times and its position. Encrypted records are left out.
//!
//! The numbers are what `ExifTool` found (`Image::ExifTool::Nikon`, table NCTG).

use super::text;
use crate::bmff::number;
use crate::collector::Collector;
use crate::decimal::perl;
use crate::field::group::GPS;
use crate::part::Part;

/// The records of the camera.
pub(super) const NIKON: &str = "Nikon";
/// Most records that are looked at.
const RECORDS: usize = 1_024;

/// What a record is called.
fn name(number: u64) -> Option<(&'static str, &'static str)> {
    Some(match number {
        0x01 => (NIKON, "Make"),
        0x02 => (NIKON, "Model"),
        0x03 => (NIKON, "Software"),
        0x11 => (NIKON, "CreateDate"),
        0x12 => (NIKON, "DateTimeOriginal"),
        0x19 => (NIKON, "TimeZone"),
        0x110_a431 => (NIKON, "SerialNumber"),
        0x110_a433 => (NIKON, "LensMake"),
        0x110_a434 => (NIKON, "LensModel"),
        0x110_a435 => (NIKON, "LensSerialNumber"),
        0x120_0001 => (GPS, "GPSLatitudeRef"),
        0x120_0002 => (GPS, "GPSLatitude"),
        0x120_0003 => (GPS, "GPSLongitudeRef"),
        0x120_0004 => (GPS, "GPSLongitude"),
        0x120_0006 => (GPS, "GPSAltitude"),
        0x120_0012 => (GPS, "GPSMapDatum"),
        0x120_001d => (GPS, "GPSDateStamp"),
        _ => return None,
    })
}

/// Bytes of a value of a format of TIFF.
fn width(format: u64) -> Option<usize> {
    Some(match format {
        1 | 2 | 6 | 7 => 1,
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        5 | 10 | 12 => 8,
        _ => return None,
    })
}

/// Reads the records.
pub(super) fn read(body: &Part<'_>, out: &mut Collector) {
    let mut rest = body.clone();
    for _ in 0..RECORDS {
        let Some((tag, after)) = number(rest.bytes(), 4) else { return };
        let Some((format, after)) = number(after, 2) else { return };
        let Some((count, _)) = number(after, 2) else { return };
        rest = rest.from(8);
        let length = width(format).and_then(|width| width.checked_mul(count as usize));
        let Some(value) = length.and_then(|length| rest.get(0..length)) else {
            return out.flaw(rest.whole().start, "a record of Nikon is broken");
        };
        if let Some((group, name)) = name(tag) {
            let shown = match format {
                2 => text::any(text::before_nul(value.bytes())),
                5 => degrees(value.bytes()).map_or_else(String::new, perl),
                _ => String::new(),
            };
            out.add(group, name, &shown, value.whole());
        }
        rest = rest.from(value.len());
    }
}

/// Degrees, minutes, seconds, each as numerator and denominator; a single one is a plain number.
fn degrees(bytes: &[u8]) -> Option<f64> {
    let mut value = None;
    for (ratio, part) in bytes.chunks_exact(8).zip([1.0, 60.0, 3_600.0]) {
        let (numerator, rest) = number(ratio, 4)?;
        let (denominator, _) = number(rest, 4).filter(|(denominator, _)| *denominator > 0)?;
        value = Some(value.unwrap_or(0.0) + numerator as f64 / denominator as f64 / part);
    }
    value
}
