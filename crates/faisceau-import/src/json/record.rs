//! One record of a JSON exhibit: an object, and its fields as texts.
//!
//! In: the raw text of a record. Out: the object and its fields. Refused: records longer than
//! [`MAX_RECORD`] and deeper than the 128 levels of `serde_json`.

use faisceau_model::RejectReason;
use serde_json::{Map, Value};

use super::list::MAX_RECORD;

/// An object of a record.
pub(crate) type Object = Map<String, Value>;

/// Why a record is no row: a reason and what was expected.
pub(crate) type Flaw = (RejectReason, String);

/// The object that a record is.
pub(crate) fn object(raw: &str) -> Result<Object, Flaw> {
    object_by(raw, |raw| serde_json::from_str(raw))
}

/// The object that a record is, as `parse` reads it.
pub(crate) fn object_by(
    raw: &str,
    parse: impl FnOnce(&str) -> serde_json::Result<Value>,
) -> Result<Object, Flaw> {
    if raw.len() > MAX_RECORD {
        let detail = format!("the record is longer than {MAX_RECORD} bytes");
        return Err((RejectReason::Limit, detail));
    }
    match parse(raw) {
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
