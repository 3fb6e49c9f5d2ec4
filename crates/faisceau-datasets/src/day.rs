//! Days since 1970-01-01 UTC, and the distance between two.

use faisceau_model::{Maybe, Moment};
use jiff::civil::Date;

use crate::error::DatasetError;

const SECONDS: i64 = 86_400;

/// A civil day in UTC, counted from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(i64);

impl Day {
    /// Reads `2026-06-17`.
    pub(crate) fn parse(text: &str, dataset: &str) -> Result<Self, DatasetError> {
        let date: Date = text.parse().map_err(|_| DatasetError::Whole {
            dataset: dataset.to_owned(),
            detail: format!("`{text}` is not a date"),
        })?;
        let epoch = Date::constant(1970, 1, 1);
        Ok(Self((date - epoch).get_days().into()))
    }

    /// The day of a count of seconds since the Unix epoch.
    pub(crate) const fn of_seconds(seconds: i64) -> Self {
        Self(seconds.div_euclid(SECONDS))
    }

    /// Whole days between this day and another, either way.
    pub(crate) const fn distance(self, other: Self) -> i64 {
        (self.0 - other.0).abs()
    }

    /// Whole days between this day and an event, where its time is known.
    pub(crate) fn to_event(self, at: Maybe<Moment>) -> Maybe<i64> {
        at.map(|moment| self.distance(Self::of_seconds(moment.at_s())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_in_whole_days_either_way() {
        let day = Day::parse("2026-06-17", "test").unwrap();
        let event = |text| Maybe::Known(Moment::from_rfc3339(text).unwrap());
        assert_eq!(day.to_event(event("2026-06-17T23:59:59Z")), Maybe::Known(0));
        assert_eq!(day.to_event(event("2026-06-16T00:00:00Z")), Maybe::Known(1));
        assert_eq!(day.to_event(event("2025-06-17T12:00:00Z")), Maybe::Known(365));
        assert!(Day::parse("2026-02-30", "test").is_err());
    }
}
