//! The information dictionary and the file identifier. In: a revision of a PDF. Out: fields.
//!
//! ISO 32000-1:2008, 14.3.3 "Document information dictionary", 14.4 "File identifiers".

use super::document::{Found, Revision};
use super::object::{Object, Value};
use super::{DICTIONARIES, PDF, Reader, text};
use crate::hex::hex;

/// Most entries of an information dictionary.
const ENTRIES: usize = 256;
/// Longest file identifier, in bytes.
const IDENTIFIER: usize = 64;

impl Reader<'_, '_, '_> {
    pub(super) fn identifier(&mut self, revision: &Revision) {
        let Some(found) = self.of_trailer(revision, b"ID") else { return };
        let halves = found.object.array().unwrap_or_default();
        for (half, name) in halves.iter().zip(["FileIDPermanent", "FileIDChanging"]) {
            let Value::Text(bytes) = &half.value else { continue };
            let value = hex(bytes.get(..IDENTIFIER).unwrap_or(bytes));
            let known = |field: &crate::Field| {
                field.group == PDF && field.name == name && field.value == value
            };
            if !self.out.found.fields.iter().any(known) {
                let at = self.place(&found, half);
                self.out.add(PDF, name, &value, at);
            }
        }
    }

    pub(super) fn information(&mut self, revision: &Revision) {
        if let Some(found) = self.of_trailer(revision, b"Info") {
            self.dictionary(revision.first, &found);
        }
    }

    /// The entries of an information dictionary, under the names of `ExifTool`.
    pub(super) fn dictionary(&mut self, first: usize, found: &Found) {
        let Value::Dictionary(entries) = &found.object.value else { return };
        if self.encrypted || self.seen.len() >= DICTIONARIES || !self.is_new(found) {
            return;
        }
        for (key, value) in entries.iter().take(ENTRIES) {
            let reached = Found { object: value.clone(), packed: found.packed.clone() };
            let Some(reached) = self.document.follow(first, &reached) else { continue };
            let name = name_of(key);
            let written = shown(&reached.object, 0);
            let value = match name.as_str() {
                "CreateDate" | "ModifyDate" => text::date(&written),
                _ => written,
            };
            let at = self.place(&reached, &reached.object);
            self.out.add(PDF, &name, &value, at);
        }
    }
}

/// The name that `ExifTool` gives a key: signs become `_`, and a word begins with a capital, before
/// which the `_` is left out if the letter was a small one.
fn name_of(key: &[u8]) -> String {
    match key {
        b"CreationDate" => return "CreateDate".to_owned(),
        b"ModDate" => return "ModifyDate".to_owned(),
        b"AAPL:Keywords" => return "AppleKeywords".to_owned(),
        _ => {}
    }
    let (mut name, mut begins) = (String::new(), true);
    for letter in key.iter().copied().map(char::from) {
        if !letter.is_ascii_alphanumeric() && letter != '-' {
            if letter == '_' || !name.ends_with('_') {
                name.push('_');
            }
            begins = true;
            continue;
        }
        if begins && letter.is_ascii_lowercase() && name.ends_with('_') {
            name.pop();
        }
        name.push(if begins { letter.to_ascii_uppercase() } else { letter });
        begins = false;
    }
    name
}

/// A value as text; the members of an array with commas between.
pub(super) fn shown(object: &Object, depth: usize) -> String {
    match &object.value {
        Value::Null | Value::Dictionary(_) | Value::Reference(_) => String::new(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(written) => written.clone(),
        Value::Name(bytes) | Value::Text(bytes) => text::text(bytes),
        Value::Array(_) if depth > 2 => String::new(),
        Value::Array(objects) => {
            let members: Vec<String> =
                objects.iter().take(ENTRIES).map(|object| shown(object, depth + 1)).collect();
            members.join(", ")
        }
    }
}
