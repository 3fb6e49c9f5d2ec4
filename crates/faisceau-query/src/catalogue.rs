//! What can be asked: tables and views with their columns.

/// Where a table comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableKind {
    /// A file of the case.
    Table,
    /// A ready query over the tables.
    View,
    /// Rows that the caller handed in, such as the decisions on links.
    Extra,
}

/// A table or view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableInfo {
    /// Its name in SQL.
    pub name: String,
    /// Where it comes from.
    pub kind: TableKind,
    /// What a row is.
    pub doc: String,
    /// Its columns, in order; those of a view have no unit and no meaning of their own.
    pub columns: Vec<ColumnInfo>,
    /// Why it cannot be asked: its file is missing or damaged.
    pub problem: Option<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnInfo {
    /// Its name in SQL.
    pub name: String,
    /// What it holds: text, integer, instant.
    pub kind: String,
    /// The unit, or an empty text.
    pub unit: String,
    /// The meaning, or an empty text.
    pub doc: String,
}

impl ColumnInfo {
    pub(crate) fn new(name: &str, kind: &str, unit: &str, doc: &str) -> Self {
        Self { name: name.into(), kind: kind.into(), unit: unit.into(), doc: doc.into() }
    }
}
