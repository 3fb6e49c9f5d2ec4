//! JSON records however they were saved: one a line, as one list, or as one object over several
//! lines, as an editor or a command line tool writes it.
//!
//! In: a source. Out: each record with its place: a line, `/17` for the eighteenth element of a
//! list, the whole for the one object. Refused: lists and objects above [`json::MAX_EXHIBIT`]
//! bytes; lines have no such limit.

use faisceau_model::{Collected, ExhibitNo, Place, Sink};
use rayon::prelude::*;
use serde::de::DeserializeSeed;
use serde_json::value::RawValue;

use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::head::Head;
use crate::json;
use crate::rows::seen_accounts::SeenAccounts;
use crate::text::line_records;
use crate::text::lines::Chunk;

/// Elements of a list that one thread reads at a time.
const CHUNK: usize = 256;
/// Elements whose rows are held at a time.
const BATCH: usize = 64 * CHUNK;

/// A record as it stands.
#[derive(Debug, Clone)]
pub(crate) struct Record<'r> {
    /// Its bytes, which may not even be text.
    pub(crate) raw: &'r [u8],
    /// Where it stands.
    pub(crate) place: Place,
}

impl Record<'_> {
    /// The place of a part of the record: an element of a list that it holds, or the value of a
    /// key. On a line the part has no place of its own: what tells its rows apart comes with it.
    pub(crate) fn part(&self, key: &str, index: Option<usize>, number: usize) -> (Place, u32) {
        let index = index.map_or_else(String::new, |index| format!("/{index}"));
        match &self.place {
            Place::Pointer(pointer) => (Place::Pointer(format!("{pointer}/{key}{index}")), 0),
            Place::Whole => (Place::Pointer(format!("/{key}{index}")), 0),
            place => (place.clone(), number as u32),
        }
    }
}

/// What a format makes of one record: it settles it, or the several that it holds.
pub(crate) type Each<'r> = &'r (dyn Fn(&Record<'_>, &mut Fields, &mut dyn Sink) + Sync);

/// Whether the head is of records that all have these keys, in lines or in a list.
pub(crate) fn has_keys(head: &Head<'_>, keys: &[&str]) -> bool {
    let listed = || {
        let keys: Vec<String> = keys.iter().map(|key| format!("[].{key}")).collect();
        keys.iter().all(|key| head.key_paths().contains(key))
    };
    head.has_keys(keys) || listed()
}

/// Reads every record.
///
/// # Errors
/// When the source cannot be read further, or the list breaks; the records before are kept.
pub(crate) fn read(
    source: &Source<'_>,
    sink: &mut dyn Sink,
    each: Each<'_>,
) -> Result<(), ImportError> {
    match layout(&source.head()?) {
        Layout::Lines => line_records::read_each(source, sink, &|line, fields, sink| {
            each(&Record { raw: line.bytes, place: line.place() }, fields, sink);
        }),
        Layout::List => list(source, sink, each),
        Layout::Whole => {
            let bytes = source.read_all(json::MAX_EXHIBIT)?;
            let raw = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
            let mut out = Ordered::new(source.exhibit, sink);
            out.take(&[Record { raw, place: Place::Whole }], each);
            out.finish();
            Ok(())
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Layout {
    Lines,
    List,
    Whole,
}

/// A line of JSON lines ends its object. What breaks an object over lines breaks it after a
/// bracket or a comma, and goes on with a key or an element.
fn layout(head: &[u8]) -> Layout {
    let mut lines = Chunk::head(head).lines().map(|line| line.bytes.trim_ascii());
    let (first, second) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    match (first, first.last()) {
        ([b'[', ..], _) => Layout::List,
        ([b'{', ..], Some(b'{' | b',')) if second.starts_with(b"\"") => Layout::Whole,
        ([b'{', ..], Some(b'[')) if !(second.starts_with(b"{") && second.ends_with(b"}")) => {
            Layout::Whole
        }
        _ => Layout::Lines,
    }
}

fn list(source: &Source<'_>, sink: &mut dyn Sink, each: Each<'_>) -> Result<(), ImportError> {
    let bytes = source.read_all(json::MAX_EXHIBIT)?;
    let (text, start) = json::text(&bytes);
    let mut elements: Vec<&RawValue> = Vec::new();
    let mut document = serde_json::Deserializer::from_str(text);
    let outcome = json::Elements { out: &mut elements, budget: json::MAX_RECORDS }
        .deserialize(&mut document)
        .and_then(|()| document.end());
    let records: Vec<Record<'_>> = elements
        .iter()
        .enumerate()
        .map(|(index, raw)| Record {
            raw: raw.get().as_bytes(),
            place: Place::Pointer(format!("/{index}")),
        })
        .collect();
    let mut out = Ordered::new(source.exhibit, sink);
    records.chunks(BATCH).for_each(|batch| out.take(batch, each));
    out.finish();
    let end = elements.last().map_or(0, |raw| json::offset(text, raw.get()) + raw.get().len());
    outcome.map_err(|error| json::stop(&error, &bytes, start, start + end, elements.len()))
}

/// Reads batches in parallel and hands their rows over in order.
struct Ordered<'s> {
    exhibit: ExhibitNo,
    sink: &'s mut dyn Sink,
    fields: Fields,
    seen: SeenAccounts,
}

impl<'s> Ordered<'s> {
    fn new(exhibit: ExhibitNo, sink: &'s mut dyn Sink) -> Self {
        Self { exhibit, sink, fields: Fields::default(), seen: SeenAccounts::default() }
    }

    fn take(&mut self, batch: &[Record<'_>], each: Each<'_>) {
        let read = |chunk: &[Record<'_>]| {
            let (mut rows, mut fields) = (Collected::default(), Fields::default());
            for record in chunk {
                each(record, &mut fields, &mut rows);
            }
            (rows, fields)
        };
        let parts: Vec<_> = batch.par_chunks(CHUNK).map(read).collect();
        for (mut rows, found) in parts {
            rows.accounts.retain(|row| self.seen.first(row));
            rows.replay(self.sink);
            self.fields.merge(found);
        }
    }

    fn finish(self) {
        self.fields.finish(self.exhibit, self.sink);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::required;
    use crate::records::settle;

    fn ids(text: &str) -> (Vec<String>, Option<ImportError>) {
        let owned = text.as_bytes().to_vec();
        let open = move || -> std::io::Result<Box<dyn std::io::Read + Send>> {
            Ok(Box::new(std::io::Cursor::new(owned.clone())))
        };
        let exhibit = ExhibitNo::top(1);
        let source = Source { exhibit, name: "x", len: text.len() as u64, open: &open };
        let mut sink = Collected::default();
        let outcome = read(&source, &mut sink, &|record, fields, sink| {
            settle(exhibit, &record.place, record.raw, sink, |_| {
                let text = std::str::from_utf8(record.raw).unwrap();
                let id = required(&json::object(text)?, "id")?;
                fields.note("", &format!("{id}@{}", record.place), 1, &record.place);
                Ok(())
            });
        });
        assert!(sink.tally.balances());
        let ids = sink.unknown_fields.iter().map(|field| field.field.clone()).collect();
        (ids, outcome.err())
    }

    #[test]
    fn lines_lists_and_one_object_are_told_apart() {
        assert_eq!(ids("{\"id\":1}\n{\"id\":2}\n").0, ["1@l1@0", "2@l2@9"]);
        assert_eq!(ids("{\"id\":1}").0, ["1@l1@0"]);
        assert_eq!(ids("{\"id\":\n{\"id\":2}\n").0, ["2@l2@7"]);
        assert_eq!(ids("rien\n{\"id\":2}\n").0, ["2@l2@5"]);
        assert_eq!(ids("{\"id\":1,\n{\"id\":2}\n").0, ["2@l2@9"]);
        assert_eq!(ids("{\"a\":[\n{\"id\":2}\n").0, ["2@l2@7"]);
        assert_eq!(ids("{\"id\":1,\"a\":[\n{\"b\":2},\n3]}").0, ["1@whole"]);
        assert_eq!(ids(" [ {\"id\":1},\n {\"id\":2} ]").0, ["1@/0", "2@/1"]);
        assert_eq!(ids("\u{feff}{\n \"id\": 1\n}\n").0, ["1@whole"]);
    }

    #[test]
    fn what_precedes_the_flaw_of_a_list_is_kept() {
        let (ids, error) = ids("[{\"id\":1},{\"id\":");
        assert_eq!(ids, ["1@/0"]);
        assert_eq!(error.unwrap().place(), Place::Bytes { start: 9, len: 7 });
    }
}
