//! The bytes of a file as they are stored, counted, with some bytes of foresight.

use std::io::{self, BufRead, Read};

/// What is read of the file at once, in bytes.
const CHUNK: usize = 64 << 10;
/// Bytes that are looked at to see whether a gzip member holds a record.
const FORESIGHT: usize = 1 << 10;
/// The most places at which a record is looked for behind damage: each costs a decoder.
const MAX_TRIALS: u32 = 1 << 20;

/// A reader that knows how many bytes were taken.
#[derive(Debug)]
pub(super) struct Window<R> {
    inner: R,
    buffer: Vec<u8>,
    from: usize,
    taken: u64,
    trials: u32,
    ended: bool,
}

impl<R: Read> Window<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, buffer: Vec::new(), from: 0, taken: 0, trials: 0, ended: false }
    }

    /// Bytes that were taken so far: the place in the file.
    pub(super) fn taken(&self) -> u64 {
        self.taken
    }

    fn rest(&self) -> &[u8] {
        self.buffer.get(self.from..).unwrap_or_default()
    }

    /// Looks ahead by at least `count` bytes, if there are as many.
    pub(super) fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.rest().len() < count && !self.ended {
            self.buffer.drain(..self.from);
            self.from = 0;
            let old = self.buffer.len();
            self.buffer.resize(old + CHUNK, 0);
            // In full, so that what is found in damage does not depend on how the bytes come.
            let read = fill(&mut self.inner, self.buffer.get_mut(old..).unwrap_or_default());
            self.buffer.truncate(old + *read.as_ref().unwrap_or(&0));
            self.ended = read? < CHUNK;
        }
        Ok(self.rest())
    }

    /// Whether a gzip member begins here.
    pub(super) fn is_member(&mut self) -> io::Result<bool> {
        Ok(matches!(self.peek(3)?, [0x1f, 0x8b, 8, ..]))
    }

    /// Goes to the next gzip member whose content begins like a record. Gives whether there is one.
    pub(super) fn find_member(&mut self) -> io::Result<bool> {
        loop {
            let trials = self.trials;
            let rest = self.peek(FORESIGHT)?;
            if rest.is_empty() || trials == MAX_TRIALS {
                return Ok(false);
            }
            let mark = memchr::memmem::find(rest, &[0x1f, 0x8b, 8]);
            let step = match mark {
                Some(0) if holds_record(rest) => return Ok(true),
                Some(0) => 1,
                Some(at) => at,
                // A mark may be cut by the end of what was read.
                None => rest.len().saturating_sub(2).max(1),
            };
            self.trials += u32::from(mark == Some(0));
            self.consume(step);
        }
    }
}

/// Reads until there is no more room, or no more to read.
fn fill(from: &mut impl Read, room: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = room.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match from.read(rest) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(filled)
}

/// Whether a gzip member decompresses to the beginning of a record.
fn holds_record(member: &[u8]) -> bool {
    let mut head = [0; 7];
    let member = member.get(..member.len().min(FORESIGHT)).unwrap_or_default();
    let mut decoder = flate2::bufread::GzDecoder::new(member);
    decoder.read_exact(&mut head).is_ok() && &head == b"WARC/1."
}

impl<R: Read> Read for Window<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(out)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: Read> BufRead for Window<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.peek(1)
    }

    fn consume(&mut self, count: usize) {
        let count = count.min(self.rest().len());
        self.from += count;
        self.taken += count as u64;
    }
}
