//! Rows gathered by author.
//!
//! In: rows in any order. Out: authors with their posts in the order of time, the same for any
//! order of the rows.

use std::collections::BTreeMap;

use super::row::Row;
use super::{CorpusAuthor, CorpusPost, Limits};

#[derive(Debug, Default)]
struct Gathered {
    langs: BTreeMap<String, usize>,
    sources: BTreeMap<String, usize>,
    offsets: Vec<i64>,
    posts: Vec<CorpusPost>,
}

/// Authors so far.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    authors: BTreeMap<String, Gathered>,
    posts: usize,
}

impl Gathering {
    pub(super) fn add(&mut self, row: Row, limits: &Limits) -> Result<(), String> {
        if self.posts >= limits.posts {
            return Err(format!("the corpus has more than {} posts", limits.posts));
        }
        if self.authors.len() >= limits.authors && !self.authors.contains_key(&row.author) {
            return Err(format!("the corpus has more than {} authors", limits.authors));
        }
        let author = self.authors.entry(row.author).or_default();
        *author.langs.entry(row.lang).or_default() += 1;
        *author.sources.entry(row.source).or_default() += 1;
        author.offsets.extend(row.offset_min);
        author.posts.push(CorpusPost { at_s: row.at_s, text: row.text, split: row.split });
        self.posts += 1;
        Ok(())
    }

    pub(super) fn finish(self) -> Vec<CorpusAuthor> {
        let author = |(name, mut gathered): (String, Gathered)| {
            gathered.posts.sort();
            gathered.offsets.sort_unstable();
            let middle = gathered.offsets.len() / 2;
            CorpusAuthor {
                name,
                lang: most_frequent(gathered.langs),
                source: most_frequent(gathered.sources),
                offset_min: gathered.offsets.get(middle).copied(),
                posts: gathered.posts,
            }
        };
        self.authors.into_iter().map(author).collect()
    }
}

/// The value that occurs most; among equals the first in the order of the alphabet.
fn most_frequent(values: BTreeMap<String, usize>) -> String {
    let better = |best: (String, usize), other: (String, usize)| {
        if other.1 > best.1 { other } else { best }
    };
    values.into_iter().reduce(better).map(|(value, _)| value).unwrap_or_default()
}
