//! Questions in SQL.

use std::path::PathBuf;

use clap::Args;

/// A question, and where its answer goes.
#[derive(Debug, Clone, Args)]
pub(crate) struct QueryArguments {
    /// The question: one SELECT over the tables and views, `SHOW TABLES`, or `DESCRIBE posts`.
    #[arg(value_name = "SQL")]
    pub(crate) sql: Option<String>,
    /// Ask a query that the case keeps.
    #[arg(long, value_name = "NAME", conflicts_with = "sql")]
    pub(crate) saved: Option<String>,
    /// Keep the question in the case under a name, and answer it.
    #[arg(long, value_name = "NAME", requires = "sql")]
    pub(crate) save: Option<String>,
    /// List the tables, the views and the queries that the case keeps.
    #[arg(long, conflicts_with_all = ["sql", "saved"])]
    pub(crate) list: bool,
    /// Write the whole answer into a file: .csv, .json, .jsonl or .parquet. It must not be there.
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) to: Option<PathBuf>,
    /// Most rows shown on the screen.
    #[arg(long, value_name = "N", default_value_t = 100, help_heading = "Output")]
    pub(crate) limit: usize,
}
