//! Records of an Instagram export.
//!
//! In: the raw text of a record and the list that it stands in. Out: its rows. Refused: a record
//! with several values that could be its address.

use std::collections::BTreeSet;

use faisceau_model::rows::{Account, Connection, Device, Subscriber};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, RejectReason, Sink, SubscriberCategory,
};
use serde_json::value::RawValue;

use super::{PLATFORM, handle};
use crate::accounts::meta_labels::{Labelled, Shape, Use, labelled, sorted};
use crate::accounts::meta_time::unix;
use crate::accounts::meta_words::{is_bio, is_handle, is_name, is_type};
use crate::fields::Fields;
use crate::json::{self, Flaw, Object};
use crate::records::settle;
use crate::rows::sign_in::{sign_in, without_address};

/// Keys of a record, in both layouts.
const KEYS: [&str; 8] = [
    "title",
    "media_map_data",
    "string_map_data",
    "string_list_data",
    "label_values",
    "timestamp",
    "media",
    "fbid",
];

/// What a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Sign-ins.
    Login,
    /// Sign-outs.
    Logout,
    /// The making of the account.
    Registration,
    /// Devices.
    Device,
    /// The profile.
    Profile,
    /// Whatever the record says that it is.
    Activity,
    /// Known and of no use here.
    Aside(&'static str),
}

/// Turns records into rows.
pub(super) struct Emit<'o> {
    exhibit: ExhibitNo,
    platform: &'static str,
    owner: Option<&'o AccountKey>,
    devices: BTreeSet<(String, String)>,
    /// Keys and labels that are not known.
    pub(super) fields: Fields,
}

impl<'o> Emit<'o> {
    /// Rows of the export of `owner` from `platform`.
    pub(super) fn new(
        exhibit: ExhibitNo,
        platform: &'static str,
        owner: Option<&'o AccountKey>,
    ) -> Self {
        Self { exhibit, platform, owner, devices: BTreeSet::new(), fields: Fields::default() }
    }

    /// One record of a list.
    pub(super) fn settle(
        &mut self,
        part: Part,
        place: &Place,
        raw: &RawValue,
        sink: &mut dyn Sink,
    ) {
        settle(self.exhibit, place, raw.get().as_bytes(), sink, |sink| {
            self.record(part, place, raw.get(), sink)
        });
    }

    fn record(
        &mut self,
        part: Part,
        place: &Place,
        raw: &str,
        sink: &mut dyn Sink,
    ) -> Result<(), Flaw> {
        let record = json::object(raw)?;
        if let Part::Aside(what) = part {
            return Err(without_address(what));
        }
        self.fields.object("", &record, &KEYS, place);
        let values = labelled(&record);
        match part {
            Part::Profile => self.profile(place, &record, &values, sink),
            Part::Registration => self.registration(place, &record, &values, sink),
            Part::Device => self.device_record(place, &values, sink),
            Part::Login => self.use_of(place, &record, &values, Some("login"), sink),
            Part::Logout => self.use_of(place, &record, &values, Some("logout"), sink),
            Part::Activity | Part::Aside(_) => self.use_of(place, &record, &values, None, sink),
        }
    }

    /// A use of an address.
    fn use_of(
        &mut self,
        place: &Place,
        record: &Object,
        values: &[Labelled],
        action: Option<&str>,
        sink: &mut dyn Sink,
    ) -> Result<(), Flaw> {
        // A sign-in has no other number than its port.
        let found = sorted(values, action.is_some());
        let said = found.rest.iter().find(|value| is_type(&value.label));
        let action = action.or(said.map(|value| value.value.as_str())).unwrap_or("activity");
        let row = self.connection(place, record, &found, action)?;
        self.note_rest(&found, place);
        self.devices_of(place, &found, sink);
        sink.connections(vec![row]);
        Ok(())
    }

    fn connection(
        &self,
        place: &Place,
        record: &Object,
        found: &Use<'_>,
        action: &str,
    ) -> Result<Connection, Flaw> {
        let Some(address) = found.address else {
            return Err(if found.ambiguous {
                let detail = "several values could be the address, and no label tells which";
                (RejectReason::Address, detail.to_owned())
            } else {
                without_address(action)
            });
        };
        let row = sign_in(self.exhibit, place, 0, self.platform, (&address.label, &address.value))?;
        let (at, at_raw) = time(record, found)?;
        let port = found.port.map(i64::from).or(row.port.known().copied());
        Ok(Connection {
            account: Maybe::or_absent(self.owner.cloned(), Absent::NotExported),
            at,
            at_raw,
            port: Maybe::or_absent(port, Absent::NotExported),
            user_agent: Maybe::or_absent(found.user_agent.map(str::to_owned), Absent::NotExported),
            request: Maybe::text(action, Absent::NotExported),
            ..row
        })
    }

    /// The cookie and the device of a use, the first time they are met. The export says of neither
    /// when it was first or last used.
    fn devices_of(&mut self, place: &Place, found: &Use<'_>, sink: &mut dyn Sink) {
        let met = [("cookie", found.cookie), ("device", found.device)];
        for (part, (kind, identifier)) in (0..).zip(met) {
            let Some(identifier) = identifier else { continue };
            if !self.devices.insert((kind.to_owned(), identifier.to_owned())) {
                continue;
            }
            sink.device(Device {
                account: Maybe::or_absent(self.owner.cloned(), Absent::NotExported),
                identifier: Maybe::Known(identifier.to_owned()),
                label: Maybe::or_absent(found.user_agent.map(str::to_owned), Absent::NotExported),
                ..Device::new(self.exhibit, place, part, self.platform, kind)
            });
        }
    }

    fn device_record(
        &mut self,
        place: &Place,
        values: &[Labelled],
        sink: &mut dyn Sink,
    ) -> Result<(), Flaw> {
        let found = sorted(values, false);
        if found.device.is_none() && found.user_agent.is_none() {
            let detail = "neither an identifier nor a user agent of a device";
            return Err((RejectReason::MissingField, detail.to_owned()));
        }
        let last = match found.time {
            Some(seconds) => unix(seconds)?,
            None => Maybe::Missing(Absent::NotExported),
        };
        let text =
            |text: Option<&str>| Maybe::or_absent(text.map(str::to_owned), Absent::NotExported);
        sink.device(Device {
            account: Maybe::or_absent(self.owner.cloned(), Absent::NotExported),
            identifier: text(found.device),
            label: text(found.user_agent),
            last,
            ..Device::new(self.exhibit, place, 0, PLATFORM, "device")
        });
        Ok(())
    }

    /// The making of the account: a use of an address where the export has one, and the account.
    fn registration(
        &mut self,
        place: &Place,
        record: &Object,
        values: &[Labelled],
        sink: &mut dyn Sink,
    ) -> Result<(), Flaw> {
        let found = sorted(values, false);
        let (created, created_raw) = time(record, &found)?;
        let named = handle(record);
        let account = named.as_deref().map(|handle| AccountKey::by_handle(PLATFORM, handle));
        let account = account.or_else(|| self.owner.cloned());
        let used = match found.address {
            Some(_) => Some(self.connection(place, record, &found, "registration")?),
            None if found.ambiguous => {
                return self.connection(place, record, &found, "registration").map(|_| ());
            }
            None => None,
        };
        let declared = values.iter().filter(|v| matches!(v.shape(), Shape::Email | Shape::Phone));
        self.declare(place, account.as_ref(), declared, created, sink);
        if let Some(row) = used {
            sink.connections(vec![Connection {
                account: Maybe::or_absent(account.clone(), Absent::NotExported),
                ..row
            }]);
        }
        let Some(account) = account else { return Ok(()) };
        sink.account(Account {
            handle: Maybe::or_absent(named, Absent::NotExported),
            created,
            created_raw,
            ..Account::new(self.exhibit, place, 0, account)
        });
        Ok(())
    }

    fn profile(
        &mut self,
        place: &Place,
        record: &Object,
        values: &[Labelled],
        sink: &mut dyn Sink,
    ) -> Result<(), Flaw> {
        let named = handle(record);
        let account = named.as_deref().map(|handle| AccountKey::by_handle(PLATFORM, handle));
        let Some(account) = account.or_else(|| self.owner.cloned()) else {
            let detail = "no label that is known names the handle of the account";
            return Err((RejectReason::MissingField, detail.to_owned()));
        };
        let text = |is: fn(&str) -> bool| {
            let value = values.iter().find(|value| is(&value.label));
            Maybe::text(value.map_or("", |value| &value.value), Absent::NotExported)
        };
        let told = values.iter().filter(|value| {
            !is_bio(&value.label) && !matches!(value.shape(), Shape::Flag | Shape::Time)
        });
        let unknown = Maybe::Missing(Absent::NotRecorded);
        self.declare(place, Some(&account), told, unknown, sink);
        sink.account(Account {
            handle: Maybe::or_absent(named, Absent::NotExported),
            display_name: text(is_name),
            bio: text(is_bio),
            ..Account::new(self.exhibit, place, 0, account)
        });
        Ok(())
    }

    /// What the platform declares of the holder.
    fn declare<'v>(
        &self,
        place: &Place,
        account: Option<&AccountKey>,
        values: impl Iterator<Item = &'v Labelled>,
        since: Maybe<Moment>,
        sink: &mut dyn Sink,
    ) {
        for (part, value) in (0..).zip(values) {
            let category = match value.label.as_str() {
                label if is_handle(label) => SubscriberCategory::Identifier,
                label if is_name(label) => SubscriberCategory::Name,
                _ => value.category(),
            };
            let datum = (category, value.label.as_str(), value.value.as_str());
            sink.subscriber(Subscriber {
                account: Maybe::or_absent(account.cloned(), Absent::NotExported),
                since,
                ..Subscriber::new(self.exhibit, place, part, PLATFORM, datum)
            });
        }
    }

    fn note_rest(&mut self, found: &Use<'_>, place: &Place) {
        for value in found.rest.iter().filter(|value| !is_type(&value.label)) {
            self.fields.note("label: ", &value.label, 1, place);
        }
    }
}

/// The time of a record and how it is written: the Unix time, else the title.
fn time(record: &Object, found: &Use<'_>) -> Result<(Maybe<Moment>, Maybe<String>), Flaw> {
    let seconds = json::integer(record, "timestamp").filter(|&seconds| seconds > 0);
    if let Some(seconds) = seconds.or(found.time) {
        return Ok((unix(seconds)?, Maybe::Known(seconds.to_string())));
    }
    let title = json::field(record, "title");
    let at = title.as_deref().and_then(Moment::from_rfc3339);
    let raw = title.filter(|_| at.is_some());
    Ok((Maybe::or_absent(at, Absent::NotExported), Maybe::or_absent(raw, Absent::NotExported)))
}
