//! Numbers and bytes of the index on disk: LEB128 numbers, and blocks with their length.

use crate::error::BadIndex;

pub(crate) fn put(out: &mut Vec<u8>, mut value: u128) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

pub(crate) fn put_text(out: &mut Vec<u8>, text: &str) {
    put(out, text.len() as u128);
    out.extend_from_slice(text.as_bytes());
}

/// Reads what [`put`] wrote; every bound is checked.
pub(crate) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub(crate) const fn at(&self) -> usize {
        self.at
    }

    pub(crate) const fn is_at_end(&self) -> bool {
        self.at == self.bytes.len()
    }

    pub(crate) fn bad(&self, what: &'static str) -> BadIndex {
        BadIndex::Content(self.at, what)
    }

    pub(crate) fn number(&mut self) -> Result<u128, BadIndex> {
        let (mut value, mut shift) = (0_u128, 0);
        loop {
            let byte = *self.bytes.get(self.at).ok_or(BadIndex::Length(self.at))?;
            let bits = u128::from(byte & 0x7f);
            if shift > 126 || (shift == 126 && bits > 3) {
                return Err(self.bad("a number is too large"));
            }
            value |= bits << shift;
            self.at += 1;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
            shift += 7;
        }
    }

    pub(crate) fn small(&mut self) -> Result<u32, BadIndex> {
        u32::try_from(self.number()?).map_err(|_| self.bad("a number is too large"))
    }

    /// A number below a bound.
    pub(crate) fn below(&mut self, bound: usize) -> Result<u32, BadIndex> {
        let value = self.small()?;
        if (value as usize) < bound { Ok(value) } else { Err(self.bad("outside its table")) }
    }

    /// How many items follow, each of at least one byte.
    pub(crate) fn count(&mut self) -> Result<usize, BadIndex> {
        let count = self.small()? as usize;
        let left = self.bytes.len() - self.at;
        if count <= left { Ok(count) } else { Err(BadIndex::Length(self.at)) }
    }

    pub(crate) fn take(&mut self, count: usize) -> Result<&'a [u8], BadIndex> {
        let part = self.bytes[self.at..].get(..count).ok_or(BadIndex::Length(self.at))?;
        self.at += count;
        Ok(part)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], BadIndex> {
        self.take(N)?.try_into().map_err(|_| BadIndex::Length(self.at))
    }

    pub(crate) fn text(&mut self) -> Result<String, BadIndex> {
        let count = self.count()?;
        let text = std::str::from_utf8(self.take(count)?);
        text.map(str::to_owned).map_err(|_| self.bad("not UTF-8"))
    }
}
