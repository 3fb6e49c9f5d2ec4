//! Fields that a format does not know, counted and listed: a platform that changes its export
//! shows the same day.
//!
//! In: the names that a parser knows, and those that each record has. Out: one row for each name
//! that is not known. Refused: more names than a reader can look through; the rest is counted.

use std::collections::BTreeMap;

use faisceau_model::rows::UnknownField;
use faisceau_model::{ExhibitNo, Place, RowId, Sink, excerpt};

use crate::json::Object;

/// Most names listed for one exhibit.
const LISTED: usize = 200;
/// The name under which the others are counted.
const OTHERS: &str = "…";

/// The unknown fields of one exhibit.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    seen: BTreeMap<String, (Place, i64)>,
}

impl Fields {
    /// Counts the keys of an object that are not known. `prefix` names the object: `author.`, or
    /// nothing for the record itself.
    pub(crate) fn object(&mut self, prefix: &str, object: &Object, known: &[&str], place: &Place) {
        for key in object.keys().filter(|key| !known.contains(&key.as_str())) {
            self.note(prefix, key, 1, place);
        }
    }

    /// Counts the headers of a table that are not known: every record has them.
    pub(crate) fn headers<'n>(
        &mut self,
        names: impl IntoIterator<Item = &'n str>,
        known: &[&str],
        place: &Place,
    ) {
        for name in names.into_iter().filter(|name| !known.contains(name)) {
            self.note("", name, 1, place);
        }
    }

    /// Counts `records` more records that have this name.
    pub(crate) fn note(&mut self, prefix: &str, key: &str, records: i64, place: &Place) {
        let name = excerpt(&format!("{prefix}{key}"), 120);
        let full = self.seen.len() >= LISTED && !self.seen.contains_key(&name);
        let name = if full { OTHERS.to_owned() } else { name };
        self.seen.entry(name).or_insert_with(|| (place.clone(), 0)).1 += records;
    }

    /// Adds what another part of the same exhibit counted; `other` stands after this one.
    pub(crate) fn merge(&mut self, other: Self) {
        for (name, (place, records)) in other.seen {
            self.note("", &name, records, &place);
        }
    }

    /// Hands the names over, in their order.
    pub(crate) fn finish(self, exhibit: ExhibitNo, sink: &mut dyn Sink) {
        for (number, (field, (place, records))) in self.seen.into_iter().enumerate() {
            let id = RowId::at("fld", exhibit, &place, number as u32);
            sink.unknown_field(UnknownField { id, exhibit, place, field, records });
        }
    }
}

#[cfg(test)]
mod tests {
    use faisceau_model::Collected;

    use super::*;
    use crate::json::object;

    #[test]
    fn what_is_not_known_is_listed_once_and_counted() {
        let mut fields = Fields::default();
        let first = Place::Pointer("/0".to_owned());
        for place in [&first, &Place::Pointer("/1".to_owned())] {
            let record = object(r#"{"id":1,"new":{"x":2},"\u001b[2J":0}"#).unwrap();
            fields.object("message.", &record, &["id"], place);
        }
        let mut sink = Collected::default();
        fields.finish(ExhibitNo::top(1), &mut sink);
        let listed: Vec<_> =
            sink.unknown_fields.iter().map(|f| (f.field.as_str(), f.records, &f.place)).collect();
        assert_eq!(listed.len(), 2);
        assert_eq!(listed[0], ("message.new", 2, &first));
        assert!(!listed[1].0.contains('\u{1b}'));
    }

    #[test]
    fn a_thousand_names_are_counted_under_one() {
        let mut fields = Fields::default();
        for number in 0..1000 {
            fields.note("", &number.to_string(), 1, &Place::Whole);
        }
        let mut sink = Collected::default();
        fields.finish(ExhibitNo::top(1), &mut sink);
        assert_eq!(sink.unknown_fields.len(), LISTED + 1);
        assert_eq!(sink.unknown_fields.iter().map(|f| f.records).sum::<i64>(), 1000);
    }
}
