//! Objects of which a part is passed over while they are parsed.
//!
//! In: the text of an object, and keys that are known and not read. Out: the object without those
//! keys and their values, at any depth. Unknown keys stay, to be counted. Refused: what
//! [`crate::json::object`] refuses, except that nesting is not counted where it is passed over.
//!
//! A captured page has ten times more counters, sizes and renditions of pictures than words; to
//! build them costs most of the time of reading.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::json::{self, Flaw, Object};

/// Keys that are known and not read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unread {
    buckets: Vec<Vec<&'static str>>,
}

/// Buckets of keys: several times as many as the longest list has keys.
const BUCKETS: usize = 2048;

impl Unread {
    /// Keys that no reader of the record asks for, at any depth.
    pub(crate) fn new(keys: &[&'static str]) -> Self {
        let mut buckets = vec![Vec::new(); BUCKETS];
        for key in keys {
            if let Some(bucket) = buckets.get_mut(bucket(key)) {
                bucket.push(*key);
            }
        }
        Self { buckets }
    }

    fn has(&self, key: &str) -> bool {
        self.buckets.get(bucket(key)).is_some_and(|keys| keys.contains(&key))
    }
}

/// Length, ends and middle tell most keys apart.
fn bucket(key: &str) -> usize {
    let bytes = key.as_bytes();
    let at = |index: usize| bytes.get(index).map_or(0, |byte| usize::from(*byte));
    let (first, middle, last) = (at(0), at(bytes.len() / 2), at(bytes.len().wrapping_sub(1)));
    (first + 31 * last + 131 * middle + 521 * bytes.len()) % BUCKETS
}

/// The object that a record is, without the keys `unread`.
pub(crate) fn object(raw: &str, unread: &Unread) -> Result<Object, Flaw> {
    json::object_by(raw, |raw| {
        let mut json = serde_json::Deserializer::from_str(raw);
        let value = Pruned { unread }.deserialize(&mut json)?;
        json.end()?;
        Ok(value)
    })
}

/// A value without the keys that are not read.
#[derive(Clone, Copy)]
struct Pruned<'u> {
    unread: &'u Unread,
}

impl<'de> DeserializeSeed<'de> for Pruned<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Pruned<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut out = Vec::new();
        while let Some(value) = list.next_element_seed(self)? {
            out.push(value);
        }
        Ok(Value::Array(out))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut out = Map::new();
        while let Some(key) = map.next_key_seed(Key { unread: self.unread })? {
            match key {
                Some(key) => {
                    let value = map.next_value_seed(self)?;
                    out.insert(key, value);
                }
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(Value::Object(out))
    }
}

/// A key, or none where it is passed over.
#[derive(Clone, Copy)]
struct Key<'u> {
    unread: &'u Unread,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok((!self.unread.has(key)).then(|| key.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use faisceau_model::RejectReason;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_not_read_is_left_out_at_any_depth() {
        let raw =
            r#"{"a":[{"b":{"c":1},"d":"x\u00e9"}],"b":[1,2],"e":-1.5,"f":18446744073709551615}"#;
        let found = object(raw, &Unread::new(&["b", "z"])).unwrap();
        let expected = r#"{"a":[{"d":"xé"}],"e":-1.5,"f":18446744073709551615}"#;
        assert_eq!(serde_json::to_string(&found).unwrap(), expected);
        let nothing = Unread::new(&[]);
        assert_eq!(object("[1]", &nothing).unwrap_err().0, RejectReason::Syntax);
        assert_eq!(object("{} {}", &nothing).unwrap_err().0, RejectReason::Syntax);
    }

    #[test]
    fn nesting_is_bounded_where_it_is_read() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        let read = format!("{{\"a\":{deep}}}");
        assert_eq!(object(&read, &Unread::default()).unwrap_err().0, RejectReason::Limit);
        assert!(object(&read, &Unread::new(&["a"])).unwrap().is_empty());
    }

    proptest! {
        #[test]
        fn without_keys_to_pass_over_it_is_the_plain_parser(text in "[{}\\[\\]\":,0-9a-c.\\\\eE+ -]{0,60}") {
            let text = format!("{{\"a\":{text}}}");
            prop_assert_eq!(object(&text, &Unread::default()), json::object(&text));
        }
    }
}
