//! The datasets, bundled and pinned, and their age against the events of the case.

use faisceau_datasets::DatasetKind;
use faisceau_weigh::Corpus;
use serde::Serialize;

use crate::bundled::{calibration, infos, law, pinned};
use crate::case::Case;
use crate::error::CaseError;
use crate::pins::PinnedFile;
use crate::record::RunRecord;

/// One dataset and how far its date lies from the events.
#[derive(Debug, Clone, Serialize)]
pub struct DatasetStatus {
    /// Id, as sources cite it.
    pub id: String,
    /// What it says.
    pub title: String,
    /// The date of the data.
    pub date: String,
    /// First and last instant of a history.
    pub covers: Option<String>,
    /// Periods inside a history in which nothing is known.
    pub gaps: u32,
    /// Licence.
    pub licence: String,
    /// Credit that the licence wants.
    pub credit: String,
    /// Where it was obtained.
    pub source: String,
    /// What a reader must know before relying on it.
    pub limits: String,
    /// SHA-256 of the embedded files, in order, separated by a space.
    pub sha256: String,
    /// Whether the case pins it, rather than the program.
    pub pinned: bool,
    /// Smallest and largest distance in days from its date to an event of the case.
    pub distance: Option<(i64, i64)>,
}

/// What a check of a dataset that the case pins found.
#[derive(Debug, Clone, Serialize)]
pub struct DatasetCheck {
    /// Id, as sources cite it.
    pub id: String,
    /// What it answers.
    pub kind: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// What is not as it was pinned; `None` where nothing is wrong.
    pub problem: Option<String>,
    /// Smallest and largest distance in days from its date to an event of the case.
    pub distance: Option<(i64, i64)>,
}

/// The datasets; with a case that was run, their distance to its events.
pub fn dataset_status(case: Option<&Case>) -> Result<Vec<DatasetStatus>, CaseError> {
    let record = match case.map(|case| RunRecord::read(&case.tables())) {
        None | Some(Err(CaseError::NotYet { .. })) => None,
        Some(Err(error)) => return Err(error),
        Some(Ok(record)) => Some(record),
    };
    let distance = |label: &str| {
        let distances = &record.as_ref()?.distances;
        let found = distances.iter().filter(|d| cites(&d.source, label));
        found.map(|d| (d.min, d.max)).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    };
    let mut all: Vec<DatasetStatus> = infos()
        .into_iter()
        .map(|info| DatasetStatus {
            id: info.label(),
            title: info.title.to_owned(),
            date: info.date.to_owned(),
            covers: info.covers.map(|(from, to)| format!("{from} to {to}")),
            gaps: info.gaps,
            licence: info.licence.to_owned(),
            credit: info.credit.to_owned(),
            source: info.source.to_owned(),
            limits: info.limits.to_owned(),
            sha256: info.files.iter().map(|f| f.sha256).collect::<Vec<_>>().join(" "),
            pinned: false,
            distance: distance(&info.label()),
        })
        .collect();
    let pins = case.map(Case::pins).unwrap_or_default();
    all.extend(pins.into_iter().map(|pin| pin_status(&pin, distance(&pin.id))));
    all.push(law_status()?);
    all.push(reference_status()?);
    Ok(all)
}

/// A dataset that the case pins. What nobody stated says so: an empty field would read as *none*.
fn pin_status(pin: &PinnedFile, distance: Option<(i64, i64)>) -> DatasetStatus {
    let stated = |text: &str| if text.is_empty() { "not stated" } else { text }.to_owned();
    let title =
        pin.kind.parse().map_or_else(|_| pin.kind.clone(), |k: DatasetKind| k.title().to_owned());
    DatasetStatus {
        id: pin.id.clone(),
        title,
        date: pin.date.clone(),
        covers: None,
        gaps: 0,
        licence: stated(&pin.licence),
        credit: stated(&pin.credit),
        source: stated(&pin.source),
        limits: "pinned by the case: its source and date are what its user states".to_owned(),
        sha256: pin.sha256.clone(),
        pinned: true,
        distance,
    }
}

impl Case {
    /// Hashes and reads again every dataset that the case pins, and says how far it is from the
    /// events.
    pub fn check_datasets(&self) -> Result<Vec<DatasetCheck>, CaseError> {
        let all = dataset_status(Some(self))?;
        let distance = |id: &str| all.iter().find(|d| d.pinned && d.id == id)?.distance;
        let pins = self.pins();
        Ok(pins
            .iter()
            .map(|pin| DatasetCheck {
                id: pin.id.clone(),
                kind: pin.kind.clone(),
                sha256: pin.sha256.clone(),
                problem: self.recheck(pin),
                distance: distance(&pin.id),
            })
            .collect())
    }
}

/// The law file: it has no distance to events, it is known until a month.
fn law_status() -> Result<DatasetStatus, CaseError> {
    let until = law()?.known_until().to_owned();
    Ok(DatasetStatus {
        id: "law".to_owned(),
        title: "offences, categories of data, deadlines and addressees of French law".to_owned(),
        covers: Some(format!("texts known until {until}")),
        date: until,
        gaps: 0,
        licence: "public texts (Licence Ouverte); compilation CC0-1.0".to_owned(),
        credit: "none required".to_owned(),
        source: "compiled for faisceau; each entry names its source".to_owned(),
        limits: "every addressee and every entry « à vérifier » must be checked before filing"
            .to_owned(),
        sha256: hashes("law/"),
        pinned: false,
        distance: None,
    })
}

/// The reference population and its calibration.
fn reference_status() -> Result<DatasetStatus, CaseError> {
    let calibration = calibration()?;
    let corpora = &calibration.file().corpora;
    let joined =
        |part: fn(&Corpus) -> &str| corpora.iter().map(part).collect::<Vec<_>>().join("; ");
    let authors: usize = corpora.iter().map(|corpus| corpus.authors).sum();
    let days = |part: fn(&Corpus) -> &str| corpora.iter().map(part);
    let last = days(|c| &c.to).max().unwrap_or_default().to_owned();
    let first = days(|c| &c.from).min().unwrap_or_default();
    Ok(DatasetStatus {
        id: "reference".to_owned(),
        title: format!("reference population of {authors} authors and its calibration"),
        covers: Some(format!("{first} to {last}")),
        date: last,
        gaps: 0,
        licence: "CC BY 3.0, CC BY 4.0, Licence Ouverte, public domain".to_owned(),
        credit: joined(|c| &c.credit),
        source: joined(|c| &c.name),
        limits: "another population than that of the case: see the error figures".to_owned(),
        sha256: hashes("reference/"),
        pinned: false,
        distance: None,
    })
}

/// The hashes of the bundled texts of a folder, in order.
fn hashes(folder: &str) -> String {
    pinned()
        .into_iter()
        .filter(|pin| pin.id.starts_with(folder))
        .map(|pin| pin.sha256)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a source names this dataset at this date.
pub(crate) fn cites(source: &str, label: &str) -> bool {
    source == label || source.strip_prefix(label).is_some_and(|rest| rest.starts_with(' '))
}
