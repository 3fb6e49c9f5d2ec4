//! Instagram export ("Download your information", JSON): sign-ins, registration, devices, profile.
//!
//! Files: `login_activity`, `logout_activity`, `signup_details` (`signup_information` before
//! 2023), `devices`, `camera_information`, `personal_information`, `profile_activity`, and those
//! of the same folders that have no address, which are set aside. Names of keys are those that
//! RLEAPP and other readers of these exports use, read on 2026-11-21; no real export was at hand.
//! In: one file. Out: connections, the account, what it declares of its holder, devices and masked
//! cookies. Refused: records without address where only an address would be a row.
//!
//! Traps of the format:
//! - Labels are in the language of the account; see [`super::meta_labels`] for how shapes decide.
//! - Labels and values are UTF-8 written as Latin-1.
//! - The files of the new layout are a bare list with `label_values`, like many other files of
//!   Meta: only a list that has an address among its first values is taken for this format. In an
//!   export that other files show to be of Facebook, its records are Facebook's.
//! - No file has the immutable id of the account; `personal_information` has its handle.
//! - `timestamp` is 0 where there is none. `title` repeats the time in ISO 8601.

mod records;

use faisceau_model::{AccountKey, Sink};

use super::meta_labels::{Shape, labelled};
use super::meta_words::is_handle;
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::document::document;
use crate::json::listing::Listing;
use crate::json::{self, Object};
use crate::settings::ImportSettings;
use records::{Emit, Part};

/// The name of the platform in account keys and rows.
const PLATFORM: &str = "instagram";
/// The platform whose exports have bare lists too.
const FACEBOOK: &str = "facebook";

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "instagram-logins",
    title: "Instagram export: sign-ins, registration, devices, profile (JSON)",
    group: Group::Accounts,
    gives: &["connections", "accounts", "subscribers", "devices"],
    versions: "exports of 2021 to 2026, both layouts",
    checked: "2026-11-21",
    sample: "tests/fixtures/instagram/login_activity.json",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: Some(owner),
};

/// The lists that files of this format hold.
const LISTS: [(&str, Part); 12] = [
    ("account_history_login_history", Part::Login),
    ("account_history_logout_history", Part::Logout),
    ("account_history_registration_info", Part::Registration),
    ("devices_devices", Part::Device),
    ("devices_camera", Part::Device),
    ("profile_user", Part::Profile),
    ("account_history_imprecise_last_known_location", Part::Aside("a last known place")),
    ("account_history_account_privacy_history", Part::Aside("a change of privacy")),
    ("account_history_password_change_history", Part::Aside("a change of password")),
    ("account_history_account_active_status_changes", Part::Aside("a change of status")),
    ("profile_account_insights", Part::Aside("a summary of the account")),
    ("profile_profile_change", Part::Aside("a change of the profile")),
];

fn part(key: &str) -> Option<Part> {
    LISTS.iter().find(|(name, _)| *name == key).map(|(_, part)| *part)
}

/// Whether the head is of one of these files.
fn sniff(head: &Head<'_>) -> bool {
    let paths = head.key_paths();
    if paths.contains("[].label_values[].label") {
        return has_address(head.text());
    }
    LISTS.iter().any(|(key, _)| paths.contains(*key))
        && (paths.len() == 1 || paths.iter().any(|path| path.contains("[].string_")))
}

/// Longest text of an address and a port, and its closing quote.
const ADDRESS: usize = 64;

/// Whether one of the values of a head is an address.
fn has_address(text: &str) -> bool {
    text.match_indices("\"value\"").any(|(at, key)| {
        let rest = text.get(at + key.len()..).unwrap_or_default().trim_start();
        let value = rest.strip_prefix(':').map(str::trim_start).and_then(|v| v.strip_prefix('"'));
        let value = value.unwrap_or_default();
        let end = value.bytes().take(ADDRESS).position(|byte| byte == b'"');
        end.and_then(|end| value.get(..end)).and_then(crate::text::address::endpoint).is_some()
    })
}

/// Reads one file of an export.
///
/// # Errors
/// When the JSON breaks or ends too early; the records before that place are kept.
fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let bytes = source.read_all(json::MAX_EXHIBIT)?;
    let listing = Listing::of(&bytes, &|key| part(key).is_some());
    let owner = |platform| settings.owners.get(source.exhibit, platform);
    let mut emit = Emit::new(source.exhibit, PLATFORM, owner(PLATFORM));
    let bare = listing.lists.iter().any(|(key, _)| key.is_none());
    // Bare lists are alike on both platforms: other files of the export say which it is.
    if let (true, None, Some(account)) = (bare, owner(PLATFORM), owner(FACEBOOK)) {
        emit = Emit::new(source.exhibit, FACEBOOK, Some(account));
    }
    for (key, place, raw) in listing.records() {
        emit.settle(key.and_then(part).unwrap_or(Part::Activity), &place, raw, sink);
    }
    listing.beside(&[], &mut emit.fields);
    emit.fields.finish(source.exhibit, sink);
    listing.error.map_or(Ok(()), Err)
}

/// The account whose export a file is of: `personal_information` and `signup_details` say.
fn owner(file: &[u8]) -> Option<AccountKey> {
    let keys = ["profile_user", "account_history_registration_info"];
    let head = file.get(..file.len().min(4096)).unwrap_or_default();
    let (head, _) = json::text(head);
    if !keys.iter().any(|key| head.contains(&format!("\"{key}\""))) {
        return None;
    }
    let (text, _) = json::text(file);
    let (found, _) = document(text, &|key| keys.contains(&key));
    let first = found.lists.iter().find_map(|(_, list)| list.first())?;
    handle(&json::object(first.get()).ok()?).map(|handle| AccountKey::by_handle(PLATFORM, &handle))
}

/// The handle that a record names.
fn handle(record: &Object) -> Option<String> {
    let values = labelled(record);
    let named = values.iter().find(|value| is_handle(&value.label))?;
    (named.shape() != Shape::Time).then(|| named.value.trim_start_matches('@').to_owned())
}

#[cfg(test)]
mod tests;
