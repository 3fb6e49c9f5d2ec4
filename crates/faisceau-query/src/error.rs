//! What can go wrong between a question and its answer.

use std::path::PathBuf;

/// A question that got no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The statement is too long, too deep or has too many words.
    #[error("the SQL has {found} {what}, at most {most} are taken")]
    TooBig {
        /// What there is too much of.
        what: &'static str,
        /// How much there is.
        found: usize,
        /// How much is taken.
        most: usize,
    },
    /// It is not SQL.
    #[error("not SQL that can be read: {message}")]
    Syntax {
        /// What the parser expected, and where: line and column.
        message: String,
    },
    /// It is SQL that does more than ask, or asks something else than the tables.
    #[error("{what}: only questions to the tables of the case are taken")]
    Refused {
        /// What was refused.
        what: String,
    },
    /// No table of that name.
    #[error("there is no table `{name}`{}{}", proposal(.nearest.as_deref()), listed("tables and views", .known))]
    NoTable {
        /// The name, made inert.
        name: String,
        /// The nearest name that exists.
        nearest: Option<String>,
        /// Those that exist.
        known: Vec<String>,
    },
    /// A table of the case whose file is missing or cannot be read.
    #[error("the table `{name}` cannot be read: {reason}; run `faisceau run` again")]
    Unreadable {
        /// The table.
        name: String,
        /// Why.
        reason: String,
    },
    /// No column of that name.
    #[error("there is no column `{name}`{}{}", proposal(.nearest.as_deref()), listed("columns in reach", .known))]
    NoColumn {
        /// The name, made inert.
        name: String,
        /// The nearest name that exists.
        nearest: Option<String>,
        /// Those of the tables asked.
        known: Vec<String>,
    },
    /// A name that a table of the case has already.
    #[error("`{name}` is a table or view of the case: choose another name for {what}")]
    Taken {
        /// The name.
        name: String,
        /// What was to have it.
        what: &'static str,
    },
    /// Polars understood it and could not do it.
    #[error("the SQL cannot be answered: {message}")]
    Sql {
        /// What polars said, made inert.
        message: String,
    },
    /// Polars broke.
    #[error(
        "the query engine broke on this SQL (polars panicked: {message}); nothing was answered"
    )]
    Engine {
        /// What the panic said, made inert.
        message: String,
    },
    /// A small table of the caller has columns of different lengths.
    #[error("the table `{table}` has columns of different lengths")]
    Uneven {
        /// The table.
        table: String,
    },
    /// The folder could not be read.
    #[error("cannot read the folder of the tables, `{}`", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The answer could not be written.
    #[error("cannot write the answer")]
    Write(#[from] std::io::Error),
}

fn proposal(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

fn listed(what: &str, names: &[String]) -> String {
    if names.is_empty() { String::new() } else { format!(" ({what}: {})", names.join(", ")) }
}

impl QueryError {
    pub(crate) fn refused(what: impl Into<String>) -> Self {
        Self::Refused { what: what.into() }
    }
}
