//! DAG-CBOR, the part of CBOR (RFC 8949) that the protocol allows.
//!
//! In: the bytes of a block. Out: its value. Refused: lengths that are not given at the start,
//! nesting above [`MAX_DEPTH`], more elements than bytes, tags other than links.

use serde_json::{Map, Number, Value};

use crate::json::{MAX_RECORD, Object};

/// Deepest nesting.
const MAX_DEPTH: usize = 64;

/// A value; texts and bytes are borrowed from the block.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cbor<'b> {
    Null,
    Bool(bool),
    Int(i128),
    Float(f64),
    Bytes(&'b [u8]),
    Text(&'b str),
    List(Vec<Cbor<'b>>),
    Map(Vec<(&'b str, Cbor<'b>)>),
    Link(&'b [u8]),
}

impl Cbor<'_> {
    /// The value of a key of a map.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Map(pairs) = self else { return None };
        pairs.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    /// The same as JSON, as the protocol writes it; `None` for anything but a map.
    pub(super) fn into_object(self) -> Option<Object> {
        match self.into_json() {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    fn into_json(self) -> Value {
        let single = |key: &str, text: String| {
            Value::Object(Map::from_iter([(key.to_owned(), Value::String(text))]))
        };
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(value),
            Self::Int(value) => i64::try_from(value)
                .map(Number::from)
                .or_else(|_| u64::try_from(value).map(Number::from))
                .map_or(Value::Null, Value::Number),
            Self::Float(value) => Number::from_f64(value).map_or(Value::Null, Value::Number),
            Self::Text(text) => Value::String(text.to_owned()),
            Self::Bytes(bytes) => single("$bytes", format!("{} bytes", bytes.len())),
            Self::Link(id) => single("$link", format!("b{}", base32(id))),
            Self::List(list) => Value::Array(list.into_iter().map(Self::into_json).collect()),
            Self::Map(pairs) => {
                let pairs =
                    pairs.into_iter().map(|(key, value)| (key.to_owned(), value.into_json()));
                Value::Object(pairs.collect())
            }
        }
    }
}

/// The value that a block is.
pub(super) fn decode(block: &[u8]) -> Option<Cbor<'_>> {
    // Held in memory, a byte of a list may take forty.
    if block.len() > MAX_RECORD {
        return None;
    }
    let mut reader = Reader { rest: block };
    let value = reader.value(MAX_DEPTH)?;
    reader.rest.is_empty().then_some(value)
}

struct Reader<'b> {
    rest: &'b [u8],
}

impl<'b> Reader<'b> {
    fn take(&mut self, len: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.rest.split_at_checked(len)?;
        self.rest = rest;
        Some(taken)
    }

    /// The kind of the next item and its argument.
    fn head(&mut self) -> Option<(u8, u8, u64)> {
        let first = *self.take(1)?.first()?;
        let (kind, info) = (first >> 5, first & 0x1f);
        let argument = match info {
            0..=23 => u64::from(info),
            24..=27 => {
                let bytes = self.take(1 << (info - 24))?;
                bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
            }
            _ => return None,
        };
        Some((kind, info, argument))
    }

    fn value(&mut self, depth: usize) -> Option<Cbor<'b>> {
        let depth = depth.checked_sub(1)?;
        let (kind, info, argument) = self.head()?;
        // Each element takes a byte at least: a length can not promise more.
        let len = usize::try_from(argument).ok();
        let fits = || len.filter(|&len| len <= self.rest.len());
        Some(match kind {
            0 => Cbor::Int(i128::from(argument)),
            1 => Cbor::Int(-1 - i128::from(argument)),
            2 => Cbor::Bytes(self.take(len?)?),
            3 => Cbor::Text(std::str::from_utf8(self.take(len?)?).ok()?),
            4 => {
                let len = fits()?;
                let mut list = Vec::new();
                for _ in 0..len {
                    list.push(self.value(depth)?);
                }
                Cbor::List(list)
            }
            5 => {
                let len = fits()?;
                let mut pairs = Vec::new();
                for _ in 0..len {
                    let Cbor::Text(key) = self.value(depth)? else { return None };
                    pairs.push((key, self.value(depth)?));
                }
                Cbor::Map(pairs)
            }
            6 if argument == 42 => match self.value(depth)? {
                // A link starts with a zero byte that is no part of the id.
                Cbor::Bytes([0, id @ ..]) => Cbor::Link(id),
                _ => return None,
            },
            7 => match (info, argument) {
                (20, _) => Cbor::Bool(false),
                (21, _) => Cbor::Bool(true),
                (22, _) => Cbor::Null,
                (27, bits) => Cbor::Float(f64::from_bits(bits)),
                _ => return None,
            },
            _ => return None,
        })
    }
}

/// Base 32 in lower case without padding (RFC 4648), as ids of content are written.
fn base32(bytes: &[u8]) -> String {
    let mut out = String::new();
    let (mut bits, mut count) = (0_u32, 0);
    let mut put = |index: u32| {
        out.push(match index & 31 {
            letter @ 0..=25 => char::from(b'a' + letter as u8),
            digit => char::from(b'2' + (digit - 26) as u8),
        });
    };
    for byte in bytes {
        bits = (bits << 8 | u32::from(*byte)) & 0xffff;
        count += 8;
        while count >= 5 {
            count -= 5;
            put(bits >> count);
        }
    }
    if count > 0 {
        put(bits << (5 - count));
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn values_are_read_as_the_standard_says() {
        assert_eq!(
            decode(&[0xa1, 0x61, b'a', 0x38, 0x18]).unwrap().get("a"),
            Some(&Cbor::Int(-25))
        );
        assert_eq!(
            decode(&[0x82, 0xf5, 0xf6]),
            Some(Cbor::List(vec![Cbor::Bool(true), Cbor::Null]))
        );
        assert_eq!(decode(&[0xfb, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0]), Some(Cbor::Float(1.0)));
        assert_eq!(decode(&[0xd8, 0x2a, 0x43, 0, 1, 2]), Some(Cbor::Link(&[1, 2])));
        // Open lengths, lengths beyond the block, bytes after the value, keys that are no text.
        for refused in
            [&[0x9f, 0xff][..], &[0x9a, 0xff, 0xff, 0xff, 0xff], &[1, 1], &[0xa1, 1, 1], &[]]
        {
            assert_eq!(decode(refused), None);
        }
        assert_eq!(decode(&vec![0x81; 10_000]), None);
        // The test vectors of RFC 4648.
        assert_eq!(base32(b"foobar"), "mzxw6ytboi");
        assert_eq!(base32(b"f"), "my");
    }

    proptest! {
        #[test]
        fn never_panics(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            if let Some(value) = decode(&bytes) {
                value.into_object();
            }
        }
    }
}
