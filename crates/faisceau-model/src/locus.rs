//! Where in an exhibit a record stands.

use std::fmt;
use std::str::FromStr;

use crate::ids::{ExhibitNo, IdError};
use crate::table::text_field;

/// A place inside an exhibit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A line (from 1) and the byte where it starts (from 0). Text: `l12@400`.
    Line {
        /// Line number, from 1.
        number: u64,
        /// Offset of the first byte of the record, from 0.
        byte: u64,
    },
    /// A run of bytes. Text: `b400+120`.
    Bytes {
        /// Offset of the first byte, from 0.
        start: u64,
        /// Number of bytes.
        len: u64,
    },
    /// A JSON pointer (RFC 6901). Text: the pointer itself, `/messages/17`.
    Pointer(String),
    /// A row of a sheet of a workbook, both from 1. Text: `s1r12`.
    Row {
        /// Number of the sheet, from 1.
        sheet: u32,
        /// Number of the row as a spreadsheet shows it, from 1.
        row: u32,
    },
    /// An element of a page: its position, from 1, among all elements in document order, as in
    /// `document.querySelectorAll("*")` (HTML Living Standard). Text: `e512`.
    Element(u32),
    /// The exhibit as a whole. Text: `whole`.
    Whole,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line { number, byte } => write!(f, "l{number}@{byte}"),
            Self::Bytes { start, len } => write!(f, "b{start}+{len}"),
            Self::Pointer(pointer) => f.write_str(pointer),
            Self::Row { sheet, row } => write!(f, "s{sheet}r{row}"),
            Self::Element(number) => write!(f, "e{number}"),
            Self::Whole => f.write_str("whole"),
        }
    }
}

impl FromStr for Place {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let pair = |rest: &str, sep| {
            let (a, b) = rest.split_once(sep)?;
            Some((a.parse().ok()?, b.parse().ok()?))
        };
        let place = match text.as_bytes().first() {
            Some(b'l') => pair(&text[1..], '@').map(|(number, byte)| Self::Line { number, byte }),
            Some(b'b') => pair(&text[1..], '+').map(|(start, len)| Self::Bytes { start, len }),
            Some(b's') => text[1..].split_once('r').and_then(|(sheet, row)| {
                Some(Self::Row { sheet: sheet.parse().ok()?, row: row.parse().ok()? })
            }),
            Some(b'e') => text[1..].parse().ok().map(Self::Element),
            Some(b'/') => Some(Self::Pointer(text.to_owned())),
            _ if text == "whole" => Some(Self::Whole),
            _ => None,
        };
        place.ok_or_else(|| IdError::new(text, "a place such as `l12@400` or `/messages/3`"))
    }
}

text_field!(display Place);

/// An exhibit and a place in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locus {
    /// The exhibit.
    pub exhibit: ExhibitNo,
    /// The place in it.
    pub place: Place,
}

impl fmt::Display for Locus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "pièce {}, {}", self.exhibit, self.place)
    }
}
