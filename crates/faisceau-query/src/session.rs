//! A case that is open for questions.

mod protected;
mod said;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use polars_core::prelude::DataFrame;
use polars_lazy::prelude::{IntoLazy, LazyFrame};
use polars_sql::SQLContext;

use crate::answer::{Answer, Limits};
use crate::catalogue::{TableInfo, TableKind};
use crate::engine::on_a_deep_stack;
use crate::error::QueryError;
use crate::scan::ParquetTable;
use crate::statement::{Asks, at_most, must_exist, read};
use crate::table::{CaseTable, ExtraTable, REVIEWS, case_tables};
use crate::views::View;
use crate::{describe, stable};

/// Views that stand on views: none does today, and one that stood on itself would end here.
const MAX_VIEWS: usize = 8;

/// Names that every case has: tables, views and `reviews`.
pub(crate) fn case_names() -> BTreeSet<String> {
    let tables = case_tables().into_iter().map(|table| table.name.to_owned());
    let views = View::ALL.iter().map(|view| view.name.to_owned());
    tables.chain(views).chain([REVIEWS.to_owned()]).collect()
}

/// The tables of a case, ready for questions. Nothing but the footers has been read.
#[derive(Debug)]
pub struct Session {
    tables: Vec<(CaseTable, Result<ParquetTable, String>)>,
    extra: BTreeMap<String, (String, DataFrame)>,
    views: &'static [View],
    known: BTreeSet<String>,
}

impl Session {
    /// Opens the folder of the tables; `views` are those that may be asked, [`View::ALL`] as a rule.
    ///
    /// A file that is missing or damaged is no error here: [`Session::catalogue`] says so, and so
    /// does a question that needs it.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn open(tables: &Path, views: &'static [View]) -> Result<Self, QueryError> {
        std::fs::read_dir(tables)
            .map_err(|source| QueryError::Folder { path: tables.to_path_buf(), source })?;
        let opened: Vec<_> = case_tables()
            .into_iter()
            .map(|table| {
                let file = table.open(tables);
                (table, file)
            })
            .collect();
        let known = opened
            .iter()
            .map(|(table, _)| table.name)
            .chain(views.iter().map(|view| view.name))
            .map(str::to_owned)
            .collect();
        Ok(Self { tables: opened, extra: BTreeMap::new(), views, known })
    }

    /// Adds a small table of the caller's.
    ///
    /// # Errors
    /// When its name is taken or its columns are of different lengths.
    pub fn register(&mut self, table: &ExtraTable) -> Result<(), QueryError> {
        if !self.known.insert(table.name.clone()) {
            let name = faisceau_model::excerpt(&table.name, 80);
            return Err(QueryError::Taken { name, what: "the rows handed in" });
        }
        self.extra.insert(table.name.clone(), (table.doc.clone(), table.frame()?));
        Ok(())
    }

    /// Answers a statement.
    ///
    /// # Errors
    /// What is wrong with it, in one sentence.
    pub fn run(&self, sql: &str, limits: &Limits) -> Result<Answer, QueryError> {
        on_a_deep_stack(|| match read(sql, &self.known)? {
            Asks::Tables => Ok(describe::tables(&self.list(false)?)),
            Asks::Columns(name) => {
                must_exist(&name, &self.known)?;
                self.describe(&name, true).map(|table| describe::columns(&table))
            }
            Asks::Rows { tables } => {
                let plan = self.plan(sql, &tables, 0)?;
                let frame = stable::collect(plan).map_err(|e| self.said(&e, &tables))?;
                Ok(Answer::of(frame, limits))
            }
        })
    }

    /// Checks a statement against this case without running it: also its tables and columns.
    ///
    /// # Errors
    /// What is wrong with it, in one sentence.
    pub fn check(&self, sql: &str) -> Result<(), QueryError> {
        on_a_deep_stack(|| match read(sql, &self.known)? {
            Asks::Tables => Ok(()),
            Asks::Columns(name) => must_exist(&name, &self.known),
            Asks::Rows { tables } => {
                let mut plan = self.plan(sql, &tables, 0)?;
                plan.collect_schema().map(|_| ()).map_err(|e| self.said(&e, &tables))
            }
        })
    }

    /// Every table and view with its columns, tables first, in the order of the documentation.
    ///
    /// # Errors
    /// When polars breaks on a view.
    pub fn catalogue(&self) -> Result<Vec<TableInfo>, QueryError> {
        on_a_deep_stack(|| self.list(true))
    }

    fn list(&self, with_columns: bool) -> Result<Vec<TableInfo>, QueryError> {
        let tables = self.tables.iter().map(|(table, _)| table.name);
        let views = self.views.iter().map(|view| view.name);
        let extra = self.extra.keys().map(String::as_str);
        tables.chain(extra).chain(views).map(|name| self.describe(name, with_columns)).collect()
    }

    fn describe(&self, name: &str, with_columns: bool) -> Result<TableInfo, QueryError> {
        if let Some((table, file)) = self.tables.iter().find(|(table, _)| table.name == name) {
            return Ok(TableInfo {
                name: name.to_owned(),
                kind: TableKind::Table,
                doc: table.doc.to_owned(),
                columns: table.columns.clone(),
                problem: file.as_ref().err().cloned(),
            });
        }
        let (kind, doc) = match self.extra.get(name) {
            Some((doc, _)) => (TableKind::Extra, doc.clone()),
            None => (TableKind::View, self.view(name).map_or("", |view| view.doc).to_owned()),
        };
        let (mut columns, mut problem) = (Vec::new(), None);
        if with_columns || kind == TableKind::View {
            match self.frame(name, 0).and_then(|mut plan| {
                plan.collect_schema().map_err(|e| self.said(&e, &BTreeSet::new()))
            }) {
                Ok(schema) => columns = describe::schema(&schema),
                Err(error @ QueryError::Unreadable { .. }) => problem = Some(error.to_string()),
                Err(error) => return Err(error),
            }
        }
        Ok(TableInfo { name: name.to_owned(), kind, doc, columns, problem })
    }

    fn view(&self, name: &str) -> Option<&'static View> {
        self.views.iter().find(|view| view.name == name)
    }

    /// The plan of a checked query. Its tables alone are put before polars, each time anew, for
    /// polars keeps what a query names.
    fn plan(
        &self,
        sql: &str,
        tables: &BTreeSet<String>,
        depth: usize,
    ) -> Result<LazyFrame, QueryError> {
        let mut context = SQLContext::new();
        for name in tables {
            must_exist(name, &self.known)?;
            context.register(name, self.frame(name, depth)?);
        }
        context.execute(sql).map_err(|e| self.said(&e, tables))
    }

    fn frame(&self, name: &str, depth: usize) -> Result<LazyFrame, QueryError> {
        if let Some((_, frame)) = self.extra.get(name) {
            return Ok(frame.clone().lazy());
        }
        if let Some(view) = self.view(name) {
            at_most("views on views", depth, MAX_VIEWS)?;
            return match read(view.sql, &BTreeSet::new())? {
                Asks::Rows { tables } => self.plan(view.sql, &tables, depth + 1),
                _ => Err(QueryError::refused("a view that asks for no rows")),
            };
        }
        let frame = self.file(name)?;
        let Some(hiding) = protected::hiding(name) else { return Ok(frame) };
        let mut context = SQLContext::new();
        context.register(name, frame);
        if name != protected::MARKED {
            context.register(protected::MARKED, self.file(protected::MARKED)?);
        }
        context.execute(&hiding).map_err(|e| self.said(&e, &BTreeSet::new()))
    }

    fn file(&self, name: &str) -> Result<LazyFrame, QueryError> {
        let unreadable = |reason: String| QueryError::Unreadable { name: name.to_owned(), reason };
        let table = self.tables.iter().find(|(table, _)| table.name == name);
        match table {
            Some((_, Ok(file))) => {
                file.lazy().map_err(|e| unreadable(faisceau_model::excerpt(&e.to_string(), 200)))
            }
            Some((_, Err(reason))) => Err(unreadable(reason.clone())),
            None => Err(unreadable("the case has no such table".to_owned())),
        }
    }
}
