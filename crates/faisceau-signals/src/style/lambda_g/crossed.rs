//! Many texts under many grammars.
//!
//! In: texts and models. Out: log10 of the probability of each text under each model, to the last
//! bit what the model says of the text alone. The sequences of two and three symbols of the texts
//! are numbered once; each model then fills one table with their probabilities, in which the texts
//! are looked up. A model is asked once for what many texts share.

use rayon::prelude::*;

use super::Model;
use super::document::Document;
use super::kneser_ney::{DISCOUNT, END, Node, ROOT, SMALL, START};

/// No number.
const NONE: u32 = u32::MAX;

/// The sequences of the texts.
struct Sequences {
    /// Two symbols, in ascending order.
    pairs: Vec<(u32, u32)>,
    /// Three symbols, as the numbers of the first two and of the last two, in ascending order.
    triples: Vec<(u32, u32)>,
    /// Each text as numbers of `triples`, with where its sentences end.
    texts: Vec<(Vec<u32>, Vec<usize>)>,
}

impl Sequences {
    fn of(texts: &[&Document]) -> Self {
        let distinct = |mut all: Vec<(u32, u32)>| {
            all.par_sort_unstable();
            all.dedup();
            all
        };
        let of_text = |text: &&Document| {
            let steps = text.sentences.iter().flat_map(|sentence| steps(sentence));
            distinct(steps.collect())
        };
        let mut pairs: Vec<(u32, u32)> = texts.par_iter().flat_map_iter(of_text).collect();
        pairs.push((START, START));
        let pairs = distinct(pairs);
        let first = number(&pairs, (START, START));
        let triples_of = |text: &&Document| {
            let mut triples = Vec::with_capacity(text.length);
            let mut ends = Vec::with_capacity(text.sentences.len());
            for sentence in &text.sentences {
                let mut before = first;
                for step in steps(sentence) {
                    let pair = number(&pairs, step);
                    triples.push((before, pair));
                    before = pair;
                }
                ends.push(triples.len());
            }
            (triples, ends)
        };
        let as_pairs: Vec<_> = texts.par_iter().map(triples_of).collect();
        let each = as_pairs.par_iter().flat_map_iter(|(triples, _)| distinct(triples.clone()));
        let triples = distinct(each.collect());
        let texts = as_pairs.into_par_iter().map(|(own, ends)| {
            (own.iter().map(|triple| number(&triples, *triple)).collect(), ends)
        });
        let texts = texts.collect();
        Self { pairs, triples, texts }
    }
}

/// The place of a sequence in a list that holds it.
fn number(list: &[(u32, u32)], wanted: (u32, u32)) -> u32 {
    list.binary_search(&wanted).unwrap_or_default() as u32
}

/// Each symbol of a sentence and its end, with the one before it.
fn steps(sentence: &[u32]) -> impl Iterator<Item = (u32, u32)> {
    let before = std::iter::once(START).chain(sentence.iter().copied());
    before.zip(sentence.iter().copied().chain(std::iter::once(END)))
}

/// What one model says of the sequences.
#[derive(Default)]
struct Tables {
    /// By symbol, then the end and the start.
    of_one: Vec<f64>,
    contexts_of_one: Vec<(u32, u32)>,
    of_two: Vec<f64>,
    contexts_of_two: Vec<(u32, u32)>,
    of_three: Vec<f64>,
    /// For each gram of the model the number of its symbol or sequence.
    numbers: Vec<u32>,
}

/// Probability of a gram that was `seen` so often among `all` after a context that `after`
/// different symbols follow, where the shorter context gives `shorter`.
fn probability(seen: u32, (all, after): (u32, u32), shorter: f64) -> f64 {
    if all == 0 {
        return shorter;
    }
    let kept = (f64::from(seen) - DISCOUNT).max(0.0);
    (kept + DISCOUNT * f64::from(after) * shorter) / f64::from(all)
}

impl Tables {
    fn fill(&mut self, model: &Model, sequences: &Sequences, symbols: usize) {
        let nodes = model.nodes();
        let Some(root) = nodes.first() else { return };
        let place = |token: u32| match token {
            END => symbols,
            START => symbols + 1,
            token => token as usize,
        };
        let whole = (root.around, root.after);
        let uniform = 1.0 / f64::from(root.after + 1);
        self.of_one.clear();
        self.of_one.resize(symbols + 2, probability(0, whole, uniform));
        self.contexts_of_one.clear();
        self.contexts_of_one.resize(symbols + 2, (0, 0));
        self.contexts_of_two.clear();
        self.contexts_of_two.resize(sequences.pairs.len(), (0, 0));
        self.number(nodes, sequences);
        for (node, &number) in nodes.iter().zip(&self.numbers).skip(1) {
            if node.parent == ROOT {
                let at = place(node.token);
                self.of_one[at] = probability(node.before, whole, uniform);
                self.contexts_of_one[at] = (node.around, node.after);
            } else if number != NONE && nodes[node.parent as usize].parent == ROOT {
                self.contexts_of_two[number as usize] = (node.count, node.after);
            }
        }
        let one = |&(before, token): &(u32, u32)| {
            probability(0, self.contexts_of_one[place(before)], self.of_one[place(token)])
        };
        self.of_two.clear();
        self.of_two.extend(sequences.pairs.iter().map(one));
        for (node, &number) in nodes.iter().zip(&self.numbers).skip(1) {
            if number != NONE && node.parent != ROOT && nodes[node.parent as usize].parent == ROOT {
                let (before, token) = sequences.pairs[number as usize];
                let (context, shorter) =
                    (self.contexts_of_one[place(before)], self.of_one[place(token)]);
                self.of_two[number as usize] = probability(node.before, context, shorter);
            }
        }
        // A symbol without anything around it ends the search for a longer context.
        for (context, (_, token)) in self.contexts_of_two.iter_mut().zip(&sequences.pairs) {
            if self.contexts_of_one[place(*token)].0 == 0 {
                *context = (0, 0);
            }
        }
        let two = |&(before, pair): &(u32, u32)| {
            probability(0, self.contexts_of_two[before as usize], self.of_two[pair as usize])
        };
        self.of_three.clear();
        self.of_three.extend(sequences.triples.iter().map(two));
        for (node, &number) in nodes.iter().zip(&self.numbers).skip(1) {
            if number != NONE && node.parent != ROOT && nodes[node.parent as usize].parent != ROOT {
                let (before, pair) = sequences.triples[number as usize];
                let (context, shorter) =
                    (self.contexts_of_two[before as usize], self.of_two[pair as usize]);
                self.of_three[number as usize] = probability(node.count, context, shorter);
            }
        }
    }

    /// Finds the sequence of each gram of the model. Those that no text holds have none.
    fn number(&mut self, nodes: &[Node], sequences: &Sequences) {
        self.numbers.clear();
        let pair = |before, token| {
            sequences.pairs.binary_search(&(before, token)).map_or(NONE, |at| at as u32)
        };
        for node in nodes {
            let number = match nodes.get(node.parent as usize) {
                None => NONE,
                Some(_) if node.parent == ROOT => NONE,
                // Grams are read backwards: the token stands before its parent.
                Some(last) if last.parent == ROOT => pair(node.token, last.token),
                Some(last) => {
                    let (first, second) =
                        (pair(node.token, last.token), self.numbers[node.parent as usize]);
                    let triple = sequences.triples.binary_search(&(first, second));
                    if first == NONE || second == NONE {
                        NONE
                    } else {
                        triple.map_or(NONE, |at| at as u32)
                    }
                }
            };
            self.numbers.push(number);
        }
    }

    fn log10(&self, (tokens, ends): &(Vec<u32>, Vec<usize>)) -> f64 {
        let mut start = 0;
        let sentence = |&end: &usize| {
            let own = &tokens[start..end];
            start = end;
            let (mut sum, mut product) = (0.0, 1.0);
            for &token in own {
                product *= self.of_three[token as usize];
                if product < SMALL {
                    sum += libm::log10(product);
                    product = 1.0;
                }
            }
            sum + libm::log10(product)
        };
        ends.iter().map(sentence).sum()
    }
}

/// For each text its log10 probability under each model. `symbols` are different symbols.
pub(super) fn log10(texts: &[&Document], models: &[&Model], symbols: usize) -> Vec<Vec<f64>> {
    let sequences = Sequences::of(texts);
    let under = |tables: &mut Tables, model: &&Model| -> Vec<f64> {
        tables.fill(model, &sequences, symbols);
        sequences.texts.iter().map(|text| tables.log10(text)).collect()
    };
    let columns: Vec<Vec<f64>> = models.par_iter().map_init(Tables::default, under).collect();
    (0..texts.len()).map(|text| columns.iter().map(|column| column[text]).collect()).collect()
}
