//! JSON exhibits that are lists of records: taking them apart without losing what precedes a flaw.
//!
//! In: the text of a list. Out: the raw text of each element, borrowed from the exhibit, so that
//! its offset is known and a flaw inside one element costs that element alone. Refused: a record
//! longer than [`MAX_RECORD`], a list longer than [`MAX_RECORDS`].

use std::fmt;

use faisceau_model::Place;
use serde::de::{DeserializeSeed, Deserializer, Error as _, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::contract::ImportError;

/// Largest exhibit held in memory, in bytes.
pub(crate) const MAX_EXHIBIT: u64 = 512 << 20;
/// Longest record, in bytes. A parsed record takes up to thirty times its text.
pub(crate) const MAX_RECORD: usize = 4 << 20;
/// Most records of one exhibit: more than the largest exhibit holds of real ones.
pub(crate) const MAX_RECORDS: usize = 4_000_000;

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

/// Where a value of `whole` ends in it, in bytes.
pub(crate) fn end_of(whole: &str, raw: &RawValue) -> usize {
    offset(whole, raw.get()) + raw.get().len()
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

#[cfg(test)]
mod tests {
    use faisceau_model::RejectReason;

    use super::*;
    use crate::json::object;

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
}
