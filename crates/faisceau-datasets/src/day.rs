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

    /// In which turn data of this day answer for an event: those of its day or before it, nearest
    /// first, then those after it; without a time the newest first. The lowest answers.
    pub(crate) fn rank(self, at: Maybe<Moment>) -> (bool, i64) {
        match at {
            Maybe::Missing(_) => (false, -self.0),
            Maybe::Known(moment) => {
                let event = Self::of_seconds(moment.at_s());
                (self > event, self.distance(event))
            }
        }
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
    fn the_nearest_day_before_answers_then_the_first_after() {
        let mut days = ["2024-01-01", "2025-01-01", "2026-01-01"]
            .map(|text| (Day::parse(text, "test").unwrap(), text));
        let mut turn = |at: Maybe<Moment>| {
            days.sort_by_key(|(day, _)| day.rank(at));
            days.map(|(_, text)| &text[..4])
        };
        let event = |text| Maybe::Known(Moment::from_rfc3339(text).unwrap());
        assert_eq!(turn(event("2025-01-01T00:00:00Z")), ["2025", "2024", "2026"]);
        assert_eq!(turn(event("2023-01-01T00:00:00Z")), ["2024", "2025", "2026"]);
        assert_eq!(turn(event("2027-01-01T00:00:00Z")), ["2026", "2025", "2024"]);
        let missing = Maybe::Missing(faisceau_model::Absent::NotRecorded);
        assert_eq!(turn(missing), ["2026", "2025", "2024"]);
    }

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
