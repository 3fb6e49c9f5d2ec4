//! The list `ilst` of a `meta` box, and the list of keys beside it.
//!
//! In: the boxes of a `meta` box. Out: the entries, named by their key, or by the four characters that
//! iTunes defined, or by the name that an entry `----` brings along. Values that are neither text nor
//! number (pictures) are left out.
//!
//! <https://developer.apple.com/documentation/quicktime-file-format/metadata_atoms_and_types>.

use super::names::{self, Form};
use super::{ITEM_LIST, ITUNES, KEYS, QUICKTIME, position, text, time, track, xml};
use crate::bmff::{Atom, atoms, first};
use crate::collector::Collector;
use crate::decimal::perl;
use crate::part::Part;

/// Most keys.
const MOST: usize = 4_096;

/// Reads the list; all of it belongs to one group if one is given.
pub(super) fn list(meta: &[Atom<'_>], group: Option<&'static str>, out: &mut Collector) {
    if let Some(handler) = first(meta, *b"hdlr") {
        track::handler(&handler.body, group.unwrap_or(QUICKTIME), out);
    }
    if let Some((_, text)) = first(meta, *b"xml ").and_then(Atom::full) {
        xml::read(&text, out);
    }
    let keys = first(meta, *b"keys").map_or_else(Vec::new, |atom| keys(&atom.body, out));
    for entry in first(meta, *b"ilst").map_or_else(Vec::new, |atom| atoms(&atom.body, out)) {
        let number = (u32::from_be_bytes(entry.kind) as usize).checked_sub(1);
        if let Some(key) = number.and_then(|number| keys.get(number)) {
            if let Some((name, form)) = key {
                values(&entry, group.unwrap_or(KEYS), name, *form, out);
            }
        } else if entry.kind == *b"----" {
            own(&entry, group.unwrap_or(ITUNES), out);
        } else if entry.kind == *b"covr" {
            cover(&entry, out);
        } else if let Some((name, form)) = names::item(entry.kind) {
            values(&entry, group.unwrap_or(ITEM_LIST), name, form, out);
        }
    }
}

/// The names of the keys in their order; `None` for one that cannot be named.
fn keys(body: &Part<'_>, out: &mut Collector) -> Vec<Option<(String, Form)>> {
    // A key has size, name space and name: the form of a box.
    let keys = atoms(&body.from(8), out);
    let named = keys.iter().take(MOST).map(|key| {
        let name = String::from_utf8_lossy(text::before_nul(key.body.bytes()));
        names::key(&key.kind, &name)
    });
    named.collect()
}

/// Each `data` box of an entry.
fn values(entry: &Atom<'_>, group: &'static str, name: &str, form: Form, out: &mut Collector) {
    for data in atoms(&entry.body, out).iter().filter(|atom| atom.kind == *b"data") {
        if let Some((text, value)) = value(&data.body) {
            let shown = match form {
                Form::Date => time::from_text(&text),
                Form::Position => position::from_text(&text),
                _ => text,
            };
            out.add(group, name, &shown, value.whole());
        }
    }
}

/// A cover is the preview if it is a JPEG.
fn cover(entry: &Atom<'_>, out: &mut Collector) {
    for data in atoms(&entry.body, out) {
        let picture = data.body.from(8);
        if picture.bytes().starts_with(b"\xff\xd8\xff") && out.found.thumbnail.is_none() {
            out.found.thumbnail = Some(picture.whole());
        }
    }
}

/// An entry that brings along its name.
fn own(entry: &Atom<'_>, group: &'static str, out: &mut Collector) {
    let parts = atoms(&entry.body, out);
    let Some((_, name)) = first(&parts, *b"name").and_then(Atom::full) else { return };
    let name: String = String::from_utf8_lossy(name.bytes())
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'))
        .collect();
    // How loud the sound is, and how long its silence.
    if name.is_empty() || matches!(name.as_str(), "iTunNORM" | "iTunSMPB") {
        return;
    }
    for data in parts.iter().filter(|atom| atom.kind == *b"data") {
        if let Some((shown, value)) = value(&data.body) {
            out.add(group, &name, &shown, value.whole());
        }
    }
}

/// The value of a `data` box as text, and its bytes: type, country and language stand before it.
fn value<'a>(body: &Part<'a>) -> Option<(String, Part<'a>)> {
    let kind = u32::from_be_bytes(*body.bytes().first_chunk()?);
    let value = body.get(8..body.len())?;
    let bytes = value.bytes();
    let shown = match kind {
        1 | 4 => text::any(bytes),
        2 | 5 => text::utf16(bytes),
        21 | 65 | 66 | 67 | 74 => signed(bytes)?.to_string(),
        0 if bytes.len() > 2 => return None,
        0 | 22 | 75..=78 => unsigned(bytes)?.to_string(),
        23 => perl(f64::from(f32::from_be_bytes(*bytes.first_chunk()?))),
        24 => perl(f64::from_be_bytes(*bytes.first_chunk()?)),
        _ => return None,
    };
    Some((shown, value))
}

fn unsigned(bytes: &[u8]) -> Option<u64> {
    let whole = (1..=8).contains(&bytes.len());
    whole.then(|| bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

fn signed(bytes: &[u8]) -> Option<i64> {
    let number = unsigned(bytes)?;
    let unused = 64_usize.checked_sub(8 * bytes.len())?;
    // The sign is the highest bit of the bytes that are there.
    Some((number << unused) as i64 >> unused)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: u32, bytes: &[u8]) -> Option<String> {
        let body = [&kind.to_be_bytes(), &[0; 4], bytes].concat();
        value(&Part::file(&body)).map(|(shown, _)| shown)
    }

    #[test]
    fn values_of_all_types() {
        assert_eq!(read(1, "iPhone é".as_bytes()), Some("iPhone é".into()));
        assert_eq!(read(2, &[0, b'a', 0, b'b']), Some("ab".into()));
        assert_eq!(read(21, &[0xff]), Some("-1".into()));
        assert_eq!(read(21, &[0x7f, 0xff]), Some("32767".into()));
        assert_eq!(read(74, &i64::MIN.to_be_bytes()), Some(i64::MIN.to_string()));
        assert_eq!(read(22, &[0xff, 0xff]), Some("65535".into()));
        assert_eq!(read(23, &30_f32.to_be_bytes()), Some("30".into()));
        assert_eq!(read(24, &0.25_f64.to_be_bytes()), Some("0.25".into()));
        assert_eq!(read(0, &[7]), Some("7".into()));
        assert_eq!(read(0, b"binary"), None);
        assert_eq!(read(13, b"\xff\xd8\xff"), None);
        assert_eq!(read(21, &[]), None);
        assert_eq!(read(21, &[0; 9]), None);
        assert_eq!(value(&Part::file(b"\0\0\0\x01")).map(|(shown, _)| shown), None);
    }
}
