//! Who was where in which hour: threads, persons addressed, hashtags.
//!
//! In: posts. Out: for each account the cells (object, hour) that it was in, and for each cell how
//! many accounts were. Posts whose hour is not certain are left out.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::AccountKey;
use faisceau_model::rows::Post;

/// Hashtags taken from one post.
const MOST_TAGS: usize = 30;

/// An object in an hour, by numbers.
type Cell = (usize, i64);

/// The cells.
#[derive(Debug)]
pub(super) struct Events<'a> {
    by_account: BTreeMap<&'a AccountKey, BTreeMap<Cell, &'a Post>>,
    accounts_in: BTreeMap<Cell, usize>,
}

/// An hour in which two accounts were at one place.
pub(super) struct Meeting<'a> {
    /// Other accounts that were there in that hour.
    pub(super) others: usize,
    /// The first post of each there.
    pub(super) posts: [&'a Post; 2],
}

impl<'a> Events<'a> {
    pub(super) fn of(posts: &'a [Post]) -> Self {
        let names: BTreeSet<String> = posts.iter().flat_map(objects).collect();
        let numbers: BTreeMap<String, usize> =
            names.into_iter().enumerate().map(|(n, name)| (name, n)).collect();
        let mut by_account = BTreeMap::<&AccountKey, BTreeMap<Cell, &Post>>::new();
        for post in posts {
            let Some(at) = post.at.known().filter(|at| at.feeds_timing()) else { continue };
            let hour = at.at_s().div_euclid(3600);
            for object in objects(post) {
                let Some(&number) = numbers.get(&object) else { continue };
                let own = by_account.entry(&post.account).or_default();
                let first = own.entry((number, hour)).or_insert(post);
                if (post.at.known().map(|at| at.at_us()), &post.id)
                    < (first.at.known().map(|at| at.at_us()), &first.id)
                {
                    *first = post;
                }
            }
        }
        let mut accounts_in = BTreeMap::new();
        for cell in by_account.values().flat_map(BTreeMap::keys) {
            *accounts_in.entry(*cell).or_insert(0) += 1;
        }
        Self { by_account, accounts_in }
    }

    /// The hours in which two accounts were at one place, in the order of objects and hours.
    pub(super) fn meetings(&self, a: &AccountKey, b: &AccountKey) -> Vec<Meeting<'a>> {
        let (Some(a), Some(b)) = (self.by_account.get(a), self.by_account.get(b)) else {
            return Vec::new();
        };
        let (few, many, swapped) = if a.len() <= b.len() { (a, b, false) } else { (b, a, true) };
        let meeting = |(cell, own): (&Cell, &&'a Post)| {
            let other = many.get(cell)?;
            let all = self.accounts_in.get(cell).copied().unwrap_or(2);
            let posts = if swapped { [*other, *own] } else { [*own, *other] };
            Some(Meeting { others: all.saturating_sub(2), posts })
        };
        few.iter().filter_map(meeting).collect()
    }
}

/// The objects that a post is about; a thread, a person and a hashtag of one name stay three.
fn objects(post: &Post) -> Vec<String> {
    let platform = post.account.platform();
    let thread = post.thread.known().map(|thread| format!("t {platform} {thread}"));
    let target = post.target.known().map(|target| format!("p {platform} {target}"));
    let tags = post.text.known().map(|text| hashtags(text)).unwrap_or_default();
    thread.into_iter().chain(target).chain(tags).collect()
}

/// The hashtags of a text in lower case.
fn hashtags(text: &str) -> BTreeSet<String> {
    let word = |word: &str| {
        let tag = word.strip_prefix('#')?;
        let tag: String = tag.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        (tag.chars().nth(1).is_some()).then(|| format!("# {}", tag.to_lowercase()))
    };
    text.split_whitespace().filter_map(word).take(MOST_TAGS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashtags_end_at_punctuation() {
        let tags: Vec<String> = hashtags("oui #Lycée, #a #b_2! et#non").into_iter().collect();
        assert_eq!(tags, ["# b_2", "# lycée"]);
    }
}
