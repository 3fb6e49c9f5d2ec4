//! `LinkedIn`, export of one's own data ("Get a copy of your data"): one CSV for each sort of record.
//!
//! Headers are those that public readers of these exports list, read on 2026-11-21; no real export
//! was at hand. Some tables start with notes before the header. No table has an immutable id; the
//! handle of a member stands in the address of the profile (`/in/…`), which the profile itself
//! does not have: whose export it is must be said in the settings.

pub(crate) mod logins;
pub(crate) mod messages;
pub(crate) mod posts;
pub(crate) mod profile;

use faisceau_model::AccountKey;

/// The name of the platform in account keys and rows.
const PLATFORM: &str = "linkedin";

/// The account that the address of a profile is of.
fn member(url: &str) -> Option<AccountKey> {
    let slug = url.split_once("/in/").map(|(_, slug)| slug)?;
    let slug = slug.split(['/', '?', '#']).next().unwrap_or_default().trim();
    (!slug.is_empty()).then(|| AccountKey::by_handle(PLATFORM, slug))
}
