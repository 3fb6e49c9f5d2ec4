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
