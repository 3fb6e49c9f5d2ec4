//! Rows to columns: one builder a Parquet column.

use faisceau_model::Moment;
use faisceau_model::table::{Cell, Column, Kind, Row};
use polars_core::chunked_array::builder::{
    BooleanChunkedBuilder, ChunkedBuilder, ListBuilderTrait, ListStringChunkedBuilder,
    PrimitiveChunkedBuilder, StringChunkedBuilder,
};
use polars_core::prelude::{
    BooleanType, DataFrame, DataType, Float64Type, Int64Type, IntoColumn, IntoSeries, PlSmallStr,
    PolarsResult, Schema, TimeUnit, TimeZone,
};

/// The column that says why values are missing.
pub(crate) const ABSENT: &str = "absent";

/// The type of `NAME_utc`.
pub(crate) fn instant_type() -> DataType {
    DataType::Datetime(TimeUnit::Microseconds, Some(TimeZone::UTC))
}

/// The Parquet schema of a table.
pub(crate) fn schema<R: Row>() -> Schema {
    let mut schema = Schema::default();
    let mut add = |name: String, dtype| schema.with_column(PlSmallStr::from_string(name), dtype);
    for column in R::COLUMNS {
        let name = column.name.to_owned();
        match column.kind {
            Kind::Text => add(name, DataType::String),
            Kind::Texts => add(name, DataType::List(Box::new(DataType::String))),
            Kind::Int => add(name, DataType::Int64),
            Kind::Float => add(name, DataType::Float64),
            Kind::Bool => add(name, DataType::Boolean),
            Kind::Moment => {
                add(format!("{name}_utc"), instant_type());
                add(format!("{name}_prec"), DataType::String);
                add(format!("{name}_zone"), DataType::String)
            }
        };
    }
    add(ABSENT.to_owned(), DataType::String);
    schema
}

/// Builds the columns of a batch of rows.
pub(crate) fn frame<R: Row>(rows: &[R]) -> PolarsResult<DataFrame> {
    let mut builders: Vec<Builder> =
        R::COLUMNS.iter().map(|column| Builder::new(column, rows.len())).collect();
    let mut absent = StringChunkedBuilder::new(ABSENT.into(), rows.len());
    let mut reasons = String::new();
    for row in rows {
        reasons.clear();
        let mut at = 0;
        row.cells(&mut |cell| {
            let (builder, column) = (&mut builders[at], &R::COLUMNS[at]);
            at += 1;
            if let Cell::Missing(reason) = cell {
                if !reasons.is_empty() {
                    reasons.push(' ');
                }
                reasons.push_str(column.name);
                reasons.push('=');
                reasons.push_str(reason.as_str());
            }
            builder.push(cell);
        });
        absent.append_option((!reasons.is_empty()).then_some(reasons.as_str()));
    }
    let mut columns = Vec::with_capacity(builders.len() + 1);
    for builder in builders {
        builder.finish(&mut columns)?;
    }
    columns.push(absent.finish().into_series().into_column());
    DataFrame::new(rows.len(), columns)
}

enum Builder {
    Text(StringChunkedBuilder),
    Texts(ListStringChunkedBuilder),
    Int(PrimitiveChunkedBuilder<Int64Type>),
    Float(PrimitiveChunkedBuilder<Float64Type>),
    Bool(BooleanChunkedBuilder),
    Moment {
        at: PrimitiveChunkedBuilder<Int64Type>,
        precision: StringChunkedBuilder,
        zone: StringChunkedBuilder,
    },
}

impl Builder {
    fn new(column: &Column, rows: usize) -> Self {
        let name = PlSmallStr::from_static(column.name);
        let part = |suffix: &str| PlSmallStr::from_string(format!("{}_{suffix}", column.name));
        match column.kind {
            Kind::Text => Self::Text(StringChunkedBuilder::new(name, rows)),
            Kind::Texts => Self::Texts(ListStringChunkedBuilder::new(name, rows, rows)),
            Kind::Int => Self::Int(PrimitiveChunkedBuilder::new(name, rows)),
            Kind::Float => Self::Float(PrimitiveChunkedBuilder::new(name, rows)),
            Kind::Bool => Self::Bool(BooleanChunkedBuilder::new(name, rows)),
            Kind::Moment => Self::Moment {
                at: PrimitiveChunkedBuilder::new(part("utc"), rows),
                precision: StringChunkedBuilder::new(part("prec"), rows),
                zone: StringChunkedBuilder::new(part("zone"), rows),
            },
        }
    }

    /// Appends a cell; a cell of another kind than the column's counts as null, which the
    /// declaration of the row makes impossible.
    fn push(&mut self, cell: Cell<'_>) {
        match (self, cell) {
            (Self::Text(b), Cell::Text(text)) => b.append_value(&text),
            (Self::Text(b), _) => b.append_null(),
            (Self::Texts(b), Cell::Texts(texts)) => {
                b.append_values_iter(texts.iter().map(String::as_str));
            }
            (Self::Texts(b), _) => b.append_null(),
            (Self::Int(b), Cell::Int(n)) => b.append_value(n),
            (Self::Int(b), _) => b.append_null(),
            (Self::Float(b), Cell::Float(x)) => b.append_value(x),
            (Self::Float(b), _) => b.append_null(),
            (Self::Bool(b), Cell::Bool(v)) => b.append_value(v),
            (Self::Bool(b), _) => b.append_null(),
            (Self::Moment { at, precision, zone }, cell) => {
                let moment: Option<Moment> = match cell {
                    Cell::Moment(moment) => Some(moment),
                    _ => None,
                };
                at.append_option(moment.map(Moment::at_us));
                precision.append_option(moment.map(|m| m.precision().as_str()));
                zone.append_option(moment.map(|m| m.zone().as_str()));
            }
        }
    }

    fn finish(self, columns: &mut Vec<polars_core::prelude::Column>) -> PolarsResult<()> {
        match self {
            Self::Text(b) => columns.push(b.finish().into_series().into_column()),
            Self::Texts(mut b) => columns.push(b.finish().into_series().into_column()),
            Self::Int(b) => columns.push(b.finish().into_series().into_column()),
            Self::Float(b) => columns.push(b.finish().into_series().into_column()),
            Self::Bool(b) => {
                columns.push(
                    ChunkedBuilder::<bool, BooleanType>::finish(b).into_series().into_column(),
                );
            }
            Self::Moment { at, precision, zone } => {
                columns.push(at.finish().into_series().cast(&instant_type())?.into_column());
                columns.push(precision.finish().into_series().into_column());
                columns.push(zone.finish().into_series().into_column());
            }
        }
        Ok(())
    }
}
