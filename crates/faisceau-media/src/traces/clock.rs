//! The time that a name holds.
//!
//! In: the fields of a name, or a number in which a platform hides an instant. Out: the civil time as
//! text with a word for its zone: `2024-01-31 14:05:06 local`. Nothing is converted to another zone.
//! What is no date, or one that no such file can have, is refused. Snowflakes: an identifier of 64
//! bits whose upper bits are milliseconds since an epoch of the platform.

use jiff::civil::{Date, Time};
use jiff::{Timestamp, tz::TimeZone};
use serde::Deserialize;

use super::template::Role;

/// Years that a file with a digital picture can name.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2099;
/// The epoch of Twitter's identifiers: 2010-11-04 01:42:54.657 UTC, in milliseconds of Unix.
const TWITTER_EPOCH: i64 = 1_288_834_974_657;

/// Greatest number within a millisecond, of the lowest 12 bits, in a key that is believed: in keys
/// seen it was 0 to 2, and a text that is no key has a greater one in 63 of 64 cases.
const SEQUENCE: u64 = 63;

/// In which zone a time is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Zone {
    /// That of the device, which the name does not tell.
    Local,
    Utc,
    /// It is not known which.
    Unknown,
}

impl Zone {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Utc => "UTC",
            Self::Unknown => "unknown zone",
        }
    }
}

/// How an identifier holds an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Clock {
    /// Seconds of Unix.
    UnixSeconds,
    /// Milliseconds of Unix.
    UnixMilliseconds,
    /// The upper 32 bits are seconds of Unix.
    Tiktok,
    /// Base64 (RFC 4648, section 5) of a snowflake and three bytes more.
    TwitterMedia,
}

impl Clock {
    /// The instant that an identifier holds, as text; `None` where it can hold none.
    pub(super) fn read(self, id: &str) -> Option<String> {
        let ms = match self {
            Self::UnixSeconds => id.parse::<i64>().ok()?.checked_mul(1_000)?,
            Self::UnixMilliseconds => id.parse().ok()?,
            Self::Tiktok => ((id.parse::<u64>().ok()? >> 32) as i64).checked_mul(1_000)?,
            Self::TwitterMedia => {
                let id = snowflake(id).filter(|id| id & 0xfff <= SEQUENCE)?;
                ((id >> 22) as i64).checked_add(TWITTER_EPOCH)?
            }
        };
        let (least, seconds) = match self {
            Self::UnixSeconds | Self::UnixMilliseconds => (2004, self == Self::UnixSeconds),
            Self::Tiktok => (2014, true),
            Self::TwitterMedia => (2010, false),
        };
        let at = TimeZone::UTC.to_datetime(Timestamp::from_millisecond(ms).ok()?);
        // Beyond: a number that is no time. The bound is of the program, which reads no clock.
        (least..2040).contains(&at.year()).then_some(())?;
        Some(if seconds {
            at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
        } else {
            at.strftime("%Y-%m-%d %H:%M:%S.%3f UTC").to_string()
        })
    }
}

/// The first eight bytes of what base64 holds.
fn snowflake(text: &str) -> Option<u64> {
    let value = |c: u8| {
        Some(match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        })
    };
    // Ten characters are 60 bits; of the eleventh, the upper four of its six.
    let (first, rest) = text.as_bytes().split_first_chunk::<10>()?;
    let upper = first.iter().try_fold(0_u64, |sum, c| Some(sum << 6 | u64::from(value(*c)?)))?;
    Some(upper << 4 | u64::from(value(*rest.first()?)? >> 2))
}

/// What a date in a name says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Civil {
    /// The template names no date.
    None,
    /// It does, and this is none.
    Impossible,
    /// The time as text.
    At(String),
}

/// The civil time that fields hold.
pub(super) fn civil(found: &[(Role, &str)], zone: Zone) -> Civil {
    if found.iter().all(|(role, _)| *role != Role::Year) {
        return Civil::None;
    }
    written(found, zone).map_or(Civil::Impossible, Civil::At)
}

fn written(found: &[(Role, &str)], zone: Zone) -> Option<String> {
    let text = |of: Role| found.iter().find(|(role, _)| *role == of).map(|(_, value)| *value);
    let number = |of: Role| text(of).and_then(|value| value.parse::<i8>().ok());
    let year = text(Role::Year)?.parse::<i16>().ok().filter(|year| YEARS.contains(year))?;
    let date = Date::new(year, number(Role::Month)?, number(Role::Day)?).ok()?;
    let Some(hour) = number(Role::Hour) else {
        return Some(format!("{date} {}", zone.as_str()));
    };
    let hour = match text(Role::Half).map(str::to_ascii_uppercase).as_deref() {
        None => hour,
        Some("AM") => of_twelve(hour)?,
        Some("PM") => of_twelve(hour)? + 12,
        Some(_) => return None,
    };
    let minute = number(Role::Minute)?;
    let Some(second) = number(Role::Second) else {
        Time::new(hour, minute, 0, 0).ok()?;
        return Some(format!("{date} {hour:02}:{minute:02} {}", zone.as_str()));
    };
    Time::new(hour, minute, second, 0).ok()?;
    let ms = text(Role::Millisecond).map(|ms| format!(".{ms}")).unwrap_or_default();
    Some(format!("{date} {hour:02}:{minute:02}:{second:02}{ms} {}", zone.as_str()))
}

/// An hour of the half day, 12 being its first.
fn of_twelve(hour: i8) -> Option<i8> {
    (1..=12).contains(&hour).then_some(hour % 12)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_hold_instants() {
        assert_eq!(
            Clock::UnixMilliseconds.read("1706709906000").unwrap(),
            "2024-01-31 14:05:06.000 UTC"
        );
        // The example of the post that found it: its page said 2020-07-29 02:06:17 UTC, four seconds on.
        assert_eq!(Clock::Tiktok.read("6854717870488702213").unwrap(), "2020-07-29 02:06:13 UTC");
        assert_eq!(Clock::UnixMilliseconds.read("9999999999999"), None);
        assert_eq!(Clock::Tiktok.read("1"), None);
    }

    #[test]
    fn a_media_key_holds_a_snowflake() {
        // Keys of public posts, and the identifiers that the API gave of the same pictures.
        assert_eq!(snowflake("Du4_PHeXgAAu-JU"), Some(1_075_866_889_925_132_288));
        assert_eq!(snowflake("CdNlemdWwAI8xDA"), Some(708_021_142_821_453_826));
        // Posted 2017-06-14 20:10:29 UTC.
        let at = Clock::TwitterMedia.read("DCTrTynXgAEwyNJ");
        assert_eq!(at.as_deref(), Some("2017-06-14 20:10:08.872 UTC"));
        assert_eq!(Clock::TwitterMedia.read("DCTrTynXgzEwyNJ"), None, "a great number");
        assert_eq!(Clock::TwitterMedia.read("zzzzzzzzzzzzzzz"), None);
        assert_eq!(Clock::TwitterMedia.read("abc"), None);
        assert_eq!(Clock::TwitterMedia.read("ééééééé"), None);
    }

    #[test]
    fn a_date_that_is_none_is_impossible() {
        let of = |y, m, d| [(Role::Year, y), (Role::Month, m), (Role::Day, d)];
        assert_eq!(
            civil(&of("2024", "02", "29"), Zone::Local),
            Civil::At("2024-02-29 local".to_owned())
        );
        assert_eq!(civil(&of("2023", "02", "29"), Zone::Local), Civil::Impossible);
        assert_eq!(civil(&of("1789", "07", "14"), Zone::Local), Civil::Impossible);
        assert_eq!(civil(&[], Zone::Local), Civil::None);
        let mut noon = of("2024", "01", "31").to_vec();
        noon.extend([(Role::Hour, "12"), (Role::Minute, "05"), (Role::Second, "06")]);
        noon.push((Role::Half, "PM"));
        assert_eq!(civil(&noon, Zone::Utc), Civil::At("2024-01-31 12:05:06 UTC".to_owned()));
    }
}
