//! One record of a table, as values by header name.
//!
//! In: a record. Out: its cells. Refused: a platform id that a spreadsheet has rounded, for it may
//! name another account.

use std::borrow::Cow;

use faisceau_model::{Absent, Maybe, Precision, RejectReason};
use jiff::civil::{DateTime, Time};

use crate::json::Flaw;

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell<'a> {
    /// The table has no such column.
    NoColumn,
    /// The column is there, the cell is empty.
    Empty,
    /// A text, or a number as text.
    Text(Cow<'a, str>),
    /// Several texts.
    List(Vec<String>),
    /// A date of a spreadsheet, which knows no zone.
    Civil(DateTime, Precision),
    /// A time of the day of a spreadsheet.
    Clock(Time),
    /// A value that is neither.
    Unreadable,
}

/// A record whose cells are asked for by header.
pub(crate) trait Cells {
    /// The cell under a header.
    fn cell(&self, header: &str) -> Cell<'_>;

    /// The number of the column of a header, from 1, in a table that has columns.
    fn column(&self, _header: &str) -> Option<u32> {
        None
    }
}

impl<'a> Cell<'a> {
    /// A text as it stands, which counts as empty if it holds only white space.
    pub(crate) fn of(text: &'a str) -> Self {
        if text.trim().is_empty() { Self::Empty } else { Self::Text(Cow::Borrowed(text)) }
    }

    /// The text, or the reason why there is none.
    pub(crate) fn text(self) -> Maybe<String> {
        match self {
            Self::NoColumn => Maybe::Missing(Absent::NotRecorded),
            Self::Empty => Maybe::Missing(Absent::NotExported),
            Self::Text(text) => Maybe::Known(text.into_owned()),
            Self::Civil(civil, Precision::Day) => Maybe::Known(civil.date().to_string()),
            Self::Civil(civil, _) => Maybe::Known(format!("{} {}", civil.date(), civil.time())),
            Self::Clock(time) => Maybe::Known(time.to_string()),
            Self::List(_) | Self::Unreadable => Maybe::Missing(Absent::Unreadable),
        }
    }

    /// The texts: a list, a JSON list, or texts between semicolons.
    pub(crate) fn list(self) -> Vec<String> {
        match self {
            Self::List(texts) => texts,
            Self::Text(text) => serde_json::from_str(&text).unwrap_or_else(|_| {
                text.split(';').map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).collect()
            }),
            Self::NoColumn | Self::Empty | Self::Unreadable | Self::Civil(..) | Self::Clock(_) => {
                Vec::new()
            }
        }
    }

    /// The text of an identifier, without white space around it.
    pub(crate) fn id(self) -> Result<Maybe<String>, Flaw> {
        if matches!(self, Self::Civil(..) | Self::Clock(_)) {
            return Err(lost("an id was turned into a date"));
        }
        let text = match self.text() {
            Maybe::Known(text) => text,
            Maybe::Missing(Absent::Unreadable) => {
                return Err(lost("an id is neither text nor number"));
            }
            Maybe::Missing(reason) => return Ok(Maybe::Missing(reason)),
        };
        let text = text.trim();
        // Up to 15 digits survive the way through a float.
        let text = match text.strip_suffix(".0") {
            Some(whole) if whole.len() <= 15 && all_digits(whole) => whole,
            _ => text,
        };
        if rounded(text) {
            return Err(lost("an id was rounded: its digits are lost"));
        }
        Ok(Maybe::Known(text.to_owned()))
    }
}

fn lost(detail: &str) -> Flaw {
    (RejectReason::Syntax, detail.to_owned())
}

/// `1.23457E+18`, `1.7e18`, or more digits than a float holds with `.0` after them.
fn rounded(text: &str) -> bool {
    if let Some(whole) = text.strip_suffix(".0") {
        return all_digits(whole);
    }
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
    // Hexadecimal ids such as `12e5` have no sign and no decimal point.
    let signed = exponent.starts_with(['+', '-']);
    let plain = exponent.trim_start_matches(['+', '-']);
    !mantissa.is_empty()
        && number(mantissa)
        && !plain.is_empty()
        && all_digits(plain)
        && (signed || mantissa.contains(['.', ',']))
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rounded_id_is_refused() {
        for id in ["1.23457E+18", "1,23457E+18", "1e+18", "1.7e18", "1234567890123456800.0"] {
            assert!(Cell::of(id).id().is_err(), "{id}");
        }
        for (id, kept) in [("12e5", "12e5"), ("42.0", "42"), (" 007 ", "007"), ("e+1", "e+1")] {
            assert_eq!(Cell::of(id).id().ok(), Some(Maybe::Known(kept.to_owned())), "{id}");
        }
        assert!(Cell::Unreadable.id().is_err());
        assert_eq!(Cell::of(" ").id().ok(), Some(Maybe::Missing(Absent::NotExported)));
    }

    #[test]
    fn lists_come_in_two_forms() {
        assert_eq!(Cell::of(r#"["a;b", "c"]"#).list(), ["a;b", "c"]);
        assert_eq!(Cell::of("a.jpg; b.jpg;").list(), ["a.jpg", "b.jpg"]);
        assert_eq!(Cell::NoColumn.list(), Vec::<String>::new());
    }
}
