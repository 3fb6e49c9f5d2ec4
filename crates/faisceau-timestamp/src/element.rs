//! Elements of DER with the bytes they came in. In: bytes. Out: tag, value and the whole encoding.
//!
//! ITU-T X.690. The `der` crate reads tags and lengths: it refuses what is BER and not DER
//! (indefinite and overlong lengths). What is signed is hashed as it came, so nothing is encoded
//! again. Refused: bytes after the end, a tag other than the one that must stand there.

use der::{Reader, SliceReader, Tag, TagNumber};

use crate::{ELEMENTS_LIMIT, Oid, TEXT_LIMIT, TimestampError};

type Result<T> = std::result::Result<T, TimestampError>;

/// Numbers of an object identifier that is shown.
const OID_LIMIT: usize = 128;
/// Levels of a certificate: real ones have about eight.
const DEPTH_LIMIT: usize = 32;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'a> {
    pub(crate) tag: Tag,
    pub(crate) raw: &'a [u8],
    pub(crate) value: &'a [u8],
}

/// `[n]` around other elements.
pub(crate) const fn within(number: TagNumber) -> Tag {
    Tag::ContextSpecific { constructed: true, number }
}

/// `[n]` instead of the tag of a value.
pub(crate) const fn instead(number: TagNumber) -> Tag {
    Tag::ContextSpecific { constructed: false, number }
}

impl<'a> Element<'a> {
    /// The one element that the bytes are.
    pub(crate) fn only(bytes: &'a [u8], tag: Tag, what: &'static str) -> Result<Self> {
        let mut fields = Fields::of(bytes, what)?;
        let element = fields.next(tag, what)?;
        fields.end()?;
        Ok(element)
    }

    pub(crate) fn fields(&self, what: &'static str) -> Result<Fields<'a>> {
        Fields::of(self.value, what)
    }

    pub(crate) fn oid(&self, what: &'static str) -> Result<Oid> {
        Oid::from_bytes(self.value).map_err(|error| TimestampError::malformed(what, error))
    }

    /// An object identifier as numbers with points: any, where the type [`Oid`] has limits of its
    /// own (three numbers at least, 39 bytes, 32 bits a number). X.690, 8.19.
    pub(crate) fn oid_text(&self, what: &'static str) -> Result<String> {
        let wrong = || TimestampError::malformed(what, "no object identifier");
        let mut numbers: Vec<u128> = Vec::new();
        let (mut number, mut is_open) = (0_u128, false);
        for byte in self.value {
            if (!is_open && *byte == 0x80) || number > u128::MAX >> 7 || numbers.len() > OID_LIMIT {
                return Err(wrong());
            }
            number = number << 7 | u128::from(byte & 0x7f);
            is_open = byte & 0x80 != 0;
            if !is_open {
                numbers.push(number);
                number = 0;
            }
        }
        let (first, rest) = numbers.split_first().filter(|_| !is_open).ok_or_else(wrong)?;
        let root = (first / 40).min(2);
        let second = first - root * 40;
        let all: Vec<_> = [root, second].iter().chain(rest).map(u128::to_string).collect();
        Ok(all.join("."))
    }

    /// The bytes of an integer that is not negative, without a leading zero.
    pub(crate) fn unsigned(&self, what: &'static str) -> Result<&'a [u8]> {
        match self.value {
            [] => Err(TimestampError::malformed(what, "an integer without bytes")),
            [0, next, ..] if *next < 0x80 => {
                Err(TimestampError::malformed(what, "an integer with superfluous zeros"))
            }
            [0] => Ok(self.value),
            [0, rest @ ..] => Ok(rest),
            [first, ..] if *first >= 0x80 => {
                Err(TimestampError::malformed(what, "a negative number"))
            }
            whole => Ok(whole),
        }
    }

    /// An integer as hexadecimal digits, with a sign where it is negative.
    pub(crate) fn integer_text(&self) -> String {
        match self.value {
            [first, ..] if *first >= 0x80 => {
                // Two's complement: the magnitude is the inverse, and one more.
                let mut bytes: Vec<u8> = self.value.iter().map(|byte| !byte).collect();
                for byte in bytes.iter_mut().rev() {
                    let (sum, carried) = byte.overflowing_add(1);
                    *byte = sum;
                    if !carried {
                        break;
                    }
                }
                format!("-{}", hex(&bytes))
            }
            [0, rest @ ..] if !rest.is_empty() => hex(rest),
            value => hex(value),
        }
    }

    /// A small number.
    pub(crate) fn number(&self, what: &'static str) -> Result<u64> {
        let bytes = self.unsigned(what)?;
        if bytes.len() > 8 {
            return Err(TimestampError::malformed(what, "a number beyond 64 bits"));
        }
        Ok(bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    pub(crate) fn boolean(&self, what: &'static str) -> Result<bool> {
        match self.value {
            [0] => Ok(false),
            [0xff] => Ok(true),
            _ => Err(TimestampError::malformed(what, "no boolean of DER")),
        }
    }
}

/// The elements inside another, one after the other.
#[derive(Debug)]
pub(crate) struct Fields<'a> {
    reader: SliceReader<'a>,
    what: &'static str,
}

impl<'a> Fields<'a> {
    pub(crate) fn of(bytes: &'a [u8], what: &'static str) -> Result<Self> {
        let reader =
            SliceReader::new(bytes).map_err(|error| TimestampError::malformed(what, error))?;
        Ok(Self { reader, what })
    }

    /// The next element, whatever its tag; `None` at the end.
    pub(crate) fn any(&mut self) -> Result<Option<Element<'a>>> {
        if self.reader.is_finished() {
            return Ok(None);
        }
        let what = self.what;
        let mut read = || {
            let tag = self.reader.peek_tag()?;
            let length = self.reader.peek_header()?.length;
            let raw = self.reader.tlv_bytes()?;
            Ok((tag, usize::try_from(length)?, raw))
        };
        let (tag, length, raw) =
            read().map_err(|error: der::Error| TimestampError::malformed(what, error))?;
        let head = raw.len().saturating_sub(length);
        Ok(Some(Element { tag, raw, value: raw.get(head..).unwrap_or_default() }))
    }

    pub(crate) fn next(&mut self, tag: Tag, what: &'static str) -> Result<Element<'a>> {
        let found = self.any()?;
        match found {
            Some(element) if element.tag == tag => Ok(element),
            Some(element) => {
                Err(TimestampError::malformed(what, format!("{} instead of {tag}", element.tag)))
            }
            None => Err(TimestampError::malformed(what, "missing")),
        }
    }

    /// The next element, if it has this tag.
    pub(crate) fn optional(&mut self, tag: Tag) -> Result<Option<Element<'a>>> {
        if self.reader.is_finished() || self.reader.peek_tag().ok() != Some(tag) {
            return Ok(None);
        }
        self.any()
    }

    /// All that follow, which have one tag, up to a limit.
    pub(crate) fn all(mut self, tag: Tag, limit: usize) -> Result<Vec<Element<'a>>> {
        let mut all = Vec::new();
        while !self.reader.is_finished() {
            if all.len() == limit {
                return Err(TimestampError::TooMany { what: self.what, limit });
            }
            all.push(self.next(tag, self.what)?);
        }
        Ok(all)
    }

    pub(crate) fn end(self) -> Result<()> {
        if self.reader.is_finished() {
            return Ok(());
        }
        let left = self.reader.remaining_len();
        Err(TimestampError::malformed(self.what, format!("{left} bytes after its end")))
    }
}

/// Refuses more elements or levels than a certificate has, before anything sorts them.
pub(crate) fn bounded(bytes: &[u8], what: &'static str) -> Result<()> {
    let mut open = vec![Fields::of(bytes, what)?];
    let mut elements = 0;
    while let Some(fields) = open.last_mut() {
        let Some(element) = fields.any()? else {
            open.pop();
            continue;
        };
        elements += 1;
        if elements > ELEMENTS_LIMIT {
            return Err(TimestampError::TooMany { what, limit: ELEMENTS_LIMIT });
        }
        if element.tag.is_constructed() {
            if open.len() == DEPTH_LIMIT {
                return Err(TimestampError::malformed(what, "elements nested too deep"));
            }
            open.push(element.fields(what)?);
        }
    }
    Ok(())
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Text of somebody else, made inert, cut and marked where it is long.
pub(crate) fn shown(text: &str) -> String {
    let inert = faisceau_model::inert(text);
    match inert.char_indices().nth(TEXT_LIMIT) {
        Some((end, _)) => format!("{}…", inert.get(..end).unwrap_or_default()),
        None => inert.into_owned(),
    }
}

#[cfg(test)]
mod tests;
