//! Passages that two accounts have in common, word for word or nearly.
//!
//! In: what accounts posted. Out: for a pair, the lines that both hold and the posts of one that
//! are near copies of the other's, with who had them first. A line counts from 20 letters and
//! digits on, as in the signals, which leave such lines out of what they compare. A near copy is a
//! post of which half of the sketch (the eight least hashes of its runs of five words; Broder,
//! 1997) stands in the other's posts, without a common line: the signals do not see it.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, PostKind};

use super::history::{History, words};

/// Letters and digits that a line must hold before a repetition counts as a copy.
const LEAST_CHARACTERS: usize = 20;
/// Words of a run.
const RUN: usize = 5;
/// Hashes of the sketch of a post.
const SKETCH: usize = 8;
/// Words of a post below which it has no sketch.
const LEAST_WORDS: usize = 12;
/// Most lines and most hashes of sketches held of one account that others hold as well.
const MOST_SHARED: usize = 5000;

/// A line, with when the account first had it and how many words of its posts are in it.
#[derive(Debug, Clone, Copy)]
struct Held<'a> {
    hash: u64,
    first: Option<i64>,
    words: usize,
    post: &'a Post,
}

/// A post with a sketch.
#[derive(Debug, Clone)]
struct Sketched<'a> {
    post: &'a Post,
    at: Option<i64>,
    size: usize,
    lines: Vec<u64>,
}

#[derive(Debug, Default)]
struct Account<'a> {
    lines: Vec<Held<'a>>,
    posts: Vec<Sketched<'a>>,
    /// Hashes of sketches with the number of the post, in the order of the hash.
    sketches: Vec<(u64, usize)>,
    /// Each hash once, with the earliest time of a post that has it.
    earliest: Vec<(u64, Option<i64>)>,
}

/// What the accounts hold that more than one of them holds.
#[derive(Debug)]
pub(super) struct Passages<'a>(BTreeMap<&'a AccountKey, Account<'a>>);

/// What two accounts have in common.
#[derive(Debug, Default)]
pub(super) struct Common<'a> {
    /// Lines that both hold.
    pub(super) lines: usize,
    /// Words of each that stand in such lines.
    pub(super) words: [usize; 2],
    /// Posts of each that are near copies of the other's.
    pub(super) near: [usize; 2],
    /// Lines and near copies of each that the other had before.
    pub(super) after: [usize; 2],
    /// The first posts that show it, of one and of the other.
    pub(super) posts: Vec<&'a Post>,
}

impl<'a> Passages<'a> {
    pub(super) fn of(histories: &BTreeMap<&'a AccountKey, History<'a>>) -> Self {
        let mut all: BTreeMap<&AccountKey, Account<'_>> =
            histories.iter().map(|(key, history)| (*key, account(history))).collect();
        let lines = held_by_several(all.values().map(|own| own.lines.iter().map(|l| l.hash)));
        let sketches =
            held_by_several(all.values().map(|own| own.sketches.iter().map(|(hash, _)| *hash)));
        for own in all.values_mut() {
            own.lines.retain(|line| lines.binary_search(&line.hash).is_ok());
            own.lines.truncate(MOST_SHARED);
            own.sketches.retain(|(hash, _)| sketches.binary_search(hash).is_ok());
            own.sketches.truncate(MOST_SHARED);
            let posts = &own.posts;
            let time = |number: usize| posts.get(number).and_then(|post| post.at);
            let earliest = |same: &[(u64, usize)]| {
                let (hash, _) = same.first()?;
                Some((*hash, same.iter().filter_map(|(_, number)| time(*number)).min()))
            };
            let hashes = own.sketches.chunk_by(|x, y| x.0 == y.0);
            own.earliest = hashes.filter_map(earliest).collect();
        }
        Self(all)
    }

    /// What two accounts have in common.
    pub(super) fn common(&self, a: &AccountKey, b: &AccountKey) -> Common<'a> {
        let mut common = Common::default();
        let (Some(a), Some(b)) = (self.0.get(a), self.0.get(b)) else { return common };
        let mut lines = BTreeSet::new();
        for own in &a.lines {
            let Ok(at) = b.lines.binary_search_by_key(&own.hash, |line| line.hash) else {
                continue;
            };
            let Some(other) = b.lines.get(at) else { continue };
            lines.insert(own.hash);
            common.lines += 1;
            common.words[0] += own.words;
            common.words[1] += other.words;
            if let (Some(x), Some(y)) = (own.first, other.first) {
                common.after[0] += usize::from(x > y);
                common.after[1] += usize::from(y > x);
            }
            if common.posts.len() < 4 {
                common.posts.extend([own.post, other.post]);
            }
        }
        for (side, own, other) in [(0, a, b), (1, b, a)] {
            let near = near_copies(own, other, &lines);
            common.near[side] = near.len();
            common.after[side] += near.iter().filter(|(_, later)| *later).count();
            common.posts.extend(near.iter().take(2).map(|(post, _)| *post));
        }
        common
    }
}

/// The posts of one that are near copies of the other's, and whether the other had it before.
fn near_copies<'a>(
    own: &Account<'a>,
    other: &Account<'a>,
    lines: &BTreeSet<u64>,
) -> Vec<(&'a Post, bool)> {
    let mut hits = BTreeMap::<usize, (usize, Option<i64>)>::new();
    for (hash, number) in &own.sketches {
        let Ok(at) = other.earliest.binary_search_by_key(hash, |(held, _)| *held) else { continue };
        let earliest = other.earliest.get(at).and_then(|(_, earliest)| *earliest);
        let hit = hits.entry(*number).or_default();
        hit.0 += 1;
        hit.1 = [hit.1, earliest].into_iter().flatten().min();
    }
    let near = hits.into_iter().filter_map(|(number, (count, earliest))| {
        let post = own.posts.get(number)?;
        let exact = post.lines.iter().any(|line| lines.contains(line));
        let later = post.at.zip(earliest).is_some_and(|(at, earliest)| at > earliest);
        (!exact && count * 2 >= post.size).then_some((post.post, later))
    });
    near.collect()
}

fn account<'a>(history: &History<'a>) -> Account<'a> {
    let mut lines = BTreeMap::<u64, Held<'a>>::new();
    let mut own = Account::default();
    for &post in history.posts.iter().filter(|post| post.kind != PostKind::Forwarded) {
        let Some(text) = post.text.known() else { continue };
        let at = post.at.known().map(|at| at.at_s());
        let mut hashes = Vec::new();
        let mut all = Vec::new();
        // Quoted lines are somebody else's.
        for line in text.lines().map(str::trim).filter(|line| !line.starts_with(['>', '»'])) {
            all.extend(line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()));
            if let Some(hash) = line_hash(line) {
                hashes.push(hash);
                let held = lines.entry(hash);
                let held = held.or_insert(Held { hash, first: at, words: 0, post });
                held.words += words(line);
            }
        }
        let sketch = sketch(&all);
        if !sketch.is_empty() {
            let number = own.posts.len();
            own.sketches.extend(sketch.iter().map(|hash| (*hash, number)));
            own.posts.push(Sketched { post, at, size: sketch.len(), lines: hashes });
        }
    }
    own.lines = lines.into_values().collect();
    own.sketches.sort_unstable();
    own
}

/// The hash of a line in lower case, letters and digits only; `None` for a short line.
fn line_hash(line: &str) -> Option<u64> {
    let letters = || line.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    let long = letters().nth(LEAST_CHARACTERS - 1).is_some();
    long.then(|| letters().fold(EMPTY, hash))
}

/// The least hashes of the runs of words, in order; none for a short text.
fn sketch(all: &[&str]) -> Vec<u64> {
    if all.len() < LEAST_WORDS {
        return Vec::new();
    }
    let run = |run: &[&str]| {
        let words =
            run.iter().flat_map(|word| word.chars().flat_map(char::to_lowercase).chain([' ']));
        words.fold(EMPTY, hash)
    };
    let hashes: BTreeSet<u64> = all.windows(RUN).map(run).collect();
    hashes.into_iter().take(SKETCH).collect()
}

/// 64-bit FNV-1a over code points; nothing here keeps anybody from making two texts collide, who
/// could as well write the same text.
const EMPTY: u64 = 0xcbf2_9ce4_8422_2325;

fn hash(state: u64, c: char) -> u64 {
    (state ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3)
}

/// The hashes that several lists hold, in order.
fn held_by_several<I: Iterator<Item = u64>>(lists: impl Iterator<Item = I>) -> Vec<u64> {
    let numbered = lists.enumerate().flat_map(|(n, list)| list.map(move |hash| (hash, n)));
    let mut held: Vec<(u64, usize)> = numbered.collect();
    held.sort_unstable();
    held.dedup();
    let several = held.chunk_by(|x, y| x.0 == y.0).filter(|same| same.len() > 1);
    several.filter_map(|same| same.first()).map(|(hash, _)| *hash).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_line_is_no_copy_and_case_and_spaces_do_not_matter() {
        assert_eq!(line_hash("bonjour à tous"), None);
        assert!(line_hash("Tout le monde sait ce que tu as fait").is_some());
        assert_eq!(
            line_hash("Tout le monde sait ce que tu as fait !"),
            line_hash("tout le  monde sait CE que tu as fait")
        );
    }

    #[test]
    fn one_word_changed_leaves_most_of_a_sketch() {
        let text = "tu ne sais pas encore ce qui va se passer lundi devant le portail quand tout \
            le monde sera là pour te voir pleurer comme tous les autres jours de la semaine";
        let changed = text.replace("portail", "lycée");
        let of = |text: &str| sketch(&text.split(' ').collect::<Vec<_>>());
        let (one, other) = (of(text), of(&changed));
        let common = one.iter().filter(|hash| other.contains(hash)).count();
        assert!(common * 2 >= SKETCH, "{common}");
        assert!(sketch(&["a"; 11]).is_empty());
    }
}
