//! Values of TIFF entries as text, the way `exiftool -n` writes them.

use faisceau_model::decode;

use super::directory::{Entry, Kind};
use crate::decimal::{general, perl};

/// Most numbers that are written one after the other.
const NUMBERS: usize = 64;

/// The value: text, or numbers with blanks between them.
pub(crate) fn plain(entry: &Entry<'_>) -> String {
    match entry.kind {
        Kind::Ascii | Kind::Utf8 => text(entry.data.bytes()),
        Kind::Undefined => {
            // Some makers write their texts at the end of the room for them.
            let bytes = entry.data.bytes();
            let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
            text(bytes.get(start..).unwrap_or_default())
        }
        _ => numbers(entry),
    }
}

/// Text up to the first NUL.
pub(crate) fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    decode(bytes.get(..end).unwrap_or_default()).into_owned()
}

/// Text in UTF-16 in the order of the file.
pub(crate) fn utf16(bytes: &[u8], big: bool) -> String {
    let units = bytes.chunks_exact(2).map(|two| {
        let two = [two[0], two[1]];
        if big { u16::from_be_bytes(two) } else { u16::from_le_bytes(two) }
    });
    let units = units.take_while(|unit| *unit != 0);
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// A comment that begins with the name of its encoding (Exif, 4.6.5, `UserComment`).
pub(crate) fn comment(entry: &Entry<'_>) -> String {
    let bytes = entry.data.bytes();
    let Some((name, rest)) = bytes.split_first_chunk::<8>() else { return text(bytes) };
    match name {
        b"UNICODE\0" => {
            let big = entry.order == super::Order::Big;
            // Writers do not agree on the order: the one with more blanks in the low byte wins.
            let high = rest.chunks_exact(2).filter(|two| two[0] == 0).count();
            let low = rest.chunks_exact(2).filter(|two| two[1] == 0).count();
            utf16(rest, if high == low { big } else { high > low })
        }
        b"ASCII\0\0\0" | b"JIS\0\0\0\0\0" | [0, 0, 0, 0, 0, 0, 0, 0] => text(rest),
        _ => text(bytes),
    }
}

/// Numbers of any kind, blanks between them.
fn numbers(entry: &Entry<'_>) -> String {
    let count = entry.data.len() / entry.kind.size();
    let all = (0..count.min(NUMBERS)).filter_map(|index| number(entry, index));
    let mut out = String::new();
    for number in all {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&number);
    }
    out
}

fn number(entry: &Entry<'_>, index: usize) -> Option<String> {
    let (bytes, order) = (entry.data.bytes(), entry.order);
    Some(match entry.kind {
        Kind::Byte | Kind::Ascii | Kind::Undefined | Kind::Utf8 => bytes.get(index)?.to_string(),
        Kind::SignedByte => bytes.get(index)?.cast_signed().to_string(),
        Kind::Short => order.u16_at(bytes, index * 2)?.to_string(),
        Kind::SignedShort => order.u16_at(bytes, index * 2)?.cast_signed().to_string(),
        Kind::Long => order.u32_at(bytes, index * 4)?.to_string(),
        Kind::SignedLong => order.u32_at(bytes, index * 4)?.cast_signed().to_string(),
        Kind::Float => perl(f64::from(f32::from_bits(order.u32_at(bytes, index * 4)?))),
        Kind::Double => perl(f64::from_bits(order.u64_at(bytes, index * 8)?)),
        Kind::Rational | Kind::SignedRational => match ratio(entry, index)? {
            Ok(value) => perl(value),
            Err(word) => word.to_owned(),
        },
    })
}

/// A fraction to ten significant digits, or the word for one without denominator.
pub(crate) fn ratio(entry: &Entry<'_>, index: usize) -> Option<Result<f64, &'static str>> {
    let (bytes, order) = (entry.data.bytes(), entry.order);
    let above = order.u32_at(bytes, index * 8)?;
    let below = order.u32_at(bytes, index * 8 + 4)?;
    let (above, below) = if entry.kind == Kind::SignedRational {
        (f64::from(above.cast_signed()), f64::from(below.cast_signed()))
    } else {
        (f64::from(above), f64::from(below))
    };
    if below == 0.0 {
        return Some(Err(if above == 0.0 { "undef" } else { "inf" }));
    }
    let rounded = general(above / below, 10);
    Some(rounded.parse().map_err(|_| "undef"))
}
