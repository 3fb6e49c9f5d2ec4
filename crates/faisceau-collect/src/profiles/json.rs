//! JSON of interfaces, as far as a pager needs it.
//!
//! In: the text of an answer. Out: its parts, each element of a list for itself, so that one that is
//! strange costs that one alone. Ids are texts whatever their type: a number above 2^53 keeps its
//! digits. Refused: pages of HTML, and what is deeper than `serde_json` goes (128 levels) where it
//! is read at all; what is not read may be of any depth and costs no stack.

use std::fmt;

use faisceau_model::excerpt;
use jiff::Timestamp;
use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::value::RawValue;

use super::outcome::Stopped;

/// Longest id, in bytes.
const MAX_ID: usize = 512;

/// A text or a number, as text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Text(pub(super) String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        let text = match raw.as_bytes().first() {
            Some(b'"') => serde_json::from_str(raw).map_err(D::Error::custom)?,
            Some(b'-' | b'0'..=b'9') => raw.to_owned(),
            _ => return Err(D::Error::custom("neither a text nor a number")),
        };
        if text.len() > MAX_ID {
            return Err(D::Error::custom(format!("longer than {MAX_ID} bytes")));
        }
        Ok(Self(text))
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A part of JSON.
pub(super) fn read<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, Stopped> {
    serde_json::from_str(text).map_err(|error| {
        let start = text.trim_start();
        let why = if start.starts_with('<') {
            "a page of HTML came in place of JSON: a log-in or a wall".to_owned()
        } else {
            excerpt(&error.to_string(), 200)
        };
        Stopped::Unreadable { why }
    })
}

/// The elements of a list that can be read, and the number of the others.
pub(super) fn each<'t, T: Deserialize<'t>>(list: &[&'t RawValue]) -> (Vec<T>, u64) {
    let read: Vec<T> = list.iter().filter_map(|raw| serde_json::from_str(raw.get()).ok()).collect();
    let others = list.len() - read.len();
    (read, others as u64)
}

/// A time of RFC 3339.
pub(super) fn time(text: Option<&Text>) -> Option<Timestamp> {
    text?.0.trim().parse().ok()
}

/// Seconds since the Unix epoch, with a fraction or without.
pub(super) fn unix(text: Option<&Text>) -> Option<Timestamp> {
    let whole = text?.0.split('.').next()?;
    Timestamp::from_second(whole.trim().parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize as Derive;

    use super::*;

    #[derive(Derive)]
    struct Thing {
        id: Text,
        at: Option<Text>,
    }

    #[test]
    fn numbers_above_two_to_the_53_keep_their_digits() {
        let text = r#"[{"id":109348732974918273645546372819},{"id":9007199254740993},{"id":"a"}]"#;
        let list: Vec<&RawValue> = read(text).unwrap();
        let (things, others) = each::<Thing>(&list);
        let ids: Vec<_> = things.iter().map(|thing| thing.id.0.as_str()).collect();
        assert_eq!(ids, ["109348732974918273645546372819", "9007199254740993", "a"]);
        assert_eq!(others, 0);
    }

    #[test]
    fn what_is_strange_costs_itself_alone() {
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        let long = "9".repeat(MAX_ID + 1);
        let text = format!(
            r#"[{{"id":1,"x":{deep}}},{{"id":{deep}}},3,null,{{"id":{{}}}},{{"id":{long}}},{{"id":2,"at":null}}]"#
        );
        let list: Vec<&RawValue> = read(&text).unwrap();
        let (things, others) = each::<Thing>(&list);
        let ids: Vec<_> = things.iter().map(|thing| thing.id.0.as_str()).collect();
        assert_eq!(ids, ["1", "2"]);
        assert_eq!((others, things[1].at.is_none()), (5, true));
    }

    #[test]
    fn a_page_of_html_is_called_one() {
        let error = read::<Vec<&RawValue>>(" <!doctype html>").unwrap_err();
        assert!(error.to_string().contains("HTML"), "{error}");
        assert!(!read::<Vec<&RawValue>>("{").unwrap_err().to_string().contains("HTML"));
    }

    #[test]
    fn times_are_read_or_missing() {
        let text = |text: &str| Some(Text(text.to_owned()));
        let at = |seconds| Some(Timestamp::from_second(seconds).unwrap());
        assert_eq!(unix(text("1420070668.0").as_ref()), at(1_420_070_668));
        assert_eq!(time(text("1970-01-01T00:00:01Z").as_ref()), at(1));
        for bad in ["", "x", "9e99", "99999999999999999999"] {
            assert_eq!((unix(text(bad).as_ref()), time(text(bad).as_ref())), (None, None), "{bad}");
        }
    }
}
