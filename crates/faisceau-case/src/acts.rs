//! `acts`: the tables of the last run become drafts for the judge and the prosecutor, in
//! `out/actes/`.
//!
//! A draft is there to be corrected: a file that was changed since it was written is kept, and said.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use faisceau_report::{ActFacts, ActsInput, Document, DocumentKind, Redaction, Rendering, acts};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::bundled::law;
use crate::case::Case;
use crate::error::{CaseError, io};
use crate::filed::DEPOT;
use crate::progress::{Progress, Step};
use crate::record::RunRecord;
use crate::rendered::{Hashes, put_all, rendered};
use crate::said::said_in;

/// The folder of the drafts, in `out/`, and in the folder that is handed over.
const FOLDER: &str = "actes";
/// The acts of the journal.
const ISSUED: &str = "acts_issued";
const FILED: &str = "acts_filed";

/// The formats where none is asked for: one to correct, one to read. JSON, which `why` reads, is
/// always written.
const FORMATS: [Rendering; 2] = [Rendering::Docx, Rendering::Pdf];

/// What is wanted of `acts`.
#[derive(Debug, Clone, Default)]
pub struct ActsWish {
    /// Only these kinds; all if empty.
    pub only: Vec<DocumentKind>,
    /// Whether third parties and minors stand under pseudonyms.
    pub filed: bool,
    /// The formats; if empty a word processor's and PDF, and of the table of requests a workbook.
    pub formats: Vec<Rendering>,
}

/// A draft that was written.
#[derive(Debug, Clone, Serialize)]
pub struct ActIssued {
    /// The stem of its files, which heads the ids of its sentences: `assignation-x:S3`.
    pub stem: String,
    /// What it is.
    pub title: String,
    /// Its files.
    pub files: Vec<String>,
    /// Sentences that state a fact.
    pub sentences: usize,
    /// What is left to fill in.
    pub blanks: Vec<String>,
}

/// What `acts` wrote.
#[derive(Debug, Clone, Serialize)]
pub struct ActsIssued {
    /// The drafts.
    pub acts: Vec<ActIssued>,
    /// The key of the pseudonyms of a filed version, which may not be handed over.
    pub key: Vec<String>,
    /// Files that were changed since they were written, and were kept as they are.
    pub kept: Vec<String>,
    /// Files of an earlier drafting that this one did not write.
    pub earlier: Vec<String>,
    /// Why the tables no longer fit the case, if they do not.
    pub stale: Option<String>,
}

impl Case {
    /// Writes the drafts and journals their hashes.
    pub fn draft_acts(
        &mut self,
        wish: &ActsWish,
        who: &str,
        now: Timestamp,
        progress: Progress<'_>,
    ) -> Result<ActsIssued, CaseError> {
        let lock = self.store.lock()?;
        let record = self.checked_record()?;
        let stale = record.stale(self)?;
        let (documents, redaction) = self.drafted(&record, wish.filed)?;
        let wanted = |kind| wish.only.is_empty() || wish.only.contains(&kind);
        let documents: Vec<Document> = documents.into_iter().filter(|d| wanted(d.kind)).collect();
        let formats = |kind: DocumentKind| -> Vec<Rendering> {
            let workbook = (kind == DocumentKind::Requests).then_some(Rendering::Xlsx);
            match wish.formats.as_slice() {
                [] => FORMATS.into_iter().chain(workbook).collect(),
                asked => asked.to_vec(),
            }
        };
        let act = if wish.filed { FILED } else { ISSUED };
        let folder =
            if wish.filed { self.out().join(DEPOT).join(FOLDER) } else { self.acts_folder() };
        fs::create_dir_all(&folder).map_err(io("create", &folder))?;

        let ours = self.acts_written(act);
        let (mut issued, mut kept, mut hashes) = (Vec::new(), Vec::new(), BTreeMap::new());
        let total = documents.len() as u64;
        // One after the other: typesetting has threads of its own, and a pool that waits inside
        // itself piles document on document on one stack.
        for (done, document) in documents.iter().enumerate() {
            let stem = document.stem();
            progress(&Step { stage: "acts", what: &stem, done: done as u64, total });
            let made = rendered(document, &formats(document.kind))?;
            let written = put_all(&folder, &stem, &made, &ours)?;
            kept.extend(written.kept);
            hashes.extend(written.hashes);
            issued.push(ActIssued {
                stem,
                title: document.title.clone(),
                files: written.files,
                sentences: document.sentences().count(),
                blanks: document.blanks(),
            });
        }
        let lines = hashes.iter().map(|(name, sha256)| format!("{name} {sha256}"));
        let mut fields = Map::from_iter([
            ("files".to_owned(), lines.collect::<Value>()),
            ("tables_sha256".to_owned(), Value::from(record.tables_hash())),
        ]);
        let key = match &redaction {
            Some(redaction) => self.put_key(&redaction.key(), &mut fields)?,
            None => Vec::new(),
        };
        self.store.write_holding(lock, who, now)?.record(act, fields)?;
        let whole = wish.only.is_empty() && wish.formats.is_empty();
        let earlier = if whole { not_written(&folder, &hashes, &kept)? } else { Vec::new() };
        Ok(ActsIssued { acts: issued, key, kept, earlier, stale: stale.map(str::to_owned) })
    }

    fn acts_folder(&self) -> PathBuf {
        self.out().join(FOLDER)
    }

    /// The drafts, and who is replaced by what in them if they are to be filed.
    fn drafted(
        &self,
        record: &RunRecord,
        filed: bool,
    ) -> Result<(Vec<Document>, Option<Redaction>), CaseError> {
        let law = law()?;
        let settings = self.settings();
        let mut facts: ActFacts = settings.acts.clone();
        if facts.claimant.domicile.trim().is_empty() {
            facts.claimant.domicile.clone_from(&settings.case.claimant_domicile);
        }
        let stated = &settings.case.facts;
        self.with_note_input(record, |note| {
            let drafts = acts(&ActsInput { note, law: &law, stated, facts: &facts });
            if !filed {
                return Ok((drafts, None));
            }
            let redaction = self.redaction(note)?;
            let filed = drafts.iter().filter_map(Document::for_filing);
            let mut filed: Vec<Document> = filed.map(|draft| redaction.apply(&draft)).collect();
            named_apart(&mut filed);
            Ok((filed, Some(redaction)))
        })?
    }

    /// The hashes of every file that an act of the journal ever wrote, by name.
    fn acts_written(&self, act: &str) -> Hashes {
        let mut out = Hashes::new();
        let entries = self.store.journal().iter().filter(|entry| entry.act == act);
        let lines = entries.filter_map(|entry| entry.fields.get("files")?.as_array()).flatten();
        for (name, sha256) in lines.filter_map(Value::as_str).filter_map(|l| l.rsplit_once(' ')) {
            out.entry(name.to_owned()).or_default().insert(sha256.to_owned());
        }
        out
    }

    /// What an act says under an id such as `assignation-x:S3`, and the ids that it rests on.
    pub(crate) fn said_in_act(
        &self,
        stem: &str,
        id: &str,
    ) -> Result<(String, Vec<String>), CaseError> {
        let not_yet =
            |what: &str| CaseError::NotYet { what: what.to_owned(), hint: "faisceau acts" };
        let issued = self.store.journal().iter().rev().find(|entry| entry.act == ISSUED);
        let tables = issued.and_then(|e| e.fields.get("tables_sha256")).and_then(Value::as_str);
        if tables != Some(RunRecord::read(&self.tables())?.tables_hash().as_str()) {
            return Err(not_yet("the acts were not drafted from the present tables"));
        }
        let path = self.acts_folder().join(format!("{stem}.json"));
        let text =
            fs::read_to_string(&path).map_err(|_| not_yet("that act was not drafted yet"))?;
        said_in(&text, id).ok_or_else(|| CaseError::UnknownId(format!("{stem}:{id}")))
    }
}

/// Two addressees whose names were replaced by one get files of their own.
fn named_apart(documents: &mut [Document]) {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for document in documents {
        let part = document.part.clone();
        for number in 2.. {
            if seen.insert(document.stem()) {
                break;
            }
            document.part = format!("{part}-{number}");
        }
    }
}

/// The stem and the id of a sentence, row or figure of an act: `assignation-x:S3`.
pub(crate) fn of_act(text: &str) -> Option<(&str, &str)> {
    let (stem, id) = text.split_once(':')?;
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let known = |kind: DocumentKind| {
        let rest = stem.strip_prefix(kind.stem());
        kind != DocumentKind::Note && rest.is_some_and(|r| r.is_empty() || r.starts_with('-'))
    };
    (stem.bytes().all(plain) && DocumentKind::ALL.into_iter().any(known)).then_some((stem, id))
}

/// The files of the folder that were neither written nor kept now.
fn not_written(
    folder: &Path,
    written: &BTreeMap<String, String>,
    kept: &[String],
) -> Result<Vec<String>, CaseError> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).map_err(io("read", folder))? {
        let path = entry.map_err(io("read", folder))?.path();
        let shown = path.display().to_string();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if !written.contains_key(name) && !kept.contains(&shown) {
            out.push(faisceau_model::inert(&shown).into_owned());
        }
    }
    out.sort();
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_an_act_names_a_file_of_the_folder_and_no_other() {
        assert_eq!(of_act("assignation-x:S3"), Some(("assignation-x", "S3")));
        assert_eq!(of_act("plainte-contre-x:T1.2"), Some(("plainte-contre-x", "T1.2")));
        for other in
            ["lnk:3", "note:S1", "assignation/../../note:S1", "assignationx:S1", "S3", "post:3:/a"]
        {
            assert_eq!(of_act(other), None, "{other}");
        }
    }
}
