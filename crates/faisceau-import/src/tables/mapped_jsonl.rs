//! JSON lines whose keys the case maps.
//!
//! In: one JSON object a line; keys with a dot between levels (`author.id`, `media.0.url`). Out:
//! what the mapping says: posts, connections, accounts or subscribers. Refused: numbers as ids that
//! no longer hold all their digits.

use faisceau_model::Sink;

use super::jsonl_records::{JsonlRecords, Object, object};
use super::records::{mapped, unmapped};
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::settings::{ImportSettings, TableMapping};
use crate::text::lines::Chunk;

/// Lines of the head, one of which must hold the keys.
const SNIFF_LINES: usize = 10;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "mapped-jsonl",
    title: "Any JSON lines whose keys the case maps",
    group: Group::Answers,
    gives: &["posts", "connections", "accounts", "subscribers"],
    versions: "whatever `[[import.table]]` says",
    checked: "2026-11-21",
    sample: "tests/fixtures/tables/forum.jsonl",
    origin: Origin::Synthetic,
    rank: Rank::Mapped,
    sniff: |head| find(head.bytes, head.settings).is_some(),
    parse,
    owner: None,
};

/// Reads the table line by line.
pub(crate) fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let head = source.head()?;
    let mapping = find(&head, settings).ok_or_else(unmapped)?;
    let mut records = JsonlRecords::open(source, &mapping.named())?;
    let mut fields = Fields::default();
    let outcome = mapped(source, settings, mapping, &mut records, (&mut fields, sink));
    fields.finish(source.exhibit, sink);
    outcome
}

/// The first mapping whose keys are all in one of the first lines.
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
