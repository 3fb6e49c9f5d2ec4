//! A handle on all sites of a file.
//!
//! In: the file, the handle, what the user allows, and who fetches. Out: a line for each site, in the
//! order of the file, and counts. A site that fails costs itself alone. Refused: to go on when an
//! answer could not be kept.

use std::collections::BTreeMap;

use faisceau_model::excerpt;

use super::check::{self, Checked, Verdict};
use super::handle::Handle;
use super::line::{self, About};
use super::plan::{Choice, prepare};
use super::sites::SiteFile;
use crate::http::{Fetch, FetchError};

/// Why the lines could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PresenceError {
    /// An answer could not be kept: nothing more was asked.
    #[error("{source} (after {sites} sites)")]
    Keeping {
        /// Sites that were settled before.
        sites: u64,
        /// Why.
        source: FetchError,
    },
    /// A line cannot be written.
    #[error("the answers cannot be written: {0}")]
    Line(#[from] serde_json::Error),
}

/// What sites say of a handle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presences {
    /// Lines of the form `presence/1`, one for each site of the file, in its order.
    pub bytes: Vec<u8>,
    /// Sites by verdict; the sum is the number of sites.
    pub verdicts: BTreeMap<Verdict, u64>,
    /// Requests that left, or were refused on the way.
    pub requests: u64,
}

/// Asks all sites. `progress` hears how many sites of how many are settled.
///
/// # Errors
/// When an answer cannot be kept. The same call goes on where it stopped if the answers that were
/// kept are given again.
pub fn run(
    file: &SiteFile,
    handle: &Handle,
    choice: &Choice,
    fetch: &mut dyn Fetch,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Presences, PresenceError> {
    let all = file.sites.len() as u64;
    let mut out = Presences { bytes: Vec::new(), verdicts: BTreeMap::new(), requests: 0 };
    for (site, number) in file.sites.iter().zip(0_u64..) {
        let prepared = prepare(site.as_ref(), handle, choice);
        let checked = match &prepared {
            Ok(pair) => check::check(pair, fetch, &mut out.requests)
                .map_err(|source| PresenceError::Keeping { sites: number, source })?,
            Err((_, why)) => Checked::not_asked(why.clone()),
        };
        let (name, category) = match site {
            Ok(site) => (site.name.as_str(), excerpt(&site.cat, 40)),
            Err(no) => (no.name.as_str(), String::new()),
        };
        let show = prepared.as_ref().ok().and_then(|pair| pair.show.as_deref());
        let about = About {
            file: &file.sha256,
            site: name,
            category: &category,
            handle: handle.as_str(),
            show,
        };
        line::append(&mut out.bytes, &about, &checked)?;
        *out.verdicts.entry(checked.verdict).or_default() += 1;
        progress(number + 1, all);
    }
    Ok(out)
}
