//! The calibration: what a score is worth for that much material.
//!
//! In: `calibration.json`, fitted on the reference, and `discrete.toml`, conventions. Out: LRs on
//! the log10 scale with interval and cap. Refuses a file of another version, bins out of order,
//! and bounds that are not.

use faisceau_model::Lr;
use faisceau_model::rows::Comparison;
use serde::{Deserialize, Serialize};

use crate::discrete::Discrete;
use crate::validation::Bin;

/// The version of `calibration.json`.
pub const VERSION: u32 = 2;
/// The oldest version that is read: without what ordinary pairs cost.
const OLDEST: u32 = 1;

/// A calibration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CalibrationError {
    /// Not the JSON that it should be.
    #[error("the calibration cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    /// Not the TOML that it should be.
    #[error("the conventional rates cannot be read: {0}")]
    Toml(#[from] toml::de::Error),
    /// Of another version.
    #[error("the calibration is of version {0}, version {OLDEST} to {VERSION} was expected")]
    Version(u32),
    /// A table that cannot be used.
    #[error("the calibration of `{signal}` {problem}")]
    Table {
        /// The signal.
        signal: String,
        /// What is wrong with it.
        problem: &'static str,
    },
}

/// A corpus on which the calibration was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corpus {
    /// What it is.
    pub name: String,
    /// Who is to be credited, under which licence.
    pub credit: String,
    /// Its authors.
    pub authors: usize,
    /// First day of its messages.
    pub from: String,
    /// Last day of its messages.
    pub to: String,
}

/// The bins of one signal under one condition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The signal.
    pub signal: String,
    /// The innocent explanation of a comparison that this table is for, empty for the others.
    pub condition: String,
    /// Unit of the material.
    pub unit: String,
    /// Bins in ascending order of material.
    pub bins: Vec<Bin>,
}

/// The file `calibration.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalibrationFile {
    /// The version of the file.
    pub version: u32,
    /// How the trials were made.
    pub protocol: String,
    /// SHA-256 of the decompressed texts of the reference.
    pub authors_sha256: String,
    /// SHA-256 of the hours of the reference.
    pub hours_sha256: String,
    /// The corpora.
    pub corpora: Vec<Corpus>,
    /// The signals.
    pub tables: Vec<Table>,
}

/// The calibration of all signals.
#[derive(Debug, Clone)]
pub struct Calibration {
    file: CalibrationFile,
    discrete: Discrete,
}

impl Calibration {
    /// Reads `calibration.json` and `discrete.toml`.
    pub fn parse(json: &str, discrete: &str) -> Result<Self, CalibrationError> {
        let file: CalibrationFile = serde_json::from_str(json)?;
        if !(OLDEST..=VERSION).contains(&file.version) {
            return Err(CalibrationError::Version(file.version));
        }
        file.tables.iter().try_for_each(check)?;
        Ok(Self { file, discrete: Discrete::parse(discrete)? })
    }

    /// The fitted part, with its error figures.
    pub fn file(&self) -> &CalibrationFile {
        &self.file
    }

    /// The table for a comparison: that of its condition, else the plain one.
    pub fn table(&self, comparison: &Comparison) -> Option<&Table> {
        let of_signal = || self.file.tables.iter().filter(|t| t.signal == comparison.signal);
        let special = of_signal().find(|table| {
            !table.condition.is_empty() && comparison.innocent.contains(&table.condition)
        });
        special.or_else(|| of_signal().find(|table| table.condition.is_empty()))
    }

    /// The LR of a score of a fitted signal with that much material, under a condition or, where it
    /// has no table, none. `None` where the calibration has nothing for it.
    pub fn lr(&self, signal: &str, condition: &str, material: i64, score: f64) -> Option<Lr> {
        Some(self.table_of(signal, condition)?.lr(material, score)?.lr)
    }

    /// The table of a signal under a condition or, where it has none, the plain one.
    pub fn table_of(&self, signal: &str, condition: &str) -> Option<&Table> {
        let of = |condition: &str| {
            self.file.tables.iter().find(|t| t.signal == signal && t.condition == condition)
        };
        of(condition).or_else(|| of(""))
    }

    /// The conventional rates.
    pub(crate) fn discrete(&self) -> &Discrete {
        &self.discrete
    }
}

/// A calibrated LR, and how well the calibration told authors apart.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fitted {
    pub(crate) lr: Lr,
    pub(crate) cllr: f64,
}

impl Table {
    /// The LR of a score with that much material on the smaller side, or `None` below the least
    /// material of the table. Between two bins the log10 LR is interpolated on the logarithm of
    /// the material.
    pub(crate) fn lr(&self, material: i64, score: f64) -> Option<Fitted> {
        let (below, next, share) = self.around(material)?;
        let mix = |of: &dyn Fn(&Bin) -> f64| (1.0 - share) * of(below) + share * of(next);
        let cap = faisceau_model::Cap { low: mix(&|bin| bin.low), high: mix(&|bin| bin.high) };
        let point = mix(&|bin| bin.log10_lr(score));
        // Interpolation can bring the ends an ulp inside the point.
        let low = mix(&|bin| bin.interval(score).0).min(point);
        let high = mix(&|bin| bin.interval(score).1).max(point);
        let lr = Lr::calibrated(point, low, high, cap)?;
        Some(Fitted { lr, cllr: mix(&|bin| bin.cllr) })
    }

    /// The log10 LR of [`Table::lr`] alone, without the work of its interval.
    pub(crate) fn point(&self, material: i64, score: f64) -> Option<f64> {
        let mix = |of: &dyn Fn(&Bin) -> f64| self.mixed(material, |bin| Some(of(bin)));
        let (low, high) = (mix(&|bin| bin.low)?, mix(&|bin| bin.high)?);
        let point = mix(&|bin| bin.log10_lr(score))?;
        (point.is_finite() && low <= high).then(|| point.clamp(low, high))
    }

    /// A figure of the bins around that much material, interpolated as the LR is; `None` where a
    /// bin lacks it.
    pub(crate) fn mixed(&self, material: i64, of: impl Fn(&Bin) -> Option<f64>) -> Option<f64> {
        let (below, next, share) = self.around(material)?;
        Some((1.0 - share) * of(below)? + share * of(next)?)
    }

    /// The bins below and above that much material, and how far it lies towards the second.
    fn around(&self, material: i64) -> Option<(&Bin, &Bin, f64)> {
        let above = self.bins.partition_point(|bin| bin.material <= material);
        let below = self.bins.get(above.checked_sub(1)?)?;
        let next = self.bins.get(above).unwrap_or(below);
        let share = if next.material > below.material {
            let ln = |material: i64| libm::log(material as f64);
            (ln(material) - ln(below.material)) / (ln(next.material) - ln(below.material))
        } else {
            0.0
        };
        Some((below, next, share))
    }
}

fn check(table: &Table) -> Result<(), CalibrationError> {
    let problem = |problem| CalibrationError::Table { signal: table.signal.clone(), problem };
    if table.bins.is_empty() {
        return Err(problem("has no bin"));
    }
    let materials: Vec<i64> = table.bins.iter().map(|bin| bin.material).collect();
    if materials[0] <= 0 || !materials.is_sorted_by(|a, b| a < b) {
        return Err(problem("has bins out of order"));
    }
    for bin in &table.bins {
        let bounded =
            bin.low <= 0.0 && bin.high >= 0.0 && bin.low.is_finite() && bin.high.is_finite();
        let fitted = bin.intercept.is_finite() && bin.slope.is_finite();
        if bin.ordinary_cost.is_some_and(|cost| !(0.0..=64.0).contains(&cost)) {
            return Err(problem("has a bin whose ordinary pairs cost no number of bits"));
        }
        if !bounded || !fitted {
            return Err(problem("has a bin whose bounds or coefficients are not numbers in order"));
        }
        // The sign of a score is what its card says; a calibration that turns it round is a fault.
        if bin.slope <= 0.0 {
            return Err(problem("has a bin in which a higher score speaks for different hands"));
        }
    }
    Ok(())
}
