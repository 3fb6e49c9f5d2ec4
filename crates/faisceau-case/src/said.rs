//! What the last note says, sentence by sentence, and what each rests on.
//!
//! The note is read when it is first asked, and again when its file has changed.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::time::SystemTime;

use serde_json::Value;

use crate::case::Case;
use crate::error::CaseError;
use crate::report::JSON;

/// The words under an id, and the ids that they rest on.
pub(crate) type Said = (String, Vec<String>);

/// The note as it was read.
pub(crate) struct ReadNote {
    bytes: u64,
    modified: Option<SystemTime>,
    said: BTreeMap<String, Said>,
}

impl ReadNote {
    fn is_of(&self, file: &Metadata) -> bool {
        let modified = file.modified().ok();
        modified.is_some() && (self.bytes, self.modified) == (file.len(), modified)
    }
}

impl Case {
    /// What the last note says under an id (`S12`, `T3.2`, `F1`), and the ids that it rests on.
    pub(crate) fn said(&self, id: &str) -> Result<Said, CaseError> {
        let not_yet =
            |what: &str| CaseError::NotYet { what: what.to_owned(), hint: "faisceau report" };
        if !self.note_is_current()? {
            return Err(not_yet("the note was not written from the present tables"));
        }
        let unknown = || CaseError::UnknownId(id.to_owned());
        let missing = |_| not_yet("the note was not written yet");
        let path = self.out().join(JSON);
        let file = fs::metadata(&path).map_err(missing)?;
        let mut read = self.read_note.borrow_mut();
        if !read.as_ref().is_some_and(|note| note.is_of(&file)) {
            let text = fs::read_to_string(&path).map_err(missing)?;
            let note: Value = serde_json::from_str(&text).map_err(|_| unknown())?;
            let mut said = BTreeMap::new();
            gather(&note, &mut said);
            *read = Some(ReadNote { bytes: file.len(), modified: file.modified().ok(), said });
        }
        read.as_ref().and_then(|note| note.said.get(id).cloned()).ok_or_else(unknown)
    }
}

/// What a document in JSON says under an id, and the ids that it rests on.
pub(crate) fn said_in(json: &str, id: &str) -> Option<Said> {
    let mut said = BTreeMap::new();
    gather(&serde_json::from_str(json).ok()?, &mut said);
    said.remove(id)
}

/// Every object of a document with an id and a support; of two with one id, the first.
fn gather(value: &Value, said: &mut BTreeMap<String, Said>) {
    match value {
        Value::Object(object) => {
            let id = object.get("id").and_then(Value::as_str);
            let support = object.get("support").and_then(Value::as_array);
            if let (Some(id), Some(support)) = (id, support) {
                let words =
                    ["text", "cells", "title", "caption"].iter().find_map(|k| object.get(*k));
                let text = match words {
                    Some(Value::String(text)) => text.clone(),
                    Some(Value::Array(cells)) => cells
                        .iter()
                        .map(|cell| cell.as_str().unwrap_or_default())
                        .collect::<Vec<_>>()
                        .join(" | "),
                    _ => String::new(),
                };
                let ids = support.iter().filter_map(|id| id.as_str().map(str::to_owned));
                said.entry(id.to_owned()).or_insert_with(|| (text, ids.collect()));
            }
            object.values().for_each(|inner| gather(inner, said));
        }
        Value::Array(items) => items.iter().for_each(|inner| gather(inner, said)),
        _ => {}
    }
}
