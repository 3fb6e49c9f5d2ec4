//! The cards of the signals, with the error figures of their calibration.

use std::fmt::Write;

use faisceau_weigh::Table;
use faisceau_weigh::validation::Bin;
use serde::Serialize;

use crate::bundled;
use crate::case::Case;
use crate::error::CaseError;

/// What a reader must know of a signal, ready to print.
#[derive(Debug, Clone, Serialize)]
pub struct SignalCard {
    /// Name.
    pub name: String,
    /// Family.
    pub family: String,
    /// What is measured.
    pub measures: String,
    /// Headings and texts, in order.
    pub headings: Vec<(String, String)>,
    /// Error figures by amount of material, one line each.
    pub figures: Vec<String>,
}

impl SignalCard {
    /// The card as text.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for (heading, body) in &self.headings {
            // Writing to a `String` cannot fail.
            let _ = writeln!(text, "{heading}\n    {body}");
        }
        if !self.figures.is_empty() {
            text.push_str("Figures\n");
        }
        for figure in &self.figures {
            let _ = writeln!(text, "    {figure}");
        }
        text.truncate(text.trim_end().len());
        text
    }
}

/// The cards of all signals, with the figures of the calibration that the case uses, else of the
/// bundled one.
pub fn signal_cards(case: Option<&Case>) -> Result<Vec<SignalCard>, CaseError> {
    let calibration = match case {
        Some(case) => case.reference()?.1,
        None => bundled::calibration()?,
    };
    let tables = &calibration.file().tables;
    Ok(faisceau_signals::catalogue()
        .iter()
        .map(|card| SignalCard {
            name: card.name.to_owned(),
            family: card.family.to_string(),
            measures: card.measures.to_owned(),
            headings: card.headings().map(|(h, t)| (h.to_owned(), t)).to_vec(),
            figures: tables
                .iter()
                .filter(|table| table.signal == card.name)
                .flat_map(figures)
                .collect(),
        })
        .collect())
}

/// The error figures of a table, one line a bin.
pub(crate) fn figures(table: &Table) -> Vec<String> {
    let condition = match &*table.condition {
        "" => String::new(),
        condition => format!(" ({condition})"),
    };
    let line = |bin: &Bin| {
        format!(
            "{} {}{condition}: AUC {:.3}, EER {:.1} %, Cllr {:.3} (min {:.3}), caps {:+.2} to {:+.2}",
            bin.material,
            table.unit,
            bin.auc,
            bin.eer * 100.0,
            bin.cllr,
            bin.cllr_min,
            bin.low,
            bin.high
        )
    };
    table.bins.iter().map(line).collect()
}
