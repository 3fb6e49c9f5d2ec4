//! Rejects of an answer do not show what they reject.
//!
//! In: the rows of a format. Out: the same, rejects without the start of their record. An answer
//! to a legal request declares names, addresses and numbers of persons; those go to `subscribers`,
//! and the note prints rejects. The place stays, and `why` leads to the bytes.

use faisceau_model::Sink;
use faisceau_model::rows::{
    Account, Connection, Device, MailHop, Media, MediaField, Name, Post, Reject, Signature,
    Subscriber, UnknownField,
};

/// Hands everything on, rejects without excerpt.
pub(crate) struct Discreet<'s>(pub(crate) &'s mut dyn Sink);

/// Hands rows of these kinds on as they are.
macro_rules! hand_on {
    ($($kind:ident: $row:ty),+) => { $(
        fn $kind(&mut self, row: $row) {
            self.0.$kind(row);
        }
    )+ };
}

impl Sink for Discreet<'_> {
    hand_on!(
        records: u64,
        read: u64,
        account: Account,
        post: Post,
        connections: Vec<Connection>,
        media: Media,
        media_field: MediaField,
        mail_hop: MailHop,
        name: Name,
        device: Device,
        subscriber: Subscriber,
        signature: Signature,
        unknown_field: UnknownField
    );

    fn reject(&mut self, row: Reject) {
        self.0.reject(Reject { excerpt: String::new(), ..row });
    }
}
