//! Where a video was taken.
//!
//! In: a text after ISO 6709, or the box `loci` of 3GPP. Out: the position as `exiftool -n` writes it:
//! latitude, longitude, altitude in metres, with blanks between. A text that is no position stays as
//! it is.
//!
//! ISO 6709:2008 annex H; 3GPP TS 26.244, section 8.8.

use super::text;
use crate::decimal::perl;

/// Degrees, degrees and minutes, or degrees, minutes and seconds: by the digits before the point.
pub(super) fn from_text(text: &str) -> String {
    read(text).unwrap_or_else(|| text.to_owned())
}

fn read(text: &str) -> Option<String> {
    let (latitude, rest) = signed(text)?;
    let (longitude, rest) = signed(rest)?;
    let mut shown = format!("{} {}", degrees(latitude, 2)?, degrees(longitude, 3)?);
    if let Some(altitude) = signed(rest).and_then(|(altitude, _)| altitude.parse::<f64>().ok()) {
        shown = format!("{shown} {}", perl(altitude));
    }
    Some(shown)
}

/// A sign and the digits behind it, with at most one point.
fn signed(text: &str) -> Option<(&str, &str)> {
    let unsigned = text.strip_prefix(['+', '-'])?;
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(unsigned);
    if end == 0 {
        return None;
    }
    if unsigned.get(end..).is_some_and(|rest| rest.starts_with('.')) {
        end += 1 + digits(unsigned.get(end + 1..)?);
    }
    text.split_at_checked(end + 1)
}

/// An angle in degrees; minutes and seconds of two digits may follow the digits of degrees.
fn degrees(angle: &str, width: usize) -> Option<String> {
    let (sign, digits) = angle.split_at_checked(1)?;
    let whole = digits.find('.').unwrap_or(digits.len());
    let value: f64 = if whole <= width {
        digits.parse().ok()?
    } else {
        let (first, rest) = digits.split_at_checked(width)?;
        let first: f64 = first.parse().ok()?;
        match whole - width {
            2 => first + rest.parse::<f64>().ok()? / 60.0,
            4 => {
                let (minutes, seconds) = rest.split_at_checked(2)?;
                let (minutes, seconds): (f64, f64) = (minutes.parse().ok()?, seconds.parse().ok()?);
                first + minutes / 60.0 + seconds / 3_600.0
            }
            _ => return None,
        }
    };
    Some(perl(if sign == "-" { -value } else { value }))
}

/// The content of `loci` behind version, flags and language: name, role, position, body, notes.
pub(super) fn location(bytes: &[u8]) -> Option<String> {
    let (name, rest) = text::terminated(bytes)?;
    let (role, rest) = rest.split_first()?;
    let (longitude, rest) = fixed(rest)?;
    let (latitude, rest) = fixed(rest)?;
    let (altitude, rest) = fixed(rest)?;
    let name = if name.is_empty() { "(none)".into() } else { name };
    let role = match role {
        0 => "shooting".into(),
        1 => "real".into(),
        2 => "fictional".into(),
        3 => "reserved".into(),
        role => format!("unknown({role})"),
    };
    let mut shown =
        format!("{name} Role={role} Lat={latitude:.5} Lon={longitude:.5} Alt={altitude:.2}");
    if let Some((body, rest)) = text::terminated(rest) {
        shown = format!("{shown} Body={body}");
        if let Some((notes, _)) = text::terminated(rest) {
            shown = format!("{shown} Notes={notes}");
        }
    }
    Some(shown)
}

/// A number of 16 bits before and 16 behind the point.
fn fixed(bytes: &[u8]) -> Option<(f64, &[u8])> {
    let (number, rest) = bytes.split_first_chunk()?;
    Some((f64::from(i32::from_be_bytes(*number)) / 65_536.0, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_three_forms_of_an_angle() {
        assert_eq!(from_text("+32.0929+034.8620+028.516/"), "32.0929 34.862 28.516");
        assert_eq!(from_text("+51.4169-000.0806/"), "51.4169 -0.0806");
        assert_eq!(from_text("+00.0000+000.0000/"), "0 0");
        assert_eq!(from_text("-5230.5+01315.25+0/"), "-52.5083333333333 13.2541666666667 0");
        assert_eq!(from_text("+523015+0131500"), "52.5041666666667 13.25");
        assert_eq!(from_text("near the river"), "near the river");
        assert_eq!(from_text("+1234567+1/"), "+1234567+1/");
        assert_eq!(from_text(""), "");
    }

    #[test]
    fn a_location_of_3gpp() {
        let mut bytes = b"Place\0\0".to_vec();
        for number in [-7_750_000_i32, 2_233_162, 655_360] {
            bytes.extend(number.to_be_bytes());
        }
        bytes.extend(b"earth\0note\0");
        assert_eq!(
            location(&bytes).unwrap(),
            "Place Role=shooting Lat=34.07535 Lon=-118.25562 Alt=10.00 Body=earth Notes=note"
        );
        assert_eq!(location(b"Place\0\0\0"), None);
    }

    proptest! {
        #[test]
        fn no_text_is_fatal(text in "[-+.0-9é/]{0,30}", bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            from_text(&text);
            location(&bytes);
        }
    }
}
