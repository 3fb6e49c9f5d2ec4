//! Text strings and dates of PDF. In: the bytes of a string. Out: text as `exiftool -n` writes it.
//!
//! ISO 32000-1:2008, 7.9.2.2 "Text string type", 7.9.4 "Dates", Annex D "`PDFDocEncoding`"; ISO
//! 32000-2 adds UTF-8 behind a byte order mark.

/// `PDFDocEncoding` where it differs from Latin-1: 18 to 1F.
const LOW: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
/// 80 to A0.
const HIGH: [char; 33] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™',
    'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
];

/// A text string.
pub(super) fn text(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        return utf16(rest, u16::from_be_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
        return String::from_utf8_lossy(rest).into_owned();
    }
    bytes.iter().map(|byte| of_document_encoding(*byte)).collect()
}

fn of_document_encoding(byte: u8) -> char {
    let table: (&[char], u8) = match byte {
        0x18..=0x1f => (&LOW, 0x18),
        0x80..=0xa0 => (&HIGH, 0x80),
        _ => return char::from(byte),
    };
    table.0.get(usize::from(byte - table.1)).copied().unwrap_or('\u{fffd}')
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks::<2>().0.iter().map(|two| unit(*two));
    char::decode_utf16(units).map(|read| read.unwrap_or('\u{fffd}')).collect()
}

/// `2024:01:02 03:04:05+01:00`; as it is written, where it is not a date.
pub(super) fn date(written: &str) -> String {
    let digits = written.trim().trim_start_matches("D:");
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let (number, zone) = digits.split_at(length.min(14));
    if number.len() < 4 || (number.len() < 14 && !zone.is_empty()) {
        return written.to_owned();
    }
    // A date may leave out its end: "0001-01-01 00:00:00" stands for it.
    let full = format!("{number}{}", "00000101000000".get(number.len()..).unwrap_or_default());
    let part = |range: std::ops::Range<usize>| full.get(range).unwrap_or_default();
    let day = format!("{}:{}:{}", part(0..4), part(4..6), part(6..8));
    format!("{day} {}:{}:{}{}", part(8..10), part(10..12), part(12..14), offset(zone.trim()))
}

fn offset(zone: &str) -> String {
    let mut rest = zone.chars();
    let sign = match rest.next() {
        Some('Z' | 'z') => return "Z".to_owned(),
        Some(sign @ ('+' | '-')) => sign,
        _ => return String::new(),
    };
    let mut numbers = rest.as_str().split(['\'', ':', ' ']).filter(|part| !part.is_empty());
    let mut two = || numbers.next().filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let (Some(hours), minutes) = (two(), two()) else { return String::new() };
    // Without a mark between them, "+0100" is hours and minutes.
    match (hours.len(), minutes) {
        (4, None) => {
            let (hours, minutes) = hours.split_at(2);
            format!("{sign}{hours}:{minutes}")
        }
        _ => format!("{sign}{hours}:{}", minutes.unwrap_or("00")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_the_oracle_writes_them() {
        for (written, shown) in [
            ("D:20050718143045-04'00'", "2005:07:18 14:30:45-04:00"),
            ("D:20240102030405Z", "2024:01:02 03:04:05Z"),
            ("D:20240102030405Z00'00'", "2024:01:02 03:04:05Z"),
            ("D:20240102030405+05'30", "2024:01:02 03:04:05+05:30"),
            ("20240102030405", "2024:01:02 03:04:05"),
            ("D:2024", "2024:01:01 00:00:00"),
            ("D:202407", "2024:07:01 00:00:00"),
            ("yesterday", "yesterday"),
            ("", ""),
        ] {
            assert_eq!(date(written), shown);
        }
    }

    #[test]
    fn texts_are_of_three_encodings() {
        assert_eq!(text(b"\xfe\xff\x00\xe9\xd8\x3d\xde\x00"), "é😀");
        assert_eq!(text(b"\xff\xfe\xe9\x00"), "é");
        assert_eq!(text(b"\xef\xbb\xbf\xc3\xa9"), "é");
        assert_eq!(text(b"caf\xe9 \x8d\x8e \xa0 \x18"), "café “” € ˘");
    }
}
