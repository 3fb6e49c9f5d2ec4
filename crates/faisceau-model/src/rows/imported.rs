//! Tables read from exhibits.

use crate::absent::Maybe;
use crate::ids::{AccountKey, ExhibitNo, RowId};
use crate::locus::Place;
use crate::moment::Moment;
use crate::table;
use crate::words::{PostKind, RejectReason, Role};

table! {
    /// An exhibit, what it was taken for, and what came of its records.
    ExhibitRow = "exhibits" / "exh" {
        /// Number of the exhibit.
        exhibit: ExhibitNo;
        /// SHA-256 of its bytes, lower-case hexadecimal.
        sha256: String;
        /// File name when it was added, made inert.
        name: String;
        /// Size.
        bytes: i64, ["byte"];
        /// The archive that it is a member of.
        parent: Maybe<ExhibitNo>;
        /// The format that its content shows, or missing for an exhibit that nobody recognises.
        format: Maybe<String>;
        /// Records met.
        records: i64;
        /// Records that gave rows.
        read: i64;
        /// Records that gave none.
        rejected: i64;
        /// Those of the rejected that were understood and set aside.
        set_aside: i64;
        /// What could not be done with the exhibit as a whole, in one sentence.
        problem: Maybe<String>;
    }
}

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
        /// When it was sent.
        at: Maybe<Moment>;
        /// What sort of message it is.
        kind: PostKind;
        /// The text, without what the exporter added.
        text: Maybe<String>;
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
        /// The address, in canonical text (RFC 5952 for IPv6).
        ip: String;
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
        /// The address is what the sender's side claims, not what a server saw: anyone can write
        /// it.
        declared: bool;
    }
}

table! {
    /// One image.
    Media = "media" / "med" {
        /// Row id.
        id: RowId;
        /// Exhibit.
        exhibit: ExhibitNo;
        /// Place in the exhibit.
        place: Place;
        /// SHA-256 of the file.
        sha256: String;
        /// SHA-256 of the coded picture alone, which survives a change of metadata.
        picture_sha256: Maybe<String>;
        /// File name, made inert.
        name: String;
        /// Media type by content.
        mime: String;
        /// Width.
        width: Maybe<i64>, ["pixel"];
        /// Height.
        height: Maybe<i64>, ["pixel"];
        /// Camera maker.
        make: Maybe<String>;
        /// Camera model.
        model: Maybe<String>;
        /// Serial number of the body.
        body_serial: Maybe<String>;
        /// Serial number of the lens.
        lens_serial: Maybe<String>;
        /// When the picture was taken, as the camera says.
        taken: Maybe<Moment>;
        /// Latitude, WGS 84.
        latitude: Maybe<f64>, ["degree"];
        /// Longitude, WGS 84.
        longitude: Maybe<f64>, ["degree"];
        /// Software that wrote the file.
        software: Maybe<String>;
        /// Owner or artist as the camera was told.
        owner: Maybe<String>;
        /// Unique image id.
        unique_id: Maybe<String>;
        /// The account that posted it, where the source says.
        account: Maybe<AccountKey>;
        /// Ids of the posts that show it, where the account was told by them.
        posted_in: Vec<String>;
    }
}

table! {
    /// One Received line of a mail, from the sender up.
    MailHop = "mail_hops" / "hop" {
        /// Row id.
        id: RowId;
        /// Exhibit.
        exhibit: ExhibitNo;
        /// Place in the exhibit.
        place: Place;
        /// Message-ID of the mail.
        message: Maybe<String>;
        /// Position, 1 for the hop nearest the sender.
        hop: i64;
        /// Name that the sending side gave.
        from: Maybe<String>;
        /// Server that wrote the line.
        by: Maybe<String>;
        /// Address that the server saw.
        ip: Maybe<String>;
        /// When the server wrote it.
        at: Maybe<Moment>;
        /// The line as it stands, unfolded.
        raw: String;
    }
}

table! {
    /// A record that gave no row.
    Reject = "rejects" / "rej" {
        /// Row id.
        id: RowId;
        /// Exhibit.
        exhibit: ExhibitNo;
        /// Place in the exhibit.
        place: Place;
        /// The reason.
        reason: RejectReason;
        /// What was expected, in a few words.
        detail: String;
        /// The start of the record, made inert.
        excerpt: String;
    }
}

impl Reject {
    /// A reject with its id and an inert excerpt of at most 120 characters.
    pub fn new(
        exhibit: ExhibitNo,
        place: Place,
        reason: RejectReason,
        detail: impl Into<String>,
        record: &[u8],
    ) -> Self {
        let head = &record[..record.len().min(600)];
        Self {
            id: RowId::at("rej", exhibit, &place, 0),
            exhibit,
            place,
            reason,
            detail: detail.into(),
            excerpt: crate::excerpt(&String::from_utf8_lossy(head), 120),
        }
    }
}
