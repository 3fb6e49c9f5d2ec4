//! What one account wrote, ready to be cut to any number of words.
//!
//! In: posts in any order. Out: for each account its masked passages in order of time. A sample
//! of n words spreads over the whole time that the account was active, and a larger sample holds
//! the smaller ones.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, Maybe, PostKind, RowId};
use rayon::prelude::*;

use super::copied::Copied;
use super::habits::client::commonest;
use super::mask::{collapsed, count_words, first_words, masked_lines};
use crate::language::language;

/// One post, masked.
#[derive(Debug, Clone)]
pub(crate) struct Passage {
    /// The post, where it is one of the case.
    post: Option<RowId>,
    /// One space between words.
    text: Box<str>,
    /// White space and line breaks as written, where that differs.
    written: Option<Box<str>>,
    words: usize,
}

impl Passage {
    fn new(lines: &[String], post: Option<RowId>) -> Self {
        let text = collapsed(lines);
        let written = Some(lines.join("\n")).filter(|written| *written != text);
        let words = count_words(&text);
        Self { post, text: text.into(), written: written.map(Into::into), words }
    }

    fn as_written(&self) -> &str {
        self.written.as_deref().unwrap_or(&self.text)
    }

    /// Words of it.
    pub(crate) fn words(&self) -> usize {
        self.words
    }

    pub(crate) fn of_text(text: &str) -> Self {
        Self::new(&masked_lines(text), None)
    }
}

/// The passages of one account.
#[derive(Debug, Clone)]
pub(crate) struct Writing {
    /// The account, or the name of a reference author.
    pub(crate) key: String,
    /// Two-letter code, or `und`.
    pub(crate) language: String,
    passages: Vec<Passage>,
    words: usize,
    /// Numbers of the accounts with which a line is shared.
    pub(crate) copied_with: BTreeSet<usize>,
    /// Threads written in and persons addressed.
    pub(crate) subjects: BTreeSet<String>,
    /// The client that most posts declare.
    pub(crate) client: Option<String>,
}

impl Writing {
    pub(crate) fn new(key: String, language: String, passages: Vec<Passage>) -> Self {
        let words = passages.iter().map(|passage| passage.words).sum();
        Self {
            key,
            language,
            passages,
            words,
            copied_with: BTreeSet::new(),
            subjects: BTreeSet::new(),
            client: None,
        }
    }

    /// Words in all.
    pub(crate) fn words(&self) -> usize {
        self.words
    }

    /// Passages of about `words` words, never more than a quarter above.
    pub(crate) fn sample(&self, words: usize) -> Vec<&str> {
        self.taken(words).map(|(passage, room)| first_words(&passage.text, room)).collect()
    }

    /// The same passages with white space and line breaks as written.
    pub(crate) fn sample_as_written(&self, words: usize) -> Vec<&str> {
        self.taken(words).map(|(passage, room)| first_words(passage.as_written(), room)).collect()
    }

    /// The posts of these passages.
    pub(super) fn sample_posts(&self, words: usize) -> Vec<Option<&RowId>> {
        self.taken(words).map(|(passage, _)| passage.post.as_ref()).collect()
    }

    /// The passages of a sample, each with the words that it may fill.
    fn taken(&self, words: usize) -> impl Iterator<Item = (&Passage, usize)> {
        let mut taken = 0;
        spread(self.passages.len()).map_while(move |index| {
            let passage = self.passages.get(index).filter(|_| taken < words)?;
            let room = words + words / 4 - taken;
            taken += passage.words.min(room);
            Some((passage, room))
        })
    }
}

/// The passages up to `words` words, in the order given.
pub(crate) fn limit_words(passages: impl Iterator<Item = Passage>, words: usize) -> Vec<Passage> {
    let mut taken = 0;
    passages
        .take_while(|passage| {
            let goes_on = taken < words;
            taken += passage.words;
            goes_on
        })
        .collect()
}

/// The numbers below `count` in bit-reversed order: every start of it is spread evenly.
fn spread(count: usize) -> impl Iterator<Item = usize> {
    let bits = usize::BITS - count.saturating_sub(1).leading_zeros();
    let shift = usize::BITS - bits;
    (0..1_usize << bits)
        .map(move |index| if bits == 0 { index } else { index.reverse_bits() >> shift })
        .filter(move |&index| index < count)
}

/// What each account of the case wrote, in the order of the accounts.
pub(crate) fn writings(posts: &[Post]) -> Vec<(AccountKey, Writing)> {
    let mut by_account = BTreeMap::<&AccountKey, Vec<&Post>>::new();
    for post in posts.iter().filter(|post| post.kind != PostKind::Forwarded) {
        if matches!(post.text, Maybe::Known(_)) {
            by_account.entry(&post.account).or_default().push(post);
        }
    }
    for posts in by_account.values_mut() {
        posts.sort_by_key(|post| (post.at.known().map(|at| at.at_us()), &post.id));
    }
    let by_account: Vec<(&AccountKey, Vec<&Post>)> = by_account.into_iter().collect();
    let lines: Vec<Vec<Vec<String>>> = by_account
        .par_iter()
        .map(|(_, posts)| {
            let texts = posts.iter().filter_map(|post| post.text.known());
            texts.map(|text| masked_lines(text)).collect()
        })
        .collect();
    let copied = Copied::among(lines.iter().enumerate().flat_map(|(account, posts)| {
        posts.iter().flatten().map(move |line| (account, line.as_str()))
    }));
    let accounts = by_account.into_par_iter().zip(lines).enumerate();
    accounts
        .map(|(number, ((key, posts), lines))| one(number, key, &posts, lines, &copied))
        .collect()
}

fn one(
    number: usize,
    key: &AccountKey,
    posts: &[&Post],
    lines: Vec<Vec<String>>,
    copied: &Copied,
) -> (AccountKey, Writing) {
    let declared = posts.iter().filter_map(|post| post.lang.known()).map(String::as_str);
    let language = language(lines.iter().flatten().map(String::as_str), declared);
    let mut copied_with = BTreeSet::new();
    let mut passages = Vec::with_capacity(lines.len());
    for (mut lines, post) in lines.into_iter().zip(posts) {
        lines.retain(|line| match copied.holders(line) {
            Some(holders) => {
                copied_with.extend(holders.iter().copied().filter(|&holder| holder != number));
                false
            }
            None => true,
        });
        if !lines.is_empty() {
            passages.push(Passage::new(&lines, Some(post.id.clone())));
        }
    }
    let mut writing = Writing::new(key.as_str().to_owned(), language, passages);
    writing.copied_with = copied_with;
    let named = posts.iter().flat_map(|post| [post.thread.known(), post.target.known()]);
    writing.subjects = named.flatten().cloned().collect();
    let clients = posts.iter().filter_map(|post| post.client.known());
    writing.client = commonest(clients.map(String::as_str)).map(str::to_owned);
    (key.clone(), writing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_spread_nested_and_bounded() {
        let passages = (0..40).map(|n| Passage::of_text(&format!("mot{n} a b c"))).collect();
        let writing = Writing::new("x:1".into(), "fr".into(), passages);
        assert_eq!(writing.words(), 160);
        let small = writing.sample(16);
        assert_eq!(small, ["mot0 a b c", "mot32 a b c", "mot16 a b c", "mot8 a b c"]);
        assert_eq!(writing.sample(32)[..4], small[..]);
        let long =
            Writing::new("x:2".into(), "fr".into(), vec![Passage::of_text(&"a ".repeat(500))]);
        assert_eq!(count_words(&long.sample(100).concat()), 125);
    }

    #[test]
    fn the_spread_order_holds_every_number_once() {
        for count in 0..70 {
            let mut order: Vec<usize> = spread(count).collect();
            order.sort_unstable();
            assert_eq!(order, (0..count).collect::<Vec<_>>());
        }
    }
}
