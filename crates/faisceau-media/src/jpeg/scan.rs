//! Walks the segments of a JPEG file.
//!
//! Segment lengths lie in hostile files: a segment never reaches beyond the file, and bytes that
//! are no marker are skipped up to the next one. Each step moves forward, so that no loop is
//! possible.

use crate::part::Part;

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;

/// A marker segment.
pub(super) struct Segment<'a> {
    pub(super) marker: u8,
    /// Marker, length and payload.
    pub(super) raw: &'a [u8],
    /// What follows the length.
    pub(super) payload: Part<'a>,
}

/// A walk.
pub(super) struct Scan<'a, 'b> {
    file: &'b Part<'a>,
    at: usize,
}

impl<'a, 'b> Scan<'a, 'b> {
    /// Starts behind SOI.
    pub(super) fn new(file: &'b Part<'a>) -> Self {
        Self { file, at: 2 }
    }

    /// Where the walk is.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The next segment, cut at the end of the file if its length lies.
    pub(super) fn next(&mut self) -> Option<Segment<'a>> {
        let bytes = self.file.bytes();
        loop {
            self.at += memchr::memchr(0xff, bytes.get(self.at..)?)?;
            let start = self.at;
            // Any number of FF may fill the room before a marker.
            while bytes.get(self.at) == Some(&0xff) {
                self.at += 1;
            }
            let marker = *bytes.get(self.at)?;
            self.at += 1;
            match marker {
                // Stuffing, TEM, restarts and a second SOI stand alone and say nothing here.
                0x00 | 0x01 | 0xd0..=0xd7 | SOI => {}
                EOI => {
                    let payload = self.file.from(bytes.len());
                    return Some(Segment { marker, raw: &[], payload });
                }
                _ => return self.segment(marker, start),
            }
        }
    }

    fn segment(&mut self, marker: u8, start: usize) -> Option<Segment<'a>> {
        let bytes = self.file.bytes();
        let length = *bytes.get(self.at..)?.first_chunk::<2>()?;
        let length = usize::from(u16::from_be_bytes(length)).max(2);
        let end = (self.at + length).min(bytes.len());
        let payload = self.file.get((self.at + 2).min(end)..end)?;
        // Fill bytes before the marker are no part of the picture.
        let raw = bytes.get(self.at.saturating_sub(2).max(start)..end)?;
        self.at = end;
        Some(Segment { marker, raw, payload })
    }

    /// The data of a scan: up to a marker that is neither stuffing nor a restart.
    pub(super) fn entropy_coded(&mut self) -> &'a [u8] {
        let bytes = self.file.bytes();
        let start = self.at;
        let mut at = start;
        while let Some(step) = bytes.get(at..).and_then(|rest| memchr::memchr(0xff, rest)) {
            at += step;
            match bytes.get(at + 1) {
                Some(0x00 | 0xd0..=0xd7) => at += 2,
                Some(0xff) => at += 1,
                Some(_) => {
                    self.at = at;
                    return &bytes[start..at];
                }
                None => break,
            }
        }
        self.at = bytes.len();
        bytes.get(start..).unwrap_or_default()
    }
}
