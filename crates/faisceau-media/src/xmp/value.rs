//! Values as `exiftool -n` writes them.
//!
//! In: the text of a property and what kind of value it is. Out: the text to keep.

use std::borrow::Cow;

use crate::decimal::perl;

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// As it stands.
    Text,
    /// A text of which the beginning is enough.
    Long,
    /// `2012-07-14T16:30:12+02:00`.
    Date,
    /// `12345/100`.
    Rational,
    /// `48,51.5039N`.
    Degrees,
}

/// Characters kept of a long text.
const BEGINNING: usize = 200;

/// The value to keep.
pub(super) fn written(kind: Kind, value: &str) -> Cow<'_, str> {
    match kind {
        Kind::Text => Cow::Borrowed(value),
        Kind::Long => {
            let value = value.trim();
            match value.char_indices().nth(BEGINNING) {
                Some((end, _)) => Cow::Owned(format!("{}…", &value[..end])),
                None => Cow::Borrowed(value),
            }
        }
        Kind::Date => date(value.trim()),
        Kind::Rational => rational(value.trim()).map_or(Cow::Borrowed(value), Cow::Owned),
        Kind::Degrees => degrees(value).map_or(Cow::Borrowed(value), Cow::Owned),
    }
}

/// ISO 8601 to the form of EXIF: colons in the date, a blank before the time.
pub(crate) fn date(value: &str) -> Cow<'_, str> {
    let bytes = value.as_bytes();
    let digits = |range: std::ops::Range<usize>| {
        bytes.get(range).is_some_and(|digits| digits.iter().all(u8::is_ascii_digit))
    };
    if !digits(0..4) {
        return Cow::Borrowed(value);
    }
    let of_date = |at: usize| bytes.get(at) == Some(&b'-') && digits(at + 1..at + 3);
    let timed = of_date(4)
        && of_date(7)
        && matches!(bytes.get(10), Some(b'T' | b' '))
        && digits(11..13)
        && bytes.get(13) == Some(&b':')
        && digits(14..16);
    if timed && let (Some(day), Some(time)) = (value.get(..10), value.get(11..)) {
        let seconds = time.get(5..6) == Some(":") && digits(17..19);
        let (clock, zone) = time.split_at(if seconds { 8 } else { 5 });
        // What is more than a zone is another date, or no date at all.
        if !zone.trim_start().contains(char::is_whitespace) {
            let day = day.replace('-', ":");
            return Cow::Owned(format!("{day} {clock}{}", zone.trim_start()));
        }
    }
    Cow::Owned(value.replace('-', ":"))
}

/// A fraction as a number.
fn rational(value: &str) -> Option<String> {
    let (above, below) = value.split_once('/')?;
    let (above, below) = (above.parse::<i64>().ok()?, below.parse::<i64>().ok()?);
    Some(match (above, below) {
        (0, 0) => "undef".to_owned(),
        (_, 0) => "inf".to_owned(),
        _ => perl(above as f64 / below as f64),
    })
}

/// Degrees, minutes and seconds as one number, negative in the south and the west.
fn degrees(value: &str) -> Option<String> {
    let value = value.trim_end();
    let mut numbers = value
        .split(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '+'))
        .filter_map(|number| number.parse::<f64>().ok());
    let whole = numbers.next()?;
    let (minutes, seconds) = (numbers.next().unwrap_or(0.0), numbers.next().unwrap_or(0.0));
    let degrees = whole + (minutes + seconds / 60.0) / 60.0;
    let negative = value.ends_with(['S', 's', 'W', 'w']);
    Some(perl(if negative { -degrees } else { degrees }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_exiftool_writes_them() {
        for (kind, value, text) in [
            (Kind::Date, "2012-07-14T16:30:12+02:00", "2012:07:14 16:30:12+02:00"),
            (Kind::Date, "2012-07-14T16:30:12.25Z", "2012:07:14 16:30:12.25Z"),
            (Kind::Date, "2012-07-14T16:30", "2012:07:14 16:30"),
            (Kind::Date, "2012-07-14T16:30Z", "2012:07:14 16:30Z"),
            (Kind::Date, "2012-07", "2012:07"),
            (Kind::Date, "2012-07-14T16:30:é", "2012:07:14 16:30:é"),
            (Kind::Date, "2012-07-14T16:30:12, 2012", "2012:07:14T16:30:12, 2012"),
            (Kind::Date, "yester-day", "yester-day"),
            (Kind::Rational, "1/3", "0.333333333333333"),
            (Kind::Rational, "1/0", "inf"),
            (Kind::Rational, "0/0", "undef"),
            (Kind::Rational, "x/0", "x/0"),
            (Kind::Degrees, "48,51.5039N", "48.8583983333333"),
            (Kind::Degrees, "2,17,40W", "-2.29444444444444"),
            (Kind::Degrees, "north", "north"),
        ] {
            assert_eq!(written(kind, value), text, "{value}");
        }
        let long = "é".repeat(201);
        assert_eq!(written(Kind::Long, &long).chars().count(), 201);
        assert!(written(Kind::Long, &long).ends_with('…'));
    }
}
