//! Instants of Tor documents: `2021-08-29 19:00:00`, UTC, as seconds since the Unix epoch.

/// Reads a day and a clock time; the years 1970 to 2105 fit.
pub(crate) fn seconds(day: &[u8], clock: &[u8]) -> Option<u32> {
    if day.len() != 10 || clock.len() != 8 || day[4] != b'-' || day[7] != b'-' {
        return None;
    }
    if clock[2] != b':' || clock[5] != b':' {
        return None;
    }
    let (year, month, date) = (number(&day[..4])?, number(&day[5..7])?, number(&day[8..])?);
    let (hour, minute, second) =
        (number(&clock[..2])?, number(&clock[3..5])?, number(&clock[6..])?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1970..2106).contains(&year) || !(1..=last).contains(&date) {
        return None;
    }
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    // Days from the civil date, counting years from March.
    let y = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + date - 1;
    let days = y * 365 + y / 4 - y / 100 + y / 400 + day_of_year - 719_468;
    u32::try_from(days * 86_400 + hour * 3_600 + minute * 60 + second).ok()
}

/// Reads `2021-08-29 19:00:00` as one text.
pub(crate) fn seconds_of(text: &[u8]) -> Option<u32> {
    (text.len() == 19 && text[10] == b' ').then(|| seconds(&text[..10], &text[11..]))?
}

fn number(digits: &[u8]) -> Option<i64> {
    let digit =
        |value: i64, byte: &u8| byte.is_ascii_digit().then(|| value * 10 + i64::from(byte - b'0'));
    digits.iter().try_fold(0, digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_those_of_the_calendar() {
        for second in (0..4_200_000_000_u32).step_by(7_654_321) {
            let text = jiff::Timestamp::from_second(i64::from(second)).unwrap().to_string();
            let text = text.replace('T', " ").replace('Z', "");
            assert_eq!(seconds_of(text.as_bytes()), Some(second), "{text}");
        }
        for bad in ["2021-02-29 00:00:00", "2021-08-29 24:00:00", "2021-8-29 00:00:00", ""] {
            assert_eq!(seconds_of(bad.as_bytes()), None, "{bad}");
        }
    }
}
