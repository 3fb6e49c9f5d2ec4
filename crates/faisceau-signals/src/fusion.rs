//! How the parts of a family make one score.
//!
//! In: `fusion.json`, fitted on the reference. Out: the weighted sum of the parts of a pair. The
//! parts share their causes, so that one score is calibrated and never a product of several.

use serde::{Deserialize, Serialize};

/// The version of `fusion.json`.
pub(crate) const VERSION: u32 = 1;

/// The weight of one part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weight {
    /// The signal that makes the part.
    pub part: String,
    /// Its weight, not below 0.
    pub weight: f64,
}

/// The weights of the parts of one fused signal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// The fused signal.
    pub signal: String,
    /// The parts.
    pub parts: Vec<Weight>,
}

/// The file `fusion.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fusion {
    /// The version of the file.
    pub version: u32,
    /// How the weights were found.
    pub ground: String,
    /// The fused signals.
    pub signals: Vec<Weights>,
}

impl Fusion {
    /// The weight of a part, 1 for a signal or a part that the file does not name.
    pub(crate) fn weight(&self, signal: &str, part: &str) -> f64 {
        let of_signal = self.signals.iter().find(|weights| weights.signal == signal);
        let named = of_signal.and_then(|w| w.parts.iter().find(|weight| weight.part == part));
        named.map_or(1.0, |weight| weight.weight)
    }

    /// Weights of 1 throughout.
    pub(crate) fn plain() -> Self {
        Self { version: VERSION, ground: String::new(), signals: Vec::new() }
    }
}
