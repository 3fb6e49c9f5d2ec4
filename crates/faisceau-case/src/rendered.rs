//! A document in files: rendered, each written whole, its hash for the journal.
//!
//! In: a document, the formats asked for, a folder. Out: `STEM.json`, which `why` reads, and a file
//! for each format, with their hashes as fields of a journal line (`pdf_sha256`). Refused: to write
//! over a file that somebody corrected, which its hash tells.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use faisceau_report::{Document, Language, Rendering, ReportError};
use faisceau_store::{Sha256Sum, write_atomic};
use serde_json::{Map, Value};

use crate::case::Case;
use crate::error::{CaseError, io};

/// The field of a journal line that says in which language a note was written.
pub(crate) const LANGUAGE: &str = "language";

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

/// Files that were written with the hash of each, and files that somebody changed, which were kept
/// as they are.
#[derive(Debug, Default)]
pub(crate) struct Written {
    /// Paths.
    pub(crate) files: Vec<String>,
    /// Paths.
    pub(crate) kept: Vec<String>,
    /// By name.
    pub(crate) hashes: BTreeMap<String, String>,
}

impl Written {
    /// Notes the hashes by extension: `pdf_sha256`.
    pub(crate) fn note(&self, fields: &mut Map<String, Value>) {
        for (name, hash) in &self.hashes {
            let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
            fields.insert(format!("{extension}_sha256"), Value::from(hash.as_str()));
        }
    }
}

/// Writes what was rendered into a folder, the JSON first. `ours` are the hashes of every file that
/// was written there before, by name: another one is kept.
pub(crate) fn put_all(
    folder: &Path,
    stem: &str,
    made: &[(&'static str, Vec<u8>)],
    ours: &Hashes,
) -> Result<Written, CaseError> {
    fs::create_dir_all(folder).map_err(io("create", folder))?;
    let mut written = Written::default();
    for (extension, bytes) in made {
        let name = format!("{stem}.{extension}");
        let path = folder.join(&name);
        if *extension != "json" && is_changed(&path, ours.get(&name))? {
            written.kept.push(path.display().to_string());
            continue;
        }
        written.files.push(put(&path, bytes)?);
        written.hashes.insert(name, Sha256Sum::of(bytes).to_string());
    }
    Ok(written)
}

/// Hashes of files, by name.
pub(crate) type Hashes = BTreeMap<String, BTreeSet<String>>;

/// Whether a file is there and is none that was written, by the hashes of those that were.
fn is_changed(path: &Path, ours: Option<&BTreeSet<String>>) -> Result<bool, CaseError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(source) => return Err(io("read", path)(source)),
    };
    let sha256 = Sha256Sum::of(&bytes).to_string();
    Ok(ours.is_none_or(|hashes| !hashes.contains(&sha256)))
}

impl Case {
    /// The hashes of every file of a note, by its stem and language, that an act of the journal wrote.
    pub(crate) fn note_hashes(&self, act: &str, stem: &str, language: Language) -> Hashes {
        let mut out = Hashes::new();
        let entries = self.store.journal().iter().filter(|entry| entry.act == act);
        for entry in entries.filter(|entry| language_of(&entry.fields) == language.as_str()) {
            for format in Rendering::ALL {
                let field = entry.fields.get(&format!("{}_sha256", format.as_str()));
                let hashes = out.entry(format!("{stem}.{}", format.as_str())).or_default();
                hashes.extend(field.and_then(Value::as_str).map(str::to_owned));
            }
        }
        out
    }
}

/// The language of a note by its line in the journal; a line of before there were two says none.
pub(crate) fn language_of(fields: &Map<String, Value>) -> &str {
    fields.get(LANGUAGE).and_then(Value::as_str).unwrap_or(Language::French.as_str())
}

/// Writes a file whole, and gives its path.
pub(crate) fn put(path: &Path, bytes: &[u8]) -> Result<String, CaseError> {
    write_atomic(path, bytes).map_err(io("write", path))?;
    Ok(path.display().to_string())
}
