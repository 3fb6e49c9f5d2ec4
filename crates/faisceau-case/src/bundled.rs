//! What is bundled with the program, parsed: datasets, law, reference population, calibration.

use faisceau_datasets::{Bundle, DatasetInfo};
use faisceau_enrich::{PinnedTor, Providers};
use faisceau_graph::Law;
use faisceau_signals::Reference;
use faisceau_store::Sha256Sum;
use faisceau_weigh::Calibration;

use crate::case::Case;
use crate::error::CaseError;
use crate::pins::PinnedFile;
use crate::record::PinnedDataset;

/// Everything a run is given besides the case.
pub(crate) struct Bundled {
    own: Option<Bundle>,
    datasets: &'static Bundle,
    /// The Tor documents that the case pins.
    pub(crate) tor: Option<PinnedTor>,
    pub(crate) law: Law,
    pub(crate) reference: Reference,
    pub(crate) calibration: Calibration,
}

impl Bundled {
    /// Everything, with the datasets that the case pins.
    pub(crate) fn load(case: &Case) -> Result<Self, CaseError> {
        let (reference, calibration) = case.reference()?;
        Ok(Self {
            own: case.bundle()?,
            tor: case.tor()?,
            datasets: Bundle::embedded()?,
            law: law()?,
            reference,
            calibration,
        })
    }
}

impl Bundled {
    /// The datasets of the run.
    pub(crate) fn datasets(&self) -> &Bundle {
        self.own.as_ref().unwrap_or(self.datasets)
    }
}

/// The law, without unpacking the rest.
pub(crate) fn law() -> Result<Law, CaseError> {
    Law::parse(faisceau_datasets::law_files()).map_err(|e| broken("law", &e))
}

/// What mail providers leave of the client's address.
pub(crate) fn mail_providers() -> Result<Providers, CaseError> {
    Providers::parse(faisceau_datasets::mail_provider_file())
        .map_err(|e| broken("mail providers", &e))
}

/// The reference population that is bundled.
pub(crate) fn reference() -> Result<Reference, CaseError> {
    let files = faisceau_datasets::reference_files()?;
    Reference::parse(&files.authors, files.hours.as_bytes(), files.fusion.as_bytes())
        .map_err(|e| broken("reference population", &e))
}

/// The conventional rates.
pub(crate) fn discrete() -> &'static str {
    faisceau_datasets::calibration_files().1
}

/// The calibration, without unpacking the rest.
pub(crate) fn calibration() -> Result<Calibration, CaseError> {
    let (json, discrete) = faisceau_datasets::calibration_files();
    Calibration::parse(json, discrete).map_err(|e| broken("calibration", &e))
}

/// The datasets of a run with their hashes: the bundled ones, then those of the case.
pub(crate) fn pinned_by(case: &Case) -> Vec<PinnedDataset> {
    let of = |pin: &PinnedFile| PinnedDataset { id: pin.key(), sha256: pin.sha256.clone() };
    pinned().into_iter().chain(case.pins().iter().map(of)).collect()
}

/// The bundled datasets with their hashes, as `run.json` and the journal pin them.
pub(crate) fn pinned() -> Vec<PinnedDataset> {
    let texts = faisceau_datasets::text_files()
        .into_iter()
        .map(|(id, bytes)| PinnedDataset { id, sha256: Sha256Sum::of(bytes).to_string() });
    infos().iter().flat_map(pins).chain(texts).collect()
}

/// The datasets, by id and date.
pub(crate) fn infos() -> Vec<DatasetInfo> {
    Bundle::list()
}

fn pins(info: &DatasetInfo) -> Vec<PinnedDataset> {
    info.files
        .iter()
        .map(|file| PinnedDataset { id: file.path.to_owned(), sha256: file.sha256.to_owned() })
        .collect()
}

fn broken(what: &'static str, error: &dyn std::fmt::Display) -> CaseError {
    CaseError::Bundled { what, message: error.to_string() }
}
