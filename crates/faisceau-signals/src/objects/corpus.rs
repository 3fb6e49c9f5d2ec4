//! The words of the accounts, as numbers.
//!
//! In: posts, or any texts with an owner. Out: for each account its posts, cut into runs of words
//! that no mask and no strong punctuation parts; the number of owners that use each word. Quoted
//! lines, forwarded posts and lines that several accounts share are left out.

use std::collections::BTreeMap;

use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, PostKind, RowId};

use crate::style::{Copied, masked_lines};

/// Words of a run, beyond which it is cut.
const LONGEST: usize = 500;

/// What one account wrote.
#[derive(Debug)]
pub(crate) struct Text<'a> {
    pub(crate) key: &'a AccountKey,
    /// Whoever holds it: texts of one owner are one in counts. In a case each account is its own.
    pub(crate) owner: usize,
    pub(crate) passages: Vec<Passage<'a>>,
    pub(crate) words: usize,
}

/// Words in a row of one post.
#[derive(Debug)]
pub(crate) struct Passage<'a> {
    pub(crate) at: Option<i64>,
    pub(crate) row: &'a RowId,
    /// The words, as numbers.
    pub(crate) run: Vec<u32>,
}

/// A post before it is cut: account, owner, time, row, text.
pub(crate) type Raw<'a> = (&'a AccountKey, usize, Option<i64>, &'a RowId, &'a str);

/// The words of all accounts.
#[derive(Debug)]
pub(crate) struct Corpus<'a> {
    /// In the order of their keys.
    pub(crate) texts: Vec<Text<'a>>,
    numbers: BTreeMap<String, u32>,
    /// Texts that hold each word.
    holders: Vec<u32>,
}

impl<'a> Corpus<'a> {
    /// The posts of a case.
    pub(crate) fn of(posts: &'a [Post]) -> Self {
        let worded = posts.iter().filter(|post| post.kind != PostKind::Forwarded);
        let raw = worded.filter_map(|post| {
            let at = post.at.known().map(|at| at.at_us());
            Some((&post.account, usize::MAX, at, &post.id, post.text.known()?.as_str()))
        });
        let mut corpus = Self::new(raw.collect());
        for (number, text) in corpus.texts.iter_mut().enumerate() {
            text.owner = number;
        }
        corpus
    }

    /// Texts in any order.
    pub(crate) fn new(mut raw: Vec<Raw<'a>>) -> Self {
        raw.sort_by(|x, y| (x.0, x.2, x.3, x.4).cmp(&(y.0, y.2, y.3, y.4)));
        let groups: Vec<&[Raw<'a>]> = raw.chunk_by(|x, y| x.0 == y.0).collect();
        let masked: Vec<Vec<Vec<String>>> = groups
            .iter()
            .map(|group| group.iter().map(|raw| masked_lines(raw.4)).collect())
            .collect();
        let copied = Copied::among(masked.iter().enumerate().flat_map(|(number, posts)| {
            posts.iter().flatten().map(move |line| (number, line.as_str()))
        }));
        let mut corpus = Self { texts: Vec::new(), numbers: BTreeMap::new(), holders: Vec::new() };
        for (group, masked) in groups.into_iter().zip(masked) {
            let Some(&(key, owner, ..)) = group.first() else { continue };
            let mut passages = Vec::with_capacity(group.len());
            for (&(_, _, at, row, _), lines) in group.iter().zip(masked) {
                let own = lines.iter().filter(|line| copied.holders(line).is_none());
                for run in own.flat_map(|line| runs(line)) {
                    // Nobody writes so long without a stop; it bounds what a look at a run costs.
                    for run in run.chunks(LONGEST) {
                        passages.push(Passage { at, row, run: corpus.numbered(run) });
                    }
                }
            }
            let mut used: Vec<u32> = passages.iter().flat_map(|p| p.run.iter().copied()).collect();
            let words = used.len();
            used.sort_unstable();
            used.dedup();
            for word in used {
                if let Some(holders) = corpus.holders.get_mut(word as usize) {
                    *holders += 1;
                }
            }
            corpus.texts.push(Text { key, owner, passages, words });
        }
        corpus
    }

    fn numbered(&mut self, run: &[String]) -> Vec<u32> {
        let mut numbers = Vec::with_capacity(run.len());
        for word in run {
            let next = self.holders.len() as u32;
            let number = if let Some(number) = self.numbers.get(word) {
                *number
            } else {
                self.numbers.insert(word.clone(), next);
                self.holders.push(0);
                next
            };
            numbers.push(number);
        }
        numbers
    }

    /// The number of a word that some account uses.
    pub(crate) fn number(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }

    /// Texts that hold a word.
    pub(crate) fn holders(&self, word: u32) -> usize {
        self.holders.get(word as usize).map_or(0, |holders| *holders as usize)
    }

    /// The words of these numbers, in order.
    pub(crate) fn spelled(&self) -> Vec<&str> {
        let mut words = vec![""; self.holders.len()];
        for (word, number) in &self.numbers {
            if let Some(slot) = words.get_mut(*number as usize) {
                *slot = word;
            }
        }
        words
    }
}

/// Runs of words in lower case that no mask and no strong punctuation parts.
pub(crate) fn runs(line: &str) -> Vec<Vec<String>> {
    let parts = |c: char| ".!?;:…«»\"“”()[]{}|\n".contains(c) || c.is_control();
    let words = |run: &str| -> Vec<String> {
        let words = run.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    line.split(parts).map(words).filter(|run| !run.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_end_at_strong_punctuation_and_masks() {
        assert_eq!(
            runs("L'été, déjà ! Voir \u{1} ici (oui)"),
            [vec!["l", "été", "déjà"], vec!["voir"], vec!["ici"], vec!["oui"]]
        );
    }
}
