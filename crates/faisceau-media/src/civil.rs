//! Seconds since 1970 as a date and a time.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The date and time in UTC, written as EXIF writes them; `None` outside the years 0 to 9999.
pub(crate) fn civil(seconds: i64) -> Option<String> {
    let at = Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC);
    (at.year() >= 0).then(|| at.strftime("%Y:%m:%d %H:%M:%S").to_string())
}

#[cfg(test)]
mod tests {
    use super::civil;

    #[test]
    fn days_before_1970_count_backwards() {
        assert_eq!(civil(-1), Some("1969:12:31 23:59:59".into()));
        assert_eq!(civil(1_706_710_506), Some("2024:01:31 14:15:06".into()));
        assert_eq!(civil(i64::MAX), None);
        assert_eq!(civil(i64::MIN), None);
    }
}
