//! An answer as a file: every row that is kept, in its order.
//!
//! Texts go out as they are, for a file has to hold what the exhibit holds; only in CSV does a cell
//! that a spreadsheet would run get an apostrophe before it.

use std::io::Write;

use polars_io::parquet::write::{ParquetCompression, ParquetWriter};

use crate::answer::Answer;
use crate::error::QueryError;
use crate::value::{Value, json_object};

/// Rows that are turned into text before they are written.
const BATCH: usize = 512;

/// Rows of a row group of Parquet: fixed, so that the bytes do not depend on the number of threads.
const GROUP: usize = 1 << 16;

/// A format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values.
    Csv,
    /// One array of objects.
    Json,
    /// One object a line.
    JsonLines,
    /// Parquet.
    Parquet,
}

impl Format {
    /// The format of a file by its extension.
    pub fn of_extension(extension: &str) -> Option<Self> {
        match extension {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "parquet" => Some(Self::Parquet),
            _ => None,
        }
    }

    /// Writes an answer.
    ///
    /// # Errors
    /// When the target refuses, or polars for Parquet.
    pub fn write(self, answer: &Answer, target: impl Write) -> Result<(), QueryError> {
        match self {
            Self::Csv => csv(answer, target),
            Self::Json => json(answer, target),
            Self::JsonLines => json_lines(answer, target),
            Self::Parquet => parquet(answer, target),
        }
    }
}

/// Writes CSV (RFC 4180), UTF-8, with a line of names. Texts are always in quotes, numbers never;
/// nothing is an empty cell without quotes. A text that begins with `=`, `+`, `-`, `@`, tab or
/// carriage return gets an apostrophe before it: a spreadsheet would run it.
///
/// # Errors
/// When the target refuses.
pub fn csv(answer: &Answer, target: impl Write) -> Result<(), QueryError> {
    let mut out = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Never)
        .terminator(csv::Terminator::CRLF)
        .from_writer(target);
    let written = |e: csv::Error| QueryError::Write(e.into());
    let names: Vec<String> =
        answer.columns().iter().map(|(name, _)| quoted(&harmless(name))).collect();
    out.write_record(&names).map_err(written)?;
    for index in 0..answer.rows() {
        let cells: Vec<String> = answer.row(index).iter().map(cell).collect();
        out.write_record(&cells).map_err(written)?;
    }
    out.flush()?;
    Ok(())
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(_) | Value::Int(_) => value.text(),
        Value::Float(v) if v.is_finite() => value.text(),
        value => quoted(&harmless(&value.text())),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// The text, with an apostrophe where a spreadsheet would take it for a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        return format!("'{text}");
    }
    text.to_owned()
}

/// Writes one JSON array of objects, whose fields have the order of the columns.
///
/// # Errors
/// When the target refuses.
pub fn json(answer: &Answer, mut target: impl Write) -> Result<(), QueryError> {
    target.write_all(b"[")?;
    objects(answer, &mut target, |index| if index == 0 { "\n" } else { ",\n" }, "")?;
    target.write_all(if answer.rows() == 0 { b"]\n" } else { b"\n]\n" })?;
    target.flush()?;
    Ok(())
}

/// Writes one JSON object a line.
///
/// # Errors
/// When the target refuses.
pub fn json_lines(answer: &Answer, mut target: impl Write) -> Result<(), QueryError> {
    objects(answer, &mut target, |_| "", "\n")?;
    target.flush()?;
    Ok(())
}

fn objects(
    answer: &Answer,
    target: &mut impl Write,
    before: impl Fn(usize) -> &'static str,
    after: &str,
) -> Result<(), QueryError> {
    let names = answer.columns();
    let mut out = String::new();
    for index in 0..answer.rows() {
        out.push_str(before(index));
        let row = answer.row(index);
        json_object(names.iter().map(|(name, _)| name.as_str()).zip(&row), &mut out);
        out.push_str(after);
        if index % BATCH == BATCH - 1 {
            target.write_all(out.as_bytes())?;
            out.clear();
        }
    }
    target.write_all(out.as_bytes())?;
    Ok(())
}

/// Writes Parquet, compressed with zstd.
///
/// # Errors
/// When the target refuses, or polars for a kind of column that Parquet does not have.
pub fn parquet(answer: &Answer, target: impl Write) -> Result<(), QueryError> {
    let mut frame = answer.frame().clone();
    ParquetWriter::new(target)
        .with_compression(ParquetCompression::Zstd(None))
        .with_row_group_size(Some(GROUP))
        .finish(&mut frame)
        .map(|_| ())
        .map_err(|e| QueryError::Sql { message: faisceau_model::excerpt(&e.to_string(), 300) })
}

#[cfg(test)]
mod tests;
