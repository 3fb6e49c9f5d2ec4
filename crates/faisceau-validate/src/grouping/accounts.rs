//! Accounts planted from the histories of a corpus.
//!
//! In: corpora and the words that an account gets. Out: accounts with their posts and their
//! holders. The authors with enough words hold one, two, three, four accounts in turn, fewer where
//! their words do not suffice; those with one account are the decoys. Each account is a block of
//! time: the history is cut into equal parts, and an account takes the first messages of its part.

use std::collections::BTreeMap;

use faisceau_model::rows::Post;
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Moment, Place};
use faisceau_signals::{Author, SplitMix64};

use crate::corpus::{Corpus, CorpusAuthor, CorpusPost};

/// Most accounts of one author.
const MOST_ACCOUNTS: usize = 4;
/// One author in so many is set apart, where that is asked.
const APART: usize = 5;
const SEED: u64 = 0x6163_636f_756e_7473;
/// The platform of a corpus that names no site.
const PLATFORM: &str = "site";

/// Accounts whose holders are known.
#[derive(Debug, Clone, Default)]
pub struct Population {
    /// The accounts.
    pub accounts: Vec<AccountKey>,
    /// Their posts.
    pub posts: Vec<Post>,
    /// The holder of each account: number of the corpus and name of the author.
    pub holders: BTreeMap<AccountKey, (usize, String)>,
    /// Authors set apart: they hold no account and can show a reference what is common in their
    /// language.
    pub apart: Vec<Author>,
}

impl Population {
    /// Whether one author holds both accounts.
    pub fn same_hand(&self, a: &AccountKey, b: &AccountKey) -> bool {
        self.holders.get(a).is_some_and(|holder| self.holders.get(b) == Some(holder))
    }

    /// How many authors there are.
    pub fn authors(&self) -> usize {
        self.held().len()
    }

    /// Pairs of accounts that one author holds.
    pub fn true_pairs(&self) -> usize {
        self.held().values().map(|&n| n * (n - 1) / 2).sum()
    }

    fn held(&self) -> BTreeMap<&(usize, String), usize> {
        let mut held = BTreeMap::new();
        for holder in self.holders.values() {
            *held.entry(holder).or_default() += 1;
        }
        held
    }
}

/// Cuts the histories of corpora into accounts of at least `words` words. With `set_apart` one
/// author in five holds no account.
pub fn plant(corpora: &[&Corpus], words: usize, set_apart: bool) -> Population {
    let mut population = Population::default();
    for (number, corpus) in corpora.iter().enumerate() {
        let enough = |author: &&CorpusAuthor| total(author) >= words.max(1);
        for (at, author) in corpus.authors.iter().filter(enough).enumerate() {
            if set_apart && at % APART == APART - 1 {
                population.apart.push(whole(author));
                continue;
            }
            let wanted = at % MOST_ACCOUNTS + 1;
            let count = wanted.min(total(author) / words.max(1));
            for (block, posts) in blocks(author, count, words).into_iter().enumerate() {
                add(&mut population, (number, author), block, &posts);
            }
        }
    }
    population.accounts.sort();
    population
}

/// The sites of a corpus with at least `least` authors, in the order of the alphabet.
pub fn sites(corpus: &Corpus, least: usize) -> Vec<String> {
    let mut authors = BTreeMap::<&str, usize>::new();
    for author in &corpus.authors {
        *authors.entry(&author.source).or_default() += 1;
    }
    let large = authors.into_iter().filter(|(_, count)| *count >= least);
    large.map(|(site, _)| site.to_owned()).collect()
}

/// The authors of one site alone.
pub fn of_site(corpus: &Corpus, site: &str) -> Corpus {
    let authors = corpus.authors.iter().filter(|author| author.source == site);
    Corpus { authors: authors.cloned().collect(), rejects: corpus.rejects.clone() }
}

pub(super) fn add(
    population: &mut Population,
    (corpus, author): (usize, &CorpusAuthor),
    block: usize,
    posts: &[&CorpusPost],
) -> AccountKey {
    let platform = if author.source.is_empty() { PLATFORM } else { &author.source };
    // A name that tells nothing of its holder.
    let name = format!("{corpus}/{}/{block}", author.name);
    let id = format!("{:016x}", SplitMix64::for_text(SEED, &name).next());
    let key = AccountKey::by_id(platform, &id);
    for post in posts {
        let place = Place::Line { number: population.posts.len() as u64 + 1, byte: 0 };
        population.posts.push(Post {
            at: Maybe::or_absent(Moment::from_unix_seconds(post.at_s), Absent::Unreadable),
            text: Maybe::Known(post.text.clone()),
            ..Post::new(ExhibitNo::top(1), &place, 0, key.clone())
        });
    }
    population.holders.insert(key.clone(), (corpus, author.name.clone()));
    population.accounts.push(key.clone());
    key
}

/// The messages of each account. An account that ends up with too few words is left out.
pub(super) fn blocks(author: &CorpusAuthor, count: usize, words: usize) -> Vec<Vec<&CorpusPost>> {
    let all = total(author);
    let mut blocks = Vec::with_capacity(count);
    let mut posts = author.posts.iter();
    let mut before = 0;
    for block in 0..count {
        let (mut taken, mut own) = (Vec::new(), 0);
        let start = block * all / count.max(1);
        while own < words {
            let Some(post) = posts.next() else { break };
            let length = words_of(&post.text);
            if before >= start {
                taken.push(post);
                own += length;
            }
            before += length;
        }
        if own >= words {
            blocks.push(taken);
        }
    }
    blocks
}

pub(super) fn total(author: &CorpusAuthor) -> usize {
    author.posts.iter().map(|post| words_of(&post.text)).sum()
}

fn words_of(text: &str) -> usize {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).count()
}

fn whole(author: &CorpusAuthor) -> Author {
    let texts: Vec<String> = author.posts.iter().map(|post| post.text.clone()).collect();
    Author {
        author: author.name.clone(),
        lang: author.lang.clone(),
        source: author.source.clone(),
        halves: [texts, Vec::new()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Limits;

    fn corpus(authors: usize, posts: usize) -> Corpus {
        let mut csv = "author,timestamp_utc,text,lang\n".to_owned();
        for author in 0..authors {
            for post in 0..posts {
                let row = format!("a{author:02},2020-01-01T{post:02}:00:00Z,n{post} is here,en\n");
                csv.push_str(&row);
            }
        }
        Corpus::read(csv.as_bytes(), &Limits::default()).unwrap()
    }

    #[test]
    fn authors_hold_one_to_four_accounts_in_turn() {
        let planted = plant(&[&corpus(8, 20)], 6, false);
        assert_eq!((planted.accounts.len(), planted.authors(), planted.true_pairs()), (20, 8, 20));
        assert!(planted.accounts.is_sorted_by(|a, b| a < b), "each once");
        // Two messages of three words each, from every part of the history.
        assert_eq!(planted.posts.len(), 40);
        let texts = |holder: &str| -> Vec<&str> {
            let own = |post: &&Post| planted.holders[&post.account].1 == holder;
            let posts = planted.posts.iter().filter(own);
            posts.filter_map(|post| post.text.known().map(String::as_str)).collect()
        };
        assert_eq!(texts("a01"), ["n0 is here", "n1 is here", "n10 is here", "n11 is here"]);
    }

    #[test]
    fn few_words_make_fewer_accounts_or_none() {
        let planted = plant(&[&corpus(4, 5)], 6, false);
        assert_eq!(planted.accounts.len(), 1 + 2 + 2 + 2);
        assert!(plant(&[&corpus(4, 5)], 16, false).accounts.is_empty());
    }

    #[test]
    fn a_site_alone() {
        let mut corpus = corpus(5, 2);
        corpus.authors[1].source = "forum".into();
        corpus.authors[3].source = "forum".into();
        assert_eq!((sites(&corpus, 3), sites(&corpus, 4)), (vec![String::new()], vec![]));
        assert_eq!(of_site(&corpus, "forum").authors.len(), 2);
    }

    #[test]
    fn one_in_five_is_set_apart() {
        let planted = plant(&[&corpus(10, 20)], 6, true);
        assert_eq!((planted.authors(), planted.apart.len()), (8, 2));
        assert_eq!(planted.apart[0].author, "a04");
    }
}
