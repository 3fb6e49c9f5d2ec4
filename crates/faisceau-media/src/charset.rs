//! Text whose encoding is not stated, or is stated wrongly.
//!
//! In: bytes. Out: text. UTF-8 where the bytes are UTF-8 (many writers ignore that the standard asks
//! for Latin-1), else Windows-1252, which is Latin-1 with letters in place of control characters.
//!
//! Windows-1252: <https://encoding.spec.whatwg.org/index-windows-1252.txt>.

/// The characters of 0x80 to 0x9F; those that are not assigned stand for themselves.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// UTF-8, or Windows-1252 where it is not.
pub(crate) fn guessed(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| windows_1252(*byte)).collect(),
    }
}

/// UTF-16, the first byte of a unit being the higher.
pub(crate) fn utf16_be(bytes: &[u8]) -> String {
    let units = bytes.as_chunks::<2>().0.iter().map(|unit| u16::from_be_bytes(*unit));
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn windows_1252(byte: u8) -> char {
    let high = byte.checked_sub(0x80).and_then(|index| HIGH.get(usize::from(index)));
    high.copied().unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_the_encoding_it_has() {
        assert_eq!(guessed("déjà".as_bytes()), "déjà");
        assert_eq!(guessed(b"d\xe9j\xe0 \x80\x9f\x81"), "déjà €Ÿ\u{81}");
        assert_eq!(utf16_be(b"\0a\0\xe9\xd8\0\0b!"), "aé\u{fffd}b");
    }
}
