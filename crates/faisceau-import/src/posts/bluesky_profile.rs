//! Profiles of Bluesky as its servers give them to programs.
//!
//! Field names from the lexicon `app.bsky.actor.defs` (`profileViewDetailed`, `profileView`).
//!
//! In: one profile (`getProfile`), several (`profiles`), a list or JSON lines of them, followers and
//! whom an account follows (`followers`, `follows` with their `subject`), a search (`actors`). Out: a
//! row for each account. Refused: profiles without DID.
//!
//! Traps:
//! - The DID is the identity; the handle changes hands and is what it was at capture.
//! - `createdAt` is when the account was created, `indexedAt` when the server last saw its profile
//!   change.

use faisceau_model::{Absent, AccountKey, Maybe, Place, RejectReason, Sink, excerpt};

use super::bluesky::account;
use super::bluesky_record::PLATFORM;
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::lines_or_lists::{self, Told};
use crate::json::{self, Flaw, Object};
use crate::rows::first_accounts::FirstAccounts;
use crate::settings::ImportSettings;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "bluesky-profiles",
    title: "Bluesky profiles (JSON)",
    group: Group::Posts,
    gives: &["accounts"],
    versions: "lexicons app.bsky.actor.* of 2023 to 2026",
    checked: "2026-11-28",
    sample: "tests/fixtures/bluesky/profile.json",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

/// Keys of a profile.
#[rustfmt::skip]
const PROFILE: [&str; 22] = [
    "$type", "associated", "avatar", "banner", "createdAt", "debug", "description", "did",
    "displayName", "followersCount", "followsCount", "handle", "indexedAt",
    "joinedViaStarterPack", "labels", "pinnedPost", "postsCount", "pronouns", "status",
    "verification", "viewer", "website",
];
const LISTS: [&str; 4] = ["profiles", "followers", "follows", "actors"];

fn sniff(head: &Head<'_>) -> bool {
    let profile = |prefix: &str| {
        head.has_keys_at(prefix, &["did", "handle"])
            && ["createdAt", "postsCount", "indexedAt", "displayName", "viewer"]
                .iter()
                .any(|key| head.has_keys_at(prefix, &[key]))
    };
    ["", "[].", "profiles[].", "followers[].", "follows[].", "actors[]."].into_iter().any(profile)
}

/// Reads the profiles.
///
/// # Errors
/// When the JSON breaks or ends too early; the profiles before that place are kept.
fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let sink: &mut dyn Sink = &mut FirstAccounts::new(sink);
    let exhibit = source.exhibit;
    let read = |object: &Object, place: &Place, fields: &mut Fields, sink: &mut dyn Sink| {
        fields.object("", object, &PROFILE, place);
        let key = key(object)?;
        let mut row = account(exhibit, place, object, key);
        row.bio = Maybe::or_absent(json::field(object, "description"), Absent::NotExported);
        sink.account(row);
        Ok(())
    };
    let told = Told { by: &["did", "handle"], lists: &LISTS, beside: &["cursor", "subject"] };
    lines_or_lists::read(source, settings, &told, sink, &read)
}

fn key(object: &Object) -> Result<AccountKey, Flaw> {
    let did = json::required(object, "did")?;
    if !did.starts_with("did:") {
        let detail = format!("`did` is none: `{}`", excerpt(&did, 60));
        return Err((RejectReason::Syntax, detail));
    }
    Ok(AccountKey::by_id(PLATFORM, &did))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::testing::{dump, mutated, read, reasons};

    const PROFILE: &[u8] = include_bytes!("../../tests/fixtures/bluesky/profile.json");

    #[test]
    fn a_profile_gives_all_columns() {
        let (imported, sink) = read(PROFILE);
        assert_eq!((imported.name(), imported.problem), (Some("bluesky-profiles"), None));
        insta::assert_snapshot!(dump(&sink.accounts));
        assert_eq!(sink.unknown_fields.len(), 1);
    }

    #[test]
    fn lists_of_profiles_read_the_same() {
        let one = std::str::from_utf8(PROFILE).unwrap().trim();
        let bad = one.replace("did:plc:", "x");
        for list in ["profiles", "followers", "follows", "actors"] {
            let text = format!("{{\"cursor\":\"x\",\"{list}\":[{one},{bad}]}}");
            let (imported, sink) = read(text.as_bytes());
            assert_eq!(imported.name(), Some("bluesky-profiles"), "{list}");
            assert_eq!((sink.accounts.len(), sink.rejects.len()), (1, 1), "{:?}", reasons(&sink));
        }
    }

    proptest! {
        #[test]
        fn never_panics_and_always_balances(bytes in mutated(PROFILE)) {
            read(&bytes);
        }
    }
}
