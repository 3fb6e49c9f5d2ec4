//! The parts of `writing_style`: what each looks at, and what it says of a pair.
//!
//! In: documents of one length and language. Out: for a document and candidates the place of
//! each candidate among other authors, part by part.

use super::habits::{self, WritingHabits};
use super::lambda_g::{self, LambdaG};
use super::similarity::Similarity;
use super::word_dirichlet::{self, WordDirichlet};
use super::{char_impostors, cohort, word_impostors};

/// The signals fused in `writing_style`, in the order of their names.
pub const PARTS: [&str; 5] = [
    char_impostors::CARD.name,
    lambda_g::CARD.name,
    word_dirichlet::CARD.name,
    word_impostors::CARD.name,
    habits::CARD.name,
];

/// One comparison's documents under every part.
pub(crate) struct Parts {
    /// All but the last.
    others: Vec<Box<dyn Similarity>>,
    habits: WritingHabits,
}

impl Parts {
    /// `documents` hold their masked passages, `written` the same with white space as written.
    pub(crate) fn new(documents: &[Vec<&str>], written: &[Vec<&str>], language: &str) -> Self {
        Self {
            others: vec![
                Box::new(char_impostors::similarity(documents)),
                Box::new(LambdaG::new(written, language)),
                Box::new(WordDirichlet::new(documents, language)),
                Box::new(word_impostors::similarity(documents)),
            ],
            habits: WritingHabits::new(written, language),
        }
    }

    /// `same_client` where a program or a keyboard may have made what brings two documents
    /// together; `declared`, that the posts of both name the same one.
    pub(super) fn innocent(&self, x: usize, y: usize, declared: bool) -> Option<&'static str> {
        self.habits.innocent(x, y, declared)
    }

    /// For each candidate the parts in the order of [`PARTS`], or `None` with too few rivals. A
    /// part under which all rivals are alike is 0.
    pub(crate) fn scores(
        &self,
        x: usize,
        candidates: &[usize],
        pool: &[usize],
    ) -> Vec<Option<Vec<f64>>> {
        let rivals = pool.iter().filter(|&&rival| rival != x);
        let enough = |candidate: &usize| {
            rivals.clone().filter(|&rival| rival != candidate).count() >= cohort::LEAST_IMPOSTORS
        };
        let mut scores: Vec<Option<Vec<f64>>> =
            candidates.iter().map(|candidate| enough(candidate).then(Vec::new)).collect();
        let others = self.others.iter().map(|part| &**part);
        for similarity in others.chain([&self.habits as &dyn Similarity]) {
            let part = cohort::scores(similarity, x, candidates, pool);
            for (score, part) in scores.iter_mut().zip(part) {
                if let Some(score) = score {
                    score.push(part.unwrap_or(0.0));
                }
            }
        }
        scores
    }
}
