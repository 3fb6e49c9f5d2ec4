//! Where importers put what they read.

use crate::rows::{Account, Connection, MailHop, Media, Post, Reject};
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
}

impl Tally {
    /// Whether every record is accounted for.
    pub fn balances(self) -> bool {
        self.records == self.read + self.rejected
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
    /// A hop of a mail.
    fn mail_hop(&mut self, row: MailHop);
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
    /// Hops.
    pub mail_hops: Vec<MailHop>,
    /// Rejects.
    pub rejects: Vec<Reject>,
    /// Counts.
    pub tally: Tally,
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
        self.posts.push(row);
    }

    fn connections(&mut self, mut rows: Vec<Connection>) {
        self.connections.append(&mut rows);
    }

    fn media(&mut self, row: Media) {
        self.media.push(row);
    }

    fn mail_hop(&mut self, row: MailHop) {
        self.mail_hops.push(row);
    }

    fn reject(&mut self, row: Reject) {
        self.tally.rejected += 1;
        self.tally.set_aside += u64::from(row.reason == RejectReason::SetAside);
        self.rejects.push(row);
    }
}
