//! Which columns of a table are data of subscribers.
//!
//! In: `[import.table.subscriber]` of `case.toml`. Out: categories and headers. Refused: a header
//! that would say two things.

use std::collections::BTreeSet;

use faisceau_model::{SubscriberCategory, excerpt};
use serde::{Deserialize, Serialize};

/// Declares [`SubscriberColumns`]: a category and the name of its setting on each line.
macro_rules! subscriber_columns {
    ($($(#[$doc:meta])* $name:ident = $category:ident,)+) => {
        /// The headers of the data that an operator or a platform declares of a subscriber. Each
        /// cell that is not empty gives one row, under the header as its label.
        #[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct SubscriberColumns {
            $(
                $(#[$doc])*
                #[serde(skip_serializing_if = "Vec::is_empty")]
                pub $name: Vec<String>,
            )+
            /// Since when the data are so; written as `time_format` says.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub since: Option<String>,
        }

        impl SubscriberColumns {
            /// The categories and the headers that give them.
            pub fn values(&self) -> impl Iterator<Item = (SubscriberCategory, &str)> {
                [$((SubscriberCategory::$category, &self.$name),)+]
                    .into_iter()
                    .flat_map(|(category, headers)| headers.iter().map(move |h| (category, h.as_str())))
            }

            /// The settings and the headers that they name.
            pub fn mapped(&self) -> impl Iterator<Item = (&'static str, &str)> {
                let since = self.since.as_deref().map(|header| ("since", header));
                self.values().map(|(category, header)| (category.as_str(), header)).chain(since)
            }

            /// Adds a header to a category.
            pub(crate) fn add(&mut self, category: SubscriberCategory, header: &str) {
                match category {
                    $(SubscriberCategory::$category => self.$name.push(header.to_owned()),)+
                }
            }
        }
    };
}

subscriber_columns! {
    /// Name, first name, company.
    name = Name,
    /// Date or place of birth.
    birth = Birth,
    /// Postal address.
    postal_address = PostalAddress,
    /// E-mail address.
    email = Email,
    /// Telephone number.
    phone = Phone,
    /// Means or reference of payment.
    payment = Payment,
    /// Identifier of the contract, line or device.
    identifier = Identifier,
    /// Anything else.
    other = Other,
}

impl SubscriberColumns {
    /// Whether nothing is mapped.
    pub fn is_empty(&self) -> bool {
        self.mapped().next().is_none()
    }

    /// A header that is mapped twice, or a date without what it dates.
    pub(super) fn problem(&self) -> Option<String> {
        let mut seen = BTreeSet::new();
        if let Some((_, twice)) = self.values().find(|(_, header)| !seen.insert(*header)) {
            return Some(format!("maps `{}` to two data of subscribers", excerpt(twice, 60)));
        }
        let lonely = self.since.is_some() && self.values().next().is_none();
        lonely.then(|| "maps `subscriber.since` and no data of subscribers".to_owned())
    }
}
