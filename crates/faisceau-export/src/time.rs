//! Times as the formats write them.
//!
//! Comes in: a [`Moment`]. Goes out: RFC 3339 in UTC, and the interval that it stands for.

use faisceau_model::{Moment, Precision};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};

/// The shortest interval, in microseconds: Gephi reads times to the millisecond, and an interval
/// that ends where it starts is lost (gephi#666).
const SHORTEST_US: i64 = 1000;

/// RFC 3339 in UTC, with the digits that it has: `2026-03-01T13:05:12.25Z`.
pub(crate) fn rfc3339(at: Moment) -> String {
    timestamp(at.at_us()).to_string()
}

/// The interval from a first to a last time: it ends where the last one may have ended by its
/// precision, and always after it starts. None outside the years 1 to 9999, which XML cannot say.
pub(crate) fn interval(first: Moment, last: Moment) -> Option<(String, String)> {
    let (first, last) = if last < first { (last, first) } else { (first, last) };
    let start = timestamp(first.at_us());
    let ends = timestamp(last.at_us())
        .to_zoned(TimeZone::UTC)
        .checked_add(length(last.precision()))
        .ok()?
        .timestamp();
    let end = ends.max(Timestamp::from_microsecond(first.at_us().checked_add(SHORTEST_US)?).ok()?);
    let said = |at: Timestamp| {
        (1..=9999).contains(&at.to_zoned(TimeZone::UTC).year()).then(|| at.to_string())
    };
    Some((said(start)?, said(end)?))
}

fn length(precision: Precision) -> Span {
    match precision {
        Precision::Micro | Precision::Milli => 1.millisecond(),
        // How wide an irregular interval is, its start does not tell.
        Precision::Second | Precision::Interval => 1.second(),
        Precision::Minute => 1.minute(),
        Precision::Hour => 1.hour(),
        Precision::Day => 1.day(),
        Precision::Month => 1.month(),
        Precision::Year => 1.year(),
    }
}

fn timestamp(at_us: i64) -> Timestamp {
    // A moment is always inside the range of a civil date.
    Timestamp::from_microsecond(at_us).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use faisceau_model::ZoneSource;
    use proptest::prelude::*;

    use super::*;

    fn moment(text: &str) -> Moment {
        Moment::from_rfc3339(text).unwrap()
    }

    #[test]
    fn an_instant_ends_after_it_starts() {
        let micro = moment("2026-03-01T13:05:12.000001Z");
        let (start, end) = interval(micro, micro).unwrap();
        assert_eq!(start, "2026-03-01T13:05:12.000001Z");
        assert_eq!(end, "2026-03-01T13:05:12.001001Z");
        let second = moment("2026-03-01T14:05:12+01:00");
        assert_eq!(interval(second, second).unwrap().1, "2026-03-01T13:05:13Z");
        let month = Moment::new(micro.at_us(), Precision::Month, ZoneSource::Explicit).unwrap();
        assert_eq!(interval(second, month).unwrap().1, "2026-04-01T13:05:12.000001Z");
    }

    #[test]
    fn a_year_before_the_first_has_no_interval() {
        let old = Moment::from_unix_seconds(-70_000_000_000).unwrap();
        assert_eq!(interval(old, old), None);
    }

    proptest! {
        #[test]
        fn no_interval_is_empty(a in any::<i64>(), b in any::<i64>(), p in 0_usize..9) {
            let precision = [
                Precision::Micro, Precision::Milli, Precision::Second, Precision::Minute,
                Precision::Hour, Precision::Day, Precision::Month, Precision::Year,
                Precision::Interval,
            ][p];
            let of = |at: i64| Moment::new(at % 250_000_000_000_000_000, precision, ZoneSource::Unix);
            if let (Some(a), Some(b)) = (of(a), of(b)) && let Some((start, end)) = interval(a, b) {
                let read = |text: &str| text.parse::<Timestamp>().unwrap();
                prop_assert!(read(&end) >= read(&start).checked_add(SHORTEST_US.microseconds()).unwrap());
            }
        }
    }
}
