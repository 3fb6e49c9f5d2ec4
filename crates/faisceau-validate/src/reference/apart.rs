//! A reference with its calibration from some corpora alone, held in memory.
//!
//! In: corpora, and the conventional rates. Out: what weighs accounts of a corpus that had no part
//! in it. Bins in which a higher score speaks for different hands are left out: a case has
//! nothing to say there.

use faisceau_signals::{Fusion, Reference};
use faisceau_weigh::Calibration;

use super::build::{Source, build_reference};
use super::calibrate::{CalibrateError, calibrate, calibration_json};

/// Builds a reference from corpora and calibrates on it. `progress` is told how many of how many
/// bins are done.
pub fn calibrated_on(
    sources: &[Source<'_>],
    discrete: &str,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<(Reference, Calibration), CalibrateError> {
    let files = build_reference(sources)?;
    let plain = Fusion { version: 1, ground: String::new(), signals: Vec::new() };
    let (fusion, mut file) = calibrate(&files, plain, progress)?;
    for table in &mut file.tables {
        table.bins.retain(|bin| bin.slope > 0.0);
    }
    file.tables.retain(|table| !table.bins.is_empty());
    let (authors, hours) = (files.authors_jsonl.as_bytes(), files.hours_json.as_bytes());
    let reference = Reference::parse(authors, hours, &serde_json::to_vec(&fusion)?)?;
    Ok((reference, Calibration::parse(&calibration_json(&file)?, discrete)?))
}
