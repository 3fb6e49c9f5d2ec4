//! The account itself: its names, and what X declares of whoever holds it.
//!
//! In: the objects `account`, `profile`, `screenNameChange`, `emailAddressChange`, `device` (a
//! telephone number), `ageMeta`, `verified`, `accountTimezone`, `accountSuspension`. Out: accounts
//! for the names, subscribers for the rest. Refused: nothing of it in posts or in the
//! self-description.
//!
//! Trap: `inferredAgeInfo` is what X guesses, and is labelled so.

use faisceau_model::rows::Account;
use faisceau_model::{AccountKey, Maybe, Place, SubscriberCategory};
use serde_json::Value;

use super::rows::{Context, Rows, inside, text, time, time_if_any};
use crate::json::{self, Flaw, Object};

/// The keys of an account.
pub(super) const ACCOUNT_KEYS: &[&str] =
    &["accountDisplayName", "accountId", "createdAt", "createdVia", "email", "username"];
/// The keys of a profile.
pub(super) const PROFILE_KEYS: &[&str] =
    &["accountId", "avatarMediaUrl", "description", "headerMediaUrl"];
/// The keys of a change of name, and of the address for mail.
pub(super) const CHANGE_KEYS: &[&str] = &["accountId", "emailChange", "screenNameChange"];
/// The keys of the records that say one thing.
pub(super) const SMALL_KEYS: &[&str] = &[
    "accountId",
    "action",
    "ageInfo",
    "inferredAgeInfo",
    "phoneNumber",
    "timeStamp",
    "timeZone",
    "verified",
];

/// The account as it is now.
pub(super) fn account(context: &Context, place: &Place, record: &Object) -> Result<Rows, Flaw> {
    let key = context.required_holder(record)?;
    let created = time(record, "createdAt")?;
    let mut rows = Rows::default();
    let holder = Some(key.clone());
    let email = (SubscriberCategory::Email, "email");
    context.declared(place, holder.as_ref(), email, json::field(record, "email"), &mut rows);
    let via = (SubscriberCategory::Other, "createdVia");
    context.declared(place, holder.as_ref(), via, json::field(record, "createdVia"), &mut rows);
    rows.accounts.push(Account {
        handle: text(record, "username").map(|handle| handle.trim_start_matches('@').to_owned()),
        display_name: text(record, "accountDisplayName"),
        created,
        created_raw: text(record, "createdAt"),
        ..named(context, place, key)
    });
    Ok(rows)
}

/// What the profile shows.
pub(super) fn profile(context: &Context, place: &Place, record: &Object) -> Result<Rows, Flaw> {
    let key = context.required_holder(record)?;
    let mut rows = Rows::default();
    let empty = Object::new();
    let shown = inside(record, "description").unwrap_or(&empty);
    let holder = Some(key.clone());
    for label in ["location", "website"] {
        let value = json::field(shown, label);
        context.declared(
            place,
            holder.as_ref(),
            (SubscriberCategory::Other, label),
            value,
            &mut rows,
        );
    }
    rows.accounts.push(Account { bio: text(shown, "bio"), ..named(context, place, key) });
    Ok(rows)
}

/// A change of the handle: the former one as an account, both as identifiers.
pub(super) fn renamed(context: &Context, place: &Place, record: &Object) -> Result<Rows, Flaw> {
    let key = context.required_holder(record)?;
    let change = inside(record, "screenNameChange").unwrap_or(record);
    let mut rows = Rows::default();
    changed(context, place, Some(&key), SubscriberCategory::Identifier, change, &mut rows);
    if let Maybe::Known(former) = text(change, "changedFrom") {
        let handle = Maybe::Known(former.trim_start_matches('@').to_owned());
        rows.accounts.push(Account { handle, ..named(context, place, key) });
    }
    Ok(rows)
}

/// A change of the address for mail.
pub(super) fn readdressed(context: &Context, place: &Place, record: &Object) -> Rows {
    let mut rows = Rows::default();
    let change = inside(record, "emailChange").unwrap_or(record);
    let holder = context.holder(record);
    changed(context, place, holder.as_ref(), SubscriberCategory::Email, change, &mut rows);
    rows
}

/// What it was before and, since a known time, after.
fn changed(
    context: &Context,
    place: &Place,
    holder: Option<&AccountKey>,
    category: SubscriberCategory,
    change: &Object,
    rows: &mut Rows,
) {
    for label in ["changedFrom", "changedTo"] {
        let value = json::field(change, label);
        let since = label == "changedTo" && value.is_some();
        context.declared(place, holder, (category, label), value, rows);
        if let Some(row) = rows.subscribers.last_mut().filter(|_| since) {
            row.since = time_if_any(change, "changedAt");
        }
    }
}

/// A telephone number.
pub(super) fn phone(context: &Context, place: &Place, record: &Object) -> Result<Rows, Flaw> {
    let mut rows = Rows::default();
    let label = (SubscriberCategory::Phone, "phoneNumber");
    let value = Some(json::required(record, "phoneNumber")?);
    context.declared(place, context.holder(record).as_ref(), label, value, &mut rows);
    Ok(rows)
}

/// A date of birth and an age, told to X or guessed by it.
pub(super) fn age(context: &Context, place: &Place, record: &Object) -> Rows {
    let mut rows = Rows::default();
    let holder = context.holder(record);
    let mut declare = |category, label, value| {
        context.declared(place, holder.as_ref(), (category, label), value, &mut rows);
    };
    if let Some(told) = inside(record, "ageInfo") {
        declare(SubscriberCategory::Birth, "birthDate", json::field(told, "birthDate"));
        declare(SubscriberCategory::Other, "age", listed(told, "age"));
    }
    if let Some(guessed) = inside(record, "inferredAgeInfo") {
        let birth = json::field(guessed, "birthDate");
        declare(SubscriberCategory::Other, "inferredAgeInfo.birthDate", birth);
        declare(SubscriberCategory::Other, "inferredAgeInfo.age", listed(guessed, "age"));
    }
    rows
}

/// A field that is a text, a number, or a list of them.
fn listed(record: &Object, key: &str) -> Option<String> {
    let Some(Value::Array(items)) = record.get(key) else { return json::field(record, key) };
    let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
    (!items.is_empty()).then(|| items.join(", "))
}

/// Whether the account is verified, and its zone: one word each.
pub(super) fn word(context: &Context, place: &Place, record: &Object, key: &str) -> Rows {
    let mut rows = Rows::default();
    let value = match record.get(key) {
        Some(Value::Bool(value)) => Some(value.to_string()),
        _ => json::field(record, key),
    };
    let label = (SubscriberCategory::Other, key);
    context.declared(place, context.holder(record).as_ref(), label, value, &mut rows);
    rows
}

/// What X did to the account, and when.
pub(super) fn suspended(context: &Context, place: &Place, record: &Object) -> Result<Rows, Flaw> {
    let mut rows = word(context, place, record, "action");
    let since = time(record, "timeStamp")?;
    rows.subscribers.iter_mut().for_each(|row| row.since = since);
    Ok(rows)
}

fn named(context: &Context, place: &Place, account: AccountKey) -> Account {
    Account {
        native_id: Maybe::Known(account.native().to_owned()),
        ..Account::new(context.exhibit, place, 0, account)
    }
}
