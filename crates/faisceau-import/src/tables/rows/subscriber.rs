//! What a record declares of a subscriber, beside its own row.
//!
//! In: the columns that the mapping gives a category. Out: one row for each cell that is not
//! empty. Refused: identifiers and numbers that a spreadsheet has rounded, with their header.

use faisceau_model::rows::Subscriber;
use faisceau_model::{Absent, Maybe, Moment, SubscriberCategory, excerpt};

use super::Record;
use crate::json::Flaw;
use crate::tables::cells::Cell;
use crate::text::address::endpoint;

impl Record<'_> {
    /// What the record declares of a subscriber. `ip`: the address that the record is about.
    pub(super) fn subscribers(&self, ip: &Maybe<String>) -> Result<Vec<Subscriber>, Flaw> {
        let mapping = self.mapper.mapping;
        if mapping.subscriber.is_empty() {
            return Ok(Vec::new());
        }
        let (account, since) = (self.key()?, self.since());
        let mut rows = Vec::new();
        for ((category, header), order) in mapping.subscriber.values().zip(1..) {
            let Some(value) = self.declared(category, header)? else { continue };
            let part = self.cells.column(header).unwrap_or(order);
            let datum = (category, header, value.as_str());
            let (exhibit, place) = (self.mapper.exhibit, self.place);
            rows.push(Subscriber {
                account: account.clone(),
                ip: ip.clone(),
                since,
                ..Subscriber::new(exhibit, place, part, self.manner.platform, datum)
            });
        }
        Ok(rows)
    }

    /// The address that a record of subscribers is about.
    pub(super) fn declared_ip(&self) -> Maybe<String> {
        match self.cell(self.mapper.mapping.columns.ip.as_ref()).text() {
            Maybe::Known(text) => {
                let ip = endpoint(text.trim()).map(|(ip, _)| ip.to_string());
                Maybe::or_absent(ip, Absent::Unreadable)
            }
            Maybe::Missing(reason) => Maybe::Missing(reason),
        }
    }

    fn since(&self) -> Maybe<Moment> {
        let cell = self.cell(self.mapper.mapping.subscriber.since.as_ref());
        self.moment(cell, self.manner.time_format).unwrap_or(Maybe::Missing(Absent::Unreadable))
    }

    /// The value as declared, if there is one.
    fn declared(&self, category: SubscriberCategory, header: &str) -> Result<Option<String>, Flaw> {
        use SubscriberCategory::{Identifier, Payment, Phone};
        let cell = self.cells.cell(header);
        if let Cell::List(texts) = cell {
            return Ok(Some(texts.join("; ")).filter(|value| !value.is_empty()));
        }
        let value = if matches!(category, Identifier | Payment | Phone) {
            cell.id().map_err(|(reason, detail)| {
                (reason, format!("`{}`: {detail}", excerpt(header, 60)))
            })?
        } else {
            cell.text()
        };
        Ok(value.into_known().map(|value| value.trim().to_owned()))
    }
}
