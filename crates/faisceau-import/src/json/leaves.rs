//! What the readers of JSON exports share: the document, its lists one by one, what is left over.
//!
//! In: a source. Out: each list, record or left-over object in the order of the exhibit. Refused:
//! nothing; a document that breaks gives what precedes, then the error.

use faisceau_model::{ExhibitNo, Place, RejectReason, Sink};
use serde_json::value::RawValue;

use crate::contract::{ImportError, Source};
use crate::json::tree::{Held, Leaf, leaves};
use crate::json::{self, Flaw, Object};
use crate::records::{set_aside, settle};

/// Reads a document: `start` sees all leaves first, then `each` gets them one by one.
///
/// # Errors
/// When the document breaks or cannot be had; what precedes that place has been given.
pub(crate) fn read<S>(
    source: &Source<'_>,
    sink: &mut dyn Sink,
    is_record: &dyn Fn(&[String]) -> bool,
    start: impl FnOnce(&[Leaf<'_>]) -> S,
    mut each: impl FnMut(&mut S, &Leaf<'_>, &mut dyn Sink),
    finish: impl FnOnce(S, &mut dyn Sink),
) -> Result<(), ImportError> {
    let bytes = source.read_all(json::MAX_EXHIBIT)?;
    let (text, origin) = json::text(&bytes);
    let (found, outcome) = leaves(text, is_record);
    let mut state = start(&found);
    let (mut end, mut kept) = (0, 0);
    for leaf in &found {
        let last = match &leaf.held {
            Held::List(list) => list.last().copied(),
            Held::Record(raw) => Some(*raw),
            Held::Values(_) | Held::Twice => None,
        };
        if let Some(raw) = last {
            end = json::end_of(text, raw);
        }
        kept += match &leaf.held {
            Held::List(list) => list.len(),
            _ => 1,
        };
        each(&mut state, leaf, sink);
    }
    finish(state, sink);
    outcome.map_err(|error| json::stop(&error, &bytes, origin, origin + end, kept))
}

/// A field of the first record below `key`.
pub(crate) fn field_of(found: &[Leaf<'_>], key: &str, field: &str) -> Option<String> {
    found.iter().find_map(|leaf| match leaf.held {
        Held::Record(raw) if leaf.key() == key => {
            json::field(&json::object(raw.get()).ok()?, field)
        }
        _ => None,
    })
}

/// Settles the elements of a list, each an object.
pub(crate) fn elements(
    exhibit: ExhibitNo,
    pointer: &str,
    list: &[&RawValue],
    sink: &mut dyn Sink,
    mut read: impl FnMut(&Place, &Object, &mut dyn Sink) -> Result<(), Flaw>,
) {
    for (index, raw) in list.iter().enumerate() {
        let place = Place::Pointer(format!("{pointer}/{index}"));
        settle(exhibit, &place, raw.get().as_bytes(), sink, |sink| {
            read(&place, &json::object(raw.get())?, sink)
        });
    }
}

/// Settles one object that is a record.
pub(crate) fn record(
    exhibit: ExhibitNo,
    pointer: &str,
    raw: &RawValue,
    sink: &mut dyn Sink,
    read: impl FnOnce(&Place, &Object, &mut dyn Sink) -> Result<(), Flaw>,
) {
    let place = Place::Pointer(pointer.to_owned());
    settle(exhibit, &place, raw.get().as_bytes(), sink, |sink| {
        read(&place, &json::object(raw.get())?, sink)
    });
}

/// Sets a leaf aside as a whole, or rejects one that stands where another stood before.
pub(crate) fn not_read(exhibit: ExhibitNo, leaf: &Leaf<'_>, sink: &mut dyn Sink) {
    let place = Place::Pointer(leaf.pointer.clone());
    let key = faisceau_model::excerpt(leaf.key(), 60);
    let (raw, detail) = match &leaf.held {
        Held::List(list) => {
            (list.first().copied(), format!("the list `{key}` is not read: {} records", list.len()))
        }
        Held::Record(raw) => (Some(*raw), format!("the object `{key}` is not read")),
        Held::Values(count) => (None, format!("the object `{key}` is not read: {count} values")),
        Held::Twice => {
            settle(exhibit, &place, b"", sink, |_| {
                let detail = format!("`{key}` stands twice: the second is not read");
                Err((RejectReason::Syntax, detail))
            });
            return;
        }
    };
    let raw = raw.map_or("", RawValue::get);
    set_aside(exhibit, &place, raw.as_bytes(), &detail, sink);
}
