//! Categories of retained data.

use faisceau_model::Head;
use serde::Deserialize;

use super::parse::Status;

/// A category of retained data: C1, C2a, C2b, C3, C4.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Its code.
    pub code: String,
    /// The head of request that asks for it; none for what is never requested.
    pub head: Option<Head>,
    /// Its name.
    pub name: String,
    /// What it holds.
    pub content: Vec<String>,
    /// The code of the deadline of its retention.
    pub deadline: String,
    /// The purpose for which the law has it kept.
    pub purpose: String,
    /// The articles.
    pub articles: Vec<String>,
    /// What civil judges have done with it.
    pub civil_practice: String,
    /// Whether it may be requested at all.
    pub requestable: bool,
    /// How far the entry was checked.
    pub status: Status,
    /// Day of the last check, ISO 8601.
    pub checked: String,
    /// Where it comes from.
    pub source: String,
}
