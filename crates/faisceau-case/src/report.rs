//! `report`: the tables of the last run become the note, in the formats asked for and as JSON.

use faisceau_model::rows::{Address, Link};
use faisceau_report::{
    CaseFacts, DatasetLine, Found, Language, NoteInput, Refused, Rendering, StyleShift,
    TippettPoint, Unsought as LeftOut, ValidationLine, note_in,
};
use faisceau_tables::{read, read_batches};
use faisceau_weigh::{Calibration, LEAST_ACCOUNTS, Shift, Unmade};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::case::Case;
use crate::datasets::dataset_status;
use crate::error::CaseError;
use crate::progress::{Progress, Step};
use crate::record::RunRecord;
use crate::rendered::{LANGUAGE, language_of, put_all, rendered};
use crate::summary::Unsought;

/// A note that was written.
#[derive(Debug, Clone, Serialize)]
pub struct Issued {
    /// The note in each format asked for, in the order of [`Rendering::ALL`].
    pub files: Vec<String>,
    /// The same note for machines, with the support of each sentence.
    pub json: String,
    /// Files that were changed since they were written, and were kept as they are.
    pub kept: Vec<String>,
    /// Sentences that state a fact.
    pub sentences: usize,
    /// Why the tables no longer fit the case, if they do not.
    pub stale: Option<String>,
}

pub(crate) const JSON: &str = "note.json";
/// The act of the journal.
const ISSUED: &str = "report_issued";

impl Case {
    /// Writes the note as PDF and as JSON, and journals its hashes.
    pub fn report(
        &mut self,
        who: &str,
        now: Timestamp,
        progress: Progress<'_>,
    ) -> Result<Issued, CaseError> {
        self.report_as(&[Rendering::Pdf], Language::French, who, now, progress)
    }

    /// Writes an edition of the note in some formats and as JSON, and journals the hash of each file
    /// written. A file of an earlier note in another format stays; the journal tells what it belongs
    /// to.
    pub fn report_as(
        &mut self,
        formats: &[Rendering],
        language: Language,
        who: &str,
        now: Timestamp,
        progress: Progress<'_>,
    ) -> Result<Issued, CaseError> {
        let mut step = |what, done| progress(&Step { stage: "report", what, done, total: 3 });
        step("tables", 0);
        let lock = self.store.lock()?;
        let record = self.checked_record()?;
        let stale = record.stale(self)?;
        let note = self.with_note_input(&record, |input| note_in(input, language))?;
        step("typesetting", 1);
        let made = rendered(&note, formats)?;
        step("writing", 2);
        let mut fields = Map::new();
        let ours = self.note_hashes(ISSUED, &note.stem(), language);
        let mut written = put_all(&self.out(), &note.stem(), &made, &ours)?;
        written.note(&mut fields);
        fields.insert("tables_sha256".to_owned(), Value::from(record.tables_hash()));
        fields.insert(LANGUAGE.to_owned(), Value::from(language.as_str()));
        self.store.write_holding(lock, who, now)?.record(ISSUED, fields)?;
        Ok(Issued {
            json: written.files.remove(0),
            files: written.files,
            kept: written.kept,
            sentences: note.sentences().count(),
            stale: stale.map(str::to_owned),
        })
    }

    /// Gives what the note and the acts are written from to a function.
    pub(crate) fn with_note_input<T>(
        &self,
        record: &RunRecord,
        make: impl FnOnce(&NoteInput<'_>) -> T,
    ) -> Result<T, CaseError> {
        let tables = self.tables();
        let mut addresses: Vec<Address> = Vec::new();
        // Uses of an address that no account is tied to are counted in the summary of the run.
        read_batches::<Address>(&tables, |rows| {
            addresses.extend(rows.into_iter().filter(|row| row.account.known().is_some()));
            true
        })?;
        let (_, calibration) = self.reference()?;
        let corpus = self.pinned_reference().map_or_else(|| "reference".to_owned(), |pin| pin.id);
        let links: Vec<Link> = read(&tables)?;
        let case = CaseFacts {
            title: self.settings().case.title.clone(),
            claimant: self.settings().case.claimant.clone(),
            capacity: self.settings().case.capacity.clone(),
            access_place: self.settings().case.access_place.clone(),
            as_of: self.as_of()?,
            mission: String::new(),
            journal: None,
        };
        Ok(make(&NoteInput {
            case: &case,
            exhibits: &read(&tables)?,
            accounts: &read(&tables)?,
            posts: &read(&tables)?,
            addresses: &addresses,
            uses: record.summary.connections as i64,
            media: &read(&tables)?,
            mail_hops: &read(&tables)?,
            mail_verdicts: &read(&tables)?,
            mail_origins: &read(&tables)?,
            names: &read(&tables)?,
            verdicts: &read(&tables)?,
            sign_ins: &read(&tables)?,
            comparisons: &read(&tables)?,
            contributions: &read(&tables)?,
            links: &links,
            explanations: &read(&tables)?,
            reviews: &self.reviews(),
            raids: &read(&tables)?,
            identities: &read(&tables)?,
            requests: &read(&tables)?,
            clocks: &read(&tables)?,
            signatures: &read(&tables)?,
            answers: &read(&tables)?,
            subscribers: record.summary.subscribers as i64,
            unknown_fields: &read(&tables)?,
            rejects: &read(&tables)?,
            refused: &self.refused_members(),
            datasets: &self.dataset_lines()?,
            settings: &self.setting_lines(record)?,
            validation: &validation_lines(&calibration, &corpus),
            unsought: unsought(record.summary.unsought),
            provenance: &self.provenance(),
            style_shifts: &style_shifts(&record.summary.style_shifts),
            tool_version: env!("CARGO_PKG_VERSION"),
        }))
    }

    /// Whether the last note in French, which `why` reads, was written from the tables that stand
    /// now.
    pub(crate) fn note_is_current(&self) -> Result<bool, CaseError> {
        let journal = self.store.journal();
        let french = |fields| language_of(fields) == Language::French.as_str();
        let issued = journal.iter().rev().find(|e| e.act == ISSUED && french(&e.fields));
        // A decision on a link is printed too: one that came later is not in the note.
        if issued.is_some_and(|note| self.reviews().iter().any(|review| review.seq > note.seq)) {
            return Ok(false);
        }
        let tables = issued.and_then(|e| e.fields.get("tables_sha256")).and_then(Value::as_str);
        Ok(tables == Some(RunRecord::read(&self.tables())?.tables_hash().as_str()))
    }

    fn refused_members(&self) -> Vec<Refused> {
        self.store
            .refused()
            .map(|refusal| Refused {
                archive: refusal.parent,
                member: refusal.name.clone(),
                reason: refusal.detail.clone(),
            })
            .collect()
    }

    fn dataset_lines(&self) -> Result<Vec<DatasetLine>, CaseError> {
        Ok(dataset_status(Some(self))?
            .into_iter()
            .map(|d| DatasetLine {
                id: d.id,
                title: d.title,
                date: d.date,
                licence: d.licence,
                credit: d.credit,
                sha256: d.sha256,
                covers: d.covers.unwrap_or_default(),
                days_min: d.distance.map(|(min, _)| min),
                days_max: d.distance.map(|(_, max)| max),
                gaps: d.gaps.into(),
            })
            .collect())
    }

    /// The settings that bear on the result, and what the run was made from.
    fn setting_lines(&self, record: &RunRecord) -> Result<Vec<(String, String)>, CaseError> {
        let settings = self.settings();
        // What held: the floor of the settings, raised by the accounts among which pairs were found.
        let floor = self.cluster_settings(record.summary.examined as usize).floor_log10;
        let mut lines = vec![
            ("case.date".to_owned(), self.as_of()?.to_string()),
            ("compare.floor_log10".to_owned(), settings.compare.floor_log10.to_string()),
            ("compare.floor_applied".to_owned(), format!("{floor:.2}")),
            ("compare.max_accounts".to_owned(), settings.compare.max_accounts.to_string()),
            ("import.service".to_owned(), settings.import.service.clone()),
            (
                "import.zone".to_owned(),
                settings.import.zone.clone().unwrap_or_else(|| "—".to_owned()),
            ),
            (
                "enrich.overlay".to_owned(),
                settings.enrich.overlay.clone().unwrap_or_else(|| "—".to_owned()),
            ),
            (
                "mail.trusted".to_owned(),
                match settings.mail.trusted.as_slice() {
                    [] => "—".to_owned(),
                    trusted => trusted.join(", "),
                },
            ),
            ("exhibits_sha256".to_owned(), record.exhibits_sha256.clone()),
            ("settings_sha256".to_owned(), record.settings_sha256.clone()),
        ];
        if let Some(overlay) = &record.overlay_sha256 {
            lines.push(("overlay_sha256".to_owned(), overlay.clone()));
        }
        Ok(lines)
    }
}

/// The counts of the run in the form of the note.
fn unsought(counts: Unsought) -> LeftOut {
    LeftOut {
        pairs: counts.pairs as i64,
        values: counts.values as i64,
        near_copies: counts.near_copies as i64,
        objects_narrowed: counts.objects_narrowed as i64,
        objects_silent: counts.objects_silent as i64,
        minutes: counts.minutes as i64,
    }
}

/// What the run found of the calibration of style, in the form of the note.
fn style_shifts(shifts: &[Shift]) -> Vec<StyleShift> {
    let found = |shift: &Shift| match (shift.cost, shift.expected, shift.log10, shift.unmade) {
        (Some(cost), Some(expected), Some(log10), None) => Found::Held { cost, expected, log10 },
        (.., Some(Unmade::ChosenPairs)) => Found::ChosenPairs,
        (.., Some(Unmade::NoFigure)) => Found::NoFigure,
        _ => Found::FewAccounts(LEAST_ACCOUNTS as i64),
    };
    let line = |shift: &Shift| StyleShift {
        condition: shift.condition.clone(),
        accounts: shift.accounts as i64,
        pairs: shift.pairs as i64,
        found: found(shift),
    };
    shifts.iter().map(line).collect()
}

/// The error figures of a calibration, one line for each signal and amount of material. `corpus`
/// is the dataset that it belongs to.
fn validation_lines(calibration: &Calibration, corpus: &str) -> Vec<ValidationLine> {
    let file = calibration.file();
    file.tables
        .iter()
        .flat_map(|table| {
            table.bins.iter().map(move |bin| ValidationLine {
                signal: table.signal.clone(),
                condition: table.condition.clone(),
                corpus: corpus.to_owned(),
                material: bin.material,
                unit: table.unit.clone(),
                pairs_same: bin.same as i64,
                pairs_diff: bin.different as i64,
                auc: Some(bin.auc),
                eer: bin.eer,
                cllr: bin.cllr,
                cllr_min: bin.cllr_min,
                misleading_10: bin.different_misleading[1],
                misleading_100: bin.different_misleading[2],
                floor: Some(bin.low),
                cap: Some(bin.high),
                tippett: bin
                    .tippett
                    .iter()
                    .map(|point| TippettPoint {
                        log10_lr: point.log10_lr,
                        same: point.same,
                        different: point.different,
                    })
                    .collect(),
            })
        })
        .collect()
}
