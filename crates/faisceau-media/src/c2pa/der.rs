//! DER. In: bytes. Out: an element and what follows it.
//!
//! ITU-T X.690 (<https://www.itu.int/rec/T-REC-X.690>). Refused: lengths without an end, tags of more
//! than one byte.

/// An element.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    pub(super) body: &'a [u8],
}

pub(super) const INTEGER: u8 = 0x02;
pub(super) const BITS: u8 = 0x03;
pub(super) const OCTETS: u8 = 0x04;
pub(super) const IDENTIFIER: u8 = 0x06;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;

/// Reads elements one after the other.
#[derive(Debug, Clone)]
pub(super) struct Elements<'a>(pub(super) &'a [u8]);

impl<'a> Iterator for Elements<'a> {
    type Item = Element<'a>;

    fn next(&mut self) -> Option<Element<'a>> {
        let (head, rest) = self.0.split_first_chunk::<2>()?;
        let [tag, short] = *head;
        if tag & 0x1f == 0x1f {
            return None;
        }
        let (length, rest) = match short {
            0..=0x7f => (usize::from(short), rest),
            0x81..=0x84 => {
                let (digits, rest) = rest.split_at_checked(usize::from(short & 0x7f))?;
                (digits.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)), rest)
            }
            _ => return None,
        };
        let (body, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some(Element { tag, body })
    }
}

impl<'a> Elements<'a> {
    /// The body of the next element, if it has this tag.
    pub(super) fn expect(&mut self, tag: u8) -> Option<&'a [u8]> {
        self.next().filter(|element| element.tag == tag).map(|element| element.body)
    }

    /// What stands within the next element, if it has this tag.
    pub(super) fn within(&mut self, tag: u8) -> Option<Self> {
        self.expect(tag).map(Self)
    }

    /// Passes over the next element, if it has this tag.
    pub(super) fn pass(&mut self, tag: u8) {
        if self.0.first() == Some(&tag) {
            self.next();
        }
    }
}

/// A time, as `2024:01:02 03:04:05Z`.
pub(super) fn time(element: Element<'_>) -> Option<String> {
    let written = str::from_utf8(element.body).ok()?;
    let full = match element.tag {
        // RFC 5280, 4.1.2.5.1: years of two digits from 50 on are those of the last century.
        0x17 if written.get(..2)? < "50" => format!("20{written}"),
        0x17 => format!("19{written}"),
        0x18 => written.to_owned(),
        _ => return None,
    };
    let digits =
        full.get(..14).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let two = |at: usize| digits.get(at..at + 2).unwrap_or_default();
    let (year, rest) = (digits.get(..4)?, full.get(14..)?);
    let (day, hour) = (format!("{year}:{}:{}", two(4), two(6)), two(8));
    Some(format!("{day} {hour}:{}:{}{rest}", two(10), two(12)))
}

/// A string of a name.
pub(super) fn string(element: Element<'_>) -> Option<String> {
    match element.tag {
        0x0c | 0x12 | 0x13 | 0x16 | 0x1a => {
            Some(String::from_utf8_lossy(element.body).into_owned())
        }
        0x14 => Some(element.body.iter().map(|byte| char::from(*byte)).collect()),
        0x1e => {
            let units = element.body.as_chunks::<2>().0.iter().map(|two| u16::from_be_bytes(*two));
            Some(char::decode_utf16(units).map(|read| read.unwrap_or('\u{fffd}')).collect())
        }
        _ => None,
    }
}
