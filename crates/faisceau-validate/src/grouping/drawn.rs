//! Populations drawn from corpora in which some hands hold several accounts.
//!
//! In: corpora, the words of an account, how many accounts, how many hands hold how many each, and
//! a number of the draw. Out: a population as [`super::plant`] makes it, and the accounts of one
//! hand after the first. Hands are drawn among the authors with enough words; all others hold one
//! account. `None` where there are too few authors.

use std::collections::BTreeSet;

use faisceau_model::AccountKey;
use faisceau_signals::SplitMix64;

use super::accounts::{Population, add, blocks, total};
use crate::corpus::{Corpus, CorpusAuthor};

const SEED: u64 = 0x6472_6177_6e5f_6f66;

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draw {
    /// Words of an account.
    pub words: usize,
    /// Accounts.
    pub accounts: usize,
    /// Hands that hold several.
    pub hands: usize,
    /// Accounts of each of these.
    pub each: usize,
    /// Number of the draw.
    pub number: usize,
}

/// A population, and its accounts that are not the first of their hand.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// The population.
    pub population: Population,
    /// The accounts of one hand after the first.
    pub further: BTreeSet<AccountKey>,
}

/// Draws a population.
pub fn drawn(corpora: &[&Corpus], draw: &Draw) -> Option<Drawn> {
    let authors = corpora.iter().enumerate();
    let mut authors: Vec<(usize, &CorpusAuthor)> = authors
        .flat_map(|(number, corpus)| corpus.authors.iter().map(move |author| (number, author)))
        .filter(|(_, author)| total(author) >= draw.words.max(1))
        .collect();
    let mut chance = SplitMix64::for_text(SEED, &draw.number.to_string());
    for at in (1..authors.len()).rev() {
        authors.swap(at, chance.below(at + 1));
    }
    let (mut chosen, mut rest) = (Vec::new(), Vec::new());
    for author in authors {
        let holds = chosen.len() < draw.hands && total(author.1) >= draw.each * draw.words;
        if holds { chosen.push((author, draw.each)) } else { rest.push((author, 1)) }
    }
    let singles = draw.accounts.checked_sub(draw.hands * draw.each)?;
    if chosen.len() < draw.hands || rest.len() < singles {
        return None;
    }
    chosen.extend(rest.into_iter().take(singles));
    let mut population = Population::default();
    let mut further = BTreeSet::new();
    for ((number, author), count) in chosen {
        for (block, posts) in blocks(author, count, draw.words).into_iter().enumerate() {
            let key = add(&mut population, (number, author), block, &posts);
            if block > 0 {
                further.insert(key);
            }
        }
    }
    population.accounts.sort();
    Some(Drawn { population, further })
}

impl Drawn {
    /// The same without the further accounts: everybody holds one.
    #[must_use]
    pub fn without_further(&self) -> Population {
        let mut population = self.population.clone();
        population.accounts.retain(|account| !self.further.contains(account));
        population.posts.retain(|post| !self.further.contains(&post.account));
        population.holders.retain(|account, _| !self.further.contains(account));
        population
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Limits;

    fn corpus(authors: usize) -> Corpus {
        let mut csv = "author,timestamp_utc,text,lang\n".to_owned();
        for author in 0..authors {
            for post in 0..if author % 2 == 0 { 20 } else { 4 } {
                let row = format!("a{author:02},2020-01-01T{post:02}:00:00Z,n{post} is here,en\n");
                csv.push_str(&row);
            }
        }
        Corpus::read(csv.as_bytes(), &Limits::default()).unwrap()
    }

    #[test]
    fn hands_hold_what_was_asked_and_all_others_one() {
        let corpus = corpus(12);
        let draw = Draw { words: 6, accounts: 12, hands: 2, each: 3, number: 1 };
        let drawn = drawn(&[&corpus], &draw).unwrap();
        let population = &drawn.population;
        assert_eq!((population.accounts.len(), population.authors()), (12, 8));
        assert_eq!((population.true_pairs(), drawn.further.len()), (6, 4));
        let alone = drawn.without_further();
        assert_eq!((alone.accounts.len(), alone.true_pairs()), (8, 0));
        assert!(alone.posts.iter().all(|post| alone.accounts.contains(&post.account)));
    }

    #[test]
    fn a_draw_is_the_same_each_time_and_another_is_another() {
        let corpus = corpus(12);
        let of = |number| {
            let draw = Draw { words: 6, accounts: 5, hands: 1, each: 2, number };
            drawn(&[&corpus], &draw).unwrap().population.holders
        };
        assert_eq!(of(1), of(1));
        assert_ne!(of(1), of(2));
    }

    #[test]
    fn too_few_authors_give_none() {
        let draw = Draw { words: 6, accounts: 30, hands: 1, each: 2, number: 0 };
        assert!(drawn(&[&corpus(12)], &draw).is_none());
        let crowded = Draw { accounts: 5, hands: 2, each: 3, ..draw };
        assert!(drawn(&[&corpus(12)], &crowded).is_none());
    }
}
