//! What polars says of a query, in the words of the case.

use std::collections::BTreeSet;

use faisceau_model::excerpt;
use polars_core::prelude::PolarsError;

use super::Session;
use crate::error::QueryError;
use crate::nearest::nearest;

/// Most characters of what polars said.
const LONGEST: usize = 400;

impl Session {
    /// The error of a query over `tables`.
    pub(super) fn said(&self, error: &PolarsError, tables: &BTreeSet<String>) -> QueryError {
        let message = error.to_string();
        match missing_column(error) {
            Some(name) => self.no_column(&name, tables),
            None => QueryError::Sql { message: excerpt(&message, LONGEST) },
        }
    }

    fn no_column(&self, name: &str, tables: &BTreeSet<String>) -> QueryError {
        let mut known: BTreeSet<String> = BTreeSet::new();
        for table in tables {
            // A table whose columns cannot be told has its own error, given before.
            let Ok(mut plan) = self.frame(table, 0) else { continue };
            let Ok(schema) = plan.collect_schema() else { continue };
            known.extend(schema.iter_names().map(ToString::to_string));
        }
        QueryError::NoColumn {
            name: excerpt(name, 80),
            nearest: nearest(name, known.iter().map(String::as_str)).map(str::to_owned),
            known: known.iter().map(|name| excerpt(name, 80)).collect(),
        }
    }
}

/// The column that polars did not find, where that is what it says.
fn missing_column(error: &PolarsError) -> Option<String> {
    let inner = match error {
        PolarsError::Context { error, .. } => return missing_column(error),
        PolarsError::ColumnNotFound(text) | PolarsError::SchemaFieldNotFound(text) => {
            text.to_string()
        }
        PolarsError::SQLInterface(text) | PolarsError::SQLSyntax(text) => {
            let text = text.to_string();
            let (_, rest) = text.split_once("column ")?;
            let missing = ["not found", "unable to find", "no column named"];
            if !missing.iter().any(|words| text.contains(words)) {
                return None;
            }
            rest.to_owned()
        }
        _ => return None,
    };
    let quote = |c| matches!(c, '"' | '\'' | '`');
    let start = inner.find(quote);
    let name = match start {
        Some(start) => inner.get(start + 1..)?.split(quote).next()?,
        None => inner.split([';', '\n']).next()?.trim(),
    };
    Some(name.to_owned())
}
