//! What a question gave.

use polars_core::prelude::{DataFrame, DataType};

use crate::describe::kind;
use crate::value::Value;

/// What is kept of an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// Most rows kept, or all. [`Answer::total`] says how many there were.
    pub rows: Option<usize>,
}

/// The rows that a question gave.
#[derive(Debug, Clone)]
pub struct Answer {
    frame: DataFrame,
    total: usize,
}

impl Answer {
    pub(crate) fn of(frame: DataFrame, limits: &Limits) -> Self {
        let total = frame.height();
        let frame = match limits.rows {
            Some(most) if most < total => frame.head(Some(most)),
            _ => frame,
        };
        Self { frame, total }
    }

    pub(crate) fn frame(&self) -> &DataFrame {
        &self.frame
    }

    /// Rows that are kept.
    pub fn rows(&self) -> usize {
        self.frame.height()
    }

    /// Rows that there were before [`Limits`].
    pub fn total(&self) -> usize {
        self.total
    }

    /// The columns: name, as the query gives it, and kind.
    pub fn columns(&self) -> Vec<(String, String)> {
        let columns = self.frame.columns().iter();
        columns.map(|column| (column.name().to_string(), kind(column.dtype()))).collect()
    }

    /// Whether a column holds numbers.
    pub(crate) fn numeric(&self) -> Vec<bool> {
        self.frame.columns().iter().map(|column| is_number(column.dtype())).collect()
    }

    /// The cells of a row; none where there is no such row.
    pub fn row(&self, index: usize) -> Vec<Value> {
        if index >= self.rows() {
            return Vec::new();
        }
        let columns = self.frame.columns().iter();
        columns.map(|column| column.get(index).map_or(Value::Null, |v| Value::of(&v))).collect()
    }
}

fn is_number(dtype: &DataType) -> bool {
    dtype.is_primitive_numeric() || dtype.is_decimal()
}
