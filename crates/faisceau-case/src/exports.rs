//! A case leaves: the graph and the tables in the formats that other tools read.

use std::path::{Path, PathBuf};

use faisceau_export::{Act, CaseCard, Exported, Format, Options, PlainGraph, Source, export_with};
use faisceau_store::{empty_folder, replace_folder};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::case::Case;
use crate::error::CaseError;
use crate::graph::Period;

/// What was written of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExportMade {
    /// The format.
    pub format: String,
    /// The folder.
    pub folder: String,
    /// The counts: file, what is counted, how many.
    pub written: Vec<(String, String, u64)>,
    /// What the reader of the files must know.
    pub warnings: Vec<String>,
}

impl Case {
    /// Writes the case in a format and journals it. The folder is `out/FORMAT` unless another is
    /// named, which must be empty or not there; ours is made anew.
    pub fn export(
        &mut self,
        format: Format,
        options: &Options,
        to: Option<&Path>,
        who: &str,
        now: Timestamp,
    ) -> Result<ExportMade, CaseError> {
        let record = self.checked_record()?;
        let reviews = self.reviews();
        let graph = PlainGraph::of(&self.graph(&Period::default())?, &reviews);
        let card = CaseCard {
            title: self.settings().case.title.clone(),
            as_of: record.as_of.clone(),
            tool: record.tool.clone(),
            exhibits_sha256: record.exhibits_sha256.clone(),
            tables_sha256: record.tables_hash(),
        };
        let acts = self.acts();
        let tables = self.tables();
        let source =
            Source { case: &card, tables: &tables, graph: &graph, reviews: &reviews, acts: &acts };
        let folder = match to {
            Some(folder) => unused(folder)?,
            None => self.out().join(format.name()),
        };
        let fresh = beside(&folder);
        let io = |action, path: &Path| {
            let path = path.to_owned();
            move |source| CaseError::Io { action, path, source }
        };
        if let Some(parent) = folder.parent() {
            std::fs::create_dir_all(parent).map_err(io("make", parent))?;
        }
        empty_folder(&fresh).map_err(io("make", &fresh))?;
        let Exported { written, warnings } = match export_with(format, &source, &fresh, options) {
            Ok(exported) => exported,
            Err(error) => {
                // Half an export is none; what cannot be emptied is emptied by the next one.
                let _ = empty_folder(&fresh);
                return Err(error.into());
            }
        };
        replace_folder(&fresh, &folder).map_err(io("put in place", &folder))?;
        let fields = Map::from_iter([
            ("format".to_owned(), Value::from(format.name())),
            ("tables_sha256".to_owned(), Value::from(card.tables_sha256.as_str())),
        ]);
        self.store.write(who, now)?.record("exported", fields)?;
        let written = written.into_iter().map(|w| (w.file, w.what.to_owned(), w.count));
        Ok(ExportMade {
            format: format.name().to_owned(),
            folder: folder.display().to_string(),
            written: written.collect(),
            warnings,
        })
    }

    /// The journal as exports hold it.
    fn acts(&self) -> Vec<Act> {
        let act = |entry: &faisceau_store::Entry| Act {
            seq: entry.seq,
            at: entry.at.to_string(),
            who: entry.who.clone(),
            act: entry.act.clone(),
            fields: entry.fields.clone(),
            hash: entry.hash.to_string(),
        };
        // An export says what was done up to the tables it is made of, not that it was made: two
        // exports of one state are the same bytes.
        let until = self.store.journal().iter().rev().find(|entry| counts(&entry.act));
        let until = until.map_or(0, |entry| entry.seq);
        self.store.journal().iter().filter(|entry| entry.seq <= until).map(act).collect()
    }
}

/// Whether an act changes what an export holds.
fn counts(act: &str) -> bool {
    !matches!(act, "exported" | "report_issued")
}

/// A folder that somebody named: it may not hold anything yet.
fn unused(folder: &Path) -> Result<PathBuf, CaseError> {
    let full = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if full || folder.is_file() {
        return Err(CaseError::Io {
            action: "write into",
            path: folder.to_owned(),
            source: std::io::Error::new(
                std::io::ErrorKind::AlreadyExists,
                "something is there already; name a new folder",
            ),
        });
    }
    Ok(folder.to_owned())
}

/// A folder next to another, on the same file system.
fn beside(folder: &Path) -> PathBuf {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    folder.with_file_name(format!(".{}-new", name.unwrap_or_default()))
}
