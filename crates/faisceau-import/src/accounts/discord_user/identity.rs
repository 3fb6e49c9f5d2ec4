//! What Discord declares of the owner of a package.
//!
//! In: fields of the account, accounts linked to it, means of payment. Out: subscriber data.
//! Refused: an element that declares nothing.

use faisceau_model::rows::Subscriber;
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Place, RejectReason, Sink, SubscriberCategory,
};
use serde_json::Value;

use super::PLATFORM;
use crate::json::{self, Flaw, Object};

/// Keys of an account of another service that is linked.
pub(super) const LINKED: [&str; 10] = [
    "type",
    "id",
    "name",
    "visibility",
    "friend_sync",
    "show_activity",
    "verified",
    "two_way_link",
    "metadata_visibility",
    "revoked",
];

/// Keys of a means of payment.
pub(super) const PAYMENT: [&str; 11] = [
    "id",
    "type",
    "invalid",
    "flags",
    "deleted_at",
    "brand",
    "last_4",
    "expires_month",
    "expires_year",
    "email",
    "billing_address",
];

/// Collects the data of one record.
pub(super) struct Declared<'d> {
    exhibit: ExhibitNo,
    place: &'d Place,
    account: Option<&'d AccountKey>,
    rows: Vec<Subscriber>,
}

impl<'d> Declared<'d> {
    pub(super) fn new(
        exhibit: ExhibitNo,
        place: &'d Place,
        account: Option<&'d AccountKey>,
    ) -> Self {
        Self { exhibit, place, account, rows: Vec::new() }
    }

    /// Adds a datum, if there is one.
    pub(super) fn add(&mut self, category: SubscriberCategory, label: &str, value: Option<String>) {
        let Some(value) = value else { return };
        let part = self.rows.len() as u32;
        let datum = (category, label, value.as_str());
        self.rows.push(Subscriber {
            account: Maybe::or_absent(self.account.cloned(), Absent::NotExported),
            ..Subscriber::new(self.exhibit, self.place, part, PLATFORM, datum)
        });
    }

    /// Hands all data over.
    pub(super) fn hand_over(self, sink: &mut dyn Sink) {
        self.rows.into_iter().for_each(|row| sink.subscriber(row));
    }

    /// An account of another service.
    pub(super) fn linked(mut self, record: &Object, sink: &mut dyn Sink) -> Result<(), Flaw> {
        let label = format!("linked account: {}", json::required(record, "type")?);
        let value = match (json::field(record, "name"), json::field(record, "id")) {
            (Some(name), Some(id)) if name != id => Some(format!("{name} [{id}]")),
            (name, id) => name.or(id),
        };
        self.add(SubscriberCategory::Identifier, &label, value);
        self.settle(sink)
    }

    /// A means of payment, and the name and address that it was declared with.
    pub(super) fn payment(mut self, record: &Object, sink: &mut dyn Sink) -> Result<(), Flaw> {
        let card = [json::field(record, "brand"), json::field(record, "last_4")];
        let card = card.into_iter().flatten().collect::<Vec<_>>().join(" … ");
        let card = (!card.is_empty()).then_some(card);
        self.add(SubscriberCategory::Payment, "payment source", card);
        let email = json::field(record, "email");
        self.add(SubscriberCategory::Email, "payment source: email", email);
        if let Some(Value::Object(address)) = record.get("billing_address") {
            let name = json::field(address, "name");
            self.add(SubscriberCategory::Name, "billing address: name", name);
            let lines = ["line_1", "line_2", "postal_code", "city", "state", "country"];
            let lines: Vec<_> = lines.iter().filter_map(|key| json::field(address, key)).collect();
            let lines = (!lines.is_empty()).then(|| lines.join(", "));
            self.add(SubscriberCategory::PostalAddress, "billing address", lines);
        }
        self.settle(sink)
    }

    fn settle(self, sink: &mut dyn Sink) -> Result<(), Flaw> {
        if self.rows.is_empty() {
            let detail = "nothing is declared here".to_owned();
            return Err((RejectReason::MissingField, detail));
        }
        self.hand_over(sink);
        Ok(())
    }
}
