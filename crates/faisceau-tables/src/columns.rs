//! Rows to columns: one builder a Parquet column.
//!
//! In: rows, batch by batch. Out: the arrays of a row group, in the order of the schema. Texts with
//! few different values are collected as keys into a dictionary from the start, so that nothing has
//! to look for repetitions afterwards.

mod reasons;
mod words;

use std::borrow::Cow;

use faisceau_model::Moment;
use faisceau_model::table::{Cell, Column, Kind, Row};
use polars_arrow::array::{
    Array, ListArray, MutableArray, MutableBinaryViewArray, MutableBooleanArray,
    MutablePrimitiveArray,
};
use polars_arrow::bitmap::MutableBitmap;
use polars_arrow::datatypes::ArrowDataType;
use polars_arrow::offset::Offsets;
use polars_core::prelude::{DataType, PlSmallStr, PolarsResult, Schema, TimeUnit, TimeZone};

use reasons::Reasons;
use words::Words;

/// The column that says why values are missing.
pub(crate) const ABSENT: &str = "absent";

/// The type of `NAME_utc`.
fn instant_type() -> DataType {
    DataType::Datetime(TimeUnit::Microseconds, Some(TimeZone::UTC))
}

/// The Parquet schema of a table.
pub(crate) fn schema<R: Row>() -> Schema {
    let mut schema = Schema::default();
    let mut add = |name: String, dtype| schema.with_column(PlSmallStr::from_string(name), dtype);
    for column in R::COLUMNS {
        let name = column.name.to_owned();
        match column.kind {
            Kind::Text | Kind::Word => add(name, DataType::String),
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

/// The columns of the row group that is being collected.
pub(crate) struct Columns {
    builders: Vec<Builder>,
    reasons: Reasons,
    rows: usize,
}

impl Columns {
    /// Empty columns of a table.
    pub(crate) fn of<R: Row>() -> Self {
        Self {
            builders: R::COLUMNS.iter().map(Builder::new).collect(),
            reasons: Reasons::of(R::COLUMNS),
            rows: 0,
        }
    }

    /// Rows collected.
    pub(crate) fn len(&self) -> usize {
        self.rows
    }

    /// Appends rows.
    pub(crate) fn extend<R: Row>(&mut self, rows: &[R]) {
        // The rows of the batch before are gone, and with them the places of their texts.
        self.builders.iter_mut().for_each(Builder::forget_places);
        let Self { builders, reasons, .. } = self;
        for row in rows {
            let mut at = 0;
            row.cells(&mut |cell| {
                if let Cell::Missing(reason) = cell {
                    reasons.note(at, reason);
                }
                builders[at].push(cell);
                at += 1;
            });
            reasons.end_row();
        }
        self.rows += rows.len();
    }

    /// The arrays of a row group; the columns are empty again.
    pub(crate) fn take(&mut self) -> PolarsResult<Vec<Box<dyn Array>>> {
        let mut arrays = Vec::with_capacity(self.builders.len() + 1);
        for builder in &mut self.builders {
            builder.take(&mut arrays)?;
        }
        arrays.push(self.reasons.take()?);
        self.rows = 0;
        Ok(arrays)
    }
}

type Texts = MutableBinaryViewArray<str>;

enum Builder {
    Text(Texts),
    Word(Words),
    Texts { values: Texts, ends: Offsets<i64>, known: MutableBitmap },
    Int(MutablePrimitiveArray<i64>),
    Float(MutablePrimitiveArray<f64>),
    Bool(MutableBooleanArray),
    Moment { at: MutablePrimitiveArray<i64>, precision: Box<Words>, zone: Box<Words> },
}

impl Builder {
    fn new(column: &Column) -> Self {
        match column.kind {
            Kind::Text => Self::Text(Texts::new()),
            Kind::Word => Self::Word(Words::default()),
            Kind::Texts => Self::Texts {
                values: Texts::new(),
                ends: Offsets::new(),
                known: MutableBitmap::new(),
            },
            Kind::Int => Self::Int(MutablePrimitiveArray::new()),
            Kind::Float => Self::Float(MutablePrimitiveArray::new()),
            Kind::Bool => Self::Bool(MutableBooleanArray::new()),
            Kind::Moment => Self::Moment {
                at: MutablePrimitiveArray::new(),
                precision: Box::default(),
                zone: Box::default(),
            },
        }
    }

    fn forget_places(&mut self) {
        if let Self::Word(words) = self {
            words.forget_places();
        }
    }

    /// Appends a cell; a cell of another kind than the column's counts as null, which the
    /// declaration of the row makes impossible.
    fn push(&mut self, cell: Cell<'_>) {
        match (self, cell) {
            (Self::Text(b), Cell::Text(text)) => b.push_value(&*text),
            (Self::Text(b), _) => b.push_null(),
            (Self::Word(b), Cell::Text(Cow::Borrowed(text))) => b.push(text),
            (Self::Word(b), Cell::Text(Cow::Owned(text))) => b.push_passing(&text),
            (Self::Word(b), _) => b.push_null(),
            (Self::Texts { values, ends, known }, cell) => {
                let texts = if let Cell::Texts(texts) = cell { Some(texts) } else { None };
                let before = values.len();
                texts.iter().flat_map(|texts| texts.iter()).for_each(|t| values.push_value(t));
                // The number of texts in a row group is far below the limit of an offset.
                let _ = ends.try_push(values.len() - before);
                known.push(texts.is_some());
            }
            (Self::Int(b), Cell::Int(n)) => b.push(Some(n)),
            (Self::Int(b), _) => b.push(None),
            (Self::Float(b), Cell::Float(x)) => b.push(Some(x)),
            (Self::Float(b), _) => b.push(None),
            (Self::Bool(b), Cell::Bool(v)) => b.push(Some(v)),
            (Self::Bool(b), _) => b.push(None),
            (Self::Moment { at, precision, zone }, Cell::Moment(moment)) => {
                let moment: Moment = moment;
                at.push(Some(moment.at_us()));
                precision.push(moment.precision().as_str());
                zone.push(moment.zone().as_str());
            }
            (Self::Moment { at, precision, zone }, _) => {
                at.push(None);
                precision.push_null();
                zone.push_null();
            }
        }
    }

    fn take(&mut self, arrays: &mut Vec<Box<dyn Array>>) -> PolarsResult<()> {
        match self {
            Self::Text(b) => arrays.push(b.as_box()),
            Self::Word(b) => arrays.push(b.take()?),
            Self::Texts { values, ends, known } => {
                let dtype = ListArray::<i64>::default_datatype(ArrowDataType::Utf8View);
                let ends = std::mem::take(ends).into();
                let known = std::mem::take(known).freeze();
                let known = (known.unset_bits() > 0).then_some(known);
                let list = ListArray::<i64>::try_new(dtype, ends, values.as_box(), known)?;
                arrays.push(list.boxed());
            }
            Self::Int(b) => arrays.push(b.as_box()),
            Self::Float(b) => arrays.push(b.as_box()),
            Self::Bool(b) => arrays.push(b.as_box()),
            Self::Moment { at, precision, zone } => {
                let dtype = instant_type().to_arrow(polars_core::prelude::CompatLevel::newest());
                let filled = std::mem::replace(at, MutablePrimitiveArray::new());
                let mut filled = filled.to(dtype);
                arrays.push(filled.as_box());
                arrays.push(precision.take()?);
                arrays.push(zone.take()?);
            }
        }
        Ok(())
    }
}
