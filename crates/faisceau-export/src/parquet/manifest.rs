//! `manifest.json`: what the files are, what they were made with, and what was left out.

use faisceau_tables::SCHEMA_VERSION;
use serde_json::{Value, json};

use crate::error::ExportError;
use crate::source::Source;
use crate::tabular::{LeftOut, REVIEWS};

/// A file of the export.
pub(super) struct FileLine {
    /// The table.
    pub(super) table: &'static str,
    /// Its file.
    pub(super) file: String,
    /// Its rows.
    pub(super) rows: u64,
    /// Rows out of which a protected position was taken.
    pub(super) withheld: u64,
    /// SHA-256 of the file.
    pub(super) sha256: String,
    /// SHA-256 of the file of the case. The two differ only where something was taken out.
    pub(super) sha256_of_case: String,
}

/// The manifest.
pub(super) fn manifest(
    source: &Source<'_>,
    lines: &[FileLine],
    left_out: &[LeftOut],
    protected: usize,
) -> Result<Value, ExportError> {
    let tables: Vec<Value> = lines
        .iter()
        .map(|line| {
            json!({
                "table": line.table,
                "file": line.file,
                "rows": line.rows,
                "sha256": line.sha256,
                "sha256_of_case": line.sha256_of_case,
                "positions_withheld": line.withheld,
            })
        })
        .collect();
    let left_out = serde_json::to_value(left_out)
        .map_err(|error| ExportError::Writer { format: "parquet", message: error.to_string() })?;
    let case = source.case;
    Ok(json!({
        "manifest": 1,
        "schema": SCHEMA_VERSION,
        "case": {
            "title": case.title,
            "as_of": case.as_of,
            "tool": case.tool,
            "exhibits_sha256": case.exhibits_sha256,
            "tables_sha256": case.tables_sha256,
        },
        "tables": tables,
        "left_out": left_out,
        "media_with_protected_position": protected,
        "reviews": {
            "files": [format!("{REVIEWS}.csv"), format!("{REVIEWS}.json")],
            "rows": source.reviews.len(),
        },
    }))
}
