//! Accounts as the interface for programs of Mastodon and its relatives gives them, without posts.
//!
//! Field names from the serializer of Mastodon (`rest/account_serializer.rb`) and its public
//! documentation of the entity `Account`.
//!
//! In: one account (`accounts/lookup`, `accounts/:id`), a list or JSON lines of accounts, a search
//! (`accounts`). Out: a row for each. Refused: accounts without an address to tell the instance by.

use faisceau_model::{Place, RejectReason, Sink};

use super::mastodon_api::{ACCOUNT, account, key};
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::Object;
use crate::json::lines_or_lists::{self, Told};
use crate::rows::first_accounts::FirstAccounts;
use crate::settings::ImportSettings;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "mastodon-accounts",
    title: "Mastodon accounts (JSON of the interface for programs)",
    group: Group::Posts,
    gives: &["accounts"],
    versions: "Mastodon API v1, 3.x to 4.5",
    checked: "2026-11-28",
    sample: "tests/fixtures/mastodon/account.json",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

/// Keys that tell an account.
const TOLD_BY: [&str; 5] = ["acct", "username", "display_name", "note", "statuses_count"];

fn sniff(head: &Head<'_>) -> bool {
    ["", "[].", "accounts[]."].into_iter().any(|prefix| head.has_keys_at(prefix, &TOLD_BY))
}

/// Reads the accounts.
///
/// # Errors
/// When the JSON breaks or ends too early; the accounts before that place are kept.
fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let sink: &mut dyn Sink = &mut FirstAccounts::new(sink);
    let exhibit = source.exhibit;
    let read = |person: &Object, place: &Place, fields: &mut Fields, sink: &mut dyn Sink| {
        fields.object("", person, &ACCOUNT, place);
        let key = key(person).ok_or_else(|| {
            let detail = "`acct` with its instance is missing".to_owned();
            (RejectReason::MissingField, detail)
        })?;
        sink.account(account(exhibit, place, person, key));
        Ok(())
    };
    let told = Told { by: &TOLD_BY, lists: &["accounts"], beside: &["statuses", "hashtags"] };
    lines_or_lists::read(source, settings, &told, sink, &read)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::testing::{dump, mutated, read, reasons};

    const ACCOUNT: &[u8] = include_bytes!("../../tests/fixtures/mastodon/account.json");

    #[test]
    fn an_account_alone_gives_all_columns() {
        let (imported, sink) = read(ACCOUNT);
        assert_eq!((imported.name(), imported.problem), (Some("mastodon-accounts"), None));
        insta::assert_snapshot!(dump(&sink.accounts));
        assert_eq!(sink.unknown_fields.len(), 1);
    }

    #[test]
    fn lists_of_accounts_read_the_same() {
        let one = std::str::from_utf8(ACCOUNT).unwrap().trim();
        let bad = one.replace("\"acct\":\"LeVengeur\"", "\"acct\":\"\"");
        for text in [format!("[{one},{bad},{one}]"), format!("{{\"accounts\":[{one},{bad}]}}")] {
            let (imported, sink) = read(text.as_bytes());
            assert_eq!(imported.name(), Some("mastodon-accounts"));
            assert_eq!((sink.accounts.len(), sink.rejects.len()), (1, 1), "{:?}", reasons(&sink));
        }
    }

    proptest! {
        #[test]
        fn never_panics_and_always_balances(bytes in mutated(ACCOUNT)) {
            read(&bytes);
        }
    }
}
