//! The card of a signal: what `faisceau explain SIGNAL` and the annex of the report print.
//!
//! In: constants written beside each signal. Out: text. A heading left empty fails a test.

use faisceau_model::Family;

/// What a reader must know of a signal before relying on it.
#[derive(Debug, Clone, Copy)]
pub struct Card {
    /// The name, as it stands in the column `signal`.
    pub name: &'static str,
    /// The family.
    pub family: Family,
    /// What is measured, and on what scale the score is.
    pub measures: &'static str,
    /// The rows that are read.
    pub source: &'static str,
    /// The least material, below which no comparison is made.
    pub needs: &'static str,
    /// Codes of the innocent explanations that the signal can raise.
    pub innocent: &'static [&'static str],
    /// What it shares with other signals, and what follows for their combination.
    pub depends_on: &'static str,
    /// How its error was measured.
    pub validation: &'static str,
    /// Publications.
    pub reference: &'static str,
}

impl Card {
    /// The headings with their text, in the order in which they are printed.
    pub fn headings(&self) -> [(&'static str, String); 9] {
        [
            ("Signal", self.name.to_owned()),
            ("Family", self.family.to_string()),
            ("Measures", self.measures.to_owned()),
            ("Source", self.source.to_owned()),
            ("Needs at least", self.needs.to_owned()),
            ("Innocent explanations", self.innocent.join(", ")),
            ("Depends on", self.depends_on.to_owned()),
            ("Validation", self.validation.to_owned()),
            ("Reference", self.reference.to_owned()),
        ]
    }
}
