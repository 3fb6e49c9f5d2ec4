//! A time beside its text.
//!
//! In: the text of a field. Out: the moment and the text. Refused: texts that are no time; where
//! they must not cost the rest of their record, the moment is missing and the text is kept.

use faisceau_model::{Absent, Maybe, Moment};
use jiff::tz::TimeZone;

use super::written::{no_time, settled};
use crate::json::Flaw;

/// A time beside its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// When.
    pub(crate) at: Maybe<Moment>,
    /// As written.
    pub(crate) raw: Maybe<String>,
}

impl Stamp {
    /// No time, for this reason.
    pub(crate) const fn missing(reason: Absent) -> Self {
        Self { at: Maybe::Missing(reason), raw: Maybe::Missing(reason) }
    }

    /// The time of a field, which may be empty but not unreadable.
    pub(crate) fn read(
        text: Option<&str>,
        field: &str,
        zone: Option<&TimeZone>,
    ) -> Result<Self, Flaw> {
        let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
            return Ok(Self::missing(Absent::NotExported));
        };
        let at = settled(text, zone).ok_or_else(|| no_time(field, text))?;
        Ok(Self { at: Maybe::Known(at), raw: Maybe::Known(text.to_owned()) })
    }

    /// The same, where what cannot be read must not cost the rest of its record.
    pub(crate) fn lenient(text: Option<&str>, zone: Option<&TimeZone>) -> Self {
        Self::read(text, "", zone).unwrap_or_else(|_| Self {
            at: Maybe::Missing(Absent::Unreadable),
            raw: Maybe::or_absent(text.map(str::to_owned), Absent::NotExported),
        })
    }
}

#[cfg(test)]
mod tests {
    use faisceau_model::RejectReason;

    use super::*;

    #[test]
    fn what_cannot_be_read_says_so() {
        let (reason, detail) = Stamp::read(Some("soon\u{1b}"), "Date", None).unwrap_err();
        assert_eq!(reason, RejectReason::Time);
        assert!(detail.starts_with("`Date` is no time: `soon") && !detail.contains('\u{1b}'));
        assert_eq!(Stamp::read(Some(" "), "Date", None), Ok(Stamp::missing(Absent::NotExported)));
        assert_eq!(Stamp::lenient(Some("soon"), None).at, Maybe::Missing(Absent::Unreadable));
    }
}
