//! Reads a file of any size forward, in little memory.
//!
//! In: a reader. Out: its bytes in order: held, or passed through a window. Nothing is sought.

use std::io::{self, Read};

/// Bytes that are looked at together.
const WINDOW: u64 = 1 << 16;

/// A reader that knows how far it has read.
pub(crate) struct Stream<'s> {
    reader: &'s mut dyn Read,
    /// The place in the file of the next byte.
    pub(crate) at: u64,
}

impl<'s> Stream<'s> {
    /// From the start of a file.
    pub(crate) fn new(reader: &'s mut dyn Read) -> Self {
        Self { reader, at: 0 }
    }

    /// The next bytes: as many as asked for, fewer only at the end of the file.
    pub(crate) fn hold(&mut self, length: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        (&mut *self.reader).take(length).read_to_end(&mut bytes)?;
        self.at = self.at.saturating_add(bytes.len() as u64);
        Ok(bytes)
    }

    /// Shows the next bytes, all up to the end of the file if no length is given. Whether there were as
    /// many as asked for.
    pub(crate) fn pass(
        &mut self,
        length: Option<u64>,
        mut each: impl FnMut(&[u8]),
    ) -> io::Result<bool> {
        let mut left = length.unwrap_or(u64::MAX);
        let mut window = Vec::new();
        while left > 0 {
            window.clear();
            let read = (&mut *self.reader).take(left.min(WINDOW)).read_to_end(&mut window)? as u64;
            if read == 0 {
                return Ok(length.is_none());
            }
            self.at = self.at.saturating_add(read);
            left -= read;
            each(&window);
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_in_order_and_their_end_is_noticed() {
        let bytes: Vec<u8> = (0..200_000_u32).map(|number| number as u8).collect();
        let mut reader = bytes.as_slice();
        let mut stream = Stream::new(&mut reader);
        assert_eq!(stream.hold(3).unwrap(), [0, 1, 2]);
        let mut seen = Vec::new();
        assert!(stream.pass(Some(150_000), |bytes| seen.extend_from_slice(bytes)).unwrap());
        assert_eq!((stream.at, seen.as_slice()), (150_003, &bytes[3..150_003]));
        assert!(!stream.pass(Some(50_000), |_| ()).unwrap(), "three bytes are missing");
        assert_eq!((stream.at, stream.hold(1).unwrap().len()), (200_000, 0));
        assert!(stream.pass(None, |_| ()).unwrap());
    }
}
