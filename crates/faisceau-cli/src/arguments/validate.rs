//! Arguments of the commands that measure and make reference populations.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

/// A corpus to measure the signals on.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct ValidateArguments {
    /// The corpus: CSV or JSON lines, plain, gzip or zstd, with the columns `author`,
    /// `timestamp_utc`, `text`, `lang` and, where there are, `split`, `source`, `tz_offset_min`.
    #[arg(value_name = "CORPUS")]
    pub(crate) corpus: PathBuf,
    /// How each history is cut in two; default: both.
    #[arg(long, value_name = "CUT", value_enum, value_delimiter = ',')]
    pub(crate) cut: Vec<CutArgument>,
    /// Compare authors of different sites too. Such pairs are easy, and flatter.
    #[arg(long)]
    pub(crate) across: bool,
    /// Words a side; default: 50, 100, 180, 250, 500, 1000.
    #[arg(long, value_name = "N", value_delimiter = ',')]
    pub(crate) words: Vec<usize>,
    /// Posts a side; default: 10, 30, 100, 300.
    #[arg(long, value_name = "N", value_delimiter = ',')]
    pub(crate) posts: Vec<usize>,
    /// Weigh with this reference, as `faisceau reference build --out` wrote it. Default: that of
    /// the case, if there is a case, else the bundled one.
    #[arg(long, value_name = "FILE")]
    pub(crate) reference: Option<PathBuf>,
    /// Write the page for the report's annex, in French, to this file.
    #[arg(long, value_name = "FILE")]
    pub(crate) page: Option<PathBuf>,
    /// Leave the published baselines out.
    #[arg(long)]
    pub(crate) no_baselines: bool,
}

/// How a history becomes two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CutArgument {
    /// At the median message: one account after the other.
    Halves,
    /// By alternate days: two accounts in turn.
    Days,
}

/// What to do with reference populations.
#[derive(Debug, Clone, Subcommand)]
pub(crate) enum ReferenceAction {
    /// Make a reference of your own material, calibrate on it, and use it in the case. Same platform
    /// and period as the case is best.
    Build(ReferenceArguments),
}

/// Corpora that become a reference.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct ReferenceArguments {
    /// The corpora, as `faisceau validate` reads them.
    #[arg(required = true, value_name = "CORPUS")]
    pub(crate) corpora: Vec<PathBuf>,
    /// What it is called.
    #[arg(long, value_name = "NAME", default_value = "own")]
    pub(crate) name: String,
    /// The site of authors whose corpus names none: authors of one site are compared.
    #[arg(long, value_name = "SITE")]
    pub(crate) site: Option<String>,
    /// Who is to be credited, under which licence.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) credit: String,
    /// Write it to this file and leave the case as it is.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}
