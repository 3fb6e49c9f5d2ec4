//! A Parquet file that is written one row group after the other.
//!
//! Dictionaries that the columns bring are written as they are. A column of texts that turned out
//! to repeat little is written plainly from then on, without looking for repetitions again. A row
//! group is made as a file of one group in memory, moved to its place, and remembered as bytes.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use faisceau_model::table::Row;
use polars_arrow::array::Array;
use polars_arrow::datatypes::{ArrowSchema, PhysicalType};
use polars_core::prelude::{CompatLevel, PolarsError, PolarsResult, SchemaExt};
use polars_parquet::parquet::write::{FileWriter, WriteOptions as FileOptions};
use polars_parquet::read::ParquetError;
use polars_parquet::write::{
    CompressedPage, CompressionOptions, Compressor, DynIter, DynStreamingIterator, Encoding,
    FallibleStreamingIterator, KeyValue, Page, ParquetType, SchemaDescriptor, StatisticsOptions,
    Version, WriteOptions, ZstdLevel, array_to_columns, get_dtype_encoding, schema_to_metadata_key,
    to_parquet_schema,
};
use polars_parquet_format::{ColumnMetaData, RowGroup};

use crate::columns::{self, Columns};
use crate::error::TableError;
use crate::footer::Footer;

/// The first bytes of a file.
const MAGIC: &[u8; 4] = b"PAR1";

/// Version of the layout of the tables, which every file says under `faisceau:schema`.
pub const SCHEMA_VERSION: &str = "1";

/// An open file.
pub(crate) struct ParquetFile {
    table: &'static str,
    file: BufWriter<File>,
    offset: u64,
    footer: Footer,
    schema: ArrowSchema,
    descriptor: SchemaDescriptor,
    encodings: Vec<Vec<Encoding>>,
    options: WriteOptions,
    /// Where a row group is made; empty between two of them, kept for its room.
    scratch: Vec<u8>,
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
        let failed = |e: PolarsError| TableError::parquet(R::TABLE, &e);
        let mut file = Self {
            table: R::TABLE,
            file: BufWriter::with_capacity(1 << 18, file),
            offset: 0,
            footer: Footer::default(),
            descriptor: to_parquet_schema(&schema).map_err(failed)?,
            schema,
            encodings,
            options,
            scratch: Vec::new(),
        };
        file.append(MAGIC)?;
        Ok(file)
    }

    /// Writes the rows collected, and empties the columns.
    pub(crate) fn write_group(&mut self, columns: &mut Columns) -> Result<(), TableError> {
        let rows = columns.len();
        let table = self.table;
        let failed = |e: PolarsError| TableError::parquet(table, &e);
        let arrays = columns.take().map_err(failed)?;
        let types = self.descriptor.fields();
        let mut pages = Vec::with_capacity(arrays.len());
        for ((array, type_), encoding) in arrays.iter().zip(types).zip(&mut self.encodings) {
            let encoded = encode(array.as_ref(), type_, encoding, self.options).map_err(failed)?;
            pages.extend(encoded.into_iter().map(Ok));
        }
        let mut alone = alone(&self.descriptor, std::mem::take(&mut self.scratch));
        let unwritten = |e: ParquetError| TableError::parquet(table, &e);
        alone.write(rows as u64, DynIter::new(pages.into_iter())).map_err(unwritten)?;
        alone.end(None).map_err(unwritten)?;
        let (mut bytes, metadata) = alone.into_inner_and_metadata();
        for group in metadata.row_groups {
            self.move_in(group, &bytes)?;
        }
        bytes.clear();
        self.scratch = bytes;
        Ok(())
    }

    /// Appends a row group that stands in a file of its own.
    fn move_in(&mut self, mut group: RowGroup, alone: &[u8]) -> Result<(), TableError> {
        let beyond = || TableError::parquet(self.table, &"a column ends beyond its row group");
        let start = self.offset;
        for column in &mut group.columns {
            // Both are about the copy of the metadata behind a column, which nobody reads and the
            // format has given up.
            column.file_offset = 0;
            (column.offset_index_offset, column.offset_index_length) = (None, None);
            let Some(metadata) = &mut column.meta_data else { continue };
            let from = first_page(metadata);
            let pages = usize::try_from(from)
                .ok()
                .zip(usize::try_from(metadata.total_compressed_size).ok())
                .and_then(|(from, length)| alone.get(from..from.checked_add(length)?))
                .ok_or_else(beyond)?;
            let by = self.offset as i64 - from;
            metadata.data_page_offset += by;
            metadata.dictionary_page_offset = metadata.dictionary_page_offset.map(|at| at + by);
            self.file.write_all(pages).map_err(|e| TableError::parquet(self.table, &e))?;
            self.offset += pages.len() as u64;
        }
        group.file_offset = Some(start as i64);
        group.ordinal = i16::try_from(self.footer.len()).ok();
        self.footer.push(&group).map_err(|e| TableError::parquet(self.table, &e))
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), TableError> {
        self.file.write_all(bytes).map_err(|e| TableError::parquet(self.table, &e))?;
        self.offset += bytes.len() as u64;
        Ok(())
    }

    /// Writes the footer.
    pub(crate) fn finish(mut self) -> Result<(), TableError> {
        let own = [("faisceau:schema", SCHEMA_VERSION), ("faisceau:table", self.table)];
        let own = own.map(|(key, value)| KeyValue::new(key.to_owned(), value.to_owned()));
        let notes = std::iter::once(schema_to_metadata_key(&self.schema)).chain(own).collect();
        let table = self.table;
        let mut empty = alone(&self.descriptor, Vec::new());
        empty.end(None).map_err(|e| TableError::parquet(table, &e))?;
        let (_, metadata) = empty.into_inner_and_metadata();
        let columns = self.descriptor.columns().len();
        let footer = std::mem::take(&mut self.footer).bytes(metadata.schema, columns, notes);
        self.append(&footer.map_err(|e| TableError::parquet(table, &e))?)?;
        self.file.flush().map_err(|e| TableError::parquet(self.table, &e))
    }
}

/// A file of one row group in memory.
fn alone(descriptor: &SchemaDescriptor, room: Vec<u8>) -> FileWriter<Vec<u8>> {
    // An index of pages would say once more what a group of few pages says of itself.
    let options = FileOptions { write_statistics: false, version: Version::V1 };
    FileWriter::new(room, descriptor.clone(), options, None)
}

/// Where a column begins: with its dictionary where it has one.
fn first_page(metadata: &ColumnMetaData) -> i64 {
    metadata.dictionary_page_offset.unwrap_or(metadata.data_page_offset)
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
