//! What decisions did with connection data, by maximum penalty.

use serde::Deserialize;

use super::parse::Status;

/// What may be expected of a request for connection data. Never a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GravityLevel {
    /// Decisions refused it: not requested.
    Refused,
    /// Granted at least once, no appeal ruling: « discutable ».
    Arguable,
    /// Decisions granted it.
    Granted,
}

/// One step of the matrix, valid from `min_years` up to the next step.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gravity {
    /// Maximum penalty from which the step holds, in years.
    pub min_years: f64,
    /// What may be expected.
    pub level: GravityLevel,
    /// Why.
    pub basis: String,
    /// The decisions.
    pub decisions: Vec<String>,
    /// How far the entry was checked.
    pub status: Status,
    /// Day of the last check, ISO 8601.
    pub checked: String,
    /// Where it comes from.
    pub source: String,
}
