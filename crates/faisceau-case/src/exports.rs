//! A case leaves: the graph and the tables in the formats that other tools read.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use faisceau_export::{Act, CaseCard, Exported, Format, Options, PlainGraph, Source, export_with};
use faisceau_model::inert;
use faisceau_store::{Sha256Sum, move_folder, remove_folder};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::case::Case;
use crate::error::{CaseError, io};
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
    /// Writes the case in a format and journals it. The folder is `out/FORMAT`, or the first of
    /// `out/FORMAT-2`, `out/FORMAT-3`… that is free, unless another is named, which must be empty or
    /// not there. Nothing that stands somewhere is written over or removed.
    pub fn export(
        &mut self,
        format: Format,
        options: &Options,
        to: Option<&Path>,
        who: &str,
        now: Timestamp,
    ) -> Result<ExportMade, CaseError> {
        // Held to the end: what leaves is journalled, or does not leave.
        let lock = self.store.lock()?;
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
            Some(folder) => {
                self.refuse_inside(folder)?;
                unused(folder)?
            }
            None => self.free(format)?,
        };
        let fresh = Fresh::beside(&folder)?;
        let Exported { written, warnings } = export_with(format, &source, &fresh.path, options)?;
        let fields = Map::from_iter([
            ("format".to_owned(), Value::from(format.name())),
            ("folder".to_owned(), Value::from(inert(&folder.display().to_string()))),
            ("files_sha256".to_owned(), Value::from(files_hash(&fresh.path)?)),
            ("with_subscribers".to_owned(), Value::from(options.tables.with_subscribers)),
            ("tables_sha256".to_owned(), Value::from(card.tables_sha256.as_str())),
        ]);
        self.store.write_holding(lock, who, now)?.record("exported", fields)?;
        fresh.put(&folder)?;
        let written = written.into_iter().map(|w| (w.file, w.what.to_owned(), w.count));
        Ok(ExportMade {
            format: format.name().to_owned(),
            folder: folder.display().to_string(),
            written: written.collect(),
            warnings,
        })
    }

    /// The first folder of a format in `out/` that is not there yet.
    fn free(&self, format: Format) -> Result<PathBuf, CaseError> {
        let out = self.out();
        std::fs::create_dir_all(&out).map_err(io("make", &out))?;
        let names = std::iter::once(format.name().to_owned())
            .chain((2..=MOST_FOLDERS).map(|n| format!("{}-{n}", format.name())));
        let mut paths = names.map(|name| out.join(name));
        let free = paths.find(|path| std::fs::symlink_metadata(path).is_err());
        free.ok_or_else(|| {
            let full = std::io::Error::other("no name is free in it any more; name a folder");
            io("write into", &out)(full)
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
    !matches!(act, "exported" | "report_issued" | "report_filed" | "acts_issued" | "acts_filed")
}

/// Folders of one format in `out/`.
const MOST_FOLDERS: usize = 999;

/// A folder that somebody named: nothing stands there, or an empty folder. The folder that it
/// stands in must be there.
fn unused(folder: &Path) -> Result<PathBuf, CaseError> {
    let refused = |what: &str| {
        io("write into", folder)(std::io::Error::new(ErrorKind::AlreadyExists, what.to_owned()))
    };
    // `x/..` names another folder than the one that it ends with.
    let Some(name) = folder.file_name() else {
        return Err(refused("it names no new folder"));
    };
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or_else(|| Path::new("."));
    let folder = parent.canonicalize().map_err(io("find", parent))?.join(name);
    // Links are not followed: what they point to, and devices and pipes, are nobody's to replace.
    match std::fs::symlink_metadata(&folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(folder),
        Err(source) => Err(io("look at", &folder)(source)),
        Ok(metadata) if !metadata.is_dir() => Err(refused("it is no folder; name a new one")),
        Ok(_) => {
            let empty = std::fs::read_dir(&folder).is_ok_and(|mut all| all.next().is_none());
            if empty { Ok(folder) } else { Err(refused("it is not empty; name a new one")) }
        }
    }
}

/// A folder of this process alone, next to where it will stand, on the same file system. It goes
/// with what it holds unless it is put in place.
struct Fresh {
    path: PathBuf,
    placed: bool,
}

impl Fresh {
    fn beside(folder: &Path) -> Result<Self, CaseError> {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = format!(".{}.{}.new", name.unwrap_or_default(), std::process::id());
        let path = folder.with_file_name(name);
        // Fails where something of that name is there.
        std::fs::create_dir(&path).map_err(io("make", &path))?;
        Ok(Self { path, placed: false })
    }

    fn put(mut self, folder: &Path) -> Result<(), CaseError> {
        // Takes the place of nothing and of an empty folder, and fails otherwise.
        move_folder(&self.path, folder).map_err(io("put in place", folder))?;
        self.placed = true;
        Ok(())
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if !self.placed {
            // What cannot be removed is hidden and named after the process that left it.
            let _ = remove_folder(&self.path);
        }
    }
}

/// SHA-256 over `SHA256 NAME` of every file, in the order of their names.
fn files_hash(folder: &Path) -> Result<String, CaseError> {
    let mut waiting = vec![folder.to_owned()];
    let mut lines = Vec::new();
    while let Some(at) = waiting.pop() {
        for entry in std::fs::read_dir(&at).map_err(io("list", &at))? {
            let path = entry.map_err(io("list", &at))?.path();
            if path.is_dir() {
                waiting.push(path);
                continue;
            }
            let file = std::fs::File::open(&path).map_err(io("read", &path))?;
            let sum = Sha256Sum::of_reader(file).map_err(io("read", &path))?;
            let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
            lines.push(format!("{sum} {name}"));
        }
    }
    lines.sort_by(|a, b| a.split_once(' ').map(|(_, n)| n).cmp(&b.split_once(' ').map(|(_, n)| n)));
    Ok(Sha256Sum::of(lines.join("\n").as_bytes()).to_string())
}
