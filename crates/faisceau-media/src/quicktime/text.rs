//! Texts of `QuickTime` and 3GPP boxes: which alphabet, where they end.
//!
//! In: bytes. Out: text. What is no text of its alphabet becomes U+FFFD.

/// The upper half of the alphabet of the classic Mac OS; U+F8FF is the apple of its maker.
#[rustfmt::skip]
const ROMAN: [char; 128] = [
    'Ä', 'Å', 'Ç', 'É', 'Ñ', 'Ö', 'Ü', 'á', 'à', 'â', 'ä', 'ã', 'å', 'ç', 'é', 'è',
    'ê', 'ë', 'í', 'ì', 'î', 'ï', 'ñ', 'ó', 'ò', 'ô', 'ö', 'õ', 'ú', 'ù', 'û', 'ü',
    '†', '°', '¢', '£', '§', '•', '¶', 'ß', '®', '©', '™', '´', '¨', '≠', 'Æ', 'Ø',
    '∞', '±', '≤', '≥', '¥', 'µ', '∂', '∑', '∏', 'π', '∫', 'ª', 'º', 'Ω', 'æ', 'ø',
    '¿', '¡', '¬', '√', 'ƒ', '≈', '∆', '«', '»', '…', '\u{a0}', 'À', 'Ã', 'Õ', 'Œ', 'œ',
    '–', '—', '“', '”', '‘', '’', '÷', '◊', 'ÿ', 'Ÿ', '⁄', '€', '‹', '›', 'ﬁ', 'ﬂ',
    '‡', '·', '‚', '„', '‰', 'Â', 'Ê', 'Á', 'Ë', 'È', 'Í', 'Î', 'Ï', 'Ì', 'Ó', 'Ô',
    '\u{f8ff}', 'Ò', 'Ú', 'Û', 'Ù', 'ı', 'ˆ', '˜', '¯', '˘', '˙', '˚', '¸', '˝', '˛', 'ˇ',
];

/// Longest text that is looked at, in bytes; more is cut where it is shown.
const LONGEST: usize = 16_384;

/// UTF-16 if a mark says so, else UTF-8, else the alphabet of the classic Mac OS.
pub(super) fn any(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(rest);
    }
    let bytes = bytes.get(..LONGEST).unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // The text was cut inside of a letter.
        Err(error) if error.error_len().is_none() && bytes.len() == LONGEST => {
            String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default())
                .into_owned()
        }
        Err(_) => bytes.iter().map(|byte| roman(*byte)).collect(),
    }
}

fn roman(byte: u8) -> char {
    match byte.checked_sub(0x80) {
        None => char::from(byte),
        Some(upper) => {
            ROMAN.get(usize::from(upper)).copied().unwrap_or(char::REPLACEMENT_CHARACTER)
        }
    }
}

/// UTF-16, most significant byte first.
pub(super) fn utf16(bytes: &[u8]) -> String {
    let bytes = bytes.get(..LONGEST).unwrap_or(bytes);
    let units = bytes
        .chunks_exact(2)
        .filter_map(|pair| pair.first_chunk().copied().map(u16::from_be_bytes));
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// A text up to its NUL, and what follows; a text of UTF-16 begins with a mark and ends in two NUL.
pub(super) fn terminated(bytes: &[u8]) -> Option<(String, &[u8])> {
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        let end = rest.chunks_exact(2).position(|unit| unit == [0, 0])? * 2;
        return Some((utf16(rest.get(..end)?), rest.get(end + 2..)?));
    }
    let end = bytes.iter().position(|byte| *byte == 0)?;
    Some((any(bytes.get(..end)?), bytes.get(end + 1..)?))
}

/// The bytes before the first NUL.
pub(super) fn before_nul(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == 0).next().unwrap_or(bytes)
}

/// A text with its length in the first byte, or one without; programs write both.
pub(super) fn counted(bytes: &[u8]) -> String {
    let text = match bytes.split_first() {
        Some((length, rest)) if *length < 32 => rest.get(..usize::from(*length)).unwrap_or(bytes),
        _ => bytes,
    };
    any(before_nul(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alphabets() {
        assert_eq!(any("é".as_bytes()), "é");
        assert_eq!(any(b"caf\x8e"), "café");
        assert_eq!(any(b"\xd2\xf0\xff"), "“\u{f8ff}ˇ");
        assert_eq!(any(b"\xfe\xff\x04\x3f\xd8"), "п");
        assert_eq!(utf16(&[0xd8, 0x3d, 0xde, 0x00]), "😀");
        assert_eq!(utf16(&[0xd8, 0x3d]), "\u{fffd}");
        let long = format!("a{}", "é".repeat(LONGEST));
        assert!(long.starts_with(&any(long.as_bytes())), "cut, and still UTF-8");
    }

    #[test]
    fn ends() {
        assert_eq!(terminated(b"ab\0rest"), Some(("ab".into(), b"rest".as_slice())));
        assert_eq!(terminated(b"\xfe\xff\0a\0\0rest"), Some(("a".into(), b"rest".as_slice())));
        assert_eq!(terminated(b"ab"), None);
        assert_eq!(counted(b"\x05H.264\0\0\0"), "H.264");
        assert_eq!(counted(b"VideoHandle\0"), "VideoHandle");
        assert_eq!(counted(b""), "");
    }
}
