//! Datasets that a case pins beside the bundled ones.
//!
//! In: files, and what the user says of them. Out: pins that the journal holds (`dataset_pinned`,
//! `dataset_removed`) and copies by hash below `datasets/`; for a run, the look-ups that they
//! answer. It refuses a file that cannot be read whole or may not be used, and a run over a dataset
//! whose bytes are not those that were pinned.

use std::fs;
use std::path::{Path, PathBuf};

use faisceau_datasets::{Bundle, DatasetKind, LARGEST, Pin, Pinned, Stated, Terms, inspect};
use faisceau_model::excerpt;
use faisceau_store::{Aside, Entry, Sha256Sum, Store, read_aside};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::case::Case;
use crate::error::CaseError;
use crate::own_reference;
use crate::tor_pins::index_of;

/// Acts of the journal.
pub(crate) const PINNED: &str = "dataset_pinned";
const REMOVED: &str = "dataset_removed";
/// Names of bundled datasets, and the kind that a dataset of that name must have to join it.
const BUNDLED: [(&str, Option<DatasetKind>); 9] = [
    ("asn", Some(DatasetKind::Asn)),
    ("country", Some(DatasetKind::Country)),
    ("hosting", Some(DatasetKind::Hosting)),
    ("law", None),
    ("operators", None),
    ("protonvpn", None),
    ("reference", None),
    ("relay", Some(DatasetKind::Relay)),
    ("vpn", Some(DatasetKind::Vpn)),
];

/// What the user says of a dataset to pin.
#[derive(Debug, Clone, Default)]
pub struct PinWish {
    /// Its kind, where the file does not say.
    pub kind: Option<DatasetKind>,
    /// Its name; that of the file where there is none.
    pub name: Option<String>,
    /// The day of the data, where the file does not say.
    pub date: Option<String>,
    /// Licence.
    pub licence: Option<String>,
    /// Credit.
    pub credit: Option<String>,
    /// Where it was obtained.
    pub source: Option<String>,
}

/// A dataset that the case pins, as the journal has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PinnedFile {
    /// `name@date`, as sources cite it.
    pub id: String,
    /// What it answers.
    pub kind: String,
    /// The day of the data.
    pub date: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// Licence, as the file's type or the user says.
    pub licence: String,
    /// The credit to print.
    pub credit: String,
    /// Where it was obtained, as the user says.
    pub source: String,
}

impl PinnedFile {
    fn of(entry: &Entry) -> Option<Self> {
        let text = |name: &str| entry.fields.get(name)?.as_str().map(str::to_owned);
        Some(Self {
            id: text("id")?,
            kind: text("kind")?,
            date: text("date")?,
            sha256: text("sha256")?,
            bytes: entry.fields.get("bytes")?.as_u64()?,
            licence: text("licence")?,
            credit: text("credit")?,
            source: text("source")?,
        })
    }

    /// The key under which a run pins it.
    pub(crate) fn key(&self) -> String {
        format!("case/{}/{}", self.kind, self.id)
    }

    /// Whether it is an index of Tor documents.
    pub(crate) fn is_tor(&self) -> bool {
        self.kind == DatasetKind::Tor.as_str()
    }

    /// Whether it is a reference population.
    pub(crate) fn is_reference(&self) -> bool {
        self.kind == own_reference::KIND
    }

    /// Its bytes, hashed again.
    pub(crate) fn read(&self, root: &Path) -> Result<Vec<u8>, CaseError> {
        let altered = |what: String| CaseError::DatasetAltered { id: self.id.clone(), what };
        let sum: Sha256Sum = self.sha256.parse().map_err(|_| altered("no hash".to_owned()))?;
        read_aside(root, Aside::Datasets, &sum, self.bytes).map_err(|e| altered(e.to_string()))
    }

    fn pin(&self) -> Result<Pin, CaseError> {
        let name = self.id.split('@').next().unwrap_or_default().to_owned();
        let kind = self
            .kind
            .parse()
            .map_err(|what| CaseError::DatasetAltered { id: self.id.clone(), what })?;
        Ok(Pin { name, date: self.date.clone(), kind })
    }
}

/// The pins that a journal holds, in the order of the acts.
pub(crate) fn pins(store: &Store) -> Vec<PinnedFile> {
    let mut pins: Vec<PinnedFile> = Vec::new();
    for entry in store.journal() {
        match entry.act.as_str() {
            PINNED => pins.extend(PinnedFile::of(entry)),
            REMOVED => {
                let is = |name: &str, text: &str| {
                    entry.fields.get(name).and_then(Value::as_str) == Some(text)
                };
                pins.retain(|pin| !(is("id", &pin.id) && is("kind", &pin.kind)));
            }
            _ => {}
        }
    }
    pins
}

impl Case {
    /// The datasets that the case pins.
    pub fn pins(&self) -> Vec<PinnedFile> {
        pins(&self.store)
    }

    /// Pins a file and gives what the journal says of it.
    ///
    /// # Errors
    /// When the file cannot be read whole, may not be used, or another bears its name and date.
    pub fn pin(
        &mut self,
        path: &Path,
        wish: &PinWish,
        who: &str,
        now: Timestamp,
    ) -> Result<PinnedFile, CaseError> {
        let wrong = |what: String| CaseError::Pin { path: path.to_owned(), what };
        let name = name_of(path, wish).map_err(wrong)?;
        let bytes = bytes_of(path).map_err(wrong)?;
        self.pin_bytes(&name, &bytes, wish, who, now).map_err(|error| match error {
            CaseError::Pin { what, .. } => wrong(what),
            other => other,
        })
    }

    /// Pins bytes under a name.
    pub(crate) fn pin_bytes(
        &mut self,
        name: &str,
        bytes: &[u8],
        wish: &PinWish,
        who: &str,
        now: Timestamp,
    ) -> Result<PinnedFile, CaseError> {
        let wrong = |what: String| CaseError::Pin { path: PathBuf::from(name), what };
        let plain = |text: &Option<String>| excerpt(text.as_deref().unwrap_or_default(), 500);
        let terms = Terms { licence: plain(&wish.licence), credit: plain(&wish.credit) };
        let stated = Stated { kind: wish.kind, date: wish.date.clone(), terms };
        let found = inspect(name, bytes.to_vec(), &stated).map_err(|e| wrong(e.to_string()))?;
        let id = format!("{name}@{}", found.date);
        self.check_name(name, &id, found.kind).map_err(wrong)?;
        let fields = [
            ("id", id),
            ("kind", found.kind.to_string()),
            ("date", found.date),
            ("licence", found.terms.licence),
            ("credit", found.terms.credit),
            ("source", plain(&wish.source)),
        ];
        let fields = fields.map(|(name, text)| (name.to_owned(), Value::from(text)));
        let mut writer = self.store.write(who, now)?;
        writer.keep_aside(Aside::Datasets, PINNED, bytes, Map::from_iter(fields))?;
        drop(writer);
        self.pins().pop().ok_or_else(|| wrong("the journal does not hold it".to_owned()))
    }

    /// Journals that a dataset is no longer used. Its bytes stay: earlier acts rest on them.
    ///
    /// # Errors
    /// When the case pins no such dataset.
    pub fn unpin(&mut self, id: &str, who: &str, now: Timestamp) -> Result<PinnedFile, CaseError> {
        let found = self.pins().into_iter().find(|pin| pin.id == id);
        let pin = found.ok_or_else(|| CaseError::UnknownId(id.to_owned()))?;
        let fields = [("id", &pin.id), ("kind", &pin.kind), ("sha256", &pin.sha256)];
        let fields = fields.map(|(name, text)| (name.to_owned(), Value::from(text.clone())));
        self.store.write(who, now)?.record(REMOVED, Map::from_iter(fields))?;
        Ok(pin)
    }

    /// The bundled datasets and those of the case, for a run.
    pub(crate) fn bundle(&self) -> Result<Option<Bundle>, CaseError> {
        let mut pins = self.pins();
        pins.retain(|pin| !pin.is_reference());
        if pins.is_empty() {
            return Ok(None);
        }
        let mut pinned = Pinned::default();
        for pin in pins.iter().filter(|pin| !pin.is_tor()) {
            pinned.add(&pin.pin()?, pin.read(self.root())?)?;
        }
        Ok(Some(Bundle::with(pinned)?))
    }

    /// What is not as it was pinned, in a sentence each; empty where the case does not open.
    pub fn dataset_problems(root: &Path) -> Vec<String> {
        let Ok(store) = Store::open(root) else { return Vec::new() };
        let problem = |pin: &PinnedFile| pin.read(root).err().map(|error| error.to_string());
        pins(&store).iter().filter_map(problem).collect()
    }

    /// Hashes and reads a pinned dataset again; what is wrong with it, if anything is.
    pub(crate) fn recheck(&self, pin: &PinnedFile) -> Option<String> {
        let check = || {
            let bytes = pin.read(self.root())?;
            if pin.is_tor() {
                return index_of(pin, &bytes).map(drop);
            }
            if pin.is_reference() {
                return own_reference::unpack(&bytes).map(drop);
            }
            Pinned::default().add(&pin.pin()?, bytes)?;
            Ok::<(), CaseError>(())
        };
        check().err().map(|error| error.to_string())
    }

    pub(crate) fn check_name(&self, name: &str, id: &str, kind: DatasetKind) -> Result<(), String> {
        let bundled = BUNDLED.iter().find(|(bundled, _)| *bundled == name);
        if bundled.is_some_and(|(_, joins)| *joins != Some(kind)) || name == "tor-exits" {
            return Err(format!(
                "`{name}` is the name of a bundled dataset: give another (--name)"
            ));
        }
        let taken = self.pins().iter().any(|pin| pin.id == id)
            || Bundle::list().iter().any(|info| info.label() == id);
        if taken { Err(format!("a dataset `{id}` is there already (--name)")) } else { Ok(()) }
    }
}

/// The name that the user gives, or that of the file without its ending.
fn name_of(path: &Path, wish: &PinWish) -> Result<String, String> {
    let stem = || path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase());
    let name = wish.name.clone().or_else(stem).unwrap_or_default();
    if is_name(&name) {
        return Ok(name);
    }
    Err("a name is up to 60 of a-z, 0-9, `-`, `_`, `.`: give one (--name)".to_owned())
}

/// Whether a dataset may be called so.
pub(crate) fn is_name(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b);
    !name.is_empty() && name.len() <= 60 && name.bytes().all(plain)
}

/// The bytes of an ordinary file of bearable size.
fn bytes_of(path: &Path) -> Result<Vec<u8>, String> {
    let meta = fs::metadata(path).map_err(|e| e.to_string())?;
    if !meta.is_file() || meta.len() > LARGEST {
        return Err(format!("no ordinary file of at most {LARGEST} bytes"));
    }
    fs::read(path).map_err(|e| e.to_string())
}

/// Where a dataset to pin came from, for a message.
pub(crate) fn shown(path: &Path) -> String {
    excerpt(&path.to_string_lossy(), 200)
}
