//! A document as the models see it: sentences of numbered symbols.
//!
//! In: masked passages. Out: the numbers of their symbols, the symbols by number, and for each token where it came from.
//! Symbols beyond [`MOST_SYMBOLS`] are not read: passages are cut by words, and marks are none.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Model;
use super::distortion::Distortion;
use super::tokens::sentences;

/// Most symbols of a document; twice what the longest texts compared hold.
const MOST_SYMBOLS: usize = 5_000;

/// A document as the models see it.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) sentences: Vec<Vec<u32>>,
    /// Symbols, and ends of sentences.
    pub(super) length: usize,
}

/// Where symbols come from: for each sentence of a document, for each token its passage, bytes,
/// and number of symbols.
pub(super) type Places = Vec<Vec<(usize, Range<usize>, usize)>>;

impl Document {
    pub(super) fn read(
        passages: &[&str],
        language: &str,
        mask: &Distortion,
    ) -> (Self, Places, Vec<String>) {
        let mut numbers = BTreeMap::<String, u32>::new();
        let mut symbols = Vec::new();
        let mut document = Self { sentences: Vec::new(), length: 0 };
        let mut all_places = Vec::new();
        for (number, passage) in passages.iter().enumerate() {
            for tokens in sentences(passage, language) {
                if document.length >= MOST_SYMBOLS {
                    return (document, all_places, symbols);
                }
                let mut sentence = Vec::with_capacity(tokens.len() * 3 / 2);
                let mut places = Vec::with_capacity(tokens.len());
                for token in tokens {
                    let before = sentence.len();
                    mask.symbols(passage, &token, |symbol| {
                        let next = numbers.len() as u32;
                        let known = numbers.get(symbol).copied();
                        sentence.push(known.unwrap_or_else(|| {
                            numbers.insert(symbol.to_owned(), next);
                            symbols.push(symbol.to_owned());
                            next
                        }));
                    });
                    places.push((number, token.bytes, sentence.len() - before));
                }
                document.length += sentence.len() + 1;
                document.sentences.push(sentence);
                all_places.push(places);
            }
        }
        (document, all_places, symbols)
    }

    pub(super) fn model(&self) -> Model {
        Model::new(self.sentences.iter().map(Vec::as_slice))
    }

    pub(super) fn log10(&self, model: &Model) -> f64 {
        self.sentences.iter().map(|sentence| model.log10_sentence(sentence)).sum()
    }
}
