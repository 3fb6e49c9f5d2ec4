//! Telling the format of an exhibit by its content.
//!
//! In: the exhibit and the settings. Out: a format, or none. The file name plays no part: the one
//! who hands the exhibit over chose it.
//!
//! The order matters where one format could pass for another: unmistakable signatures first, then
//! the tables that the case itself maps, then names of keys and headers, then shapes of lines, then
//! pages of which nothing else is known.

use crate::contract::{ImportError, Source};
use crate::format::{Format, Rank, formats};
use crate::head::Head;
use crate::html;
use crate::messages::{mail, mbox};
use crate::posts::recipes;
use crate::settings::ImportSettings;
use crate::text::decode::read_limited;

/// How many bytes the formats are told by.
pub(crate) const HEAD_LEN: usize = 64 * 1024;

/// How many bytes JSON is told by, where its beginning tells nothing.
const LONG_JSON_LEN: u64 = 8 << 20;

/// How many bytes a mail with headers beyond that is told by; servers take no longer headers.
const LONG_HEAD_LEN: usize = 1024 * 1024;

/// The format of an exhibit.
///
/// # Errors
/// When its first bytes cannot be had.
pub(crate) fn format_of(
    source: &Source<'_>,
    settings: &ImportSettings,
) -> Result<Option<&'static Format>, ImportError> {
    let bytes = source.head()?;
    let found = sniff(&Head::new(&bytes, settings));
    if found.is_some_and(|format| format.rank != Rank::Any) || bytes.len() < HEAD_LEN {
        return Ok(found);
    }
    // A page starts with its styles; what it is of stands anywhere.
    if html::opens_a_page(&bytes) {
        let bytes = read_limited(&mut (source.open)()?, html::MAX_PAGE)?;
        let page = (recipes::FORMAT.sniff)(&Head::new(&bytes, settings));
        return Ok(if page { Some(&recipes::FORMAT) } else { found });
    }
    // One record of a list can be longer than the head of all other files.
    if bytes.trim_ascii_start().first().is_some_and(|byte| matches!(byte, b'[' | b'{')) {
        let bytes = read_limited(&mut (source.open)()?, LONG_JSON_LEN)?;
        return Ok(sniff(&Head::new(&bytes, settings)));
    }
    // A sender can put a header of any length before all others.
    let bytes = read_limited(&mut (source.open)()?, LONG_HEAD_LEN as u64)?;
    let head = Head::new(&bytes, settings);
    Ok([&mbox::FORMAT, &mail::FORMAT].into_iter().find(|format| (format.sniff)(&head)))
}

/// The first format, from the surest down, that knows this head.
fn sniff(head: &Head<'_>) -> Option<&'static Format> {
    [Rank::Signature, Rank::Mapped, Rank::Structure, Rank::Lines, Rank::Any].into_iter().find_map(
        |rank| formats().filter(|format| format.rank == rank).find(|format| (format.sniff)(head)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sample_is_of_its_own_format_and_of_no_other_as_sure() {
        let settings = ImportSettings::default();
        for format in formats().filter(|format| format.rank != Rank::Mapped) {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format.sample);
            let bytes = std::fs::read(path).unwrap();
            let head = Head::new(&bytes[..bytes.len().min(HEAD_LEN)], &settings);
            let known: Vec<_> = formats()
                .filter(|other| other.rank == format.rank && (other.sniff)(&head))
                .map(|other| other.name)
                .collect();
            assert_eq!(known, [format.name], "{}", format.sample);
            assert_eq!(sniff(&head).map(|found| found.name), Some(format.name));
        }
    }
}
