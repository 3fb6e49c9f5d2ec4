//! One entry for every format.
//!
//! Comes in: the name of a format, what it is made from, and an empty folder. Goes out: the files
//! of that format in the folder, and what was counted into each.

use std::path::Path;

use crate::error::ExportError;
use crate::format::Format;
use crate::gexf::{self, Mode};
use crate::plain::Checked;
use crate::source::Source;
use crate::tabular::TableOptions;
use crate::written::{Exported, Written, create};
use crate::{case_uco, csv, ftm, graphml, graphology, parquet, stix, timesketch, xlsx};

/// What may be chosen of an export.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// GEXF with times on its edges, for the timeline of Gephi.
    pub dynamic: bool,
    /// What the tables hold, and how CSV is written.
    pub tables: TableOptions,
}

/// Writes a case in a format, with nothing chosen.
///
/// # Errors
/// A file that is there already or that the file system refuses, a table that cannot be read, and
/// a case that the format cannot hold.
pub fn export(format: Format, source: &Source<'_>, folder: &Path) -> Result<Exported, ExportError> {
    export_with(format, source, folder, &Options::default())
}

/// Writes a case in a format.
///
/// # Errors
/// Those of [`export`].
pub fn export_with(
    format: Format,
    source: &Source<'_>,
    folder: &Path,
    options: &Options,
) -> Result<Exported, ExportError> {
    match format {
        Format::GraphMl | Format::Gexf | Format::Graphology => {
            graph(format, source, folder, options)
        }
        Format::Stix => stix::write(source, folder).map(exported),
        Format::Case => case_uco::write(source, folder).map(exported),
        Format::Ftm => ftm::write(source, folder).map(exported),
        Format::Parquet => parquet::write(source, folder, &options.tables).map(exported),
        Format::Csv => csv::write(source, folder, &options.tables).map(exported),
        Format::Xlsx => xlsx::write(source, folder, &options.tables).map(exported),
        Format::Timesketch => timesketch::write(source, folder).map(exported),
    }
}

const fn exported(written: Vec<Written>) -> Exported {
    Exported { written, warnings: Vec::new() }
}

fn graph(
    format: Format,
    source: &Source<'_>,
    folder: &Path,
    options: &Options,
) -> Result<Exported, ExportError> {
    let checked = Checked::of(source.graph, format.name())?;
    let (nodes, edges) = (source.graph.nodes.len(), source.graph.edges.len());
    let mode = if options.dynamic { Mode::Dynamic } else { Mode::Static };
    let (file, warning) = match format {
        Format::Gexf => ("graph.gexf", None),
        Format::Graphology => ("graph.json", graphology::warning(nodes)),
        _ => ("graph.graphml", None),
    };
    create(folder, file, |to| match format {
        Format::Gexf => gexf::write(&checked, source.case, mode, to),
        Format::Graphology => graphology::write(&checked, source.case, to),
        _ => graphml::write(&checked, source.case, to),
    })?;
    let counts = [("nodes", nodes), ("edges", edges)];
    let written = counts
        .map(|(what, count)| Written { file: file.to_owned(), what, count: count as u64 })
        .into();
    Ok(Exported { written, warnings: warning.into_iter().collect() })
}
