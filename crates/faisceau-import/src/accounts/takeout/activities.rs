//! Google Takeout, `Activities - A list of Google services accessed by your devices.csv`.
//!
//! Producer: Google Takeout, "Access Log Activity". Headers of three layouts are known: 7 columns
//! (answers of 2026), 13 columns (until 2022) and 16 columns (since), as RLEAPP and public answers
//! show them, read on 2026-11-21. No table with translated headers was found. In: the table. Out:
//! a connection for each line with an address, and the account. Refused: lines without address.
//!
//! Traps of the format:
//! - An address that Google marks as non-routable belongs to Google's own network or to a relay
//!   of its apps: the mark stands in the action, and the row is kept.
//! - Most lines are the work of apps on their own (`Non User Initiated`), not of a person: the
//!   type of activity stands first in the action.
//! - Country, region and city are Google's guess from the address.
//! - There is no source port.

use faisceau_model::rows::{Account, Connection};
use faisceau_model::{Absent, AccountKey, Maybe, Sink};

use super::PLATFORM;
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::rows::first_accounts::FirstAccounts;
use crate::rows::sign_in::{action, guessed_place, sign_in, without_address};
use crate::settings::ImportSettings;
use crate::tables::headed::{self, Entry, Layout};
use crate::time::written;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "google-takeout-activities",
    title: "Google Takeout, access log: services used (CSV)",
    group: Group::Accounts,
    gives: &["connections", "accounts"],
    versions: "tables of 7, 13 and 16 columns, 2019 to 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/google_takeout/activities.csv",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| LAYOUT.sniff(head.bytes),
    parse,
    owner: None,
};

const TIME: &str = "Activity Timestamp";
const IP: &str = "IP Address";
/// Two spellings of the address of a proxied host.
const PROXIED: [&str; 2] = ["Proxiedhost IP Address", "Proxied Host IP Address"];
const NON_ROUTABLE: &str = "Is Non-routable IP Address";
const AGENT: &str = "User Agent String";
const PRODUCTS: [&str; 2] = ["Product Name", "Sub-Product Name"];
const GUESS: [&str; 3] = ["Activity City", "Activity Region", "Activity Country"];
const TYPE: &str = "Activity Type";

const LAYOUT: Layout = Layout {
    wanted: &["Gaia ID", TIME, IP, NON_ROUTABLE],
    used: &[
        PROXIED[0],
        PROXIED[1],
        AGENT,
        PRODUCTS[0],
        PRODUCTS[1],
        GUESS[0],
        GUESS[1],
        GUESS[2],
        TYPE,
    ],
    ignored: &[
        "Referer Product Name",
        "Referer Sub-Product Name",
        "Gmail Access Channel",
        "Android Webview Package Name",
    ],
    exact: false,
};

/// Reads the table record by record.
fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let exhibit = source.exhibit;
    let zone = settings.zone().ok().flatten();
    let sink: &mut dyn Sink = &mut FirstAccounts::new(sink);
    headed::read(source, &LAYOUT, sink, |entry, place, sink| {
        let id = entry.id("Gaia ID")?;
        let account = id.map(|id| AccountKey::by_id(PLATFORM, &id));
        let Some(written) = entry.value(IP) else {
            return Err(without_address("a use of a service"));
        };
        let row = sign_in(exhibit, place, 0, PLATFORM, (IP, written))?;
        let at_raw = entry.text(TIME);
        let row = Connection {
            account: account.clone(),
            at: written::read(TIME, &at_raw, zone.as_ref())?,
            at_raw,
            user_agent: entry.text(AGENT),
            request: request(entry),
            forwarded: proxied(entry),
            ..row
        };
        if let Maybe::Known(account) = account {
            sink.account(Account {
                native_id: Maybe::Known(account.native().to_owned()),
                ..Account::new(exhibit, place, 0, account)
            });
        }
        sink.connections(vec![row]);
        Ok(())
    })
}

fn request(entry: &Entry) -> Maybe<String> {
    let [city, region, country] = GUESS.map(|header| entry.value(header));
    let guess = guessed_place([city, region, country]);
    let marked = entry
        .value(NON_ROUTABLE)
        .is_some_and(|mark| ["yes", "true", "1"].iter().any(|yes| mark.eq_ignore_ascii_case(yes)));
    action([
        entry.value(TYPE),
        entry.value(PRODUCTS[0]),
        entry.value(PRODUCTS[1]),
        guess.as_deref(),
        marked.then_some("non-routable"),
    ])
}

fn proxied(entry: &Entry) -> Maybe<String> {
    let found = PROXIED.iter().find_map(|header| entry.value(header));
    Maybe::or_absent(found.map(str::to_owned), Absent::NotExported)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::testing::{dump, mutated, read, reasons};

    const SHORT: &[u8] = include_bytes!("../../../tests/fixtures/google_takeout/activities.csv");
    const LONG: &[u8] = include_bytes!("../../../tests/fixtures/google_takeout/activities_16.csv");

    #[test]
    fn seven_columns_give_all_columns() {
        let (imported, sink) = read(SHORT);
        assert_eq!(imported.name(), Some("google-takeout-activities"));
        insta::assert_snapshot!("seven", dump(&sink.connections) + &dump(&sink.accounts));
        assert_eq!(reasons(&sink), ["l1@0 set_aside: the header of the table"]);
    }

    #[test]
    fn sixteen_columns_give_all_columns() {
        let (imported, sink) = read(LONG);
        assert_eq!(imported.name(), Some("google-takeout-activities"));
        insta::assert_snapshot!("sixteen", dump(&sink.connections));
        assert_eq!(
            reasons(&sink)[1..],
            [
                "l4@540 set_aside: a use of a service: no address in it",
                "l5@606 time: `Activity Timestamp` is no time: `11/03/2026 02:49`",
                "l6@678 syntax: an id was rounded: its digits are lost",
                "l7@756 address: `IP Address` is no address: `=HYPERLINK(\"x\")`",
                "l8@836 syntax: 2 fields over 1 lines, the header has 16",
            ]
        );
        assert!(sink.unknown_fields.is_empty());
    }

    proptest! {
        #[test]
        fn never_panics(bytes in mutated(LONG)) {
            read(&bytes);
        }
    }
}
