//! The encoding of a page.
//!
//! In: bytes. Out: text. Refused: encodings other than UTF-8, UTF-16 with a byte order mark,
//! Windows-1252 (which browsers also read where ISO 8859-1 or ASCII is declared) and
//! ISO 8859-15: a text that is read in the wrong encoding is not what its author wrote.
//!
//! Bytes that are UTF-8 are read as such whatever the page declares: browsers save pages in UTF-8
//! and leave the declaration, and no text of another encoding is UTF-8 by chance.

use std::borrow::Cow;

use faisceau_model::excerpt;

use crate::text::decode::windows_1252;

/// Bytes in which a declaration is looked for: browsers look at 1024, and tools that save pages
/// put a comment before.
const DECLARED_IN: usize = 4096;

/// The text of a page, or what its encoding is if that cannot be read.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
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
    use super::decode;

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
        let refused = decode(b"<meta charset=koi8-r>\xd1").unwrap_err();
        assert_eq!(refused, "the page is written in `koi8-r`, which is not read");
    }
}
