//! The calibration of a reference.
//!
//! In: the files of a reference. Out: the weights of the parts, and `calibration.json`: for each signal, condition and amount of
//! material a bin with its error figures.

use faisceau_media::hex;
use faisceau_signals::alterego::{self, Rivals, Times};
use faisceau_signals::style::{PARTS, writing_style};
use faisceau_signals::{Author, Fusion, Reference, ReferenceError};
use faisceau_weigh::validation::{Bin, Trial, fit_bin};
use faisceau_weigh::{CalibrationFile, Corpus, Table, VERSION};
use sha2::{Digest, Sha256};

use super::ReferenceFiles;
use super::fusion::fusion;
use crate::protocol::draws;

/// How the trials are made, as the file says it.
pub const PROTOCOL: &str = "Alter ego: each author's history is cut at the median message; the half \
    before the cut is compared with the half after it of every author of the same site, with the \
    material nearest the cut. Style: authors whose halves both hold at least 80 % of the words of \
    the bin; rivals from the same site; seven drawn rivals under the condition small_population; \
    rivals from other sites of the same language, where there are any, under foreign_population. \
    Time: distinct active hours, the 24 hours around the cut left out; authors whose time zone is \
    known only against authors of a zone at most one hour away. Prior-neutral logistic calibration; \
    error figures and bounds (ELUB) from LRs of authors who were not in the fit, five folds by \
    author; 200 replicates, authors drawn with replacement. The features of the text, their \
    weights, the windows of hours and the strength of the prior were chosen on the authors of the \
    bundled reference, so that figures on these flatter a little: docs/validation.md has those on \
    others.";

/// Words a side of the bins of style: the ladder of the signal.
pub const WORDS: [usize; 10] = [50, 70, 100, 140, 180, 250, 350, 500, 700, 1000];
/// Active hours a side of the bins of time.
pub const HOURS: [usize; 7] = [2, 4, 8, 15, 30, 60, 120];
/// Signals of time that are weighed, each with what it compares.
pub const TIMES: [(&str, Times); 2] =
    [("hour_of_week", Times::Hours), ("posting_times", Times::Both)];
/// Sources of rivals, each with the condition of its table.
pub const RIVALS: [Rivals; 3] = [Rivals::Local, Rivals::FewLocal, Rivals::Reference];
/// Draws of authors with replacement.
const REPLICATES: usize = 200;

/// A reference on which no calibration can be made.
#[derive(Debug, thiserror::Error)]
pub enum CalibrateError {
    /// Its texts or hours cannot be read.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
    /// Its credits or weights cannot be read.
    #[error("the list of corpora or the weights cannot be read: {0}")]
    Corpora(#[from] serde_json::Error),
    /// What came out cannot be used.
    #[error(transparent)]
    Calibration(#[from] faisceau_weigh::CalibrationError),
}

/// Finds the weights of the parts and calibrates on a reference. `progress` is told how many of
/// how many bins are done. A bin with too few authors is left out; a signal without any bin has no
/// table. Where there are too few texts to find weights, those of `fallback` stay.
pub fn calibrate(
    files: &ReferenceFiles,
    fallback: Fusion,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<(Fusion, CalibrationFile), CalibrateError> {
    let (authors, hours) = (files.authors_jsonl.as_bytes(), files.hours_json.as_bytes());
    let plain = serde_json::to_vec(&fallback)?;
    let reference = Reference::parse(authors, hours, &plain)?;
    let fusion = fusion(&reference).unwrap_or(fallback);
    let reference = reference.with_fusion(fusion.clone());
    let corpora: Vec<Corpus> = serde_json::from_str(&files.corpora_json)?;
    let steps = RIVALS.len() * WORDS.len() + TIMES.len() * HOURS.len();
    let mut done = 0;
    let mut step = |bin: Option<Bin>| {
        done += 1;
        progress(done, steps);
        bin
    };
    let mut tables = Vec::new();
    for rivals in RIVALS {
        let bins = WORDS.iter().filter_map(|&words| step(style_bin(&reference, words, rivals)));
        let condition = rivals.code().unwrap_or_default();
        tables.push(table(writing_style::CARD.name, condition, "words", bins.collect()));
    }
    for (signal, what) in TIMES {
        let bins = HOURS.iter().filter_map(|&hours| step(time_bin(&reference, hours, what)));
        tables.push(table(signal, "", "active hours", bins.collect()));
    }
    tables.retain(|table| !table.bins.is_empty());
    let file = CalibrationFile {
        version: VERSION,
        protocol: PROTOCOL.to_owned(),
        authors_sha256: hex(&Sha256::digest(authors)),
        hours_sha256: hex(&Sha256::digest(hours)),
        corpora,
        tables,
    };
    Ok((fusion, file))
}

/// The file as it is stored: one bin a line.
pub fn calibration_json(file: &CalibrationFile) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string(file)?.replace("{\"material\"", "\n{\"material\"") + "\n")
}

/// The bin of `writing_style` at `words` words a side.
pub fn style_bin(reference: &Reference, words: usize, rivals: Rivals) -> Option<Bin> {
    bin(words, &style_trials(reference, reference.authors(), words, rivals))
}

/// The trials of `writing_style`, fused.
pub fn style_trials(
    reference: &Reference,
    authors: &[Author],
    words: usize,
    rivals: Rivals,
) -> Vec<alterego::Trial> {
    let fused = |t: alterego::PartTrial| alterego::Trial {
        a: t.a,
        b: t.b,
        score: reference.fused(writing_style::CARD.name, &PARTS, &t.parts),
    };
    alterego::style(authors, words, rivals).into_iter().map(fused).collect()
}

/// The bin of a signal of time at `hours` active hours a side.
pub fn time_bin(reference: &Reference, hours: usize, what: Times) -> Option<Bin> {
    bin(hours, &alterego::matched(reference, reference.hours(), hours, what))
}

fn bin(material: usize, trials: &[alterego::Trial]) -> Option<Bin> {
    let trials: Vec<Trial> =
        trials.iter().map(|t| Trial { a: t.a, b: t.b, score: t.score }).collect();
    fit_bin(material as i64, &trials, &draws(&trials, REPLICATES))
}

fn table(signal: &str, condition: &str, unit: &str, bins: Vec<Bin>) -> Table {
    Table { signal: signal.into(), condition: condition.into(), unit: unit.into(), bins }
}
