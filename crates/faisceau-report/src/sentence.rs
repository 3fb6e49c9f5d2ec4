//! Sentences that cannot exist without support.
//!
//! In: a text and what it rests on. Out: a numbered sentence. Prose that states no fact of the
//! case (titles, method, law) is another type, so that nothing factual passes for it.

use serde::Serialize;

use crate::text::Text;

/// What a sentence or a row rests on: at least one of
///
/// - a row: `lnk:3`, `post:3.2:/messages/17`, `exh:4`;
/// - a dataset: `dat:tor-exits`;
/// - a setting or a fact of the case file: `set:case.mission`;
/// - a selection: a table (`posts`) or a table with columns that equal values
///   (`posts?account=x:123`, `addresses?access=vpn`; nothing after `=` means missing, `*` any
///   known value).
///
/// A figure that a sentence states is the number of rows that its support names or selects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Support(Vec<String>);

impl Support {
    /// One thing.
    #[expect(clippy::needless_pass_by_value, reason = "ids come as rows' ids and as texts")]
    pub fn one(id: impl ToString) -> Self {
        Self(vec![id.to_string()])
    }

    /// Several things, or the selection that holds exactly them when they are more than 24 or none.
    pub fn rows<T: ToString>(ids: impl IntoIterator<Item = T>, selection: &str) -> Self {
        let mut all: Vec<String> = Vec::new();
        for id in ids {
            if all.len() == 24 {
                return Self::one(selection);
            }
            all.push(id.to_string());
        }
        if all.is_empty() { Self::one(selection) } else { Self(all) }
    }

    /// Several things however many, for a figure that no selection gives; `none` if there is none.
    pub fn every<T: ToString>(ids: impl IntoIterator<Item = T>, none: &str) -> Self {
        let all: Vec<String> = ids.into_iter().map(|id| id.to_string()).collect();
        if all.is_empty() { Self::one(none) } else { Self(all) }
    }

    /// The same with one more thing.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "ids come as rows' ids and as texts")]
    pub fn and(mut self, id: impl ToString) -> Self {
        let id = id.to_string();
        if !self.0.contains(&id) {
            self.0.push(id);
        }
        self
    }

    /// The same with more things.
    #[must_use]
    pub fn and_all<T: ToString>(self, ids: impl IntoIterator<Item = T>) -> Self {
        ids.into_iter().fold(self, Self::and)
    }

    /// The same with each id written otherwise.
    pub(crate) fn mapped(&self, write: impl Fn(&str) -> String) -> Self {
        Self(self.0.iter().map(|id| write(id)).collect())
    }

    /// What it rests on: never empty.
    pub fn as_slice(&self) -> &[String] {
        &self.0
    }
}

/// A sentence that states a fact, with its number and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sentence {
    id: String,
    text: Text,
    support: Support,
}

impl Sentence {
    pub(crate) fn new(number: usize, text: Text, support: Support) -> Self {
        Self { id: format!("S{number}"), text, support }
    }

    /// The same number with another text and support.
    pub(crate) fn with(&self, text: Text, support: Support) -> Self {
        Self { id: self.id.clone(), text, support }
    }

    /// Its number in the note: `S12`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What it says.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// What it rests on.
    pub fn support(&self) -> &Support {
        &self.support
    }
}

/// Connecting words from the catalogue: method, law, definitions. States no fact of the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Prose(Text);

impl Prose {
    /// Prose of the catalogue.
    pub fn new(text: impl Into<Text>) -> Self {
        Self(text.into())
    }

    /// What it says.
    pub fn text(&self) -> &Text {
        &self.0
    }
}

/// A fact with its support, or prose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Statement {
    /// A fact.
    Fact(Sentence),
    /// Prose.
    Prose(Prose),
}

impl From<Sentence> for Statement {
    fn from(sentence: Sentence) -> Self {
        Self::Fact(sentence)
    }
}

impl From<Prose> for Statement {
    fn from(prose: Prose) -> Self {
        Self::Prose(prose)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn support_is_never_empty_and_never_endless() {
        let none: [&str; 0] = [];
        assert_eq!(Support::rows(none, "links").as_slice(), ["links"]);
        assert_eq!(Support::rows(0..100, "links").as_slice(), ["links"]);
        assert_eq!(Support::rows(["lnk:1", "lnk:2"], "links").as_slice(), ["lnk:1", "lnk:2"]);
        assert_eq!(Support::every(0..100, "links").as_slice().len(), 100);
        assert_eq!(Support::every(none, "links").as_slice(), ["links"]);
        assert_eq!(Support::one("a").and("a").and("b").as_slice(), ["a", "b"]);
    }
}
