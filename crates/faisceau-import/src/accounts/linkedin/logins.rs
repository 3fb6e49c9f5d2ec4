//! `LinkedIn` export, `Logins.csv`, `Security Challenges.csv` and `Registration.csv`.
//!
//! Headers: `Login Date,IP Address,User Agent,Login Type`; `Challenge Date,IP Address,User Agent,
//! Country,Challenge Type`; `Registered At,Registration Ip,Subscription Types`. In: one of the
//! tables. Out: a connection for each line. Refused: lines without address.
//!
//! Traps: times are written in several ways over the years, some without zone and in the American
//! order (`5/12/14, 8:31 AM`): the zone of the case is assumed for them. There is no source port.

use faisceau_model::rows::Connection;
use faisceau_model::{Absent, Maybe, Sink};

use super::PLATFORM;
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::rows::sign_in::{action, sign_in, without_address};
use crate::settings::ImportSettings;
use crate::tables::headed::{self, Layout};
use crate::time::written;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "linkedin-logins",
    title: "LinkedIn export: sign-ins, challenges, registration (CSV)",
    group: Group::Accounts,
    gives: &["connections"],
    versions: "exports of 2018 to 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/linkedin/logins.csv",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| TABLES.iter().any(|table| table.layout.sniff(head.bytes)),
    parse,
    owner: None,
};

/// One of the tables.
struct Uses {
    layout: Layout,
    time: &'static str,
    ip: &'static str,
    what: &'static str,
    details: [&'static str; 2],
}

const TABLES: [Uses; 3] = [
    Uses {
        layout: Layout {
            wanted: &["Login Date", "IP Address", "User Agent", "Login Type"],
            used: &[],
            ignored: &[],
            exact: false,
        },
        time: "Login Date",
        ip: "IP Address",
        what: "login",
        details: ["Login Type", ""],
    },
    Uses {
        layout: Layout {
            wanted: &["Challenge Date", "IP Address", "User Agent", "Challenge Type"],
            used: &["Country"],
            ignored: &[],
            exact: false,
        },
        time: "Challenge Date",
        ip: "IP Address",
        what: "security challenge",
        details: ["Challenge Type", "Country"],
    },
    Uses {
        layout: Layout {
            wanted: &["Registered At", "Registration Ip"],
            used: &[],
            ignored: &["Subscription Types"],
            exact: false,
        },
        time: "Registered At",
        ip: "Registration Ip",
        what: "registration",
        details: ["", ""],
    },
];

fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let head = source.head()?;
    let [logins, ..] = &TABLES;
    let table = TABLES.iter().find(|table| table.layout.sniff(&head)).unwrap_or(logins);
    let zone = settings.zone().ok().flatten();
    let owner = settings.owners.get(source.exhibit, PLATFORM);
    headed::read(source, &table.layout, sink, |entry, place, sink| {
        let Some(written) = entry.value(table.ip) else { return Err(without_address(table.what)) };
        let row = sign_in(source.exhibit, place, 0, PLATFORM, (table.ip, written))?;
        let at_raw = entry.text(table.time);
        let [first, second] = table.details.map(|header| entry.value(header));
        sink.connections(vec![Connection {
            account: Maybe::or_absent(owner.cloned(), Absent::NotExported),
            at: written::read(table.time, &at_raw, zone.as_ref())?,
            at_raw,
            user_agent: entry.text("User Agent"),
            request: action([Some(table.what), first, second]),
            ..row
        }]);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::testing::{dump, in_paris, mutated, read, read_as, reasons};

    const SAMPLE: &[u8] = include_bytes!("../../../tests/fixtures/linkedin/logins.csv");

    #[test]
    fn sign_ins_give_all_columns() {
        let (imported, sink) = read_as("x", SAMPLE, &in_paris());
        assert_eq!(imported.name(), Some("linkedin-logins"));
        insta::assert_snapshot!("logins", dump(&sink.connections));
        assert_eq!(
            reasons(&sink),
            [
                "l1@0 set_aside: before the header",
                "l2@7 set_aside: before the header",
                "l4@52 set_aside: the header of the table",
                "l8@295 address: `IP Address` is no address: `localhost`",
                "l9@341 set_aside: login: no address in it",
            ]
        );
    }

    #[test]
    fn challenges_and_registration_are_read() {
        let (imported, sink) = read(
            b"Challenge Date,IP Address,User Agent,Country,Challenge Type\n\
              2024-03-11 02:49:39 UTC,203.0.113.9,Mozilla,FR,CAPTCHA\n",
        );
        assert_eq!(imported.name(), Some("linkedin-logins"));
        assert_eq!(sink.connections[0].request.known().unwrap(), "security challenge; CAPTCHA; FR");
        let (_, sink) = read(
            b"Registered At,Registration Ip,Subscription Types\n\"5/12/14, 8:31 AM\",192.0.2.1,\n",
        );
        assert_eq!(sink.connections.len(), 1);
    }

    proptest! {
        #[test]
        fn never_panics(bytes in mutated(SAMPLE)) {
            read(&bytes);
        }
    }
}
