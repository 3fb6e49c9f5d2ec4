//! What each token of a text brings to the score, and the text with it in plain characters.
//!
//! In: a pair of documents, as for the score. Out: a [`TokenWeight`] for each token, or the text,
//! one line a passage, where a token that speaks for or against is followed by its part in braces
//! and by what the grammar saw of it, if that is not the token itself. Characters that could
//! drive a terminal come out as `\u{..}`.

use std::fmt::Write;
use std::ops::Range;

use super::draw::halves;
use super::{LambdaG, Model, rivals};
use crate::style::cohort::LEAST_IMPOSTORS;

/// Smallest part that is printed, as log10: a factor of 2.
const LEAST: f64 = 0.301;

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
        let halves = halves(&rivals, key).into_iter();
        let outside = halves.filter(|half| half.members.binary_search(&b).is_err());
        let mixtures: Vec<Model> =
            outside.filter_map(|half| half.model(&self.documents, self.mixture)).collect();
        let mut weights = Vec::new();
        for (sentence, places) in text.sentences.iter().zip(&self.places[a]) {
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

/// Writes passages with the parts of their tokens, which are in the order of the text.
pub(crate) fn plain(passages: &[&str], weights: &[TokenWeight]) -> String {
    let mut out = String::new();
    for (number, passage) in passages.iter().enumerate() {
        let mut at = 0;
        let first = weights.partition_point(|weight| weight.passage < number);
        for weight in weights[first..].iter().take_while(|weight| weight.passage == number) {
            let Some(token) = passage.get(weight.bytes.clone()) else { continue };
            let Some(before) = passage.get(at..weight.bytes.start) else { continue };
            inert(&mut out, before);
            inert(&mut out, token);
            at = weight.bytes.end;
            if weight.log10_ratio.abs() >= LEAST {
                // Writing to a string does not fail.
                let _ = write!(out, "{{{:+.1}", weight.log10_ratio);
                if weight.seen != token {
                    out.push(' ');
                    inert(&mut out, &weight.seen);
                }
                out.push('}');
            }
        }
        inert(&mut out, passage.get(at..).unwrap_or_default());
        out.push('\n');
    }
    out
}

fn inert(out: &mut String, text: &str) {
    for c in text.chars() {
        // Marks that turn the direction of writing have no category of their own here.
        let turns = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if c.is_control() || turns {
            let _ = write!(out, "{}", c.escape_unicode());
        } else {
            out.push(c);
        }
    }
}
