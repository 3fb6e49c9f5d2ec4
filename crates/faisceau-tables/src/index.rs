//! Which rows hold which value of a column.
//!
//! In: the value of every row, in order. Out: the rows of a value, ascending. Values are told apart
//! by the first 128 bits of their SHA-256: no exhibit can be made to hold two that are taken for
//! one, and memory does not depend on their length. 20 bytes for each different value and 4 for
//! each row are kept; 24 more for each row while the index is made.

use sha2::{Digest, Sha256};

type Key = [u64; 2];

/// The rows of a column by value.
pub(crate) struct Index {
    /// Ascending.
    keys: Vec<Key>,
    /// Where the rows of each key begin.
    starts: Vec<u32>,
    /// Rows, by key and then ascending.
    rows: Vec<u32>,
}

impl Index {
    /// Values may come in any order of rows.
    pub(crate) fn of(mut pairs: Vec<(Key, u32)>) -> Self {
        pairs.sort_unstable();
        let mut index =
            Self { keys: Vec::new(), starts: Vec::new(), rows: Vec::with_capacity(pairs.len()) };
        for (key, row) in pairs {
            if index.keys.last() != Some(&key) {
                index.keys.push(key);
                index.starts.push(index.rows.len() as u32);
            }
            index.rows.push(row);
        }
        index.keys.shrink_to_fit();
        index.starts.shrink_to_fit();
        index
    }

    /// The rows that hold a value, or none.
    pub(crate) fn rows(&self, value: Option<&str>) -> &[u32] {
        let Ok(at) = self.keys.binary_search(&key(value)) else { return &[] };
        let start = self.starts.get(at).map_or(0, |start| *start as usize);
        let end = self.starts.get(at + 1).map_or(self.rows.len(), |end| *end as usize);
        self.rows.get(start..end).unwrap_or_default()
    }

    /// Memory that it holds.
    pub(crate) fn bytes(&self) -> usize {
        size_of_val(&*self.keys) + size_of_val(&*self.starts) + size_of_val(&*self.rows)
    }
}

/// What stands for a value.
pub(crate) fn key(value: Option<&str>) -> Key {
    let Some(text) = value else { return [0; 2] };
    let hash = Sha256::digest(text.as_bytes());
    let mut words = hash
        .chunks_exact(8)
        .map(|bytes| bytes.iter().fold(0_u64, |word, byte| word << 8 | u64::from(*byte)));
    [words.next().unwrap_or_default(), words.next().unwrap_or_default()]
}
