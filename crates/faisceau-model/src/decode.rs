//! Bytes of unknown encoding to text.

use std::borrow::Cow;

/// The text of a record: UTF-8, else Windows-1252 as a whole.
///
/// Windows-1252 gives every byte a meaning, so that nothing is lost and nothing fails; the five
/// bytes that it leaves open become the C1 control characters of the same number.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(windows_1252(bytes)),
    }
}

/// Reads bytes as Windows-1252 (WHATWG index).
pub fn windows_1252(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|&byte| match byte {
            0x80..=0x9f => HIGH_CONTROLS[usize::from(byte - 0x80)],
            _ => char::from(byte),
        })
        .collect()
}

/// What Windows-1252 has at 0x80 to 0x9f.
const HIGH_CONTROLS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_not_utf8_are_read_as_windows_1252() {
        assert_eq!(decode(b"d\xc3\xa9j\xc3\xa0"), "déjà");
        assert_eq!(decode(b"d\xe9j\xe0 \x80 \x93ici\x94 \x81"), "déjà € “ici” \u{81}");
    }
}
