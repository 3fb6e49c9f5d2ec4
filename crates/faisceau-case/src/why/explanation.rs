//! The tree that `why` gives.

use std::fmt::Write;

use serde::Serialize;

use super::waterfall::Waterfall;

/// One id and what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The id.
    pub id: String,
    /// What it is, in a few words.
    pub title: String,
    /// What it says: `name: value`, made inert.
    pub facts: Vec<(String, String)>,
    /// For a link, its parts as they add up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waterfall: Option<Waterfall>,
    /// The bytes of the exhibit at that place, made inert.
    pub bytes: Option<String>,
    /// What it rests on.
    pub rests_on: Vec<Explanation>,
    /// How many more it rests on than are shown.
    pub more: usize,
}

impl Explanation {
    pub(crate) fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            facts: Vec::new(),
            waterfall: None,
            bytes: None,
            rests_on: Vec::new(),
            more: 0,
        }
    }

    pub(crate) fn fact(mut self, name: &str, value: impl AsRef<str>) -> Self {
        let value = faisceau_model::excerpt(value.as_ref(), 300);
        self.facts.push((name.to_owned(), value));
        self
    }

    /// Whether the walk ends in exhibits: every leaf is a place, an exhibit or a dataset.
    pub fn reaches_ground(&self) -> bool {
        if self.rests_on.is_empty() {
            self.bytes.is_some() || self.id.starts_with("dat:") || self.id.starts_with("set:")
        } else {
            self.rests_on.iter().all(Self::reaches_ground)
        }
    }

    /// The tree as indented lines.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, 0);
        out.truncate(out.trim_end().len());
        out
    }

    fn write(&self, out: &mut String, depth: usize) {
        let pad = "  ".repeat(depth);
        // Writing to a `String` cannot fail.
        let _ = writeln!(out, "{pad}{} — {}", faisceau_model::inert(&self.id), self.title);
        match &self.waterfall {
            // It says what the columns say, in order.
            Some(waterfall) => waterfall.draw(out, &format!("{pad}    ")),
            None => {
                for (name, value) in &self.facts {
                    let _ = writeln!(out, "{pad}    {name}: {value}");
                }
            }
        }
        if let Some(bytes) = &self.bytes {
            let _ = writeln!(out, "{pad}    bytes: {bytes}");
        }
        for child in &self.rests_on {
            child.write(out, depth + 1);
        }
        if self.more > 0 {
            let _ = writeln!(out, "{pad}  … and {} more", self.more);
        }
    }
}
