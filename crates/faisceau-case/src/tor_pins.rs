//! Documents of the Tor network that a case pins: made into one index, which is what is kept.
//!
//! In: consensuses, exit lists, server descriptors, key certificates, as files or as the monthly
//! archives of `CollecTor`. Out: an index below `datasets/`, and an act of the journal that names
//! each file with its hash, so that anybody can fetch the same documents and make the same index.
//! Refused: a second index beside the first, for one answer must come from one.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use faisceau_datasets::DatasetKind;
use faisceau_enrich::PinnedTor;
use faisceau_model::{Moment, excerpt};
use faisceau_store::{Aside, Sha256Sum};
use faisceau_tor::{Added, Authorities, Limits, Reject, TorIndex, TorIndexBuilder};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::case::Case;
use crate::error::CaseError;
use crate::pins::{PINNED, PinWish, PinnedFile};
use crate::progress::{Progress, Step};

/// The name of the index where the user gives none.
const NAME: &str = "tor-documents";
const LICENCE: &str = "facts published by the Tor network; the Tor Project declares its CollecTor \
                       data CC0";
const CREDIT: &str = "Tor Project, CollecTor";

/// What was made of the documents.
#[derive(Debug, Serialize)]
pub struct TorPinned {
    /// The pin.
    pub file: PinnedFile,
    /// Consensuses in the index.
    pub consensuses: usize,
    /// Those of them that a majority of the known authorities signed validly.
    pub signed_by_majority: usize,
    /// Exit lists.
    pub exit_lists: usize,
    /// Server descriptors read.
    pub descriptors: usize,
    /// Key certificates read.
    pub certificates: usize,
    /// First and last hour that a consensus covers.
    pub covers: Option<(String, String)>,
    /// What was not taken: file, line, reason.
    pub rejects: Vec<String>,
}

impl Case {
    /// Makes an index of the documents and pins it.
    ///
    /// # Errors
    /// When a file cannot be read, no consensus and no exit list is among them, or the case pins
    /// an index already.
    pub fn pin_tor(
        &mut self,
        paths: &[PathBuf],
        wish: &PinWish,
        who: &str,
        now: Timestamp,
        progress: Progress<'_>,
    ) -> Result<TorPinned, CaseError> {
        let wrong = |path: &Path, what: String| CaseError::Pin { path: path.to_owned(), what };
        let first = paths.first().map_or(Path::new("."), PathBuf::as_path);
        if let Some(pin) = self.tor_pin() {
            let what = format!(
                "the case pins `{0}` already: `faisceau datasets remove {0}`, then add all \
                 documents together",
                pin.id
            );
            return Err(wrong(first, what));
        }
        let authorities = Authorities::bundled().map_err(|e| wrong(first, e.to_string()))?;
        let mut builder = TorIndexBuilder::new(authorities, Limits::default());
        let (mut all, mut files) = (Added::default(), Vec::new());
        let total = paths.len() as u64;
        for (done, path) in paths.iter().enumerate() {
            let name = excerpt(&path.file_name().unwrap_or_default().to_string_lossy(), 120);
            progress(&Step { stage: "tor documents", what: &name, done: done as u64, total });
            let open = || File::open(path).map_err(|e| wrong(path, e.to_string()));
            let sum = Sha256Sum::of_reader(open()?).map_err(|e| wrong(path, e.to_string()))?;
            let added = builder.add(&name, open()?).map_err(|e| wrong(path, e.to_string()))?;
            files.push(Value::from(format!("{sum} {name}")));
            sum_up(&mut all, added);
        }
        let index = builder.finish();
        let Some(date) = last_day(&index) else {
            return Err(wrong(first, "no consensus and no exit list was read".to_owned()));
        };
        let name = wish.name.clone().unwrap_or_else(|| NAME.to_owned());
        let id = format!("{name}@{date}");
        self.check_name(&name, &id, DatasetKind::Tor).map_err(|what| wrong(first, what))?;
        let stated = |text: &Option<String>, default: &str| {
            Value::from(excerpt(text.as_deref().unwrap_or(default), 500))
        };
        let fields = Map::from_iter([
            ("id".to_owned(), Value::from(id)),
            ("kind".to_owned(), Value::from(DatasetKind::Tor.as_str())),
            ("date".to_owned(), Value::from(date)),
            ("licence".to_owned(), stated(&wish.licence, LICENCE)),
            ("credit".to_owned(), stated(&wish.credit, CREDIT)),
            ("source".to_owned(), stated(&wish.source, "")),
            ("made_from".to_owned(), Value::from(files)),
            ("rejects".to_owned(), Value::from(all.rejects.len())),
        ]);
        let bytes = index.to_bytes();
        let mut writer = self.store.write(who, now)?;
        writer.keep_aside(Aside::Datasets, PINNED, &bytes, fields)?;
        drop(writer);
        let file = self.tor_pin();
        let file = file.ok_or_else(|| wrong(first, "the journal does not hold it".to_owned()))?;
        Ok(told(file, &index, &all))
    }

    /// The index that the case pins.
    fn tor_pin(&self) -> Option<PinnedFile> {
        self.pins().into_iter().find(PinnedFile::is_tor)
    }

    /// The index of the case, read again.
    ///
    /// # Errors
    /// When its bytes are not those that were pinned.
    pub(crate) fn tor(&self) -> Result<Option<PinnedTor>, CaseError> {
        let Some(pin) = self.tor_pin() else { return Ok(None) };
        let index = index_of(&pin, &pin.read(self.root())?)?;
        Ok(Some(PinnedTor { index, source: Arc::from(pin.id) }))
    }
}

/// Reads the bytes of a pinned index.
pub(crate) fn index_of(pin: &PinnedFile, bytes: &[u8]) -> Result<TorIndex, CaseError> {
    TorIndex::from_bytes(bytes)
        .map_err(|e| CaseError::DatasetAltered { id: pin.id.clone(), what: e.to_string() })
}

fn sum_up(all: &mut Added, added: Added) {
    all.consensuses += added.consensuses;
    all.exit_lists += added.exit_lists;
    all.descriptors += added.descriptors;
    all.certificates += added.certificates;
    all.entries += added.entries;
    all.repeated += added.repeated;
    all.rejects.extend(added.rejects);
}

/// The day of the newest document.
fn last_day(index: &TorIndex) -> Option<String> {
    let consensuses = index.documents().iter().map(|document| document.valid_after_s);
    let lists = index.exit_lists().iter().map(|(at_s, _)| *at_s);
    Some(Moment::from_unix_seconds(i64::from(consensuses.chain(lists).max()?))?.day_utc())
}

fn told(file: PinnedFile, index: &TorIndex, all: &Added) -> TorPinned {
    let documents = index.documents();
    let hour = |at_s: Option<u32>| Some(Moment::from_unix_seconds(i64::from(at_s?))?.to_string());
    let covers = hour(documents.iter().map(|d| d.valid_after_s).min())
        .zip(hour(documents.iter().map(|d| d.fresh_until_s).max()));
    let reject = |reject: &Reject| match reject.line {
        0 => format!("{}: {}", reject.file, reject.reason),
        line => format!("{}, line {line}: {}", reject.file, reject.reason),
    };
    TorPinned {
        file,
        consensuses: documents.len(),
        signed_by_majority: documents.iter().filter(|d| d.signed.is_majority()).count(),
        exit_lists: index.exit_lists().len(),
        descriptors: all.descriptors,
        certificates: all.certificates,
        covers,
        rejects: all.rejects.iter().map(reject).collect(),
    }
}
