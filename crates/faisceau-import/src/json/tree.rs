//! A JSON document whose sections have changed their names and depth from version to version.
//!
//! In: the text. Out: its lists of records, its objects that are records, and for any other object
//! how many values it holds, each with its JSON pointer, in the order of the exhibit; what
//! precedes a flaw is kept. Refused: objects nested deeper than [`DEPTH`], keys longer than
//! [`KEY`] bytes, more than [`LEAVES`] lists, and whatever has the pointer of something before it.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::json::{Elements, MAX_RECORDS, pointer_step};

/// Deepest level of objects that is looked into.
const DEPTH: usize = 7;
/// Longest key, in bytes.
const KEY: usize = 300;
/// Most lists and objects.
const LEAVES: usize = 100_000;

/// A list or an object of the document.
#[derive(Debug)]
pub(crate) struct Leaf<'d> {
    /// Its JSON pointer.
    pub(crate) pointer: String,
    /// The keys that lead to it.
    pub(crate) keys: Vec<String>,
    /// What it holds.
    pub(crate) held: Held<'d>,
}

/// What a leaf holds.
#[derive(Debug)]
pub(crate) enum Held<'d> {
    /// The elements of a list.
    List(Vec<&'d RawValue>),
    /// An object that is a record.
    Record(&'d RawValue),
    /// So many values that are neither list nor object.
    Values(usize),
    /// Something whose pointer another leaf has already.
    Twice,
}

impl Leaf<'_> {
    /// The last key.
    pub(crate) fn key(&self) -> &str {
        self.keys.last().map_or("", String::as_str)
    }

    /// The key so many levels above the last.
    pub(crate) fn above(&self, levels: usize) -> &str {
        self.keys.iter().rev().nth(levels).map_or("", String::as_str)
    }
}

/// Takes a document apart. `is_record` says of an object, by its keys, that it is one record.
///
/// The second value says where the document breaks, if it does.
pub(crate) fn leaves<'d>(
    text: &'d str,
    is_record: &dyn Fn(&[String]) -> bool,
) -> (Vec<Leaf<'d>>, Result<(), serde_json::Error>) {
    let mut walk =
        Walk { out: Vec::new(), keys: Vec::new(), seen: BTreeSet::new(), elements: 0, is_record };
    let mut json = serde_json::Deserializer::from_str(text);
    let outcome = Level(&mut walk).deserialize(&mut json).and_then(|()| json.end());
    (walk.out, outcome)
}

struct Walk<'w, 'd> {
    out: Vec<Leaf<'d>>,
    keys: Vec<String>,
    seen: BTreeSet<String>,
    elements: usize,
    is_record: &'w dyn Fn(&[String]) -> bool,
}

impl<'d> Walk<'_, 'd> {
    fn push(&mut self, held: Held<'d>) {
        let steps = self.keys.iter().map(|key| format!("/{}", pointer_step(key)));
        let pointer: String = steps.collect();
        let held = if self.seen.insert(pointer.clone()) { held } else { Held::Twice };
        self.out.push(Leaf { pointer, keys: self.keys.clone(), held });
    }
}

/// One value at the keys of the walk.
struct Level<'l, 'w, 'd>(&'l mut Walk<'w, 'd>);

impl<'d> DeserializeSeed<'d> for Level<'_, '_, 'd> {
    type Value = ();

    fn deserialize<D: Deserializer<'d>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'d> Visitor<'d> for Level<'_, '_, 'd> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a document of lists")
    }

    fn visit_map<A: MapAccess<'d>>(self, mut map: A) -> Result<(), A::Error> {
        let walk = self.0;
        let mut values = 0;
        while let Some(key) = map.next_key::<String>()? {
            if key.len() > KEY {
                return Err(A::Error::custom(format!("a key is longer than {KEY} bytes")));
            }
            if walk.out.len() >= LEAVES {
                return Err(A::Error::custom(format!("more than {LEAVES} lists")));
            }
            walk.keys.push(key);
            let raw_object = walk.keys.len() > DEPTH || (walk.is_record)(&walk.keys);
            if raw_object {
                let raw: &RawValue = map.next_value()?;
                walk.push(Held::Record(raw));
            } else {
                values += map.next_value_seed(Value(walk))?;
            }
            walk.keys.pop();
        }
        if values > 0 && !walk.keys.is_empty() {
            walk.push(Held::Values(values));
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'d>>(self, list: A) -> Result<(), A::Error> {
        let walk = self.0;
        let mut out = Vec::new();
        let budget = MAX_RECORDS.saturating_sub(walk.elements);
        let outcome = Elements { out: &mut out, budget }.visit_seq(list);
        walk.elements += out.len();
        if !out.is_empty() {
            walk.push(Held::List(out));
        }
        outcome
    }
}

/// The value of a key: one if it is a plain value that is not empty, none if it was looked into.
struct Value<'l, 'w, 'd>(&'l mut Walk<'w, 'd>);

impl<'d> DeserializeSeed<'d> for Value<'_, '_, 'd> {
    type Value = usize;

    fn deserialize<D: Deserializer<'d>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_any(self)
    }
}

macro_rules! plain {
    ($($visit:ident: $type:ty),+) => { $(
        fn $visit<E>(self, _: $type) -> Result<usize, E> {
            Ok(1)
        }
    )+ };
}

impl<'d> Visitor<'d> for Value<'_, '_, 'd> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    plain!(visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64);

    fn visit_str<E>(self, text: &str) -> Result<usize, E> {
        Ok(usize::from(!text.trim().is_empty()))
    }

    fn visit_unit<E>(self) -> Result<usize, E> {
        Ok(0)
    }

    fn visit_map<A: MapAccess<'d>>(self, map: A) -> Result<usize, A::Error> {
        Level(self.0).visit_map(map).map(|()| 0)
    }

    fn visit_seq<A: SeqAccess<'d>>(self, list: A) -> Result<usize, A::Error> {
        Level(self.0).visit_seq(list).map(|()| 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> (Vec<String>, bool) {
        let (leaves, outcome) = leaves(text, &|keys| keys.last().is_some_and(|k| k == "Map"));
        let show = |leaf: &Leaf<'_>| match &leaf.held {
            Held::List(list) => format!("{} list {}", leaf.pointer, list.len()),
            Held::Record(raw) => format!("{} {}", leaf.pointer, raw.get()),
            Held::Values(count) => format!("{} values {count}", leaf.pointer),
            Held::Twice => format!("{} twice", leaf.pointer),
        };
        (leaves.iter().map(show).collect(), outcome.is_ok())
    }

    #[test]
    fn lists_records_and_values_are_found_at_any_depth() {
        let text = r#"{"v":1,"A":{"L":[1,2],"M/~":{"Map":{"a":[1]},"x":"y","z":null,"e":[]}},
            "B":{"L":[3]},"A":{"L":[4]}}"#;
        let (found, whole) = shown(text);
        assert!(whole);
        assert_eq!(
            found,
            [
                "/A/L list 2",
                r#"/A/M~1~0/Map {"a":[1]}"#,
                "/A/M~1~0 values 1",
                "/B/L list 1",
                "/A/L twice"
            ]
        );
    }

    #[test]
    fn what_precedes_a_flaw_is_kept_and_limits_hold() {
        assert_eq!(shown(r#"{"A":{"L":[1,2,{"x":"#), (vec!["/A/L list 2".to_owned()], false));
        let long = format!("{{\"{}\":[1]}}", "k".repeat(KEY + 1));
        assert_eq!(shown(&long), (Vec::new(), false));
        let many = format!("{{{}\"z\":[1]}}", r#""a":[1],"#.repeat(LEAVES + 5));
        assert_eq!(shown(&many).0.len(), LEAVES);
        let deep = format!("{}1{}", r#"{"a":"#.repeat(100), "}".repeat(100));
        let (found, _) = shown(&deep);
        assert!(found[0].starts_with("/a/a/a/a/a/a/a/a {"), "{found:?}");
        assert_eq!(shown("[[1]]").0, [" list 1"]);
    }
}
