//! The column `absent`: why values of a row are missing, `port=not_recorded lang=not_exported`.
//!
//! A table has few combinations of missing values, so the text of each is written once.

use std::collections::BTreeMap;

use faisceau_model::Absent;
use faisceau_model::table::Column;
use polars_arrow::array::Array;
use polars_core::prelude::PolarsResult;

use super::words::Words;

/// A missing value: its column and the reason.
type Missing = (u16, Absent);

/// The reasons of the rows so far.
pub(crate) struct Reasons {
    columns: &'static [Column],
    row: Vec<Missing>,
    /// The combination of the last row and its text.
    last: (Vec<Missing>, String),
    texts: BTreeMap<Vec<Missing>, String>,
    words: Words,
}

impl Reasons {
    pub(crate) fn of(columns: &'static [Column]) -> Self {
        let last = (Vec::new(), String::new());
        Self { columns, row: Vec::new(), last, texts: BTreeMap::new(), words: Words::default() }
    }

    /// A value of the row is missing.
    pub(crate) fn note(&mut self, column: usize, reason: Absent) {
        self.row.push((column as u16, reason));
    }

    /// Ends the row.
    pub(crate) fn end_row(&mut self) {
        if self.row.is_empty() {
            self.words.push_null();
            return;
        }
        if self.row != self.last.0 {
            let text = match self.texts.get(&self.row) {
                Some(text) => text.clone(),
                None => self.written(),
            };
            self.last = (self.row.clone(), text);
        }
        self.words.push_passing(&self.last.1);
        self.row.clear();
    }

    fn written(&mut self) -> String {
        let parts = self.row.iter().map(|(column, reason)| {
            format!("{}={}", self.columns[usize::from(*column)].name, reason.as_str())
        });
        let text = parts.collect::<Vec<_>>().join(" ");
        self.texts.insert(self.row.clone(), text.clone());
        text
    }

    /// The column so far; it is empty again. Combinations go with it: hostile rows could have many.
    pub(crate) fn take(&mut self) -> PolarsResult<Box<dyn Array>> {
        self.texts.clear();
        self.words.take()
    }
}
