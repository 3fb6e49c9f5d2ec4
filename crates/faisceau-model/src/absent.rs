//! Values that say why they are missing.

use crate::words::text_enum;

text_enum! {
    /// Why a value is missing. Never an empty string, never a default.
    pub enum Absent {
        /// The source has no such field in this format.
        NotRecorded = "not_recorded",
        /// The source has the field, the export left it out or empty.
        NotExported = "not_exported",
        /// The platform or the account holder deleted it.
        Deleted = "deleted",
        /// Somebody masked it before it reached the case.
        Redacted = "redacted",
        /// It is there and could not be understood; see the rejects.
        Unreadable = "unreadable",
        /// The question has no meaning for this row (a country for a private address).
        NotApplicable = "not_applicable",
        /// No dataset covers that instant or that value.
        NoData = "no_data",
        /// There is too little material for a finding.
        TooLittle = "too_little",
    }
}

/// A value, or the reason why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Maybe<T> {
    /// The value.
    Known(T),
    /// The reason why there is none.
    Missing(Absent),
}

impl<T> Maybe<T> {
    /// The value, if known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Missing(_) => None,
        }
    }

    /// Takes the value out, if known.
    pub fn into_known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Missing(_) => None,
        }
    }

    /// Wraps an option, with the reason that stands for `None`.
    pub fn or_absent(value: Option<T>, reason: Absent) -> Self {
        value.map_or(Self::Missing(reason), Self::Known)
    }

    /// Applies `f` to the value and keeps the reason otherwise.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Maybe<U> {
        match self {
            Self::Known(value) => Maybe::Known(f(value)),
            Self::Missing(reason) => Maybe::Missing(reason),
        }
    }
}

impl Maybe<String> {
    /// A text that counts as missing when it is empty or only white space.
    pub fn text(value: &str, reason: Absent) -> Self {
        if value.trim().is_empty() { Self::Missing(reason) } else { Self::Known(value.to_owned()) }
    }
}
