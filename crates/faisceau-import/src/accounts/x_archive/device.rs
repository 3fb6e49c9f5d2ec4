//! What X ties to an account: tokens, telephones, applications, browsers.
//!
//! In: the objects `deviceToken`, `niDeviceResponse`, `connectedApplication`, and the devices that
//! hold keys of encrypted messages. Out: a device each; a telephone number among the data that X
//! declares. Refused: nothing; a time that cannot be read is missing.

use faisceau_model::rows::Device;
use faisceau_model::{Absent, Maybe, Moment, Place, Precision, SubscriberCategory};
use jiff::civil::Date;
use serde_json::Value;

use super::PLATFORM;
use super::rows::{Context, Rows, inside, text, time_if_any};
use crate::json::{self, Flaw, Object};
use crate::time::civil;

/// The keys of a token.
pub(super) const TOKEN_KEYS: &[&str] = &[
    "accountId",
    "clientApplicationId",
    "clientApplicationName",
    "createdAt",
    "lastSeenAt",
    "token",
];
/// The keys of a notification device.
pub(super) const NI_KEYS: &[&str] = &["messagingDevice", "pushDevice"];
/// The keys of an application.
pub(super) const APPLICATION_KEYS: &[&str] =
    &["approvedAt", "description", "id", "name", "organization", "permissions"];
/// The keys around the devices that hold keys.
pub(super) const REGISTRY_KEYS: &[&str] = &["deviceMetadataList", "registeredDevices"];

/// A token of a browser or an application.
pub(super) fn token(context: &Context, place: &Place, record: &Object) -> Result<Rows, Flaw> {
    let token = json::required(record, "token")?;
    Ok(one(Device {
        identifier: Maybe::Known(token),
        label: match json::field(record, "clientApplicationName") {
            Some(name) => Maybe::Known(name),
            // Older tokens have no name.
            None => text(record, "clientApplicationId"),
        },
        first: time_if_any(record, "createdAt"),
        last: time_if_any(record, "lastSeenAt"),
        ..device(context, place, 0, "token", record)
    }))
}

/// A device that receives notifications, or codes for the second factor.
pub(super) fn notified(context: &Context, place: &Place, record: &Object) -> Rows {
    let mut rows = Rows::default();
    for kind in NI_KEYS {
        let Some(found) = inside(record, kind) else { continue };
        let part = rows.devices.len() as u32;
        let words = ["deviceType", "deviceVersion", "carrier"];
        let words: Vec<String> = words.iter().filter_map(|key| json::field(found, key)).collect();
        rows.devices.push(Device {
            identifier: match json::field(found, "udid") {
                Some(udid) => Maybe::Known(udid),
                None => text(found, "token"),
            },
            label: Maybe::text(&words.join(", "), Absent::NotExported),
            first: day(found, "createdDate"),
            last: day(found, "updatedDate"),
            ..device(context, place, part, "device", record)
        });
        let account = context.holder(record);
        let phone = (SubscriberCategory::Phone, "messagingDevice.phoneNumber");
        context.declared(
            place,
            account.as_ref(),
            phone,
            json::field(found, "phoneNumber"),
            &mut rows,
        );
    }
    rows
}

/// An application that the account let in.
pub(super) fn application(context: &Context, place: &Place, record: &Object) -> Result<Rows, Flaw> {
    let id = json::required(record, "id")?;
    let maker = inside(record, "organization").and_then(|maker| json::field(maker, "name"));
    let label = match (json::field(record, "name"), maker) {
        (Some(name), Some(maker)) if maker != name => Some(format!("{name} ({maker})")),
        (name, maker) => name.or(maker),
    };
    Ok(one(Device {
        identifier: Maybe::Known(id),
        label: Maybe::or_absent(label, Absent::NotExported),
        first: time_if_any(record, "approvedAt"),
        ..device(context, place, 0, "application", record)
    }))
}

/// The browsers and telephones that hold keys of encrypted messages.
pub(super) fn registry(context: &Context, place: &Place, record: &Object) -> Rows {
    let record = inside(record, "registeredDevices").unwrap_or(record);
    let listed = record.get("deviceMetadataList").and_then(Value::as_array);
    let mut rows = Rows::default();
    for found in listed.into_iter().flatten().filter_map(Value::as_object) {
        let part = rows.devices.len() as u32;
        rows.devices.push(Device {
            identifier: text(found, "deviceId"),
            label: text(found, "userAgent"),
            first: time_if_any(found, "createdAt"),
            ..device(context, place, part, "browser", record)
        });
    }
    rows
}

fn one(device: Device) -> Rows {
    Rows { devices: vec![device], ..Rows::default() }
}

fn device(context: &Context, place: &Place, part: u32, kind: &str, record: &Object) -> Device {
    Device {
        account: Maybe::or_absent(context.holder(record), Absent::NotExported),
        ..Device::new(context.exhibit, place, part, PLATFORM, kind)
    }
}

/// A day as this part writes it, `2020.02.01`, in no zone that it says; else a time as elsewhere.
fn day(record: &Object, key: &str) -> Maybe<Moment> {
    let Some(written) = json::field(record, key) else {
        return Maybe::Missing(Absent::NotExported);
    };
    let date = Date::strptime("%Y.%m.%d", written.trim()).ok();
    // A day is that of X, whose machines count in UTC, and not of the case.
    let at = date.and_then(|date| civil::assumed(date.at(0, 0, 0, 0), Precision::Day, None));
    at.map_or_else(|| time_if_any(record, key), Maybe::Known)
}
