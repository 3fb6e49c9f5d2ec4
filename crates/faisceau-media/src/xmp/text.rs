//! The characters of a packet.
//!
//! In: bytes. Out: text, and whether its bytes are others than those given. Bytes that are not of the
//! encoding become U+FFFD.

use std::borrow::Cow;

/// Decodes by the byte order mark, or by the zeros around the first `<`.
pub(super) fn decode(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    let owned = match bytes {
        [0, 0, 0xfe, 0xff, ..] | [0, 0, 0, b'<', ..] => wide(bytes, u32::from_be_bytes),
        [0xff, 0xfe, 0, 0, ..] | [b'<', 0, 0, 0, ..] => wide(bytes, u32::from_le_bytes),
        [0xfe, 0xff, ..] | [0, b'<', ..] => double(bytes, u16::from_be_bytes),
        [0xff, 0xfe, ..] | [b'<', 0, ..] => double(bytes, u16::from_le_bytes),
        _ => {
            let text = String::from_utf8_lossy(bytes);
            let moved = matches!(text, Cow::Owned(_));
            return (text, moved);
        }
    };
    (Cow::Owned(owned), true)
}

fn double(bytes: &[u8], number: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks::<2>().0.iter().map(|unit| number(*unit));
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn wide(bytes: &[u8], number: fn([u8; 4]) -> u32) -> String {
    let units = bytes.as_chunks::<4>().0.iter().map(|unit| number(*unit));
    units.map(|unit| char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}
