//! A Parquet file that is written one row group after the other.
//!
//! Dictionaries that the columns bring are written as they are. A column of texts that turned out
//! to repeat little is written plainly from then on, without looking for repetitions again.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use faisceau_model::table::Row;
use polars_arrow::array::Array;
use polars_arrow::datatypes::{ArrowSchema, PhysicalType};
use polars_core::prelude::{CompatLevel, PolarsError, PolarsResult, SchemaExt};
use polars_parquet::read::ParquetError;
use polars_parquet::write::{
    CompressedPage, CompressionOptions, Compressor, DynIter, DynStreamingIterator, Encoding,
    FallibleStreamingIterator, FileWriter, KeyValue, Page, ParquetType, StatisticsOptions, Version,
    WriteOptions, ZstdLevel, array_to_columns, get_dtype_encoding, schema_to_metadata_key,
};

use crate::columns::{self, Columns};
use crate::error::TableError;

/// An open file.
pub(crate) struct ParquetFile {
    table: &'static str,
    writer: FileWriter<BufWriter<File>>,
    schema: ArrowSchema,
    encodings: Vec<Vec<Encoding>>,
    options: WriteOptions,
}

type Pages = DynStreamingIterator<'static, CompressedPage, PolarsError>;

impl ParquetFile {
    /// Starts a file of the table `R`.
    pub(crate) fn create<R: Row>(path: &Path) -> Result<Self, TableError> {
        let file = File::create(path).map_err(|source| TableError::Io {
            action: "write",
            path: path.to_owned(),
            source,
        })?;
        let options = WriteOptions {
            statistics: StatisticsOptions::default(),
            version: Version::V1,
            compression: CompressionOptions::Zstd(ZstdLevel::try_new(1).ok()),
            data_page_size: None,
        };
        let schema = columns::schema::<R>().to_arrow(CompatLevel::newest());
        let encodings = schema.iter_values().map(|f| get_dtype_encoding(&f.dtype)).collect();
        let writer = BufWriter::with_capacity(1 << 18, file);
        let writer = FileWriter::try_new(writer, schema.clone(), options)
            .map_err(|e| TableError::parquet(R::TABLE, &e))?;
        Ok(Self { table: R::TABLE, writer, schema, encodings, options })
    }

    /// Writes the rows collected, and empties the columns.
    pub(crate) fn write_group(&mut self, columns: &mut Columns) -> Result<(), TableError> {
        let rows = columns.len();
        let failed = |e: PolarsError| TableError::parquet(self.table, &e);
        let arrays = columns.take().map_err(failed)?;
        let types = self.writer.parquet_schema().fields();
        let mut pages = Vec::with_capacity(arrays.len());
        for ((array, type_), encoding) in arrays.iter().zip(types).zip(&mut self.encodings) {
            let encoded = encode(array.as_ref(), type_, encoding, self.options).map_err(failed)?;
            pages.extend(encoded.into_iter().map(Ok));
        }
        let group = DynIter::new(pages.into_iter());
        self.writer.write(rows as u64, group).map_err(failed)
    }

    /// Writes the footer.
    pub(crate) fn finish(mut self) -> Result<(), TableError> {
        let failed = |e: PolarsError| TableError::parquet(self.table, &e);
        let own = [("faisceau:schema", "1"), ("faisceau:table", self.table)];
        let own = own.map(|(key, value)| KeyValue::new(key.to_owned(), value.to_owned()));
        let metadata = std::iter::once(schema_to_metadata_key(&self.schema)).chain(own).collect();
        self.writer.end(Some(metadata)).map_err(failed)?;
        let mut inner = self.writer.into_inner();
        inner.flush().map_err(|e| TableError::parquet(self.table, &e))
    }
}

/// The pages of one column; its encoding becomes plain where a dictionary was not worth it.
fn encode(
    array: &dyn Array,
    type_: &ParquetType,
    encoding: &mut [Encoding],
    mut options: WriteOptions,
) -> PolarsResult<Vec<Pages>> {
    let text = array.dtype().to_physical_type() == PhysicalType::Utf8View;
    if text {
        // The smallest and largest of a column of ids rule out no row group.
        options.statistics = StatisticsOptions { null_count: true, ..StatisticsOptions::empty() };
    }
    let columns = array_to_columns(array, type_.clone(), options, encoding)?;
    Ok(columns
        .into_iter()
        .map(|mut pages| {
            let first = pages.next();
            let plain = !matches!(first, Some(Ok(Page::Dict(_))));
            if text
                && plain
                && let [only] = encoding
            {
                *only = Encoding::Plain;
            }
            let all = first.into_iter().chain(pages);
            let all =
                all.map(|page| page.map_err(|e| ParquetError::FeatureNotSupported(e.to_string())));
            let compressor = Compressor::new_from_vec(all, options.compression, Vec::new());
            DynStreamingIterator::new(compressor.map_err(PolarsError::from))
        })
        .collect())
}
