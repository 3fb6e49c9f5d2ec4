//! Answers about the tables themselves: `SHOW TABLES`, `DESCRIBE`.

use polars_core::prelude::{Column, DataFrame, DataType, NamedFrom, PlSmallStr, Schema, Series};

use crate::answer::{Answer, Limits};
use crate::catalogue::{ColumnInfo, TableInfo, TableKind};

/// What a column holds, in the words of the documentation.
pub(crate) fn kind(dtype: &DataType) -> String {
    match dtype {
        DataType::String => "text".to_owned(),
        DataType::Boolean => "boolean".to_owned(),
        DataType::Float32 | DataType::Float64 => "float".to_owned(),
        DataType::Datetime(_, Some(_)) => "instant".to_owned(),
        DataType::Datetime(_, None) => "instant without zone".to_owned(),
        DataType::Date => "day".to_owned(),
        DataType::Time => "time of day".to_owned(),
        DataType::Duration(_) => "duration".to_owned(),
        DataType::Null => "nothing".to_owned(),
        DataType::List(inner) if **inner == DataType::String => "list of texts".to_owned(),
        DataType::List(inner) | DataType::Array(inner, _) => format!("list ({})", kind(inner)),
        dtype if dtype.is_integer() => "integer".to_owned(),
        dtype if dtype.is_decimal() => "decimal".to_owned(),
        dtype => dtype.to_string(),
    }
}

/// The columns of a plan.
pub(crate) fn schema(schema: &Schema) -> Vec<ColumnInfo> {
    schema.iter().map(|(name, dtype)| ColumnInfo::new(name, &kind(dtype), "", "")).collect()
}

/// The answer to `SHOW TABLES`.
pub(crate) fn tables(all: &[TableInfo]) -> Answer {
    let kind = |kind| match kind {
        TableKind::Table => "table",
        TableKind::View => "view",
        TableKind::Extra => "journal",
    };
    texts(&[
        ("name", all.iter().map(|table| table.name.as_str()).collect()),
        ("kind", all.iter().map(|table| kind(table.kind)).collect()),
        ("meaning", all.iter().map(|table| table.doc.as_str()).collect()),
        ("problem", all.iter().map(|table| table.problem.as_deref().unwrap_or("")).collect()),
    ])
}

/// The answer to `DESCRIBE`.
pub(crate) fn columns(table: &TableInfo) -> Answer {
    let columns = table.columns.iter();
    texts(&[
        ("column", columns.clone().map(|column| column.name.as_str()).collect()),
        ("kind", columns.clone().map(|column| column.kind.as_str()).collect()),
        ("unit", columns.clone().map(|column| column.unit.as_str()).collect()),
        ("meaning", columns.map(|column| column.doc.as_str()).collect()),
    ])
}

fn texts(columns: &[(&str, Vec<&str>)]) -> Answer {
    let columns: Vec<Column> = columns
        .iter()
        .map(|(name, values)| Series::new(PlSmallStr::from_str(name), values.as_slice()).into())
        .collect();
    // The columns are made from one list each and have its length.
    Answer::of(DataFrame::new_infer_height(columns).unwrap_or_default(), &Limits::default())
}
