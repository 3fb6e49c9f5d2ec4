//! One entity of `FollowTheMoney`: a schema and lists of texts.
//!
//! Source: the schemata of followthemoney 4.11, `schema/*.yaml`; lengths of `types/*.py`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

/// Most characters of a property of the type `string`.
const STRING: usize = 1024;
/// Most characters of a `name`.
const NAME: usize = 384;
/// Most characters of a `text`.
const TEXT: usize = 65_000;

/// An entity on its way out. Properties in the order of their names, values in their own.
#[derive(Debug, Serialize)]
pub(super) struct Entity {
    id: String,
    schema: &'static str,
    properties: BTreeMap<&'static str, BTreeSet<String>>,
    #[serde(skip)]
    cut: u64,
}

impl Entity {
    pub(super) fn new(id: String, schema: &'static str) -> Self {
        Self { id, schema, properties: BTreeMap::new(), cut: 0 }
    }

    /// Adds a value of any short type.
    pub(super) fn add(&mut self, property: &'static str, value: &str) {
        self.within(property, value, STRING);
    }

    /// Adds a name.
    pub(super) fn name(&mut self, property: &'static str, value: &str) {
        self.within(property, value, NAME);
    }

    /// Adds a long text.
    pub(super) fn text(&mut self, property: &'static str, value: &str) {
        self.within(property, value, TEXT);
    }

    /// Values that were too long for their property.
    pub(super) const fn cut(&self) -> u64 {
        self.cut
    }

    fn within(&mut self, property: &'static str, value: &str, most: usize) {
        let value = clean(value);
        if value.is_empty() {
            return;
        }
        let value = if value.chars().nth(most).is_some() {
            self.cut += 1;
            let kept: String = value.chars().take(most - 1).collect();
            format!("{kept}…")
        } else {
            value
        };
        self.properties.entry(property).or_default().insert(value);
    }
}

/// What the reader would take out: controls other than line breaks and tabs become their pictures
/// (`PostgreSQL` behind Aleph takes no U+0000), white space at the ends goes.
fn clean(value: &str) -> String {
    let shown =
        |line: &str| line.split('\t').map(faisceau_model::inert).collect::<Vec<_>>().join("\t");
    value.trim().lines().map(shown).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_cut_and_counted_and_never_empty() {
        let mut entity = Entity::new("a".into(), "UserAccount");
        entity.name("name", &"é".repeat(385));
        entity.name("name", &"é".repeat(384));
        entity.add("username", " \r\n");
        entity.text("notes", "a\0b\r\nc\u{202e}d\te");
        assert_eq!(entity.cut(), 1);
        let lengths: Vec<usize> =
            entity.properties["name"].iter().map(|name| name.chars().count()).collect();
        assert_eq!(lengths, [384, 384]);
        assert_eq!(entity.properties["notes"].first().unwrap(), "a␀b\ncd\te");
        assert!(!entity.properties.contains_key("username"));
    }
}
