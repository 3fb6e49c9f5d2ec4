//! The encoding of a page.
//!
//! In: bytes. Out: text. Refused: encodings other than UTF-8, UTF-16 with a byte order mark,
//! Windows-1252 (which browsers also read where ISO 8859-1 or ASCII is declared) and
//! ISO 8859-15: a text that is read in the wrong encoding is not what its author wrote.
//!
//! Bytes that are UTF-8 are read as such whatever the page declares: browsers save pages in UTF-8
//! and leave the declaration, and no text of another encoding is UTF-8 by chance.

use std::borrow::Cow;

use faisceau_model::{excerpt, windows_1252};

/// Bytes in which a declaration is looked for: browsers look at 1024, and tools that save pages
/// put a comment before.
const DECLARED_IN: usize = 4096;

/// The text of a page, or what its encoding is if that cannot be read.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => return Ok(String::from_utf8_lossy(rest)),
        [0xff, 0xfe, rest @ ..] => return Ok(Cow::Owned(utf16(rest, u16::from_le_bytes))),
        [0xfe, 0xff, rest @ ..] => return Ok(Cow::Owned(utf16(rest, u16::from_be_bytes))),
        _ => {}
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    let label = declared(bytes.get(..bytes.len().min(DECLARED_IN)).unwrap_or_default());
    match label.as_deref() {
        Some("utf-8" | "utf8" | "unicode-1-1-utf-8") => Ok(String::from_utf8_lossy(bytes)),
        None
        | Some(
            "windows-1252" | "cp1252" | "x-cp1252" | "iso-8859-1" | "iso8859-1" | "iso_8859-1"
            | "latin1" | "l1" | "ascii" | "us-ascii" | "ansi_x3.4-1968",
        ) => Ok(Cow::Owned(windows_1252(bytes))),
        Some("iso-8859-15" | "iso8859-15" | "latin9" | "latin-9" | "l9") => {
            Ok(Cow::Owned(bytes.iter().map(|&byte| latin_9(byte)).collect()))
        }
        Some(other) => {
            Err(format!("the page is written in `{}`, which is not read", excerpt(other, 40)))
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| match pair {
        [a, b] => unit([*a, *b]),
        _ => 0,
    });
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Where in the bytes of a page these places of its text lie. They are given in ascending order;
/// one beyond the text is the end.
pub fn bytes_at(bytes: &[u8], text: &str, places: &[usize]) -> Vec<u64> {
    let (mark, width): (usize, fn(char) -> usize) = match bytes {
        [0xef, 0xbb, 0xbf, ..] => return utf8_at(bytes, 3, places),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => (2, |c| 2 * c.len_utf16()),
        // Bytes that are not UTF-8 and were read as such have signs in their place.
        _ if std::str::from_utf8(bytes).is_ok() || declares_utf8(bytes) => {
            return utf8_at(bytes, 0, places);
        }
        _ => (0, |_| 1),
    };
    let (mut chars, mut at) = (text.char_indices().peekable(), mark);
    let mut found = Vec::with_capacity(places.len());
    for place in places {
        while let Some((_, c)) = chars.next_if(|(index, _)| index < place) {
            at += width(c);
        }
        found.push(at.min(bytes.len()) as u64);
    }
    found
}

/// The same where the text is the bytes, but for three in place of each that is not UTF-8.
fn utf8_at(bytes: &[u8], mark: usize, places: &[usize]) -> Vec<u64> {
    let mut chunks = bytes.get(mark..).unwrap_or_default().utf8_chunks();
    let mut chunk = chunks.next();
    // Where the chunk begins, in the text and in the bytes.
    let (mut text, mut at) = (0, mark);
    let mut found = Vec::with_capacity(places.len());
    for place in places {
        while let Some(now) = &chunk {
            let (valid, invalid) = (now.valid().len(), now.invalid().len());
            let sign = if invalid > 0 { REPLACEMENT } else { 0 };
            if *place < text + valid + sign {
                break;
            }
            text += valid + sign;
            at += valid + invalid;
            chunk = chunks.next();
        }
        let valid = chunk.as_ref().map_or(0, |now| now.valid().len());
        found.push((at + place.saturating_sub(text).min(valid)).min(bytes.len()) as u64);
    }
    found
}

/// Bytes of the sign that stands for what is not UTF-8.
const REPLACEMENT: usize = char::REPLACEMENT_CHARACTER.len_utf8();

fn declares_utf8(bytes: &[u8]) -> bool {
    let label = declared(bytes.get(..bytes.len().min(DECLARED_IN)).unwrap_or_default());
    matches!(label.as_deref(), Some("utf-8" | "utf8" | "unicode-1-1-utf-8"))
}

/// The label after the first `charset=`, in lower case.
fn declared(head: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let after =
        text.split("charset").skip(1).find_map(|rest| rest.trim_start().strip_prefix('='))?;
    let label: String = after
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''))
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))
        .collect();
    (!label.is_empty()).then_some(label)
}

/// ISO 8859-15: Latin-1 but for eight signs.
fn latin_9(byte: u8) -> char {
    match byte {
        0xa4 => '€',
        0xa6 => 'Š',
        0xa8 => 'š',
        0xb4 => 'Ž',
        0xb8 => 'ž',
        0xbc => 'Œ',
        0xbd => 'œ',
        0xbe => 'Ÿ',
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::{bytes_at, decode};

    #[test]
    fn each_encoding_is_told_by_mark_bytes_or_declaration() {
        for (bytes, text) in [
            (&b"\xef\xbb\xbfd\xc3\xa9j\xc3\xa0"[..], "déjà"),
            (b"<meta charset=iso-8859-1>d\xc3\xa9j\xc3\xa0", "<meta charset=iso-8859-1>déjà"),
            (b"<meta charset=\"ISO-8859-15\">\xa4\xe9", "<meta charset=\"ISO-8859-15\">€é"),
            (
                b"content='text/html; charset = latin1' \x80",
                "content='text/html; charset = latin1' €",
            ),
            (b"d\xe9j\xe0", "déjà"),
            (b"\xff\xfed\x00\xe9\x00", "dé"),
            (b"\xfe\xff\x00d\x00\xe9\x01", "dé"),
            (b"<meta charset=utf-8>\xff", "<meta charset=utf-8>\u{fffd}"),
        ] {
            assert_eq!(decode(bytes).unwrap(), text);
        }
        for bytes in [
            &b"\xef\xbb\xbfd\xc3\xa9j<\xc3\xa0"[..],
            b"d\xe9j\x80<\xe0",
            b"d\xc3\xa9<",
            b"\xff\xfed\x00\xe9\x00\x3d\xd8\x00\xde<\x00x\x00",
            b"\xfe\xff\x00\xe9\x00<",
            b"<meta charset=utf-8>\xff\xc3\xc3\xa9\xe2\x82<a\xff",
        ] {
            let text = decode(bytes).unwrap();
            let at = text.rfind('<').unwrap();
            let expected = bytes.iter().rposition(|byte| *byte == b'<').unwrap() as u64;
            let big = u64::from(bytes[0] == 0xfe);
            let found = bytes_at(bytes, &text, &[0, at, text.len(), 9999]);
            assert_eq!(found[1], expected - big, "{text}");
            assert_eq!((found[2], found[3]), (bytes.len() as u64, bytes.len() as u64));
        }
        let refused = decode(b"<meta charset=koi8-r>\xd1").unwrap_err();
        assert_eq!(refused, "the page is written in `koi8-r`, which is not read");
    }
}
