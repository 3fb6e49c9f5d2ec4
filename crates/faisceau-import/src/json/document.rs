//! A JSON exhibit that is one object: its lists of records, and what else it says.
//!
//! In: the text. Out: the raw text of each element of the lists that are asked for, and of every
//! other value, in the order of the exhibit; what precedes a flaw is kept. Refused: building the
//! whole document in memory.

use std::fmt;

use faisceau_model::{ExhibitNo, Place, RejectReason, Sink};
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::value::RawValue;

use crate::contract::ImportError;
use crate::json::{self, Elements, Flaw, MAX_RECORDS, Object};
use crate::records::settle;

/// Most keys of an object: more than any export has.
const MAX_KEYS: usize = 1_000_000;

/// What an object holds.
#[derive(Debug, Default)]
pub(crate) struct Document<'d> {
    /// The lists asked for: key and raw elements.
    pub(crate) lists: Vec<(String, Vec<&'d RawValue>)>,
    /// The other values: key and raw text.
    pub(crate) others: Vec<(String, &'d RawValue)>,
}

impl<'d> Document<'d> {
    /// The value of a key that is no list of records, the last one if there are several.
    pub(crate) fn other(&self, key: &str) -> Option<&'d RawValue> {
        self.others.iter().rev().find(|(name, _)| name == key).map(|(_, raw)| *raw)
    }

    /// The last element met, after which a broken exhibit ends.
    pub(crate) fn last_element(&self) -> Option<&'d RawValue> {
        self.lists.iter().rev().find_map(|(_, list)| list.last()).copied()
    }

    /// The error of an exhibit of which this was read, if it breaks.
    ///
    /// # Errors
    /// When `outcome` is one.
    pub(crate) fn close(
        &self,
        outcome: Result<(), serde_json::Error>,
        bytes: &[u8],
    ) -> Result<(), ImportError> {
        let (text, start) = json::text(bytes);
        let end = self.last_element().map_or(0, |raw| json::end_of(text, raw));
        outcome.map_err(|error| json::stop(&error, bytes, start, start + end, self.elements()))
    }

    /// Settles the records of the list below `key`, the only one that was asked for. A second one
    /// is a reject: its pointers would be those of the first.
    pub(crate) fn only_list(
        &self,
        (exhibit, key): (ExhibitNo, &str),
        sink: &mut dyn Sink,
        mut read: impl FnMut(&Object, &Place, &mut dyn Sink) -> Result<(), Flaw>,
    ) {
        let mut lists = self.lists.iter().map(|(_, list)| list);
        for (index, raw) in lists.next().into_iter().flatten().enumerate() {
            let place = Place::Pointer(format!("/{key}/{index}"));
            settle(exhibit, &place, raw.get().as_bytes(), sink, |sink| {
                read(&json::object(raw.get())?, &place, sink)
            });
        }
        for list in lists {
            settle(exhibit, &Place::Pointer(format!("/{key}")), b"", sink, |_| {
                let count = list.len();
                let detail = format!("`{key}` appears twice: {count} elements are not read");
                Err((RejectReason::Syntax, detail))
            });
        }
    }

    /// Elements of all lists.
    pub(crate) fn elements(&self) -> usize {
        self.lists.iter().map(|(_, list)| list.len()).sum()
    }
}

/// Takes an object apart. `is_list` says which keys hold lists of records.
///
/// The second value says where the object breaks, if it does.
pub(crate) fn document<'d>(
    text: &'d str,
    is_list: &dyn Fn(&str) -> bool,
) -> (Document<'d>, Result<(), serde_json::Error>) {
    let mut found = Document::default();
    let mut json = serde_json::Deserializer::from_str(text);
    let outcome = json
        .deserialize_map(Keys { found: &mut found, is_list, kept: 0 })
        .and_then(|()| json.end());
    (found, outcome)
}

struct Keys<'f, 'd> {
    found: &'f mut Document<'d>,
    is_list: &'f dyn Fn(&str) -> bool,
    /// Elements of the lists so far.
    kept: usize,
}

impl<'d> Visitor<'d> for Keys<'_, 'd> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'d>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if self.found.others.len() + self.found.lists.len() >= MAX_KEYS {
                return Err(A::Error::custom(format!("more than {MAX_KEYS} keys")));
            }
            if (self.is_list)(&key) {
                let budget = MAX_RECORDS.saturating_sub(self.kept);
                let mut out = Vec::new();
                let outcome = map.next_value_seed(List { out: &mut out, budget });
                self.kept += out.len();
                self.found.lists.push((key, out));
                outcome?;
            } else {
                self.found.others.push((key, map.next_value()?));
            }
        }
        Ok(())
    }
}

/// A list of records; anything else in its place is an empty one.
struct List<'o, 'd> {
    out: &'o mut Vec<&'d RawValue>,
    budget: usize,
}

impl<'d> DeserializeSeed<'d> for List<'_, 'd> {
    type Value = ();

    fn deserialize<D: Deserializer<'d>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

macro_rules! nothing {
    ($($visit:ident: $type:ty),+) => { $(
        fn $visit<E>(self, _: $type) -> Result<(), E> {
            Ok(())
        }
    )+ };
}

impl<'d> Visitor<'d> for List<'_, 'd> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records")
    }

    nothing!(visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, visit_str: &str);

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'d>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'d>>(self, list: A) -> Result<(), A::Error> {
        Elements { out: self.out, budget: self.budget }.visit_seq(list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_the_rest_are_told_apart_and_what_precedes_a_flaw_is_kept() {
        let text = r#"{"name":"x","messages":[{"a":1},{"a":2}],"list":null,"messages":[{"a":"#;
        let (found, outcome) = document(text, &|key| matches!(key, "messages" | "list"));
        assert!(outcome.is_err_and(|error| error.is_eof()));
        assert_eq!(found.other("name").map(RawValue::get), Some("\"x\""));
        let lists: Vec<_> = found.lists.iter().map(|(key, list)| (&key[..], list.len())).collect();
        assert_eq!(lists, [("messages", 2), ("list", 0), ("messages", 0)]);
        assert_eq!(found.last_element().map(RawValue::get), Some(r#"{"a":2}"#));
    }

    #[test]
    fn keys_without_end_are_refused_and_their_lists_counted_once() {
        for (unit, lists, others) in [("\"a\":0,", 0, MAX_KEYS), ("\"z\":[],", MAX_KEYS, 0)] {
            let text = format!("{{{}\"z\":[1]}}", unit.repeat(MAX_KEYS + 5));
            let (found, outcome) = document(&text, &|key| key == "z");
            assert_eq!((found.lists.len(), found.others.len()), (lists, others));
            assert!(outcome.is_err_and(|error| error.to_string().contains("1000000 keys")));
        }
    }
}
