//! Google Takeout, `Devices - A list of devices (…) which accessed your Google account….csv`.
//!
//! Producer: Google Takeout, "Access Log Activity". Headers of the layout with `Device Last
//! Location` are those of public tables, read on 2026-11-21. A second layout has `Country` and
//! times in columns of their own; its other headers were not found, and those that a table of it
//! does not share are listed as unknown. In: the table. Out: devices, and the account. Refused:
//! lines that describe no device.
//!
//! Traps of the format:
//! - The last use and the country stand in a text of several lines: `Country ISO: FR`, `Last
//!   Activity Time: 2024-03-11 02:49:39`, without zone: the zone of the case is assumed.
//! - There is no identifier of the device: two of one model are one line or two.

use faisceau_model::rows::Device;
use faisceau_model::{Absent, AccountKey, Maybe, Moment, RejectReason, Sink};
use jiff::tz::TimeZone;

use super::PLATFORM;
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::json::Flaw;
use crate::settings::ImportSettings;
use crate::tables::headed::{self, Entry, Layout};
use crate::time::written;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "google-takeout-devices",
    title: "Google Takeout, access log: devices (CSV)",
    group: Group::Accounts,
    gives: &["devices"],
    versions: "tables of 2019 to 2022",
    checked: "2026-11-21",
    sample: "tests/fixtures/google_takeout/devices.csv",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| LAYOUT.sniff(head.bytes),
    parse,
    owner: None,
};

/// What the label of a device is made of.
const LABEL: [&str; 7] = [
    "Device Type",
    "Brand Name",
    "Marketing Name",
    "Device Model",
    "OS",
    "OS Version",
    "User Given Name",
];
const LAST: &str = "Device Last Location";

const LAYOUT: Layout = Layout {
    wanted: &["Gaia ID", "Device Type", "Brand Name"],
    used: &["Marketing Name", "Device Model", "OS", "OS Version", "User Given Name", LAST],
    ignored: &[],
    exact: false,
};

/// Reads the table record by record.
fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let zone = settings.zone().ok().flatten();
    headed::read(source, &LAYOUT, sink, |entry, place, sink| {
        let account = entry.id("Gaia ID")?.map(|id| AccountKey::by_id(PLATFORM, &id));
        let label = LABEL.iter().filter_map(|header| entry.value(header)).collect::<Vec<_>>();
        if label.is_empty() {
            return Err((RejectReason::MissingField, "the line describes no device".to_owned()));
        }
        sink.device(Device {
            account,
            label: Maybe::Known(label.join(" ")),
            last: last(entry, zone.as_ref())?,
            ..Device::new(source.exhibit, place, 0, PLATFORM, "device")
        });
        Ok(())
    })
}

/// The time after `Last Activity Time:`.
fn last(entry: &Entry, zone: Option<&TimeZone>) -> Result<Maybe<Moment>, Flaw> {
    const NAME: &str = "Last Activity Time:";
    let told = entry.value(LAST).and_then(|text| text.split_once(NAME)).map(|(_, time)| time);
    let line = told.and_then(|time| time.trim_start().lines().next()).map(str::to_owned);
    written::read(NAME, &Maybe::or_absent(line, Absent::NotExported), zone)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::testing::{dump, in_paris, mutated, read, read_as, reasons};

    const SAMPLE: &[u8] = include_bytes!("../../../tests/fixtures/google_takeout/devices.csv");

    #[test]
    fn devices_give_all_columns() {
        let (imported, sink) = read_as("x", SAMPLE, &in_paris());
        assert_eq!(imported.name(), Some("google-takeout-devices"));
        insta::assert_snapshot!("devices", dump(&sink.devices));
        assert_eq!(
            reasons(&sink)[1..],
            [
                "l6@322 missing_field: the line describes no device",
                "l7@343 time: `Last Activity Time:` is no time: `hier`",
            ]
        );
    }

    proptest! {
        #[test]
        fn never_panics(bytes in mutated(SAMPLE)) {
            read(&bytes);
        }
    }
}
