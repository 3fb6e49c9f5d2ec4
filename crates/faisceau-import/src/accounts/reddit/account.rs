//! Reddit export, `statistics.csv` and `birthdate.csv`: the account and what Reddit declares of its
//! holder.
//!
//! Headers: `statistic,value`; `birthdate,verified_birthdate,verification_state,
//! verification_method`. In: one of the tables. Out: the account, data on its holder. Refused:
//! statistics that say nothing of the account (karma), which are set aside; and
//! `linked_phone_number.csv`, whose one header (`phone_number`) any list has: it must be mapped.
//!
//! Trap: the keys `account name` and `registration date` of the statistics are those that exports
//! are known to have; no public sample was found. A table without them is not of this format.

use faisceau_model::rows::{Account, Subscriber};
use faisceau_model::{Absent, AccountKey, Maybe, RejectReason, Sink, SubscriberCategory};

use super::{PLATFORM, named};
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::settings::ImportSettings;
use crate::tables::headed::{self, Layout};
use crate::time::written;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "reddit-account",
    title: "Reddit export: statistics, date of birth (CSV)",
    group: Group::Accounts,
    gives: &["accounts", "subscribers"],
    versions: "exports of 2018 to 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/reddit/statistics.csv",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: Some(owner),
};

const NAME: &str = "account name";
const CREATED: &str = "registration date";

const STATISTICS: Layout =
    Layout { wanted: &["statistic", "value"], used: &[], ignored: &[], exact: true };
const BIRTH: Layout = Layout {
    wanted: &["birthdate", "verified_birthdate"],
    used: &[],
    ignored: &["verification_state", "verification_method"],
    exact: true,
};

fn sniff(head: &Head<'_>) -> bool {
    let lines = || head.text().lines().take(30);
    BIRTH.sniff(head.bytes)
        || (STATISTICS.sniff(head.bytes)
            && [NAME, CREATED]
                .iter()
                .any(|key| lines().any(|line| line.trim_start_matches('"').starts_with(key))))
}

fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let head = source.head()?;
    let owner = settings.owners.get(source.exhibit, PLATFORM);
    let datum = |place: &_, category, label: &str, value: &str| Subscriber {
        account: Maybe::or_absent(owner.cloned(), Absent::NotExported),
        ..Subscriber::new(source.exhibit, place, 0, PLATFORM, (category, label, value))
    };
    if BIRTH.sniff(&head) {
        return headed::read(source, &BIRTH, sink, |entry, place, sink| {
            let value = entry
                .value("birthdate")
                .map_or_else(|| entry.required("verified_birthdate"), Ok)?;
            sink.subscriber(datum(place, SubscriberCategory::Birth, "birthdate", value));
            Ok(())
        });
    }
    let zone = settings.zone().ok().flatten();
    let [name, created] = [NAME, CREATED].map(|key| statistic(&head, key));
    let created_raw = Maybe::or_absent(created, Absent::NotExported);
    headed::read(source, &STATISTICS, sink, |entry, place, sink| {
        let key = entry.required("statistic")?;
        if key != NAME && key != CREATED {
            return Err((RejectReason::SetAside, "a statistic".to_owned()));
        }
        let Some(account) = name.as_deref().and_then(named).or_else(|| owner.cloned()) else {
            return Err((RejectReason::MissingField, format!("`{NAME}` is missing")));
        };
        let created = written::read(CREATED, &created_raw, zone.as_ref())?;
        // The line of the name gives the row; that of the date stands in it.
        if key == NAME || name.is_none() {
            sink.account(Account {
                handle: Maybe::or_absent(name.clone(), Absent::NotExported),
                created,
                created_raw: created_raw.clone(),
                ..Account::new(source.exhibit, place, 0, account)
            });
        }
        Ok(())
    })
}

/// The value of a statistic.
fn statistic(file: &[u8], wanted: &str) -> Option<String> {
    let text = String::from_utf8_lossy(file.get(..file.len().min(16 * 1024))?);
    let lines = text.lines().take(40).filter_map(|line| line.split_once(','));
    let plain = |cell: &str| cell.trim().trim_matches('"').trim().to_owned();
    let found = lines.map(|(key, value)| (plain(key), plain(value)));
    found.filter(|(_, value)| !value.is_empty()).find(|(key, _)| key == wanted).map(|(_, v)| v)
}

/// The account whose export a file is of.
fn owner(file: &[u8]) -> Option<AccountKey> {
    let head = file.get(..file.len().min(4096)).unwrap_or_default();
    if !STATISTICS.sniff(head) {
        return None;
    }
    named(&statistic(file, NAME)?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{dump, mutated, read};

    const SAMPLE: &[u8] = include_bytes!("../../../tests/fixtures/reddit/statistics.csv");

    #[test]
    fn statistics_name_the_account() {
        let (imported, sink) = read(SAMPLE);
        assert_eq!(imported.name(), Some("reddit-account"));
        insta::assert_snapshot!("account", dump(&sink.accounts));
        assert_eq!(owner(SAMPLE).unwrap().as_str(), "reddit:@camille_exemple");
        assert_eq!(owner(b"statistic,value\nkarma,1\n"), None);
        assert_eq!(owner(b"account name,x\n"), None);
        assert_eq!(read(b"statistic,value\nmean,1\n").0.name(), None);
    }

    #[test]
    fn what_is_declared_of_the_holder_is_read() {
        assert_eq!(read(b"phone_number\n+33600000000\n").0.name(), None);
        let (imported, sink) = read(
            b"birthdate,verified_birthdate,verification_state,verification_method\n1990-02-28,,,\n",
        );
        assert_eq!(imported.name(), Some("reddit-account"));
        assert_eq!(sink.subscribers[0].category, SubscriberCategory::Birth);
    }

    proptest! {
        #[test]
        fn never_panics(bytes in mutated(SAMPLE)) {
            read(&bytes);
            owner(&bytes);
        }
    }
}
