//! What a statement may be: parsed before polars sees it, and held to what only asks.
//!
//! Polars parses the same text again with the same parser and the same options, so that what was
//! checked is what is run. Refused are every statement but a query, `SHOW TABLES`, `DESCRIBE` and
//! `EXPLAIN` of a query; every table function, for those of polars read files; names with dots; and
//! a name given in the query that a table of the case has, for polars would take the table.

mod bounds;
mod names;
mod widths;

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use sqlparser::ast::{Statement, Visit};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::{Parser, ParserError, ParserOptions};

use crate::error::QueryError;
use crate::session::case_names;

pub(crate) use bounds::at_most;
pub use bounds::{MAX_BRACKETS, MAX_BYTES, MAX_DEPTH, MAX_TOKENS};
use names::single_name;

/// What a statement asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asks {
    /// Rows, or how they would be found.
    Rows {
        /// The tables that it names.
        tables: BTreeSet<String>,
    },
    /// Which tables there are.
    Tables,
    /// Which columns a table has.
    Columns(String),
}

/// Checks a statement without a case at hand, as for the queries that a case keeps: its form,
/// its length, and that it names tables and views which every case has.
///
/// # Errors
/// What is wrong with it, in one sentence.
pub fn check(sql: &str) -> Result<(), QueryError> {
    let known = case_names();
    crate::engine::on_a_deep_stack(|| {
        let asks = read(sql, &known)?;
        let names: Vec<String> = match asks {
            Asks::Rows { tables } => tables.into_iter().collect(),
            Asks::Columns(name) => vec![name],
            Asks::Tables => Vec::new(),
        };
        names.iter().try_for_each(|name| must_exist(name, &known))
    })
}

/// That a table is known.
pub(crate) fn must_exist(name: &str, known: &BTreeSet<String>) -> Result<(), QueryError> {
    if known.contains(name) {
        return Ok(());
    }
    Err(QueryError::NoTable {
        name: faisceau_model::excerpt(name, 80),
        nearest: crate::nearest::nearest(name, known.iter().map(String::as_str)).map(str::to_owned),
        known: known.iter().cloned().collect(),
    })
}

/// Reads a statement; `known` are the names of tables that it may not give to anything else.
pub(crate) fn read(sql: &str, known: &BTreeSet<String>) -> Result<Asks, QueryError> {
    bounds::of_text(sql)?;
    let options = ParserOptions { trailing_commas: true, ..ParserOptions::default() };
    let statements = Parser::new(&GenericDialect)
        .with_options(options)
        .try_with_sql(sql)
        .and_then(|mut parser| parser.parse_statements())
        .map_err(syntax)?;
    if statements.is_empty() {
        return Err(QueryError::Syntax { message: "there is nothing in it".to_owned() });
    }
    let [statement] = statements.as_slice() else {
        return Err(QueryError::refused(format!("{} statements at once", statements.len())));
    };
    match statement {
        Statement::Query(_) => rows(statement, known),
        Statement::Explain { statement: inner, analyze, .. } => match inner.as_ref() {
            Statement::Query(_) if !analyze => rows(inner, known),
            _ => Err(QueryError::refused("EXPLAIN of something else than a query")),
        },
        Statement::ShowTables { .. } => Ok(Asks::Tables),
        Statement::ExplainTable { table_name, .. } => Ok(Asks::Columns(single_name(table_name)?)),
        other => Err(QueryError::refused(format!("a statement {}", verb(other)))),
    }
}

fn rows(statement: &Statement, known: &BTreeSet<String>) -> Result<Asks, QueryError> {
    let mut names = names::Names::new(known);
    match statement.visit(&mut names) {
        ControlFlow::Break(error) => Err(*error),
        ControlFlow::Continue(()) => Ok(Asks::Rows { tables: names.tables() }),
    }
}

fn syntax(error: ParserError) -> QueryError {
    let message = match error {
        ParserError::TokenizerError(message) | ParserError::ParserError(message) => message,
        ParserError::RecursionLimitExceeded => "it is nested too deep".to_owned(),
    };
    QueryError::Syntax { message: faisceau_model::excerpt(&message, 300) }
}

/// The first words of a statement, as its author wrote them.
fn verb(statement: &Statement) -> String {
    let text = statement.to_string();
    let words: Vec<&str> = text.split_whitespace().take(2).collect();
    faisceau_model::excerpt(&words.join(" "), 40)
}

#[cfg(test)]
mod tests;
