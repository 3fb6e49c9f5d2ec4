//! The profile of a Facebook export: whose export it is, and what it declares of its holder.
//!
//! In: the object `profile_v2`, or a verified address of contact. Out: the account, and data on
//! its holder. Refused: a profile whose address names nobody.

use faisceau_model::rows::{Account, Subscriber};
use faisceau_model::{
    Absent, AccountKey, Maybe, Moment, Place, RejectReason, Sink, SubscriberCategory,
};
use serde_json::Value;

use super::{Emit, PLATFORM, is_profile, text};
use crate::accounts::meta_labels::Labelled;
use crate::accounts::meta_time;
use crate::json::document::document;
use crate::json::{self, Flaw, Object};

/// Keys of a profile. Family, work, school and tastes are of no use here.
const KEYS: [&str; 28] = [
    "name",
    "emails",
    "birthday",
    "gender",
    "previous_names",
    "other_names",
    "current_city",
    "hometown",
    "relationship",
    "previous_relationships",
    "family_members",
    "education_experiences",
    "languages",
    "interested_in",
    "religious_view",
    "political_view",
    "work_experiences",
    "blood_info",
    "websites",
    "phone_numbers",
    "places_lived",
    "username",
    "intro_bio",
    "favorite_quotes",
    "groups",
    "pages",
    "registration_timestamp",
    "profile_uri",
];

/// The account whose export a file is of.
pub(super) fn owner(file: &[u8]) -> Option<AccountKey> {
    let head = json::text(file.get(..file.len().min(64 * 1024)).unwrap_or_default()).0;
    if !head.trim_start().starts_with('{') || !head.contains("\"full_name\"") {
        return None;
    }
    let (found, _) = document(json::text(file).0, &|_| false);
    let raw = found.others.iter().find(|(key, _)| is_profile(key)).map(|(_, raw)| raw)?;
    account(&json::object(raw.get()).ok()?).map(|(account, _)| account)
}

/// The account of a profile, and its handle.
fn account(profile: &Object) -> Option<(AccountKey, Option<String>)> {
    let uri = json::field(profile, "profile_uri");
    let path = uri.as_deref().and_then(|uri| uri.split_once("facebook.com/")).map(|(_, path)| path);
    let id = path.and_then(|path| path.split_once("id=")).map(|(_, id)| id);
    let id = id.map(|id| id.split(['&', '#']).next().unwrap_or_default());
    let id = id.filter(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()));
    let slug = path.filter(|path| !path.starts_with("profile.php"));
    let slug = slug.and_then(|path| path.split(['/', '?', '#']).next()).map(str::to_owned);
    let handle = json::field(profile, "username").or(slug).filter(|handle| !handle.is_empty());
    match (id, handle) {
        (Some(id), handle) => Some((AccountKey::by_id(PLATFORM, id), handle)),
        (None, Some(handle)) => Some((AccountKey::by_handle(PLATFORM, &handle), Some(handle))),
        (None, None) => None,
    }
}

/// The rows of a profile.
pub(super) fn rows(
    emit: &mut Emit,
    place: &Place,
    profile: &Object,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    emit.fields.object("profile.", profile, &KEYS, place);
    let found = account(profile).or_else(|| emit.owner.clone().map(|owner| (owner, None)));
    let Some((key, handle)) = found else {
        let detail = "`profile_uri` names neither an id nor a handle";
        return Err((RejectReason::MissingField, detail.to_owned()));
    };
    let (created, created_raw) = meta_time::at(profile, "registration_timestamp")?;
    let name = profile.get("name").and_then(Value::as_object);
    let name = name.and_then(|name| text(name, "full_name"));
    for (part, (category, label, value)) in (0..).zip(told(profile, name.as_deref())) {
        sink.subscriber(Subscriber {
            account: Maybe::Known(key.clone()),
            ..Subscriber::new(emit.exhibit, place, part, PLATFORM, (category, label, &value))
        });
    }
    let id = key.native().to_owned();
    sink.account(Account {
        native_id: if id.starts_with('@') {
            Maybe::Missing(Absent::NotExported)
        } else {
            Maybe::Known(id)
        },
        handle: Maybe::or_absent(handle, Absent::NotExported),
        display_name: Maybe::or_absent(name, Absent::NotExported),
        created,
        created_raw,
        ..Account::new(emit.exhibit, place, 0, key)
    });
    Ok(())
}

/// What a profile declares of its holder, in the order of the format.
fn told(profile: &Object, name: Option<&str>) -> Vec<(SubscriberCategory, &'static str, String)> {
    let mut told = Vec::new();
    let mut tell = |category, label, value: Option<String>| {
        told.extend(value.map(|value| (category, label, value)));
    };
    tell(SubscriberCategory::Name, "full_name", name.map(str::to_owned));
    let list = |object: &Object, key: &str| -> Vec<Value> {
        object.get(key).and_then(Value::as_array).cloned().unwrap_or_default()
    };
    for former in list(profile, "previous_names") {
        let former = former.as_object().and_then(|former| text(former, "name"));
        tell(SubscriberCategory::Name, "previous_names", former);
    }
    if let Some(emails) = profile.get("emails").and_then(Value::as_object) {
        for label in ["emails", "previous_emails", "pending_emails"] {
            for email in list(emails, label) {
                tell(SubscriberCategory::Email, label, email.as_str().map(str::to_owned));
            }
        }
    }
    for phone in list(profile, "phone_numbers") {
        let phone = phone.as_object().and_then(|phone| text(phone, "phone_number"));
        tell(SubscriberCategory::Phone, "phone_numbers", phone);
    }
    let birthday = profile.get("birthday").and_then(Value::as_object).and_then(birthday);
    tell(SubscriberCategory::Birth, "birthday", birthday);
    for label in ["current_city", "hometown"] {
        let city =
            profile.get(label).and_then(Value::as_object).and_then(|city| text(city, "name"));
        tell(SubscriberCategory::PostalAddress, label, city);
    }
    told
}

/// A date of birth; the year may be hidden.
fn birthday(date: &Object) -> Option<String> {
    let [year, month, day] = ["year", "month", "day"].map(|key| json::integer(date, key));
    let (month, day) = (month.filter(|&m| m > 0)?, day.filter(|&d| d > 0)?);
    Some(match year.filter(|&year| year > 0) {
        Some(year) => format!("{year:04}-{month:02}-{day:02}"),
        None => format!("--{month:02}-{day:02}"),
    })
}

/// `contact_verifications`: an address of contact that the holder showed to control.
pub(super) fn verification(
    emit: &mut Emit,
    place: &Place,
    record: &Object,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    emit.fields.object("", record, &["contact", "verification_time"], place);
    let value = json::required(record, "contact")?;
    let (since, _): (Maybe<Moment>, _) = meta_time::at(record, "verification_time")?;
    let shape = Labelled { label: String::new(), value: value.clone(), time: 0 };
    sink.subscriber(Subscriber {
        account: emit.owner(),
        since,
        ..Subscriber::new(emit.exhibit, place, 0, PLATFORM, (shape.category(), "contact", &value))
    });
    Ok(())
}
