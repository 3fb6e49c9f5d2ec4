//! What each head asks, in the words of an act.

use faisceau_model::Head;
use serde::Deserialize;

use super::parse::Status;

/// Whom a head is asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeadStep {
    /// A platform, about an account.
    Platform,
    /// An operator, about an address at an instant.
    Operator,
    /// A mail provider, about a mailbox.
    Mail,
}

/// The words of one head of request.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadText {
    /// The head.
    pub head: Head,
    /// Whom it is asked of.
    pub step: HeadStep,
    /// What is asked.
    pub ask: String,
    /// How the account, message or address is designated.
    pub designate: Vec<String>,
    /// Where the answer leads.
    pub then: String,
    /// Remark.
    pub note: Option<String>,
    /// How far the entry was checked.
    pub status: Status,
    /// Day of the last check, ISO 8601.
    pub checked: String,
    /// Where it comes from.
    pub source: String,
}
