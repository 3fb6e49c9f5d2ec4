//! The bytes of a dump, one after the other, in a buffer of bounded size.

use std::io::Read;

use faisceau_model::Place;

use crate::contract::ImportError;

/// Bytes read at a time.
const INPUT: usize = 256 * 1024;

/// Reads a source byte by byte.
pub(super) struct Scan {
    source: Box<dyn Read + Send>,
    buffer: Vec<u8>,
    at: usize,
    ended: bool,
    line: u64,
    byte: u64,
}

impl Scan {
    pub(super) fn new(source: Box<dyn Read + Send>) -> Self {
        Self { source, buffer: Vec::new(), at: 0, ended: false, line: 1, byte: 0 }
    }

    /// Where the next byte stands.
    pub(super) fn place(&self) -> Place {
        Place::Line { number: self.line, byte: self.byte }
    }

    /// Bytes passed.
    pub(super) fn byte(&self) -> u64 {
        self.byte
    }

    /// The next byte, which stays there.
    ///
    /// # Errors
    /// When the source cannot be read further.
    pub(super) fn peek(&mut self) -> Result<Option<u8>, ImportError> {
        if self.at == self.buffer.len() && !self.fill()? {
            return Ok(None);
        }
        Ok(self.buffer.get(self.at).copied())
    }

    /// Whether these two bytes come next.
    ///
    /// # Errors
    /// When the source cannot be read further.
    pub(super) fn starts_with(&mut self, two: [u8; 2]) -> Result<bool, ImportError> {
        if self.buffer.len() - self.at < 2 && !self.ended {
            self.more()?;
        }
        Ok(self.buffer.get(self.at..).is_some_and(|rest| rest.starts_with(&two)))
    }

    /// The next byte.
    ///
    /// # Errors
    /// When the source cannot be read further.
    pub(super) fn next(&mut self) -> Result<Option<u8>, ImportError> {
        let byte = self.peek()?;
        if let Some(byte) = byte {
            self.pass(1);
            self.line += u64::from(byte == b'\n');
        }
        Ok(byte)
    }

    /// Passes what none of three bytes stops, and keeps it while `keep` has room.
    ///
    /// # Errors
    /// When the source cannot be read further.
    pub(super) fn run(
        &mut self,
        stops: [u8; 3],
        keep: &mut dyn FnMut(&[u8]),
    ) -> Result<(), ImportError> {
        while self.peek()?.is_some() {
            let rest = self.buffer.get(self.at..).unwrap_or_default();
            let [a, b, c] = stops;
            let len = memchr::memchr3(a, b, c, rest).unwrap_or(rest.len());
            let run = rest.get(..len).unwrap_or_default();
            keep(run);
            self.line += memchr::memchr_iter(b'\n', run).count() as u64;
            let stopped = len < rest.len();
            self.pass(len);
            if stopped {
                break;
            }
        }
        Ok(())
    }

    fn pass(&mut self, len: usize) {
        self.at += len;
        self.byte += len as u64;
    }

    /// Reads more; false at the end.
    fn fill(&mut self) -> Result<bool, ImportError> {
        if !self.ended {
            self.more()?;
        }
        Ok(self.at < self.buffer.len())
    }

    /// Drops what has passed and reads on after what has not.
    fn more(&mut self) -> Result<(), ImportError> {
        self.buffer.drain(..self.at);
        self.at = 0;
        let place = self.place();
        let read = (&mut self.source)
            .take(INPUT as u64)
            .read_to_end(&mut self.buffer)
            .map_err(|error| ImportError::Read { place, error })?;
        self.ended = read == 0;
        Ok(())
    }
}
