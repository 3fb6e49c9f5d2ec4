//! What the formats that keep tables as tables share.
//!
//! Comes in: the tables of a [`Source`](crate::Source), in batches. Goes out: rows of named entries
//! that know no format, hashes and counts. Refuses: to hand a position on that the case protects,
//! and what addressees declared of subscribers unless it is asked for.

mod contents;
mod entries;
mod folder;
mod options;
mod protected;
mod reviews;
mod walk;

pub(crate) use contents::{Contents, LeftOut, sha256};
pub(crate) use entries::Entry;
pub(crate) use folder::{NewFile, create};
pub(crate) use options::wanted;
pub use options::{CsvOptions, TableOptions};
pub(crate) use protected::{Protected, WITHHELD};
pub(crate) use reviews::{REVIEWS, review_columns, review_entries};
pub(crate) use walk::{Sheets, walk};
