//! A column of texts with few different values, collected as keys into a dictionary.

use std::collections::BTreeMap;

use polars_arrow::array::{
    Array, DictionaryArray, MutableArray, MutableBinaryViewArray, MutablePrimitiveArray,
};
use polars_core::prelude::PolarsResult;

/// Places of texts that are remembered: more than the words that one batch is likely to hold.
const PLACES: usize = 256;

/// Keys and their words. The keys are given in the order in which words are first met.
pub(crate) struct Words {
    keys: MutablePrimitiveArray<u32>,
    known: BTreeMap<Box<str>, u32>,
    values: MutableBinaryViewArray<str>,
    places: Vec<Place>,
}

/// Where in memory a text of this batch stands, and its key. Rows share their texts, and the same
/// place is the same text for as long as the batch lives.
#[derive(Clone, Copy, Default)]
struct Place {
    address: usize,
    len: usize,
    key: u32,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            keys: MutablePrimitiveArray::new(),
            known: BTreeMap::new(),
            values: MutableBinaryViewArray::new(),
            places: vec![Place::default(); PLACES],
        }
    }
}

impl Words {
    /// To be called before each batch: other texts may stand where those of the last one stood.
    pub(crate) fn forget_places(&mut self) {
        self.places.fill(Place::default());
    }

    /// Appends a word of the batch.
    pub(crate) fn push(&mut self, word: &str) {
        let (address, len) = (word.as_ptr().addr(), word.len());
        let slot = (address >> 4 ^ address >> 12) % PLACES;
        let key = match self.places.get(slot) {
            Some(place) if (place.address, place.len) == (address, len) => place.key,
            _ => {
                let key = self.key(word);
                if let Some(place) = self.places.get_mut(slot) {
                    *place = Place { address, len, key };
                }
                key
            }
        };
        self.keys.push(Some(key));
    }

    /// Appends a word that stands at no lasting place.
    pub(crate) fn push_passing(&mut self, word: &str) {
        let key = self.key(word);
        self.keys.push(Some(key));
    }

    /// Appends a null.
    pub(crate) fn push_null(&mut self) {
        self.keys.push(None);
    }

    fn key(&mut self, word: &str) -> u32 {
        if let Some(key) = self.known.get(word) {
            return *key;
        }
        let key = self.known.len() as u32;
        self.known.insert(word.into(), key);
        self.values.push_value(word);
        key
    }

    /// The column so far; it is empty again.
    pub(crate) fn take(&mut self) -> PolarsResult<Box<dyn Array>> {
        let keys = std::mem::take(&mut self.keys).into();
        self.known.clear();
        self.forget_places();
        let values = std::mem::take(&mut self.values).as_box();
        Ok(DictionaryArray::<u32>::try_from_keys(keys, values, false)?.boxed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use polars_arrow::array::Utf8ViewArray;

    fn texts(column: &dyn Array) -> Vec<Option<String>> {
        let column = column.as_any().downcast_ref::<DictionaryArray<u32>>().unwrap();
        let values = column.values().as_any().downcast_ref::<Utf8ViewArray>().unwrap();
        let text = |key: u32| values.value(key as usize).to_owned();
        column.keys().iter().map(|key| key.map(|key| text(*key))).collect()
    }

    #[test]
    fn another_text_at_the_same_place_is_another_word() {
        let mut words = Words::default();
        let mut text = String::with_capacity(16);
        for word in ["aaaa", "bbbb", "aaaa"] {
            text.clear();
            text.push_str(word);
            words.forget_places();
            words.push(&text);
            words.push(&text);
        }
        words.push_null();
        words.push_passing("cccc");
        let column = words.take().unwrap();
        let said: Vec<Option<String>> = texts(column.as_ref());
        let said: Vec<&str> = said.iter().map(|t| t.as_deref().unwrap_or("-")).collect();
        assert_eq!(said, ["aaaa", "aaaa", "bbbb", "bbbb", "aaaa", "aaaa", "-", "cccc"]);
        assert_eq!(words.take().unwrap().len(), 0, "the column is empty again");
    }

    #[test]
    fn a_column_without_a_word_is_all_null() {
        let mut words = Words::default();
        words.push_null();
        words.push_null();
        assert_eq!(texts(words.take().unwrap().as_ref()), [None, None]);
    }
}
