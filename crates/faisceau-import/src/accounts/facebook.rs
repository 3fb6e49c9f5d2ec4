//! Facebook export ("Download your information", JSON): sign-ins, sessions, addresses, profile.
//!
//! Files of `security_and_login_information`: `account_activity`, `where_you're_logged_in`,
//! `logins_and_logouts`, `ip_address_activity`, `login_protection_data`, `record_details`,
//! `mobile_devices`, `email_address_verifications`; and `profile_information`. The lists are named
//! with `_v2` since 2021, without before. Names of keys are those that RLEAPP and other readers of
//! these exports use, read on 2026-11-21; no real export was at hand. In: one file. Out:
//! connections, cookies and devices, the account, what it declares of its holder. Refused: records
//! without address where only an address would be a row.
//!
//! Traps of the format:
//! - Texts are UTF-8 written as Latin-1; `action` and `name` are in the language of the account.
//! - A session has one address and two times, and does not say at which of them the address was
//!   used: it is given as an interval, which feeds no timing.
//! - `datr` cookies are masked; the mask keeps their first characters, which still compare.
//! - `login_protection_data` mixes cookies and addresses, told by whether an address is there.
//! - City, region and country are Facebook's guess from the address: they stand in the action.
//! - Only `profile_information` says whose export it is, by the address of the profile: with the
//!   immutable id (`profile.php?id=`) or with a handle that its holder may change.

mod profile;
mod sessions;

use std::collections::BTreeSet;

use faisceau_model::rows::Device;
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, Sink};
use serde_json::value::RawValue;

use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::document::document;
use crate::json::{self, Flaw, Object, pointer_step};
use crate::records::settle;
use crate::rows::sign_in::without_address;
use crate::settings::ImportSettings;
use crate::text::mojibake::repaired;

/// The name of the platform in account keys and rows.
const PLATFORM: &str = "facebook";

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "facebook-activity",
    title: "Facebook export: sign-ins, sessions, addresses, profile (JSON)",
    group: Group::Accounts,
    gives: &["connections", "devices", "accounts", "subscribers"],
    versions: "exports of 2018 to 2026, lists with and without `_v2`",
    checked: "2026-11-21",
    sample: "tests/fixtures/facebook/account_activity.json",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: Some(profile::owner),
};

/// What a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Activity,
    Session,
    Access,
    UsedAddress,
    Protection,
    Record,
    Device,
    Verification,
    Status,
}

/// Lists, and keys that their records have: other exports use such short names too.
const LISTS: [(&str, Part, &[&str]); 9] = [
    ("account_activity", Part::Activity, &["action", "timestamp"]),
    ("active_sessions", Part::Session, &["created_timestamp"]),
    ("account_accesses", Part::Access, &["action", "timestamp"]),
    ("used_ip_address", Part::UsedAddress, &["ip", "timestamp"]),
    ("login_protection_data", Part::Protection, &["name", "session"]),
    ("admin_records", Part::Record, &["event", "session"]),
    ("devices", Part::Device, &["type", "os"]),
    ("contact_verifications", Part::Verification, &["contact", "verification_time"]),
    ("account_status_changes", Part::Status, &["status", "timestamp"]),
];

/// The key of the profile.
const PROFILE: &str = "profile";

fn list(key: &str) -> Option<Part> {
    let name = key.strip_suffix("_v2").unwrap_or(key);
    LISTS.iter().find(|(known, ..)| *known == name).map(|(_, part, _)| *part)
}

fn is_profile(key: &str) -> bool {
    key.strip_suffix("_v2").unwrap_or(key) == PROFILE
}

/// Whether the head is of one of these files.
fn sniff(head: &Head<'_>) -> bool {
    let paths = head.key_paths();
    let profile = ["profile_v2", "profile"].iter().any(|key| {
        paths.contains(&format!("{key}.name.full_name"))
            && ["emails", "birthday", "profile_uri", "registration_timestamp"]
                .iter()
                .any(|known| paths.contains(&format!("{key}.{known}")))
    });
    profile
        || LISTS.iter().any(|(name, part, keys)| {
            // Without the ending, some names are those of many other files.
            let common = matches!(part, Part::Device | Part::Verification | Part::Status);
            ["_v2", ""].iter().filter(|end| !common || !end.is_empty()).any(|end| {
                let list = format!("{name}{end}");
                let records = keys.iter().all(|key| paths.contains(&format!("{list}[].{key}")));
                // An empty list says what it is by the name that no other export has.
                paths.contains(&list) && (records || (paths.len() == 1 && end == &"_v2"))
            })
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
    let (found, outcome) = document(json::text(&bytes).0, &|key| list(key).is_some());
    let mut emit = Emit {
        exhibit: source.exhibit,
        owner: settings.owners.get(source.exhibit, PLATFORM).cloned(),
        cookies: BTreeSet::new(),
        fields: Fields::default(),
    };
    for (key, records) in &found.lists {
        for (index, raw) in records.iter().enumerate() {
            let place = Place::Pointer(format!("/{}/{index}", pointer_step(key)));
            emit.settle(&place, raw, sink, |emit, record, sink| match list(key) {
                Some(part) => emit.record(part, &place, record, sink),
                None => Ok(()),
            });
        }
    }
    for (key, raw) in &found.others {
        let place = Place::Pointer(format!("/{}", pointer_step(key)));
        if is_profile(key) {
            emit.settle(&place, raw, sink, |emit, record, sink| {
                profile::rows(emit, &place, record, sink)
            });
        } else {
            emit.fields.note("", key, 1, &place);
        }
    }
    emit.fields.finish(source.exhibit, sink);
    found.close(outcome, &bytes)
}

/// Turns records into rows.
struct Emit {
    exhibit: ExhibitNo,
    owner: Option<AccountKey>,
    cookies: BTreeSet<String>,
    fields: Fields,
}

impl Emit {
    fn settle(
        &mut self,
        place: &Place,
        raw: &RawValue,
        sink: &mut dyn Sink,
        read: impl FnOnce(&mut Self, &Object, &mut dyn Sink) -> Result<(), Flaw>,
    ) {
        let exhibit = self.exhibit;
        settle(exhibit, place, raw.get().as_bytes(), sink, |sink| {
            let record = json::object(raw.get())?;
            read(self, &record, sink)
        });
    }

    fn record(
        &mut self,
        part: Part,
        place: &Place,
        record: &Object,
        sink: &mut dyn Sink,
    ) -> Result<(), Flaw> {
        match part {
            Part::Activity => sessions::activity(self, place, record, sink),
            Part::Session => sessions::session(self, place, record, sink),
            Part::Access => sessions::access(self, place, record, sink),
            Part::UsedAddress => sessions::used_address(self, place, record, sink),
            Part::Protection => sessions::protection(self, place, record, sink),
            Part::Record => sessions::admin_record(self, place, record, sink),
            Part::Device => sessions::device(self, place, record, sink),
            Part::Verification => profile::verification(self, place, record, sink),
            Part::Status => Err(without_address("a change of the status of the account")),
        }
    }

    fn owner(&self) -> Maybe<AccountKey> {
        Maybe::or_absent(self.owner.clone(), Absent::NotExported)
    }

    /// A cookie, the first time it is met.
    fn cookie(
        &mut self,
        place: &Place,
        cookie: Option<&str>,
        label: Option<String>,
        [first, last]: [Maybe<Moment>; 2],
        sink: &mut dyn Sink,
    ) {
        let Some(cookie) = cookie.filter(|cookie| self.cookies.insert((*cookie).to_owned())) else {
            return;
        };
        sink.device(Device {
            account: self.owner(),
            identifier: Maybe::Known(cookie.to_owned()),
            label: Maybe::or_absent(label, Absent::NotExported),
            first,
            last,
            ..Device::new(self.exhibit, place, 0, PLATFORM, "cookie")
        });
    }
}

/// A text of a record, as it was meant.
fn text(record: &Object, key: &str) -> Option<String> {
    json::field(record, key).map(|text| repaired(&text).into_owned())
}

#[cfg(test)]
mod tests;
