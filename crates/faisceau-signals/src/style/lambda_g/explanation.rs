//! What each token of a text brings to the score.
//!
//! In: a pair of documents, as for the score. Out: a [`TokenWeight`] for each token.

use std::ops::Range;

use super::draw::halves;
use super::{LambdaG, Model, rivals};
use crate::style::cohort::LEAST_IMPOSTORS;

/// A part of the score of a pair that one token of the text brings.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TokenWeight {
    /// Number of the passage, in the order given.
    pub(crate) passage: usize,
    /// The bytes of the token in the passage.
    pub(crate) bytes: Range<usize>,
    /// What the grammar saw: the word, or what it was masked by.
    pub(crate) seen: String,
    /// log10 of the probability under the grammar of the other over that under the mixtures;
    /// the last token of a sentence holds the part of the end of the sentence.
    pub(crate) log10_ratio: f64,
}

impl LambdaG {
    /// The parts of the tokens of document `a` in its score under the grammar of document `b`, in
    /// the order of the text. Their sum is λ of this direction. Empty where there is no score.
    pub(crate) fn explain(
        &self,
        a: usize,
        b: usize,
        pool: &[usize],
        key: &str,
    ) -> Vec<TokenWeight> {
        let text = &self.documents[a];
        let rivals = rivals(a, pool);
        let others = rivals.iter().filter(|&&rival| rival != b).count();
        if others < LEAST_IMPOSTORS || text.length == 0 || self.documents[b].length == 0 {
            return Vec::new();
        }
        let Some(places) = self.places.get(a) else { return Vec::new() };
        let halves = halves(&rivals, key).into_iter();
        let outside = halves.filter(|half| half.members.binary_search(&b).is_err());
        let mixtures: Vec<Model> =
            outside.filter_map(|half| half.model(&self.documents, self.mixture)).collect();
        let mut weights = Vec::new();
        for (sentence, places) in text.sentences.iter().zip(places) {
            let mut parts = log10_each(&self.models[b], sentence);
            for mixture in &mixtures {
                for (part, log10) in parts.iter_mut().zip(log10_each(mixture, sentence)) {
                    *part -= log10 / mixtures.len() as f64;
                }
            }
            let mut at = 0;
            for (number, (passage, bytes, symbols)) in places.iter().enumerate() {
                let last = number + 1 == places.len();
                let end = if last { parts.len() } else { at + symbols };
                let seen = sentence[at..at + symbols].iter();
                weights.push(TokenWeight {
                    passage: *passage,
                    bytes: bytes.clone(),
                    seen: seen.map(|&symbol| self.symbols[symbol as usize].as_str()).collect(),
                    log10_ratio: parts[at..end].iter().sum(),
                });
                at = end;
            }
        }
        weights
    }
}

fn log10_each(model: &Model, sentence: &[u32]) -> Vec<f64> {
    let mut parts = Vec::with_capacity(sentence.len() + 1);
    model.each(sentence, |probability| parts.push(libm::log10(probability)));
    parts
}
