//! The two sides of each author, cut as the script cuts them.

use faisceau_weigh::validation::Trial;

use super::characters;
use super::folds::Allowed;
use super::matrix::Matrix;
use super::processor::Processor;
use super::run::Settings;
use crate::corpus::{Corpus, CorpusAuthor, CorpusPost};
use crate::protocol::{MOST_AUTHORS, sides};

/// Authors with enough text on both sides.
pub(super) struct Sides {
    /// First sides, then second sides: the texts nearest the cut.
    pub(super) documents: Vec<String>,
    /// Times of the posts nearest the cut.
    pub(super) times: Vec<[Vec<i64>; 2]>,
    /// The sites.
    pub(super) allowed: Allowed,
    /// The processor that decides ties.
    pub(super) processor: Processor,
}

impl Sides {
    pub(super) fn of(corpus: &Corpus, settings: &Settings) -> Self {
        let mut sites = Vec::new();
        let (mut first, mut second, mut times) = (Vec::new(), Vec::new(), Vec::new());
        for author in corpus.authors.iter().take(MOST_AUTHORS) {
            let [a, b] = sides(author, settings.cut);
            let (one, words_a) = document(a.iter().rev(), settings.words);
            let (other, words_b) = document(b.iter(), settings.words);
            let least = settings.least_share * settings.words as f64;
            if (words_a.min(words_b) as f64) < least {
                continue;
            }
            sites.push(site(author));
            first.push(one);
            second.push(other);
            let at = |posts: &[&CorpusPost]| posts.iter().map(|post| post.at_s).collect();
            let near = a.len().saturating_sub(settings.posts);
            times.push([at(&a[near..]), at(&b[..b.len().min(settings.posts)])]);
        }
        first.append(&mut second);
        Self {
            documents: first,
            times,
            allowed: Allowed { sites, within: settings.within },
            processor: settings.processor,
        }
    }

    /// Authors.
    pub(super) fn size(&self) -> usize {
        self.times.len()
    }

    /// The trials among the cells of a matrix.
    pub(super) fn trials(&self, matrix: &Matrix) -> Vec<Trial> {
        let pairs = (0..matrix.size).flat_map(|a| (0..matrix.size).map(move |b| (a, b)));
        let allowed = pairs.filter(|&(a, b)| self.allowed.pair(a, b));
        allowed.map(|(a, b)| Trial { a, b, score: matrix.at(a, b) }).collect()
    }
}

fn site(author: &CorpusAuthor) -> String {
    author.source.clone()
}

/// Posts up to the number of words, the last one whole, and the words they hold.
fn document<'a>(posts: impl Iterator<Item = &'a &'a CorpusPost>, words: usize) -> (String, usize) {
    let (mut texts, mut held) = (Vec::new(), 0);
    for post in posts {
        held += characters::words(&post.text).count();
        texts.push(post.text.as_str());
        if held >= words {
            break;
        }
    }
    (texts.join("\n"), held)
}
