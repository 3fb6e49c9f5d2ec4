//! Where importers put what they read.

use crate::absent::Maybe;
use crate::moment::Moment;
use crate::rows::{
    Account, Connection, Device, MailHop, Media, MediaField, Name, Post, Reject, Signature,
    Subscriber, UnknownField,
};
use crate::words::RejectReason;

/// Counts of one exhibit. `records` is counted by the reader of the container, before any
/// parsing; `read` and `rejected` by what came of each record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Records in the exhibit (lines, messages, CSV records, images).
    pub records: u64,
    /// Records that gave at least one row.
    pub read: u64,
    /// Records that gave none, each with a row in `rejects`.
    pub rejected: u64,
    /// Those of `rejected` that were understood and set aside (service messages, headers).
    pub set_aside: u64,
    /// Earliest time of the posts and connections.
    pub first: Option<Moment>,
    /// Latest time of the posts and connections.
    pub last: Option<Moment>,
}

impl Tally {
    /// Whether every record is accounted for.
    pub fn balances(self) -> bool {
        self.records == self.read + self.rejected
    }

    /// Widens the span of times.
    pub fn saw(&mut self, at: &Maybe<Moment>) {
        let Maybe::Known(at) = *at else { return };
        self.first = Some(self.first.map_or(at, |first| first.min(at)));
        self.last = Some(self.last.map_or(at, |last| last.max(at)));
    }

    /// Counts a record that gave no row.
    pub fn rejected(&mut self, reason: RejectReason) {
        self.rejected += 1;
        self.set_aside += u64::from(reason == RejectReason::SetAside);
    }
}

/// Takes the rows of one exhibit, in the order of the exhibit.
pub trait Sink {
    /// Announces records met, whatever becomes of them.
    fn records(&mut self, count: u64);
    /// Says that `count` records gave rows.
    fn read(&mut self, count: u64);
    /// An account.
    fn account(&mut self, row: Account);
    /// A post.
    fn post(&mut self, row: Post);
    /// A batch of connections.
    fn connections(&mut self, rows: Vec<Connection>);
    /// An image.
    fn media(&mut self, row: Media);
    /// A field of the metadata of an image, video or document.
    fn media_field(&mut self, row: MediaField);
    /// A hop of a mail.
    fn mail_hop(&mut self, row: MailHop);
    /// A DNS or registry answer.
    fn name(&mut self, row: Name);
    /// A device of an account.
    fn device(&mut self, row: Device);
    /// What an addressee declares of a subscriber.
    fn subscriber(&mut self, row: Subscriber);
    /// A signature, and what checking it gave.
    fn signature(&mut self, row: Signature);
    /// A field that the format does not know.
    fn unknown_field(&mut self, row: UnknownField);
    /// A record that gave no row.
    fn reject(&mut self, row: Reject);
}

/// A sink that keeps everything in memory.
#[derive(Debug, Default)]
pub struct Collected {
    /// Accounts.
    pub accounts: Vec<Account>,
    /// Posts.
    pub posts: Vec<Post>,
    /// Connections.
    pub connections: Vec<Connection>,
    /// Images.
    pub media: Vec<Media>,
    /// Fields of metadata.
    pub media_fields: Vec<MediaField>,
    /// Hops.
    pub mail_hops: Vec<MailHop>,
    /// DNS and registry answers.
    pub names: Vec<Name>,
    /// Devices.
    pub devices: Vec<Device>,
    /// What addressees declare.
    pub subscribers: Vec<Subscriber>,
    /// Signatures.
    pub signatures: Vec<Signature>,
    /// Fields that no format knows.
    pub unknown_fields: Vec<UnknownField>,
    /// Rejects.
    pub rejects: Vec<Reject>,
    /// Counts.
    pub tally: Tally,
}

impl Collected {
    /// Hands everything over to another sink: rows first, then rejects and counts.
    pub fn replay(self, sink: &mut dyn Sink) {
        sink.records(self.tally.records);
        for row in self.accounts {
            sink.account(row);
        }
        for row in self.posts {
            sink.post(row);
        }
        if !self.connections.is_empty() {
            sink.connections(self.connections);
        }
        for row in self.media {
            sink.media(row);
        }
        for row in self.media_fields {
            sink.media_field(row);
        }
        for row in self.mail_hops {
            sink.mail_hop(row);
        }
        for row in self.names {
            sink.name(row);
        }
        for row in self.devices {
            sink.device(row);
        }
        for row in self.subscribers {
            sink.subscriber(row);
        }
        for row in self.signatures {
            sink.signature(row);
        }
        for row in self.unknown_fields {
            sink.unknown_field(row);
        }
        for row in self.rejects {
            sink.reject(row);
        }
        sink.read(self.tally.read);
    }
}

impl Sink for Collected {
    fn records(&mut self, count: u64) {
        self.tally.records += count;
    }

    fn read(&mut self, count: u64) {
        self.tally.read += count;
    }

    fn account(&mut self, row: Account) {
        self.accounts.push(row);
    }

    fn post(&mut self, row: Post) {
        self.tally.saw(&row.at);
        self.posts.push(row);
    }

    fn connections(&mut self, mut rows: Vec<Connection>) {
        for row in &rows {
            self.tally.saw(&row.at);
        }
        self.connections.append(&mut rows);
    }

    fn media(&mut self, row: Media) {
        self.media.push(row);
    }

    fn media_field(&mut self, row: MediaField) {
        self.media_fields.push(row);
    }

    fn mail_hop(&mut self, row: MailHop) {
        self.mail_hops.push(row);
    }

    fn name(&mut self, row: Name) {
        self.names.push(row);
    }

    fn device(&mut self, row: Device) {
        self.devices.push(row);
    }

    fn subscriber(&mut self, row: Subscriber) {
        self.subscribers.push(row);
    }

    fn signature(&mut self, row: Signature) {
        self.signatures.push(row);
    }

    fn unknown_field(&mut self, row: UnknownField) {
        self.unknown_fields.push(row);
    }

    fn reject(&mut self, row: Reject) {
        self.tally.rejected(row.reason);
        self.rejects.push(row);
    }
}
