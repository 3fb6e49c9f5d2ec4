//! Colour profiles.
//!
//! In: an ICC profile. Out: the maker and the time of the profile and the device that it describes:
//! the profile of a screenshot is often that of the screen. The tag `mmod` of Apple holds the maker,
//! model, serial number and date of a display; it is kept as four hexadecimal numbers, where
//! `ExifTool` gives its bytes.
//!
//! Refused: a profile without the signature `acsp`; a tag for the second time; more than [`TAGS`] tags, more than [`LANGUAGES`]
//! languages of a text.
//!
//! ICC.1:2022, clauses 7.2 (header), 7.3 (tag table), 10.15 (multi-localised text),
//! <https://www.color.org/specification/ICC.1-2022-05.pdf>.

use std::collections::BTreeSet;

use crate::charset::{guessed, utf16_be};
use crate::collector::Collector;
use crate::part::Part;

/// The group of the header.
const HEADER: &str = "ICC-header";
/// The group of the tags.
const GROUP: &str = "ICC_Profile";
/// Most tags.
const TAGS: u32 = 100;
/// Most languages of a text.
const LANGUAGES: u32 = 40;
/// Most bytes of a text that are looked at.
const TEXT: usize = 8 << 10;
/// Bytes of the header.
const HEADER_LENGTH: usize = 128;

/// Reads a profile.
pub(crate) fn read(part: &Part<'_>, out: &mut Collector) {
    if part.bytes().get(36..40) != Some(b"acsp") || part.len() < HEADER_LENGTH {
        out.flaw(part.whole().start, "a colour profile without its signature");
        return;
    }
    for (at, name) in [
        (4, "ProfileCMMType"),
        (40, "PrimaryPlatform"),
        (48, "DeviceManufacturer"),
        (52, "DeviceModel"),
        (80, "ProfileCreator"),
    ] {
        let Some(field) = part.get(at..at + 4) else { return };
        out.add(HEADER, name, &guessed(up_to_nul(field.bytes())), field.whole());
    }
    if let Some(field) = part.get(24..36) {
        out.add(HEADER, "ProfileDateTime", &date(field.bytes()), field.whole());
    }
    if let Some(field) = part.get(84..100).filter(|field| field.bytes() != [0; 16]) {
        let numbers: Vec<_> = field.bytes().iter().map(u8::to_string).collect();
        out.add(HEADER, "ProfileID", &numbers.join(" "), field.whole());
    }
    tags(part, out);
}

fn tags(part: &Part<'_>, out: &mut Collector) {
    let Some(count) = number(part.bytes(), HEADER_LENGTH) else { return };
    if count > TAGS {
        out.flaw(
            part.place(HEADER_LENGTH..HEADER_LENGTH + 4).start,
            "a colour profile with too many tags",
        );
    }
    let mut seen = BTreeSet::new();
    for index in 0..count.min(TAGS) {
        let at = HEADER_LENGTH + 4 + 12 * index as usize;
        let entry = part.bytes().get(at..at + 12);
        let Some((kind, rest)) = entry.and_then(|entry| entry.split_first_chunk::<4>()) else {
            out.flaw(part.whole().end, "a colour profile that ends within its tags");
            return;
        };
        let name = match kind {
            b"desc" => "ProfileDescription",
            b"cprt" => "ProfileCopyright",
            b"dmnd" => "DeviceMfgDesc",
            b"dmdd" => "DeviceModelDesc",
            b"dscm" => "ProfileDescriptionML",
            b"mmod" => "MakeAndModel",
            b"calt" => "CalibrationDateTime",
            _ => continue,
        };
        // One of each, so that a table of copies does not crowd out other fields.
        if !seen.insert(kind) {
            continue;
        }
        let (Some(start), Some(size)) = (number(rest, 0), number(rest, 4)) else { return };
        let (start, size) = (start as usize, size as usize);
        match start.checked_add(size).and_then(|end| part.get(start..end)) {
            Some(tag) => value(name, &tag, out),
            None => {
                out.flaw(part.place(at..at).start, "a tag beyond the end of the colour profile");
            }
        }
    }
}

/// The value of a tag, by its type.
fn value(name: &str, tag: &Part<'_>, out: &mut Collector) {
    let bytes = tag.bytes();
    match bytes.first_chunk::<4>() {
        Some(b"desc") => {
            let length = number(bytes, 8).unwrap_or_default() as usize;
            let text = length.checked_add(12).and_then(|end| tag.get(12..end));
            if let Some(text) = text {
                out.add(GROUP, name, &plain(text.bytes()), text.whole());
            }
        }
        Some(b"text") => {
            let text = tag.from(8);
            out.add(GROUP, name, &plain(text.bytes()), text.whole());
        }
        Some(b"mluc") => languages(name, tag, out),
        Some(b"dtim") => {
            if let Some(field) = tag.get(8..20) {
                out.add(GROUP, name, &date(field.bytes()), field.whole());
            }
        }
        Some(b"mmod") => {
            if let Some(field) = tag.get(8..24) {
                let numbers = field.bytes().as_chunks::<4>().0.iter();
                let numbers: Vec<_> =
                    numbers.map(|number| format!("{:08x}", u32::from_be_bytes(*number))).collect();
                out.add(GROUP, name, &numbers.join(" "), field.whole());
            }
        }
        _ => {}
    }
}

/// A text in several languages: English is the one without a suffix.
fn languages(name: &str, tag: &Part<'_>, out: &mut Collector) {
    let bytes = tag.bytes();
    let (Some(count), Some(size)) = (number(bytes, 8), number(bytes, 12)) else { return };
    // A record of less than twelve bytes cannot be.
    for index in 0..count.min(LANGUAGES) {
        let step = (size as usize).max(12).checked_mul(index as usize);
        let Some(at) = step.and_then(|step| step.checked_add(16)) else { return };
        let Some(record) = at.checked_add(12).and_then(|end| bytes.get(at..end)) else { return };
        let (Some(length), Some(start)) = (number(record, 4), number(record, 8)) else { return };
        let (start, length) = (start as usize, length as usize);
        let Some(text) = start.checked_add(length).and_then(|end| tag.get(start..end)) else {
            out.flaw(tag.place(at..at).start, "a text beyond the end of its colour profile");
            return;
        };
        let letters = |range: std::ops::Range<usize>| {
            let code = record.get(range).unwrap_or_default();
            let code = code.iter().filter(|byte| byte.is_ascii_alphabetic());
            code.map(|byte| char::from(*byte)).collect::<String>()
        };
        let (language, country) = (letters(0..2), letters(2..4));
        let name = match (language.as_str(), country.as_str()) {
            ("en", "US") | ("", _) => name.to_owned(),
            (language, "") => format!("{name}-{language}"),
            (language, country) => format!("{name}-{language}-{country}"),
        };
        let text_bytes = text.bytes();
        let text_bytes = text_bytes.get(..TEXT).unwrap_or(text_bytes);
        let decoded = utf16_be(text_bytes);
        out.add(GROUP, &name, decoded.split('\0').next().unwrap_or_default(), text.whole());
    }
}

fn plain(bytes: &[u8]) -> String {
    let bytes = up_to_nul(bytes);
    guessed(bytes.get(..TEXT).unwrap_or(bytes))
}

fn up_to_nul(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == 0).next().unwrap_or_default()
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk::<4>().map(|bytes| u32::from_be_bytes(*bytes))
}

/// Six numbers; none of them set is no date.
fn date(bytes: &[u8]) -> String {
    let numbers: Vec<_> =
        bytes.as_chunks::<2>().0.iter().map(|number| u16::from_be_bytes(*number)).collect();
    match numbers.as_slice() {
        [0, 0, 0, 0, 0, 0] => String::new(),
        [year, month, day, hour, minute, second] => {
            format!("{year:04}:{month:02}:{day:02} {hour:02}:{minute:02}:{second:02}")
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests;
