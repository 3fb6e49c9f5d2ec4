//! Snapchat's `json/account.json`, of the data that the owner of an account downloads.
//!
//! Producer: Snapchat "My Data", 2021 to 2026. Key names as RLEAPP (`snapAccountinfo`) and other
//! readers of these exports use them, read on 2026-11-21.
//!
//! In: the file. Out: the account, a connection for each login and for the registration, devices,
//! data on the subscriber. Refused: a login without a readable address.
//!
//! Traps of the format:
//! - Keys have spaces; `PhoneNumber` and `Phone Number` both occur.
//! - Times end in ` UTC`; a device has only the time of its first use.
//! - A login has a `Status` of its own, which is no HTTP status.

use faisceau_model::rows::{Account, Device};
use faisceau_model::{AccountKey, ExhibitNo, Maybe, Place, Sink, SubscriberCategory};
use jiff::tz::TimeZone;

use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::leaves::{elements, field_of, not_read, read, record};
use crate::json::tree::{Held, Leaf, leaves};
use crate::json::{self, Flaw, Object};
use crate::records::settle;
use crate::rows::declared::{Declared, joined, said};
use crate::settings::ImportSettings;
use crate::time::stamp::Stamp;

/// The name of the platform in account keys and rows.
pub(super) const PLATFORM: &str = "snapchat";
const BASIC: &str = "Basic Information";
const DEVICE: &str = "Device Information";
/// Files of this kind are a few kilobytes.
const MAX_OWNER_FILE: usize = 4 << 20;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "snapchat-account",
    title: "Snapchat export, account.json",
    group: Group::Accounts,
    gives: &["accounts", "connections", "devices", "subscribers"],
    versions: "My Data of 2021 to 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/snapchat_export/account.json",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: Some(owner),
};

fn sniff(head: &Head<'_>) -> bool {
    head.has_keys(&["Basic Information.Username"])
        && ["Login History", "Device History", DEVICE, "Basic Information.Creation Date"]
            .iter()
            .any(|key| head.has_keys(&[key]))
}

fn is_record(keys: &[String]) -> bool {
    matches!(keys, [key] if key == BASIC || key == DEVICE)
}

/// The account that `Basic Information` names.
fn owner(file: &[u8]) -> Option<AccountKey> {
    let file = file.get(..MAX_OWNER_FILE).unwrap_or(file);
    memchr::memmem::find(file, BASIC.as_bytes())?;
    let (text, _) = json::text(file);
    username(&leaves(text, &is_record).0)
}

fn username(found: &[Leaf<'_>]) -> Option<AccountKey> {
    let name = field_of(found, BASIC, "Username")?;
    Some(AccountKey::by_handle(PLATFORM, said(&name)?))
}

/// Reads the file.
///
/// # Errors
/// When the document breaks; what precedes that place is kept.
fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let start = |found: &[Leaf<'_>]| Emit {
        exhibit: source.exhibit,
        zone: settings.zone().ok().flatten(),
        account: username(found).or_else(|| settings.owners.get(source.exhibit, PLATFORM).cloned()),
        fields: Fields::default(),
    };
    read(source, sink, &is_record, start, Emit::leaf, |emit, sink| {
        emit.fields.finish(source.exhibit, sink);
    })
}

struct Emit {
    exhibit: ExhibitNo,
    zone: Option<TimeZone>,
    account: Option<AccountKey>,
    fields: Fields,
}

impl Emit {
    fn leaf(&mut self, leaf: &Leaf<'_>, sink: &mut dyn Sink) {
        let (exhibit, pointer) = (self.exhibit, &leaf.pointer[..]);
        match (leaf.key(), &leaf.held) {
            (BASIC, Held::Record(raw)) => {
                record(exhibit, pointer, raw, sink, |place, basic, sink| {
                    self.basic(place, basic, sink)
                });
            }
            (DEVICE, Held::Record(raw)) => {
                record(exhibit, pointer, raw, sink, |place, device, sink| {
                    sink.device(self.device(place, device));
                    Ok(())
                });
            }
            ("Device History", Held::List(list)) => {
                elements(exhibit, pointer, list, sink, |place, device, sink| {
                    sink.device(self.device(place, device));
                    Ok(())
                });
            }
            ("Login History", Held::List(list)) => {
                elements(exhibit, pointer, list, sink, |place, login, sink| {
                    self.login(place, login, sink)
                });
            }
            _ => not_read(exhibit, leaf, sink),
        }
    }

    fn declared<'d>(&'d self, place: &'d Place) -> Declared<'d> {
        let account = self.account.as_ref();
        Declared { exhibit: self.exhibit, place, service: PLATFORM, account }
    }

    fn basic(&mut self, place: &Place, basic: &Object, sink: &mut dyn Sink) -> Result<(), Flaw> {
        const USED: [&str; 4] = ["Username", "Name", "Creation Date", "Registration IP"];
        use SubscriberCategory::{Email, Other, Phone};
        let data = [
            (Email, "Email"),
            (Email, "Email Address"),
            (Phone, "PhoneNumber"),
            (Phone, "Phone Number"),
            (Other, "Carrier"),
            (Other, "Country"),
        ];
        let known: Vec<&str> = USED.into_iter().chain(data.map(|(_, key)| key)).collect();
        self.fields.object("Basic Information.", basic, &known, place);
        let handle = json::required(basic, "Username")?;
        let account = AccountKey::by_handle(PLATFORM, &handle);
        let created =
            Stamp::lenient(json::field(basic, "Creation Date").as_deref(), self.zone.as_ref());
        let declared = Declared { account: Some(&account), ..self.declared(place) };
        let name = json::field(basic, "Name");
        if let Some(ip) = json::field(basic, "Registration IP").as_deref().and_then(said) {
            settle(self.exhibit, place, ip.as_bytes(), sink, |sink| {
                let row = declared.connection(0, ip, created.clone(), "registration")?;
                sink.connections(vec![row]);
                Ok(())
            });
        }
        sink.account(Account {
            handle: Maybe::Known(handle),
            display_name: joined([name.as_deref()]),
            created: created.at,
            created_raw: created.raw,
            ..Account::new(self.exhibit, place, 0, account.clone())
        });
        for (part, (category, key)) in (0..).zip(data) {
            if let Some(value) = json::field(basic, key).as_deref().and_then(said) {
                sink.subscriber(declared.subscriber(part, category, key, value));
            }
        }
        Ok(())
    }

    fn device(&mut self, place: &Place, device: &Object) -> Device {
        const LABEL: [&str; 6] =
            ["Make", "Model", "Model Name", "Model ID", "OS Type", "OS Version"];
        const REST: [&str; 5] =
            ["Device Type", "Start Time", "User Agent", "Language", "Connection Type"];
        let known: Vec<&str> = LABEL.into_iter().chain(REST).collect();
        self.fields.object("Device.", device, &known, place);
        let texts: Vec<_> = LABEL.iter().map(|key| json::field(device, key)).collect();
        let start = json::field(device, "Start Time");
        Device {
            label: joined(texts.iter().map(Option::as_deref)),
            first: Stamp::lenient(start.as_deref(), self.zone.as_ref()).at,
            ..self.declared(place).device(0, "device")
        }
    }

    fn login(&mut self, place: &Place, login: &Object, sink: &mut dyn Sink) -> Result<(), Flaw> {
        const KNOWN: [&str; 5] = ["IP", "Country", "Created", "Status", "Device"];
        self.fields.object("Login History.", login, &KNOWN, place);
        let text = |key| json::field(login, key);
        let stamp = Stamp::read(text("Created").as_deref(), "Created", self.zone.as_ref())?;
        let status = text("Status");
        let request = joined([Some("login"), status.as_deref()]).into_known().unwrap_or_default();
        let mut row =
            self.declared(place).connection(0, &json::required(login, "IP")?, stamp, &request)?;
        row.user_agent = joined([text("Device").as_deref()]);
        sink.connections(vec![row]);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
