//! The time of an access log: `17/May/2015:10:05:03 +0200`.
//!
//! In: the 26 bytes between the brackets. Out: seconds since the Unix epoch. Refused: days and
//! hours that do not exist, other widths, other languages, leap seconds (POSIX clocks have none).

/// The width of the time, without brackets.
pub(super) const WIDTH: usize = 26;

/// Seconds since the Unix epoch.
pub(super) fn seconds(text: &[u8]) -> Option<i64> {
    let text: &[u8; WIDTH] = text.try_into().ok()?;
    let &[
        _,
        _,
        b'/',
        m1,
        m2,
        m3,
        b'/',
        _,
        _,
        _,
        _,
        b':',
        _,
        _,
        b':',
        _,
        _,
        b':',
        _,
        _,
        b' ',
        sign,
        ..,
    ] = text
    else {
        return None;
    };
    let (day, month, year) =
        (two(text, 0)?, month([m1, m2, m3])?, two(text, 7)? * 100 + two(text, 9)?);
    let (hour, minute, second) = (two(text, 12)?, two(text, 15)?, two(text, 18)?);
    let (offset_hours, offset_minutes) = (two(text, 22)?, two(text, 24)?);
    let exists = day >= 1 && day <= month_length(year, month);
    if !exists
        || hour > 23
        || minute > 59
        || second > 59
        || offset_hours > 15
        || offset_minutes > 59
    {
        return None;
    }
    let offset = offset_hours * 3600 + offset_minutes * 60;
    let local = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
    match sign {
        b'+' => Some(local - offset),
        b'-' => Some(local + offset),
        _ => None,
    }
}

/// Two decimal digits at `at`.
fn two(text: &[u8; WIDTH], at: usize) -> Option<i64> {
    let (tens, units) = (text[at].wrapping_sub(b'0'), text[at + 1].wrapping_sub(b'0'));
    (tens <= 9 && units <= 9).then(|| i64::from(tens * 10 + units))
}

/// 1 to 12. The names are English in every locale.
fn month(name: [u8; 3]) -> Option<i64> {
    Some(match &name {
        b"Jan" => 1,
        b"Feb" => 2,
        b"Mar" => 3,
        b"Apr" => 4,
        b"May" => 5,
        b"Jun" => 6,
        b"Jul" => 7,
        b"Aug" => 8,
        b"Sep" => 9,
        b"Oct" => 10,
        b"Nov" => 11,
        b"Dec" => 12,
        _ => return None,
    })
}

fn month_length(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar, with years that start in March so
/// that the leap day comes last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_and_hours_that_do_not_exist_are_refused() {
        for text in [
            "29/Feb/2023:00:00:00 +0000",
            "31/Apr/2024:00:00:00 +0000",
            "00/May/2024:00:00:00 +0000",
            "01/May/2024:24:00:00 +0000",
            "01/May/2024:00:60:00 +0000",
            "31/Dec/2016:23:59:60 +0000",
            "01/May/2024:00:00:00 +9900",
            "01/May/2024:00:00:00 00000",
            "01/mai/2024:00:00:00 +0000",
            "1/May/2024:00:00:00 +0000",
            "01/May/2024:00:00:00 +000",
        ] {
            assert_eq!(seconds(text.as_bytes()), None, "{text}");
        }
        assert_eq!(seconds(b"01/Jan/1970:01:00:00 +0100"), Some(0));
        assert_eq!(seconds(b"31/Dec/1969:19:00:00 -0500"), Some(0));
    }

    proptest! {
        #[test]
        fn agrees_with_jiff(at in -62_000_000_000_i64..253_000_000_000, quarters in -48_i32..=56) {
            let offset = jiff::tz::Offset::from_seconds(quarters * 900).unwrap();
            let time = jiff::Timestamp::from_second(at).unwrap().to_zoned(offset.to_time_zone());
            let text = time.strftime("%d/%b/%Y:%H:%M:%S %z").to_string();
            prop_assert_eq!(seconds(text.as_bytes()), Some(at), "{}", text);
        }

        #[test]
        fn never_panics(text in prop::collection::vec(any::<u8>(), 0..30)) {
            let _ = seconds(&text);
        }
    }
}
