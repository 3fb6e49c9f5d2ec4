//! The sections of Meta's answer, one kind of row each.
//!
//! In: the sections of a page. Out: rows of the tables. Refused: rows without what they are about.

use faisceau_model::rows::{Account, Connection, Device, Post};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Place, RejectReason, Sink, SubscriberCategory,
};
use jiff::tz::TimeZone;

use super::cells::{Field, Section};
use super::messages;
use super::records::{connection, key, named, nothing, rows, time};
use crate::fields::Fields;
use crate::json::Flaw;
use crate::records::{set_aside, settle};
use crate::rows::declared::{Declared, joined, said};
use crate::rows::repeated::repeated;
use crate::settings::ImportSettings;
use crate::text::address::endpoint;
use crate::time::stamp::Stamp;

const ADDRESS: &[&str] = &["IP Address", "Ip", "IP"];
const TIME: &[&str] = &["Time", "Login Time", "Date"];
const AGENT: &[&str] = &["Agent String", "User Agent"];
const UPLOADED: &[&str] = &["Uploaded", "Upload Time", "Taken", "Time"];
const FIRST: &[&str] = &["Family Device First Seen", "First Seen", "Date Created"];
const LAST: &[&str] = &["Family Device Last Seen", "Last Seen"];

/// Sections whose fields are data on the subscriber.
const DATA: &[(&str, SubscriberCategory)] = &[
    ("name", SubscriberCategory::Name),
    ("alternate_name", SubscriberCategory::Name),
    ("name_changes", SubscriberCategory::Name),
    ("emails", SubscriberCategory::Email),
    ("email_changes", SubscriberCategory::Email),
    ("phone_numbers", SubscriberCategory::Phone),
    ("removed_phone_numbers", SubscriberCategory::Phone),
    ("date_of_birth", SubscriberCategory::Birth),
    ("address", SubscriberCategory::PostalAddress),
    ("current_city", SubscriberCategory::PostalAddress),
    ("hometown", SubscriberCategory::PostalAddress),
    ("gender", SubscriberCategory::Other),
    ("account_end_date", SubscriberCategory::Other),
    ("account_closure_date", SubscriberCategory::Other),
    ("account_status_history", SubscriberCategory::Other),
    ("vanity_changes", SubscriberCategory::Identifier),
    ("linked_accounts", SubscriberCategory::Identifier),
    ("credit_cards", SubscriberCategory::Payment),
    ("paypal_accounts", SubscriberCategory::Payment),
    ("direct_debit", SubscriberCategory::Payment),
    ("payment_accounts", SubscriberCategory::Payment),
];

/// What the sections of one page share.
pub(super) struct Emit {
    pub(super) exhibit: ExhibitNo,
    pub(super) zone: Option<TimeZone>,
    /// `facebook`, `instagram` or `whatsapp`.
    pub(super) platform: String,
    pub(super) account: Option<AccountKey>,
    pub(super) fields: Fields,
    profile: Account,
    created: Stamp,
}

impl Emit {
    pub(super) fn new(exhibit: ExhibitNo, settings: &ImportSettings, sections: &[Section]) -> Self {
        let value = |section: &str, labels: &[&str]| {
            let section = sections.iter().find(|have| have.name == section)?;
            let mut fields = section.fields.iter().filter(|field| !field.value.is_empty());
            let field = fields.find(|field| labels.is_empty() || field.is(labels))?;
            (!nothing(&field.value)).then_some(field.value.trim())
        };
        let request = |labels| value("request_parameters", labels);
        let declared = |platform: &&&str| settings.owners.get(exhibit, platform).is_some();
        let service = request(&["Service"]).or(request(&["Account Identifier"]));
        let platform = service.and_then(named).unwrap_or_else(|| {
            ["instagram", "facebook"].iter().find(declared).copied().unwrap_or("facebook")
        });
        let account = request(&["Target"])
            .map(|target| key(platform, target))
            .or_else(|| {
                // `WhatsApp` names the telephone number alone.
                let number = request(&["Account Identifier"]).filter(|id| !id.contains('/'))?;
                (platform == "whatsapp").then(|| AccountKey::by_id(platform, number))
            })
            .or_else(|| settings.owners.get(exhibit, platform).cloned());
        let zone = settings.zone().ok().flatten();
        let created = Stamp {
            at: Maybe::or_absent(
                value("registration_date", &[]).and_then(|text| time(text, zone.as_ref())),
                Absent::NotExported,
            ),
            raw: Maybe::or_absent(
                value("registration_date", &[]).map(str::to_owned),
                Absent::NotExported,
            ),
        };
        let handle = value("vanity", &[]).or_else(|| {
            let (_, last) = request(&["Account Identifier"])?.rsplit_once('/')?;
            said(last)
        });
        let holder = account.clone().unwrap_or_else(|| AccountKey::by_handle(platform, ""));
        let profile = Account {
            native_id: Maybe::or_absent(
                request(&["Target"]).map(str::to_owned),
                Absent::NotExported,
            ),
            handle: Maybe::or_absent(handle.map(str::to_owned), Absent::NotExported),
            bio: Maybe::or_absent(
                value("bio", &["Text"]).or(value("about_me", &[])).map(str::to_owned),
                Absent::NotExported,
            ),
            created: created.at,
            created_raw: created.raw.clone(),
            ..Account::new(exhibit, &Place::Whole, 0, holder)
        };
        Self {
            exhibit,
            zone,
            platform: platform.to_owned(),
            account,
            fields: Fields::default(),
            profile,
            created,
        }
    }

    pub(super) fn finish(self, sink: &mut dyn Sink) {
        self.fields.finish(self.exhibit, sink);
    }

    /// Reads one section.
    pub(super) fn section(&mut self, section: &Section, sink: &mut dyn Sink) {
        if section.fields.iter().all(|field| field.value.is_empty() || nothing(&field.value)) {
            return;
        }
        let name = section.name.as_str();
        match name {
            "request_parameters" => self.request(section, sink),
            "vanity" | "bio" | "about_me" | "registration_date" => self.profile(section, sink),
            "registration_ip" => self.registration(section, sink),
            "ip_addresses" | "logins" | "account_activity" => self.addresses(section, sink),
            "devices_info" | "devices" | "device_info" => self.devices(section, "device", sink),
            "machines" => self.devices(section, "cookie", sink),
            "recognized_devices" => self.devices(section, "browser", sink),
            "photos" | "videos" => self.uploads(section, sink),
            "unified_messages" => messages::messages(self, section, sink),
            _ if messages::posts(self, section, sink) => {}
            _ => {
                let known = DATA.iter().find(|(known, _)| *known == name);
                if let Some((_, category)) = known {
                    self.data(section, *category, sink);
                } else {
                    let shown = faisceau_model::excerpt(name, 60);
                    let count = section.fields.len();
                    let detail = format!("the section `{shown}` is not read: {count} fields");
                    let place = Place::Element(section.number);
                    set_aside(self.exhibit, &place, name.as_bytes(), &detail, sink);
                }
            }
        }
    }

    pub(super) fn declared<'d>(&'d self, place: &'d Place) -> Declared<'d> {
        let account = self.account.as_ref();
        Declared { exhibit: self.exhibit, place, service: &self.platform, account }
    }

    /// The time of a field.
    pub(super) fn stamp(&self, field: Option<&Field>) -> Result<Stamp, Flaw> {
        let Some(field) = field.filter(|field| !field.value.is_empty()) else {
            return Ok(Stamp::missing(Absent::NotExported));
        };
        match time(&field.value, self.zone.as_ref()) {
            Some(at) => Ok(Stamp { at: Maybe::Known(at), raw: Maybe::Known(field.value.clone()) }),
            None => Stamp::read(Some(&field.value), &field.label, None),
        }
    }

    fn request(&mut self, section: &Section, sink: &mut dyn Sink) {
        const KNOWN: &[&str] = &[
            "Service",
            "Target",
            "Account Identifier",
            "Account Type",
            "Generated",
            "Date Range",
            "Internal Ticket Number",
            "Account Generated",
        ];
        let place = Place::Element(section.number);
        self.known(section, KNOWN);
        settle(self.exhibit, &place, section.name.as_bytes(), sink, |sink| {
            let missing =
                || (RejectReason::MissingField, "the request names no account".to_owned());
            let account = self.account.clone().ok_or_else(missing)?;
            sink.account(Account {
                id: Account::new(self.exhibit, &place, 0, account.clone()).id,
                place: place.clone(),
                account,
                ..self.profile.clone()
            });
            let identifier = section.fields.iter().find(|f| f.is(&["Account Identifier"]));
            if let Some(field) = identifier.filter(|field| said(&field.value).is_some()) {
                let category = SubscriberCategory::Identifier;
                let declared = self.declared(&place);
                sink.subscriber(declared.subscriber(0, category, &field.label, &field.value));
            }
            Ok(())
        });
    }

    /// Sections that are read into the row of the account.
    fn profile(&self, section: &Section, sink: &mut dyn Sink) {
        let place = Place::Element(section.number);
        let text = section.fields.first().map_or("", |field| &field.value);
        settle(self.exhibit, &place, text.as_bytes(), sink, |_| {
            let dated = section.name == "registration_date";
            if dated && self.created.at.known().is_none() {
                let shown = faisceau_model::excerpt(text, 40);
                return Err((RejectReason::Time, format!("`{shown}` is no time")));
            }
            Ok(())
        });
    }

    fn registration(&self, section: &Section, sink: &mut dyn Sink) {
        for field in section.fields.iter().filter(|field| !nothing(&field.value)) {
            let place = field.place();
            settle(self.exhibit, &place, field.value.as_bytes(), sink, |sink| {
                let each = || field.value.lines();
                // Several addresses, or one that a page break has cut.
                let several = each().all(|line| endpoint(line).is_some());
                let values: Vec<&str> =
                    if several { each().collect() } else { vec![&field.value[..]] };
                let declared = self.declared(&place);
                let rows = (0..).zip(values).map(|(part, value)| {
                    connection(declared, part, value, self.created.clone(), "registration")
                });
                let rows: Vec<Connection> = rows.collect::<Result<_, _>>()?;
                let none = || (RejectReason::MissingField, "the address is empty".to_owned());
                if rows.is_empty() {
                    return Err(none());
                }
                sink.connections(rows);
                Ok(())
            });
        }
    }

    fn addresses(&mut self, section: &Section, sink: &mut dyn Sink) {
        self.known(section, &[ADDRESS, TIME, AGENT, &["Action"]].concat());
        let starts = |field: &&Field| field.is(ADDRESS) || field.is(TIME);
        let start = section.fields.iter().find(starts).map_or("", |field| &field.label);
        for row in rows(&section.fields, start) {
            let place = row.place();
            settle(self.exhibit, &place, row.raw().as_bytes(), sink, |sink| {
                let missing = || (RejectReason::MissingField, "`IP Address` is missing".to_owned());
                let ip = &row.get(ADDRESS).ok_or_else(missing)?.value;
                let action = row.text(&["Action"]);
                let request = match section.name.as_str() {
                    "logins" => action.or(Some("login")),
                    _ => action,
                };
                let stamp = self.stamp(row.get(TIME))?;
                let request = request.unwrap_or_default();
                let mut found = connection(self.declared(&place), 0, ip, stamp, request)?;
                found.user_agent = joined([row.text(AGENT)]);
                sink.connections(vec![found]);
                Ok(())
            });
        }
    }

    fn devices(&mut self, section: &Section, kind: &str, sink: &mut dyn Sink) {
        const ID: &[&str] = &["Family Device Id", "Device Id", "Id", "Cookie"];
        const LABEL: &[&str] = &[
            "Type",
            "Os Type",
            "Os Version",
            "Device Type",
            "Name",
            "Device and Browser",
            "User Agent",
            "App Version",
            "Device Model",
            "Device Manufacturer",
        ];
        const IGNORED: &[&str] = &[
            "Active",
            "Is Tablet",
            "Blocked Status",
            "Value",
            "App Id",
            "Associated Users",
            "User",
            "Seen",
            "Seen Count",
        ];
        self.known(section, &[ID, LABEL, FIRST, LAST, IGNORED].concat());
        let start = section.fields.first().map_or("", |field| &field.label);
        for row in rows(&section.fields, start) {
            let place = row.place();
            settle(self.exhibit, &place, row.raw().as_bytes(), sink, |sink| {
                let label = joined(LABEL.iter().map(|label| row.text(&[label])));
                let identifier = joined([row.text(ID)]);
                if label.known().or(identifier.known()).is_none() {
                    return Err((RejectReason::MissingField, "no device is named".to_owned()));
                }
                let lenient = |labels| match self.stamp(row.get(labels)) {
                    Ok(stamp) => stamp.at,
                    Err(_) => Maybe::Missing(Absent::Unreadable),
                };
                let device = self.declared(&place).device(0, kind);
                let (first, last) = (lenient(FIRST), lenient(LAST));
                sink.device(Device { identifier, label, first, last, ..device });
                Ok(())
            });
        }
    }

    /// Photos and videos: the address that they were uploaded from, and what was written.
    fn uploads(&mut self, section: &Section, sink: &mut dyn Sink) {
        const IP: &[&str] = &["Upload Ip", "Upload IP"];
        const TEXT: &[&str] = &["Caption", "Description", "Title"];
        let start = section.fields.first().map_or("", |field| &field.label);
        for row in rows(&section.fields, start) {
            let place = row.place();
            settle(self.exhibit, &place, row.raw().as_bytes(), sink, |sink| {
                let stamp = self.stamp(row.get(UPLOADED))?;
                let connection = row
                    .get(IP)
                    .filter(|field| said(&field.value).is_some())
                    .map(|field| {
                        let declared = self.declared(&place);
                        connection(declared, 0, &field.value, stamp.clone(), "upload")
                    })
                    .transpose()?;
                let text = row.text(TEXT);
                if connection.is_none() && text.is_none() {
                    let detail = "a file without address and without text".to_owned();
                    return Err((RejectReason::SetAside, detail));
                }
                if let (Some(text), Some(author)) = (text, self.account.clone()) {
                    sink.post(Post {
                        at: stamp.at,
                        at_raw: stamp.raw,
                        text: Maybe::Known(text.to_owned()),
                        content_id: joined([row.text(&["Id"])]),
                        permalink: joined([row.text(&["Link", "Url"])]),
                        media: messages::media(&row),
                        ..Post::new(self.exhibit, &place, 0, author)
                    });
                }
                if let Some(connection) = connection {
                    sink.connections(vec![connection]);
                }
                Ok(())
            });
        }
    }

    fn data(&self, section: &Section, category: SubscriberCategory, sink: &mut dyn Sink) {
        for field in section.fields.iter().filter(|field| !nothing(&field.value)) {
            let place = field.place();
            settle(self.exhibit, &place, field.value.as_bytes(), sink, |sink| {
                let mut given = 0;
                let label = repeated(field.label.clone());
                for line in field.value.lines().filter_map(said) {
                    let row = self.declared(&place).subscriber(given, category, &label, line);
                    sink.subscriber(row);
                    given += 1;
                }
                let empty = || (RejectReason::SetAside, format!("`{}` is empty", field.label));
                if given > 0 { Ok(()) } else { Err(empty()) }
            });
        }
    }

    /// Lists the labels of a section that nobody knows.
    pub(super) fn known(&mut self, section: &Section, known: &[&str]) {
        for field in section.fields.iter().filter(|field| !field.is(known)) {
            self.fields.note(&format!("{}.", section.name), &field.label, 1, &field.place());
        }
    }
}
