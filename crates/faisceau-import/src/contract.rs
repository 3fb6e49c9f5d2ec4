//! What every importer takes and owes.
//!
//! In: a [`Source`] that can be opened again and again, the settings, and a sink. Out: rows and
//! rejects in the order of the exhibit, such that `records == read + rejected` whatever happens.
//!
//! A format module exposes one static `FORMAT`, which says what the format is and holds:
//!
//! - `sniff(head) -> bool`: whether the first 64 KiB are of this format;
//! - `parse(source, settings, sink) -> Result<(), ImportError>`: announces each record with
//!   `sink.records`, then either `sink.read` or `sink.reject`. An error ends the exhibit: `parse`
//!   must have settled every record it announced before it returns one, and must not count the
//!   rest of the exhibit, for [`import`] adds the one reject that stands for it.
//!
//! Refused: a first error that stops the reading of what can still be read.

use std::io;

use faisceau_html::PageError;
use faisceau_model::rows::Reject;
use faisceau_model::{ExhibitNo, Place, RejectReason, Sink};

use crate::discreet::Discreet;
use crate::format::Format;
use crate::settings::ImportSettings;
use crate::sniff;
use crate::text::decode::read_limited;

/// The bytes of one exhibit.
pub struct Source<'a> {
    /// Its number.
    pub exhibit: ExhibitNo,
    /// Its file name when it was added. Never used to tell the format.
    pub name: &'a str,
    /// Its size, in bytes.
    pub len: u64,
    /// Opens the bytes from the start.
    pub open: &'a (dyn Fn() -> io::Result<Box<dyn io::Read + Send>> + Sync),
}

impl Source<'_> {
    /// Everything, for formats that cannot be read as a stream.
    ///
    /// # Errors
    /// [`ImportError::TooLarge`] beyond `limit` bytes (nothing is read then if the size is known
    /// to be larger), [`ImportError::Read`] when the bytes cannot be had.
    pub fn read_all(&self, limit: u64) -> Result<Vec<u8>, ImportError> {
        if self.len > limit {
            return Err(ImportError::TooLarge { limit });
        }
        // One byte more than allowed tells a source that is longer than it says.
        let bytes = read_limited(&mut (self.open)()?, limit + 1)?;
        if bytes.len() as u64 > limit { Err(ImportError::TooLarge { limit }) } else { Ok(bytes) }
    }

    /// The first bytes, at most [`sniff::HEAD_LEN`].
    pub(crate) fn head(&self) -> Result<Vec<u8>, ImportError> {
        Ok(read_limited(&mut (self.open)()?, sniff::HEAD_LEN as u64)?)
    }
}

/// Why an exhibit could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The bytes could not be had.
    #[error("the exhibit cannot be read further: {error}")]
    Read {
        /// The first byte or record that could not be had.
        place: Place,
        /// What the system said.
        error: io::Error,
    },
    /// Larger than this importer holds in memory.
    #[error("the exhibit is larger than the {limit} bytes that this format may take")]
    TooLarge {
        /// Bytes allowed.
        limit: u64,
    },
    /// The frame around the records is broken: what follows cannot be told apart.
    #[error("{detail}")]
    Broken {
        /// Where it breaks.
        place: Place,
        /// What was expected.
        detail: String,
    },
    /// The exhibit ends before its format allows it to.
    #[error("{detail}")]
    Truncated {
        /// Where the last whole record ends.
        place: Place,
        /// What is missing.
        detail: String,
    },
    /// A limit on depth, count or length that concerns the exhibit as a whole.
    #[error("{detail}")]
    Limit {
        /// Where the limit is met.
        place: Place,
        /// The limit.
        detail: String,
    },
}

impl ImportError {
    /// The place of the first record that is lost.
    pub fn place(&self) -> Place {
        match self {
            Self::TooLarge { .. } => Place::Whole,
            Self::Read { place, .. }
            | Self::Broken { place, .. }
            | Self::Truncated { place, .. }
            | Self::Limit { place, .. } => place.clone(),
        }
    }

    /// The reason that stands in `rejects`.
    pub fn reason(&self) -> RejectReason {
        match self {
            Self::TooLarge { .. } | Self::Limit { .. } => RejectReason::Limit,
            Self::Broken { .. } => RejectReason::Syntax,
            Self::Read { .. } | Self::Truncated { .. } => RejectReason::Truncated,
        }
    }
}

impl From<PageError> for ImportError {
    fn from(error: PageError) -> Self {
        match error {
            PageError::Broken { place, detail } => Self::Broken { place, detail },
            PageError::Limit { place, detail } => Self::Limit { place, detail },
        }
    }
}

impl From<io::Error> for ImportError {
    fn from(error: io::Error) -> Self {
        Self::Read { place: Place::Whole, error }
    }
}

/// What became of an exhibit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The format that its content shows, or none that is known.
    pub format: Option<&'static Format>,
    /// Why it could not be read to its end, in one sentence.
    pub problem: Option<String>,
}

impl Imported {
    /// The name of the format, if one is known.
    pub fn name(&self) -> Option<&'static str> {
        self.format.map(|format| format.name)
    }
}

/// Reads one exhibit into `sink`. Never fails: what went wrong is in the result and the rejects.
///
/// An exhibit of no known format gives no record at all, which is not an error: a case also holds
/// screenshots and letters.
pub fn import(source: &Source<'_>, settings: &ImportSettings, sink: &mut dyn Sink) -> Imported {
    match sniff::format_of(source, settings) {
        Ok(Some(format)) => import_as(format, source, settings, sink),
        Ok(None) => Imported { format: None, problem: None },
        Err(error) => finished(None, Err(error), source.exhibit, sink),
    }
}

/// Reads one exhibit as a given format, whatever its content shows. Never fails.
pub fn import_as(
    format: &'static Format,
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Imported {
    if format.is_discreet() {
        let sink = &mut Discreet(sink);
        let outcome = (format.parse)(source, settings, sink);
        return finished(Some(format), outcome, source.exhibit, sink);
    }
    let outcome = (format.parse)(source, settings, sink);
    finished(Some(format), outcome, source.exhibit, sink)
}

/// The error that ended an exhibit stands for what follows it: one record, rejected.
fn finished(
    format: Option<&'static Format>,
    outcome: Result<(), ImportError>,
    exhibit: ExhibitNo,
    sink: &mut dyn Sink,
) -> Imported {
    let problem = outcome.err().map(|error| {
        let reject = Reject::new(exhibit, error.place(), error.reason(), error.to_string(), b"");
        // What it quotes of the exhibit is inert there.
        let problem = reject.detail.clone();
        sink.records(1);
        sink.reject(reject);
        problem
    });
    Imported { format, problem }
}
