//! What stands in no table: an exhibit, a line of the journal, a dataset, a setting.

use faisceau_model::{ExhibitNo, Place};

use crate::case::Case;
use crate::error::CaseError;
use crate::record::RunRecord;
use crate::why::explanation::Explanation;

/// What the note may rest on besides what `case.toml` and the record of the run hold.
const SETTINGS: [&str; 36] = [
    "acts.astreinte_eur",
    "acts.claimant.born",
    "acts.claimant.domicile",
    "acts.claimant.email",
    "acts.claimant.names",
    "acts.claimant.nationality",
    "acts.claimant.profession",
    "acts.costs_eur",
    "acts.court",
    "acts.days",
    "acts.effects",
    "acts.hearing",
    "acts.lawyer",
    "acts.other_exhibits",
    "acts.reason_against_contradiction",
    "case.access_place",
    "case.as_of",
    "case.capacity",
    "case.claimant",
    "case.claimant_domicile",
    "case.date",
    "case.facts",
    "case.journal",
    "case.mission",
    "compare.floor_applied",
    "compare.floor_log10",
    "compare.max_accounts",
    "datasets",
    "enrich.overlay",
    "import.service",
    "import.zone",
    "mail.trusted",
    "overlay_sha256",
    "tool",
    "validation",
    "version",
];

impl Case {
    /// Adds the bytes; an exhibit that is not what was taken in ends the walk.
    pub(super) fn add_bytes(
        &self,
        node: &mut Explanation,
        exhibit: ExhibitNo,
        place: &Place,
    ) -> Result<(), CaseError> {
        match self.bytes_at(exhibit, place) {
            Ok(bytes) => node.bytes = Some(bytes),
            Err(error) if error.is_integrity() => return Err(error),
            Err(error) => node.facts.push(("bytes".to_owned(), error.to_string())),
        }
        Ok(())
    }

    pub(super) fn exhibit(&self, no: ExhibitNo) -> Result<Explanation, CaseError> {
        let exhibit =
            self.store.exhibit(no).ok_or_else(|| CaseError::UnknownId(format!("exh:{no}")))?;
        let mut node = Explanation::new(format!("exh:{no}"), "exhibit")
            .fact("name", &exhibit.name)
            .fact("sha256", exhibit.sha256.to_string())
            .fact("bytes", exhibit.bytes.to_string())
            .fact("added", format!("{} by {}", exhibit.added_at, exhibit.who))
            .fact("journal line", exhibit.line.to_string());
        self.add_bytes(&mut node, no, &Place::Whole)?;
        Ok(node)
    }

    /// A line of the journal.
    pub(super) fn act(&self, number: u64) -> Option<Explanation> {
        let entry = self.store.journal().iter().find(|entry| entry.seq == number)?;
        let mut node = Explanation::new(format!("jrn:{number}"), "line of the journal")
            .fact("act", &entry.act)
            .fact("at", entry.at.to_string())
            .fact("who", &entry.who)
            .fact("hash", entry.hash.to_string());
        let fields = serde_json::Value::Object(entry.fields.clone()).to_string();
        node.bytes = Some(faisceau_model::excerpt(&fields, 1_000));
        Some(node)
    }

    /// A dataset, bundled or pinned by the case.
    pub(super) fn dataset(&self, text: &str) -> Option<Explanation> {
        let id = text.strip_prefix("dat:")?;
        let mut all = crate::datasets::dataset_status(Some(self)).ok()?.into_iter();
        let dataset = all.find(|d| {
            let name = d.id.split('@').next().unwrap_or(&d.id);
            name == id || crate::datasets::cites(id, &d.id)
        })?;
        let title = if dataset.pinned { "dataset that the case pins" } else { "bundled dataset" };
        Some(
            Explanation::new(text, title)
                .fact("title", dataset.title)
                .fact("source", dataset.source)
                .fact("licence", dataset.licence)
                .fact("date", dataset.date)
                .fact("limits", dataset.limits)
                .fact("sha256", dataset.sha256),
        )
    }

    /// A setting is a line of `case.toml`, which the journal hashes at each run.
    pub(super) fn setting(&self, text: &str) -> Option<Explanation> {
        let name = text.strip_prefix("set:")?;
        let file = std::fs::read_to_string(self.root().join("case.toml")).ok()?;
        let value: toml::Table = file.parse().ok()?;
        let found = name.split('.').try_fold(toml::Value::Table(value), |at, key| {
            at.as_table().and_then(|table| table.get(key).cloned())
        });
        let record = serde_json::to_value(RunRecord::read(&self.tables()).ok()?).ok()?;
        let recorded = name.split('.').try_fold(&record, |at, key| at.get(key));
        let (title, shown) = match (found, recorded) {
            (Some(value), _) => ("setting of case.toml", value.to_string()),
            (None, Some(value)) => ("record of the run, tables/run.json", value.to_string()),
            (None, None) if SETTINGS.contains(&name) => {
                ("setting that case.toml leaves to the program", "default".to_owned())
            }
            (None, None) => return None,
        };
        Some(Explanation::new(text, title).fact(name, shown))
    }
}
