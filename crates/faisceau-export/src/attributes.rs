//! Attributes as JSON, and as a line to read.

use std::borrow::Cow;

use serde_json::{Map, Value as Json};

use crate::instants::utc;
use crate::plain::{Attributes, Value};

/// An attribute as JSON; none for what JSON or the standards cannot write.
pub(crate) fn json(value: &Value) -> Option<Json> {
    Some(match value {
        Value::Text(text) => Json::from(text.as_str()),
        Value::Int(number) => Json::from(*number),
        Value::Float(number) => Json::Number(serde_json::Number::from_f64(*number)?),
        Value::Bool(yes) => Json::from(*yes),
        Value::Time(at) => Json::from(utc(*at)?),
    })
}

/// All of them, in the order of their names.
pub(crate) fn object(attributes: &Attributes) -> Map<String, Json> {
    attributes
        .iter()
        .filter_map(|(name, value)| Some((name.clone().into_owned(), json(value)?)))
        .collect()
}

/// `name: value; name: value`, in the order in which they stand.
pub(crate) fn line(attributes: &Attributes) -> String {
    let parts: Vec<String> =
        attributes.iter().map(|(name, value)| format!("{name}: {}", words(value))).collect();
    parts.join("; ")
}

fn words(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Text(text) => Cow::Borrowed(text),
        Value::Int(number) => Cow::Owned(number.to_string()),
        Value::Float(number) => Cow::Owned(format!("{number:+.2}")),
        Value::Bool(yes) => Cow::Borrowed(if *yes { "yes" } else { "no" }),
        Value::Time(at) => Cow::Owned(at.to_string()),
    }
}

/// The attribute of a name.
pub(crate) fn of<'a>(attributes: &'a Attributes, name: &str) -> Option<&'a Value> {
    attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value)
}

/// The text of the attribute of a name.
pub(crate) fn text<'a>(attributes: &'a Attributes, name: &str) -> Option<&'a str> {
    match of(attributes, name) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

/// The integer of the attribute of a name.
pub(crate) fn integer(attributes: &Attributes, name: &str) -> Option<i64> {
    match of(attributes, name) {
        Some(Value::Int(number)) => Some(*number),
        _ => None,
    }
}
