//! Columns to rows.

use std::borrow::Cow;

use faisceau_model::table::{Cell, FieldError, Kind, Row};
use faisceau_model::{Absent, Moment};
use polars_core::prelude::{
    BooleanChunked, DataFrame, DataType, Float64Chunked, Int64Chunked, ListChunked, StringChunked,
};

use crate::columns::ABSENT;
use crate::error::TableError;

/// Builds the rows of a frame that was read from the file of `R`.
pub(crate) fn rows<R: Row>(frame: &DataFrame) -> Result<Vec<R>, TableError> {
    rows_at(frame, 0..frame.height())
}

/// Builds the rows at some places of a frame.
pub(crate) fn rows_at<R: Row>(
    frame: &DataFrame,
    places: impl Iterator<Item = usize>,
) -> Result<Vec<R>, TableError> {
    let sources: Vec<Source> = R::COLUMNS
        .iter()
        .map(|column| Source::of::<R>(frame, column.name, column.kind))
        .collect::<Result<_, _>>()?;
    let absent = column(frame, R::TABLE, ABSENT)?;
    let absent = absent.str().map_err(|e| TableError::parquet(R::TABLE, &e))?;
    places
        .map(|index| {
            let reasons = absent.get(index).unwrap_or_default();
            let mut at = 0;
            R::from_cells(&mut || {
                let (source, name) = (&sources[at], R::COLUMNS[at].name);
                at += 1;
                source.cell(index).unwrap_or_else(|| Cell::Missing(reason(reasons, name)))
            })
            .map_err(|(column, source)| TableError::Cell {
                table: R::TABLE,
                column,
                source,
            })
        })
        .collect()
}

/// The reason that `absent` gives for a column; a null without one was written by other hands.
fn reason(reasons: &str, name: &str) -> Absent {
    reasons
        .split(' ')
        .find_map(|part| part.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
        .unwrap_or(Absent::NoData)
}

fn column<'a>(
    frame: &'a DataFrame,
    table: &'static str,
    name: &str,
) -> Result<&'a polars_core::prelude::Column, TableError> {
    frame.column(name).map_err(|_| TableError::Column { table, column: name.to_owned() })
}

/// A column of a frame, cell by cell.
pub(crate) enum Source {
    Text(StringChunked),
    Texts(ListChunked),
    Int(Int64Chunked),
    Float(Float64Chunked),
    Bool(BooleanChunked),
    Moment { at: Int64Chunked, precision: StringChunked, zone: StringChunked },
}

impl Source {
    pub(crate) fn of<R: Row>(
        frame: &DataFrame,
        name: &'static str,
        kind: Kind,
    ) -> Result<Self, TableError> {
        let get = |name: &str| column(frame, R::TABLE, name);
        let err = |e| TableError::parquet(R::TABLE, &e);
        let text = |name: &str| Ok::<_, TableError>(get(name)?.str().map_err(err)?.clone());
        Ok(match kind {
            Kind::Text | Kind::Word => Self::Text(text(name)?),
            Kind::Texts => Self::Texts(get(name)?.list().map_err(err)?.clone()),
            Kind::Int => Self::Int(get(name)?.i64().map_err(err)?.clone()),
            Kind::Float => Self::Float(get(name)?.f64().map_err(err)?.clone()),
            Kind::Bool => Self::Bool(get(name)?.bool().map_err(err)?.clone()),
            Kind::Moment => {
                let at = get(&format!("{name}_utc"))?.cast(&DataType::Int64).map_err(err)?;
                Self::Moment {
                    at: at.i64().map_err(err)?.clone(),
                    precision: text(&format!("{name}_prec"))?,
                    zone: text(&format!("{name}_zone"))?,
                }
            }
        })
    }

    /// `None` where the cell is null. There is no cell beyond the height of the frame.
    pub(crate) fn cell(&self, index: usize) -> Option<Cell<'static>> {
        Some(match self {
            Self::Text(c) => Cell::Text(Cow::Owned(c.get(index)?.to_owned())),
            Self::Texts(c) => {
                let series = c.get_as_series(index)?;
                let texts = series.str().ok()?;
                Cell::Texts(Cow::Owned(texts.iter().flatten().map(str::to_owned).collect()))
            }
            Self::Int(c) => Cell::Int(c.get(index)?),
            Self::Float(c) => Cell::Float(c.get(index)?),
            Self::Bool(c) => Cell::Bool(c.get(index)?),
            Self::Moment { at, precision, zone } => {
                let parsed: Result<_, FieldError> = precision
                    .get(index)?
                    .parse()
                    .and_then(|p| Ok((p, zone.get(index).unwrap_or_default().parse()?)));
                let (precision, zone) = parsed.ok()?;
                Cell::Moment(Moment::new(at.get(index)?, precision, zone)?)
            }
        })
    }
}
