//! The two sides of an author's history.
//!
//! In: an author. Out: two lists of posts in the order of time. Halves: before and after the
//! author's cut, which is the corpus's own where every post has one, else the median post. Days:
//! even and odd days since 1970, as two accounts that are used side by side.

use crate::corpus::{CorpusAuthor, CorpusPost, Split};

/// How a history becomes two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cut {
    /// At the median post: one account after another.
    Halves,
    /// By alternate days: two accounts in turn.
    Days,
}

impl Cut {
    /// The name in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Halves => "halves",
            Self::Days => "days",
        }
    }
}

/// Both sides of a history.
pub fn sides(author: &CorpusAuthor, cut: Cut) -> [Vec<&CorpusPost>; 2] {
    let posts = author.posts.iter();
    let (first, second) = match cut {
        Cut::Days => posts.partition(|post| post.at_s.div_euclid(86_400).rem_euclid(2) == 0),
        Cut::Halves if author.posts.iter().all(|post| post.split.is_some()) => {
            posts.partition(|post| post.split == Some(Split::A))
        }
        Cut::Halves => {
            let (first, second) = author.posts.split_at(author.posts.len() / 2);
            (first.iter().collect(), second.iter().collect())
        }
    };
    [first, second]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn author(splits: [Option<Split>; 4]) -> CorpusAuthor {
        let post = |(n, split): (usize, Option<Split>)| CorpusPost {
            at_s: n as i64 * 86_400,
            text: n.to_string(),
            split,
        };
        CorpusAuthor {
            name: "a".into(),
            lang: "fr".into(),
            source: String::new(),
            offset_min: None,
            posts: splits.into_iter().enumerate().map(post).collect(),
        }
    }

    fn texts(author: &CorpusAuthor, cut: Cut) -> [String; 2] {
        sides(author, cut).map(|side| side.iter().map(|post| post.text.as_str()).collect())
    }

    #[test]
    fn a_history_is_cut_where_the_corpus_says_or_at_the_median() {
        let (a, b) = (Some(Split::A), Some(Split::B));
        assert_eq!(texts(&author([a, a, a, b]), Cut::Halves), ["012", "3"]);
        assert_eq!(texts(&author([a, a, None, b]), Cut::Halves), ["01", "23"]);
        assert_eq!(texts(&author([a, a, a, b]), Cut::Days), ["02", "13"]);
    }
}
