//! EXIF fields that tell a camera, a moment and a place.
//!
//! In: the TIFF structure of an EXIF segment. Out: a [`Camera`]; a structure broken in part gives
//! what stands before the flaw. Refused: values known to say nothing (`unknown`, a serial number
//! of zeros, blanks), which would tie strangers together; maker notes are not read.
//!
//! `DateTimeOriginal` has no zone. With `OffsetTimeOriginal` the time is explicit; without it the
//! zone of the settings is assumed, and without that only the day is kept.

use exif::{Exif, In, Rational, Reader, Tag, Value};
use faisceau_model::{Absent, Maybe, Moment, Precision};
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

use crate::text::decode::decode;
use crate::time::civil;

/// What the EXIF fields say.
#[derive(Debug, PartialEq)]
pub(super) struct Camera {
    pub(super) make: Maybe<String>,
    pub(super) model: Maybe<String>,
    pub(super) body_serial: Maybe<String>,
    pub(super) lens_serial: Maybe<String>,
    pub(super) taken: Maybe<Moment>,
    pub(super) latitude: Maybe<f64>,
    pub(super) longitude: Maybe<f64>,
    pub(super) software: Maybe<String>,
    pub(super) owner: Maybe<String>,
    pub(super) unique_id: Maybe<String>,
}

impl Camera {
    /// An image without EXIF: the format has the fields, the file leaves them out.
    pub(super) fn none() -> Self {
        Self::without(Absent::NotExported)
    }

    fn without(reason: Absent) -> Self {
        Self {
            make: Maybe::Missing(reason),
            model: Maybe::Missing(reason),
            body_serial: Maybe::Missing(reason),
            lens_serial: Maybe::Missing(reason),
            taken: Maybe::Missing(reason),
            latitude: Maybe::Missing(reason),
            longitude: Maybe::Missing(reason),
            software: Maybe::Missing(reason),
            owner: Maybe::Missing(reason),
            unique_id: Maybe::Missing(reason),
        }
    }
}

/// Reads the fields of a TIFF structure.
pub(super) fn read(tiff: Vec<u8>, zone: Option<&TimeZone>) -> Camera {
    let outcome = Reader::new().continue_on_error(true).read_raw(tiff);
    let Ok(exif) = outcome.or_else(|error| error.distill_partial_result(|_| ())) else {
        return Camera::without(Absent::Unreadable);
    };
    let owner = match text(&exif, Tag::CameraOwnerName) {
        Maybe::Known(owner) => Maybe::Known(owner),
        Maybe::Missing(_) => text(&exif, Tag::Artist),
    };
    let (latitude, longitude) = position(&exif);
    Camera {
        make: text(&exif, Tag::Make),
        model: text(&exif, Tag::Model),
        body_serial: text(&exif, Tag::BodySerialNumber),
        lens_serial: text(&exif, Tag::LensSerialNumber),
        taken: taken(&exif, zone),
        latitude,
        longitude,
        software: text(&exif, Tag::Software),
        owner,
        unique_id: text(&exif, Tag::ImageUniqueID),
    }
}

/// The first string of a field, without what cameras fill it up with.
fn raw_text(exif: &Exif, tag: Tag) -> Option<String> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(strings) => {
            let bytes = strings.iter().find(|string| !string.trim_ascii().is_empty())?;
            // The standard says ASCII; cameras write UTF-8, older ones Windows-1252.
            Some(decode(bytes).trim().to_owned())
        }
        _ => None,
    }
}

fn text(exif: &Exif, tag: Tag) -> Maybe<String> {
    Maybe::or_absent(raw_text(exif, tag).filter(|text| says_something(text)), Absent::NotExported)
}

/// Whether a value can tell one device or person from another.
fn says_something(text: &str) -> bool {
    let empty_words =
        ["unknown", "unknown user", "none", "null", "n/a", "na", "not set", "undefined", "default"];
    let zeros = text.chars().all(|c| matches!(c, '0' | '-' | '.' | ':' | ' ' | 'ÿ'));
    !zeros && !empty_words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// `DateTimeOriginal` with its offset and fraction, where they are there.
fn taken(exif: &Exif, zone: Option<&TimeZone>) -> Maybe<Moment> {
    let Some(text) = raw_text(exif, Tag::DateTimeOriginal) else {
        return Maybe::Missing(Absent::NotExported);
    };
    // Cameras that do not know write zeros or leave the digits blank.
    if !text.bytes().any(|b| matches!(b, b'1'..=b'9')) {
        return Maybe::Missing(Absent::NotExported);
    }
    let Ok(civil) = DateTime::strptime("%Y:%m:%d %H:%M:%S", &text) else {
        return Maybe::Missing(Absent::Unreadable);
    };
    let (civil, precision) = fraction(exif, civil);
    let moment = match raw_text(exif, Tag::OffsetTimeOriginal).and_then(|text| offset(&text)) {
        Some(offset) => civil::explicit(civil, offset, precision),
        None => civil::assumed(civil, precision, zone),
    };
    Maybe::or_absent(moment, Absent::Unreadable)
}

/// Adds `SubSecTimeOriginal`: decimal digits of the second.
fn fraction(exif: &Exif, civil: DateTime) -> (DateTime, Precision) {
    let digits = raw_text(exif, Tag::SubSecTimeOriginal)
        .filter(|text| text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit()));
    let Some(digits) = digits else { return (civil, Precision::Second) };
    let precision = if digits.len() > 3 { Precision::Micro } else { Precision::Milli };
    let Ok(nanoseconds) = format!("{digits:0<9}").parse() else {
        return (civil, Precision::Second);
    };
    match civil.with().subsec_nanosecond(nanoseconds).build() {
        Ok(civil) => (civil, precision),
        Err(_) => (civil, Precision::Second),
    }
}

/// `+02:00`, `-05:30` or `Z`.
fn offset(text: &str) -> Option<Offset> {
    if text == "Z" {
        return Some(Offset::UTC);
    }
    let (sign, rest) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let two = |text: &str| -> Option<i32> {
        (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
    };
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    // UTC+14 is the farthest zone there is.
    (hours <= 14 && minutes < 60)
        .then(|| Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok())?
}

/// Latitude and longitude, both or none.
fn position(exif: &Exif) -> (Maybe<f64>, Maybe<f64>) {
    let tags = [
        (Tag::GPSLatitude, Tag::GPSLatitudeRef, ["N", "S"], 90.0),
        (Tag::GPSLongitude, Tag::GPSLongitudeRef, ["E", "W"], 180.0),
    ];
    if tags.iter().all(|(tag, ..)| exif.get_field(*tag, In::PRIMARY).is_none()) {
        return (Maybe::Missing(Absent::NotExported), Maybe::Missing(Absent::NotExported));
    }
    let read = tags.map(|(tag, side, names, most)| {
        degrees(exif, tag, side, names).filter(|degrees| degrees.abs() <= most)
    });
    match read {
        // A receiver without a fix writes zeros; nobody lives at 0° N 0° E.
        [Some(0.0), Some(0.0)] => {
            (Maybe::Missing(Absent::NotExported), Maybe::Missing(Absent::NotExported))
        }
        [Some(latitude), Some(longitude)] => (Maybe::Known(latitude), Maybe::Known(longitude)),
        _ => (Maybe::Missing(Absent::Unreadable), Maybe::Missing(Absent::Unreadable)),
    }
}

/// Degrees, minutes and seconds with the side that decides the sign.
fn degrees(exif: &Exif, tag: Tag, side: Tag, [plus, minus]: [&str; 2]) -> Option<f64> {
    let Value::Rational(parts) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
    let part = |index: usize| parts.get(index).map_or(Some(0.0), |&part| ratio(part));
    let value = parts.first().and_then(|&part| ratio(part))? + part(1)? / 60.0 + part(2)? / 3600.0;
    let side = raw_text(exif, side)?;
    if side.eq_ignore_ascii_case(plus) {
        Some(value)
    } else if side.eq_ignore_ascii_case(minus) {
        Some(-value)
    } else {
        None
    }
}

fn ratio(rational: Rational) -> Option<f64> {
    (rational.denom != 0).then(|| f64::from(rational.num) / f64::from(rational.denom))
}

#[cfg(test)]
mod tests;
