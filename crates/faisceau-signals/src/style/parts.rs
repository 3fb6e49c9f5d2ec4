//! The parts of `writing_style`: what each looks at, and what it says of a pair.
//!
//! In: documents of one length and language. Out: for a document and candidates the place of
//! each candidate among other authors, part by part.

use std::collections::{BTreeMap, BTreeSet};

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
pub(crate) struct Parts(Vec<Box<dyn Similarity>>);

impl Parts {
    /// `documents` hold their masked passages, `written` the same with white space as written.
    pub(crate) fn new(documents: &[Vec<&str>], written: &[Vec<&str>], language: &str) -> Self {
        Self(vec![
            Box::new(char_impostors::similarity(documents)),
            Box::new(LambdaG::new(written, language)),
            Box::new(WordDirichlet::new(documents, language)),
            Box::new(word_impostors::similarity(documents)),
            Box::new(WritingHabits::new(written, language)),
        ])
    }

    /// The same measures, fitted to the same documents, without documents.
    pub(super) fn emptied(&self) -> Self {
        Self(self.0.iter().map(|similarity| similarity.emptied()).collect())
    }

    /// Adds documents behind those that are there; they change nothing in the measures.
    pub(super) fn extend(&mut self, documents: &[Vec<&str>], written: &[Vec<&str>]) {
        for similarity in &mut self.0 {
            similarity.extend(documents, written);
        }
    }

    /// Leaves the first `count` documents.
    pub(super) fn truncate(&mut self, count: usize) {
        for similarity in &mut self.0 {
            similarity.truncate(count);
        }
    }

    /// The measures in the order of [`PARTS`].
    pub(super) fn similarities(&self) -> impl Iterator<Item = &dyn Similarity> {
        self.0.iter().map(|similarity| &**similarity)
    }

    /// `same_client` where a program or a keyboard may have made what brings two documents
    /// together; `declared`, that the posts of both name the same one.
    pub(super) fn innocent(&self, x: usize, y: usize, declared: bool) -> Option<&'static str> {
        self.0.iter().find_map(|similarity| similarity.innocent(x, y, declared))
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
        for similarity in &self.0 {
            let part = cohort::scores(&**similarity, x, candidates, pool);
            for (score, part) in scores.iter_mut().zip(part) {
                if let Some(score) = score {
                    score.push(part.unwrap_or(0.0));
                }
            }
        }
        scores
    }
    /// For each pair of different documents the parts in the order of [`PARTS`], the mean of both
    /// directions, or `None` with too few rivals. As [`Self::scores`] gives them, to the last bit.
    pub(crate) fn of_pairs(
        &self,
        pairs: &[(usize, usize)],
        pool: &[usize],
    ) -> Vec<Option<[f64; PARTS.len()]>> {
        let mut rows = BTreeMap::<usize, Vec<(usize, usize)>>::new();
        for (number, &(a, b)) in pairs.iter().enumerate() {
            rows.entry(a).or_default().push((b, number));
            rows.entry(b).or_default().push((a, number));
        }
        for others in rows.values_mut() {
            others.sort_unstable();
        }
        let candidates: Vec<(usize, Vec<usize>)> = rows
            .iter()
            .map(|(x, others)| (*x, others.iter().map(|(other, _)| *other).collect()))
            .collect();
        let in_pool: BTreeSet<usize> = pool.iter().copied().collect();
        let enough = |(a, b): &(usize, usize)| {
            let own = usize::from(in_pool.contains(a)) + usize::from(in_pool.contains(b));
            in_pool.len() - own >= cohort::LEAST_IMPOSTORS
        };
        let mut scores: Vec<Option<[f64; PARTS.len()]>> =
            pairs.iter().map(|pair| enough(pair).then_some([0.0; PARTS.len()])).collect();
        for (part, similarity) in self.0.iter().enumerate() {
            let directed = cohort::scores_of(&**similarity, &candidates, pool);
            for ((x, others), directed) in rows.iter().zip(directed) {
                for ((other, pair), value) in others.iter().zip(directed) {
                    let Some(score) = &mut scores[*pair] else { continue };
                    let value = value.unwrap_or(0.0);
                    // The smaller document comes first, and waits for the other direction.
                    score[part] = if x < other { value } else { f64::midpoint(score[part], value) };
                }
            }
        }
        scores
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn what_is_measured_together_is_what_is_measured_alone(
            texts in prop::collection::vec(
                prop::collection::vec("(je|Tu|le|pas|c'est|ki|!|\\.\\.\\.| |\n|chat|, |\\PC){0,24}", 1..5),
                9..14,
            ),
            french in any::<bool>(),
            foreign in any::<bool>(),
        ) {
            let documents: Vec<Vec<&str>> =
                texts.iter().map(|all| all.iter().map(String::as_str).collect()).collect();
            let parts = Parts::new(&documents, &documents, if french { "fr" } else { "en" });
            let everyone: Vec<usize> = (0..documents.len()).collect();
            let some: Vec<usize> = everyone.iter().copied().filter(|n| n % 3 != 1).collect();
            for similarity in &parts.0 {
                let mut again = similarity.emptied();
                again.extend(&documents[..2], &documents[..2]);
                again.extend(&documents[1..], &documents[1..]);
                again.truncate(2);
                again.extend(&documents[2..], &documents[2..]);
                prop_assert_eq!(again.row(0, &everyone), similarity.row(0, &everyone));
                prop_assert_eq!(again.both(1, 3).0, similarity.row(1, &[3])[0]);
                prop_assert_eq!(again.both(1, 3).1, similarity.row(3, &[1])[0]);
                for (xs, others) in [(&everyone, &everyone), (&some, &everyone), (&everyone, &some)] {
                    let block = similarity.block(xs, others);
                    for (x, row) in xs.iter().zip(block) {
                        prop_assert_eq!(row, similarity.row(*x, others));
                    }
                }
            }
            let pool = if foreign { &some } else { &everyone };
            let pairs: Vec<(usize, usize)> = vec![(0, 1), (0, 4), (2, 3), (4, 8)];
            for (pair, score) in pairs.iter().zip(parts.of_pairs(&pairs, pool)) {
                let one = parts.scores(pair.0, &[pair.1], pool).remove(0);
                let other = parts.scores(pair.1, &[pair.0], pool).remove(0);
                let both = one.zip(other).map(|(one, other)| {
                    one.iter().zip(other).map(|(a, b)| f64::midpoint(*a, b)).collect::<Vec<f64>>()
                });
                prop_assert_eq!(score.map(Vec::from), both);
            }
        }
    }
}
