//! What an addressee answered, and to which request.

use crate::absent::{Absent, Maybe};
use crate::ids::{AccountKey, ExhibitNo, RowId};
use crate::locus::Place;
use crate::moment::Moment;
use crate::table;
use crate::words::{Head, SubscriberCategory};

table! {
    /// What an addressee declares of a subscriber. For the lawyer: never a node of the graph, and
    /// never the author of anything, for whoever pays for a line or opens an account may not be
    /// the one who wrote.
    Subscriber = "subscribers" / "sub" {
        /// Row id.
        id: RowId;
        /// Exhibit.
        exhibit: ExhibitNo;
        /// Place in the exhibit.
        place: Place;
        /// The service or operator that declares it.
        declared_by: String;
        /// The account concerned.
        account: Maybe<AccountKey>;
        /// The address concerned, where the answer is about one.
        ip: Maybe<String>;
        /// The category of the datum.
        category: SubscriberCategory;
        /// What the addressee calls it.
        label: String;
        /// The value as declared. Sensitive: shown where it is asked for by name, never in passing.
        value: Sensitive;
        /// Since when, where the addressee says.
        since: Maybe<Moment>;
        /// The request that the exhibit answers, as in `answers`.
        request: Maybe<String>;
    }
}

table! {
    /// An exhibit that answers a request, as the journal says.
    Answer = "answers" / "ans" {
        /// Row id.
        id: RowId;
        /// The exhibit that is the answer.
        exhibit: ExhibitNo;
        /// The request: addressee, head and object, which stay the same from run to run.
        request: String;
        /// Addressee.
        addressee: String;
        /// Head.
        head: Head;
        /// The row of `requests` that asks for it still, if one does.
        row: Maybe<RowId>;
        /// Records of the answer that gave rows.
        read: i64;
        /// Uses of an address that the answer gave.
        connections: i64;
        /// Those of them that say port and second: what an access operator can answer from.
        usable: i64;
        /// Data on subscribers that the answer gave.
        subscribers: i64;
    }
}

/// A text that programs keep and do not show in passing: `Debug` hides it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sensitive(String);

impl Sensitive {
    /// Keeps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for the table and for who asks for it by name.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Sensitive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sensitive(…)")
    }
}

impl crate::table::Field for Sensitive {
    const KIND: crate::table::Kind = crate::table::Kind::Text;

    fn cell(&self) -> crate::table::Cell<'_> {
        crate::table::Cell::Text(std::borrow::Cow::Borrowed(&self.0))
    }

    fn from_cell(cell: crate::table::Cell<'_>) -> Result<Self, crate::table::FieldError> {
        crate::table::take_text(cell).map(Self)
    }
}

impl Subscriber {
    /// A datum of which only category, label and value are known.
    pub fn new(
        exhibit: ExhibitNo,
        place: &Place,
        part: u32,
        declared_by: &str,
        (category, label, value): (SubscriberCategory, &str, &str),
    ) -> Self {
        Self {
            id: RowId::at("sub", exhibit, place, part),
            exhibit,
            place: place.clone(),
            declared_by: declared_by.to_owned(),
            account: Maybe::Missing(Absent::NotRecorded),
            ip: Maybe::Missing(Absent::NotApplicable),
            category,
            label: label.to_owned(),
            value: Sensitive::new(value),
            since: Maybe::Missing(Absent::NotRecorded),
            request: Maybe::Missing(Absent::NotApplicable),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sensitive_value_is_not_shown_in_passing() {
        let row = Subscriber::new(
            ExhibitNo::top(1),
            &Place::Whole,
            0,
            "x",
            (SubscriberCategory::Email, "email", "a@example.org"),
        );
        assert!(!format!("{row:?}").contains("example.org"));
        assert_eq!(row.value.reveal(), "a@example.org");
    }
}
