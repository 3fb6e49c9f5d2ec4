//! Mixtures of rivals, to which the grammar of a candidate is compared.
//!
//! In: the rivals of a text and its key. Out: pairs of halves of the rivals, so that every rival
//! is outside exactly one of each pair; a half gives sentences, one of each member in turn, until
//! it has as many symbols as wanted. Refuses a half without a sentence.

use super::{Document, Model};
use crate::splitmix::SplitMix64;

/// Pairs of halves: a candidate is scored with as many mixtures, as in the paper.
const PAIRS: usize = 10;
/// Start of the draws.
const SEED: u64 = 0x6c61_6d62_6461_4721;

/// Half of the rivals.
#[derive(Debug)]
pub(super) struct Half {
    /// In ascending order.
    pub(super) members: Vec<usize>,
    /// The members in the order in which they give sentences, each with a number that says where
    /// it starts.
    order: Vec<(usize, u64)>,
}

/// The halves of each draw.
pub(super) fn halves(rivals: &[usize], key: &str) -> Vec<Half> {
    let mut chance = SplitMix64::for_text(SEED, key);
    let mut halves = Vec::with_capacity(2 * PAIRS);
    for _ in 0..PAIRS {
        let mut order: Vec<(usize, u64)> =
            rivals.iter().map(|&rival| (rival, chance.next())).collect();
        for at in (1..order.len()).rev() {
            order.swap(at, chance.below(at + 1));
        }
        let second = order.split_off(order.len() / 2);
        halves.extend([order, second].map(Half::new));
    }
    halves
}

impl Half {
    fn new(order: Vec<(usize, u64)>) -> Self {
        let mut members: Vec<usize> = order.iter().map(|&(member, _)| member).collect();
        members.sort_unstable();
        Self { members, order }
    }

    /// The grammar of about `symbols` symbols of the members.
    pub(super) fn model(&self, documents: &[Document], symbols: usize) -> Option<Model> {
        let most = self.order.iter().map(|&(member, _)| documents[member].sentences.len()).max()?;
        let mut sentences: Vec<&[u32]> = Vec::new();
        let mut taken = 0;
        // Each turn takes one sentence of every member, none twice.
        let turns = (0..most).flat_map(|turn| self.order.iter().map(move |order| (turn, order)));
        for (turn, &(member, start)) in turns {
            if taken >= symbols {
                break;
            }
            let all = &documents[member].sentences;
            if turn < all.len() {
                let start = (start % all.len() as u64) as usize;
                let sentence = &all[(start + turn) % all.len()];
                taken += sentence.len() + 1;
                sentences.push(sentence);
            }
        }
        (!sentences.is_empty()).then(|| Model::new(sentences.into_iter()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rival_is_outside_one_half_of_each_pair() {
        let rivals: Vec<usize> = (3..12).collect();
        let halves = halves(&rivals, "x:1");
        assert_eq!(halves.len(), 2 * PAIRS);
        for pair in halves.chunks(2) {
            for rival in &rivals {
                let inside = |half: &Half| half.members.binary_search(rival).is_ok();
                assert_eq!(pair.iter().filter(|half| inside(half)).count(), 1);
            }
        }
        assert_ne!(halves[0].members, halves[2].members);
    }

    #[test]
    fn a_half_gives_no_sentence_twice_and_stops_at_the_length() {
        let document = |first: u32| Document {
            sentences: (first..first + 4).map(|word| vec![word; 9]).collect(),
            length: 40,
        };
        let documents = [document(0), document(10)];
        let half = Half::new(vec![(0, 7), (1, u64::MAX)]);
        // 30 symbols: three sentences of ten, of different words.
        let model = half.model(&documents, 30).unwrap();
        assert_eq!(model.vocabulary(), 3 + 1);
        assert_eq!(half.model(&documents, 1000).unwrap().vocabulary(), 8 + 1);
        assert!(half.model(&[document(0), document(1)], 0).is_none());
    }
}
