//! The formats.

use std::fmt;
use std::str::FromStr;

/// A format that a case leaves in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// The tables as they are, with a manifest.
    Parquet,
    /// The tables as text.
    Csv,
    /// The tables as one workbook.
    Xlsx,
    /// The graph for networkx, yEd, igraph and Gephi.
    GraphMl,
    /// The graph for Gephi.
    Gexf,
    /// The graph for graphology and sigma.js.
    Graphology,
    /// A bundle for threat intelligence, STIX 2.1.
    Stix,
    /// CASE/UCO as JSON-LD, for forensic laboratories.
    Case,
    /// `FollowTheMoney` entities, for Aleph.
    Ftm,
    /// Events for Timesketch.
    Timesketch,
}

impl Format {
    /// Every format, in the order in which they are listed.
    pub const ALL: [Self; 10] = [
        Self::Parquet,
        Self::Csv,
        Self::Xlsx,
        Self::GraphMl,
        Self::Gexf,
        Self::Graphology,
        Self::Stix,
        Self::Case,
        Self::Ftm,
        Self::Timesketch,
    ];

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::GraphMl => "graphml",
            Self::Gexf => "gexf",
            Self::Graphology => "graphology",
            Self::Stix => "stix",
            Self::Case => "case",
            Self::Ftm => "ftm",
            Self::Timesketch => "timesketch",
        }
    }

    /// What it is and who reads it, in a line.
    pub const fn summary(self) -> &'static str {
        match self {
            Self::Parquet => "the tables as they are, with a manifest: notebooks, SQL",
            Self::Csv => "the tables as text, ids quoted, formulas inert",
            Self::Xlsx => "the tables as one workbook, every id a text",
            Self::GraphMl => "the graph for networkx, yEd, igraph, Gephi",
            Self::Gexf => "the graph for Gephi, with positions and times",
            Self::Graphology => "the graph for graphology and sigma.js",
            Self::Stix => "STIX 2.1 bundle: OpenCTI, MISP",
            Self::Case => "CASE/UCO JSON-LD: forensic laboratories",
            Self::Ftm => "FollowTheMoney entities: Aleph",
            Self::Timesketch => "events for Timesketch",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|format| format.name() == text).ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|format| format.name()).collect();
            format!("no format of that name; there are {}", names.join(", "))
        })
    }
}
