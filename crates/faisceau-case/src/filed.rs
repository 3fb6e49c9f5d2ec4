//! `report --filed`: the note as it may be produced, in `out/depot/`, and the key beside it.
//!
//! In: the tables of the last run, `[redact]` of `case.toml`. Out: the note with third parties and
//! minors under pseudonyms, in the folder that is handed over, and the key in `out/`, which is not.

use faisceau_report::{Language, NoteInput, PseudonymKey, Redaction, Rendering, note_in};
use faisceau_store::Sha256Sum;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::case::Case;
use crate::error::CaseError;
use crate::progress::{Progress, Step};
use crate::rendered::{LANGUAGE, put, put_all, rendered};

/// A filed version that was written.
#[derive(Debug, Clone, Serialize)]
pub struct Filed {
    /// The files that may be handed over.
    pub files: Vec<String>,
    /// Files that were changed since they were written, and were kept as they are.
    pub kept: Vec<String>,
    /// The key, which may not.
    pub key: Vec<String>,
    /// Persons under a pseudonym.
    pub protected: usize,
    /// Names that are too short or too common to be replaced wherever they stand.
    pub limited: Vec<String>,
    /// Names that an account under examination, or the claimant, bears too.
    pub shared: Vec<String>,
    /// Why the tables no longer fit the case, if they do not.
    pub stale: Option<String>,
}

/// The folder that is handed over, in `out/`.
pub(crate) const DEPOT: &str = "depot";
/// The act of the journal.
const FILED: &str = "report_filed";
const KEY: &str = "cle-de-pseudonymisation";

impl Case {
    /// Writes the filed version of an edition of the note in some formats and as JSON, and its key,
    /// and journals their hashes.
    pub fn report_filed(
        &mut self,
        formats: &[Rendering],
        language: Language,
        who: &str,
        now: Timestamp,
        progress: Progress<'_>,
    ) -> Result<Filed, CaseError> {
        let mut step = |what, done| progress(&Step { stage: "report", what, done, total: 3 });
        step("tables", 0);
        let lock = self.store.lock()?;
        let record = self.checked_record()?;
        let stale = record.stale(self)?;
        let (filed, redaction) = self.with_note_input(&record, |input| {
            let redaction = self.redaction(input)?;
            Ok::<_, CaseError>((redaction.apply(&note_in(input, language)), redaction))
        })??;
        step("typesetting", 1);
        let made = rendered(&filed, formats)?;
        step("writing", 2);
        let key = redaction.key();
        let mut fields = Map::new();
        let folder = self.out().join(DEPOT);
        let ours = self.note_hashes(FILED, &filed.stem(), language);
        let written = put_all(&folder, &filed.stem(), &made, &ours)?;
        written.note(&mut fields);
        let issued = Filed {
            files: written.files,
            kept: written.kept,
            key: self.put_key(&key, &mut fields)?,
            protected: key.subjects.len(),
            limited: key.limited.clone(),
            shared: key.shared.clone(),
            stale: stale.map(str::to_owned),
        };
        fields.insert("tables_sha256".to_owned(), Value::from(record.tables_hash()));
        fields.insert(LANGUAGE.to_owned(), Value::from(language.as_str()));
        self.store.write_holding(lock, who, now)?.record(FILED, fields)?;
        Ok(issued)
    }

    /// Writes the key of pseudonyms beside the folder that is handed over, and notes its hashes.
    pub(crate) fn put_key(
        &self,
        key: &PseudonymKey,
        fields: &mut Map<String, Value>,
    ) -> Result<Vec<String>, CaseError> {
        let one = |(extension, text): (&str, String)| {
            let hash = Sha256Sum::of(text.as_bytes()).to_string();
            fields.insert(format!("key_{extension}_sha256"), Value::from(hash));
            put(&self.out().join(format!("{KEY}.{extension}")), text.as_bytes())
        };
        [("csv", key.to_csv()), ("json", key.to_json())].into_iter().map(one).collect()
    }

    /// Who is replaced by what, in the note and in every act.
    pub(crate) fn redaction(&self, input: &NoteInput<'_>) -> Result<Redaction, CaseError> {
        let acts = &self.settings().acts;
        let spared = [acts.claimant.names.as_str(), acts.lawyer.as_str()];
        Ok(Redaction::of(input, &self.settings().redact, &spared)?)
    }
}
