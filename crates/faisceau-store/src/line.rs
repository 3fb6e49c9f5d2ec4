//! One line of the journal: an act comes in, the line and its hash go out, and back. It refuses
//! values whose text could be written in two ways.
//!
//! The form is documented for readers without this program in `docs/journal.md`: the hash is the
//! SHA-256 of the bytes of the line before `,"hash":"`. The bytes of the file are hashed as they
//! stand, so that no rule of canonical JSON has to be agreed on.

use faisceau_model::excerpt;
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::digest::Sha256Sum;
use crate::error::StoreError;
use crate::journal::{ChainFault, Fault};

/// The longest line that is written or read, in bytes, with its line feed.
pub(crate) const MAX_LINE: usize = 1 << 20;
/// What separates the hashed bytes of a line from its hash.
const MARK: &[u8] = b",\"hash\":\"";
/// What follows the hash.
const END: &[u8] = b"\"}";
/// Arrays in arrays, no deeper.
const MAX_NESTING: usize = 4;
/// The fields that every line has, in the order of the line.
const RESERVED: [&str; 6] = ["seq", "at", "who", "act", "prev", "hash"];

/// One act on the case.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Number of the line, from 1.
    pub seq: u64,
    /// When the act was begun.
    pub at: Timestamp,
    /// Who did it.
    pub who: String,
    /// What was done, one word.
    pub act: String,
    /// The fields of that act.
    pub fields: Map<String, Value>,
    /// Hash of the line before, zeros for the first.
    pub prev: Sha256Sum,
    /// Hash of this line.
    pub hash: Sha256Sum,
}

impl Entry {
    /// Chains an act to the line before and gives it with its line.
    ///
    /// # Errors
    /// When a field holds what has no single text.
    pub(crate) fn chained(
        seq: u64,
        at: Timestamp,
        who: &str,
        act: &str,
        fields: Map<String, Value>,
        prev: Sha256Sum,
    ) -> Result<(Self, Vec<u8>), StoreError> {
        // Sorted here: the order of the map depends on features that other crates may turn on.
        let mut names: Vec<&String> = fields.keys().collect();
        names.sort();
        let (author, verb) = (Value::from(who), Value::from(act));
        let mut line = format!(r#"{{"seq":{seq},"at":"{at}","who":{author},"act":{verb}"#);
        for name in names {
            check_name(name)?;
            check_value(name, &fields[name], 0)?;
            line.extend([",", &Value::from(name.as_str()).to_string(), ":"]);
            line.push_str(&fields[name].to_string());
        }
        line.extend([r#","prev":""#, &prev.to_string(), "\""]);
        let hash = Sha256Sum::of(line.as_bytes());
        let mut line = line.into_bytes();
        line.extend_from_slice(MARK);
        line.extend_from_slice(hash.to_string().as_bytes());
        line.extend_from_slice(END);
        line.push(b'\n');
        if line.len() > MAX_LINE {
            let field = fields.keys().next().cloned().unwrap_or_default();
            return Err(StoreError::Field { field, what: "line above one mebibyte" });
        }
        let (who, act) = (who.to_owned(), act.to_owned());
        Ok((Self { seq, at, who, act, fields, prev, hash }, line))
    }

    /// Reads a line (without its line feed) that should be number `number` and follow `prev`.
    pub(crate) fn read(line: &[u8], number: u64, prev: Sha256Sum) -> Result<Self, ChainFault> {
        let fault = |what| ChainFault { line: number, what };
        let hash = declared_hash(line).ok_or_else(|| fault(Fault::NoHash))?;
        let hashed = &line[..line.len() - TAIL];
        if Sha256Sum::of(hashed) != hash {
            return Err(fault(Fault::Hash));
        }
        let mut fields: Map<String, Value> = serde_json::from_slice(line)
            .map_err(|e| fault(Fault::Json(excerpt(&e.to_string(), 200))))?;
        let mut take =
            |name: &'static str| fields.remove(name).ok_or_else(|| fault(Fault::Field(name)));
        let seq = take("seq")?.as_u64();
        let at = text(&take("at")?).and_then(|t| t.parse().ok());
        let who = text(&take("who")?);
        let act = text(&take("act")?);
        let before = text(&take("prev")?).and_then(|t| t.parse::<Sha256Sum>().ok());
        take("hash")?;
        let at = at.ok_or_else(|| fault(Fault::Field("at")))?;
        let who = who.ok_or_else(|| fault(Fault::Field("who")))?;
        let act = act.ok_or_else(|| fault(Fault::Field("act")))?;
        if before != Some(prev) {
            return Err(fault(Fault::Prev));
        }
        if seq != Some(number) {
            return Err(fault(Fault::Seq));
        }
        Ok(Self { seq: number, at, who, act, fields, prev, hash })
    }
}

/// Length of everything after the hashed bytes.
const TAIL: usize = MARK.len() + 64 + END.len();

/// The hash that a line says it has, when it ends as a line must.
pub(crate) fn declared_hash(line: &[u8]) -> Option<Sha256Sum> {
    let tail = line.get(line.len().checked_sub(TAIL)?..)?;
    let hash = tail.strip_prefix(MARK)?.strip_suffix(END)?;
    std::str::from_utf8(hash).ok()?.parse().ok()
}

/// Whether the bytes hold more than an interrupted write could have left: a whole line, and then
/// something else.
pub(crate) fn outruns_a_line(bytes: &[u8]) -> bool {
    let mark = bytes.windows(MARK.len()).rposition(|window| window == MARK);
    mark.is_some_and(|at| bytes.len() > at + TAIL)
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(ToOwned::to_owned)
}

fn check_name(name: &str) -> Result<(), StoreError> {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    let what = if RESERVED.contains(&name) {
        "second field of that name"
    } else if name.is_empty() || !name.bytes().all(plain) {
        "field name but in a-z, 0-9 and _"
    } else {
        return Ok(());
    };
    Err(StoreError::Field { field: excerpt(name, 60), what })
}

fn check_value(name: &str, value: &Value, depth: usize) -> Result<(), StoreError> {
    let what = match value {
        Value::String(_) | Value::Bool(_) => return Ok(()),
        Value::Number(n) if n.is_i64() || n.is_u64() => return Ok(()),
        Value::Array(_) if depth >= MAX_NESTING => "array so deep",
        Value::Array(items) => {
            return items.iter().try_for_each(|item| check_value(name, item, depth + 1));
        }
        // A float has several texts, an object has no order, a null does not say why.
        Value::Number(_) => "float",
        Value::Object(_) => "object",
        Value::Null => "null",
    };
    Err(StoreError::Field { field: name.to_owned(), what })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fields(value: &Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    fn line(fields: Map<String, Value>) -> Result<(Entry, Vec<u8>), StoreError> {
        let at = "2026-11-21T10:00:00Z".parse().unwrap();
        Entry::chained(1, at, "Me Durand", "run", fields, Sha256Sum::ZERO)
    }

    #[test]
    fn a_line_is_read_back_as_it_was_written() {
        let all =
            fields(&json!({"z": -3, "a": "é \",\"hash\":\" \u{1b}", "list": [1, ["x", true]]}));
        let (entry, bytes) = line(all).unwrap();
        assert!(bytes.starts_with(
            br#"{"seq":1,"at":"2026-11-21T10:00:00Z","who":"Me Durand","act":"run","a":"#
        ));
        let read = Entry::read(bytes.strip_suffix(b"\n").unwrap(), 1, Sha256Sum::ZERO).unwrap();
        assert_eq!(read, entry);
    }

    #[test]
    fn what_has_two_texts_is_refused() {
        for bad in [json!({"x": 0.5}), json!({"x": null}), json!({"x": {"y": 1}})] {
            assert!(matches!(line(fields(&bad)), Err(StoreError::Field { .. })));
        }
        assert!(line(fields(&json!({"x": [[[[1]]]]}))).is_ok());
        assert!(line(fields(&json!({"x": [[[[[1]]]]]}))).is_err());
        assert!(line(fields(&json!({"hash": "1"}))).is_err());
        assert!(line(fields(&json!({"X": "1"}))).is_err());
        assert!(line(fields(&json!({"x": "y".repeat(MAX_LINE)}))).is_err());
    }
}
