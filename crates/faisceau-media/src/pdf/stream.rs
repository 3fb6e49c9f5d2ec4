//! Streams of PDF. In: a dictionary and the place behind it. Out: the bytes of the stream, unpacked.
//!
//! ISO 32000-1:2008, 7.3.8 "Stream objects", 7.4.4 (`FlateDecode`, with the predictors of PNG). Refused: other filters, and what unpacks to more than a limit.

use std::borrow::Cow;
use std::io::Read;
use std::ops::Range;

use flate2::read::ZlibDecoder;
use memchr::memmem;

use super::object::Object;

/// Most bytes of one stream, unpacked.
const STREAM: usize = 16 << 20;
/// Furthest search for the end of a stream whose length is not known.
const SEARCH: usize = 16 << 20;
/// Longest row of a predictor.
const ROW: usize = 1 << 16;

/// What may still be done for one document, so that none takes for ever.
#[derive(Debug)]
pub(super) struct Left {
    /// Bytes that may be unpacked.
    pub(super) unpacked: usize,
    /// Bytes that may be read as objects: a short file can name the same long object many times.
    pub(super) parsed: usize,
}

/// The range of the packed bytes; `after` is where the dictionary ends.
pub(super) fn range(bytes: &[u8], after: usize, length: Option<usize>) -> Option<Range<usize>> {
    let rest = bytes.get(after..)?;
    let blanks = rest.iter().take_while(|byte| super::object::is_blank(**byte)).count();
    let rest = rest.get(blanks..)?.strip_prefix(b"stream")?;
    let line = match rest {
        [b'\r', b'\n', ..] => 2,
        [b'\n' | b'\r', ..] => 1,
        _ => 0,
    };
    let start = bytes.len() - rest.len() + line;
    let rest = rest.get(line..)?;
    let says = length.filter(|length| {
        let after = rest.get(*length..).unwrap_or_default();
        memmem::find(after.get(..32).unwrap_or(after), b"endstream").is_some()
    });
    let length = match says {
        Some(length) => length,
        None => memmem::find(rest.get(..SEARCH).unwrap_or(rest), b"endstream")?,
    };
    Some(start..start.checked_add(length)?)
}

/// The bytes of a stream, unpacked; those before the fault where it is broken.
pub(super) fn unpack<'a>(
    packed: &'a [u8],
    dictionary: &Object,
    left: &mut Left,
) -> Result<Cow<'a, [u8]>, &'static str> {
    let first = |key: &[u8]| {
        let object = dictionary.get(key)?;
        match object.array() {
            Some([]) => None,
            Some([one]) => Some(one),
            _ => Some(object),
        }
    };
    let Some(filter) = first(b"Filter") else { return Ok(Cow::Borrowed(packed)) };
    if !matches!(filter.name(), Some(b"FlateDecode" | b"Fl")) {
        return Err("a stream is packed in a way that is not read");
    }
    let mut bytes = Vec::new();
    let most = STREAM.min(left.unpacked);
    let ended = ZlibDecoder::new(packed).take(most as u64 + 1).read_to_end(&mut bytes);
    left.unpacked = left.unpacked.saturating_sub(bytes.len());
    if bytes.len() > most {
        return Err("a stream unpacks to more than the limit");
    }
    if bytes.is_empty() && ended.is_err() {
        return Err("a stream cannot be unpacked");
    }
    let parameter = |key: &[u8]| first(b"DecodeParms")?.get(key)?.integer();
    match parameter(b"Predictor") {
        None | Some(0 | 1) => Ok(Cow::Owned(bytes)),
        Some(10..=15) => {
            let width = |key: &[u8], default: usize| parameter(key).unwrap_or(default).min(ROW);
            let bits = width(b"Colors", 1).saturating_mul(width(b"BitsPerComponent", 8));
            let row = bits.saturating_mul(width(b"Columns", 1)).div_ceil(8).clamp(1, ROW);
            Ok(Cow::Owned(without_prediction(&bytes, row, bits.div_ceil(8).max(1))))
        }
        Some(_) => Err("a stream is predicted in a way that is not read"),
    }
}

/// Undoes the predictors of PNG (PNG specification, 9.2).
fn without_prediction(bytes: &[u8], row: usize, pixel: usize) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut above = vec![0u8; row];
    for line in bytes.chunks(row + 1) {
        let Some((kind, line)) = line.split_first() else { continue };
        let mut now = vec![0u8; row];
        for (index, byte) in line.iter().enumerate() {
            let at = |of: &[u8], back: usize| {
                index.checked_sub(back).and_then(|index| of.get(index)).copied().unwrap_or(0)
            };
            let (left, up, corner) = (at(&now, pixel), at(&above, 0), at(&above, pixel));
            let guess = match kind {
                1 => left,
                2 => up,
                3 => u8::midpoint(left, up),
                4 => paeth(left, up, corner),
                _ => 0,
            };
            if let Some(place) = now.get_mut(index) {
                *place = byte.wrapping_add(guess);
            }
        }
        out.extend(now.get(..line.len()).unwrap_or_default());
        above = now;
    }
    out
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let estimate = i16::from(left) + i16::from(up) - i16::from(corner);
    let far = |byte: u8| (estimate - i16::from(byte)).abs();
    if far(left) <= far(up) && far(left) <= far(corner) {
        left
    } else if far(up) <= far(corner) {
        up
    } else {
        corner
    }
}
