//! The rows of the sections of a Snapchat return.
//!
//! In: a section's header and the cells of a row. Out: rows of the tables. Refused: a row whose
//! cells do not match its header, without an address, without a sender.

use faisceau_model::rows::{Account, Post};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Place, PostKind, RejectReason, Sink, SubscriberCategory,
};
use jiff::tz::TimeZone;

use super::PLATFORM;
use crate::fields::Fields;
use crate::json::Flaw;
use crate::records::settle;
use crate::rows::declared::{Declared, joined, said};
use crate::text::address::port;
use crate::time::stamp::Stamp;

/// What the rows of a section are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Addresses,
    Subscriber,
    Details,
    Changes,
    Messages,
    Other,
}

/// A section: what its rows are, and its header in lower case with underscores.
#[derive(Debug)]
pub(super) struct Section {
    kind: Kind,
    header: Vec<String>,
}

/// Columns of each kind that are used, or known and of no use.
const ADDRESSES: &[&str] = &[
    "ip",
    "port",
    "source_port",
    "timestamp",
    "first_seen_time",
    "last_seen_time",
    "asn",
    "url",
    "country",
    "user_agent",
    "username",
    "user_id",
];
const SUBSCRIBER: &[&str] = &[
    "username",
    "user_id",
    "created",
    "display_name",
    "creation_ip",
    "email_address",
    "email_status",
    "pending_email_address",
    "phone_number",
    "phone_status",
    "pending_phone_number",
    "former_phone_number",
    "status",
];
const DETAILS: &[&str] = &[
    "email_verified_timestamp",
    "phone_verified_timestamp",
    "birthdate",
    "last_active",
    "follower_count",
    "app_version",
    "2fa_status",
];
const CHANGES: &[&str] = &["date", "timestamp", "action", "old_value", "new_value", "reason"];
const MESSAGES: &[&str] = &[
    "timestamp",
    "content_type",
    "message_type",
    "conversation_id",
    "conversation_title",
    "message_id",
    "reply_to_message_id",
    "sender_username",
    "sender_user_id",
    "recipient_username",
    "recipient_user_id",
    "group_member_usernames",
    "text",
    "media_id",
    "is_saved",
    "is_one_on_one",
    "is_encrypted",
    "is_topic_chat",
];

impl Section {
    pub(super) fn new(names: &[String]) -> Self {
        let header: Vec<String> =
            names.iter().map(|name| name.trim().to_lowercase().replace(' ', "_")).collect();
        let has = |name: &str| header.iter().any(|have| have == name);
        let any = |names: &[&str]| names.iter().any(|name| has(name));
        let kind = if has("ip") && any(&["timestamp", "first_seen_time", "last_seen_time"]) {
            Kind::Addresses
        } else if has("username") && has("user_id") && has("created") {
            Kind::Subscriber
        } else if has("old_value") && has("new_value") {
            Kind::Changes
        } else if has("sender_username") && has("timestamp") {
            Kind::Messages
        } else if any(&["email_verified_timestamp", "phone_verified_timestamp", "2fa_status"]) {
            Kind::Details
        } else {
            Kind::Other
        };
        Self { kind, header }
    }

    pub(super) fn is_known(&self) -> bool {
        self.kind != Kind::Other
    }

    pub(super) fn names_the_account(&self) -> bool {
        self.kind == Kind::Subscriber
    }

    pub(super) fn width(&self) -> usize {
        self.header.len()
    }

    /// Lists the columns that nobody knows.
    pub(super) fn unknown(&self, fields: &mut Fields, place: &Place) {
        let known = match self.kind {
            Kind::Addresses => ADDRESSES,
            Kind::Subscriber => SUBSCRIBER,
            Kind::Details => DETAILS,
            Kind::Changes => CHANGES,
            Kind::Messages => MESSAGES,
            Kind::Other => &[],
        };
        fields.headers(self.header.iter().map(String::as_str), known, place);
    }

    /// The account that a row names.
    pub(super) fn holder(&self, cells: &[String]) -> Option<AccountKey> {
        match self.get(cells, "user_id") {
            Some(id) => Some(AccountKey::by_id(PLATFORM, id)),
            None => Some(AccountKey::by_handle(PLATFORM, self.get(cells, "username")?)),
        }
    }

    /// A cell that says something.
    fn get<'c>(&self, cells: &'c [String], name: &str) -> Option<&'c str> {
        let at = self.header.iter().position(|have| have == name)?;
        said(cells.get(at)?)
    }
}

/// One row.
pub(super) struct Row<'r> {
    pub(super) exhibit: ExhibitNo,
    pub(super) place: &'r Place,
    pub(super) account: Option<&'r AccountKey>,
    pub(super) zone: Option<&'r TimeZone>,
    pub(super) section: &'r Section,
    pub(super) cells: &'r [String],
}

impl Row<'_> {
    pub(super) fn read(&self, sink: &mut dyn Sink) -> Result<(), Flaw> {
        let (cells, headers) = (self.cells.len(), self.section.width());
        if cells != headers {
            let detail = format!("{cells} cells under a header of {headers}");
            return Err((RejectReason::Syntax, detail));
        }
        match self.section.kind {
            Kind::Addresses => self.addresses(sink),
            Kind::Subscriber => self.subscriber(sink),
            Kind::Details => self.details(sink),
            Kind::Changes => self.changes(sink),
            Kind::Messages => self.message(sink),
            Kind::Other => Err((RejectReason::SetAside, "the section is not read".to_owned())),
        }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.section.get(self.cells, name)
    }

    fn text(&self, name: &str) -> Maybe<String> {
        let column = self.section.header.iter().any(|have| have == name);
        let reason = if column { Absent::NotExported } else { Absent::NotRecorded };
        Maybe::or_absent(self.get(name).map(str::to_owned), reason)
    }

    fn stamp(&self, name: &str) -> Result<Stamp, Flaw> {
        Stamp::read(self.get(name), name, self.zone)
    }

    fn declared<'d>(&'d self, account: Option<&'d AccountKey>) -> Declared<'d> {
        Declared { exhibit: self.exhibit, place: self.place, service: PLATFORM, account }
    }

    fn addresses(&self, sink: &mut dyn Sink) -> Result<(), Flaw> {
        let own = self.section.holder(self.cells);
        let declared = self.declared(own.as_ref().or(self.account));
        let missing = || (RejectReason::MissingField, "`ip` is empty".to_owned());
        let ip = self.get("ip").ok_or_else(missing)?;
        let times =
            [("timestamp", ""), ("first_seen_time", "first seen"), ("last_seen_time", "last seen")];
        let written = self.get("port").or(self.get("source_port")).and_then(port).map(i64::from);
        let mut rows = Vec::new();
        for (name, request) in times {
            if self.get(name).is_none() {
                continue;
            }
            let part = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            let mut row = declared.connection(part, ip, self.stamp(name)?, request)?;
            if let Some(port) = written {
                row.port = Maybe::Known(port);
            }
            row.user_agent = self.text("user_agent");
            rows.push(row);
        }
        if rows.is_empty() {
            let stamp = Stamp::missing(Absent::NotExported);
            rows.push(declared.connection(0, ip, stamp, "")?);
        }
        sink.connections(rows);
        Ok(())
    }

    fn subscriber(&self, sink: &mut dyn Sink) -> Result<(), Flaw> {
        use SubscriberCategory::{Email, Other, Phone};
        let missing = || (RejectReason::MissingField, "the row names no account".to_owned());
        let account = self.section.holder(self.cells).ok_or_else(missing)?;
        // A cell that cannot be read must not cost what the others declare.
        let created = Stamp::lenient(self.get("created"), self.zone);
        let declared = self.declared(Some(&account));
        if let Some(ip) = self.get("creation_ip") {
            settle(self.exhibit, self.place, ip.as_bytes(), sink, |sink| {
                let row = declared.connection(0, ip, created.clone(), "account creation")?;
                sink.connections(vec![row]);
                Ok(())
            });
        }
        sink.account(Account {
            native_id: self.text("user_id"),
            handle: self.text("username"),
            display_name: self.text("display_name"),
            created: created.at,
            created_raw: created.raw,
            ..Account::new(self.exhibit, self.place, 0, account.clone())
        });
        self.data(
            declared,
            sink,
            &[
                (Email, "email_address"),
                (Email, "pending_email_address"),
                (Phone, "phone_number"),
                (Phone, "pending_phone_number"),
                (Phone, "former_phone_number"),
                (Other, "email_status"),
                (Other, "phone_status"),
                (Other, "status"),
            ],
        );
        Ok(())
    }

    fn details(&self, sink: &mut dyn Sink) -> Result<(), Flaw> {
        use SubscriberCategory::{Birth, Other};
        let read = self.data(
            self.declared(self.account),
            sink,
            &[
                (Birth, "birthdate"),
                (Other, "email_verified_timestamp"),
                (Other, "phone_verified_timestamp"),
                (Other, "last_active"),
                (Other, "app_version"),
                (Other, "2fa_status"),
            ],
        );
        if read == 0 {
            return Err((RejectReason::MissingField, "the row declares nothing".to_owned()));
        }
        Ok(())
    }

    fn changes(&self, sink: &mut dyn Sink) -> Result<(), Flaw> {
        let name = if self.get("date").is_some() { "date" } else { "timestamp" };
        let since = self.stamp(name)?.at;
        let action = self.get("action").unwrap_or("change");
        let declared = self.declared(self.account);
        let category = category(action);
        let mut rows = Vec::new();
        for (part, (column, state)) in
            [("old_value", "until then"), ("new_value", "from then")].into_iter().enumerate()
        {
            let Some(value) = self.get(column) else { continue };
            let part = u32::try_from(part).unwrap_or(u32::MAX);
            let mut row = declared.subscriber(part, category, &format!("{action}, {state}"), value);
            row.since =
                if column == "new_value" { since } else { Maybe::Missing(Absent::NotRecorded) };
            rows.push(row);
        }
        if rows.is_empty() {
            return Err((RejectReason::SetAside, "a change without values".to_owned()));
        }
        for row in rows {
            sink.subscriber(row);
        }
        Ok(())
    }

    fn message(&self, sink: &mut dyn Sink) -> Result<(), Flaw> {
        let missing = || (RejectReason::MissingField, "`sender_username` is empty".to_owned());
        let key = |id: &str, name: &str| match self.get(id) {
            Some(id) => Some(AccountKey::by_id(PLATFORM, id)),
            None => Some(AccountKey::by_handle(PLATFORM, self.get(name)?)),
        };
        let account = key("sender_user_id", "sender_username").ok_or_else(missing)?;
        let target = self.get("recipient_username").or(self.get("group_member_usernames"));
        let stamp = self.stamp("timestamp")?;
        let media = self.get("media_id").unwrap_or_default();
        // The text of a message may be any word: only white space counts as none.
        let at = self.section.header.iter().position(|have| have == "text");
        let text = at.and_then(|at| self.cells.get(at)).map_or("", String::as_str);
        sink.post(Post {
            at: stamp.at,
            at_raw: stamp.raw,
            kind: PostKind::Private,
            text: Maybe::text(text, Absent::NotExported),
            target: joined([target]),
            thread: self.text("conversation_id"),
            content_id: self.text("message_id"),
            media: media.split(';').filter_map(said).map(str::to_owned).collect(),
            ..Post::new(self.exhibit, self.place, 0, account)
        });
        Ok(())
    }

    /// Hands over the cells that say something; how many.
    fn data(
        &self,
        declared: Declared<'_>,
        sink: &mut dyn Sink,
        columns: &[(SubscriberCategory, &str)],
    ) -> usize {
        let mut read = 0;
        for (part, (category, column)) in columns.iter().enumerate() {
            let Some(value) = self.get(column) else { continue };
            let part = u32::try_from(part).unwrap_or(u32::MAX);
            sink.subscriber(declared.subscriber(part, *category, column, value));
            read += 1;
        }
        read
    }
}

/// What a change is about.
fn category(action: &str) -> SubscriberCategory {
    let action = action.to_lowercase();
    let about = |word: &str| action.contains(word);
    if about("email") || about("e-mail") {
        SubscriberCategory::Email
    } else if about("phone") || about("mobile") {
        SubscriberCategory::Phone
    } else if about("birth") {
        SubscriberCategory::Birth
    } else if about("username") {
        SubscriberCategory::Identifier
    } else if about("name") {
        SubscriberCategory::Name
    } else {
        SubscriberCategory::Other
    }
}
