//! What one mechanism says of a mail, before it becomes a row.

use faisceau_model::{MailMechanism, MailResult, MailVerdictBy};

/// One verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) mechanism: MailMechanism,
    pub(super) result: MailResult,
    pub(super) by: MailVerdictBy,
    pub(super) reporter: Option<String>,
    pub(super) domain: Option<String>,
    pub(super) selector: Option<String>,
    pub(super) aligned: Option<bool>,
    pub(super) covers: Vec<String>,
    /// Seconds since 1970.
    pub(super) signed: Option<i64>,
    pub(super) detail: Vec<String>,
    pub(super) rows: Vec<String>,
}

impl Said {
    /// A verdict that was computed here.
    pub(super) fn recomputed(mechanism: MailMechanism, result: MailResult) -> Self {
        Self {
            mechanism,
            result,
            by: MailVerdictBy::Recomputed,
            reporter: None,
            domain: None,
            selector: None,
            aligned: None,
            covers: Vec::new(),
            signed: None,
            detail: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// With what was met.
    pub(super) fn noting(mut self, code: impl Into<String>) -> Self {
        self.detail.push(code.into());
        self
    }
}
