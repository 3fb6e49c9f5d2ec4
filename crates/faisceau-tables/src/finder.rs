//! Rows by the values of their columns, from tables that stay open.
//!
//! In: the folder of the tables. Out: rows, in the order of their table, and counts. A table is
//! opened and its footer read when it is first asked; a column is read whole when it is first asked
//! for, and an index of it is kept ([`index`](crate::index)). Of other columns only the pages are
//! decoded in which the rows stand. Whoever replaces the tables makes another finder.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use faisceau_model::table::{Kind, Row};
use polars_core::prelude::DataFrame;
use polars_io::SerReader;
use polars_io::parquet::read::{ParallelStrategy, ParquetReader};
use polars_parquet::read::FileMetadata;

use crate::error::TableError;
use crate::index::{Index, key};
use crate::reader::open;
use crate::rows::{Source, rows_at};
use crate::value::Asked;

/// Rows of a column that are held while an index is made.
const BATCH: usize = 1 << 18;

/// Rows nearer to each other than this are read in one go.
const NEAR: u32 = 256;

/// Bytes of indexes that are kept; one more lets go of all others.
const MOST: usize = 512 << 20;

/// What a column must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// This text.
    Text(String),
    /// Any known value.
    Known,
    /// No value.
    Missing,
}

/// Tables that stay open, and what was learnt of them.
pub struct Finder {
    folder: PathBuf,
    tables: BTreeMap<&'static str, Table>,
    indexes: BTreeMap<(&'static str, Asked), Arc<Index>>,
}

impl Finder {
    /// Opens nothing yet.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), tables: BTreeMap::new(), indexes: BTreeMap::new() }
    }

    /// The rows whose column holds one of some values.
    pub fn find<R: Row>(&mut self, column: &str, values: &[&str]) -> Result<Vec<R>, TableError> {
        let index = self.index::<R>(column)?;
        let found = values.iter().flat_map(|value| index.rows(Some(value)));
        let mut found: Vec<u32> = found.copied().collect();
        found.sort_unstable();
        found.dedup();
        self.table::<R>()?.read(&found)
    }

    /// How many rows hold all that is wanted, and the first of them, at most `most`.
    pub fn select<R: Row>(
        &mut self,
        wanted: &[(String, Wanted)],
        most: usize,
    ) -> Result<(usize, Vec<R>), TableError> {
        let indexes = wanted.iter().map(|(column, _)| self.index::<R>(column));
        let indexes = indexes.collect::<Result<Vec<_>, _>>()?;
        let table = self.table::<R>()?;
        let mut sets: Vec<Set<'_>> =
            indexes.iter().zip(wanted).map(|(index, (_, wanted))| Set::of(index, wanted)).collect();
        sets.sort_by_key(|set| set.len(table.rows));
        let (mut found, rest) = match sets.split_first() {
            Some((Set { rows, inside: true }, rest)) => (rows.to_vec(), rest),
            _ => ((0..table.rows as u32).collect(), &*sets),
        };
        for set in rest {
            set.narrow(&mut found);
        }
        let shown = found.get(..most).unwrap_or(&found);
        Ok((found.len(), table.read(shown)?))
    }

    fn table<R: Row>(&mut self) -> Result<&Table, TableError> {
        if !self.tables.contains_key(R::TABLE) {
            self.tables.insert(R::TABLE, Table::open::<R>(&self.folder)?);
        }
        self.tables.get(R::TABLE).ok_or_else(|| TableError::parquet(R::TABLE, &"not opened"))
    }

    fn index<R: Row>(&mut self, column: &str) -> Result<Arc<Index>, TableError> {
        let missing = || TableError::Column { table: R::TABLE, column: column.to_owned() };
        let asked = Asked::of::<R>(column).ok_or_else(missing)?;
        if let Some(known) = self.indexes.get(&(R::TABLE, asked)) {
            return Ok(Arc::clone(known));
        }
        let index = Arc::new(self.table::<R>()?.index::<R>(asked)?);
        let kept: usize = self.indexes.values().map(|index| index.bytes()).sum();
        if kept + index.bytes() > MOST {
            self.indexes.clear();
        }
        self.indexes.insert((R::TABLE, asked), Arc::clone(&index));
        Ok(index)
    }
}

/// Rows of a table, as those that they are or those that they are not.
struct Set<'a> {
    /// Ascending.
    rows: &'a [u32],
    inside: bool,
}

impl<'a> Set<'a> {
    fn of(index: &'a Index, wanted: &Wanted) -> Self {
        match wanted {
            Wanted::Text(text) => Self { rows: index.rows(Some(text)), inside: true },
            Wanted::Missing => Self { rows: index.rows(None), inside: true },
            Wanted::Known => Self { rows: index.rows(None), inside: false },
        }
    }

    fn len(&self, of: usize) -> usize {
        if self.inside { self.rows.len() } else { of - self.rows.len() }
    }

    /// Leaves what of `found`, ascending, is in the set.
    fn narrow(&self, found: &mut Vec<u32>) {
        let mut rows = self.rows.iter().peekable();
        found.retain(|row| {
            while rows.next_if(|next| *next < row).is_some() {}
            (rows.peek() == Some(&row)) == self.inside
        });
    }
}

/// A file whose footer was read.
struct Table {
    file: File,
    footer: Arc<FileMetadata>,
    rows: usize,
}

impl Table {
    fn open<R: Row>(folder: &Path) -> Result<Self, TableError> {
        let file = open::<R>(folder)?;
        let failed = |e| TableError::parquet(R::TABLE, &e);
        let handle = file.try_clone().map_err(|e| TableError::parquet(R::TABLE, &e))?;
        let footer = Arc::clone(ParquetReader::new(handle).get_metadata().map_err(failed)?);
        let rows = footer.num_rows;
        if u32::try_from(rows).is_err() {
            return Err(TableError::parquet(R::TABLE, &"more rows than can be counted"));
        }
        Ok(Self { file, footer, rows })
    }

    fn frame<R: Row>(
        &self,
        (offset, rows): (usize, usize),
        columns: Option<Vec<String>>,
    ) -> Result<DataFrame, TableError> {
        let handle = self.file.try_clone().map_err(|e| TableError::parquet(R::TABLE, &e))?;
        let mut reader = ParquetReader::new(handle);
        reader.set_metadata(Arc::clone(&self.footer));
        reader
            .with_columns(columns)
            .with_slice(Some((offset, rows)))
            // The other strategy decodes something of every row group that stands before.
            .read_parallel(ParallelStrategy::RowGroups)
            .set_rechunk(true)
            .finish()
            .map_err(|e| TableError::parquet(R::TABLE, &e))
    }

    fn index<R: Row>(&self, asked: Asked) -> Result<Index, TableError> {
        let column = R::COLUMNS.get(asked.at);
        let column = column.ok_or_else(|| TableError::parquet(R::TABLE, &"no such column"))?;
        let names = match column.kind {
            Kind::Moment => ["utc", "prec", "zone"].map(|p| format!("{}_{p}", column.name)).into(),
            _ => vec![column.name.to_owned()],
        };
        let mut pairs = Vec::with_capacity(self.rows);
        for offset in (0..self.rows).step_by(BATCH) {
            let frame = self.frame::<R>((offset, BATCH), Some(names.clone()))?;
            let source = Source::of::<R>(&frame, column.name, column.kind)?;
            pairs.extend((0..frame.height()).map(|n| {
                let text = source.cell(n).and_then(|cell| asked.text(cell));
                (key(text.as_deref()), (offset + n) as u32)
            }));
        }
        Ok(Index::of(pairs))
    }

    /// The rows at some places, which ascend.
    fn read<R: Row>(&self, places: &[u32]) -> Result<Vec<R>, TableError> {
        let mut all = Vec::with_capacity(places.len());
        let block = |place: &u32| *place as usize / BATCH;
        for near in places.chunk_by(|a, b| b - a < NEAR && block(a) == block(b)) {
            let (Some(first), Some(last)) = (near.first(), near.last()) else { continue };
            let rows = (last - first) as usize + 1;
            let frame = self.frame::<R>((*first as usize, rows), None)?;
            if frame.height() != rows {
                return Err(TableError::parquet(R::TABLE, &"fewer rows than its footer says"));
            }
            all.append(&mut rows_at(&frame, near.iter().map(|place| (place - first) as usize))?);
        }
        Ok(all)
    }
}
