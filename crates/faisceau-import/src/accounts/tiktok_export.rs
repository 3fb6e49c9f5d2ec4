//! `TikTok`'s `user_data_tiktok.json`, the data that the owner of an account downloads.
//!
//! Producer: `TikTok` "Download your data", JSON, 2020 to 2026. Names of sections and fields as
//! RLEAPP (`tikTokArchiveJson`, both schemas) and other readers use them, read on 2026-11-21.
//!
//! In: the file. Out: the account and what is declared of it, a connection for each login,
//! devices, the owner's comments, videos and comments under lives (public posts), direct messages
//! (private posts). Refused: comments without an owner to attribute them to, logins without an
//! address. Other lists (what was watched, liked, searched) are set aside, one record each.
//!
//! Traps of the format:
//! - Sections have been renamed (`Activity`, `Your Activity`) and moved (`Comment`, `Profile And
//!   Settings`): a list is known by its own name and by the shape of its elements.
//! - `VideoList` holds what was posted or what was watched: only the former has `Likes`.
//! - Times end in ` UTC` in newer exports only; without it the zone is assumed.
//! - Keys of conversations hold names: `Chat History with X:`.
//! - `N/A` and `None` stand for nothing.

mod rows;

use faisceau_model::{AccountKey, Sink};

use self::rows::Emit;
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json;
use crate::json::leaves::{field_of, read};
use crate::json::tree::{Leaf, leaves};
use crate::rows::declared::said;
use crate::settings::ImportSettings;

/// The name of the platform in account keys and rows.
const PLATFORM: &str = "tiktok";
/// The object with the account's profile.
const PROFILE: &str = "ProfileMap";

/// Names of lists and objects that `TikTok` alone puts together.
const NAMES: [&str; 17] = [
    PROFILE,
    "LoginHistoryList",
    "CommentsList",
    "ChatHistory",
    "ItemFavoriteList",
    "FavoriteVideoList",
    "FavoriteEffectsList",
    "FavoriteHashtagList",
    "FavoriteSoundList",
    "FansList",
    "VideoList",
    "SearchList",
    "ShareHistoryList",
    "HashtagList",
    "LocationData",
    "WatchLiveMap",
    "AdInterestCategories",
];

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "tiktok-export",
    title: "TikTok export, user_data_tiktok.json",
    group: Group::Accounts,
    gives: &["posts", "connections", "accounts", "devices", "subscribers"],
    versions: "JSON exports of 2020 to 2026, both schemas",
    checked: "2026-11-21",
    sample: "tests/fixtures/tiktok_export/user_data_tiktok.json",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: Some(owner),
};

/// Whether two of the names stand below a section.
fn sniff(head: &Head<'_>) -> bool {
    let below = |name: &&&str| {
        let path = format!(".{name}");
        head.key_paths().iter().any(|have| have.ends_with(&path))
    };
    NAMES.iter().filter(below).nth(1).is_some()
}

/// The objects that are records.
fn is_record(keys: &[String]) -> bool {
    let last = keys.last().map_or("", String::as_str);
    keys.len() > 1 && matches!(last, PROFILE | "LocationData" | "Auto Fill" | "Autofill")
}

/// The account that the profile names.
fn owner(file: &[u8]) -> Option<AccountKey> {
    // Most files of most archives have no such key.
    memchr::memmem::find(file, b"\"ProfileMap\"")?;
    let head = file.get(..crate::sniff::HEAD_LEN).unwrap_or(file);
    if !sniff(&Head::new(head, &ImportSettings::default())) {
        return None;
    }
    let (text, _) = json::text(file);
    profile(&leaves(text, &is_record).0)
}

fn profile(found: &[Leaf<'_>]) -> Option<AccountKey> {
    let name = field_of(found, PROFILE, "userName")?;
    Some(AccountKey::by_handle(PLATFORM, said(&name)?))
}

/// Reads the file.
///
/// # Errors
/// When the document breaks; what precedes that place is kept.
fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let start = |found: &[Leaf<'_>]| Emit {
        exhibit: source.exhibit,
        zone: settings.zone().ok().flatten(),
        owner: profile(found).or_else(|| settings.owners.get(source.exhibit, PLATFORM).cloned()),
        fields: Fields::default(),
    };
    read(source, sink, &is_record, start, Emit::leaf, |emit, sink| {
        emit.fields.finish(source.exhibit, sink);
    })
}

#[cfg(test)]
mod tests;
