//! What can stop the store. A member or a file that is refused is not an error: see
//! [`Refusal`](crate::Refusal).

use std::io;
use std::path::{Path, PathBuf};

use faisceau_model::ExhibitNo;

use crate::journal::ChainFault;

/// What stopped an act of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder holds no journal.
    #[error("`{}` is not a case: it has no journal.jsonl", .root.display())]
    NoCase {
        /// The folder.
        root: PathBuf,
    },
    /// The folder holds a journal already.
    #[error("`{}` is a case already: it has a journal.jsonl", .root.display())]
    CaseExists {
        /// The folder.
        root: PathBuf,
    },
    /// The folder holds another `case.toml`, perhaps written by hand.
    #[error("`{}` exists and says something else; move it away first", .path.display())]
    CaseFileExists {
        /// The file.
        path: PathBuf,
    },
    /// The journal is not what was written.
    #[error("the journal is broken: {0}")]
    Broken(#[from] ChainFault),
    /// Another process writes to the case.
    #[error(
        "another faisceau process is writing to `{}`; wait for it to end, or end it, then try again",
        .root.display()
    )]
    Locked {
        /// The case.
        root: PathBuf,
    },
    /// A path that was to be added cannot be looked at.
    #[error("`{}` cannot be read: {source}", .path.display())]
    Source {
        /// The path as given.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file of the case cannot be read or written.
    #[error("failed to {act} `{}`: {source}", .path.display())]
    Io {
        /// What was tried.
        act: &'static str,
        /// The file or folder of the case.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
    /// A value that has no unambiguous text in the journal.
    #[error("the journal takes no {what} (field `{field}`)")]
    Field {
        /// The field.
        field: String,
        /// What it held.
        what: &'static str,
    },
    /// An act that only the store itself writes, or one without a name.
    #[error("`{act}` is not an act that can be recorded")]
    Act {
        /// The act.
        act: String,
    },
    /// Every act has an author.
    #[error("an act needs the name of who does it")]
    NoAuthor,
    /// The case has no such exhibit.
    #[error("the case has no exhibit {no}")]
    UnknownExhibit {
        /// The number.
        no: ExhibitNo,
    },
    /// The bytes of an exhibit are not those that were taken in, or are not there.
    #[error("exhibit {no} (`{name}`) is not what was taken in: {what}")]
    Altered {
        /// The exhibit.
        no: ExhibitNo,
        /// Its name.
        name: String,
        /// What is wrong with its file.
        what: String,
    },
    /// A line could not be written, so the chain in memory is ahead of the one on disk.
    #[error("an earlier line of the journal could not be written; open the case again")]
    Halted,
}

impl StoreError {
    /// Whether the case itself is damaged, as opposed to a wrong use or a full disk.
    pub fn is_integrity(&self) -> bool {
        matches!(self, Self::Broken(_) | Self::Altered { .. })
    }

    pub(crate) fn io(act: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::Io { act, path, source }
    }
}
