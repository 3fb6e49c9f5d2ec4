//! Values of the `DevTools` protocol, of which none has to be there.

use serde_json::Value;

/// A text at a place; empty where there is none.
pub(super) fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// A whole number at a place, as JSON writes it or as JavaScript does (`12.0`).
pub(super) fn number(value: &Value, pointer: &str) -> Option<u64> {
    let number = value.pointer(pointer)?;
    number.as_u64().or_else(|| {
        number.as_f64().filter(|float| (0.0..9e15).contains(float)).map(|float| float.ceil() as u64)
    })
}

/// At most so many bytes of a text, and how many were cut off.
pub(super) fn cut(text: &str, most: usize) -> (String, u64) {
    let end = text.floor_char_boundary(most);
    (text.get(..end).unwrap_or_default().to_owned(), (text.len() - end) as u64)
}
