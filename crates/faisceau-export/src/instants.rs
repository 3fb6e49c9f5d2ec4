//! Instants as the exchange standards write them.
//!
//! Comes in: a [`Moment`], or the day of the case. Goes out: RFC 3339 in UTC. Refuses: years that
//! the standards cannot write (before 1, after 9999).

use faisceau_model::{Moment, Precision};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::error::ExportError;
use crate::source::CaseCard;

/// An instant with the digits that it has: `2026-03-01T13:05:12.25Z`.
pub(crate) fn utc(at: Moment) -> Option<String> {
    civil(at).map(|at| at.timestamp().to_string())
}

/// A time of the journal, if it is one.
pub(crate) fn of_text(text: &str) -> Option<String> {
    Moment::from_rfc3339(text).and_then(utc)
}

/// The beginning of the day at which the case is drawn up: no clock is read, so that the same case
/// gives the same bytes.
pub(crate) fn day_of(case: &CaseCard, format: &'static str) -> Result<String, ExportError> {
    let day: Option<Date> = case.as_of.parse().ok().filter(|day: &Date| day.year() > 0);
    day.map(|day| format!("{day}T00:00:00.000Z")).ok_or_else(|| ExportError::Writer {
        format,
        message: format!("the case has no day: `{}`", faisceau_model::excerpt(&case.as_of, 40)),
    })
}

/// A time cut where its precision ends, without zone, which is UTC: `2026-03`.
pub(crate) fn cut(at: Moment) -> Option<String> {
    let format = match at.precision() {
        Precision::Micro | Precision::Milli | Precision::Second | Precision::Interval => {
            "%Y-%m-%dT%H:%M:%S"
        }
        Precision::Minute => "%Y-%m-%dT%H:%M",
        Precision::Hour => "%Y-%m-%dT%H",
        Precision::Day => "%Y-%m-%d",
        Precision::Month => "%Y-%m",
        Precision::Year => "%Y",
    };
    civil(at).map(|at| at.strftime(format).to_string())
}

fn civil(at: Moment) -> Option<Zoned> {
    let at = Timestamp::from_microsecond(at.at_us()).ok()?.to_zoned(TimeZone::UTC);
    (1..=9999).contains(&at.year()).then_some(at)
}

#[cfg(test)]
mod tests {
    use faisceau_model::ZoneSource;

    use super::*;

    #[test]
    fn a_time_is_cut_where_its_precision_ends() {
        let at =
            |precision| Moment::new(1_772_370_312_250_000, precision, ZoneSource::Unix).unwrap();
        assert_eq!(utc(at(Precision::Milli)).unwrap(), "2026-03-01T13:05:12.25Z");
        assert_eq!(cut(at(Precision::Minute)).unwrap(), "2026-03-01T13:05");
        assert_eq!(cut(at(Precision::Month)).unwrap(), "2026-03");
        assert_eq!(utc(Moment::from_unix_seconds(-70_000_000_000).unwrap()), None);
    }
}
