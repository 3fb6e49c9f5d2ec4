//! An open case: its folder, its settings, its store.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use faisceau_model::ExhibitNo;
use faisceau_store::{Added, Limits, Sha256Sum, Store, VerifyReport, verify};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::error::CaseError;
use crate::progress::{Progress, Step};
use crate::record::RunRecord;
use crate::said::ReadNote;
use crate::settings::CaseSettings;
use crate::sound::SoundTables;

/// An open case. Every front end makes the same calls on it.
pub struct Case {
    root: PathBuf,
    settings: CaseSettings,
    settings_sha256: String,
    pub(crate) store: Store,
    /// Exhibits whose bytes were hashed since the case was opened.
    pub(crate) sound: RefCell<BTreeSet<ExhibitNo>>,
    /// The tables as they stood when they were last hashed and found whole.
    pub(crate) sound_tables: RefCell<Option<SoundTables>>,
    /// The note, once a sentence of it was asked for.
    pub(crate) read_note: RefCell<Option<ReadNote>>,
}

impl Case {
    /// Opens a new case in a folder, with the default settings.
    pub fn create(root: &Path, title: &str, who: &str, now: Timestamp) -> Result<Self, CaseError> {
        Self::create_with(root, &CaseSettings::template(title), who, now)
    }

    /// Opens a new case with settings written by hand.
    pub fn create_with(
        root: &Path,
        case_toml: &str,
        who: &str,
        now: Timestamp,
    ) -> Result<Self, CaseError> {
        let settings = CaseSettings::parse(case_toml, &root.join("case.toml"))?;
        let store = Store::create(root, case_toml, who, now)?;
        let settings_sha256 = Sha256Sum::of(case_toml.as_bytes()).to_string();
        Ok(Self {
            root: root.to_owned(),
            settings,
            settings_sha256,
            store,
            sound: RefCell::default(),
            sound_tables: RefCell::default(),
            read_note: RefCell::default(),
        })
    }

    /// Opens an existing case.
    pub fn open(root: &Path) -> Result<Self, CaseError> {
        let store = Store::open(root)?;
        let path = root.join("case.toml");
        let text = settings_text(&path, 1 << 20)?;
        let settings = CaseSettings::parse(&text, &path)?;
        let settings_sha256 = Sha256Sum::of(text.as_bytes()).to_string();
        Ok(Self {
            root: root.to_owned(),
            settings,
            settings_sha256,
            store,
            sound: RefCell::default(),
            sound_tables: RefCell::default(),
            read_note: RefCell::default(),
        })
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The settings.
    pub fn settings(&self) -> &CaseSettings {
        &self.settings
    }

    /// SHA-256 of the `case.toml` that was read.
    pub(crate) fn settings_sha256(&self) -> &str {
        &self.settings_sha256
    }

    /// Where derived tables stand.
    pub fn tables(&self) -> PathBuf {
        self.root.join("tables")
    }

    /// Where documents stand.
    pub fn out(&self) -> PathBuf {
        self.root.join("out")
    }

    /// Refuses a path inside what is the case's own: exhibits and tables.
    pub fn refuse_inside(&self, path: &Path) -> Result<(), CaseError> {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let parent = parent.unwrap_or_else(|| Path::new("."));
        let Ok(whole) = parent.canonicalize() else { return Ok(()) };
        let whole = path.file_name().map_or_else(|| whole.clone(), |name| whole.join(name));
        for own in ["exhibits", "tables"] {
            let inside = self.root.join(own).canonicalize().is_ok_and(|own| whole.starts_with(own));
            if inside {
                return Err(CaseError::Io {
                    action: "write",
                    path: path.to_owned(),
                    source: std::io::Error::new(
                        std::io::ErrorKind::PermissionDenied,
                        format!("`{own}` of a case is the program's own"),
                    ),
                });
            }
        }
        Ok(())
    }

    /// Why the tables no longer fit the case, if they do not.
    pub fn stale(&self) -> Result<Option<&'static str>, CaseError> {
        RunRecord::read(&self.tables())?.stale(self)
    }

    /// Takes files and folders in, in the order given.
    pub fn add(
        &mut self,
        paths: &[PathBuf],
        who: &str,
        now: Timestamp,
        progress: Progress<'_>,
    ) -> Result<Added, CaseError> {
        let mut all = Added::default();
        let mut writer = self.store.write(who, now)?;
        let total = paths.len() as u64;
        for (done, path) in paths.iter().enumerate() {
            let added = writer.add(path, &Limits::default(), &mut |step| {
                progress(&Step { stage: "add", what: step.name, done: done as u64, total });
            })?;
            all.new.extend(added.new);
            all.again.extend(added.again);
            all.refused.extend(added.refused);
        }
        Ok(all)
    }

    /// Re-hashes every exhibit and checks the journal. Works on a case that does not open.
    pub fn verify(root: &Path, progress: Progress<'_>) -> Result<VerifyReport, CaseError> {
        Ok(verify(root, &mut |step| {
            progress(&Step { stage: "verify", what: step.name, done: step.bytes, total: step.of });
        })?)
    }

    /// Whether the journal knows the run that made the tables: if not, lines were cut off its end,
    /// which a chain alone cannot show. `None` where there are no tables.
    pub fn tables_are_journalled(root: &Path) -> Option<bool> {
        let record = RunRecord::read(&root.join("tables")).ok()?;
        let store = Store::open(root).ok()?;
        Some(record.is_journalled(&store))
    }

    /// The day at which the note is drawn up: what the settings say, or the day (UTC) of the last
    /// exhibit added, so that the same case gives the same bytes on any day.
    pub fn as_of(&self) -> Result<Date, CaseError> {
        if let Some(text) = &self.settings.case.date {
            return text.parse().map_err(|_| CaseError::Settings {
                path: self.root.join("case.toml"),
                message: format!("[case] date: `{text}` is no day; write it like 2026-11-20"),
            });
        }
        let last = self.store.exhibits().map(|exhibit| exhibit.added_at).max();
        Ok(last.unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(TimeZone::UTC).date())
    }
}

/// The text of a file of settings: an ordinary file of at most `limit` bytes.
pub(crate) fn settings_text(path: &Path, limit: u64) -> Result<String, CaseError> {
    let wrong = |message: String| CaseError::Settings { path: path.to_owned(), message };
    let metadata = std::fs::metadata(path).map_err(|e| wrong(e.to_string()))?;
    if !metadata.is_file() || metadata.len() > limit {
        return Err(wrong(format!("no ordinary file of at most {limit} bytes")));
    }
    std::fs::read_to_string(path).map_err(|e| wrong(e.to_string()))
}
