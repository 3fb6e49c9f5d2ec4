//! Datasets of IPTC-IIM.
//!
//! In: datasets one after the other, each with the marker 0x1C, a record, a number and a length. Out:
//! those of records 1 and 2 that say who made a picture, when, where and with what. A dataset may be
//! repeated: each gives a field.
//!
//! Refused: what follows a wrong marker or a length beyond the end. Text is UTF-8 where its bytes are,
//! whatever dataset 1:90 says; otherwise Windows-1252. `ExifTool` believes the dataset.
//!
//! IPTC-NAA Information Interchange Model, version 4.2, sections 5 and 6,
//! <https://www.iptc.org/std/IIM/4.2/specification/IIMV4.2.pdf>.

use crate::charset::guessed;
use crate::collector::Collector;
use crate::part::Part;

/// The group of all fields.
const GROUP: &str = "IPTC";
/// What each dataset begins with.
const MARKER: u8 = 0x1c;
/// Most datasets.
const DATASETS: usize = 4_096;
/// Most bytes of a value that are looked at.
const TEXT: usize = 16 << 10;

/// What a dataset holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Date,
    Time,
}

/// Reads the datasets.
pub(crate) fn read(part: &Part<'_>, out: &mut Collector) {
    let mut at = 0;
    for _ in 0..DATASETS {
        let Some((record, number, value)) = dataset(part, &mut at, out) else { return };
        let Some((name, kind)) = kept(record, number) else { continue };
        let bytes = value.bytes();
        let text = guessed(bytes.get(..TEXT).unwrap_or(bytes));
        let text = match kind {
            Kind::Text => text,
            Kind::Date => date(&text),
            Kind::Time => time(&text),
        };
        out.add(GROUP, name, &text, value.whole());
    }
    out.flaw(part.place(at..at).start, "IPTC with too many datasets");
}

/// The dataset at a place, which is moved behind it.
fn dataset<'a>(part: &Part<'a>, at: &mut usize, out: &mut Collector) -> Option<(u8, u8, Part<'a>)> {
    let here = part.from(*at);
    let place = here.whole().start;
    let Some(([marker, record, number, high, low], _)) = here.bytes().split_first_chunk::<5>()
    else {
        let padding = here.bytes().iter().all(|byte| *byte == 0);
        if !padding {
            out.flaw(place, "IPTC that ends within a dataset");
        }
        return None;
    };
    if *marker != MARKER {
        // Zeros fill the block up.
        if *marker != 0 {
            out.flaw(place, "IPTC without the marker of a dataset");
        }
        return None;
    }
    let Some((start, length)) = length(here.bytes(), [*high, *low]) else {
        out.flaw(place, "IPTC with a length that cannot be");
        return None;
    };
    let value = start.checked_add(length).and_then(|end| here.get(start..end));
    let Some(value) = value else {
        out.flaw(place, "IPTC with a dataset that is longer than its block");
        return None;
    };
    *at += start + length;
    Some((*record, *number, value))
}

/// Where the value starts and how long it is. A length beyond 32767 stands in bytes of its own.
fn length(bytes: &[u8], short: [u8; 2]) -> Option<(usize, usize)> {
    let short = usize::from(u16::from_be_bytes(short));
    if short & 0x8000 == 0 {
        return Some((5, short));
    }
    let size = short & 0x7fff;
    let bytes = bytes.get(5..5 + size.min(4)).filter(|_| size <= 4)?;
    Some((5 + size, bytes.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte))))
}

/// `20120714` to `2012:07:14`.
fn date(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match (digits.get(..4), digits.get(4..6), digits.get(6..8)) {
        (Some(year), Some(month), Some(day)) if digits.len() == 8 => {
            format!("{year}:{month}:{day}")
        }
        _ => text.to_owned(),
    }
}

/// `163012+0200` to `16:30:12+02:00`.
fn time(text: &str) -> String {
    let text = text.trim_end_matches('\0').trim().replace(' ', ":");
    let plain = text.get(..6).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    let (clock, zone) = match (plain, text.get(6..)) {
        (Some(digits), Some(zone)) => {
            (format!("{}:{}:{}", &digits[..2], &digits[2..4], &digits[4..]), zone)
        }
        _ => (String::new(), text.as_str()),
    };
    // The last four digits of a zone, if they follow a sign.
    let hours = zone.len().checked_sub(5).and_then(|sign| zone.get(sign..));
    let hours = hours.filter(|hours| {
        hours.starts_with(['+', '-']) && hours.bytes().skip(1).all(|byte| byte.is_ascii_digit())
    });
    match hours.and_then(|hours| Some((hours.get(..3)?, hours.get(3..)?))) {
        Some((hours, minutes)) => {
            let before = zone.get(..zone.len() - 5).unwrap_or_default();
            format!("{clock}{before}{hours}:{minutes}")
        }
        None => format!("{clock}{zone}"),
    }
}

/// The datasets that are kept.
fn kept(record: u8, number: u8) -> Option<(&'static str, Kind)> {
    Some(match (record, number) {
        (1, 5) => ("Destination", Kind::Text),
        (1, 30) => ("ServiceIdentifier", Kind::Text),
        (1, 40) => ("EnvelopeNumber", Kind::Text),
        (1, 50) => ("ProductID", Kind::Text),
        (1, 70) => ("DateSent", Kind::Date),
        (1, 80) => ("TimeSent", Kind::Time),
        (1, 100) => ("UniqueObjectName", Kind::Text),
        (2, 5) => ("ObjectName", Kind::Text),
        (2, 7) => ("EditStatus", Kind::Text),
        (2, 15) => ("Category", Kind::Text),
        (2, 20) => ("SupplementalCategories", Kind::Text),
        (2, 22) => ("FixtureIdentifier", Kind::Text),
        (2, 25) => ("Keywords", Kind::Text),
        (2, 26) => ("ContentLocationCode", Kind::Text),
        (2, 27) => ("ContentLocationName", Kind::Text),
        (2, 30) => ("ReleaseDate", Kind::Date),
        (2, 35) => ("ReleaseTime", Kind::Time),
        (2, 40) => ("SpecialInstructions", Kind::Text),
        (2, 55) => ("DateCreated", Kind::Date),
        (2, 60) => ("TimeCreated", Kind::Time),
        (2, 62) => ("DigitalCreationDate", Kind::Date),
        (2, 63) => ("DigitalCreationTime", Kind::Time),
        (2, 65) => ("OriginatingProgram", Kind::Text),
        (2, 70) => ("ProgramVersion", Kind::Text),
        (2, 80) => ("By-line", Kind::Text),
        (2, 85) => ("By-lineTitle", Kind::Text),
        (2, 90) => ("City", Kind::Text),
        (2, 92) => ("Sub-location", Kind::Text),
        (2, 95) => ("Province-State", Kind::Text),
        (2, 100) => ("Country-PrimaryLocationCode", Kind::Text),
        (2, 101) => ("Country-PrimaryLocationName", Kind::Text),
        (2, 103) => ("OriginalTransmissionReference", Kind::Text),
        (2, 105) => ("Headline", Kind::Text),
        (2, 110) => ("Credit", Kind::Text),
        (2, 115) => ("Source", Kind::Text),
        (2, 116) => ("CopyrightNotice", Kind::Text),
        (2, 118) => ("Contact", Kind::Text),
        (2, 120) => ("Caption-Abstract", Kind::Text),
        (2, 121) => ("LocalCaption", Kind::Text),
        (2, 122) => ("Writer-Editor", Kind::Text),
        (2, 184) => ("JobID", Kind::Text),
        (2, 185) => ("MasterDocumentID", Kind::Text),
        (2, 186) => ("ShortDocumentID", Kind::Text),
        (2, 187) => ("UniqueDocumentID", Kind::Text),
        (2, 188) => ("OwnerID", Kind::Text),
        (2, 230) => ("DocumentNotes", Kind::Text),
        (2, 231) => ("DocumentHistory", Kind::Text),
        (2, 232) => ("ExifCameraInfo", Kind::Text),
        (2, 255) => ("CatalogSets", Kind::Text),
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
