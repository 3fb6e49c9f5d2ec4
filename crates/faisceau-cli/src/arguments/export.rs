//! The formats that a case leaves in.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use faisceau_case::ExportFormat;

/// What leaves, and where to.
#[derive(Debug, Clone, Args)]
pub(crate) struct ExportArguments {
    /// The format; without one, the formats are listed.
    pub(crate) format: Option<FormatArgument>,
    /// Folder to make; default: `out/FORMAT` in the case, made anew each time.
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    pub(crate) to: Option<PathBuf>,
    /// GEXF with times on its edges, for the timeline of Gephi.
    #[arg(long)]
    pub(crate) dynamic: bool,
    /// Let what addressees declare of subscribers (names, addresses) leave with the tables.
    #[arg(long)]
    pub(crate) with_subscribers: bool,
    /// What separates the columns of CSV.
    #[arg(long, value_name = "WORD", default_value = "semicolon")]
    pub(crate) separator: SeparatorArgument,
    /// No byte order mark at the start of CSV; spreadsheets need it, programs do not.
    #[arg(long)]
    pub(crate) no_bom: bool,
}

/// What separates the columns of CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SeparatorArgument {
    /// What a French spreadsheet splits at.
    Semicolon,
    /// What RFC 4180 says.
    Comma,
    /// A tabulator.
    Tab,
}

impl SeparatorArgument {
    /// The byte.
    pub(crate) fn byte(self) -> u8 {
        match self {
            Self::Semicolon => b';',
            Self::Comma => b',',
            Self::Tab => b'\t',
        }
    }
}

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatArgument {
    /// The tables as they are, with a manifest.
    Parquet,
    /// The tables as text.
    Csv,
    /// The tables as one workbook.
    Xlsx,
    /// The graph for networkx, yEd, igraph, Gephi.
    Graphml,
    /// The graph for Gephi.
    Gexf,
    /// The graph for graphology and sigma.js.
    Graphology,
    /// STIX 2.1: OpenCTI, MISP.
    Stix,
    /// CASE/UCO JSON-LD: forensic laboratories.
    Case,
    /// FollowTheMoney entities: Aleph.
    Ftm,
    /// Events for Timesketch.
    Timesketch,
}

impl FormatArgument {
    /// The format that is meant.
    pub(crate) fn format(self) -> ExportFormat {
        match self {
            Self::Parquet => ExportFormat::Parquet,
            Self::Csv => ExportFormat::Csv,
            Self::Xlsx => ExportFormat::Xlsx,
            Self::Graphml => ExportFormat::GraphMl,
            Self::Gexf => ExportFormat::Gexf,
            Self::Graphology => ExportFormat::Graphology,
            Self::Stix => ExportFormat::Stix,
            Self::Case => ExportFormat::Case,
            Self::Ftm => ExportFormat::Ftm,
            Self::Timesketch => ExportFormat::Timesketch,
        }
    }
}
