//! A part of a file that knows where in the file it lies.

use std::ops::Range;

/// Bytes of a file and the place of the first of them. Where `packed` is set, the bytes were
/// unpacked from that range of the file, and every place inside them is that range.
#[derive(Debug, Clone)]
pub(crate) struct Part<'a> {
    bytes: &'a [u8],
    start: u64,
    packed: Option<Range<u64>>,
}

impl<'a> Part<'a> {
    /// A whole file.
    pub(crate) fn file(bytes: &'a [u8]) -> Self {
        Self { bytes, start: 0, packed: None }
    }

    /// Bytes that begin at a place of the file.
    pub(crate) fn at(bytes: &'a [u8], start: u64) -> Self {
        Self { bytes, start, packed: None }
    }

    /// Bytes that were unpacked, or put together, from a range of the file.
    pub(crate) fn unpacked(bytes: &'a [u8], packed: Range<u64>) -> Self {
        Self { bytes, start: 0, packed: Some(packed) }
    }

    /// The bytes.
    pub(crate) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// How far these bytes begin behind the start of those that they were taken out of.
    pub(crate) fn offset_in(&self, outer: &Part<'_>) -> usize {
        usize::try_from(self.start.saturating_sub(outer.start)).unwrap_or(usize::MAX)
    }

    /// The place in the file of a range of these bytes.
    pub(crate) fn place(&self, range: Range<usize>) -> Range<u64> {
        match &self.packed {
            Some(packed) => packed.clone(),
            None => self.start + range.start as u64..self.start + range.end as u64,
        }
    }

    /// The place in the file of all of it.
    pub(crate) fn whole(&self) -> Range<u64> {
        self.place(0..self.bytes.len())
    }

    /// A range of these bytes, if they reach that far.
    pub(crate) fn get(&self, range: Range<usize>) -> Option<Self> {
        let bytes = self.bytes.get(range.clone())?;
        Some(Self { bytes, start: self.start + range.start as u64, packed: self.packed.clone() })
    }

    /// The bytes from an index on, none if they do not reach that far.
    pub(crate) fn from(&self, index: usize) -> Self {
        let index = index.min(self.bytes.len());
        Self {
            bytes: &self.bytes[index..],
            start: self.start + index as u64,
            packed: self.packed.clone(),
        }
    }

    /// What follows a prefix, if the bytes begin with it.
    pub(crate) fn strip(&self, prefix: &[u8]) -> Option<Self> {
        self.bytes.starts_with(prefix).then(|| self.from(prefix.len()))
    }
}
