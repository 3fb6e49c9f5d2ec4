//! The header of the file, the description of the segment, the tracks, the attachments.
//!
//! RFC 9559, section 5.1.

use super::MATROSKA;
use super::ebml::{Element, elements, float, hexadecimal, text, unsigned};
use crate::civil::civil;
use crate::collector::Collector;
use crate::decimal::perl;
use crate::part::Part;
use crate::quicktime::track_group;

/// Seconds from 1970 to 2001.
const TO_2001: i64 = 978_307_200;
/// Nanoseconds of a unit of time, where the file does not say.
const UNIT: u64 = 1_000_000;
/// Most attachments.
const ATTACHMENTS: usize = 256;

fn first<'s, 'a>(elements: &'s [Element<'a>], id: u32) -> Option<&'s Part<'a>> {
    elements.iter().find(|element| element.id == id).map(|element| &element.body)
}

/// The kind of document.
pub(super) fn header(header: &[Element<'_>], out: &mut Collector) {
    if let Some(body) = first(header, 0x4282) {
        let kind = text(body);
        if kind == "webm" {
            out.found.mime = "video/webm";
        }
        out.add(MATROSKA, "DocType", &kind, body.whole());
    }
}

/// When and by what the segment was written.
pub(super) fn information(information: &[Element<'_>], out: &mut Collector) {
    let unit = first(information, 0x2a_d7b1).and_then(unsigned).unwrap_or(UNIT);
    for Element { id, body } in information {
        let (name, value) = match id {
            0x73a4 => ("SegmentUID", hexadecimal(body)),
            0x7384 => ("SegmentFileName", text(body)),
            0x3c_b923 => ("PrevUID", hexadecimal(body)),
            0x3c_83ab => ("PrevFileName", text(body)),
            0x3e_b923 => ("NextUID", hexadecimal(body)),
            0x3e_83bb => ("NextFileName", text(body)),
            0x7ba9 => ("Title", text(body)),
            0x4d80 => ("MuxingApp", text(body)),
            0x5741 => ("WritingApp", text(body)),
            0x4489 => {
                let Some(length) = float(body) else { continue };
                ("Duration", perl(length * unit as f64 / 1e9))
            }
            0x4461 => {
                let Some(date) = date(body) else { continue };
                ("DateTimeOriginal", date)
            }
            _ => continue,
        };
        out.add(MATROSKA, name, &value, body.whole());
    }
}

/// Nanoseconds since 2001, UTC; a fraction of a second only where there is one.
fn date(body: &Part<'_>) -> Option<String> {
    let nanoseconds = i64::from_be_bytes(*body.bytes().first_chunk()?);
    let fraction = nanoseconds.rem_euclid(1_000_000_000);
    let date = civil(nanoseconds.div_euclid(1_000_000_000) + TO_2001)?;
    let fraction = if fraction == 0 { String::new() } else { format!(".{fraction:09}") };
    Some(format!("{date}{}Z", fraction.trim_end_matches('0')))
}

/// The tracks, grouped by the number that they give themselves.
pub(super) fn tracks(tracks: &[Element<'_>], out: &mut Collector) {
    let (mut video, mut audio) = (false, false);
    for entry in tracks.iter().filter(|element| element.id == 0xae) {
        let parts = elements(&entry.body);
        let number =
            first(&parts, 0xd7).and_then(unsigned).and_then(|number| usize::try_from(number).ok());
        let Some(group) = number.and_then(track_group) else {
            out.flaw(
                entry.body.whole().start,
                "a track without a number, or with one beyond those read",
            );
            continue;
        };
        let kind = first(&parts, 0x83).and_then(unsigned);
        video |= matches!(kind, Some(1 | 3));
        audio |= kind == Some(2);
        for Element { id, body } in &parts {
            let (name, value) = match id {
                0x73c5 => ("TrackUID", hexadecimal(body)),
                0x536e => ("TrackName", text(body)),
                0x22_b59c => ("TrackLanguage", text(body)),
                _ => continue,
            };
            out.add(group, name, &value, body.whole());
        }
        if let Some(picture) = first(&parts, 0xe0) {
            size(&elements(picture), group, out);
        }
    }
    if audio && !video && out.found.mime == "video/x-matroska" {
        out.found.mime = "audio/x-matroska";
    }
}

/// Width and height of the picture as it is coded; those of the first track are those of the video.
fn size(picture: &[Element<'_>], group: &'static str, out: &mut Collector) {
    let of =
        |id| first(picture, id).and_then(|body| Some((u32::try_from(unsigned(body)?).ok()?, body)));
    let (Some((width, at)), Some((height, below))) = (of(0xb0), of(0xba)) else { return };
    out.add(group, "ImageWidth", &width.to_string(), at.whole());
    out.add(group, "ImageHeight", &height.to_string(), below.whole());
    if out.found.width.is_none() {
        (out.found.width, out.found.height) = (Some(width), Some(height));
    }
}

/// Names of attached files; a JPEG among them is the thumbnail.
pub(super) fn attachments(attachments: &[Element<'_>], out: &mut Collector) {
    for file in attachments.iter().filter(|element| element.id == 0x61a7).take(ATTACHMENTS) {
        for Element { id, body } in elements(&file.body) {
            let (name, value) = match id {
                0x467e => ("AttachedFileDescription", text(&body)),
                0x466e => ("AttachedFileName", text(&body)),
                0x4660 => ("AttachedFileMIMEType", text(&body)),
                0x46ae => ("AttachedFileUID", hexadecimal(&body)),
                0x465c
                    if body.bytes().starts_with(b"\xff\xd8\xff")
                        && out.found.thumbnail.is_none() =>
                {
                    out.found.thumbnail = Some(body.whole());
                    continue;
                }
                _ => continue,
            };
            out.add(MATROSKA, name, &value, body.whole());
        }
    }
}
