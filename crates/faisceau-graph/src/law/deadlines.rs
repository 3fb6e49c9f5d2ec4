//! Deadlines: how long, from what event, and the last day that follows.

use faisceau_model::Moment;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};
use serde::Deserialize;

use super::parse::Status;

/// The event from which a deadline runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// End of the contract or of the account: unknown to the claimant.
    ContractEnd,
    /// Each connection.
    Connection,
    /// First publication.
    Publication,
    /// The day of the offence.
    Offence,
    /// The harm.
    Harm,
}

/// A deadline.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// Its code: `c1`, `c3`, `press`…
    pub code: String,
    /// One sentence.
    pub label: String,
    /// Years.
    #[serde(default)]
    pub years: i16,
    /// Months, added to the years.
    #[serde(default)]
    pub months: i16,
    /// The event from which it runs.
    pub from: Clock,
    /// The article.
    pub article: String,
    /// Remark.
    pub note: Option<String>,
    /// How far the entry was checked.
    pub status: Status,
    /// Day of the last check, ISO 8601.
    pub checked: String,
    /// Where it comes from.
    pub source: String,
}

impl Deadline {
    /// The last day, ISO 8601, for an event at `event`: the eve of the anniversary, in UTC.
    ///
    /// It is never later than the true one: the instant is the earliest that its precision allows,
    /// a day in UTC is never ahead of the day in Paris, and a day that the month does not have
    /// falls back to its last day. `None` past the year 9999.
    pub fn last_day(&self, event: Moment) -> Option<String> {
        let date = Timestamp::from_microsecond(event.at_us()).ok()?.to_zoned(TimeZone::UTC).date();
        let length = Span::new().try_years(self.years).ok()?.try_months(self.months).ok()?;
        let end = date.checked_add(length).ok()?.checked_sub(1.day()).ok()?;
        Some(end.to_string())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;
    use proptest::prelude::*;

    use super::*;
    use crate::law::parse::tests::law;

    fn day(text: &str) -> Moment {
        Moment::from_rfc3339(&format!("{text}T12:00:00Z")).unwrap()
    }

    #[test]
    fn three_months_of_press_law_end_on_the_eve() {
        let law = law();
        let press = law.deadline("press").unwrap();
        assert_eq!(press.last_day(day("2026-11-30")).unwrap(), "2027-02-27");
        assert_eq!(press.last_day(day("2027-11-30")).unwrap(), "2028-02-28");
        assert_eq!(press.last_day(day("2026-01-15")).unwrap(), "2026-04-14");
    }

    proptest! {
        #[test]
        fn connection_data_agree_with_the_moment_across_leap_years(us in -62_000_000_000_000_000i64..250_000_000_000_000_000) {
            let at = Moment::new(us, faisceau_model::Precision::Micro, faisceau_model::ZoneSource::Unix).unwrap();
            let law = law();
            let last = law.deadline("c3").unwrap().last_day(at);
            prop_assert_eq!(&last, &at.last_day_kept(1));
            let (last, start): (Date, Date) = (last.unwrap().parse().unwrap(), at.day_utc().parse().unwrap());
            let days = (last - start).get_days();
            // A year holds 365 days, 366 if it passes a 29 February; the last day is one before.
            prop_assert!((364..=365).contains(&days), "{} days", days);
            let anniversary = last.tomorrow().unwrap();
            let leap = start.month() == 2 && start.day() == 29;
            prop_assert_eq!(anniversary.day(), if leap { 28 } else { start.day() });
            prop_assert_eq!((anniversary.year(), anniversary.month()), (start.year() + 1, start.month()));
        }

        #[test]
        fn a_later_event_never_has_an_earlier_last_day(a in 0i64..4_000_000_000, b in 0i64..4_000_000_000) {
            let law = law();
            for code in ["c1", "c3", "press", "delit"] {
                let of = |s| law.deadline(code).unwrap().last_day(Moment::from_unix_seconds(s).unwrap()).unwrap();
                prop_assert!(of(a.min(b)) <= of(a.max(b)));
            }
        }
    }
}
