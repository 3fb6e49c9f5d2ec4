//! Times of `QuickTime`: seconds since 1904, and texts after ISO 8601.
//!
//! In: a count of seconds, or a text. Out: the time as `exiftool -n` writes it. A count is UTC after
//! the standard; many cameras count local time, and the file does not say so.

use crate::civil::civil;

/// Seconds from 1904 to 1970.
const TO_1970: u64 = (66 * 365 + 17) * 86_400;

/// A time of day and date from seconds since 1904; `None` for zero, which means unknown. Some programs
/// count from 1970; like `ExifTool`, a time before 1970 is taken for one of theirs. The second value
/// tells so.
pub(super) fn since_1904(seconds: u64) -> Option<(String, bool)> {
    let (seconds, patched) = match seconds.checked_sub(TO_1970) {
        Some(seconds) => (seconds, false),
        None => (seconds, true),
    };
    if patched && seconds == 0 {
        return None;
    }
    Some((civil(i64::try_from(seconds).ok()?)?, patched))
}

/// A text after ISO 8601 with colons in the date and in the zone: `2019-07-24T11:25:40+0300` becomes
/// `2019:07:24 11:25:40+03:00`. A text of another form stays as it is.
pub(crate) fn from_text(text: &str) -> String {
    let (date, rest) = match text.split_once(['T', ' ']) {
        Some((date, rest)) => (date, Some(rest.trim_start())),
        None => (text, None),
    };
    let dated = date.len() >= 4
        && date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
        && date.bytes().take(4).all(|byte| byte.is_ascii_digit());
    if !dated {
        return text.to_owned();
    }
    let date = date.replace('-', ":");
    let Some(rest) = rest else { return date };
    let (clock, zone) = match rest.rfind(['+', '-']).and_then(|at| rest.split_at_checked(at)) {
        Some((clock, zone))
            if zone.len() == 5 && zone.bytes().skip(1).all(|byte| byte.is_ascii_digit()) =>
        {
            let (hours, minutes) = zone.split_at(3);
            (clock, format!("{hours}:{minutes}"))
        }
        _ => (rest, String::new()),
    };
    format!("{date} {}{zone}", clock.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_since_1904() {
        assert_eq!(since_1904(0), None);
        assert_eq!(since_1904(TO_1970), Some(("1970:01:01 00:00:00".into(), false)));
        assert_eq!(
            since_1904(TO_1970 + 1_563_956_757),
            Some(("2019:07:24 08:25:57".into(), false))
        );
        assert_eq!(since_1904(1_563_956_757), Some(("2019:07:24 08:25:57".into(), true)));
        assert_eq!(since_1904(u64::MAX), None, "beyond the year 9999");
    }

    #[test]
    fn dates_of_all_kinds_of_years() {
        let days = |days: i64| civil(days * 86_400);
        assert_eq!(days(11_016), Some("2000:02:29 00:00:00".into()));
        assert_eq!(days(11_017), Some("2000:03:01 00:00:00".into()));
        assert_eq!(days(19_722), Some("2023:12:31 00:00:00".into()));
        assert_eq!(days(19_723), Some("2024:01:01 00:00:00".into()));
        assert_eq!(days(-25_509), Some("1900:02:28 00:00:00".into()));
        assert_eq!(days(-25_508), Some("1900:03:01 00:00:00".into()));
    }

    #[test]
    fn texts() {
        assert_eq!(from_text("2019-07-24T11:25:40+0300"), "2019:07:24 11:25:40+03:00");
        assert_eq!(from_text("2021-05-16T19:27:55Z"), "2021:05:16 19:27:55Z");
        assert_eq!(from_text("2021-05-16 19:27"), "2021:05:16 19:27");
        assert_eq!(from_text("2006"), "2006");
        assert_eq!(from_text("2006-03"), "2006:03");
        assert_eq!(from_text("2006:03:02 01:02:03-0100"), "2006:03:02 01:02:03-0100");
        assert_eq!(from_text("the day before"), "the day before");
        assert_eq!(from_text("é"), "é");
        assert_eq!(from_text("2020-01-01T+éé00"), "2020:01:01 +éé00");
    }
}
