//! One entry for every format.
//!
//! Comes in: the name of a format, what it is made from, and an empty folder. Goes out: the files
//! of that format in the folder, and what was counted into each.

use std::path::Path;

use crate::error::ExportError;
use crate::format::Format;
use crate::source::Source;
use crate::written::{Exported, Written};
use crate::{case_uco, ftm, stix};

/// What may be chosen of an export.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// GEXF with times on its edges, for the timeline of Gephi.
    pub dynamic: bool,
}

/// Writes a case in a format, with nothing chosen.
///
/// # Errors
/// A file that is there already or that the file system refuses, a table that cannot be read, and
/// a case that the format cannot hold.
pub fn export(format: Format, source: &Source<'_>, folder: &Path) -> Result<Exported, ExportError> {
    export_with(format, source, folder, Options::default())
}

/// Writes a case in a format.
///
/// # Errors
/// Those of [`export`].
pub fn export_with(
    format: Format,
    source: &Source<'_>,
    folder: &Path,
    _options: Options,
) -> Result<Exported, ExportError> {
    match format {
        Format::Stix => stix::write(source, folder).map(exported),
        Format::Case => case_uco::write(source, folder).map(exported),
        Format::Ftm => ftm::write(source, folder).map(exported),
        Format::Parquet
        | Format::Csv
        | Format::Xlsx
        | Format::GraphMl
        | Format::Gexf
        | Format::Graphology
        | Format::Timesketch => Err(not_built(format)),
    }
}

const fn exported(written: Vec<Written>) -> Exported {
    Exported { written, warnings: Vec::new() }
}

fn not_built(format: Format) -> ExportError {
    ExportError::Writer { format: format.name(), message: "not built in this branch".to_owned() }
}
