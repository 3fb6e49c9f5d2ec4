//! The box `udta`: texts of the user, the device, the maker.
//!
//! In: its content. Out: its entries as fields. Its `meta` box is a list of its own.
//!
//! <https://developer.apple.com/documentation/quicktime-file-format/user_data_atoms>; 3GPP TS 26.244,
//! section 8. Entries of makers: what `ExifTool` found.

use super::names::{self, Form};
use super::{USER_DATA, gpmf, keys, nikon, position, text, time};
use crate::blocks;
use crate::bmff::{self, Atom, atoms, first};
use crate::collector::Collector;
use crate::hex::hex;
use crate::part::Part;

/// Longest identifier that is shown, in bytes.
const IDENTIFIER: usize = 64;
/// Bytes before the text of an entry of 3GPP: version, flags, language.
const WORLDWIDE: usize = 6;

/// Reads it; all of it belongs to one group if one is given.
pub(super) fn user_data(body: &Part<'_>, group: Option<&'static str>, out: &mut Collector) {
    for entry in atoms(body, out) {
        match &entry.kind {
            b"meta" => keys::list(&bmff::meta(&entry.body, out), group, out),
            b"XMP_" => blocks::xmp(&entry.body, out),
            b"PANA" | b"LEIC" => {
                if let Some(tiff) = embedded(&entry.body) {
                    blocks::exif(&tiff, out);
                }
            }
            b"RMKN" => blocks::exif(&entry.body, out),
            b"NCDT" => {
                if let Some(records) = first(&atoms(&entry.body, out), *b"NCTG") {
                    nikon::read(&records.body, out);
                }
            }
            b"GPMF" => gpmf::read(&entry.body, out),
            b"thmb" => thumbnail(&entry.body, out),
            _ => text(&entry, group.unwrap_or(USER_DATA), out),
        }
    }
}

fn text(entry: &Atom<'_>, group: &'static str, out: &mut Collector) {
    let bytes = entry.body.bytes();
    let Some((name, form)) = names::plain(entry.kind) else {
        return international(entry, group, out);
    };
    let shown = match form {
        Form::Hexadecimal => hex(bytes.get(..IDENTIFIER).unwrap_or(bytes)),
        Form::Worldwide => {
            text::any(bytes.get(WORLDWIDE..).unwrap_or_default()).trim_end_matches('\0').to_owned()
        }
        Form::Location => {
            let location = bytes.get(WORLDWIDE..).and_then(position::location);
            let Some(location) = location else {
                return out.flaw(entry.body.whole().start, "a location of 3GPP is broken");
            };
            location
        }
        Form::Device => {
            let bytes =
                if bytes.starts_with(&[0; 4]) { bytes.get(6..).unwrap_or_default() } else { bytes };
            text::any(text::before_nul(bytes))
        }
        Form::Texts => keywords(bytes),
        Form::Date => time::from_text(&text::any(text::before_nul(bytes))),
        Form::Position => position::from_text(&text::any(text::before_nul(bytes))),
        Form::Text => text::any(text::before_nul(bytes)),
    };
    out.add(group, name, &shown, entry.body.whole());
}

/// Texts with their length and language, one after another. Some programs count the four bytes of
/// length and language, most do not.
fn international(entry: &Atom<'_>, group: &'static str, out: &mut Collector) {
    if entry.kind[0] != 0xa9 {
        return;
    }
    let (name, form) = match names::international(entry.kind) {
        Some((name, form)) => (name.to_owned(), form),
        None => (format!("UserData_{}", text::any(&entry.kind[1..])), Form::Text),
    };
    let mut rest = entry.body.clone();
    while let Some([length, _]) = rest.bytes().first_chunk().map(|[a, b, c, d]| {
        [u16::from_be_bytes([*a, *b]), u16::from_be_bytes([*c, *d])].map(usize::from)
    }) {
        let inner = rest.from(4);
        let Some(value) = inner.get(0..length).or_else(|| inner.get(0..length.checked_sub(4)?))
        else {
            break;
        };
        let text = text::any(value.bytes());
        let text = text.trim_end_matches('\0');
        let shown = match form {
            Form::Date => time::from_text(text),
            Form::Position => position::from_text(text),
            _ => text.to_owned(),
        };
        out.add(group, &name, &shown, value.whole());
        rest = inner.from(value.len());
    }
}

/// Texts ended by NUL as one maker writes them, or counted texts after 3GPP.
fn keywords(bytes: &[u8]) -> String {
    let words: Vec<String> = if bytes.first() == Some(&0) {
        let mut rest = bytes.get(WORLDWIDE + 1..).unwrap_or_default();
        let mut words = Vec::new();
        while let Some((length, after)) = rest.split_first() {
            let Some((word, after)) = after.split_at_checked(usize::from(*length)) else { break };
            words.push(text::any(word));
            rest = after;
        }
        words
    } else {
        bytes.split(|byte| *byte == 0).map(text::any).collect()
    };
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ")
}

/// EXIF where the data of Panasonic and Leica hold what begins like a JPEG, and is none.
fn embedded<'a>(body: &Part<'a>) -> Option<Part<'a>> {
    let begins = |window: &[u8]| {
        window.starts_with(b"\xff\xd8\xff\xe1") && window.get(6..12) == Some(b"Exif\0\0")
    };
    let at = body.bytes().windows(12).position(begins)?;
    Some(body.from(at + 12))
}

/// A JPEG behind eight bytes of version, flags and format (3GPP TS 26.244, section 8.10).
fn thumbnail(body: &Part<'_>, out: &mut Collector) {
    let picture = body.from(8);
    if picture.bytes().starts_with(b"\xff\xd8\xff") && out.found.thumbnail.is_none() {
        out.found.thumbnail = Some(picture.whole());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exif_of_panasonic_begins_behind_its_marker() {
        let tiff = |bytes: &[u8]| embedded(&Part::file(bytes)).map(|part| part.bytes().to_vec());
        assert_eq!(tiff(b"DC-FT7\0\0\xff\xd8\xff\xe1\0\x20Exif\0\0II*\0"), Some(b"II*\0".to_vec()));
        assert_eq!(tiff(b"\xff\xd8\xff\xe1\0\x20Exif\0"), None);
        assert_eq!(tiff(b""), None);
    }
}
