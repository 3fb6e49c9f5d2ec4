//! JSON-LD: what a page says of itself in the vocabulary of schema.org.
//!
//! In: the source of a script. Out: fields of the group `JSON-LD`: `Type`, `Headline`, `Name`, `Url`,
//! `DatePublished`, `DateModified`, `Identifier`, `SameAs`, …, and the same behind `Author`,
//! `Creator`, `Publisher` and `Contributor`: `AuthorName`, `AuthorUrl`, `AuthorSameAs`. An author that is no more than
//! a word is `AuthorName`. Refused: scripts above 2 MiB, nesting above 128 levels (of which eight are
//! read), contexts, and everything but these keys.

use std::ops::Range;

use serde_json::Value;

use super::findings::{Class, Findings};

const GROUP: &str = "JSON-LD";
/// Largest script, in bytes.
const MAX: usize = 2 << 20;
/// Deepest node that is read.
const DEPTH: usize = 8;
/// Most nodes of one script.
const NODES: usize = 2_000;

/// Keys whose values are words, and their names.
const WORDS: [(&str, &str); 19] = [
    ("@type", "Type"),
    ("@id", "Id"),
    ("headline", "Headline"),
    ("name", "Name"),
    ("alternateName", "AlternateName"),
    ("url", "Url"),
    ("datePublished", "DatePublished"),
    ("dateModified", "DateModified"),
    ("dateCreated", "DateCreated"),
    ("uploadDate", "UploadDate"),
    ("identifier", "Identifier"),
    ("sameAs", "SameAs"),
    ("email", "Email"),
    ("telephone", "Telephone"),
    ("vatID", "VatID"),
    ("legalName", "LegalName"),
    ("inLanguage", "InLanguage"),
    ("mainEntityOfPage", "MainEntityOfPage"),
    ("isBasedOn", "IsBasedOn"),
];

/// Keys whose values are persons or bodies, and the start of their names.
const BODIES: [(&str, &str); 4] = [
    ("author", "Author"),
    ("creator", "Creator"),
    ("publisher", "Publisher"),
    ("contributor", "Contributor"),
];

/// Keys behind which stand nodes of the same sort.
const SAME: [&str; 3] = ["@graph", "mainEntity", "hasPart"];

pub(super) fn fields(source: &str, at: &Range<usize>, found: &mut Findings<'_>) {
    if source.len() > MAX {
        found.flaw(at.start, "JSON-LD that is larger than is read");
        return;
    }
    // Some pages put it into a comment or a CDATA section.
    let trim = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | ';');
    let mut source = source.trim_matches(trim);
    for (start, end) in [("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("<![CDATA[", "]]>")] {
        if let Some(inner) = source.strip_prefix(start) {
            source = inner.strip_suffix(end).unwrap_or(inner).trim_matches(trim);
        }
    }
    let Ok(value) = serde_json::from_str::<Value>(source) else {
        found.flaw(at.start, "JSON-LD that cannot be read");
        return;
    };
    let mut reader = Reader { at, found, nodes: NODES };
    reader.node(&value, "", 0);
    if reader.nodes == 0 {
        found.flaw(at.start, "JSON-LD with more nodes than are read");
    }
}

struct Reader<'r, 'p> {
    at: &'r Range<usize>,
    found: &'r mut Findings<'p>,
    nodes: usize,
}

impl Reader<'_, '_> {
    /// A node, or a list of them.
    fn node(&mut self, value: &Value, before: &str, depth: usize) {
        let Some(left) = self.nodes.checked_sub(1) else { return };
        self.nodes = left;
        if depth > DEPTH {
            self.found.flaw(self.at.start, "JSON-LD that nests more than eight nodes");
            return;
        }
        match value {
            Value::Array(all) => {
                for value in all {
                    self.node(value, before, depth + 1);
                }
            }
            Value::Object(keys) => {
                for (key, name) in WORDS {
                    if let Some(value) = keys.get(key) {
                        self.words(&format!("{before}{name}"), value, depth + 1);
                    }
                }
                if !before.is_empty() {
                    return;
                }
                for (key, name) in BODIES {
                    if let Some(value) = keys.get(key) {
                        self.node(value, name, depth + 1);
                    }
                }
                for value in SAME.iter().filter_map(|key| keys.get(*key)) {
                    self.node(value, "", depth + 1);
                }
            }
            // A body that is no more than its name.
            Value::String(word) if !before.is_empty() => {
                self.add(&format!("{before}Name"), word);
            }
            _ => {}
        }
    }

    /// A word, a list of words, or a node that holds one.
    fn words(&mut self, name: &str, value: &Value, depth: usize) {
        let Some(left) = self.nodes.checked_sub(1).filter(|_| depth <= DEPTH) else { return };
        self.nodes = left;
        match value {
            Value::String(word) => self.add(name, word),
            Value::Number(number) => self.add(name, &number.to_string()),
            Value::Array(all) => {
                for value in all {
                    self.words(name, value, depth + 1);
                }
            }
            Value::Object(keys) => {
                let inner = ["value", "@value", "@id", "name", "url"];
                if let Some(value) = inner.iter().find_map(|key| keys.get(*key)) {
                    self.words(name, value, depth + 1);
                }
            }
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn add(&mut self, name: &str, value: &str) {
        self.found.add(Class::Linked, GROUP, name, value, self.at.clone());
    }
}
