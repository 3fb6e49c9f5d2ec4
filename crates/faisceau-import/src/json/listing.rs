//! JSON exhibits that are a list of records, or an object with lists of records.
//!
//! In: the bytes. Out: the raw text of each record with its pointer, the other values, and where
//! the exhibit breaks, if it does; what precedes is kept. Refused: a list whose key appears twice,
//! for a pointer would not tell which is meant.

use faisceau_model::{ExhibitNo, Place, Sink};
use serde::de::DeserializeSeed;
use serde_json::value::RawValue;

use crate::contract::ImportError;
use crate::fields::Fields;
use crate::json::document::document;
use crate::json::{self, Elements, Flaw, MAX_RECORDS, Object};
use crate::records::settle;

/// The records of an exhibit.
pub(crate) struct Listing<'d> {
    /// The lists: their key (none for a list that is the exhibit) and their elements.
    pub(crate) lists: Vec<(Option<String>, Vec<&'d RawValue>)>,
    /// The values beside the lists: key and raw text.
    pub(crate) others: Vec<(String, &'d RawValue)>,
    /// Why the exhibit could not be read to its end.
    pub(crate) error: Option<ImportError>,
}

impl<'d> Listing<'d> {
    /// Takes an exhibit apart. `is_list` says which keys of an object hold records.
    pub(crate) fn of(bytes: &'d [u8], is_list: &dyn Fn(&str) -> bool) -> Self {
        let (text, start) = json::text(bytes);
        if !text.trim_start().starts_with('[') {
            return Self::of_object(bytes, text, is_list);
        }
        let mut out = Vec::new();
        let mut list = serde_json::Deserializer::from_str(text);
        let outcome = Elements { out: &mut out, budget: MAX_RECORDS }
            .deserialize(&mut list)
            .and_then(|()| list.end());
        let end = out.last().map_or(0, |raw| json::end_of(text, raw));
        let error = outcome.err().map(|e| json::stop(&e, bytes, start, start + end, out.len()));
        Self { lists: vec![(None, out)], others: Vec::new(), error }
    }

    fn of_object(bytes: &[u8], text: &'d str, is_list: &dyn Fn(&str) -> bool) -> Self {
        let (found, outcome) = document(text, is_list);
        let mut error = found.close(outcome, bytes).err();
        let mut lists: Vec<(Option<String>, Vec<_>)> = Vec::new();
        for (key, list) in found.lists {
            if lists.iter().any(|(seen, _)| seen.as_ref() == Some(&key)) {
                let place = Place::Pointer(format!("/{}", json::pointer_step(&key)));
                let detail = format!("`{}` appears twice", faisceau_model::excerpt(&key, 60));
                error = error.or(Some(ImportError::Broken { place, detail }));
                continue;
            }
            lists.push((Some(key), list));
        }
        Self { lists, others: found.others, error }
    }

    /// The records with their places, in the order of the exhibit.
    pub(crate) fn records(&self) -> impl Iterator<Item = (Option<&str>, Place, &'d RawValue)> {
        self.lists.iter().flat_map(|(key, list)| {
            let before = key.as_deref().map(json::pointer_step);
            list.iter().enumerate().map(move |(index, raw)| {
                let pointer = match &before {
                    Some(key) => format!("/{key}/{index}"),
                    None => format!("/{index}"),
                };
                (key.as_deref(), Place::Pointer(pointer), *raw)
            })
        })
    }

    /// Settles each record, which is an object, by what `read` makes of it.
    pub(crate) fn each(
        &self,
        exhibit: ExhibitNo,
        sink: &mut dyn Sink,
        mut read: impl FnMut(&Object, &Place, &mut dyn Sink) -> Result<(), Flaw>,
    ) {
        for (_, place, raw) in self.records() {
            settle(exhibit, &place, raw.get().as_bytes(), sink, |sink| {
                read(&json::object(raw.get())?, &place, sink)
            });
        }
    }

    /// Settles an exhibit that is one record, without any list.
    pub(crate) fn whole(
        &self,
        (exhibit, bytes): (ExhibitNo, &[u8]),
        sink: &mut dyn Sink,
        read: impl FnOnce(&Object, &Place, &mut dyn Sink) -> Result<(), Flaw>,
    ) {
        if self.lists.is_empty() && self.error.is_none() {
            let (raw, _) = json::text(bytes);
            settle(exhibit, &Place::Whole, raw.as_bytes(), sink, |sink| {
                read(&json::object(raw)?, &Place::Whole, sink)
            });
        }
    }

    /// Notes the values beside the lists that are not known.
    pub(crate) fn beside(&self, known: &[&str], fields: &mut Fields) {
        fields.headers(self.others.iter().map(|(key, _)| key.as_str()), known, &Place::Whole);
    }

    /// A value beside the lists, the last one if there are several.
    pub(crate) fn other(&self, key: &str) -> Option<&'d RawValue> {
        self.others.iter().rev().find(|(name, _)| name == key).map(|(_, raw)| *raw)
    }

    /// The values beside the lists as an object, without those that are too deep or too long.
    pub(crate) fn object(&self) -> Object {
        let value = |raw: &RawValue| {
            (raw.get().len() <= json::MAX_RECORD).then(|| serde_json::from_str(raw.get()).ok())
        };
        let pairs = self.others.iter();
        pairs.filter_map(|(key, raw)| Some((key.clone(), value(raw)??))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Listing;

    fn shown(text: &str) -> (Vec<String>, Option<String>) {
        let listing = Listing::of(text.as_bytes(), &|key| matches!(key, "a" | "b/c"));
        let records = listing.records().map(|(_, place, raw)| format!("{place} {}", raw.get()));
        (records.collect(), listing.error.map(|error| error.to_string()))
    }

    #[test]
    fn lists_at_the_top_and_in_objects_are_read_with_their_pointers() {
        let (records, error) = shown("[{\"x\":1},2");
        assert_eq!(records, ["/0 {\"x\":1}", "/1 2"]);
        assert!(error.unwrap().contains("2 records before it were kept"));
        let (records, error) = shown("{\"a\":[1],\"z\":[9],\"b/c\":[2,3]}");
        assert_eq!(records, ["/a/0 1", "/b~1c/0 2", "/b~1c/1 3"]);
        assert_eq!(error, None);
        let (records, error) = shown("{\"a\":[1],\"a\":[2]}");
        assert_eq!(records, ["/a/0 1"]);
        assert_eq!(error.unwrap(), "`a` appears twice");
    }
}
