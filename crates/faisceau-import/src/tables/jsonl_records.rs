//! The records of JSON lines.
//!
//! In: one JSON object a line; keys with a dot between levels (`author.id`, `media.0.url`). Out:
//! records by key. Refused: lines above 1 MiB, nesting above 128 levels, and lines that are not
//! an object.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use faisceau_model::{Place, RejectReason, excerpt};
use serde_json::Value;

use super::cells::{Cell, Cells};
use super::records::{Met, Records};
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::json::Flaw;
use crate::text::lines::{Block, Blocks, Piece};

/// The longest line that is read, in bytes.
const LINE_LIMIT: usize = 1024 * 1024;

/// Most keys whose records are counted; a name for each person would be a key for each person.
const KEYS: usize = 4000;

const TOO_LONG: &str = "the line is longer than 1 MiB";

/// The lines of a source, as objects.
pub(crate) struct JsonlRecords {
    blocks: Blocks,
    /// The lines of the last block that have not been given.
    waiting: VecDeque<(Place, Vec<u8>)>,
    record: Object,
    line: Vec<u8>,
    /// The keys of the mapping: what is below them belongs to them.
    asked: BTreeSet<String>,
    seen: BTreeMap<String, (Place, i64)>,
}

impl JsonlRecords {
    /// Starts at the first line. `asked` are the keys that tell which objects are looked into.
    pub(crate) fn open(source: &Source<'_>, asked: &BTreeSet<&str>) -> Result<Self, ImportError> {
        Ok(Self {
            blocks: Blocks::new((source.open)()?),
            waiting: VecDeque::new(),
            record: Object(Value::Null),
            line: Vec::new(),
            asked: asked.iter().map(|&key| key.to_owned()).collect(),
            seen: BTreeMap::new(),
        })
    }
}

impl Records for JsonlRecords {
    fn next(&mut self) -> Result<Option<Met<'_>>, ImportError> {
        loop {
            if let Some((place, line)) = self.waiting.pop_front() {
                self.line = line;
                let cells = match object(&self.line) {
                    Ok(record) => {
                        self.record = record;
                        self.note(&place);
                        Ok(&self.record as _)
                    }
                    Err(flaw) => Err(flaw),
                };
                return Ok(Some(Met { place, head: Cow::Borrowed(&self.line), cells }));
            }
            match self.blocks.next()? {
                Some(Piece::Lines(block)) => self.wait(&block),
                Some(Piece::TooLong { place, head }) => {
                    let cells = Err((RejectReason::Limit, TOO_LONG.to_owned()));
                    return Ok(Some(Met { place, head: Cow::Owned(head), cells }));
                }
                None => return Ok(None),
            }
        }
    }

    fn unknown(&self, known: &BTreeSet<&str>, fields: &mut Fields) {
        for (key, (place, records)) in &self.seen {
            if !known.contains(key.as_str()) {
                fields.note("", key, *records, place);
            }
        }
    }
}

impl JsonlRecords {
    fn wait(&mut self, block: &Block) {
        self.waiting.extend(block.lines().map(|line| (line.place(), line.bytes.to_vec())));
    }

    /// Counts the keys of the record that are not asked for. An object is looked into only where
    /// something in it is asked for.
    fn note(&mut self, place: &Place) {
        let mut inside = vec![(String::new(), &self.record.0)];
        while let Some((prefix, value)) = inside.pop() {
            let Value::Object(object) = value else { continue };
            for (key, value) in object {
                let path = format!("{prefix}{key}");
                let below = format!("{path}.");
                let wanted = self.asked.range(below.clone()..).next();
                if self.asked.contains(&path) {
                    continue;
                }
                if wanted.is_some_and(|asked| asked.starts_with(&below)) {
                    inside.push((below, value));
                    continue;
                }
                let path = excerpt(&path, 120);
                let full = self.seen.len() >= KEYS && !self.seen.contains_key(&path);
                let path = if full { "…".to_owned() } else { path };
                self.seen.entry(path).or_insert_with(|| (place.clone(), 0)).1 += 1;
            }
        }
    }
}

/// A JSON object.
pub(crate) struct Object(pub(crate) Value);

/// The object on a line.
pub(crate) fn object(line: &[u8]) -> Result<Object, Flaw> {
    if line.len() > LINE_LIMIT {
        return Err((RejectReason::Limit, TOO_LONG.to_owned()));
    }
    match serde_json::from_slice(line) {
        Ok(value @ Value::Object(_)) => Ok(Object(value)),
        Ok(_) => Err((RejectReason::Syntax, "the line is not a JSON object".to_owned())),
        Err(error) => {
            let reason = match error.classify() {
                serde_json::error::Category::Eof => RejectReason::Truncated,
                // The only limit that the reader has; it has no category of its own.
                _ if error.to_string().starts_with("recursion limit") => RejectReason::Limit,
                _ => RejectReason::Syntax,
            };
            Err((reason, format!("the line is not JSON: {error}")))
        }
    }
}

impl Object {
    /// The value under a key, or under a path of keys and positions.
    pub(crate) fn get(&self, path: &str) -> Option<&Value> {
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
