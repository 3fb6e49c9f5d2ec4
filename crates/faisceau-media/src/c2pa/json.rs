//! Values of JSON as fields: one for each leaf, named after the keys that lead to it.

use serde_json::Value;

use super::C2PA;
use crate::collector::Collector;
use crate::part::Part;

/// Most bytes that are read as JSON.
const BYTES: usize = 256 << 10;
/// Most leaves.
const LEAVES: usize = 200;

/// The leaves of a part.
pub(super) fn fields(part: &Part<'_>, out: &mut Collector) {
    let bytes = part.bytes().get(..BYTES).unwrap_or(part.bytes());
    match serde_json::from_slice(bytes) {
        Ok(value) => leaves(&value, "", part, out, &mut LEAVES.clone()),
        Err(_) => out.flaw(part.whole().start, "an assertion that is not JSON"),
    }
}

/// The leaves of a value. `serde_json` refuses what is nested deeper than 128.
pub(super) fn leaves(
    value: &Value,
    name: &str,
    part: &Part<'_>,
    out: &mut Collector,
    left: &mut usize,
) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries.iter().filter(|(key, _)| !key.starts_with('@')) {
                leaves(value, &format!("{name}{}", word(key)), part, out, left);
            }
        }
        Value::Array(values) => {
            for value in values {
                leaves(value, name, part, out, left);
            }
        }
        _ if *left == 0 => {}
        Value::Null => {}
        Value::String(text) => {
            *left -= 1;
            out.add(C2PA, name, text, part.whole());
        }
        Value::Bool(_) | Value::Number(_) => {
            *left -= 1;
            out.add(C2PA, name, &value.to_string(), part.whole());
        }
    }
}

/// A key as a word of a name: `exif:gpsLatitude` is `ExifGpsLatitude`.
fn word(key: &str) -> String {
    let mut word = String::new();
    let mut begins = true;
    for letter in key.chars().take(100) {
        if !letter.is_ascii_alphanumeric() {
            begins = true;
            continue;
        }
        word.push(if begins { letter.to_ascii_uppercase() } else { letter });
        begins = false;
    }
    word
}
