//! Control characters, which Telegram Desktop writes as `\x1B`: an escape that JSON does not have.
//!
//! In: the text of an export. Out: the same with `\u001B`, and the way back to the bytes of the
//! exhibit. Without this, whoever puts an escape character into his name makes the whole export
//! unreadable. Refused: nothing; other flaws are left to the reader of JSON.

use std::borrow::Cow;
use std::fmt::Write;

/// A text whose escapes are those of JSON.
pub(super) struct Repaired<'a> {
    /// The text.
    pub(super) text: Cow<'a, str>,
    /// Where in it a repaired escape starts.
    repairs: Vec<usize>,
}

/// Bytes that a repaired escape is longer.
const LONGER: usize = 2;

impl<'a> Repaired<'a> {
    /// Repairs the escapes of `text`.
    pub(super) fn new(text: &'a str) -> Self {
        if memchr::memmem::find(text.as_bytes(), b"\\x").is_none() {
            return Self { text: Cow::Borrowed(text), repairs: Vec::new() };
        }
        let mut out = String::with_capacity(text.len() + 64);
        let mut repairs = Vec::new();
        let mut from = 0;
        while let Some(step) = memchr::memchr(b'\\', &text.as_bytes()[from..]) {
            let at = from + step;
            out.push_str(&text[from..at]);
            if let Some(code) = control(&text.as_bytes()[at..]) {
                repairs.push(out.len());
                let _ = write!(out, "\\u{code:04x}");
                from = at + 4;
            } else {
                // The escaped character may be a backslash, and may be longer than a byte.
                let next = text[at + 1..].chars().next().map_or(0, char::len_utf8);
                from = at + 1 + next;
                out.push_str(&text[at..from]);
            }
        }
        out.push_str(&text[from..]);
        Self { text: Cow::Owned(out), repairs }
    }

    /// The byte before the repair that stands at `at` after it.
    pub(super) fn original(&self, at: usize) -> usize {
        at - LONGER * self.repairs.partition_point(|&repair| repair < at)
    }
}

/// The number in `\xHH`.
fn control(bytes: &[u8]) -> Option<u8> {
    let digits = bytes.strip_prefix(b"\\x")?.get(..2)?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_become_json_and_the_way_back_is_kept() {
        let text = r#"["a\x1B[31m", "b\\x1B", "\x0", "é"]"#;
        let repaired = Repaired::new(text);
        assert_eq!(repaired.text, r#"["a\u001b[31m", "b\\x1B", "\x0", "é"]"#);
        let after = repaired.text.find("31m").unwrap();
        assert_eq!(repaired.original(after), text.find("31m").unwrap());
        assert_eq!(repaired.original(repaired.text.len()), text.len());
        assert_eq!(repaired.original(1), 1);
    }

    #[test]
    fn a_sound_text_is_left_alone() {
        assert!(matches!(Repaired::new(r#"{"a":"b\nc"}"#).text, Cow::Borrowed(_)));
        assert_eq!(Repaired::new("\\x\\").text, "\\x\\");
        assert_eq!(Repaired::new("\\é\\x").text, "\\é\\x");
    }
}
