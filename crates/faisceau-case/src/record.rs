//! `tables/run.json`: what the tables were made from, and their hashes.
//!
//! It holds no time and no name: the same case gives the same bytes on any day, for anyone. Who
//! ran what and when stands in the journal.

use std::fs;
use std::path::Path;

use faisceau_store::{Sha256Sum, Store, write_atomic};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::bundled::pinned_by;
use crate::case::{Case, settings_text};
use crate::error::CaseError;
use crate::ingest::Distance;
use crate::summary::Summary;

/// What a run was made from and what it made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunRecord {
    /// Version of this file's layout.
    pub version: u32,
    /// Version of the program.
    pub tool: String,
    /// SHA-256 over the numbers, hashes and names of all exhibits and what was refused.
    pub exhibits_sha256: String,
    /// The day at which the note is drawn up: it tells past deadlines from future ones.
    pub as_of: String,
    /// SHA-256 of `case.toml`.
    pub settings_sha256: String,
    /// SHA-256 of the overlay, if there is one.
    pub overlay_sha256: Option<String>,
    /// SHA-256 of the recipes of the case, if it has any.
    pub recipes_sha256: Option<String>,
    /// The datasets.
    pub datasets: Vec<PinnedDataset>,
    /// How far the dates of each source lie from the events, in days.
    pub distances: Vec<SourceDistance>,
    /// The tables, by name.
    pub tables: Vec<TableHash>,
    /// The counts.
    pub summary: Summary,
}

/// A dataset that a run used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PinnedDataset {
    /// Its id.
    pub id: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// How far the dates of a source lie from the events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceDistance {
    /// The source, `dataset-id@date`.
    pub source: String,
    /// Smallest distance, in days.
    pub min: i64,
    /// Largest distance, in days.
    pub max: i64,
}

/// A table and the hash of its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableHash {
    /// File name.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: String,
}

const FILE: &str = "run.json";

impl RunRecord {
    /// SHA-256 over the tables: a note that was written from others says so.
    pub(crate) fn tables_hash(&self) -> String {
        let lines: Vec<String> = self.tables.iter().map(TableHash::line).collect();
        Sha256Sum::of(lines.join("\n").as_bytes()).to_string()
    }

    /// The record of a run whose tables stand in `folder`.
    pub(crate) fn of<'d>(
        case: &Case,
        overlay_sha256: Option<String>,
        summary: &Summary,
        distances: impl Iterator<Item = (&'d str, Distance)>,
        folder: &Path,
    ) -> Result<Self, CaseError> {
        Ok(Self {
            version: 1,
            tool: env!("CARGO_PKG_VERSION").to_owned(),
            exhibits_sha256: case.exhibits_hash(),
            as_of: case.as_of()?.to_string(),
            settings_sha256: case.settings_sha256().to_owned(),
            overlay_sha256,
            recipes_sha256: case.recipes_hash()?,
            datasets: pinned_by(case),
            distances: distances
                .map(|(source, d)| SourceDistance {
                    source: source.to_owned(),
                    min: d.min,
                    max: d.max,
                })
                .collect(),
            tables: table_hashes(folder)?,
            summary: summary.clone(),
        })
    }

    /// Whether the last run that the journal knows is this one.
    pub(crate) fn is_journalled(&self, store: &Store) -> bool {
        let run = store.journal().iter().rev().find(|entry| entry.act == "run");
        let lines: Vec<String> = self.tables.iter().map(TableHash::line).collect();
        run.and_then(|entry| entry.fields.get("tables")) == Some(&Value::from(lines))
    }

    /// Reads the record of the last run, or says that there was none.
    pub fn read(tables: &Path) -> Result<Self, CaseError> {
        let path = tables.join(FILE);
        if !path.exists() {
            return Err(CaseError::NotYet {
                what: "the tables were not made yet".to_owned(),
                hint: "faisceau run",
            });
        }
        let text = fs::read_to_string(&path).map_err(|source| CaseError::Io {
            action: "read",
            path: path.clone(),
            source,
        })?;
        serde_json::from_str(&text).map_err(|_| CaseError::NotYet {
            what: format!("`{}` was written by another version or altered", path.display()),
            hint: "faisceau run",
        })
    }

    pub(crate) fn write(&self, folder: &Path) -> Result<(), CaseError> {
        let path = folder.join(FILE);
        let mut text = serde_json::to_string_pretty(self)
            .map_err(|e| CaseError::Bundled { what: "run record", message: e.to_string() })?;
        text.push('\n');
        write_atomic(&path, text.as_bytes()).map_err(|source| CaseError::Io {
            action: "write",
            path,
            source,
        })
    }

    /// What the journal keeps of a run.
    pub(crate) fn journal_fields(&self) -> Map<String, Value> {
        let tables = self.tables.iter().map(TableHash::line);
        let datasets = self.datasets.iter().map(|d| format!("{} {}", d.id, d.sha256));
        Map::from_iter([
            ("tool".to_owned(), Value::from(self.tool.clone())),
            ("exhibits_sha256".to_owned(), Value::from(self.exhibits_sha256.clone())),
            ("settings_sha256".to_owned(), Value::from(self.settings_sha256.clone())),
            (
                "overlay_sha256".to_owned(),
                Value::from(self.overlay_sha256.clone().unwrap_or_default()),
            ),
            (
                "recipes_sha256".to_owned(),
                Value::from(self.recipes_sha256.clone().unwrap_or_default()),
            ),
            ("tables".to_owned(), tables.collect()),
            ("datasets".to_owned(), datasets.collect()),
        ])
    }

    /// Why the tables no longer fit the case, or `None` if they do.
    pub fn stale(&self, case: &Case) -> Result<Option<&'static str>, CaseError> {
        let overlay = case.overlay_hash()?;
        Ok(if self.exhibits_sha256 != case.exhibits_hash() {
            Some("the exhibits are not those of the last run")
        } else if self.settings_sha256 != case.settings_sha256()
            || self.overlay_sha256 != overlay
            || self.recipes_sha256 != case.recipes_hash()?
        {
            Some("the settings changed since the last run")
        } else if self.datasets != pinned_by(case) {
            Some("the datasets changed since the last run")
        } else if self.tool != env!("CARGO_PKG_VERSION") {
            Some("the tables were made by another version")
        } else {
            None
        })
    }
}

/// The Parquet files of a folder with their hashes, by name.
pub(crate) fn table_hashes(folder: &Path) -> Result<Vec<TableHash>, CaseError> {
    let io = |action| move |source| CaseError::Io { action, path: folder.to_owned(), source };
    let mut hashes = Vec::new();
    for entry in fs::read_dir(folder).map_err(io("list"))? {
        let path = entry.map_err(io("list"))?.path();
        let Some(file) = path.file_name().and_then(|n| n.to_str()) else { continue };
        if path.extension().is_some_and(|e| e == "parquet") {
            let sum = fs::File::open(&path).and_then(Sha256Sum::of_reader).map_err(io("hash"))?;
            hashes.push(TableHash { file: file.to_owned(), sha256: sum.to_string() });
        }
    }
    hashes.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(hashes)
}

impl Case {
    /// SHA-256 over `NUMBER SHA256 NAME\n` of every exhibit, in order, then what came again, what
    /// was refused, and which request an exhibit answers. Names count: they join images to the posts
    /// that show them.
    pub fn exhibits_hash(&self) -> String {
        let lines: Vec<String> =
            self.store.exhibits().map(|e| format!("{} {} {}\n", e.no, e.sha256, e.name)).collect();
        let again: Vec<String> =
            self.added_again().map(|(no, name)| format!("{no} again {name}\n")).collect();
        let refused: Vec<String> = self.store.refused().map(|r| format!("{r}\n")).collect();
        let ties: Vec<String> = self
            .ties()
            .iter()
            .map(|tie| format!("{} answers {}\n", tie.exhibit, tie.request))
            .collect();
        let parts = [lines, again, refused, ties].map(|part| part.concat());
        Sha256Sum::of(parts.concat().as_bytes()).to_string()
    }

    /// The hash of the overlay as it stands now.
    fn overlay_hash(&self) -> Result<Option<String>, CaseError> {
        let Some(name) = &self.settings().enrich.overlay else { return Ok(None) };
        let path = self.root().join(name);
        let text = settings_text(&path, 64 << 20)?;
        Ok(Some(Sha256Sum::of(text.as_bytes()).to_string()))
    }
}

impl TableHash {
    fn line(&self) -> String {
        format!("{} {}", self.file, self.sha256)
    }
}
