//! Uses of an address, sessions, cookies and devices of a Facebook export.
//!
//! In: one record. Out: a connection, and the cookie or device of it. Refused: records without
//! address or cookie.

use faisceau_model::rows::{Connection, Device, Subscriber};
use faisceau_model::{Absent, Maybe, Moment, Place, RejectReason, Sink, SubscriberCategory};
use serde_json::Value;

use super::{Emit, PLATFORM, text};
use crate::accounts::meta_labels::Labelled;
use crate::accounts::meta_time;
use crate::json::{self, Flaw, Object};
use crate::rows::sign_in::{action, guessed_place, sign_in, without_address};

/// No time, for a cookie that says none.
const NEVER: Maybe<Moment> = Maybe::Missing(Absent::NotExported);

/// `account_activity`: what was done, when, from where.
pub(super) fn activity(
    emit: &mut Emit,
    place: &Place,
    record: &Object,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    let keys = [
        "action",
        "timestamp",
        "ip_address",
        "user_agent",
        "datr_cookie",
        "city",
        "region",
        "country",
        "site_name",
        "port",
    ];
    emit.fields.object("", record, &keys, place);
    let [city, region, country] = ["city", "region", "country"].map(|key| text(record, key));
    let guess = guessed_place([city.as_deref(), region.as_deref(), country.as_deref()]);
    let (done, site) = (text(record, "action"), text(record, "site_name"));
    let done = action([done.as_deref(), site.as_deref(), guess.as_deref()]);
    let at = meta_time::at(record, "timestamp")?;
    let row = connection(emit, place, record, ("ip_address", done), at)?;
    let cookie = json::field(record, "datr_cookie");
    emit.cookie(place, cookie.as_deref(), text(record, "user_agent"), [NEVER; 2], sink);
    sink.connections(vec![row]);
    Ok(())
}

/// `active_sessions`: where the account is signed in.
pub(super) fn session(
    emit: &mut Emit,
    place: &Place,
    record: &Object,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    let keys = [
        "created_timestamp",
        "updated_timestamp",
        "ip_address",
        "user_agent",
        "datr_cookie",
        "device",
        "location",
        "app",
        "session_type",
    ];
    emit.fields.object("", record, &keys, place);
    let texts = ["session_type", "app", "location"].map(|key| text(record, key));
    let [kind, app, guess] = texts.each_ref().map(Option::as_deref);
    let done = action([Some("session"), kind, app, guess]);
    let row = connection(emit, place, record, ("ip_address", done), meta_time::session(record)?)?;
    let cookie = json::field(record, "datr_cookie");
    let label = text(record, "device").or_else(|| text(record, "user_agent"));
    let times = ["created_timestamp", "updated_timestamp"].map(|key| meta_time::at(record, key));
    let [first, last] = times;
    let times = [first?.0, last?.0];
    match (cookie, label) {
        (None, Some(label)) => sink.device(Device {
            account: emit.owner(),
            label: Maybe::Known(label),
            first: times[0],
            last: times[1],
            ..Device::new(emit.exhibit, place, 0, PLATFORM, "device")
        }),
        (cookie, label) => emit.cookie(place, cookie.as_deref(), label, times, sink),
    }
    sink.connections(vec![row]);
    Ok(())
}

/// `account_accesses`: sign-ins and sign-outs.
pub(super) fn access(
    emit: &mut Emit,
    place: &Place,
    record: &Object,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    emit.fields.object("", record, &["action", "timestamp", "site", "ip_address"], place);
    instant(emit, place, record, "ip_address", sink)
}

/// `used_ip_address`: the addresses that the account used.
pub(super) fn used_address(
    emit: &mut Emit,
    place: &Place,
    record: &Object,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    emit.fields.object("", record, &["ip", "action", "timestamp", "user_agent"], place);
    instant(emit, place, record, "ip", sink)
}

/// A use of the address below `key` at one instant.
fn instant(
    emit: &Emit,
    place: &Place,
    record: &Object,
    key: &str,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    let (done, site) = (text(record, "action"), text(record, "site"));
    let done = action([done.as_deref(), site.as_deref()]);
    let at = meta_time::at(record, "timestamp")?;
    sink.connections(vec![connection(emit, place, record, (key, done), at)?]);
    Ok(())
}

/// `login_protection_data`: cookies and addresses that Facebook knows the account by.
pub(super) fn protection(
    emit: &mut Emit,
    place: &Place,
    record: &Object,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    emit.fields.object("", record, &["name", "session"], place);
    let session = inner(record, "session")?;
    let keys =
        ["created_timestamp", "updated_timestamp", "ip_address", "datr_cookie", "user_agent"];
    emit.fields.object("session.", session, &keys, place);
    let name = text(record, "name").unwrap_or_default();
    let times = ["created_timestamp", "updated_timestamp"].map(|key| meta_time::at(session, key));
    let [first, last] = times;
    let times = [first?.0, last?.0];
    if json::field(session, "ip_address").is_some() {
        let at = meta_time::session(session)?;
        let done = action([Some("known address")]);
        let row = connection(emit, place, session, ("ip_address", done), at)?;
        sink.connections(vec![row]);
        return Ok(());
    }
    let value = name.split_once(':').map(|(_, value)| value.trim());
    let cookie = json::field(session, "datr_cookie");
    let cookie = cookie.as_deref().or(value).filter(|value| !value.is_empty());
    if cookie.is_none() {
        return Err(without_address("a known place of sign-in"));
    }
    emit.cookie(place, cookie, text(session, "user_agent"), times, sink);
    Ok(())
}

/// `admin_records`: changes of the account, with the session that made them.
pub(super) fn admin_record(
    emit: &mut Emit,
    place: &Place,
    record: &Object,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    emit.fields.object("", record, &["event", "session", "extra_info"], place);
    let session = inner(record, "session")?;
    let keys =
        ["created_timestamp", "updated_timestamp", "ip_address", "datr_cookie", "user_agent"];
    emit.fields.object("session.", session, &keys, place);
    let event = text(record, "event");
    let at = meta_time::at(session, "created_timestamp")?;
    let since = at.0;
    let row = match json::field(session, "ip_address") {
        Some(_) => {
            let done = action([event.as_deref()]);
            Some(connection(emit, place, session, ("ip_address", done), at)?)
        }
        None => None,
    };
    let changes = record.get("extra_info").and_then(Value::as_object);
    let told: Vec<(String, String)> = changes
        .into_iter()
        .flatten()
        .filter_map(|(key, _)| Some((key.clone(), text(changes?, key)?)))
        .collect();
    if row.is_none() && told.is_empty() {
        return Err(without_address(event.as_deref().unwrap_or("a change of the account")));
    }
    for (part, (key, value)) in (0..).zip(told) {
        let shape = Labelled { label: key.clone(), value: value.clone(), time: 0 };
        let category = match shape.category() {
            SubscriberCategory::Other if key.contains("name") => SubscriberCategory::Name,
            category => category,
        };
        sink.subscriber(Subscriber {
            account: emit.owner(),
            since,
            ..Subscriber::new(emit.exhibit, place, part, PLATFORM, (category, &key, &value))
        });
    }
    let cookie = json::field(session, "datr_cookie");
    emit.cookie(place, cookie.as_deref(), text(session, "user_agent"), [NEVER; 2], sink);
    if let Some(row) = row {
        sink.connections(vec![row]);
    }
    Ok(())
}

/// `devices`: devices that the account was used on.
pub(super) fn device(
    emit: &mut Emit,
    place: &Place,
    record: &Object,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    emit.fields.object("", record, &["type", "os"], place);
    let parts = [text(record, "type"), text(record, "os")];
    let label = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    if label.is_empty() {
        let detail = "neither `type` nor `os` is there";
        return Err((RejectReason::MissingField, detail.to_owned()));
    }
    sink.device(Device {
        account: emit.owner(),
        label: Maybe::Known(label),
        ..Device::new(emit.exhibit, place, 0, PLATFORM, "device")
    });
    Ok(())
}

fn connection(
    emit: &Emit,
    place: &Place,
    record: &Object,
    (key, request): (&str, Maybe<String>),
    (at, at_raw): (Maybe<Moment>, Maybe<String>),
) -> Result<Connection, Flaw> {
    let Some(written) = json::field(record, key) else {
        let what = request.known().map_or("a record", String::as_str);
        return Err(without_address(what));
    };
    let row = sign_in(emit.exhibit, place, 0, PLATFORM, (key, &written))?;
    let beside = json::integer(record, "port").filter(|port| (1..=65_535).contains(port));
    let port = beside.or(row.port.known().copied());
    // A list whose records have no such key does not record it.
    let absent = |key| {
        if record.contains_key(key) { Absent::NotExported } else { Absent::NotRecorded }
    };
    Ok(Connection {
        account: emit.owner(),
        at,
        at_raw,
        port: Maybe::or_absent(port, absent("port")),
        user_agent: Maybe::or_absent(text(record, "user_agent"), absent("user_agent")),
        request,
        ..row
    })
}

fn inner<'r>(record: &'r Object, key: &str) -> Result<&'r Object, Flaw> {
    record
        .get(key)
        .and_then(Value::as_object)
        .ok_or_else(|| (RejectReason::MissingField, format!("`{key}` is missing")))
}
