//! CBOR. In: bytes. Out: an item whose parts know their range.
//!
//! RFC 8949 (<https://www.rfc-editor.org/rfc/rfc8949>). Refused: what is nested too deeply, what has
//! too many parts, and strings that are given in pieces.

use std::ops::Range;

/// Deepest nesting.
const DEPTH: usize = 16;
/// Most items.
const ITEMS: usize = 50_000;

/// An item and the bytes that it was read from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item<'a> {
    pub(super) value: Value<'a>,
    pub(super) at: Range<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    Integer(i128),
    Bytes(&'a [u8]),
    Text(&'a str),
    Array(Vec<Item<'a>>),
    Map(Vec<(Item<'a>, Item<'a>)>),
    Tag(u64, Box<Item<'a>>),
    Bool(bool),
    /// Null, undefined, floating point numbers: nothing that is asked for here.
    Other,
}

impl<'a> Item<'a> {
    /// The first item of these bytes.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        Reader { bytes, at: 0, left: ITEMS }.item(DEPTH)
    }

    /// The value under a text key of a map.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        self.entry(|of| *of == Value::Text(key))
    }

    /// The value under an integer key of a map.
    pub(super) fn number(&self, key: i128) -> Option<&Self> {
        self.entry(|of| *of == Value::Integer(key))
    }

    fn entry(&self, is: impl Fn(&Value<'a>) -> bool) -> Option<&Self> {
        let Value::Map(entries) = &self.bare().value else { return None };
        entries.iter().find(|(key, _)| is(&key.value)).map(|(_, value)| value)
    }

    /// What stands behind tags.
    pub(super) fn bare(&self) -> &Self {
        let mut item = self;
        while let Value::Tag(_, inner) = &item.value {
            item = inner;
        }
        item
    }

    pub(super) fn text(&self) -> Option<&'a str> {
        match self.bare().value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn bytes(&self) -> Option<&'a [u8]> {
        match self.bare().value {
            Value::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    pub(super) fn integer(&self) -> Option<i128> {
        match self.bare().value {
            Value::Integer(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn array(&self) -> &[Self] {
        match &self.bare().value {
            Value::Array(items) => items,
            _ => &[],
        }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    left: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(length)?;
        let taken = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    /// The kind of the next item, and its argument; `None` for one without an end.
    fn head(&mut self) -> Option<(u8, Option<u64>)> {
        let first = *self.take(1)?.first()?;
        let (kind, short) = (first >> 5, first & 31);
        let argument = match short {
            0..=23 => u64::from(short),
            24..=27 => {
                let bytes = self.take(1 << (short - 24))?;
                bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
            }
            31 => return Some((kind, None)),
            _ => return None,
        };
        Some((kind, Some(argument)))
    }

    /// Whether a list of this many has another member, after `done` of them.
    fn goes_on(&mut self, count: Option<u64>, done: u64) -> Option<bool> {
        match count {
            Some(count) => Some(done < count),
            None if *self.bytes.get(self.at)? == 0xff => {
                self.at += 1;
                Some(false)
            }
            None => Some(true),
        }
    }

    fn item(&mut self, depth: usize) -> Option<Item<'a>> {
        let depth = depth.checked_sub(1)?;
        self.left = self.left.checked_sub(1)?;
        let start = self.at;
        let (kind, argument) = self.head()?;
        let value = match kind {
            0 => Value::Integer(i128::from(argument?)),
            1 => Value::Integer(-1 - i128::from(argument?)),
            2 => Value::Bytes(self.take(usize::try_from(argument?).ok()?)?),
            3 => Value::Text(str::from_utf8(self.take(usize::try_from(argument?).ok()?)?).ok()?),
            4 => {
                let mut items = Vec::new();
                while self.goes_on(argument, items.len() as u64)? {
                    items.push(self.item(depth)?);
                }
                Value::Array(items)
            }
            5 => {
                let mut entries = Vec::new();
                while self.goes_on(argument, entries.len() as u64)? {
                    entries.push((self.item(depth)?, self.item(depth)?));
                }
                Value::Map(entries)
            }
            6 => Value::Tag(argument?, Box::new(self.item(depth)?)),
            _ => match argument? {
                20 => Value::Bool(false),
                21 => Value::Bool(true),
                _ => Value::Other,
            },
        };
        Some(Item { value, at: start..self.at })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_examples_of_the_standard_are_read() {
        // RFC 8949, Appendix A.
        let read = |bytes: &'static [u8]| Item::read(bytes).map(|item| item.value);
        assert_eq!(read(b"\x18\x64"), Some(Value::Integer(100)));
        assert_eq!(read(b"\x39\x03\xe7"), Some(Value::Integer(-1000)));
        assert_eq!(read(b"\x62\xc3\xbc"), Some(Value::Text("ü")));
        assert_eq!(read(b"\xf5"), Some(Value::Bool(true)));
        let map = Item::read(b"\xbf\x61\x61\x01\x61\x62\x9f\x02\x03\xff\xff").unwrap();
        assert_eq!(map.get("a").and_then(Item::integer), Some(1));
        assert_eq!(map.get("b").map(|item| item.at.clone()), Some(6..10));
        assert_eq!(map.get("b").map(|item| item.array().len()), Some(2));
    }

    #[test]
    fn what_is_too_deep_or_too_short_is_refused() {
        assert_eq!(Item::read(&[0x81; 1_000]), None);
        assert_eq!(Item::read(b"\x5b\xff\xff\xff\xff\xff\xff\xff\xff"), None);
        assert_eq!(Item::read(b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff\x01"), None);
        assert_eq!(Item::read(&[vec![0x9f], vec![0; ITEMS + 1], vec![0xff]].concat()), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Some(item) = Item::read(&bytes) {
                prop_assert!(item.at.end <= bytes.len());
            }
        }
    }
}
