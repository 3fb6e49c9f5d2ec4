//! The objects of PDF. In: bytes and a place. Out: an object whose parts know their range.
//!
//! ISO 32000-1:2008, 7.2 "Lexical conventions" and 7.3 "Objects"
//! (<https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/PDF32000_2008.pdf>). Refused: what
//! is nested too deeply, and what has too many parts.

use std::ops::Range;

/// Deepest nesting of arrays and dictionaries.
const DEPTH: usize = 32;
/// Most values within one object.
const VALUES: usize = 200_000;
/// Longest string that is kept, in bytes; the rest of it is passed over.
const STRING: usize = 16_384;

/// An object and the bytes that it was read from.
#[derive(Debug, Clone)]
pub(super) struct Object {
    pub(super) value: Value,
    pub(super) at: Range<usize>,
}

#[derive(Debug, Clone)]
pub(super) enum Value {
    Null,
    Bool(bool),
    /// A number as it is written.
    Number(String),
    Name(Vec<u8>),
    Text(Vec<u8>),
    Array(Vec<Object>),
    Dictionary(Vec<(Vec<u8>, Object)>),
    /// The number of another object.
    Reference(u32),
}

impl Object {
    /// The value under a key of a dictionary.
    pub(super) fn get(&self, key: &[u8]) -> Option<&Object> {
        let Value::Dictionary(entries) = &self.value else { return None };
        entries.iter().find(|(name, _)| name == key).map(|(_, object)| object)
    }

    pub(super) fn is_dictionary(&self) -> bool {
        matches!(self.value, Value::Dictionary(_))
    }

    pub(super) fn array(&self) -> Option<&[Object]> {
        match &self.value {
            Value::Array(objects) => Some(objects),
            _ => None,
        }
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        match &self.value {
            Value::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(super) fn integer(&self) -> Option<usize> {
        match &self.value {
            Value::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }
}

/// Reads objects one after the other.
#[derive(Debug)]
pub(super) struct Parser<'a> {
    bytes: &'a [u8],
    /// Where the next token begins.
    pub(super) at: usize,
    left: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, left: VALUES }
    }

    /// The next object; `None` where there is none that can be read.
    pub(super) fn object(&mut self) -> Option<Object> {
        self.nested(DEPTH)
    }

    /// The object behind its head, and its number.
    pub(super) fn headed(&mut self) -> Option<(u64, Object)> {
        let number = self.unsigned()?;
        self.unsigned()?;
        let object = if self.word(b"obj") { self.object() } else { None };
        object.map(|object| (number, object))
    }

    /// A number without a sign.
    pub(super) fn unsigned(&mut self) -> Option<u64> {
        self.blanks();
        let digits = self.while_of(|byte| byte.is_ascii_digit());
        str::from_utf8(digits).ok()?.parse().ok()
    }

    /// A word, if it comes next.
    pub(super) fn word(&mut self, word: &[u8]) -> bool {
        self.blanks();
        let found = self.rest().starts_with(word);
        if found {
            self.at += word.len();
        }
        found
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn while_of(&mut self, of: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.rest();
        let length = rest.iter().position(|byte| !of(*byte)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// Passes over blanks and comments.
    fn blanks(&mut self) {
        loop {
            self.while_of(is_blank);
            if self.peek() != Some(b'%') {
                return;
            }
            self.while_of(|byte| !matches!(byte, b'\r' | b'\n'));
        }
    }

    fn nested(&mut self, depth: usize) -> Option<Object> {
        self.left = self.left.checked_sub(1)?;
        let depth = depth.checked_sub(1)?;
        self.blanks();
        let start = self.at;
        let value = match self.peek()? {
            b'/' => Value::Name(self.name()),
            b'(' => Value::Text(self.literal()?),
            b'[' => self.array(depth)?,
            b'<' if self.rest().starts_with(b"<<") => self.dictionary(depth)?,
            b'<' => Value::Text(self.hexadecimal()?),
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number_or_reference(),
            _ => self.keyword()?,
        };
        Some(Object { value, at: start..self.at })
    }

    fn array(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut objects = Vec::new();
        while !self.word(b"]") {
            objects.push(self.nested(depth)?);
        }
        Some(Value::Array(objects))
    }

    fn dictionary(&mut self, depth: usize) -> Option<Value> {
        self.at += 2;
        let mut entries = Vec::new();
        while !self.word(b">>") {
            if self.peek() != Some(b'/') {
                return None;
            }
            let key = self.name();
            entries.push((key, self.nested(depth)?));
        }
        Some(Value::Dictionary(entries))
    }

    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut written = self.while_of(is_regular);
        let mut name = Vec::new();
        while let Some((first, rest)) = written.split_first() {
            let code =
                rest.first_chunk::<2>().filter(|_| *first == b'#').and_then(|two| pair(*two));
            name.push(code.unwrap_or(*first));
            written = if code.is_some() { rest.get(2..).unwrap_or_default() } else { rest };
        }
        name.truncate(STRING);
        name
    }

    fn literal(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let (mut text, mut open) = (Vec::new(), 1usize);
        loop {
            let byte = self.peek()?;
            self.at += 1;
            let byte = match byte {
                b'\\' => self.escaped(),
                b'(' => {
                    open += 1;
                    Some(byte)
                }
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Some(text);
                    }
                    Some(byte)
                }
                _ => Some(byte),
            };
            text.extend(byte.filter(|_| text.len() < STRING));
        }
    }

    /// What stands for an escape; nothing for a line that goes on.
    fn escaped(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        match byte {
            b'n' => Some(b'\n'),
            b'r' => Some(b'\r'),
            b't' => Some(b'\t'),
            b'b' => Some(8),
            b'f' => Some(12),
            b'\n' => None,
            b'\r' => {
                self.at += usize::from(self.peek() == Some(b'\n'));
                None
            }
            b'0'..=b'7' => {
                let mut code = byte - b'0';
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    self.at += 1;
                    code = code.wrapping_mul(8).wrapping_add(digit - b'0');
                }
                Some(code)
            }
            _ => Some(byte),
        }
    }

    fn hexadecimal(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let written = self.while_of(|byte| byte != b'>');
        self.peek()?;
        self.at += 1;
        let mut digits = written.iter().copied().filter(u8::is_ascii_hexdigit);
        let mut text = Vec::new();
        while let Some(high) = digits.next() {
            if text.len() < STRING {
                text.extend(pair([high, digits.next().unwrap_or(b'0')]));
            }
        }
        Some(text)
    }

    fn number_or_reference(&mut self) -> Value {
        let digits = self.while_of(is_regular);
        let after = self.at;
        let written = String::from_utf8_lossy(digits.get(..STRING).unwrap_or(digits)).into_owned();
        if let Ok(number) = written.parse::<u32>()
            && self.unsigned().is_some()
            && self.word(b"R")
            && !self.peek().is_some_and(is_regular)
        {
            return Value::Reference(number);
        }
        self.at = after;
        Value::Number(written)
    }

    fn keyword(&mut self) -> Option<Value> {
        match self.while_of(is_regular) {
            b"true" => Some(Value::Bool(true)),
            b"false" => Some(Value::Bool(false)),
            b"null" => Some(Value::Null),
            _ => None,
        }
    }
}

pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_regular(byte: u8) -> bool {
    !is_blank(byte) && !b"()<>[]{}/%".contains(&byte)
}

fn pair([high, low]: [u8; 2]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}
