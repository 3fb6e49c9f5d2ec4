//! Microsoft Entra ID (Azure AD), sign-in log as the portal downloads it (CSV).
//!
//! Producer: Entra admin centre, files `InteractiveSignIns`, `NonInteractiveSignIns`,
//! `ApplicationSignIns`, `MSISignIns`. Headers are those of a public list of columns, read on
//! 2026-11-21; no real log was at hand. In: the table. Out: a connection for each line, the account,
//! the devices that have an identifier. Refused: lines without address.
//!
//! Traps of the format:
//! - Some headers end with a blank, and `Incoming token type` is there twice.
//! - `IP address (seen by resource)` is the address that another server saw: a row of its own where
//!   it differs.
//! - `Date (UTC)` may have no offset: its name is one.
//! - Sign-ins of applications have no user: the service principal is the account.
//! - Most lines of the non-interactive log are the work of apps, not of a person.
//! - There is no source port.

use std::collections::BTreeSet;

use faisceau_model::rows::{Account, Connection, Device};
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, Sink, ZoneSource};
use jiff::tz::TimeZone;

use super::PLATFORM;
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::json::Flaw;
use crate::rows::sign_in::{action, sign_in, without_address};
use crate::settings::ImportSettings;
use crate::tables::headed::{self, Entry, Layout};
use crate::time::written;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "entra-sign-ins",
    title: "Microsoft Entra ID sign-in log (CSV)",
    group: Group::Accounts,
    gives: &["connections", "accounts", "devices"],
    versions: "portal downloads of 2020 to 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/microsoft/entra_interactive.csv",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| LAYOUT.sniff(head.bytes),
    parse,
    owner: None,
};

const TIME: &str = "Date (UTC)";
const IP: &str = "IP address";
const SEEN: &str = "IP address (seen by resource)";
const USER: [&str; 3] = ["User ID", "Username", "User"];
const PRINCIPAL: [&str; 2] = ["Service principal ID", "Service principal name"];
/// What the action is made of.
const ACTION: [&str; 5] = ["Status", "Failure reason", "Application", "Client app", "Location"];
const DEVICE: [&str; 4] = ["Device ID", "Browser", "Operating System", "Join Type"];

const LAYOUT: Layout = Layout {
    wanted: &[TIME, "Request ID", "Correlation ID", IP, "Status"],
    used: &[
        "User agent",
        SEEN,
        USER[0],
        USER[1],
        USER[2],
        PRINCIPAL[0],
        PRINCIPAL[1],
        ACTION[1],
        ACTION[2],
        ACTION[3],
        ACTION[4],
        DEVICE[0],
        DEVICE[1],
        DEVICE[2],
        DEVICE[3],
    ],
    ignored: &[
        "User type",
        "Cross tenant access type",
        "Incoming token type",
        "Authentication Protocol",
        "Unique token identifier",
        "Original transfer method",
        "Client credential type",
        "Token Protection - Sign In Session",
        "Token Protection - Sign In Session StatusCode",
        "Application ID",
        "App owner tenant ID",
        "Resource",
        "Resource ID",
        "Resource tenant ID",
        "Resource owner tenant ID",
        "Home tenant ID",
        "Home tenant name",
        "Sign-in error code",
        "Compliant",
        "Managed",
        "Multifactor authentication result",
        "Multifactor authentication auth method",
        "Multifactor authentication auth detail",
        "Authentication requirement",
        "Sign-in identifier",
        "Session ID",
        "Through Global Secure Access",
        "Global Secure Access IP address",
        "Autonomous system  number",
        "Flagged for review",
        "Token issuer type",
        "Token issuer name",
        "Latency",
        "Conditional Access",
        "Managed Identity type",
        "Associated Resource Id",
        "Federated Token Id",
        "Federated Token Issuer",
        "Credential key ID",
        "Credential thumbprint",
    ],
    exact: false,
};

fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let (mut accounts, mut devices) = (BTreeSet::new(), BTreeSet::new());
    headed::read(source, &LAYOUT, sink, |entry, place, sink| {
        let account = account(entry)?;
        let rows = connections(source.exhibit, place, entry, &account)?;
        if let Maybe::Known(account) = &account
            && accounts.insert(account.clone())
        {
            sink.account(named(source.exhibit, place, entry, account));
        }
        if let Some(id) = entry.value(DEVICE[0])
            && devices.insert((account.clone(), id.to_owned()))
        {
            let label = DEVICE.iter().skip(1).filter_map(|header| entry.value(header));
            let label = label.collect::<Vec<_>>().join(" ");
            sink.device(Device {
                account,
                identifier: Maybe::Known(id.to_owned()),
                label: Maybe::text(&label, Absent::NotExported),
                ..Device::new(source.exhibit, place, 0, PLATFORM, "device")
            });
        }
        sink.connections(rows);
        Ok(())
    })
}

/// The user, else the application that signed in.
fn account(entry: &Entry) -> Result<Maybe<AccountKey>, Flaw> {
    for header in [USER[0], PRINCIPAL[0]] {
        if let Maybe::Known(id) = entry.id(header)? {
            return Ok(Maybe::Known(AccountKey::by_id(PLATFORM, &id)));
        }
    }
    let handle = entry.value(USER[1]).map(|handle| AccountKey::by_handle(PLATFORM, handle));
    Ok(Maybe::or_absent(handle, Absent::NotExported))
}

fn named(exhibit: ExhibitNo, place: &Place, entry: &Entry, account: &AccountKey) -> Account {
    let id = entry.value(USER[0]).or_else(|| entry.value(PRINCIPAL[0]));
    let name = entry.value(USER[2]).or_else(|| entry.value(PRINCIPAL[1]));
    Account {
        native_id: Maybe::or_absent(id.map(str::to_owned), Absent::NotExported),
        handle: entry.text(USER[1]),
        display_name: Maybe::or_absent(name.map(str::to_owned), Absent::NotExported),
        ..Account::new(exhibit, place, 0, account.clone())
    }
}

fn connections(
    exhibit: ExhibitNo,
    place: &Place,
    entry: &Entry,
    account: &Maybe<AccountKey>,
) -> Result<Vec<Connection>, Flaw> {
    let at_raw = entry.text(TIME);
    // The header says the zone of all times below it.
    let at = written::read(TIME, &at_raw, Some(&TimeZone::UTC))?;
    let said = |at: Moment| Moment::new(at.at_us(), at.precision(), ZoneSource::Explicit);
    let at = at.map(|at| said(at).unwrap_or(at));
    let written = [(IP, entry.value(IP)), (SEEN, entry.value(SEEN))];
    let mut rows: Vec<Connection> = Vec::new();
    for (header, written) in written {
        let Some(written) = written else { continue };
        let row = sign_in(exhibit, place, rows.len() as u32, PLATFORM, (header, written))?;
        if rows.iter().any(|other| other.ip == row.ip) {
            continue;
        }
        let [status, reason, app, client, guess] = ACTION.map(|header| entry.value(header));
        let seen = (header == SEEN).then_some("seen by the resource");
        rows.push(Connection {
            account: account.clone(),
            at,
            at_raw: at_raw.clone(),
            user_agent: entry.text("User agent"),
            request: action([Some("sign-in"), seen, status, reason, app, client, guess]),
            ..row
        });
    }
    if rows.is_empty() { Err(without_address("a sign-in")) } else { Ok(rows) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::testing::{dump, mutated, read, reasons};

    const SAMPLE: &[u8] = include_bytes!("../../../tests/fixtures/microsoft/entra_interactive.csv");

    #[test]
    fn sign_ins_give_all_columns() {
        let (imported, sink) = read(SAMPLE);
        assert_eq!(imported.name(), Some("entra-sign-ins"));
        insta::assert_snapshot!(
            "interactive",
            dump(&sink.connections) + &dump(&sink.accounts) + &dump(&sink.devices)
        );
        let refused: Vec<_> = reasons(&sink)
            .iter()
            .map(|reason| reason.split_once(' ').unwrap().1.to_owned())
            .collect();
        assert_eq!(
            refused,
            [
                "set_aside: the header of the table",
                "set_aside: a sign-in: no address in it",
                "time: `Date (UTC)` is no time: `2025-13-04T08:19:41Z`",
            ]
        );
        assert!(sink.unknown_fields.is_empty(), "{:?}", sink.unknown_fields);
    }

    #[test]
    fn applications_sign_in_too() {
        let (imported, sink) = read(
            b"Date (UTC),Request ID,Correlation ID,Service principal ID,Service principal name,\
              IP address,Status\n2025-12-04T08:19:41Z,r,c,sp-1,Robot,192.0.2.1,Success\n",
        );
        assert_eq!(imported.name(), Some("entra-sign-ins"));
        assert_eq!(sink.connections[0].account.known().unwrap().as_str(), "microsoft:sp-1");
    }

    proptest! {
        #[test]
        fn never_panics(bytes in mutated(SAMPLE)) {
            read(&bytes);
        }
    }
}
