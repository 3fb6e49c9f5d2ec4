//! `demo`: the bundled case, from exhibits to note.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use faisceau_store::write_atomic;
use jiff::Timestamp;
use serde::Serialize;

use crate::case::Case;
use crate::error::CaseError;
use crate::progress::Progress;
use crate::report::Issued;
use crate::summary::Summary;

/// The planted world, made by `faisceau-testkit` and committed.
const WORLD: &[u8] = include_bytes!("../../../datasets/demo/demo.zip");
const CASE: &str = "case.toml";

/// What a demonstration made.
#[derive(Debug, Clone, Serialize)]
pub struct Demo {
    /// The counts of the run.
    pub summary: Summary,
    /// The note.
    pub issued: Issued,
}

/// Makes the bundled case in a folder, runs it and writes its note.
pub fn demo(
    root: &Path,
    who: &str,
    now: Timestamp,
    progress: Progress<'_>,
) -> Result<Demo, CaseError> {
    let world = unpack()?;
    let text = |name: &str| {
        let found = world.iter().find(|(n, _)| n == name);
        found.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
    };
    let mut case = Case::create_with(root, &text(CASE), who, now)?;
    let io = |action, path: &Path| {
        let path = path.to_owned();
        move |source| CaseError::Io { action, path, source }
    };
    let pieces = root.join("pieces");
    fs::create_dir_all(&pieces).map_err(io("create", &pieces))?;
    let mut paths: Vec<PathBuf> = Vec::new();
    for (name, bytes) in world.iter().filter(|(name, _)| name != CASE) {
        let path = root.join(name);
        write_atomic(&path, bytes).map_err(io("write", &path))?;
        if path.parent() == Some(&pieces) {
            paths.push(path);
        }
    }
    case.add(&paths, who, now, progress)?;
    let summary = case.run(who, now, progress)?;
    let issued = case.report(who, now, progress)?;
    Ok(Demo { summary, issued })
}

/// The files of the world, in the order of the archive, which is our own.
fn unpack() -> Result<Vec<(String, Vec<u8>)>, CaseError> {
    let broken = |message: String| CaseError::Bundled { what: "demonstration case", message };
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(WORLD))
        .map_err(|error| broken(error.to_string()))?;
    let mut files = Vec::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).map_err(|error| broken(error.to_string()))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| broken(error.to_string()))?;
        let name = file.name().map_err(|error| broken(error.to_string()))?.into_owned();
        files.push((name, bytes));
    }
    Ok(files)
}
