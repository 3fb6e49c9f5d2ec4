//! Maker notes that are no directory.

use super::super::value;
use crate::collector::Collector;
use crate::part::Part;

/// Reads notes of a fixed structure; whether they are one.
pub(super) fn read(note: &Part<'_>, make: &str, out: &mut Collector) -> bool {
    let bytes = note.bytes();
    if bytes.starts_with(&[0x01, 0xf1])
        && (matches!(bytes.get(2..4), Some([2 | 3, 0])) || make.starts_with("RECONYX"))
    {
        reconyx(note, out);
        return true;
    }
    false
}

/// Trail cameras: the serial number is UTF-16 at byte 0x2a.
fn reconyx(note: &Part<'_>, out: &mut Collector) {
    if let Some(part) = note.get(0x2a..0x2a + 30) {
        let serial = value::utf16(part.bytes(), false);
        out.add("Reconyx", "SerialNumber", &serial, part.whole());
    }
}
