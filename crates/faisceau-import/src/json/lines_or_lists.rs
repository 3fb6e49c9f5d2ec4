//! Records that stand in lines of their own, in a list, or alone.
//!
//! In: a source, and how its records are told. Out: what the reader makes of each. Refused:
//! nothing but what [`super::ndjson`] and [`super::listing`] refuse.

use faisceau_model::Sink;

use super::listing::Listing;
use super::{MAX_EXHIBIT, ndjson};
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::head::Head;
use crate::settings::ImportSettings;

/// How the records of an exhibit are told.
pub(crate) struct Told<'t> {
    /// The keys of a record.
    pub(crate) by: &'t [&'t str],
    /// The keys of the lists that hold records.
    pub(crate) lists: &'t [&'t str],
    /// Keys beside the lists that are known.
    pub(crate) beside: &'t [&'t str],
}

/// Reads the records.
///
/// # Errors
/// When the exhibit breaks or ends too early; the records before that place are kept.
pub(crate) fn read(
    source: &Source<'_>,
    settings: &ImportSettings,
    told: &Told<'_>,
    sink: &mut dyn Sink,
    reader: ndjson::Reader<'_>,
) -> Result<(), ImportError> {
    let bytes = source.head()?;
    if in_lines(&Head::new(&bytes, settings), told.by) {
        return ndjson::read(source, sink, reader);
    }
    let exhibit = source.exhibit;
    let bytes = source.read_all(MAX_EXHIBIT)?;
    let listing = Listing::of(&bytes, &|key| told.lists.contains(&key));
    let mut fields = Fields::default();
    listing.whole((exhibit, &bytes), sink, |object, place, sink| {
        reader(object, place, &mut fields, sink)
    });
    listing.each(exhibit, sink, |object, place, sink| reader(object, place, &mut fields, sink));
    if !listing.lists.is_empty() {
        listing.beside(told.beside, &mut fields);
    }
    fields.finish(exhibit, sink);
    listing.error.map_or(Ok(()), Err)
}

/// Whether lines of a head are records. The elements of a list may stand in lines of their own
/// too: there the keys do not stand at the top.
pub(crate) fn in_lines(head: &Head<'_>, by: &[&str]) -> bool {
    head.has_keys(by) && !ndjson::first_objects(head.bytes).is_empty()
}
