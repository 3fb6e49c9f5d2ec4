//! What one account posted, counted once for all its links.
//!
//! In: its posts and the rows of `accounts` that show it. Out: period, subjects, kinds, rhythm.
//! Forwarded posts are somebody else's words: they count for no text.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::{Account, Post};
use faisceau_model::{AccountKey, PostKind};

use super::scheduled_posts::Rhythm;

/// Where a post was said: thread and person addressed.
pub(super) type Subject<'a> = (Option<&'a str>, Option<&'a str>);

/// One account.
#[derive(Debug, Default)]
pub(super) struct History<'a> {
    /// Its own posts, the dated first, in the order of time, then of id.
    pub(super) posts: Vec<&'a Post>,
    /// First and last second of its dated posts.
    pub(super) period: Option<(i64, i64)>,
    /// Words of its own texts by subject.
    pub(super) subjects: BTreeMap<Subject<'a>, usize>,
    /// The threads and persons that it wrote in or to.
    pub(super) names: BTreeSet<&'a str>,
    /// Words of its own texts.
    pub(super) words: usize,
    /// Posts by kind.
    pub(super) kinds: BTreeMap<PostKind, usize>,
    /// Median of the words of a post that has words.
    pub(super) median_words: Option<usize>,
    /// Declared clients, with the number of posts.
    pub(super) clients: BTreeMap<&'a str, usize>,
    /// Seconds of its dated public posts, in order.
    pub(super) public: Vec<i64>,
    /// Its rhythm.
    pub(super) rhythm: Rhythm,
    /// Earliest creation that an exhibit states, in seconds.
    pub(super) created: Option<i64>,
    /// Rows of `accounts`.
    pub(super) rows: Vec<&'a Account>,
}

impl<'a> History<'a> {
    /// Counts. The order of the posts and rows does not matter.
    pub(super) fn of(mut posts: Vec<&'a Post>, mut rows: Vec<&'a Account>) -> Self {
        posts.sort_by_key(|post| {
            let at = post.at.known().map(|at| at.at_us());
            (at.is_none(), at, &post.id)
        });
        rows.sort_by_key(|row| &row.id);
        let mut history = Self { rows, ..Self::default() };
        let created = history.rows.iter().filter_map(|row| row.created.known());
        history.created = created.map(|at| at.at_s()).min();
        let mut lengths = Vec::new();
        for post in &posts {
            if let Some(at) = post.at.known().map(|at| at.at_s()) {
                history.period =
                    Some(history.period.map_or((at, at), |(from, to)| (from.min(at), to.max(at))));
            }
            if let Some(client) = post.client.known() {
                *history.clients.entry(client).or_default() += 1;
            }
            if post.kind == PostKind::Forwarded {
                continue;
            }
            *history.kinds.entry(post.kind).or_default() += 1;
            if post.kind == PostKind::Public {
                history.public.extend(post.at.known().map(|at| at.at_s()));
            }
            let words = post.text.known().map_or(0, |text| words(text));
            if words > 0 {
                let named =
                    |value: &'a faisceau_model::Maybe<String>| value.known().map(String::as_str);
                let subject = (named(&post.thread), named(&post.target));
                history.names.extend([subject.0, subject.1].into_iter().flatten());
                *history.subjects.entry(subject).or_default() += words;
                history.words += words;
                lengths.push(words);
            }
        }
        lengths.sort_unstable();
        history.median_words = lengths.get(lengths.len() / 2).copied();
        history.public.sort_unstable();
        history.rhythm = Rhythm::of(&posts, &history.clients);
        history.posts = posts;
        history
    }

    /// The kind of most of its posts; of equals the first of the vocabulary.
    pub(super) fn usual_kind(&self) -> Option<PostKind> {
        let best = self.kinds.iter().max_by_key(|(kind, n)| (**n, std::cmp::Reverse(**kind)));
        best.map(|(kind, _)| *kind)
    }

    /// Words said where one of these names stands.
    pub(super) fn words_in(&self, names: &BTreeSet<&str>) -> usize {
        let inside = |(thread, target): &Subject<'_>| {
            [thread, target].into_iter().flatten().any(|name| names.contains(name))
        };
        self.subjects.iter().filter(|(subject, _)| inside(subject)).map(|(_, words)| words).sum()
    }

    /// When it began: its creation, or its first post.
    pub(super) fn began(&self) -> Option<i64> {
        self.created.or(self.period.map(|(first, _)| first))
    }
}

/// Words of a text: runs of letters, as the signals count them.
pub(super) fn words(text: &str) -> usize {
    text.split(|c: char| !c.is_alphabetic()).filter(|run| !run.is_empty()).count()
}

/// The histories of the accounts wanted.
pub(super) fn histories<'a>(
    wanted: &BTreeSet<&'a AccountKey>,
    posts: &'a [Post],
    accounts: &'a [Account],
) -> BTreeMap<&'a AccountKey, History<'a>> {
    let mut all: BTreeMap<&AccountKey, (Vec<&Post>, Vec<&Account>)> =
        wanted.iter().map(|key| (*key, Default::default())).collect();
    for post in posts {
        if let Some((posts, _)) = all.get_mut(&post.account) {
            posts.push(post);
        }
    }
    for row in accounts {
        if let Some((_, rows)) = all.get_mut(&row.account) {
            rows.push(row);
        }
    }
    all.into_iter().map(|(key, (posts, rows))| (key, History::of(posts, rows))).collect()
}
