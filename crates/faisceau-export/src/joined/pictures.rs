//! The files that show the pictures of the graph.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use faisceau_model::Moment;
use faisceau_model::rows::Media;
use faisceau_tables::{TableError, read};

/// Pictures by what their nodes are called, and what is not handed on.
#[derive(Debug, Default)]
pub(crate) struct Pictures {
    /// The files of each picture, ordered by their hash.
    pub(crate) by_node: BTreeMap<String, BTreeSet<PictureFile>>,
    /// Positions in the files.
    pub(crate) positions: u64,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PictureFile {
    /// SHA-256 of its bytes.
    pub(crate) sha256: String,
    /// Its name, made inert at import.
    pub(crate) name: String,
    /// Media type by content.
    pub(crate) mime: String,
    /// Width and height.
    pub(crate) size: Option<(i64, i64)>,
    /// When it was taken, as the camera says.
    pub(crate) taken: Option<Moment>,
    /// The row of `media`.
    pub(crate) row: String,
}

/// The files of pictures.
pub(crate) fn pictures(tables: &Path) -> Result<Pictures, TableError> {
    let mut pictures = Pictures::default();
    for row in read::<Media>(tables)? {
        pictures.positions += u64::from(row.latitude.known().or(row.longitude.known()).is_some());
        let node = row.picture_sha256.known().unwrap_or(&row.sha256).clone();
        let file = PictureFile {
            size: row.width.known().copied().zip(row.height.known().copied()),
            taken: row.taken.known().copied(),
            row: row.id.to_string(),
            sha256: row.sha256,
            name: row.name,
            mime: row.mime,
        };
        pictures.by_node.entry(node).or_default().insert(file);
    }
    Ok(pictures)
}
