//! JSON objects however they were saved: in lines, in a list, alone, or one after the other over
//! several lines, as a command that writes indented JSON leaves them when it is called again.
//!
//! In: a source. Out: each object with its place. Refused: a text that is cut keeps what precedes
//! the flaw.

use faisceau_model::{Place, Sink};
use serde_json::value::RawValue;

use super::reply::Reply;
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::head::Head;
use crate::json::records::{self, Record};
use crate::json::{self, Flaw, Object, ndjson};
use crate::records::settle;
use crate::text::lines::Chunk;

/// What a format makes of one object.
pub(super) type OfObject<'r> = &'r (dyn Fn(&Object, &mut Reply) -> Result<(), Flaw> + Sync);

/// Whether the head is of objects with these keys, in lines, in a list or alone.
pub(super) fn has_keys(head: &Head<'_>, keys: &[&str]) -> bool {
    records::has_keys(head, keys)
}

/// Reads every object as a reply. `known` are the keys that the format knows.
///
/// # Errors
/// When the source cannot be read further, or an object breaks; those before are kept.
pub(super) fn replies(
    source: &Source<'_>,
    sink: &mut dyn Sink,
    known: &[&str],
    fill: OfObject<'_>,
) -> Result<(), ImportError> {
    read(
        source,
        sink,
        &|record, fields, sink| match ndjson::text(record.raw).and_then(json::object) {
            Ok(object) => {
                fields.object("", &object, known, &record.place);
                let mut reply = Reply::at(record.place.clone(), record.raw);
                match fill(&object, &mut reply) {
                    Ok(()) => reply.settle(source.exhibit, sink),
                    Err(flaw) => lose(source, record, flaw, sink),
                }
            }
            Err(flaw) => lose(source, record, flaw, sink),
        },
    )
}

fn lose(source: &Source<'_>, record: &Record<'_>, flaw: Flaw, sink: &mut dyn Sink) {
    settle(source.exhibit, &record.place, record.raw, sink, |_| Err(flaw));
}

/// Reads every object; `each` settles it.
///
/// # Errors
/// When the source cannot be read further, or an object breaks; those before are kept.
pub(super) fn read(
    source: &Source<'_>,
    sink: &mut dyn Sink,
    each: records::Each<'_>,
) -> Result<(), ImportError> {
    if over_lines(&source.head()?) {
        in_turn(source, sink, each)
    } else {
        records::read(source, sink, each)
    }
}

/// Whether the first object goes on after its first line.
fn over_lines(head: &[u8]) -> bool {
    let mut lines = Chunk::head(head).lines().map(|line| line.bytes.trim_ascii());
    let first = lines.next().unwrap_or_default();
    let goes_on = first.starts_with(b"{") && matches!(first.last(), Some(b'{' | b',' | b'['));
    goes_on && lines.next().is_some_and(|second| second.starts_with(b"\"") || first != b"{")
}

fn in_turn(
    source: &Source<'_>,
    sink: &mut dyn Sink,
    each: records::Each<'_>,
) -> Result<(), ImportError> {
    let bytes = source.read_all(json::MAX_EXHIBIT)?;
    let (text, start) = json::text(&bytes);
    let mut fields = Fields::default();
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    let mut outcome = Ok(());
    for index in 0.. {
        let before = start + stream.byte_offset();
        let raw = match stream.next() {
            None => break,
            Some(Ok(raw)) if index < json::MAX_RECORDS => raw.get(),
            Some(Ok(_)) => {
                let detail = format!("more than {} objects", json::MAX_RECORDS);
                outcome = Err(ImportError::Limit { place: rest(&bytes, before), detail });
                break;
            }
            Some(Err(error)) => {
                outcome = Err(json::stop(&error, &bytes, start, before, index));
                break;
            }
        };
        let at = start + json::offset(text, raw);
        let place = Place::Bytes { start: at as u64, len: raw.len() as u64 };
        each(&Record { raw: raw.as_bytes(), place }, &mut fields, sink);
    }
    fields.finish(source.exhibit, sink);
    outcome
}

fn rest(bytes: &[u8], start: usize) -> Place {
    Place::Bytes { start: start as u64, len: bytes.len().saturating_sub(start) as u64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::read as import;

    /// Samples whose objects stand in lines, or one after the other.
    const SAMPLES: [&str; 6] = [
        include_str!("../../tests/fixtures/names/kdig.json"),
        include_str!("../../tests/fixtures/names/doh.json"),
        include_str!("../../tests/fixtures/names/massdns.ndjson"),
        include_str!("../../tests/fixtures/names/zdns.ndjson"),
        include_str!("../../tests/fixtures/names/dnsx.ndjson"),
        include_str!("../../tests/fixtures/names/collected.ndjson"),
    ];

    #[test]
    fn hostile_objects_are_rows_or_rejects() {
        for sample in SAMPLES {
            let deep = format!("{{\"x\":{}{}}}\n", "[".repeat(400), "]".repeat(400));
            let hostile = sample
                .replace("dsl-7.example.net", "\\u001b[2J\\u202e=1+1")
                .replace("7200", "99999999999999999999")
                .replace("1772373912250000000", "-9223372036854775808")
                .replace("2026-03-01", "2026-02-30");
            let clean = import(sample.as_bytes()).1;
            let (imported, sink) = import((hostile + &deep + "{\"name\":").as_bytes());
            assert!(imported.name().is_some());
            assert!(sink.rejects.len() > clean.rejects.len(), "{sample}");
            let inert = |text: &str| faisceau_model::inert(text) == text;
            let value =
                |row: &faisceau_model::rows::Name| row.value.known().is_none_or(|v| inert(v));
            assert!(sink.names.iter().all(|row| inert(&row.name) && value(row)), "{sample}");
        }
    }

    #[test]
    fn an_object_over_lines_is_told_from_lines() {
        assert!(over_lines(b"{\n  \"a\": 1\n}\n{\n"));
        assert!(over_lines(b"{ \"a\": [\n 1 ] }"));
        assert!(!over_lines(b"{\"a\":1}\n{\"a\":2}\n"));
        assert!(!over_lines(b"[{\n \"a\":1}]"));
    }
}
