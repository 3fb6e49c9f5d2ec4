//! Values as PHP's `serialize` writes them: `a:1:{s:2:"ip";s:9:"192.0.2.7";}`.
//!
//! In: bytes. Out: a value. Refused: objects, references, more than 8 levels or 10,000 elements.

/// Deepest level.
const DEPTH: usize = 8;
/// Most elements of all arrays together.
const ELEMENTS: usize = 10_000;

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Php {
    /// A text, which may be of any bytes.
    Text(String),
    /// An integer.
    Number(i64),
    /// An array, in its order.
    Array(Vec<(String, Php)>),
    /// Anything else.
    Other,
}

impl Php {
    /// The element of an array under a key.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Array(elements) => {
                elements.iter().find(|(name, _)| name == key).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// A text that is not empty.
    pub(super) fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) if !text.trim().is_empty() => Some(text.clone()),
            _ => None,
        }
    }

    /// A number.
    pub(super) fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// A whole value.
pub(super) fn read(bytes: &[u8]) -> Option<Php> {
    let mut reader = Reader { rest: bytes, elements: ELEMENTS };
    let value = reader.value(DEPTH)?;
    reader.rest.iter().all(u8::is_ascii_whitespace).then_some(value)
}

struct Reader<'b> {
    rest: &'b [u8],
    elements: usize,
}

impl<'b> Reader<'b> {
    fn value(&mut self, depth: usize) -> Option<Php> {
        let depth = depth.checked_sub(1)?;
        match self.take(2)? {
            b"s:" => Some(Php::Text(self.text()?)),
            b"i:" => Some(Php::Number(self.number(b';')?)),
            b"N;" => Some(Php::Other),
            b"b:" | b"d:" => {
                self.until(b';')?;
                Some(Php::Other)
            }
            b"a:" => {
                let len = self.number(b':')?;
                self.expect(b"{")?;
                let mut elements = Vec::new();
                for _ in 0..len {
                    self.elements = self.elements.checked_sub(1)?;
                    let key = match self.value(depth)? {
                        Php::Text(text) => text,
                        Php::Number(number) => number.to_string(),
                        _ => return None,
                    };
                    elements.push((key, self.value(depth)?));
                }
                self.expect(b"}")?;
                Some(Php::Array(elements))
            }
            _ => None,
        }
    }

    /// `9:"192.0.2.7";`, the length in bytes.
    fn text(&mut self) -> Option<String> {
        let len = usize::try_from(self.number(b':')?).ok()?;
        self.expect(b"\"")?;
        let text = self.take(len)?;
        self.expect(b"\";")?;
        Some(crate::text::decode::decode(text).into_owned())
    }

    fn number(&mut self, end: u8) -> Option<i64> {
        std::str::from_utf8(self.until(end)?).ok()?.parse().ok()
    }

    fn until(&mut self, end: u8) -> Option<&'b [u8]> {
        let at = memchr::memchr(end, self.rest)?;
        let found = self.rest.get(..at)?;
        self.rest = self.rest.get(at + 1..)?;
        Some(found)
    }

    fn expect(&mut self, text: &[u8]) -> Option<()> {
        self.rest = self.rest.strip_prefix(text)?;
        Some(())
    }

    fn take(&mut self, len: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.rest.split_at_checked(len)?;
        self.rest = rest;
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn values_are_read_and_limits_hold() {
        let value = read(b"a:2:{s:2:\"ip\";s:9:\"192.0.2.7\";s:5:\"login\";i:17;}").unwrap();
        assert_eq!(value.get("ip").and_then(Php::text).unwrap(), "192.0.2.7");
        assert_eq!(value.get("login").and_then(Php::number), Some(17));
        assert_eq!(read(b"s:3:\"\xc3\xa9a\";"), Some(Php::Text("éa".to_owned())));
        for broken in [
            &b"s:9:\"short\";"[..],
            b"a:1:{i:0;",
            b"a:-1:{}x",
            b"a:99999999999:{}",
            b"O:1:\"x\":0:{}",
            b"s:99999999999999999999:\"\";",
        ] {
            assert_eq!(read(broken), None);
        }
        assert_eq!(read("a:1:{i:0;".repeat(50).as_bytes()), None);
    }

    proptest! {
        #[test]
        fn never_panics(text in "([aisbN]:[0-9]{0,3}[:;]|[{};\":é])*") {
            let _ = read(text.as_bytes());
        }
    }
}
