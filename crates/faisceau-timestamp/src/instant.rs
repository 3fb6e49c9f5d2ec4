//! The time of a token. In: the text of a `GeneralizedTime`, an `Accuracy`. Out: an instant of UTC
//! to the nanosecond, and how far the authority says that its clock may be off.
//!
//! RFC 3161, 2.4.2: `YYYYMMDDhhmmss[.s…]Z`. Refused: local times, leap seconds, more than nine
//! digits of a second.

use der::{Tag, TagNumber};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::TimestampError;
use crate::element::{Element, instead};

/// How far the clock of the authority may be off, to either side, as the authority states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Accuracy {
    /// Microseconds.
    pub micros: u64,
}

impl std::fmt::Display for Accuracy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (seconds, micros) = (self.micros / 1_000_000, self.micros % 1_000_000);
        if micros == 0 {
            write!(f, "±{seconds} s")
        } else {
            write!(f, "±{seconds}.{micros:06} s")
        }
    }
}

impl Accuracy {
    pub(crate) fn read(element: Element<'_>) -> Result<Self, TimestampError> {
        const WHAT: &str = "accuracy of the time";
        let mut fields = element.fields(WHAT)?;
        let seconds = fields.optional(Tag::Integer)?;
        let millis = fields.optional(instead(TagNumber::N0))?;
        let micros = fields.optional(instead(TagNumber::N1))?;
        fields.end()?;
        let number = |element: Option<Element<'_>>, limit: u64| match element {
            None => Ok(0),
            Some(element) => match element.number(WHAT)? {
                number if number <= limit => Ok(number),
                number => Err(TimestampError::malformed(WHAT, format!("{number} out of range"))),
            },
        };
        let seconds = number(seconds, u64::from(u32::MAX))?;
        let micros = number(millis, 999)? * 1000 + number(micros, 999)?;
        Ok(Self { micros: seconds * 1_000_000 + micros })
    }

    /// The instant moved by this much.
    pub(crate) fn around(self, instant: Timestamp) -> Option<(Timestamp, Timestamp)> {
        let span = jiff::SignedDuration::from_micros(i64::try_from(self.micros).ok()?);
        Some((instant.checked_sub(span).ok()?, instant.checked_add(span).ok()?))
    }
}

/// Reads the value of a `GeneralizedTime`.
pub(crate) fn read(value: &[u8]) -> Option<Timestamp> {
    let digits = |from: usize, count: usize| -> Option<i32> {
        let part = value.get(from..from.checked_add(count)?)?;
        part.iter().try_fold(0, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + i32::from(digit - b'0'))
        })
    };
    let small = |from| digits(from, 2).and_then(|number| i8::try_from(number).ok());
    let nanos = match value.get(14..)? {
        b"Z" => 0,
        [b'.', fraction @ .., b'Z'] if (1..=9).contains(&fraction.len()) => {
            let scale = 10_i32.checked_pow(u32::try_from(9 - fraction.len()).ok()?)?;
            digits(15, fraction.len())?.checked_mul(scale)?
        }
        _ => return None,
    };
    let year = i16::try_from(digits(0, 4)?).ok()?;
    let (month, day) = (small(4)?, small(6)?);
    let civil = DateTime::new(year, month, day, small(8)?, small(10)?, small(12)?, nanos).ok()?;
    Some(civil.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_utc_are_read_to_the_nanosecond() {
        let read = |text: &str| super::read(text.as_bytes()).map(|time| time.to_string());
        assert_eq!(read("20220118190012Z").as_deref(), Some("2022-01-18T19:00:12Z"));
        assert_eq!(read("20240229235959.5Z").as_deref(), Some("2024-02-29T23:59:59.5Z"));
        assert_eq!(
            read("20240229235959.123456789Z").as_deref(),
            Some("2024-02-29T23:59:59.123456789Z")
        );
        for wrong in [
            "",
            "Z",
            "20220118190012",
            "20220118190012+0100",
            "20230229000000Z",
            "20220118190060Z",
            "20220118190012.Z",
            "20220118190012.1234567890Z",
            "2022011819001-Z",
            "+0220118190012Z",
            "20220118190012,5Z",
            "202201181900Z",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn accuracy_is_the_sum_of_its_parts() {
        let read = |value: &[u8]| Accuracy::read(Element { tag: Tag::Sequence, raw: value, value });
        assert_eq!(read(&[2, 1, 1, 0x80, 1, 5, 0x81, 1, 6]), Ok(Accuracy { micros: 1_005_006 }));
        assert_eq!(read(&[]), Ok(Accuracy { micros: 0 }));
        assert!(read(&[0x80, 2, 3, 0xe8]).is_err(), "1000 ms are a second");
        assert!(read(&[0x81, 1, 6, 0x80, 1, 5]).is_err(), "order");
        assert_eq!(Accuracy { micros: 1_005_006 }.to_string(), "±1.005006 s");
        let instant = Timestamp::UNIX_EPOCH;
        let (earliest, latest) = Accuracy { micros: 500_000 }.around(instant).unwrap();
        assert_eq!(latest.duration_since(earliest).as_millis(), 1000);
        assert!(Accuracy { micros: 1 }.around(Timestamp::MIN).is_none());
    }
}
