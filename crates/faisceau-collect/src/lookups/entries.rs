//! How many entries an answer has, without keeping them.
//!
//! In: a list of JSON. Out: the number of its elements. Refused: what is no such list; more than
//! [`MOST`] elements.

use std::fmt;

use serde::de::{Deserializer, Error, IgnoredAny, SeqAccess, Visitor};

/// Elements that are counted.
const MOST: u64 = 5_000_000;

struct Count;

impl<'de> Visitor<'de> for Count {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<u64, A::Error> {
        let mut count = 0;
        while list.next_element::<IgnoredAny>()?.is_some() {
            count += 1;
            if count > MOST {
                return Err(A::Error::custom("more elements than are counted"));
            }
        }
        Ok(count)
    }
}

/// Counts the elements of a list.
pub(super) fn count(bytes: &[u8]) -> Result<u64, String> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let count = reader.deserialize_seq(Count).map_err(|error| error.to_string())?;
    reader.end().map_err(|error| error.to_string())?;
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_counted_and_nothing_else_is() {
        assert_eq!(count(br#"[{"id":1},{"id":2}]"#), Ok(2));
        assert_eq!(count(b" [ ] \n"), Ok(0));
        for bad in ["", "{}", "[1,", "[1] x", "null", "<html>"] {
            assert!(count(bad.as_bytes()).is_err(), "{bad}");
        }
        let deep = "[".repeat(500_000);
        assert!(count(deep.as_bytes()).is_err());
    }
}
