//! Local times that carry no zone.
//!
//! In: a civil date and time, and the zone that the settings of the case assume. Out: a
//! [`Moment`] that never claims more than is known. Refused: a local time that the zone skipped.

use faisceau_model::{Moment, Precision, ZoneSource};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};

/// The instant of a local time whose zone is assumed.
///
/// - Without a zone the time is uncertain by many hours: the civil day is kept, counted from
///   midnight UTC, with the precision of a day.
/// - A time that the clock showed twice (end of summer time) starts an interval.
/// - A time that the clock never showed (start of summer time) is `None`, unless no more than its
///   day is known: some zones skip midnight.
pub(crate) fn assumed(
    civil: DateTime,
    precision: Precision,
    zone: Option<&TimeZone>,
) -> Option<Moment> {
    let Some(zone) = zone else {
        let midnight = Offset::UTC.to_timestamp(civil.start_of_day()).ok()?;
        return moment(midnight, Precision::Day, ZoneSource::Assumed);
    };
    match zone.to_ambiguous_timestamp(civil).offset() {
        AmbiguousOffset::Unambiguous { offset } => {
            moment(offset.to_timestamp(civil).ok()?, precision, ZoneSource::Assumed)
        }
        AmbiguousOffset::Fold { before, .. } => {
            moment(before.to_timestamp(civil).ok()?, Precision::Interval, ZoneSource::Assumed)
        }
        AmbiguousOffset::Gap { before, .. } if precision >= Precision::Day => {
            moment(before.to_timestamp(civil).ok()?, precision, ZoneSource::Assumed)
        }
        AmbiguousOffset::Gap { .. } => None,
    }
}

/// The instant of a local time whose offset the record says.
pub(crate) fn explicit(civil: DateTime, offset: Offset, precision: Precision) -> Option<Moment> {
    moment(offset.to_timestamp(civil).ok()?, precision, ZoneSource::Explicit)
}

fn moment(at: Timestamp, precision: Precision, zone: ZoneSource) -> Option<Moment> {
    Moment::new(at.as_microsecond(), precision, zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paris() -> TimeZone {
        TimeZone::get("Europe/Paris").unwrap()
    }

    fn at(text: &str, zone: Option<&TimeZone>) -> Option<Moment> {
        assumed(text.parse().unwrap(), Precision::Second, zone)
    }

    #[test]
    fn a_local_time_in_an_assumed_zone() {
        let moment = at("2023-07-01T14:00:05", Some(&paris())).unwrap();
        assert_eq!(moment.to_string(), "2023-07-01 12:00:05 UTC");
        assert_eq!(moment.zone(), ZoneSource::Assumed);
        assert!(!moment.feeds_timing());
    }

    #[test]
    fn the_hour_shown_twice_is_an_interval_and_the_hour_never_shown_is_refused() {
        let twice = at("2023-10-29T02:30:00", Some(&paris())).unwrap();
        assert_eq!(twice.precision(), Precision::Interval);
        assert_eq!(twice.to_string(), "2023-10-29 00:30:00 UTC");
        assert_eq!(at("2023-03-26T02:30:00", Some(&paris())), None);
    }

    #[test]
    fn a_day_whose_midnight_was_skipped_is_a_day() {
        let beirut = TimeZone::get("Asia/Beirut").unwrap();
        let day = "2024-03-31T00:00:00".parse().unwrap();
        let moment = assumed(day, Precision::Day, Some(&beirut)).unwrap();
        assert_eq!(
            (moment.precision(), moment.to_string().as_str()),
            (Precision::Day, "2024-03-30")
        );
        assert_eq!(assumed(day, Precision::Second, Some(&beirut)), None);
    }

    #[test]
    fn without_a_zone_only_the_day_is_kept() {
        let moment = at("2023-07-01T23:59:59", None).unwrap();
        assert_eq!(
            (moment.precision(), moment.to_string().as_str()),
            (Precision::Day, "2023-07-01")
        );
    }

    #[test]
    fn an_offset_is_explicit() {
        let civil = "2023-07-01T00:30:00".parse().unwrap();
        let moment = explicit(civil, Offset::from_hours(2).unwrap(), Precision::Second).unwrap();
        assert_eq!(moment.to_string(), "2023-06-30 22:30:00 UTC");
        assert_eq!(moment.zone(), ZoneSource::Explicit);
    }
}
