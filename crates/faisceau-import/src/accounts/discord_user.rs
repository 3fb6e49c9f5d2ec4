//! Discord data package: `account/user.json`, the account whose package it is.
//!
//! In: the file, with the keys that public readers of packages of 2021 to 2026 use
//! (`DiscordPackageViewer`, `discord-data-package-explorer`, a published list of the keys of a
//! package of 2022), checked on 2026-11-21. Out: the account; what Discord declares of its owner
//! (e-mail, telephone, birth, linked accounts, means of payment); a connection and a token for
//! each session; a connection without time for the last address seen. Refused: the sections that
//! are about others or about settings, set aside without excerpt.
//!
//! Traps of the format:
//! - The name of the folder is translated (`Compte/user.json`), and the package has other files of
//!   that name: the keys tell this one.
//! - The address of a session is that of its last use, not of its creation.
//! - `settings` may be larger than all the rest and stands before the sessions.
//! - `date_of_birth` is year 1 where none was given; a discriminator of 0 is none.

mod identity;
mod session;

use faisceau_model::rows::{Account, Connection};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Place, RejectReason, Sink, SubscriberCategory,
};
use serde_json::value::RawValue;

use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::document::{Document, document};
use crate::json::{self, Flaw, Object};
use crate::records::{set_aside, settle};
use crate::rows::sign_in::sign_in;
use crate::settings::ImportSettings;
use identity::Declared;

/// The name of the platform in account keys and rows.
const PLATFORM: &str = "discord";

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "discord-package-user",
    title: "Discord data package, account/user.json",
    group: Group::Accounts,
    gives: &["accounts", "connections", "devices", "subscribers"],
    versions: "packages of 2021 to 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/discord/user.json",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: Some(owner),
};

/// A key that no other file of the package has, and that stands at its start.
const TELLING: &str = "needs_email_verification";

/// Keys of the account itself.
const OWN: [&str; 19] = [
    "id",
    "username",
    "discriminator",
    "global_name",
    "email",
    "verified",
    "avatar_hash",
    "has_mobile",
    TELLING,
    "premium_until",
    "flags",
    "phone",
    "date_of_birth",
    "temp_banned_until",
    "ip",
    "current_orbs_balance",
    "predicted_age",
    "predicted_gender",
    "age_assurance",
];

/// Sections that hold records read here.
const LISTS: [&str; 3] = ["user_sessions", "connections", "payment_sources"];

/// Sections that are known and not read.
const ASIDE: [&str; 11] = [
    "settings",
    "external_friends_lists",
    "friend_suggestions",
    "relationships",
    "payments",
    "guild_settings",
    "library_applications",
    "entitlements",
    "user_activity_application_statistics",
    "notes",
    "user_profile_metadata",
];

fn sniff(head: &Head<'_>) -> bool {
    head.has_keys(&["id", "username", "discriminator", "avatar_hash", TELLING])
}

/// The owner of the package.
fn owner(file: &[u8]) -> Option<AccountKey> {
    let start = file.get(..file.len().min(crate::sniff::HEAD_LEN))?;
    memchr::memmem::find(start, TELLING.as_bytes())?;
    let (text, _) = json::text(file);
    let (found, _) = document(text, &|_| false);
    ["username", "avatar_hash", TELLING]
        .iter()
        .all(|key| found.other(key).is_some())
        .then_some(())?;
    Some(AccountKey::by_id(PLATFORM, &scalar(&found, "id")?))
}

/// A value at the top that is a text or a number.
fn scalar(found: &Document<'_>, key: &str) -> Option<String> {
    let raw = found.other(key)?.get();
    if raw.starts_with(['{', '[']) {
        return None;
    }
    let object = json::object(&format!("{{\"v\":{raw}}}")).ok()?;
    json::field(&object, "v")
}

/// Reads the file.
///
/// # Errors
/// When the JSON breaks or ends too early; what stands before that place is kept.
fn parse(
    source: &Source<'_>,
    _settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let bytes = source.read_all(json::MAX_EXHIBIT)?;
    let (text, start) = json::text(&bytes);
    let (found, outcome) = document(text, &|key| LISTS.contains(&key));
    let account = scalar(&found, "id").map(|id| AccountKey::by_id(PLATFORM, &id));
    let mut reading = Reading { exhibit: source.exhibit, account, fields: Fields::default() };
    reading.own(&found, sink);
    reading.sections(&found, sink);
    reading.lists(&found, sink);
    reading.fields.finish(source.exhibit, sink);
    let last = found.last_element().into_iter().chain(found.others.last().map(|(_, raw)| *raw));
    let end = last.map(|raw| json::end_of(text, raw)).max().unwrap_or(0);
    outcome.map_err(|error| json::stop(&error, &bytes, start, start + end, found.elements()))
}

/// What is the same for all records of the file.
struct Reading {
    exhibit: ExhibitNo,
    account: Option<AccountKey>,
    fields: Fields,
}

impl Reading {
    /// The account, and what stands beside it.
    fn own(&mut self, found: &Document<'_>, sink: &mut dyn Sink) {
        let place = Place::Whole;
        settle(self.exhibit, &place, b"", sink, |sink| {
            let missing = || (RejectReason::MissingField, "`id` is missing".to_owned());
            let account = self.account.clone().ok_or_else(missing)?;
            let field = |key: &str| scalar(found, key);
            sink.account(self.account_row(&place, account, &field));
            let mut declared = Declared::new(self.exhibit, &place, self.account.as_ref());
            declared.add(SubscriberCategory::Email, "email", field("email"));
            declared.add(SubscriberCategory::Phone, "phone", field("phone"));
            let birth = field("date_of_birth").filter(|date| !date.starts_with("0001"));
            declared.add(SubscriberCategory::Birth, "date_of_birth", birth);
            declared.hand_over(sink);
            Ok(())
        });
        if let Some(ip) = scalar(found, "ip") {
            let place = pointer("ip");
            settle(self.exhibit, &place, ip.as_bytes(), sink, |sink| {
                sink.connections(vec![self.last_seen(&place, &ip)?]);
                Ok(())
            });
        }
    }

    fn account_row(
        &self,
        place: &Place,
        account: AccountKey,
        field: &dyn Fn(&str) -> Option<String>,
    ) -> Account {
        let handle = match (field("username"), field("discriminator")) {
            (Some(name), Some(digits)) if !digits.trim_matches('0').is_empty() => {
                Some(format!("{name}#{digits:0>4}"))
            }
            (name, _) => name,
        };
        Account {
            native_id: Maybe::Known(account.native().to_owned()),
            handle: Maybe::or_absent(handle, Absent::NotExported),
            display_name: Maybe::or_absent(field("global_name"), Absent::NotExported),
            ..Account::new(self.exhibit, place, 0, account)
        }
    }

    fn last_seen(&self, place: &Place, raw: &str) -> Result<Connection, Flaw> {
        Ok(Connection {
            account: Maybe::or_absent(self.account.clone(), Absent::NotExported),
            request: Maybe::Known("last address seen".to_owned()),
            ..sign_in(self.exhibit, place, 0, PLATFORM, ("ip", raw))?
        })
    }

    /// What is known and not read, and what is not known.
    fn sections(&mut self, found: &Document<'_>, sink: &mut dyn Sink) {
        for (key, raw) in &found.others {
            let place = pointer(key);
            if ASIDE.contains(&key.as_str()) {
                if !is_empty(raw) {
                    let detail = format!("the section `{key}` is not read");
                    set_aside(self.exhibit, &place, b"", &detail, sink);
                }
            } else if !OWN.contains(&key.as_str()) {
                self.fields.note("", key, 1, &place);
            }
        }
    }

    /// Sessions, linked accounts, means of payment.
    fn lists(&mut self, found: &Document<'_>, sink: &mut dyn Sink) {
        for (key, list) in &found.lists {
            for (index, raw) in list.iter().enumerate() {
                let place = Place::Pointer(format!("/{key}/{index}"));
                // What identifies a person is not shown in a reject.
                let shown = if key == "user_sessions" { raw.get() } else { "" };
                settle(self.exhibit, &place, shown.as_bytes(), sink, |sink| {
                    let record = json::object(raw.get())?;
                    self.record(key, &place, &record, sink)
                });
            }
        }
    }

    fn record(
        &mut self,
        list: &str,
        place: &Place,
        record: &Object,
        sink: &mut dyn Sink,
    ) -> Result<(), Flaw> {
        let account = self.account.as_ref();
        let fields = &mut self.fields;
        match list {
            "user_sessions" => {
                session::note_fields(record, fields, place);
                session::rows(self.exhibit, place, account, record, sink)
            }
            "connections" => {
                fields.object("connections.", record, &identity::LINKED, place);
                Declared::new(self.exhibit, place, account).linked(record, sink)
            }
            _ => {
                fields.object("payment_sources.", record, &identity::PAYMENT, place);
                Declared::new(self.exhibit, place, account).payment(record, sink)
            }
        }
    }
}

fn pointer(key: &str) -> Place {
    Place::Pointer(format!("/{}", json::pointer_step(key)))
}

fn is_empty(raw: &RawValue) -> bool {
    let bare: String = raw.get().chars().filter(|c| !c.is_whitespace()).take(5).collect();
    matches!(bare.as_str(), "[]" | "{}" | "null")
}

#[cfg(test)]
mod tests;
