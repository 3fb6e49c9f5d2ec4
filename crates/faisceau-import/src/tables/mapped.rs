//! CSV tables whose columns the case maps.
//!
//! In: a CSV whose header holds all names of a mapping's `match`. Out: what the mapping says:
//! posts, connections, accounts or subscribers. This is how a forum's dump or a platform's answer
//! comes in. Refused: records whose columns have shifted.
//!
//! Columns are found by name, never by position.

use faisceau_model::Sink;

use super::csv;
use super::csv_records::CsvRecords;
use super::records::{mapped, unmapped};
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::settings::{ImportSettings, TableMapping};

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "mapped-csv",
    title: "Any CSV whose columns the case maps",
    group: Group::Answers,
    gives: &["posts", "connections", "accounts", "subscribers"],
    versions: "whatever `[[import.table]]` says",
    checked: "2026-11-21",
    sample: "tests/fixtures/tables/answer.csv",
    origin: Origin::Synthetic,
    rank: Rank::Mapped,
    sniff: |head| find(head.bytes, head.settings).is_some(),
    parse,
    owner: None,
};

/// Reads the table record by record.
pub(crate) fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let head = source.head()?;
    let (mapping, delimiter) = find(&head, settings).ok_or_else(unmapped)?;
    let Some(mut records) = CsvRecords::open(source, delimiter, mapping.asked())? else {
        return Ok(());
    };
    let mut fields = Fields::default();
    let outcome = mapped(source, settings, mapping, &mut records, (&mut fields, sink));
    fields.finish(source.exhibit, sink);
    outcome
}

/// The first mapping whose headers are all in the header line.
fn find<'s>(head: &[u8], settings: &'s ImportSettings) -> Option<(&'s TableMapping, u8)> {
    settings.mappings.iter().filter(|mapping| !mapping.headers.is_empty()).find_map(|mapping| {
        let given = mapping.delimiter.map(|c| u8::try_from(c).unwrap_or(b','));
        let (delimiter, _) = csv::header(head, &mapping.headers, given)?;
        Some((mapping, delimiter))
    })
}
