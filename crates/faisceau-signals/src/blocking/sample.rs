//! A bounded sample of what one account wrote.
//!
//! In: masked posts in any order. Out: those with the smallest hashes, just enough for
//! [`ENOUGH`] words. Which posts are kept depends on the set of posts alone, so the order of rows
//! does not matter, and a sentence said a thousand times counts once.

use std::collections::BTreeMap;

use super::digest::hash;

/// Words that are enough.
const ENOUGH: usize = 1_000;
/// Characters that count as a word at least: a text without spaces has few words and no end.
const CHARACTERS_A_WORD: usize = 8;

/// The posts kept of one account.
#[derive(Debug, Default)]
pub(super) struct Sample {
    /// By hash and text, with its words and its size.
    kept: BTreeMap<(u64, Box<str>), (usize, usize)>,
    size: usize,
}

impl Sample {
    /// Adds a post of `words` words.
    pub(super) fn add(&mut self, text: &str, words: usize) {
        let hash = hash(text);
        if text.is_empty() || self.size >= ENOUGH && self.last() < Some(hash) {
            return;
        }
        let size = words.max(text.len() / CHARACTERS_A_WORD).max(1);
        if self.kept.insert((hash, text.into()), (words, size)).is_none() {
            self.size += size;
        }
        while let Some(entry) = self.kept.last_entry() {
            let (_, size) = *entry.get();
            if self.size - size < ENOUGH {
                break;
            }
            self.size -= size;
            entry.remove();
        }
    }

    fn last(&self) -> Option<u64> {
        self.kept.last_key_value().map(|((hash, _), _)| *hash)
    }

    /// Words kept.
    pub(super) fn words(&self) -> usize {
        self.kept.values().map(|(words, _)| words).sum()
    }

    /// The texts kept.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.kept.keys().map(|(_, text)| &**text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_bounded_and_ignores_order_and_repetition() {
        let texts: Vec<String> = (0..400).map(|n| format!("mot {n} encore dix")).collect();
        let mut sample = Sample::default();
        let mut reverse = Sample::default();
        for text in &texts {
            sample.add(text, 4);
        }
        for text in texts.iter().rev().chain(&texts) {
            reverse.add(text, 4);
        }
        assert_eq!(sample.words(), ENOUGH);
        assert!(sample.texts().eq(reverse.texts()));
        let mut wide = Sample::default();
        for n in 0..50_000 {
            wide.add(&format!("{n}{}", "x".repeat(800)), 0);
        }
        assert!(wide.texts().count() < 12, "{}", wide.texts().count());
    }
}
