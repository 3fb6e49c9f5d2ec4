//! The headers of a table and their columns.
//!
//! In: names as they stand. Out: which column a header names, and records whose cells are asked
//! for by header. Refused: a header that is asked for and is not there once; an identifier that a
//! spreadsheet has rounded.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::{Maybe, Place, RejectReason, excerpt};

use super::cells::{Cell, Cells};
use crate::contract::ImportError;
use crate::fields::Fields;
use crate::json::Flaw;

/// The columns of a table.
#[derive(Debug, Default)]
pub(crate) struct Header {
    /// The names with their columns, from 0, in the order of the table.
    names: Vec<(String, usize)>,
    columns: BTreeMap<String, usize>,
    covered: BTreeSet<usize>,
}

impl Header {
    /// Headers and the columns that they stand over.
    pub(crate) fn new(names: Vec<(String, usize)>) -> Self {
        let columns = names.iter().cloned().collect();
        let covered = names.iter().map(|(_, column)| *column).collect();
        Self { names, columns, covered }
    }

    /// The column of a header, from 0.
    pub(crate) fn column(&self, header: &str) -> Option<usize> {
        self.columns.get(header).copied()
    }

    /// Whether something stands over a column.
    pub(crate) fn covers(&self, column: usize) -> bool {
        self.covered.contains(&column)
    }

    /// The names, in the order of the table.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|(name, _)| name.as_str())
    }

    /// Checks that each header that is asked for is there once. It comes after what asks for it.
    pub(crate) fn check<'h>(
        &self,
        asked: impl IntoIterator<Item = (String, &'h str)>,
        place: &Place,
    ) -> Result<(), ImportError> {
        for (asker, header) in asked {
            let problem = match self.names.iter().filter(|(name, _)| name == header).count() {
                1 => continue,
                0 => "is not in the table",
                _ => "is in the table more than once",
            };
            let header = excerpt(header, 60);
            let detail = format!("the header `{header}`, asked for by {asker}, {problem}");
            return Err(ImportError::Broken { place: place.clone(), detail });
        }
        Ok(())
    }

    /// Lists the headers that nothing asks for, each with the number of records below it.
    pub(crate) fn unknown(
        &self,
        known: &BTreeSet<&str>,
        (records, place): (i64, &Place),
        fields: &mut Fields,
    ) {
        let mut listed = BTreeSet::new();
        for (name, _) in &self.names {
            if records > 0 && !known.contains(name.as_str()) && listed.insert(name) {
                let name = if name.is_empty() { "(no header)" } else { name };
                fields.note("", name, records, place);
            }
        }
    }
}

/// A record of texts under the headers of its table.
#[derive(Debug, Default)]
pub(crate) struct Entry {
    /// The headers.
    pub(super) header: Header,
    /// The fields, in the order of the columns.
    pub(super) fields: Vec<String>,
}

impl Entry {
    /// The text below a header, without white space around it; `None` if it is empty.
    pub(crate) fn value(&self, header: &str) -> Option<&str> {
        self.get(header).map(str::trim).filter(|text| !text.is_empty())
    }

    /// The text below a header, or why there is none.
    pub(crate) fn text(&self, header: &str) -> Maybe<String> {
        self.cell(header).text()
    }

    /// The text below a header that must be there.
    pub(crate) fn required(&self, header: &str) -> Result<&str, Flaw> {
        self.value(header)
            .ok_or_else(|| (RejectReason::MissingField, format!("`{header}` is missing")))
    }

    /// An identifier: one that a spreadsheet rounded is refused.
    pub(crate) fn id(&self, header: &str) -> Result<Maybe<String>, Flaw> {
        self.cell(header).id()
    }

    fn get(&self, header: &str) -> Option<&str> {
        let at = self.header.column(header)?;
        self.fields.get(at).map(String::as_str)
    }
}

impl Cells for Entry {
    fn cell(&self, header: &str) -> Cell<'_> {
        self.get(header).map_or(Cell::NoColumn, Cell::of)
    }

    fn column(&self, header: &str) -> Option<u32> {
        u32::try_from(self.header.column(header)? + 1).ok()
    }
}
