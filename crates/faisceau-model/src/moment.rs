//! Instants that know how precise they are and where their zone comes from.

use std::fmt;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::words::text_enum;

text_enum! {
    /// How precise a time is: the length of the interval that starts at it.
    pub enum Precision {
        /// Microsecond.
        Micro = "us",
        /// Millisecond.
        Milli = "ms",
        /// Second.
        Second = "s",
        /// Minute.
        Minute = "min",
        /// Hour.
        Hour = "h",
        /// Day.
        Day = "day",
        /// Month.
        Month = "month",
        /// Year.
        Year = "year",
        /// A wider or irregular interval; never used for timing.
        Interval = "interval",
    }
}

text_enum! {
    /// Where the zone of a time comes from.
    pub enum ZoneSource {
        /// The record says its offset.
        Explicit = "explicit",
        /// A count from the Unix epoch, which has no zone.
        Unix = "unix",
        /// Deduced from neighbouring records.
        Inferred = "inferred",
        /// The settings of the case say so; the record does not.
        Assumed = "assumed",
    }
}

/// An instant, its precision and the source of its zone.
///
/// `at_us` is in microseconds since 1970-01-01 00:00:00 UTC, and always inside the years that a
/// civil date can hold (-9999 to 9999).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    at_us: i64,
    precision: Precision,
    zone: ZoneSource,
}

impl Moment {
    /// An instant, or `None` outside the years that a civil date can hold.
    pub fn new(at_us: i64, precision: Precision, zone: ZoneSource) -> Option<Self> {
        Timestamp::from_microsecond(at_us).ok()?;
        Some(Self { at_us, precision, zone })
    }

    /// A count of seconds since the Unix epoch.
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        Self::new(seconds.checked_mul(1_000_000)?, Precision::Second, ZoneSource::Unix)
    }

    /// A count of milliseconds since the Unix epoch.
    pub fn from_unix_millis(millis: i64) -> Option<Self> {
        Self::new(millis.checked_mul(1000)?, Precision::Milli, ZoneSource::Unix)
    }

    /// An RFC 3339 time with its offset. The precision is that of its digits.
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        let at: Timestamp = text.trim().parse().ok()?;
        let digits = text
            .split_once('.')
            .map_or(0, |(_, rest)| rest.bytes().take_while(u8::is_ascii_digit).count());
        let precision = match digits {
            0 => Precision::Second,
            1..=3 => Precision::Milli,
            _ => Precision::Micro,
        };
        Self::new(at.as_microsecond(), precision, ZoneSource::Explicit)
    }

    /// Microseconds since the Unix epoch.
    pub const fn at_us(self) -> i64 {
        self.at_us
    }

    /// Seconds since the Unix epoch, rounded down.
    pub const fn at_s(self) -> i64 {
        self.at_us.div_euclid(1_000_000)
    }

    /// The precision.
    pub const fn precision(self) -> Precision {
        self.precision
    }

    /// The source of the zone.
    pub const fn zone(self) -> ZoneSource {
        self.zone
    }

    /// Whether the hour of the day can be trusted: precise to the hour, and the zone not guessed.
    pub fn feeds_timing(self) -> bool {
        self.precision <= Precision::Hour && self.zone <= ZoneSource::Inferred
    }

    /// The civil day in UTC, `2026-03-01`.
    pub fn day_utc(self) -> String {
        self.in_zone(&TimeZone::UTC).strftime("%Y-%m-%d").to_string()
    }

    /// Local time in `zone` with its offset, cut to the precision: `2026-03-01 14:05:12 +01:00`.
    pub fn display_in(self, zone: &TimeZone) -> String {
        let format = match self.precision {
            Precision::Micro => "%Y-%m-%d %H:%M:%S%.6f %:z",
            Precision::Milli => "%Y-%m-%d %H:%M:%S%.3f %:z",
            Precision::Second | Precision::Interval => "%Y-%m-%d %H:%M:%S %:z",
            Precision::Minute => "%Y-%m-%d %H:%M %:z",
            Precision::Hour => "%Y-%m-%d %Hh %:z",
            Precision::Day => "%Y-%m-%d",
            Precision::Month => "%Y-%m",
            Precision::Year => "%Y",
        };
        self.in_zone(zone).strftime(format).to_string()
    }

    /// The last day on which data kept for `years` years from this instant are still kept.
    ///
    /// The duty starts at the earliest instant that the precision allows, so that a request made
    /// by that day is in time whatever the true instant. 29 February falls back to the 28th.
    pub fn last_day_kept(self, years: i16) -> Option<String> {
        let date = self.in_zone(&TimeZone::UTC).date();
        let end = date.checked_add(years.years()).ok()?.checked_sub(1.day()).ok()?;
        Some(end.to_string())
    }

    fn in_zone(self, zone: &TimeZone) -> jiff::Zoned {
        // `new` is the only constructor and has checked the range.
        Timestamp::from_microsecond(self.at_us)
            .unwrap_or(Timestamp::UNIX_EPOCH)
            .to_zoned(zone.clone())
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.display_in(&TimeZone::UTC).replace("+00:00", "UTC"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digits_decide_the_precision() {
        let moment = Moment::from_rfc3339("2026-03-01T14:05:12.250+01:00").unwrap();
        assert_eq!(moment.precision(), Precision::Milli);
        assert_eq!(moment.to_string(), "2026-03-01 13:05:12.250 UTC");
        assert!(Moment::from_rfc3339("2026-02-30T00:00:00Z").is_none());
    }

    #[test]
    fn a_leap_day_is_kept_until_the_eve_of_its_anniversary() {
        let leap = Moment::from_rfc3339("2024-02-29T23:00:00Z").unwrap();
        assert_eq!(leap.last_day_kept(1).unwrap(), "2025-02-27");
        let day = Moment::from_rfc3339("2025-06-10T10:00:00Z").unwrap();
        assert_eq!(day.last_day_kept(1).unwrap(), "2026-06-09");
    }

    #[test]
    fn a_guessed_time_never_feeds_timing() {
        let guess = Moment::new(0, Precision::Interval, ZoneSource::Unix).unwrap();
        assert!(!guess.feeds_timing());
        let assumed = Moment::new(0, Precision::Second, ZoneSource::Assumed).unwrap();
        assert!(!assumed.feeds_timing());
    }

    #[test]
    fn years_outside_the_calendar_are_refused() {
        assert!(Moment::from_unix_seconds(i64::MAX).is_none());
        assert!(Moment::from_unix_seconds(i64::MIN / 2).is_none());
    }
}
