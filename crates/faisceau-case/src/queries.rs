//! SQL over the tables of a case, and the queries that it keeps.
//!
//! Queries are kept in `queries.toml`, beside `case.toml` and not in it: a question changes nothing
//! that is derived, and must not make the tables look stale.

use std::collections::BTreeMap;
use std::path::PathBuf;

use faisceau_query::{ExtraTable, Session, View, check};
use faisceau_store::write_atomic;

use crate::case::{Case, settings_text};
use crate::error::CaseError;

/// The file of the kept queries.
const FILE: &str = "queries.toml";
/// Most bytes of it.
const MOST_BYTES: u64 = 1 << 20;
/// Longest name of a query.
const LONGEST_NAME: usize = 60;

impl Case {
    /// The tables, the views and the decisions on links, open for questions.
    pub fn questions(&self) -> Result<Session, CaseError> {
        self.checked_record()?;
        let mut session = Session::open(&self.tables(), View::ALL)?;
        session.register(&ExtraTable::reviews(&self.reviews()))?;
        Ok(session)
    }

    /// The queries that the case keeps: name, SQL.
    pub fn kept_queries(&self) -> Result<BTreeMap<String, String>, CaseError> {
        let path = self.queries_file();
        if !path.exists() {
            return Ok(BTreeMap::new());
        }
        let text = settings_text(&path, MOST_BYTES)?;
        toml::from_str(&text).map_err(|e| CaseError::Settings {
            path,
            message: format!("a line is `name = \"SQL\"`: {e}"),
        })
    }

    /// Keeps a query under a name. Says whether one of that name was replaced.
    pub fn keep_query(&mut self, name: &str, sql: &str) -> Result<bool, CaseError> {
        let plain =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
        if name.is_empty() || name.len() > LONGEST_NAME || !name.chars().all(plain) {
            return Err(CaseError::Settings {
                path: self.queries_file(),
                message: "a query is called by small letters, digits, `_` and `-`".to_owned(),
            });
        }
        check(sql)?;
        // Two that keep a query at once keep both.
        let _lock = self.store.lock()?;
        let mut all = self.kept_queries()?;
        let before = all.insert(name.to_owned(), sql.to_owned());
        let path = self.queries_file();
        let text = toml::to_string(&all)
            .map_err(|e| CaseError::Settings { path: path.clone(), message: e.to_string() })?;
        write_atomic(&path, text.as_bytes()).map_err(|source| CaseError::Io {
            action: "write",
            path,
            source,
        })?;
        Ok(before.is_some_and(|before| before != sql))
    }

    fn queries_file(&self) -> PathBuf {
        self.root().join(FILE)
    }
}
