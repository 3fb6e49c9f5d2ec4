//! Reddit export, `ip_logs.csv`: the addresses that an account was used from.
//!
//! Headers: `date,ip`; the first line is `registration ip`. In: the table. Out: a connection for
//! each line. Refused: lines whose address cannot be read.
//!
//! Traps: two headers that any table may have: the table has no others, and has the line of the
//! registration; a part of a table without it must be mapped. The address of the registration has no
//! time. Reddit keeps the others for about 100 days.

use faisceau_model::rows::Connection;
use faisceau_model::{Absent, Maybe, Sink};

use super::PLATFORM;
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::rows::sign_in::sign_in;
use crate::settings::ImportSettings;
use crate::tables::headed::{self, Layout};
use crate::time::written;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "reddit-ip-logs",
    title: "Reddit export: ip_logs.csv",
    group: Group::Accounts,
    gives: &["connections"],
    versions: "exports of 2018 to 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/reddit/ip_logs.csv",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

/// What stands in place of a time in the line of the registration.
const REGISTRATION: &str = "registration ip";

const LAYOUT: Layout = Layout { wanted: &["date", "ip"], used: &[], ignored: &[], exact: true };

fn sniff(head: &Head<'_>) -> bool {
    let registration = |line: &str| line.trim_start_matches('"').starts_with(REGISTRATION);
    LAYOUT.sniff(head.bytes) && head.text().lines().any(registration)
}

fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let zone = settings.zone().ok().flatten();
    let owner = settings.owners.get(source.exhibit, PLATFORM);
    headed::read(source, &LAYOUT, sink, |entry, place, sink| {
        let row = sign_in(source.exhibit, place, 0, PLATFORM, ("ip", entry.required("ip")?))?;
        let registration = entry.value("date") == Some(REGISTRATION);
        let at_raw =
            if registration { Maybe::Missing(Absent::NotRecorded) } else { entry.text("date") };
        let what = if registration { "registration" } else { "use" };
        sink.connections(vec![Connection {
            account: Maybe::or_absent(owner.cloned(), Absent::NotExported),
            at: written::read("date", &at_raw, zone.as_ref())?,
            at_raw,
            request: Maybe::Known(what.to_owned()),
            ..row
        }]);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::testing::{dump, mutated, read, reasons};

    const SAMPLE: &[u8] = include_bytes!("../../../tests/fixtures/reddit/ip_logs.csv");

    #[test]
    fn addresses_give_all_columns() {
        let (imported, sink) = read(SAMPLE);
        assert_eq!(imported.name(), Some("reddit-ip-logs"));
        insta::assert_snapshot!("ip_logs", dump(&sink.connections));
        assert_eq!(reasons(&sink), ["l1@0 set_aside: the header of the table"]);
    }

    #[test]
    fn another_table_of_dates_and_addresses_is_left_alone() {
        assert_eq!(read(b"date,ip\n2024-01-01 00:00:00 UTC,192.0.2.1\n").0.name(), None);
        assert_eq!(read(b"date,ip,x\nregistration ip,192.0.2.1,1\n").0.name(), None);
        assert_eq!(read(b"date,ip\n").0.name(), None);
        let (_, sink) = read(b"date,ip\nregistration ip,x\n2024-01-01 00:00:00 UTC,\n");
        assert_eq!(sink.rejects.len(), 3);
    }

    proptest! {
        #[test]
        fn never_panics(bytes in mutated(SAMPLE)) {
            read(&bytes);
        }
    }
}
