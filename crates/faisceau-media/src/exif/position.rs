//! The directory of the satellite receiver: position, heading, and its own clock.
//!
//! Its times are UTC by the standard, so that they check the clock of the camera.

use super::directory::{Directory, Entry};
use super::tags::{Tag, plain};
use super::value;
use crate::collector::Collector;
use crate::decimal::{general, perl};
use crate::field::group;

/// What is written as its type says.
pub(crate) const TAGS: &[Tag] = &[
    plain(0x0001, "GPSLatitudeRef"),
    plain(0x0003, "GPSLongitudeRef"),
    plain(0x0005, "GPSAltitudeRef"),
    plain(0x0006, "GPSAltitude"),
    plain(0x0008, "GPSSatellites"),
    plain(0x0009, "GPSStatus"),
    plain(0x000a, "GPSMeasureMode"),
    plain(0x000b, "GPSDOP"),
    plain(0x000c, "GPSSpeedRef"),
    plain(0x000d, "GPSSpeed"),
    plain(0x000e, "GPSTrackRef"),
    plain(0x000f, "GPSTrack"),
    plain(0x0010, "GPSImgDirectionRef"),
    plain(0x0011, "GPSImgDirection"),
    plain(0x0012, "GPSMapDatum"),
    plain(0x0013, "GPSDestLatitudeRef"),
    plain(0x0015, "GPSDestLongitudeRef"),
    plain(0x0017, "GPSDestBearingRef"),
    plain(0x0018, "GPSDestBearing"),
    plain(0x001d, "GPSDateStamp"),
    plain(0x001f, "GPSHPositioningError"),
];

/// Degrees, minutes, seconds.
pub(crate) const ANGLES: &[Tag] = &[
    plain(0x0002, "GPSLatitude"),
    plain(0x0004, "GPSLongitude"),
    plain(0x0014, "GPSDestLatitude"),
    plain(0x0016, "GPSDestLongitude"),
];

const TIME: u16 = 0x0007;
/// A comment with its encoding before it: who told the position.
const METHOD: u16 = 0x001b;

/// Reads the directory.
pub(crate) fn read(directory: &Directory<'_>, out: &mut Collector) {
    for entry in &directory.entries {
        let at = entry.data.whole();
        if let Some(tag) = Tag::find(TAGS, entry.tag) {
            out.add(group::GPS, tag.name, &tag.print(entry), at);
        } else if let Some(tag) = Tag::find(ANGLES, entry.tag) {
            match angle(entry) {
                Some(degrees) => out.add(group::GPS, tag.name, &perl(degrees), at),
                None => out.flaw(at.start, "an angle without number"),
            }
        } else if entry.tag == TIME {
            match time(entry) {
                Some(time) => out.add(group::GPS, "GPSTimeStamp", &time, at),
                None => out.flaw(at.start, "a time of the receiver without number"),
            }
        } else if entry.tag == METHOD {
            out.add(group::GPS, "GPSProcessingMethod", &value::comment(entry), at);
        }
    }
}

/// Degrees, with minutes and seconds where they are.
fn angle(entry: &Entry<'_>) -> Option<f64> {
    let part = |index: usize| match value::ratio(entry, index) {
        Some(Ok(number)) => Some(number),
        // Minutes and seconds may be missing, the degrees may not.
        Some(Err(_)) | None if index > 0 => Some(0.0),
        _ => None,
    };
    Some(part(0)? + part(1)? / 60.0 + part(2)? / 3600.0)
}

/// `07:30:14`, with a fraction where there is one.
fn time(entry: &Entry<'_>) -> Option<String> {
    let part = |index: usize| value::ratio(entry, index)?.ok();
    let seconds = part(0)? * 3600.0 + part(1)? * 60.0 + part(2)?;
    if !(0.0..=90_000.0).contains(&seconds) {
        return None;
    }
    let whole = seconds.floor() as u32;
    let fraction = general(((seconds - seconds.floor()) * 1e9).round() / 1e9, 9);
    let fraction = fraction.strip_prefix('0').unwrap_or("");
    Some(format!("{:02}:{:02}:{:02}{fraction}", whole / 3600, whole / 60 % 60, whole % 60))
}
