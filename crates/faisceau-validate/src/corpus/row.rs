//! One record as a row.
//!
//! In: named values. Out: a row, or the reason why it is none.

use serde::Deserialize;

use super::Split;

/// Most bytes of a name: author, language or site.
const MOST_NAME: usize = 200;
/// Most minutes between a clock and UTC.
const MOST_OFFSET_MIN: i64 = 18 * 60;

/// Values as they are written.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Written {
    pub(super) author: String,
    pub(super) timestamp_utc: String,
    pub(super) text: String,
    pub(super) lang: String,
    pub(super) split: Option<String>,
    pub(super) source: Option<String>,
    pub(super) tz_offset_min: Option<Offset>,
}

/// An offset, a number or a text.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Offset {
    Number(i64),
    Text(String),
}

/// A row that can be used.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) author: String,
    pub(super) at_s: i64,
    pub(super) text: String,
    pub(super) lang: String,
    pub(super) split: Option<Split>,
    pub(super) source: String,
    pub(super) offset_min: Option<i64>,
}

impl Row {
    pub(super) fn read(written: Written) -> Result<Self, String> {
        let source = written.source.unwrap_or_default();
        if written.author.is_empty() {
            return Err("the author is missing".to_owned());
        }
        for (name, value) in
            [("author", &written.author), ("lang", &written.lang), ("source", &source)]
        {
            if value.len() > MOST_NAME {
                return Err(format!("`{name}` has more than {MOST_NAME} bytes"));
            }
        }
        let at: jiff::Timestamp = written
            .timestamp_utc
            .parse()
            .map_err(|_| "`timestamp_utc` is not a time".to_owned())?;
        let split = match written.split.as_deref() {
            None | Some("") => None,
            Some("A") => Some(Split::A),
            Some("B") => Some(Split::B),
            Some(_) => return Err("`split` is neither A nor B".to_owned()),
        };
        let offset_min = match written.tz_offset_min {
            None => None,
            Some(Offset::Number(minutes)) => Some(minutes),
            Some(Offset::Text(text)) if text.is_empty() => None,
            Some(Offset::Text(text)) => {
                Some(text.parse().map_err(|_| "`tz_offset_min` is not a number".to_owned())?)
            }
        };
        if offset_min
            .is_some_and(|minutes| !(-MOST_OFFSET_MIN..=MOST_OFFSET_MIN).contains(&minutes))
        {
            return Err("`tz_offset_min` is not an offset".to_owned());
        }
        Ok(Self {
            author: written.author,
            // The floor: a corpus gives whole seconds, and a fraction stays in its hour.
            at_s: at.as_second() - i64::from(at.subsec_nanosecond() < 0),
            text: written.text,
            lang: written.lang,
            split,
            source,
            offset_min,
        })
    }
}
