//! Records of a text: lines, joined while a quote is open.
//!
//! In: plain bytes. Out: records with the number of their first line. A line longer than a record
//! may be is passed over and said. A quote that is never closed takes only its own line with it:
//! the lines after it are read again on their own.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

/// One record, or why there is none.
pub(super) enum Record {
    /// Its bytes without the line end.
    Whole(Vec<u8>),
    /// It was passed over.
    Refused(&'static str),
}

struct Line {
    number: u64,
    /// `None` for a line that is too long.
    bytes: Option<Vec<u8>>,
}

/// The records of a reader.
pub(super) struct Records<R> {
    reader: R,
    /// Lines that were read and not yet given.
    waiting: VecDeque<Line>,
    number: u64,
    left: u64,
    most: usize,
    quotes: bool,
}

impl<R: BufRead> Records<R> {
    /// At most `bytes` bytes in all and `most` bytes a record; `quotes` when a quoted value may
    /// hold line ends.
    pub(super) fn new(reader: R, bytes: u64, most: usize, quotes: bool) -> Self {
        Self { reader, waiting: VecDeque::new(), number: 0, left: bytes, most, quotes }
    }

    /// Whether the limit of bytes was reached.
    pub(super) fn exhausted(&self) -> bool {
        self.left == 0
    }

    /// The number of the last line read.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// The next record with the number of its first line.
    pub(super) fn next(&mut self) -> io::Result<Option<(u64, Record)>> {
        let Some(first) = self.line(0)? else { return Ok(None) };
        let Some(bytes) = &first.bytes else {
            return Ok(Some((first.number, Record::Refused("the line is too long"))));
        };
        let mut open = self.quotes && odd_quotes(bytes);
        let (mut size, mut more) = (bytes.len(), 0);
        while open {
            let long = size > self.most;
            let next = if long { None } else { self.line_at(more)? };
            let Some(Some(bytes)) = next.map(|line| line.bytes.as_ref()) else {
                return Ok(Some((first.number, Record::Refused("a quote is not closed"))));
            };
            open ^= odd_quotes(bytes);
            size += bytes.len() + 1;
            more += 1;
        }
        let mut record = first.bytes.unwrap_or_default();
        for line in self.waiting.drain(..more) {
            record.push(b'\n');
            record.extend(line.bytes.unwrap_or_default());
        }
        Ok(Some((first.number, Record::Whole(record))))
    }

    /// Takes the line `ahead` places on.
    fn line(&mut self, ahead: usize) -> io::Result<Option<Line>> {
        self.line_at(ahead)?;
        Ok(self.waiting.pop_front())
    }

    fn line_at(&mut self, ahead: usize) -> io::Result<Option<&Line>> {
        while self.waiting.len() <= ahead {
            let Some(line) = self.fetch()? else { return Ok(None) };
            self.waiting.push_back(line);
        }
        Ok(self.waiting.get(ahead))
    }

    fn fetch(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let room = self.left.min(self.most as u64 + 1);
        let mut taken = self.reader.by_ref().take(room).read_until(b'\n', &mut bytes)? as u64;
        self.left -= taken;
        if taken == 0 {
            return Ok(None);
        }
        self.number += 1;
        let mut ended = bytes.last() == Some(&b'\n');
        let too_long = !ended && bytes.len() > self.most;
        while !ended && taken > 0 && too_long {
            bytes.clear();
            let room = self.left.min(1 << 16);
            taken = self.reader.by_ref().take(room).read_until(b'\n', &mut bytes)? as u64;
            self.left -= taken;
            ended = bytes.last() == Some(&b'\n');
        }
        if too_long {
            return Ok(Some(Line { number: self.number, bytes: None }));
        }
        if ended {
            bytes.pop();
        }
        Ok(Some(Line { number: self.number, bytes: Some(bytes) }))
    }
}

fn odd_quotes(bytes: &[u8]) -> bool {
    bytes.iter().fold(false, |odd, &byte| odd ^ (byte == b'"'))
}
