//! What a system is given: the two sides of every author.
//!
//! In: a corpus, a cut, a scope, an amount of material. Out: authors whose numbers are their
//! places in the corpus, so that all systems have the same folds.

use std::collections::BTreeSet;

use faisceau_signals::{Author, AuthorHours};

use super::plan::{Material, Scope};
use super::sides::{Cut, sides};
use crate::corpus::{Corpus, CorpusPost};

/// Share of the posts wanted that a side must hold.
const LEAST_SHARE: f64 = 0.8;

/// Most authors, the first in the order of their names: each is compared with each.
pub const MOST_AUTHORS: usize = 2000;

/// The sides of the authors of a corpus, at most [`MOST_AUTHORS`].
#[derive(Debug, Clone)]
pub struct Task<'a> {
    /// The amount of material.
    pub material: Material,
    /// All posts of both sides, in the order of time.
    pub posts: Vec<[Vec<&'a CorpusPost>; 2]>,
    /// The texts of both sides. Across sites, all authors have one site.
    pub authors: Vec<Author>,
    /// The active hours of the posts nearest the cut, as many as the material says; none of an
    /// author who has too few posts for material of times alone.
    pub hours: Vec<AuthorHours>,
}

impl<'a> Task<'a> {
    /// The task.
    pub fn new(corpus: &'a Corpus, cut: Cut, scope: Scope, material: Material) -> Self {
        let (mut posts, mut authors, mut hours) = (Vec::new(), Vec::new(), Vec::new());
        for author in corpus.authors.iter().take(MOST_AUTHORS) {
            let both = sides(author, cut);
            let source = match scope {
                Scope::Within => author.source.clone(),
                Scope::Across => String::new(),
            };
            let texts =
                |side: &Vec<&CorpusPost>| side.iter().map(|post| post.text.clone()).collect();
            authors.push(Author {
                author: author.name.clone(),
                lang: author.lang.clone(),
                source: source.clone(),
                halves: both.each_ref().map(texts),
            });
            hours.push(AuthorHours {
                author: author.name.clone(),
                source,
                offset_min: author.offset_min,
                halves: active_hours(&both, material),
                steps: minutes(&both, material),
            });
            posts.push(both);
        }
        Self { material, posts, authors, hours }
    }
}

/// The seconds of the posts nearest the cut.
fn seconds([first, second]: &[Vec<&CorpusPost>; 2], material: Material) -> [Vec<i64>; 2] {
    let Some(most) = material.posts else { return [Vec::new(), Vec::new()] };
    let least = if material.words.is_none() { LEAST_SHARE * most as f64 } else { 0.0 };
    if (first.len().min(second.len()) as f64) < least {
        return [Vec::new(), Vec::new()];
    }
    let seconds = |posts: &[&CorpusPost]| posts.iter().map(|post| post.at_s).collect();
    let near = first.len().saturating_sub(most);
    [seconds(&first[near..]), seconds(&second[..second.len().min(most)])]
}

/// Hours with at least one of the posts nearest the cut.
fn active_hours(both: &[Vec<&CorpusPost>; 2], material: Material) -> [Vec<i64>; 2] {
    seconds(both, material).map(|seconds| {
        let hours: BTreeSet<i64> = seconds.iter().map(|at| at.div_euclid(3600)).collect();
        hours.into_iter().collect()
    })
}

/// The minutes of the posts nearest the cut, as steps.
fn minutes(both: &[Vec<&CorpusPost>; 2], material: Material) -> [Vec<i64>; 2] {
    seconds(both, material).map(|mut seconds| {
        seconds.sort_unstable();
        let minutes: Vec<i64> = seconds.iter().map(|at| at.div_euclid(60)).collect();
        AuthorHours::steps(&minutes)
    })
}
