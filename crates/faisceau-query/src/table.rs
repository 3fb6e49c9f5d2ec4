//! The tables of a case, from its files and from the caller.

use std::path::Path;

use faisceau_model::Review;
use faisceau_model::rows::{TableVisitor, every_table};
use faisceau_model::table::{Column as ModelColumn, Kind, Row};
use polars_core::prelude::{Column, DataFrame, IntoColumn, NamedFrom, PlSmallStr, Series};

use crate::catalogue::ColumnInfo;
use crate::error::QueryError;
use crate::scan::ParquetTable;

/// The name under which the decisions on links are asked for, which stand in the journal.
pub const REVIEWS: &str = "reviews";

/// A small table that stands in no file of the folder.
#[derive(Debug, Clone, PartialEq)]
pub struct ExtraTable {
    /// Its name in SQL.
    pub name: String,
    /// What a row is.
    pub doc: String,
    /// The columns, all of the same length.
    pub columns: Vec<(String, ExtraColumn)>,
}

/// The values of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum ExtraColumn {
    /// Texts.
    Text(Vec<Option<String>>),
    /// Integers.
    Int(Vec<Option<i64>>),
    /// Floats.
    Float(Vec<Option<f64>>),
    /// True or false.
    Bool(Vec<Option<bool>>),
}

impl ExtraTable {
    /// The table [`REVIEWS`]: one row a pair, in the order given.
    pub fn reviews(reviews: &[Review]) -> Self {
        let texts = |text: fn(&Review) -> &str| {
            ExtraColumn::Text(reviews.iter().map(|review| Some(text(review).to_owned())).collect())
        };
        let seq = |review: &Review| i64::try_from(review.seq).ok();
        let columns = [
            ("a", texts(|review| review.a.as_str())),
            ("b", texts(|review| review.b.as_str())),
            ("decision", texts(|review| review.decision.as_str())),
            ("because", texts(|review| &review.because)),
            ("who", texts(|review| &review.who)),
            ("at", texts(|review| &review.at)),
            ("seq", ExtraColumn::Int(reviews.iter().map(seq).collect())),
        ];
        Self {
            name: REVIEWS.to_owned(),
            doc:
                "The last decision on a pair that was reviewed, from the journal; it never changes \
                  a likelihood ratio."
                    .to_owned(),
            columns: columns.into_iter().map(|(name, values)| (name.to_owned(), values)).collect(),
        }
    }

    /// The table as polars holds it.
    pub(crate) fn frame(&self) -> Result<DataFrame, QueryError> {
        let columns: Vec<Column> = self
            .columns
            .iter()
            .map(|(name, values)| {
                let name = PlSmallStr::from_str(name);
                match values {
                    ExtraColumn::Text(values) => Series::new(name, values),
                    ExtraColumn::Int(values) => Series::new(name, values),
                    ExtraColumn::Float(values) => Series::new(name, values),
                    ExtraColumn::Bool(values) => Series::new(name, values),
                }
                .into_column()
            })
            .collect();
        DataFrame::new_infer_height(columns)
            .map_err(|_| QueryError::Uneven { table: faisceau_model::excerpt(&self.name, 80) })
    }
}

/// A table that every case has.
#[derive(Debug, Clone)]
pub(crate) struct CaseTable {
    /// Its name.
    pub(crate) name: &'static str,
    /// What a row is.
    pub(crate) doc: &'static str,
    /// Its columns, as its rows declare them.
    pub(crate) columns: Vec<ColumnInfo>,
}

impl CaseTable {
    /// Opens its file in a folder; the error is a few words.
    pub(crate) fn open(&self, folder: &Path) -> Result<ParquetTable, String> {
        let path = folder.join(format!("{}.parquet", self.name));
        if !path.is_file() {
            return Err(format!("`{}.parquet` is missing", self.name));
        }
        let opened = std::panic::catch_unwind(|| ParquetTable::open(path));
        let failed = |what: &str| format!("`{}.parquet` is damaged ({what})", self.name);
        match opened {
            Ok(Ok(table)) => Ok(table),
            Ok(Err(error)) => Err(failed(&faisceau_model::excerpt(&error.to_string(), 200))),
            Err(_) => Err(failed("its reader panicked")),
        }
    }
}

/// Every table that a case has, in the order of its documentation.
pub(crate) fn case_tables() -> Vec<CaseTable> {
    let mut all = Tables(Vec::new());
    // The visitor fails on nothing.
    let _ = every_table(&mut all);
    all.0
}

struct Tables(Vec<CaseTable>);

impl TableVisitor for Tables {
    type Error = std::convert::Infallible;

    fn table<R: Row>(&mut self) -> Result<(), Self::Error> {
        let mut columns: Vec<ColumnInfo> = R::COLUMNS.iter().flat_map(described).collect();
        columns.push(ColumnInfo::new(
            "absent",
            "text",
            "",
            "Why values are missing: `port=not_recorded`.",
        ));
        self.0.push(CaseTable { name: R::TABLE, doc: R::DOC.trim(), columns });
        Ok(())
    }
}

/// The columns in the file that a declared column becomes.
fn described(column: &ModelColumn) -> Vec<ColumnInfo> {
    let (name, unit, doc) = (column.name, column.unit, column.doc.trim());
    let plain = |kind| vec![ColumnInfo::new(name, kind, unit, doc)];
    match column.kind {
        Kind::Text | Kind::Word => plain("text"),
        Kind::Texts => plain("list of texts"),
        Kind::Int => plain("integer"),
        Kind::Float => plain("float"),
        Kind::Bool => plain("boolean"),
        Kind::Moment => vec![
            ColumnInfo::new(&format!("{name}_utc"), "instant", "UTC", doc),
            ColumnInfo::new(&format!("{name}_prec"), "text", "", "Its precision."),
            ColumnInfo::new(&format!("{name}_zone"), "text", "", "Where its zone comes from."),
        ],
    }
}
