//! What can go wrong over a case, in words for the person at the keyboard.

use std::path::{Path, PathBuf};

use faisceau_datasets::DatasetError;
use faisceau_export::ExportError;
use faisceau_query::QueryError;
use faisceau_report::{RedactError, ReportError};
use faisceau_store::StoreError;
use faisceau_tables::TableError;

/// A call on a case that could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// `case.toml` cannot be understood.
    #[error("`{}` cannot be understood: {message}", path.display())]
    Settings {
        /// The file.
        path: PathBuf,
        /// What is wrong, with the line.
        message: String,
    },
    /// A file beside the case cannot be read.
    #[error("cannot {action} `{}`: {source}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why it failed.
        source: std::io::Error,
    },
    /// What stands at a place of an exhibit cannot be shown.
    #[error("exhibit {exhibit}, {place}: {source}")]
    Place {
        /// The exhibit.
        exhibit: String,
        /// The place.
        place: String,
        /// Why.
        source: std::io::Error,
    },
    /// A bundled file does not parse: the program was built from broken data.
    #[error("the bundled {what} cannot be read: {message}")]
    Bundled {
        /// Which file.
        what: &'static str,
        /// What is wrong.
        message: String,
    },
    /// There is nothing to work on yet.
    #[error("{what}")]
    NotYet {
        /// What is missing.
        what: String,
        /// The command that provides it.
        hint: &'static str,
    },
    /// A file that cannot be pinned as a dataset.
    #[error("`{}` cannot be pinned: {what}", crate::pins::shown(path))]
    Pin {
        /// The file.
        path: PathBuf,
        /// Why.
        what: String,
    },
    /// A pinned dataset is gone, or its bytes are others.
    #[error("the dataset `{id}` is not what was pinned: {what}")]
    DatasetAltered {
        /// The dataset.
        id: String,
        /// What was met.
        what: String,
    },
    /// A reference population that cannot be made or read.
    #[error("the reference cannot be used: {message}")]
    Reference {
        /// Why.
        message: String,
    },
    /// A time stamp that is not taken in.
    #[error("the time stamp is not taken in: {why}")]
    TimeStamp {
        /// Why.
        why: String,
    },
    /// A text that names no instant.
    #[error(
        "`{text}` is no instant with its offset (2026-03-01T14:05:12+01:00), no day (2026-03-01), and no row with a time"
    )]
    Instant {
        /// The text, made inert.
        text: String,
    },
    /// A decision that is not taken in.
    #[error("nothing is decided: {why}")]
    Review {
        /// Why.
        why: String,
    },
    /// The tables are not those that the last run made.
    #[error("the tables are not those that the last run made")]
    TablesAltered,
    /// An id that stands nowhere.
    #[error("nothing in this case is called `{0}`")]
    UnknownId(String),
    /// The records of an exhibit do not add up: a defect of the importer, never hidden.
    #[error("exhibit {exhibit}: {records} records, but {read} read and {rejected} rejected")]
    Unbalanced {
        /// The exhibit.
        exhibit: String,
        /// Records met.
        records: u64,
        /// Records that gave rows.
        read: u64,
        /// Records that gave none.
        rejected: u64,
    },
    /// The exhibits or the journal.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The tables.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The datasets.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
    /// A question.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// An export.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The report.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// No filed version can be made.
    #[error(transparent)]
    Redact(#[from] RedactError),
}

/// The error of a file or folder, with what was done to it: for `map_err`.
pub(crate) fn io(
    action: &'static str,
    path: &Path,
) -> impl FnOnce(std::io::Error) -> CaseError + use<> {
    let path = path.to_owned();
    move |source| CaseError::Io { action, path, source }
}

impl CaseError {
    /// Whether an exhibit or the journal is not what it was.
    pub fn is_integrity(&self) -> bool {
        matches!(self, Self::TablesAltered | Self::DatasetAltered { .. })
            || matches!(self, Self::Store(error) if error.is_integrity())
    }

    /// Whether the person at the keyboard can mend it: a wrong file, id, folder or order.
    pub fn is_wrong_use(&self) -> bool {
        match self {
            Self::Settings { .. }
            | Self::NotYet { .. }
            | Self::UnknownId(_)
            | Self::Pin { .. }
            | Self::Review { .. }
            | Self::Instant { .. }
            | Self::Reference { .. } => true,
            Self::Query(error) => !matches!(error, QueryError::Engine { .. }),
            Self::Store(error) => matches!(
                error,
                StoreError::NoCase { .. }
                    | StoreError::CaseExists { .. }
                    | StoreError::CaseFileExists { .. }
                    | StoreError::Locked { .. }
                    | StoreError::Source { .. }
                    | StoreError::NoAuthor
            ),
            _ => false,
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::NotYet { hint, .. } => (*hint).to_owned(),
            Self::Store(StoreError::Altered { .. }) => {
                "`faisceau verify` checks all of them; the original must be put back".to_owned()
            }
            Self::DatasetAltered { .. } => {
                "put the file back, or `faisceau datasets remove ID` and pin it again".to_owned()
            }
            Self::TablesAltered => "`faisceau run` makes them anew from the exhibits".to_owned(),
            Self::UnknownId(_) => {
                "ids stand in the note (S12), in `faisceau status` and in the tables; a node of the graph is \
                 an account, an address, or `kind:value` such as domain:example.org".to_owned()
            }
            Self::Store(StoreError::NoCase { .. }) => {
                "`faisceau new DIR` opens a case; `--case DIR` names one".to_owned()
            }
            Self::Store(StoreError::CaseExists { .. }) => {
                "choose another folder, or work on this case with `--case`".to_owned()
            }
            Self::Store(error) if error.is_integrity() => {
                "`faisceau verify` names everything that is not as it was".to_owned()
            }
            _ => return None,
        })
    }
}
