//! General Impostors: is y nearer to x than other authors are, whatever features are looked at?
//!
//! In: documents of the same length and language. Out: for a document x and each candidate y the
//! mean, over rounds that look at half of the features, of the gap between the similarity of x
//! and y and that of x and its impostors, in standard deviations of the latter. Refuses to
//! compare with fewer than [`LEAST_IMPOSTORS`].

use super::grams::{ROUNDS, Vectors};
use crate::splitmix::SplitMix64;

/// Impostors drawn in a round.
const DRAWN: usize = 25;
/// Fewest impostors that give a mean and a spread.
pub(crate) const LEAST_IMPOSTORS: usize = 6;
/// Start of the draws of impostors.
const SEED: u64 = 0x696d_706f_7374_6f72;

/// The products of one pair, a sum for each round.
type Sums = [f64; ROUNDS];

/// Documents that are compared with each other.
#[derive(Debug)]
pub(crate) struct Population {
    vectors: Vectors,
    /// For each document and round, the length of the vector.
    norms: Vec<Sums>,
}

impl Population {
    pub(crate) fn new(documents: &[Vec<&str>]) -> Self {
        let vectors = Vectors::new(documents);
        let norms = vectors.documents.iter().map(|document| norm(document, &vectors.rounds));
        let norms = norms.collect();
        Self { vectors, norms }
    }

    /// Scores document `x` against each of `candidates`, with impostors from `pool`. Candidates
    /// and `x` are never their own impostors. `key` seeds the draws.
    pub(crate) fn scores(
        &self,
        x: usize,
        key: &str,
        candidates: &[usize],
        pool: &[usize],
    ) -> Vec<Option<f64>> {
        let pool: Vec<usize> = pool.iter().copied().filter(|&document| document != x).collect();
        let mut wanted: Vec<usize> = pool.iter().chain(candidates).copied().collect();
        wanted.sort_unstable();
        wanted.dedup();
        let similarities = self.similarities(x, &wanted);
        let place = |document: usize| wanted.binary_search(&document).unwrap_or_default();
        let places: Vec<usize> = pool.iter().map(|&document| place(document)).collect();
        let mut chance = SplitMix64::for_text(SEED, key);
        let draws: Vec<Draw> = (0..ROUNDS)
            .map(|round| {
                Draw::new(round, &chance.sample(places.len(), DRAWN), &places, &similarities)
            })
            .collect();
        let score = |&candidate: &usize| {
            let candidate = place(candidate);
            let gaps = draws
                .iter()
                .enumerate()
                .filter_map(|(round, draw)| draw.gap(candidate, similarities[candidate][round]));
            let (sum, rounds) = gaps.fold((0.0, 0), |(sum, rounds), gap| (sum + gap, rounds + 1));
            (rounds > ROUNDS / 2).then(|| sum / rounds as f64)
        };
        candidates.iter().map(score).collect()
    }

    /// Cosine of document `x` with each of `others`, in every round.
    fn similarities(&self, x: usize, others: &[usize]) -> Vec<Sums> {
        let mut dense = vec![0.0; self.vectors.rounds.len()];
        for &(gram, weight) in &self.vectors.documents[x] {
            dense[gram as usize] = weight;
        }
        let one = |&other: &usize| {
            let mut sums = [0.0; ROUNDS];
            for &(gram, weight) in &self.vectors.documents[other] {
                let product = weight * dense[gram as usize];
                if product != 0.0 {
                    add_in_rounds(&mut sums, product, self.vectors.rounds[gram as usize]);
                }
            }
            for (round, sum) in sums.iter_mut().enumerate() {
                let norm = self.norms[x][round] * self.norms[other][round];
                *sum = if norm > 0.0 { *sum / norm } else { 0.0 };
            }
            sums
        };
        others.iter().map(one).collect()
    }
}

/// The impostors of one round.
struct Draw {
    /// Place of each impostor and its similarity with x.
    impostors: Vec<(usize, f64)>,
    /// Mean and spread of the similarities, where they can be told.
    spread: Option<Spread>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Spread {
    mean: f64,
    deviation: f64,
}

impl Draw {
    fn new(round: usize, drawn: &[usize], places: &[usize], similarities: &[Sums]) -> Self {
        let impostor = |&at: &usize| (places[at], similarities[places[at]][round]);
        let impostors: Vec<(usize, f64)> = drawn.iter().map(impostor).collect();
        let spread = Spread::of(impostors.iter().map(|&(_, value)| value));
        Self { impostors, spread }
    }

    /// The gap of a candidate over the impostors, itself left out, in their deviations.
    fn gap(&self, candidate: usize, value: f64) -> Option<f64> {
        let rivals = self.impostors.iter().filter(|(place, _)| *place != candidate);
        let spread = if rivals.clone().count() < self.impostors.len() {
            Spread::of(rivals.map(|&(_, value)| value))
        } else {
            self.spread
        };
        spread.map(|spread| (value - spread.mean) / spread.deviation)
    }
}

impl Spread {
    fn of(values: impl Iterator<Item = f64> + Clone) -> Option<Self> {
        let count = values.clone().count();
        if count < LEAST_IMPOSTORS {
            return None;
        }
        let mean = values.clone().sum::<f64>() / count as f64;
        let variance = values.map(|x| (x - mean) * (x - mean)).sum::<f64>() / count as f64;
        (variance > 1e-18).then(|| Self { mean, deviation: variance.sqrt() })
    }
}

fn norm(document: &[(u32, f64)], rounds: &[u64]) -> Sums {
    let mut sums = [0.0; ROUNDS];
    for &(gram, weight) in document {
        add_in_rounds(&mut sums, weight * weight, rounds[gram as usize]);
    }
    sums.map(f64::sqrt)
}

/// Factors of four rounds for the four bits of a mask: additions without branches.
const FACTORS: [[f64; 4]; 16] = {
    let mut factors = [[0.0; 4]; 16];
    let mut bits = 0;
    while bits < 16 {
        let mut bit = 0;
        while bit < 4 {
            if bits >> bit & 1 == 1 {
                factors[bits][bit] = 1.0;
            }
            bit += 1;
        }
        bits += 1;
    }
    factors
};

fn add_in_rounds(sums: &mut Sums, value: f64, mask: u64) {
    for (four, sums) in sums.as_chunks_mut::<4>().0.iter_mut().enumerate() {
        let factors = &FACTORS[(mask >> (4 * four) & 15) as usize];
        for (sum, factor) in sums.iter_mut().zip(factors) {
            *sum += value * factor;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gap_counts_deviations_and_leaves_the_candidate_out() {
        let spread = Spread::of([0.0, 0.0, 0.0, 2.0, 2.0, 2.0].into_iter());
        assert_eq!(spread, Some(Spread { mean: 1.0, deviation: 1.0 }));
        assert_eq!(Spread::of([1.0; 6].into_iter()), None);
        assert_eq!(Spread::of([0.0, 2.0].into_iter()), None);
        let impostors = vec![(0, 0.0), (1, 0.0), (2, 0.0), (3, 2.0), (4, 2.0), (5, 2.0), (9, 3.0)];
        let draw = Draw { spread: Spread::of(impostors.iter().map(|x| x.1)), impostors };
        assert_eq!(draw.gap(9, 3.0), Some(2.0));
        assert!(draw.gap(7, 3.0).unwrap() < 2.0);
    }

    #[test]
    fn a_text_is_nearest_to_its_like() {
        let texts: Vec<String> = (0..12)
            .map(|n| {
                format!("phrase {n} du modele {} avec des mots {}", n % 6, "abcdef ".repeat(n % 6))
            })
            .collect();
        let documents: Vec<Vec<&str>> = texts.iter().map(|text| vec![text.as_str()]).collect();
        let population = Population::new(&documents);
        let everyone: Vec<usize> = (0..12).collect();
        let scores = population.scores(2, "x:2", &[8, 3], &everyone);
        assert!(scores[0] > scores[1], "{scores:?}");
        assert_eq!(scores, population.scores(2, "x:2", &[8, 3], &everyone));
        assert_eq!(population.scores(2, "x:2", &[8], &[1, 3, 4]), [None]);
    }
}
