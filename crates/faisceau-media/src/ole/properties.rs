//! A property set. In: a stream. Out: the number of each property, and its value as text.
//!
//! [MS-OLEPS] 2 (<https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-oleps/>). Refused:
//! vectors, pictures and other kinds of values that say nothing about the author.

use std::collections::BTreeMap;

use encoding_rs::Encoding;

use super::compound::u32_at;

/// Most properties of a set.
const PROPERTIES: u32 = 1_000;
/// Longest text, in bytes.
const TEXT: usize = 16_384;

/// One of the sets of a stream.
pub(super) struct Set {
    /// The first four bytes of its format identifier.
    pub(super) format: u32,
    /// Names that the document gave to properties of its own.
    pub(super) names: BTreeMap<u32, String>,
    pub(super) values: Vec<(u32, String)>,
}

/// The sets of a stream, at most two.
pub(super) fn sets(bytes: &[u8]) -> Vec<Set> {
    let count = u32_at(bytes, 24).unwrap_or_default().min(2);
    (0..count as usize).filter_map(|index| set(bytes, 28 + index * 20)).collect()
}

fn set(bytes: &[u8], at: usize) -> Option<Set> {
    let format = u32_at(bytes, at)?;
    let body = bytes.get(usize::try_from(u32_at(bytes, at + 16)?).ok()?..)?;
    let count = u32_at(body, 4)?.min(PROPERTIES) as usize;
    let places: Vec<(u32, &[u8])> = (0..count)
        .map_while(|index| Some((u32_at(body, 8 + index * 8)?, u32_at(body, 12 + index * 8)?)))
        .filter_map(|(id, offset)| Some((id, body.get(usize::try_from(offset).ok()?..)?)))
        .collect();
    let page = places.iter().find(|(id, _)| *id == 1).and_then(|(_, value)| u32_at(value, 4));
    let page = page.unwrap_or(1252) & 0xffff;
    let names = places.iter().find(|(id, _)| *id == 0).map(|(_, value)| names(value, page));
    let values = places.iter().filter(|(id, _)| *id > 1);
    Some(Set {
        format,
        names: names.unwrap_or_default(),
        values: values.filter_map(|(id, value)| Some((*id, shown(value, page)?))).collect(),
    })
}

/// The dictionary of a set (2.17).
fn names(bytes: &[u8], page: u32) -> BTreeMap<u32, String> {
    let mut names = BTreeMap::new();
    let mut at = 4;
    for _ in 0..u32_at(bytes, 0).unwrap_or_default().min(PROPERTIES) {
        let (Some(id), Some(length)) = (u32_at(bytes, at), u32_at(bytes, at + 4)) else { break };
        let Ok(length) = usize::try_from(length) else { break };
        // In UTF-16 the length is one of characters, and the next entry is aligned.
        let length = if page == 1200 { length.saturating_mul(2) } else { length };
        let Some(name) = bytes.get(at + 8..).and_then(|rest| rest.get(..length)) else { break };
        names.insert(id, decoded(name.get(..TEXT).unwrap_or(name), page));
        at += 8 + if page == 1200 { length.next_multiple_of(4) } else { length };
    }
    names
}

/// A value as `exiftool -n` writes it (2.15).
fn shown(bytes: &[u8], page: u32) -> Option<String> {
    let word = u32_at(bytes, 4)?;
    let text = |length: usize, page| {
        let text = bytes.get(8..)?.get(..length)?;
        Some(decoded(text.get(..TEXT).unwrap_or(text), page))
    };
    match u32_at(bytes, 0)? & 0xffff {
        2 => Some((word as u16 as i16).to_string()),
        3 | 22 => Some((word as i32).to_string()),
        11 => Some(u8::from(word & 0xffff != 0).to_string()),
        30 => text(usize::try_from(word).ok()?, page),
        31 => text(usize::try_from(word).ok()?.checked_mul(2)?, 1200),
        64 => Some(time(u64::from(word) | u64::from(u32_at(bytes, 8)?) << 32)),
        _ => None,
    }
}

fn decoded(bytes: &[u8], page: u32) -> String {
    let label = match page {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        1200 => "utf-16le".to_owned(),
        10000 => "macintosh".to_owned(),
        10007 => "x-mac-cyrillic".to_owned(),
        65001 => "utf-8".to_owned(),
        other => format!("windows-{other}"),
    };
    let encoding = Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::WINDOWS_1252);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    text.split('\0').next().unwrap_or_default().to_owned()
}

/// A time in steps of 100 ns since 1601, or seconds of a span that is shorter than a year.
fn time(steps: u64) -> String {
    let seconds = steps / 10_000_000;
    if seconds <= 365 * 86_400 {
        return seconds.to_string();
    }
    let (days, of_day) = (seconds / 86_400, seconds % 86_400);
    // Days are counted from 1 March of a year that 400 divides, here 1200: 146,403 days before 1601.
    let days = days + 146_403;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let year = 1_200 + era * 400 + year + u64::from(month >= 10);
    let month = if month < 10 { month + 3 } else { month - 9 };
    let (hour, minute, second) = (of_day / 3_600, of_day / 60 % 60, of_day % 60);
    format!("{year:04}:{month:02}:{day:02} {hour:02}:{minute:02}:{second:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_date_or_a_span() {
        // 1970-01-01 is 11,644,473,600 seconds after 1601-01-01 ([MS-DTYP] 2.3.3).
        let of_unix = |seconds: u64| time((seconds + 11_644_473_600) * 10_000_000);
        assert_eq!(of_unix(0), "1970:01:01 00:00:00");
        assert_eq!(of_unix(951_782_400), "2000:02:29 00:00:00");
        assert_eq!(of_unix(1_709_251_199), "2024:02:29 23:59:59");
        assert_eq!(of_unix(1_735_689_600), "2025:01:01 00:00:00");
        assert_eq!(time(2_660_000_000), "266");
        assert!(time(u64::MAX).starts_with("60056:"));
    }
}
