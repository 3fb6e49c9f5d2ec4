//! Profiles and posts over interfaces that anybody may ask without a key.
//!
//! In: a [`Wanted`]. Out: [`plan()`], what is going to be asked of whom before anything leaves, and
//! [`run()`], which asks page after page through a [`Fetch`] and gives counts. The answers themselves
//! are kept by whoever implements [`Fetch`]; an importer reads them from there. Refused: logging in,
//! writing, following a `next` to another host (it would tell that host of the case), asking for the
//! same page twice.
//!
//! One file a service: `mastodon` with `activitypub` behind it, `bluesky` with `plc`, `reddit`,
//! `feed`. Common to them: `wanted` and `target` (what is asked for), `plan`, `pager` (asking,
//! counting, stopping), `outcome`, `json`, `origin` (addresses), `links` (RFC 8288).
//!
//! What a pager asks for next follows from the answers alone: no clock, no chance. A collection that
//! was killed and whose answers are given again asks the same questions in the same order.
//!
//! A video or its comments come by a file of yt-dlp (`.info.json`), which is an exhibit like any
//! other: nothing is asked here.

mod activitypub;
mod bluesky;
mod feed;
mod feed_xml;
mod json;
mod links;
mod mastodon;
mod origin;
mod outcome;
mod pager;
mod plan;
mod plc;
mod reddit;
mod target;
mod wanted;

#[cfg(test)]
mod tests;

pub use outcome::{Outcome, Stopped};
pub use pager::{MAX_PAGES, Progress};
pub use plan::{PlannedRequest, plan};
pub use wanted::{BLUESKY, Endpoints, PLC, REDDIT, Service, Wanted, WantedError};

use crate::http::{Fetch, FetchError};
use pager::{Halt, Pager};
use target::Target;

/// Why nothing was collected, or nothing more may be.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// What is wanted cannot be asked for. Nothing was sent.
    #[error(transparent)]
    Wanted(#[from] WantedError),
    /// An answer could not be kept: nothing more was asked. The answers before are kept.
    #[error(transparent)]
    Keeping(FetchError),
}

/// Asks for what is wanted. `progress` hears after each answer how far it is.
///
/// # Errors
/// When what is wanted cannot be asked for, or an answer could not be kept. Every other end, also
/// one on the way, is an [`Outcome`] that says where it stopped.
pub fn run(
    wanted: &Wanted,
    fetch: &mut dyn Fetch,
    progress: &mut dyn FnMut(Progress),
) -> Result<Outcome, ProfileError> {
    let target = Target::of(wanted)?;
    let mut pager = Pager::new(wanted, fetch, progress);
    let end = match &target {
        Target::Mastodon(who) => mastodon::run(who, &mut pager),
        Target::Bluesky(who) => bluesky::run(who, &mut pager),
        Target::Reddit(who) => reddit::account(who, &mut pager),
        Target::RedditThread(what) => reddit::thread(what, &mut pager),
        Target::Feed(url) => feed::run(url, &mut pager),
    };
    match end {
        Ok(stopped) | Err(Halt::Stop(stopped)) => Ok(pager.finish(stopped)),
        Err(Halt::Keeping(error)) => Err(ProfileError::Keeping(error)),
    }
}
