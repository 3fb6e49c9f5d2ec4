//! Values deep inside an object that a page or an interface sent.
//!
//! In: an object and a path of keys. Out: what stands there. Refused: a value of another type than
//! asked for, which is as good as none.

use serde_json::Value;

use crate::json::{self, Object};

/// The object at the end of a path; the empty path is the object itself.
pub(super) fn object<'o>(from: &'o Object, path: &[&str]) -> Option<&'o Object> {
    path.iter().try_fold(from, |object, key| object.get(*key)?.as_object())
}

/// The text or number at the end of a path, as text.
pub(super) fn text(from: &Object, path: &[&str]) -> Option<String> {
    let (key, before) = path.split_last()?;
    json::field(object(from, before)?, key)
}

/// The elements of the list at the end of a path.
pub(super) fn list<'o>(from: &'o Object, path: &[&str]) -> &'o [Value] {
    let found =
        path.split_last().and_then(|(key, before)| object(from, before)?.get(*key)?.as_array());
    found.map_or(&[], Vec::as_slice)
}

/// The objects of the list at the end of a path.
pub(super) fn objects<'o>(from: &'o Object, path: &[&str]) -> impl Iterator<Item = &'o Object> {
    list(from, path).iter().filter_map(Value::as_object)
}

/// The first of several keys that holds a text or a number.
pub(super) fn either(from: &Object, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| json::field(from, key))
}
