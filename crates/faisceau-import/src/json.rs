//! JSON exhibits that are lists of records: taking them apart without losing what precedes a flaw.
//!
//! In: the text of a list. Out: the raw text of each element, borrowed from the exhibit, so that
//! its offset is known and a flaw inside one element costs that element alone. Refused: a record
//! longer than [`MAX_RECORD`], a list longer than [`MAX_RECORDS`], and a record deeper than the
//! 128 levels of `serde_json`.

use std::fmt;

use faisceau_model::{Place, RejectReason};
use serde::de::{DeserializeSeed, Deserializer, Error as _, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::contract::ImportError;

/// Largest exhibit held in memory, in bytes.
pub(crate) const MAX_EXHIBIT: u64 = 512 << 20;
/// Longest record, in bytes. A parsed record takes up to thirty times its text.
pub(crate) const MAX_RECORD: usize = 4 << 20;
/// Most records of one exhibit: more than the largest exhibit holds of real ones.
pub(crate) const MAX_RECORDS: usize = 4_000_000;

/// An object of a record.
pub(crate) type Object = Map<String, Value>;

/// Why a record is no row: a reason and what was expected.
pub(crate) type Flaw = (RejectReason, String);

/// Reads a list and keeps the raw text of each element met before a flaw.
pub(crate) struct Elements<'o, 'de> {
    /// Where the elements go.
    pub(crate) out: &'o mut Vec<&'de RawValue>,
    /// How many more the exhibit may have.
    pub(crate) budget: usize,
}

impl<'de> DeserializeSeed<'de> for Elements<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Elements<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(element) = list.next_element()? {
            if self.out.len() >= self.budget {
                return Err(A::Error::custom(format!("more than {MAX_RECORDS} records")));
            }
            self.out.push(element);
        }
        Ok(())
    }
}

/// The part of an exhibit that is UTF-8, without a byte order mark, and where it starts.
pub(crate) fn text(bytes: &[u8]) -> (&str, usize) {
    let start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let body = &bytes[start..];
    let valid = match std::str::from_utf8(body) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&body[..error.valid_up_to()]).unwrap_or_default(),
    };
    (valid, start)
}

/// Where a part of `whole` starts in it, in bytes. `part` must be borrowed from `whole`.
pub(crate) fn offset(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize)
}

/// The error that ends an exhibit whose list breaks: `kept` records end at byte `end` of `bytes`.
///
/// `origin` is the byte at which the text that the error counts lines of starts.
pub(crate) fn stop(
    error: &serde_json::Error,
    bytes: &[u8],
    origin: usize,
    end: usize,
    kept: usize,
) -> ImportError {
    let end = end.min(bytes.len());
    let place = Place::Bytes { start: end as u64, len: (bytes.len() - end) as u64 };
    let (text, start) = text(bytes);
    let readable = start + text.len();
    if kept >= MAX_RECORDS {
        return ImportError::Limit { place, detail: format!("more than {MAX_RECORDS} records") };
    }
    if error.is_eof() && readable < bytes.len() {
        let detail = format!("byte {readable} is not UTF-8; {kept} records before it were kept");
        return ImportError::Broken { place, detail };
    }
    if error.is_eof() {
        let detail = format!(
            "the export stops in the middle of a record (byte {}); {kept} records before it were kept",
            bytes.len()
        );
        return ImportError::Truncated { place, detail };
    }
    let detail = format!(
        "not JSON after byte {end} (counted from byte {origin}: {error}); {kept} records before it were kept"
    );
    ImportError::Broken { place, detail }
}

/// The object that a record is.
pub(crate) fn object(raw: &str) -> Result<Object, Flaw> {
    if raw.len() > MAX_RECORD {
        let detail = format!("the record is longer than {MAX_RECORD} bytes");
        return Err((RejectReason::Limit, detail));
    }
    match serde_json::from_str(raw) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err((RejectReason::Syntax, "an object was expected".to_owned())),
        Err(error) => {
            let text = error.to_string();
            let deep = text.starts_with("recursion limit");
            let reason = if deep { RejectReason::Limit } else { RejectReason::Syntax };
            Err((reason, format!("{text} of the record")))
        }
    }
}

/// A field that is a text or a number, as text. Ids are strings wherever they come from.
pub(crate) fn field(object: &Object, key: &str) -> Option<String> {
    match object.get(key)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A field that must be there.
pub(crate) fn required(object: &Object, key: &str) -> Result<String, Flaw> {
    field(object, key).ok_or_else(|| (RejectReason::MissingField, format!("`{key}` is missing")))
}

/// A field that is an integer, or a text that is one.
pub(crate) fn integer(object: &Object, key: &str) -> Option<i64> {
    field(object, key)?.trim().parse().ok()
}

/// A key as one step of a JSON pointer (RFC 6901).
pub(crate) fn pointer_step(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elements(text: &str) -> (Vec<&str>, Result<(), serde_json::Error>) {
        let mut out = Vec::new();
        let mut json = serde_json::Deserializer::from_str(text);
        let outcome = Elements { out: &mut out, budget: 10 }.deserialize(&mut json);
        (out.iter().map(|raw| raw.get()).collect(), outcome)
    }

    #[test]
    fn what_precedes_a_truncation_is_kept_with_its_offset() {
        let text = r#"[{"a":1}, {"b":[2]}, {"c":"#;
        let (kept, outcome) = elements(text);
        assert_eq!(kept, [r#"{"a":1}"#, r#"{"b":[2]}"#]);
        assert_eq!(offset(text, kept[1]), 10);
        let error = stop(&outcome.unwrap_err(), text.as_bytes(), 0, 19, 2);
        assert_eq!(error.place(), Place::Bytes { start: 19, len: 7 });
        assert_eq!(error.reason(), RejectReason::Truncated);
        assert_eq!(
            error.to_string(),
            "the export stops in the middle of a record (byte 26); 2 records before it were kept"
        );
    }

    #[test]
    fn a_byte_that_is_not_utf8_is_told_apart_from_an_end() {
        let bytes = b"[1, \"\xff\"]";
        let (valid, _) = text(bytes);
        let (_, outcome) = elements(valid);
        let error = stop(&outcome.unwrap_err(), bytes, 0, 2, 1);
        assert_eq!(error.reason(), RejectReason::Syntax);
        assert!(error.to_string().starts_with("byte 5 is not UTF-8"), "{error}");
    }

    #[test]
    fn two_hundred_levels_cost_one_record_and_say_where() {
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        let text = format!("[{{\"a\":{deep}}}, {{\"b\":1}}]");
        let (kept, outcome) = elements(&text);
        assert!(outcome.is_ok());
        let (reason, detail) = object(kept[0]).unwrap_err();
        assert_eq!(reason, RejectReason::Limit);
        assert_eq!(detail, "recursion limit exceeded at line 1 column 132 of the record");
        assert!(object(kept[1]).is_ok());
    }

    #[test]
    fn ids_are_texts_whatever_their_type() {
        let record = object(r#"{"a":12,"b":"x","c":null,"d":" ","e":" 7"}"#).unwrap();
        assert_eq!(field(&record, "a").as_deref(), Some("12"));
        assert_eq!(field(&record, "b").as_deref(), Some("x"));
        assert_eq!((field(&record, "c"), field(&record, "d")), (None, None));
        assert_eq!(integer(&record, "e"), Some(7));
        assert_eq!(pointer_step("a/b~c"), "a~1b~0c");
    }
}
