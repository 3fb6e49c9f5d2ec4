//! What Google answers of an account: labelled lines, and the table of its uses of addresses.
//!
//! In: the lines of an answer, in its order, whatever file they were in. Out: the account, what
//! Google declares of its holder, connections and devices. Refused: lines whose label says nothing
//! of identity or addresses, which are set aside with their label.
//!
//! Labels and headers are those that public readers of these answers use (RLEAPP, and others),
//! read on 2026-11-21: `Google Account ID`, `Name`, `Given Name`, `Family Name`, `e-Mail`,
//! `Alternate e-Mails`, `Contact e-Mail`, `Recovery e-Mail`, `Recovery SMS`, `User Phone Numbers`,
//! `2-Step Verification Phone Numbers`, `Birthday (Month Day, Year)`, `Created on`, `Terms of
//! Service IP`, `Deletion IP`; `Timestamp`, `IP Address`, `Activity Type`, `Android ID`, `Apple iOS
//! IDFV`, `Raw User Agents`.
//!
//! Traps: names and e-mail addresses are data on the holder, not what the account shows: they
//! never stand in the row of the account, but for the address that is its key where the answer has no
//! id. The address of the terms of service has no time of its own, and is not given that of
//! the creation; telephone numbers of the two-step verification may be those of another person.

use std::collections::BTreeSet;

use faisceau_model::rows::{Account, Connection, Device, Subscriber};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, RejectReason, Sink, SubscriberCategory,
    excerpt,
};

use crate::fields::Fields;
use crate::json::Flaw;
use crate::records::settle;
use crate::rows::repeated::repeated;
use crate::rows::sign_in::{action, sign_in};
use crate::time::written;

/// The name of the service in account keys and rows.
const PLATFORM: &str = "google";

/// One line of an answer.
pub(super) struct Line {
    /// Where it stands.
    pub(super) place: Place,
    /// What it is.
    pub(super) what: What,
}

/// What a line is.
pub(super) enum What {
    /// A label and its value.
    Labelled(String, String),
    /// The header of the table of uses.
    Header(Vec<String>),
    /// A use, below the last header.
    Use(Vec<String>),
    /// Anything else.
    Words(String),
}

/// Headers of the table of uses.
const HEADERS: [&str; 6] =
    ["Timestamp", "IP Address", "Activity Type", "Android ID", "Apple iOS IDFV", "Raw User Agents"];

/// Whether cells are the header of the table of uses.
pub(super) fn is_header(cells: &[String]) -> bool {
    [HEADERS[0], HEADERS[1]]
        .iter()
        .all(|header| cells.iter().any(|cell| cell.eq_ignore_ascii_case(header)))
}

/// What a label names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    Id,
    Datum(SubscriberCategory),
    List(SubscriberCategory),
    Created,
    Address,
    Aside,
}

const LABELS: [(&str, Named); 24] = [
    ("google account id", Named::Id),
    ("name", Named::Datum(SubscriberCategory::Name)),
    ("given name", Named::Datum(SubscriberCategory::Name)),
    ("family name", Named::Datum(SubscriberCategory::Name)),
    ("e-mail", Named::List(SubscriberCategory::Email)),
    ("alternate e-mails", Named::List(SubscriberCategory::Email)),
    ("contact e-mail", Named::List(SubscriberCategory::Email)),
    ("recovery e-mail", Named::List(SubscriberCategory::Email)),
    ("recovery sms", Named::List(SubscriberCategory::Phone)),
    ("user phone numbers", Named::List(SubscriberCategory::Phone)),
    ("2-step verification phone numbers", Named::List(SubscriberCategory::Phone)),
    ("birthday (month day, year)", Named::Datum(SubscriberCategory::Birth)),
    ("created on", Named::Created),
    ("terms of service ip", Named::Address),
    ("deletion ip", Named::Address),
    ("terms of service language", Named::Aside),
    ("terms of service country", Named::Aside),
    ("services", Named::Aside),
    ("unregistered services", Named::Aside),
    ("deletion date", Named::Aside),
    ("end of service date", Named::Aside),
    ("status", Named::Aside),
    ("last updated date", Named::Aside),
    ("last logins", Named::Aside),
];

fn named(label: &str) -> Option<Named> {
    let label = label.to_lowercase();
    LABELS.iter().find(|(known, _)| *known == label).map(|(_, named)| *named)
}

/// The rows of an answer.
pub(super) fn emit(exhibit: ExhibitNo, lines: &[Line], sink: &mut dyn Sink) {
    let first = |wanted: &str| {
        lines.iter().find_map(|line| match &line.what {
            What::Labelled(label, value) if label.eq_ignore_ascii_case(wanted) => {
                Some(value.as_str()).filter(|value| !value.is_empty())
            }
            _ => None,
        })
    };
    let id = first("Google Account ID").map(|id| AccountKey::by_id(PLATFORM, id));
    let mail = first("e-Mail").and_then(|list| list.split(',').next()).map(str::trim);
    let account = id.or_else(|| mail.map(|mail| AccountKey::by_handle(PLATFORM, mail)));
    let mut answer = Answer {
        exhibit,
        account,
        created: first("Created on").map(|text| repeated(text.to_owned())),
        header: Vec::new(),
        devices: BTreeSet::new(),
        fields: Fields::default(),
    };
    for line in lines {
        settle(exhibit, &line.place, line.raw().as_bytes(), sink, |sink| answer.line(line, sink));
    }
    answer.fields.finish(exhibit, sink);
}

impl Line {
    fn raw(&self) -> String {
        match &self.what {
            What::Labelled(label, value) => format!("{label}: {value}"),
            What::Header(cells) | What::Use(cells) => cells.join(" | "),
            What::Words(text) => text.clone(),
        }
    }
}

struct Answer {
    exhibit: ExhibitNo,
    account: Option<AccountKey>,
    created: Option<String>,
    header: Vec<String>,
    devices: BTreeSet<String>,
    fields: Fields,
}

impl Answer {
    fn line(&mut self, line: &Line, sink: &mut dyn Sink) -> Result<(), Flaw> {
        match &line.what {
            What::Labelled(label, value) => self.labelled(&line.place, label, value, sink),
            What::Header(cells) => {
                let known = |cell: &&String| HEADERS.iter().any(|h| h.eq_ignore_ascii_case(cell));
                for cell in cells.iter().filter(|cell| !known(cell) && !cell.is_empty()) {
                    self.fields.note("", cell, 1, &line.place);
                }
                self.header.clone_from(cells);
                Err((RejectReason::SetAside, "the header of the table".to_owned()))
            }
            What::Use(cells) => self.used(&line.place, cells, sink),
            What::Words(_) => Err((RejectReason::SetAside, "neither label nor use".to_owned())),
        }
    }

    fn owner(&self) -> Maybe<AccountKey> {
        Maybe::or_absent(self.account.clone(), Absent::NotExported)
    }

    fn labelled(
        &mut self,
        place: &Place,
        label: &str,
        value: &str,
        sink: &mut dyn Sink,
    ) -> Result<(), Flaw> {
        let Some(named) = named(label) else {
            self.fields.note("", label, 1, place);
            let detail = format!("`{}` is not a label that is read", excerpt(label, 60));
            return Err((RejectReason::SetAside, detail));
        };
        if named == Named::Aside {
            let detail = format!("`{label}` says nothing of identity or address");
            return Err((RejectReason::SetAside, detail));
        }
        if value.is_empty() {
            return Err((RejectReason::SetAside, format!("`{label}` has no value")));
        }
        match named {
            Named::Id => {
                sink.account(self.row(place)?);
                self.declare(place, SubscriberCategory::Identifier, label, &[value], sink);
            }
            Named::Datum(category) => self.declare(place, category, label, &[value], sink),
            Named::List(category) => {
                let values: Vec<&str> =
                    value.split(',').map(str::trim).filter(|value| !value.is_empty()).collect();
                self.declare(place, category, label, &values, sink);
            }
            Named::Created => {
                // Stands in the row of the account; alone, it still says when.
                let at = self.created()?;
                if self.account.as_ref().is_none_or(|account| account.native().starts_with('@')) {
                    let account = self.row(place)?;
                    sink.account(Account { created: at, ..account });
                }
            }
            Named::Address => {
                let row = sign_in(self.exhibit, place, 0, PLATFORM, (label, value))?;
                let request = action([Some(label)]);
                sink.connections(vec![Connection { account: self.owner(), request, ..row }]);
            }
            Named::Aside => {}
        }
        Ok(())
    }

    fn created(&self) -> Result<Maybe<Moment>, Flaw> {
        let written = Maybe::or_absent(self.created.clone(), Absent::NotExported);
        written::read("Created on", &written, None)
    }

    fn row(&self, place: &Place) -> Result<Account, Flaw> {
        let account = self.account.clone().ok_or_else(|| {
            (RejectReason::MissingField, "neither `Google Account ID` nor `e-Mail`".to_owned())
        })?;
        let id = account.native().to_owned();
        Ok(Account {
            native_id: if id.starts_with('@') {
                Maybe::Missing(Absent::NotExported)
            } else {
                Maybe::Known(id)
            },
            created: self.created()?,
            created_raw: Maybe::or_absent(self.created.clone(), Absent::NotExported),
            ..Account::new(self.exhibit, place, 0, account)
        })
    }

    fn declare(
        &self,
        place: &Place,
        category: SubscriberCategory,
        label: &str,
        values: &[&str],
        sink: &mut dyn Sink,
    ) {
        for (part, value) in (0..).zip(values) {
            let datum = (category, label, *value);
            sink.subscriber(Subscriber {
                account: self.owner(),
                ..Subscriber::new(self.exhibit, place, part, PLATFORM, datum)
            });
        }
    }

    /// One use of an address, and the device that it names, the first time.
    fn used(&mut self, place: &Place, cells: &[String], sink: &mut dyn Sink) -> Result<(), Flaw> {
        if cells.len() > self.header.len() {
            let (found, expected) = (cells.len(), self.header.len());
            let detail = format!("{found} cells, the header has {expected}");
            return Err((RejectReason::Syntax, detail));
        }
        let [time, ip, kind, android, apple, agent] = HEADERS.map(|header| {
            let at = self.header.iter().position(|cell| cell.eq_ignore_ascii_case(header));
            at.and_then(|at| cells.get(at)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
        });
        let ip =
            ip.ok_or_else(|| (RejectReason::MissingField, "`IP Address` is missing".to_owned()))?;
        let row = sign_in(self.exhibit, place, 0, PLATFORM, ("IP Address", ip))?;
        let text =
            |text: Option<&str>| Maybe::or_absent(text.map(str::to_owned), Absent::NotExported);
        let at_raw = text(time);
        let row = Connection {
            account: self.owner(),
            at: written::read(HEADERS[0], &at_raw, None)?,
            at_raw,
            user_agent: text(agent),
            request: action([kind]),
            ..row
        };
        for (part, (header, id)) in (0..).zip([(HEADERS[3], android), (HEADERS[4], apple)]) {
            let Some(id) = id.filter(|id| self.devices.insert((*id).to_owned())) else { continue };
            sink.device(Device {
                account: self.owner(),
                identifier: Maybe::Known(id.to_owned()),
                label: Maybe::Known(header.to_owned()),
                ..Device::new(self.exhibit, place, part, PLATFORM, "device")
            });
        }
        sink.connections(vec![row]);
        Ok(())
    }
}
