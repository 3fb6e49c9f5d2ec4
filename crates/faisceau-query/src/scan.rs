//! A Parquet file as a lazy table: only the columns that a query needs are read.
//!
//! Polars gets no path and opens no file: it asks this scan, which knows one file of the case.

use std::any::Any;
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use polars_core::prelude::{DataFrame, PolarsError, PolarsResult, Schema, SchemaExt, SchemaRef};
use polars_io::SerReader;
use polars_io::parquet::read::{ParallelStrategy, ParquetReader};
use polars_lazy::frame::{LazyFrame, ScanArgsAnonymous};
use polars_lazy::prelude::{AnonymousScan, AnonymousScanArgs};

/// One Parquet file.
#[derive(Debug, Clone)]
pub(crate) struct ParquetTable {
    path: PathBuf,
    schema: SchemaRef,
    rows: usize,
}

impl ParquetTable {
    /// Reads the footer of a file.
    pub(crate) fn open(path: PathBuf) -> PolarsResult<Self> {
        let mut reader = ParquetReader::new(File::open(&path).map_err(PolarsError::from)?);
        let schema = Schema::from_arrow_schema(reader.schema()?.as_ref());
        let rows = reader.num_rows()?;
        Ok(Self { path, schema: Arc::new(schema), rows })
    }

    /// The table, read when it is needed.
    pub(crate) fn lazy(&self) -> PolarsResult<LazyFrame> {
        let args = ScanArgsAnonymous {
            schema: Some(Arc::clone(&self.schema)),
            name: "CASE TABLE",
            ..ScanArgsAnonymous::default()
        };
        LazyFrame::anonymous_scan(Arc::new(self.clone()), args)
    }
}

impl AnonymousScan for ParquetTable {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn schema(&self, _: Option<usize>) -> PolarsResult<SchemaRef> {
        Ok(Arc::clone(&self.schema))
    }

    fn allows_projection_pushdown(&self) -> bool {
        true
    }

    fn scan(&self, asked: AnonymousScanArgs) -> PolarsResult<DataFrame> {
        let most = asked.n_rows.unwrap_or(usize::MAX).min(self.rows);
        let names = asked.with_columns.as_deref();
        if names.is_some_and(<[_]>::is_empty) {
            return DataFrame::new(most, Vec::new());
        }
        let frame = ParquetReader::new(File::open(&self.path).map_err(PolarsError::from)?)
            .with_columns(names.map(|names| names.iter().map(ToString::to_string).collect()))
            .with_slice(Some((0, most)))
            .read_parallel(ParallelStrategy::Auto)
            .finish()?;
        // The reader gives the order of the file; a plan counts on the order that it asked for.
        names.map_or(Ok(frame.clone()), |names| frame.select(names.iter().cloned()))
    }
}
