//! The top of anything that is a table.
//!
//! In: an exhibit. Out: headers and some rows, for each table that it holds. Refused: text that
//! only happens to hold commas: each record must have as many fields as the first.

use std::collections::BTreeSet;
use std::io::Cursor;

use serde_json::Value;

use crate::contract::Source;
use crate::sniff::HEAD_LEN;
use crate::tables::csv::{self, Table};
use crate::tables::guess::{Sample, WIDEST};
use crate::tables::jsonl_records::{Object, object};
use crate::tables::workbook;
use crate::text::lines::Chunk;

/// Rows that a guess is made from.
const ROWS: usize = 50;
/// Levels of JSON that are looked into.
const DEPTH: usize = 3;
/// Bytes of a workbook that a proposal is made for.
const WORKBOOK: u64 = 128 << 20;

/// The top of a table.
#[derive(Debug)]
pub(super) struct Top {
    /// The sheet of a workbook.
    pub(super) sheet: Option<String>,
    /// The delimiter of a CSV, where it is none of those that are tried anyway.
    pub(super) delimiter: Option<char>,
    /// Headers and rows.
    pub(super) sample: Sample,
}

/// The tables of an exhibit.
pub(super) fn of(source: &Source<'_>) -> Vec<Top> {
    let Ok(head) = source.head() else { return Vec::new() };
    if workbook::is_xlsx(&head) {
        let bytes = source.read_all(WORKBOOK).unwrap_or_default();
        let sheets = workbook::samples(bytes).into_iter();
        let top = |(sheet, sample)| Top { sheet: Some(sheet), delimiter: None, sample };
        return sheets.map(top).collect();
    }
    if head.contains(&0) {
        return Vec::new();
    }
    let cut = head.len() >= HEAD_LEN;
    json_lines(&head, cut).or_else(|| csv(&head, cut)).into_iter().collect()
}

/// Lines that are all objects with values in common.
fn json_lines(head: &[u8], cut: bool) -> Option<Top> {
    let mut lines: Vec<_> = Chunk::head(head).lines().take(ROWS + 1).collect();
    if cut || lines.len() > ROWS {
        lines.pop();
    }
    let records: Vec<Object> =
        lines.iter().map(|line| object(line.bytes).ok()).collect::<Option<_>>()?;
    let mut keys = Vec::new();
    let mut seen = BTreeSet::new();
    for record in &records {
        leaves("", &record.0, DEPTH, &mut |key| {
            if keys.len() < WIDEST && seen.insert(key.clone()) {
                keys.push(key);
            }
        });
    }
    let text = |record: &Object, key: &String| match record.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    };
    let rows =
        records.iter().map(|record| keys.iter().map(|key| text(record, key)).collect()).collect();
    let sample = Sample { headers: keys, rows };
    (!sample.headers.is_empty()).then_some(Top { sheet: None, delimiter: None, sample })
}

/// The keys of values that are not objects.
fn leaves(prefix: &str, value: &Value, depth: usize, found: &mut dyn FnMut(String)) {
    let Value::Object(object) = value else { return };
    for (key, value) in object {
        let path = format!("{prefix}{key}");
        match value {
            Value::Object(_) if depth > 1 => leaves(&format!("{path}."), value, depth - 1, found),
            Value::Object(_) => {}
            _ => found(path),
        }
    }
}

/// The delimiter under which the text is the widest table.
fn csv(head: &[u8], cut: bool) -> Option<Top> {
    let tables = [',', ';', '\t', '|'].into_iter().filter_map(|delimiter| {
        let sample = under(head, u8::try_from(delimiter).ok()?, cut)?;
        Some((delimiter, sample))
    });
    // Of equals the first counts, as it does when the table is read.
    let (delimiter, sample) =
        tables.fold(None, |best: Option<(char, Sample)>, next| match best {
            Some(best) if best.1.headers.len() >= next.1.headers.len() => Some(best),
            _ => Some(next),
        })?;
    Some(Top { sheet: None, delimiter: (delimiter == '|').then_some('|'), sample })
}

fn under(head: &[u8], delimiter: u8, cut: bool) -> Option<Sample> {
    let mut table = Table::new(Box::new(Cursor::new(head.to_vec())), delimiter);
    let headers = csv::names(&table.next().ok()??.fields.ok()?);
    let told = headers.iter().filter(|name| !name.is_empty()).count();
    if !(2..=WIDEST).contains(&headers.len()) || told < 2 {
        return None;
    }
    let mut rows: Vec<Vec<String>> = Vec::new();
    while rows.len() <= ROWS {
        let Some(record) = table.next().ok()? else { break };
        rows.push(record.fields.unwrap_or_default());
    }
    if cut || rows.len() > ROWS {
        rows.pop();
    }
    let even = rows.iter().filter(|row| row.len() == headers.len()).count();
    let table = even > 0 && even * 10 >= rows.len() * 9;
    rows.retain(|row| row.len() == headers.len());
    table.then_some(Sample { headers, rows })
}
