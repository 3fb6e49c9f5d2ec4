//! A mapping proposed for a table that no format knows.
//!
//! In: an exhibit. Out: its headers, some rows, a mapping guessed from both, the text of that
//! mapping for `case.toml`, and what is not sure. Refused: reading anything by a proposal: a person
//! looks at it, corrects it and saves it with the case, and only then the table is read.

mod tops;

use faisceau_model::excerpt;
use serde::Serialize;

use super::guess::{self, Sample};
use crate::contract::Source;
use crate::settings::TableMapping;

pub use guess::ProposalNote;

/// Rows shown with a proposal.
const SHOWN: usize = 5;

/// The platform of a proposal, which a table does not say.
const UNKNOWN: &str = "unknown";

/// What a table could be read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The sheet, where the table is one of a workbook.
    pub sheet: Option<String>,
    /// The headers, or the keys of JSON lines with a dot between levels.
    pub headers: Vec<String>,
    /// The first rows, as texts under those headers. They hold what the exhibit holds: to be made
    /// inert where they are shown.
    pub rows: Vec<Vec<String>>,
    /// The mapping.
    pub mapping: TableMapping,
    /// The mapping as the text to append to `case.toml`.
    pub toml: String,
    /// What is not sure, in its order of weight.
    pub notes: Vec<ProposalNote>,
}

/// A mapping for an exhibit that is a table: a CSV, the lines of JSON objects, or a workbook, of
/// which the first sheet that could give rows counts. `None` for anything else.
///
/// Whether a format knows the exhibit already is not asked: see `import`.
pub fn propose(source: &Source<'_>) -> Option<Proposal> {
    tops::of(source).into_iter().find_map(|top| proposal(source.name, top))
}

fn proposal(name: &str, top: tops::Top) -> Option<Proposal> {
    let tops::Top { sheet, delimiter, sample } = top;
    let guess = guess::guess(&sample)?;
    let mut notes = guess.notes.clone();
    notes.push(ProposalNote::Platform);
    notes.sort();
    let mut table = excerpt(name, 60);
    if let Some(sheet) = &sheet {
        table = format!("{table}, {}", excerpt(sheet, 60));
    }
    let mapping =
        TableMapping { delimiter, ..guess.into_mapping(&table, UNKNOWN, &sample.headers) };
    let toml = text(&mapping)?;
    let Sample { headers, mut rows } = sample;
    rows.truncate(SHOWN);
    Some(Proposal { sheet, headers, rows, mapping, toml, notes })
}

impl TableMapping {
    /// The mapping as the text to append to `case.toml`; `None` if the settings would not take it.
    pub fn to_toml(&self) -> Option<String> {
        text(self)
    }
}

/// A mapping as settings. Anything but what the settings read back is no proposal.
fn text(mapping: &TableMapping) -> Option<String> {
    #[derive(Serialize)]
    struct Case<'m> {
        import: Import<'m>,
    }
    #[derive(Serialize)]
    struct Import<'m> {
        table: [&'m TableMapping; 1],
    }
    let case = Case { import: Import { table: [mapping] } };
    toml::to_string(&case).ok().filter(|_| mapping.check().is_ok())
}

#[cfg(test)]
mod tests;
