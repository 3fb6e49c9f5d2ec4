//! JSON lines whose keys the case maps.
//!
//! In: one JSON object a line; keys with a dot between levels (`author.id`, `media.0.url`). Out:
//! what the mapping says: posts, connections or accounts. Refused: lines above 1 MiB, nesting
//! above 128 levels, and numbers as ids that no longer hold all their digits.

use std::borrow::Cow;

use faisceau_model::rows::Reject;
use faisceau_model::{RejectReason, Sink};
use serde_json::Value;

use super::cells::{Cell, Cells};
use super::mapped::{settle, unmapped};
use super::rows::{Mapper, Refusal};
use crate::contract::{ImportError, Source};
use crate::lines::{Blocks, Chunk, Piece};
use crate::settings::{ImportSettings, TableMapping};

/// The longest line that is read, in bytes.
const LINE_LIMIT: usize = 1024 * 1024;

/// Lines of the head, one of which must hold the keys.
const SNIFF_LINES: usize = 10;

const TOO_LONG: &str = "the line is longer than 1 MiB";

/// Whether one of the first lines is an object with all keys that one of the mappings asks for.
pub(crate) fn sniff(head: &[u8], settings: &ImportSettings) -> bool {
    find(head, settings).is_some()
}

/// Reads the table line by line.
pub(crate) fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let mapping = find(&source.head()?, settings).ok_or_else(unmapped)?;
    let mut mapper = Mapper::new(source, mapping, settings)?;
    let manner = mapper.manner();
    let mut blocks = Blocks::new((source.open)()?);
    while let Some(piece) = blocks.next()? {
        let block = match piece {
            Piece::Lines(block) => block,
            Piece::TooLong { place, head } => {
                sink.records(1);
                sink.reject(Reject::new(
                    source.exhibit,
                    place,
                    RejectReason::Limit,
                    TOO_LONG,
                    &head,
                ));
                continue;
            }
        };
        for line in block.lines() {
            sink.records(1);
            let place = line.place();
            let outcome =
                object(line.bytes).and_then(|record| mapper.take(&record, &place, &manner, sink));
            settle(source.exhibit, outcome, &place, line.bytes, sink);
        }
    }
    Ok(())
}

fn find<'s>(head: &[u8], settings: &'s ImportSettings) -> Option<&'s TableMapping> {
    if settings.mappings.is_empty() {
        return None;
    }
    let records: Vec<Object> = Chunk::head(head)
        .lines()
        .take(SNIFF_LINES)
        .filter_map(|line| object(line.bytes).ok())
        .collect();
    settings.mappings.iter().filter(|mapping| !mapping.headers.is_empty()).find(|mapping| {
        let all = |record: &Object| mapping.headers.iter().all(|key| record.get(key).is_some());
        records.iter().any(all)
    })
}

/// A JSON object.
struct Object(Value);

fn object(line: &[u8]) -> Result<Object, Refusal> {
    if line.len() > LINE_LIMIT {
        return Err(Refusal::new(RejectReason::Limit, TOO_LONG));
    }
    match serde_json::from_slice(line) {
        Ok(value @ Value::Object(_)) => Ok(Object(value)),
        Ok(_) => Err(Refusal::new(RejectReason::Syntax, "the line is not a JSON object")),
        Err(error) => {
            let reason = match error.classify() {
                serde_json::error::Category::Eof => RejectReason::Truncated,
                // The only limit that the reader has; it has no category of its own.
                _ if error.to_string().starts_with("recursion limit") => RejectReason::Limit,
                _ => RejectReason::Syntax,
            };
            Err(Refusal::new(reason, format!("the line is not JSON: {error}")))
        }
    }
}

impl Object {
    /// The value under a key, or under a path of keys and positions.
    fn get(&self, path: &str) -> Option<&Value> {
        self.0.get(path).or_else(|| {
            path.split('.').try_fold(&self.0, |value, key| match value {
                Value::Array(values) => values.get(key.parse::<usize>().ok()?),
                other => other.get(key),
            })
        })
    }
}

impl Cells for Object {
    fn cell(&self, header: &str) -> Cell<'_> {
        match self.get(header) {
            None => Cell::NoColumn,
            Some(Value::Null) => Cell::Empty,
            Some(Value::String(text)) => Cell::of(text),
            Some(Value::Number(number)) => Cell::Text(Cow::Owned(number.to_string())),
            Some(Value::Bool(truth)) => Cell::Text(Cow::Owned(truth.to_string())),
            Some(Value::Array(values)) => texts(values).map_or(Cell::Unreadable, Cell::List),
            Some(Value::Object(_)) => Cell::Unreadable,
        }
    }
}

fn texts(values: &[Value]) -> Option<Vec<String>> {
    values.iter().map(|value| value.as_str().map(str::to_owned)).collect()
}
