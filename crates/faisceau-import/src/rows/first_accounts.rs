//! Accounts as they are first seen: one row for each, however many posts it has.
//!
//! In: rows. Out: the same without the accounts that came before. Refused: nothing else.

use std::collections::BTreeSet;

use faisceau_model::rows::{
    Account, Connection, Device, MailHop, Media, MediaField, Name, Post, Reject, Signature,
    Subscriber, UnknownField,
};
use faisceau_model::{AccountKey, Sink};

/// Hands everything on but the accounts that it has seen.
pub(crate) struct FirstAccounts<'s> {
    inner: &'s mut dyn Sink,
    seen: BTreeSet<AccountKey>,
}

impl<'s> FirstAccounts<'s> {
    /// Nothing seen yet.
    pub(crate) fn new(inner: &'s mut dyn Sink) -> Self {
        Self { inner, seen: BTreeSet::new() }
    }
}

impl Sink for FirstAccounts<'_> {
    fn account(&mut self, row: Account) {
        if self.seen.insert(row.account.clone()) {
            self.inner.account(row);
        }
    }

    fn records(&mut self, count: u64) {
        self.inner.records(count);
    }

    fn read(&mut self, count: u64) {
        self.inner.read(count);
    }

    fn post(&mut self, row: Post) {
        self.inner.post(row);
    }

    fn connections(&mut self, rows: Vec<Connection>) {
        self.inner.connections(rows);
    }

    fn media(&mut self, row: Media) {
        self.inner.media(row);
    }

    fn media_field(&mut self, row: MediaField) {
        self.inner.media_field(row);
    }

    fn mail_hop(&mut self, row: MailHop) {
        self.inner.mail_hop(row);
    }

    fn name(&mut self, row: Name) {
        self.inner.name(row);
    }

    fn device(&mut self, row: Device) {
        self.inner.device(row);
    }

    fn subscriber(&mut self, row: Subscriber) {
        self.inner.subscriber(row);
    }

    fn signature(&mut self, row: Signature) {
        self.inner.signature(row);
    }

    fn unknown_field(&mut self, row: UnknownField) {
        self.inner.unknown_field(row);
    }

    fn reject(&mut self, row: Reject) {
        self.inner.reject(row);
    }
}
