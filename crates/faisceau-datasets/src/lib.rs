//! Pinned, dated reference data, looked up at a date.
//!
//! In: files of `datasets/`, embedded in the program, each with its source, licence, date and
//! hashes ([`DatasetInfo`]), and those that a case pins ([`Pinned`], [`inspect`]). Out: verdicts on an address at an instant, each with the
//! source and the distance in days from its date to the event ([`Verdict`], [`ListVerdict`]).
//! [`Bundle::embedded`] indexes them once; the largest lie in the program as a build script laid
//! them out and are searched there; after that a look-up allocates nothing and
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
mod geofeed;
mod inspect;
mod kind;
mod licence;
pub mod line_names;
mod mmdb;
mod operators;
mod pack;
mod pinned;
mod prefixes;
mod ranges;
mod sharing;
mod span;
mod texts;
mod tor;
mod tor_coverage;
#[cfg_attr(not(test), expect(dead_code, reason = "the build script reads the history with it"))]
mod tor_csv;
mod verdict;

pub use bundle::{Around, Bundle};
pub use catalogue::{DatasetFile, DatasetInfo};
pub use error::DatasetError;
pub use inspect::{Inspected, LARGEST, Stated, inspect};
pub use kind::DatasetKind;
pub use licence::Terms;
pub use mmdb::{Flags, Placed};
pub use pinned::{Pin, Pinned};
pub use sharing::{Sharing, quarter};
pub use span::Span;
pub use texts::{
    ReferenceFiles, calibration_files, law_files, mail_provider_file, reference_files, text_files,
};
pub use verdict::{ListVerdict, Verdict};
