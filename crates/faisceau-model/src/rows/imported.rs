//! Tables read from exhibits.

use crate::absent::{Absent, Maybe};
use crate::ids::{AccountKey, ExhibitNo, RowId};
use crate::locus::Place;
use crate::moment::Moment;
use crate::table;
use crate::words::{PostKind, Role};

table! {
    /// An account on a service, as one exhibit shows it.
    Account = "accounts" / "acc" {
        /// Row id.
        id: RowId;
        /// Exhibit.
        exhibit: ExhibitNo;
        /// Place in the exhibit.
        place: Place;
        /// The account.
        account: AccountKey;
        /// The service.
        platform: String;
        /// The platform's immutable id.
        native_id: Maybe<String>;
        /// Handle at capture.
        handle: Maybe<String>;
        /// Display name at capture.
        display_name: Maybe<String>;
        /// When the account was created.
        created: Maybe<Moment>;
        /// `created` as the exhibit writes it.
        created_raw: Maybe<String>;
        /// Self-description.
        bio: Maybe<String>;
        /// What the account is in the case.
        role: Role;
    }
}

table! {
    /// One message, public or private.
    Post = "posts" / "post" {
        /// Row id.
        id: RowId;
        /// Exhibit.
        exhibit: ExhibitNo;
        /// Place in the exhibit.
        place: Place;
        /// The account that sent it.
        account: AccountKey;
        /// When it was sent, as its author's side declares it.
        at: Maybe<Moment>;
        /// `at` as the exhibit writes it.
        at_raw: Maybe<String>;
        /// The latest instant, where the exhibit gives an interval that starts at `at`.
        until: Maybe<Moment>;
        /// When the server says that it received it, where that differs from what its author's
        /// side declares.
        stamped: Maybe<Moment>;
        /// When the collecting tool says that it captured it.
        captured: Maybe<Moment>;
        /// What sort of message it is.
        kind: PostKind;
        /// The text, without what the exporter added.
        text: Maybe<String>;
        /// The text as the exhibit writes it, where that differs: markup, broken encoding.
        text_raw: Maybe<String>;
        /// The account or person addressed, as the platform names it.
        target: Maybe<String>;
        /// The conversation, channel or thread.
        thread: Maybe<String>;
        /// Public address of the message.
        permalink: Maybe<String>;
        /// The platform's id of the message.
        content_id: Maybe<String>;
        /// Language that the platform declares, BCP 47.
        lang: Maybe<String>;
        /// Client that the platform declares.
        client: Maybe<String>;
        /// Names of attached media, in order.
        media: Vec<String>;
    }
}

table! {
    /// One use of an address.
    Connection = "connections" / "con" {
        /// Row id.
        id: RowId;
        /// Exhibit.
        exhibit: ExhibitNo;
        /// Place in the exhibit.
        place: Place;
        /// The account that used it, where the source says.
        account: Maybe<AccountKey>;
        /// When.
        at: Maybe<Moment>;
        /// `at` as the exhibit writes it.
        at_raw: Maybe<String>;
        /// The address, in canonical text (RFC 5952 for IPv6).
        ip: String;
        /// The address as the exhibit writes it, where that differs.
        ip_raw: Maybe<String>;
        /// Source port. Behind carrier-grade NAT no operator can answer without it.
        port: Maybe<i64>;
        /// User agent or device.
        user_agent: Maybe<String>;
        /// The request line or the action.
        request: Maybe<String>;
        /// HTTP status.
        status: Maybe<i64>;
        /// Size of the answer.
        bytes: Maybe<i64>, ["byte"];
        /// Referer.
        referer: Maybe<String>;
        /// The service that recorded it.
        service: String;
        /// Forwarded chain as the source wrote it (X-Forwarded-For): a claim of the client.
        forwarded: Maybe<String>;
        /// The address, or the account that it is said of, is what the sender's side claims, not
        /// what a server saw: anyone can write it.
        declared: bool;
    }
}

table! {
    /// One device, application or browser that a platform ties to an account.
    Device = "devices" / "dev" {
        /// Row id.
        id: RowId;
        /// Exhibit.
        exhibit: ExhibitNo;
        /// Place in the exhibit.
        place: Place;
        /// The account.
        account: Maybe<AccountKey>;
        /// The service that says so.
        service: String;
        /// What it is: `device`, `token`, `cookie`, `application`, `browser`.
        kind: String;
        /// The identifier, as the platform writes it; platforms mask some.
        identifier: Maybe<String>;
        /// Model, name, system or version, as the platform writes them.
        label: Maybe<String>;
        /// First use or creation.
        first: Maybe<Moment>;
        /// Last use.
        last: Maybe<Moment>;
    }
}

impl Account {
    /// An account of which only the key is known; the rest was not recorded.
    pub fn new(exhibit: ExhibitNo, place: &Place, part: u32, account: AccountKey) -> Self {
        Self {
            id: RowId::at("acc", exhibit, place, part),
            exhibit,
            place: place.clone(),
            platform: account.platform().to_owned(),
            account,
            native_id: Maybe::Missing(Absent::NotRecorded),
            handle: Maybe::Missing(Absent::NotRecorded),
            display_name: Maybe::Missing(Absent::NotRecorded),
            created: Maybe::Missing(Absent::NotRecorded),
            created_raw: Maybe::Missing(Absent::NotRecorded),
            bio: Maybe::Missing(Absent::NotRecorded),
            role: Role::ThirdParty,
        }
    }
}

impl Post {
    /// A public post of which only the author is known; the rest was not recorded.
    pub fn new(exhibit: ExhibitNo, place: &Place, part: u32, account: AccountKey) -> Self {
        Self {
            id: RowId::at("post", exhibit, place, part),
            exhibit,
            place: place.clone(),
            account,
            at: Maybe::Missing(Absent::NotRecorded),
            at_raw: Maybe::Missing(Absent::NotRecorded),
            until: Maybe::Missing(Absent::NotApplicable),
            stamped: Maybe::Missing(Absent::NotRecorded),
            captured: Maybe::Missing(Absent::NotRecorded),
            kind: PostKind::Public,
            text: Maybe::Missing(Absent::NotRecorded),
            text_raw: Maybe::Missing(Absent::NotApplicable),
            target: Maybe::Missing(Absent::NotRecorded),
            thread: Maybe::Missing(Absent::NotRecorded),
            permalink: Maybe::Missing(Absent::NotRecorded),
            content_id: Maybe::Missing(Absent::NotRecorded),
            lang: Maybe::Missing(Absent::NotRecorded),
            client: Maybe::Missing(Absent::NotRecorded),
            media: Vec::new(),
        }
    }
}

impl Connection {
    /// A use of `ip` that `service` recorded, of which nothing else is known.
    ///
    /// `ip` is in canonical text.
    pub fn new(exhibit: ExhibitNo, place: &Place, part: u32, ip: String, service: &str) -> Self {
        Self {
            id: RowId::at("con", exhibit, place, part),
            exhibit,
            place: place.clone(),
            account: Maybe::Missing(Absent::NotRecorded),
            at: Maybe::Missing(Absent::NotRecorded),
            at_raw: Maybe::Missing(Absent::NotRecorded),
            ip,
            ip_raw: Maybe::Missing(Absent::NotApplicable),
            port: Maybe::Missing(Absent::NotRecorded),
            user_agent: Maybe::Missing(Absent::NotRecorded),
            request: Maybe::Missing(Absent::NotRecorded),
            status: Maybe::Missing(Absent::NotRecorded),
            bytes: Maybe::Missing(Absent::NotRecorded),
            referer: Maybe::Missing(Absent::NotRecorded),
            service: service.to_owned(),
            forwarded: Maybe::Missing(Absent::NotRecorded),
            declared: false,
        }
    }
}

impl Device {
    /// A device of an account of which nothing else is known.
    pub fn new(exhibit: ExhibitNo, place: &Place, part: u32, service: &str, kind: &str) -> Self {
        Self {
            id: RowId::at("dev", exhibit, place, part),
            exhibit,
            place: place.clone(),
            account: Maybe::Missing(Absent::NotRecorded),
            service: service.to_owned(),
            kind: kind.to_owned(),
            identifier: Maybe::Missing(Absent::NotRecorded),
            label: Maybe::Missing(Absent::NotRecorded),
            first: Maybe::Missing(Absent::NotRecorded),
            last: Maybe::Missing(Absent::NotRecorded),
        }
    }
}
