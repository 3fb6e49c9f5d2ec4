//! Pinned, dated reference data, looked up at a date.
//!
//! In: files of `datasets/`, compressed, embedded in the program, each with its source, licence,
//! date and hashes ([`DatasetInfo`]). Out: verdicts on an address at an instant, each with the
//! source and the distance in days from its date to the event ([`Verdict`], [`ListVerdict`]).
//! [`Bundle::embedded`] unpacks and indexes them once; after that a look-up allocates nothing and
//! cannot fail.
//!
//! What it refuses: to fetch anything, and to take silence for an answer. An instant that a
//! history does not cover gives [`Listing::NoData`](faisceau_model::Listing), never `NotListed`.

mod asn;
mod asn_csv;
mod bundle;
mod catalogue;
mod country;
mod day;
mod error;
mod kind;
pub mod line_names;
mod mmdb;
mod operators;
mod pack;
mod prefixes;
mod ranges;
mod sharing;
mod span;
mod texts;
mod tor;
mod tor_coverage;
mod tor_csv;
mod verdict;

pub use bundle::{Around, Bundle};
pub use catalogue::{DatasetFile, DatasetInfo};
pub use error::DatasetError;
pub use sharing::{Sharing, quarter};
pub use span::Span;
pub use texts::{ReferenceFiles, calibration_files, law_files, reference_files, text_files};
pub use verdict::{ListVerdict, Verdict};
