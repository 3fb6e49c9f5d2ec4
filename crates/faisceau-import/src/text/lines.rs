//! Lines of a source of any size, in blocks of bounded size.
//!
//! In: a source. Out: blocks of whole lines that know the number and the byte of their first
//! line. A line longer than a block costs nothing but the time to read past it. Refused: holding
//! more than one block.

use std::io::{self, Read};

use faisceau_model::{Place, RejectReason, Sink};

use crate::contract::{ImportError, Source};
use crate::records::settle;

/// Bytes of a block.
const BLOCK: usize = 4 * 1024 * 1024;

/// How much of a line that is too long is kept, for the reject.
const EXCERPT: usize = 600;

/// What comes next in a source.
#[derive(Debug)]
pub(crate) enum Piece {
    /// Whole lines.
    Lines(Block),
    /// A line that no block can hold.
    TooLong {
        /// Where it starts.
        place: Place,
        /// Its first bytes.
        head: Vec<u8>,
    },
}

/// Whole lines that follow each other.
#[derive(Debug)]
pub(crate) struct Block {
    number: u64,
    byte: u64,
    bytes: Vec<u8>,
}

/// A part of a block, cut between lines.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chunk<'b> {
    number: u64,
    byte: u64,
    bytes: &'b [u8],
}

/// One line, without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line<'b> {
    /// Number, from 1.
    pub(crate) number: u64,
    /// Offset of its first byte, from 0.
    pub(crate) byte: u64,
    /// Its bytes without line feed, carriage return and byte order mark.
    pub(crate) bytes: &'b [u8],
}

impl Line<'_> {
    /// The place of the line in its exhibit.
    pub(crate) fn place(&self) -> Place {
        Place::Line { number: self.number, byte: self.byte }
    }
}

/// Reads a source block by block.
pub(crate) struct Blocks {
    source: Box<dyn Read + Send>,
    carry: Vec<u8>,
    number: u64,
    byte: u64,
    error: Option<io::Error>,
    ended: bool,
}

impl Blocks {
    /// Starts at the first byte.
    pub(crate) fn new(source: Box<dyn Read + Send>) -> Self {
        Self { source, carry: Vec::new(), number: 1, byte: 0, error: None, ended: false }
    }

    /// The next lines, or none at the end.
    ///
    /// # Errors
    /// When the source cannot be read further. The whole lines before have been given; the error
    /// names the place of the first line that has not.
    pub(crate) fn next(&mut self) -> Result<Option<Piece>, ImportError> {
        let mut bytes = std::mem::take(&mut self.carry);
        if !self.ended {
            self.fill(&mut bytes, BLOCK);
        }
        let whole = match (self.ended, &self.error) {
            (true, None) => bytes.len(),
            _ => memchr::memrchr(b'\n', &bytes).map_or(0, |at| at + 1),
        };
        if whole == 0 {
            return match self.error.take() {
                Some(error) => Err(ImportError::Read { place: self.here(), error }),
                None if bytes.is_empty() => Ok(None),
                None => Ok(Some(self.skip_line(bytes))),
            };
        }
        self.carry = bytes.split_off(whole);
        let block = Block { number: self.number, byte: self.byte, bytes };
        self.number += newlines(&block.bytes);
        self.byte += whole as u64;
        Ok(Some(Piece::Lines(block)))
    }

    fn here(&self) -> Place {
        Place::Line { number: self.number, byte: self.byte }
    }

    /// Fills `bytes` up to `len`, and notes the end or the error that stopped it.
    fn fill(&mut self, bytes: &mut Vec<u8>, len: usize) {
        let wanted = len.saturating_sub(bytes.len());
        bytes.reserve_exact(wanted);
        match (&mut self.source).take(wanted as u64).read_to_end(bytes) {
            Ok(read) => self.ended = read < wanted,
            Err(error) => {
                self.ended = true;
                self.error = Some(error);
            }
        }
    }

    /// Reads past the end of a line whose first bytes are `bytes`.
    fn skip_line(&mut self, mut bytes: Vec<u8>) -> Piece {
        let place = self.here();
        let head = bytes[..bytes.len().min(EXCERPT)].to_vec();
        loop {
            if let Some(end) = memchr::memchr(b'\n', &bytes) {
                self.byte += end as u64 + 1;
                self.carry = bytes.split_off(end + 1);
                break;
            }
            self.byte += bytes.len() as u64;
            bytes.clear();
            if self.ended {
                break;
            }
            self.fill(&mut bytes, BLOCK / 16);
        }
        self.number += 1;
        Piece::TooLong { place, head }
    }
}

impl Block {
    /// The block cut into parts of about `size` bytes. The cuts depend on the bytes alone.
    pub(crate) fn chunks(&self, size: usize) -> Vec<Chunk<'_>> {
        let mut chunks = Vec::new();
        let (mut number, mut start) = (self.number, 0);
        while start < self.bytes.len() {
            let near = (start + size).min(self.bytes.len());
            let end = memchr::memchr(b'\n', &self.bytes[near..])
                .map_or(self.bytes.len(), |at| near + at + 1);
            let bytes = &self.bytes[start..end];
            chunks.push(Chunk { number, byte: self.byte + start as u64, bytes });
            number += newlines(bytes);
            start = end;
        }
        chunks
    }

    /// The lines of the block that are not empty.
    pub(crate) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        Chunk { number: self.number, byte: self.byte, bytes: &self.bytes }.lines()
    }
}

impl<'b> Chunk<'b> {
    /// The head of an exhibit, to be read as lines. What follows the last line feed is a line.
    pub(crate) fn head(bytes: &'b [u8]) -> Self {
        Self { number: 1, byte: 0, bytes }
    }

    /// Bytes.
    pub(crate) fn len(self) -> usize {
        self.bytes.len()
    }

    /// The lines that are not empty. Empty lines are counted in the numbers.
    pub(crate) fn lines(self) -> impl Iterator<Item = Line<'b>> {
        let Self { mut number, mut byte, bytes: mut rest } = self;
        std::iter::from_fn(move || {
            while !rest.is_empty() {
                let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
                let (line, after) = rest.split_at(end);
                let found = Line { number, byte, bytes: trimmed(line, byte) };
                rest = after;
                number += 1;
                byte += end as u64;
                if !found.bytes.iter().all(u8::is_ascii_whitespace) {
                    return Some(found);
                }
            }
            None
        })
    }
}

/// A line without its end, and the first line of an exhibit without its byte order mark.
fn trimmed(line: &[u8], byte: u64) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if byte == 0 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line }
}

fn newlines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// Goes through the lines of a source one by one; one that is too long is rejected.
///
/// # Errors
/// When the source cannot be read further.
pub(crate) fn each(
    source: &Source<'_>,
    sink: &mut dyn Sink,
    mut line: impl FnMut(Line<'_>, &mut dyn Sink),
) -> Result<(), ImportError> {
    let mut blocks = Blocks::new((source.open)()?);
    while let Some(piece) = blocks.next()? {
        match piece {
            Piece::Lines(block) => {
                for found in block.lines() {
                    line(found, sink);
                }
            }
            Piece::TooLong { place, head } => settle(source.exhibit, &place, &head, sink, |_| {
                Err((RejectReason::Limit, "the line is longer than 4 MiB".to_owned()))
            }),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(bytes: Vec<u8>) -> Vec<(u64, u64, usize)> {
        let mut blocks = Blocks::new(Box::new(io::Cursor::new(bytes)));
        let mut lines = Vec::new();
        while let Some(piece) = blocks.next().unwrap() {
            match piece {
                Piece::Lines(block) => {
                    let whole: Vec<_> = block.lines().collect();
                    let parts: Vec<_> =
                        block.chunks(7).into_iter().flat_map(Chunk::lines).collect();
                    assert_eq!(whole, parts);
                    lines.extend(whole.iter().map(|l| (l.number, l.byte, l.bytes.len())));
                }
                Piece::TooLong { place, head } => {
                    let Place::Line { number, byte } = place else { panic!("{place}") };
                    lines.push((number, byte, head.len()));
                }
            }
        }
        lines
    }

    #[test]
    fn lines_know_their_number_and_byte() {
        let text = b"\xef\xbb\xbfab\r\n\n \nc\nlast".to_vec();
        assert_eq!(read(text), [(1, 0, 2), (4, 10, 1), (5, 12, 4)]);
        assert_eq!(read(Vec::new()), []);
    }

    #[test]
    fn a_line_longer_than_a_block_is_passed_over() {
        let mut text = b"first\n".to_vec();
        text.resize(3 * BLOCK, b'x');
        text.extend_from_slice(b"\nafter\n");
        let after = text.len() as u64 - 6;
        assert_eq!(read(text.clone()), [(1, 0, 5), (2, 6, EXCERPT), (3, after, 5)]);
        text.truncate(2 * BLOCK);
        assert_eq!(read(text), [(1, 0, 5), (2, 6, EXCERPT)]);
    }

    #[test]
    fn a_read_error_keeps_the_whole_lines_before_it() {
        struct Failing(&'static [u8]);
        impl Read for Failing {
            fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
                if self.0.is_empty() {
                    return Err(io::Error::other("gone"));
                }
                self.0.read(into)
            }
        }
        let mut blocks = Blocks::new(Box::new(Failing(b"one\ntwo\nthr")));
        let Some(Piece::Lines(block)) = blocks.next().unwrap() else { panic!() };
        assert_eq!(block.lines().count(), 2);
        let error = blocks.next().unwrap_err();
        assert_eq!(error.place(), Place::Line { number: 3, byte: 8 });
        assert!(blocks.next().is_ok_and(|piece| piece.is_none()));
    }

    proptest! {
        #[test]
        fn agrees_with_a_plain_split(lines in prop::collection::vec("[a-c\r]{0,9}", 0..40)) {
            let text = lines.join("\n");
            let (mut expected, mut byte) = (Vec::new(), 0);
            for (index, line) in lines.iter().enumerate() {
                let kept = line.strip_suffix('\r').unwrap_or(line);
                if !kept.trim().is_empty() {
                    expected.push((index as u64 + 1, byte, kept.len()));
                }
                byte += line.len() as u64 + 1;
            }
            prop_assert_eq!(read(text.into_bytes()), expected);
        }
    }
}
