//! A document in files: rendered, each written whole, its hash for the journal.
//!
//! In: a document, the formats asked for, a folder. Out: `STEM.json`, which `why` reads, and a file
//! for each format, with their hashes as fields of a journal line (`pdf_sha256`).

use std::fs;
use std::path::Path;

use faisceau_report::{Document, Rendering, ReportError};
use faisceau_store::{Sha256Sum, write_atomic};
use serde_json::{Map, Value};

use crate::error::{CaseError, io};

/// A document in JSON and in each format, by extension; formats in one order, each once.
pub(crate) fn rendered(
    document: &Document,
    formats: &[Rendering],
) -> Result<Vec<(&'static str, Vec<u8>)>, ReportError> {
    let mut made = vec![("json", document.to_json().into_bytes())];
    for format in Rendering::ALL.into_iter().filter(|format| formats.contains(format)) {
        made.push((format.as_str(), format.bytes(document)?));
    }
    Ok(made)
}

/// Writes what was rendered into a folder, the JSON first, and notes the hashes. Gives the paths.
pub(crate) fn put_all(
    folder: &Path,
    stem: &str,
    made: &[(&'static str, Vec<u8>)],
    fields: &mut Map<String, Value>,
) -> Result<Vec<String>, CaseError> {
    fs::create_dir_all(folder).map_err(io("create", folder))?;
    let one = |(extension, bytes): &(&str, Vec<u8>)| {
        let hash = Sha256Sum::of(bytes).to_string();
        fields.insert(format!("{extension}_sha256"), Value::from(hash));
        put(&folder.join(format!("{stem}.{extension}")), bytes)
    };
    made.iter().map(one).collect()
}

/// Writes a file whole, and gives its path.
pub(crate) fn put(path: &Path, bytes: &[u8]) -> Result<String, CaseError> {
    write_atomic(path, bytes).map_err(io("write", path))?;
    Ok(path.display().to_string())
}
