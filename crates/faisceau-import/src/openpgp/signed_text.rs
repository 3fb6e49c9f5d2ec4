//! The text of a signed block: as it was signed, and as it was written (RFC 9580 § 7.1, 7.2).
//!
//! In: the bytes between the headers and the signature. Out: a stream of what was hashed, and the
//! text without its escapes, which still knows the bytes of the exhibit. Refused: a copy of what
//! is hashed, which may be large.

use std::borrow::Cow;
use std::io::{self, Read};

use faisceau_model::Place;

/// The text as it was signed: escapes undone, white space at the end of lines dropped, lines ended
/// by CR LF.
pub(crate) struct Canonical<'t> {
    rest: Option<&'t [u8]>,
    now: &'t [u8],
    line_ended: bool,
}

impl<'t> Canonical<'t> {
    pub(crate) fn new(text: &'t [u8]) -> Self {
        Self { rest: Some(text), now: b"", line_ended: false }
    }

    /// The next run of bytes, possibly empty.
    fn next(&mut self) -> Option<&'t [u8]> {
        if std::mem::take(&mut self.line_ended) {
            return Some(b"\r\n");
        }
        let rest = self.rest.take()?;
        let line = match memchr::memchr(b'\n', rest) {
            Some(at) => {
                self.rest = rest.get(at + 1..);
                self.line_ended = true;
                rest.get(..at).unwrap_or_default()
            }
            None => rest,
        };
        let line = line.strip_prefix(b"- ").unwrap_or(line);
        let kept = line.iter().rposition(|b| !matches!(b, b' ' | b'\t' | b'\r'));
        Some(line.get(..kept.map_or(0, |last| last + 1)).unwrap_or_default())
    }
}

impl Read for Canonical<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.now.is_empty() {
            match self.next() {
                Some(run) => self.now = run,
                None => return Ok(0),
            }
        }
        self.now.read(into)
    }
}

/// The text with its escapes undone, and where each byte of it stands in the exhibit.
pub(crate) struct Unescaped<'t> {
    /// The text.
    pub(crate) bytes: Cow<'t, [u8]>,
    /// Where the block's text starts in the exhibit.
    start: usize,
    /// Offsets in `bytes` before which an escape was undone.
    undone: Vec<usize>,
}

impl<'t> Unescaped<'t> {
    /// Undoes the escapes of a text that starts at byte `start` of the exhibit.
    pub(crate) fn new(text: &'t [u8], start: usize) -> Self {
        if !text.starts_with(b"- ") && memchr::memmem::find(text, b"\n- ").is_none() {
            return Self { bytes: Cow::Borrowed(text), start, undone: Vec::new() };
        }
        let (mut bytes, mut undone) = (Vec::with_capacity(text.len()), Vec::new());
        for line in text.split_inclusive(|&b| b == b'\n') {
            let kept = line.strip_prefix(b"- ").unwrap_or(line);
            if kept.len() < line.len() {
                undone.push(bytes.len());
            }
            bytes.extend_from_slice(kept);
        }
        Self { bytes: Cow::Owned(bytes), start, undone }
    }

    /// The place in the exhibit of a run of the text.
    pub(crate) fn place(&self, start: usize, len: usize) -> Place {
        let from = self.byte(start);
        // An escape right after the run is not part of it.
        let to = if len == 0 { from } else { self.byte(start + len - 1) + 1 };
        Place::Bytes { start: from as u64, len: (to - from) as u64 }
    }

    fn byte(&self, offset: usize) -> usize {
        self.start + offset + 2 * self.undone.partition_point(|&at| at <= offset)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn canonical(text: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        Canonical::new(text).read_to_end(&mut out).unwrap();
        out
    }

    #[test]
    fn what_was_hashed() {
        assert_eq!(canonical(b"a \t\r\n- -b\n- - c\n\nd\n"), b"a\r\n-b\r\n- c\r\n\r\nd\r\n");
        assert_eq!(canonical(b""), b"");
        assert_eq!(canonical(b" \t"), b"");
    }

    #[test]
    fn a_run_of_the_text_knows_its_bytes() {
        let text = b"[\n- -1,\n- - 2\n]";
        let unescaped = Unescaped::new(text, 100);
        assert_eq!(&*unescaped.bytes, b"[\n-1,\n- 2\n]");
        let shown = |start, len| unescaped.place(start, len).to_string();
        assert_eq!(shown(0, 2), "b100+2");
        assert_eq!(shown(2, 2), "b104+2");
        assert_eq!(shown(6, 3), "b110+3");
        assert_eq!(shown(0, 11), "b100+15");
        assert_eq!(shown(6, 0), "b110+0");
    }

    proptest! {
        #[test]
        fn line_ends_make_no_difference(lines in prop::collection::vec("[ab\\- \t]{0,6}", 0..9)) {
            let (lf, crlf) = (lines.join("\n"), lines.join("\r\n"));
            prop_assert_eq!(canonical(lf.as_bytes()), canonical(crlf.as_bytes()));
        }

        #[test]
        fn each_byte_is_where_it_is_said(lines in prop::collection::vec("[ab\\- ]{0,6}", 0..9)) {
            let text = lines.join("\n");
            let unescaped = Unescaped::new(text.as_bytes(), 0);
            for (offset, byte) in unescaped.bytes.iter().enumerate() {
                prop_assert_eq!(text.as_bytes()[unescaped.byte(offset)], *byte);
            }
        }
    }
}
