//! What a copy's name, fields, tables and size say of where it passed.
//!
//! In: the name of a file and its [`Description`]. Out: [`Trace`]s, each of one row of the data in
//! `datasets/media` (or of one rule, named likewise). A trace is a hint and never a verdict: a name
//! can be given by anyone, a field can be written by any program, tables and sizes are shared by
//! many. Several traces may stand beside each other, or contradict each other; the reader weighs.
//! What it refuses: to say more than the row says, and to convert a time to another zone.

mod clock;
mod data;
mod fields;
mod names;
mod picture;
mod template;

use crate::field::Description;

/// Most traces of a file.
const TRACES: usize = 64;

/// What a trace points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A copy that passed through a platform.
    Copy,
    /// What a camera wrote.
    Original,
    /// A picture of a screen.
    Screenshot,
    /// Saved by a program that changes pictures.
    Edited,
    /// Made by a model, at least in part.
    Generated,
    /// A picture without any metadata, as most platforms leave it.
    Stripped,
}

impl Kind {
    /// The word that stands in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::Original => "original",
            Self::Screenshot => "screenshot",
            Self::Edited => "edited",
            Self::Generated => "generated",
            Self::Stripped => "stripped",
        }
    }
}

/// What a trace rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The name of the file.
    Name,
    /// A field of its metadata, or that there is none.
    Fields,
    /// The tables of a JPEG.
    Tables,
    /// Width and height.
    Size,
}

impl Basis {
    /// The word that stands in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Fields => "fields",
            Self::Tables => "tables",
            Self::Size => "size",
        }
    }
}

/// One hint of where a file passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The platform, program or device.
    pub platform: String,
    /// What it points to.
    pub kind: Kind,
    /// What it rests on.
    pub basis: Basis,
    /// A civil time and the word for its zone: `2024-01-31 14:05:06 local`, `2024-01-31 local`,
    /// `2024-01-31 14:05:06.123 UTC`. What is not written is not known.
    pub at: Option<String>,
    /// What that is the time of: `saved`, `taken`, `posted`.
    pub means: Option<&'static str>,
    /// The identifier that the platform gave.
    pub id: Option<String>,
    /// The program that was on the screen, by name or package.
    pub app: Option<String>,
    /// The number in a row.
    pub sequence: Option<String>,
    /// Always: no trace proves anything alone.
    pub heuristic: bool,
    /// The row of the data, or the rule.
    pub entry: &'static str,
}

impl Trace {
    fn new(platform: &str, kind: Kind, basis: Basis, entry: &'static str) -> Self {
        Self {
            platform: platform.to_owned(),
            kind,
            basis,
            at: None,
            means: None,
            id: None,
            app: None,
            sequence: None,
            heuristic: true,
            entry,
        }
    }
}

/// All traces of a file: those of its name, its fields, its tables, its size, in that order.
pub fn read(name: &str, description: &Description) -> Vec<Trace> {
    let mut traces = names::read(name);
    traces.extend(fields::read(description));
    traces.extend(picture::read(description));
    traces.truncate(TRACES);
    traces
}

#[cfg(test)]
mod tests;
