//! Where a similarity stands among those of other authors: the impostors.
//!
//! In: a similarity, a document, candidates and a pool of other authors. Out: for each candidate
//! how many standard deviations it lies above the pool. The nearest fifth of the pool is left
//! out, for among the rivals there may be other accounts of the same hand; a candidate is never
//! its own rival. Refuses to compare with fewer than [`LEAST_IMPOSTORS`].
//!
//! Taken in both directions and averaged this is the symmetric normalisation of speaker
//! recognition (Auckenthaler and others 2000; Kenny 2010), and the limit of the bootstrap distance
//! impostors (Nini 2024) when every feature and every impostor is drawn.

use rayon::prelude::*;

use super::similarity::Similarity;

/// Fewest impostors that give a mean and a spread.
pub(crate) const LEAST_IMPOSTORS: usize = 6;
/// One rival in so many, the nearest ones, is left out.
const LEFT_OUT: usize = 5;

/// Scores document `x` against each of `candidates`. `pool` may hold `x` and the candidates.
pub(crate) fn scores(
    similarity: &dyn Similarity,
    x: usize,
    candidates: &[usize],
    pool: &[usize],
) -> Vec<Option<f64>> {
    let mut rivals: Vec<usize> = pool.iter().copied().filter(|&document| document != x).collect();
    rivals.sort_unstable();
    rivals.dedup();
    let values = similarity.row(x, &rivals);
    of_rivals(similarity, (x, &rivals, &values), candidates)
}

/// As [`scores`] for each document with its candidates, whose similarities are measured together.
pub(crate) fn scores_of(
    similarity: &dyn Similarity,
    rows: &[(usize, Vec<usize>)],
    pool: &[usize],
) -> Vec<Vec<Option<f64>>> {
    let mut pool = pool.to_vec();
    pool.sort_unstable();
    pool.dedup();
    let xs: Vec<usize> = rows.iter().map(|(x, _)| *x).collect();
    let block = similarity.block(&xs, &pool);
    let one = |((x, candidates), values): (&(usize, Vec<usize>), Vec<f64>)| {
        let others = pool.iter().zip(values).filter(|(rival, _)| *rival != x);
        let (rivals, values): (Vec<usize>, Vec<f64>) = others.unzip();
        of_rivals(similarity, (*x, &rivals, &values), candidates)
    };
    rows.par_iter().zip(block).map(one).collect()
}

/// Scores the candidates of a document, given its rivals in ascending order and their similarities.
fn of_rivals(
    similarity: &dyn Similarity,
    (x, rivals, values): (usize, &[usize], &[f64]),
    candidates: &[usize],
) -> Vec<Option<f64>> {
    let cohort = Cohort::new(values, similarity.least_deviation());
    let strangers: Vec<usize> =
        candidates.iter().copied().filter(|c| rivals.binary_search(c).is_err()).collect();
    let values = if strangers.is_empty() { Vec::new() } else { similarity.row(x, &strangers) };
    let mut values = values.into_iter();
    let score = |candidate: &usize| match rivals.binary_search(candidate) {
        Ok(at) => cohort.of_rival(at),
        Err(_) => cohort.of_stranger(values.next()?),
    };
    candidates.iter().map(score).collect()
}

/// The similarities of the rivals, in ascending order.
struct Cohort {
    sorted: Vec<f64>,
    /// For each rival its place in `sorted`.
    rank: Vec<usize>,
    /// Sums of the first n values and of their squares, about the middle one.
    sums: Vec<(f64, f64)>,
    middle: f64,
    /// Least deviation.
    least: f64,
}

impl Cohort {
    /// `values` in the order of the rivals.
    fn new(values: &[f64], least: f64) -> Self {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|&a, &b| values[a].total_cmp(&values[b]).then(a.cmp(&b)));
        let mut rank = vec![0; order.len()];
        for (place, &rival) in order.iter().enumerate() {
            rank[rival] = place;
        }
        let sorted: Vec<f64> = order.iter().map(|&rival| values[rival]).collect();
        let middle = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
        let mut sums = vec![(0.0, 0.0)];
        let (mut sum, mut squares) = (0.0, 0.0);
        for value in &sorted {
            let gap = value - middle;
            sum += gap;
            squares += gap * gap;
            sums.push((sum, squares));
        }
        Self { sorted, rank, sums, middle, least }
    }

    fn of_stranger(&self, value: f64) -> Option<f64> {
        self.stand()?.of(value)
    }

    fn stand(&self) -> Option<Stand> {
        let kept = kept(self.sorted.len())?;
        Some(self.among(kept, self.sums[kept]))
    }

    /// The place of a rival among the others.
    fn of_rival(&self, rival: usize) -> Option<f64> {
        let (value, rank) = (self.sorted[self.rank[rival]], self.rank[rival]);
        let kept = kept(self.sorted.len() - 1)?;
        let sums = if rank < kept {
            let (sum, squares) = self.sums[kept + 1];
            let gap = value - self.middle;
            (sum - gap, squares - gap * gap)
        } else {
            self.sums[kept]
        };
        self.among(kept, sums).of(value)
    }

    fn among(&self, kept: usize, (sum, squares): (f64, f64)) -> Stand {
        let mean = sum / kept as f64;
        let variance = squares / kept as f64 - mean * mean;
        Stand { middle: self.middle, mean, variance, least: self.least }
    }
}

/// What the rivals of a document leave for a stranger to be set against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stand {
    middle: f64,
    /// From the middle.
    mean: f64,
    variance: f64,
    least: f64,
}

impl Stand {
    /// The place of a candidate. `None` where the rivals are all alike: they give no measure.
    pub(super) fn of(&self, value: f64) -> Option<f64> {
        let deviation = self.variance.sqrt().max(self.least);
        (self.variance > 1e-18).then(|| (value - self.middle - self.mean) / deviation)
    }
}

/// What the rivals of `x` leave, given their similarities, and the place of each among the others.
pub(super) fn stand(
    similarity: &dyn Similarity,
    values: &[f64],
    asked: &[usize],
) -> (Option<Stand>, Vec<Option<f64>>) {
    let cohort = Cohort::new(values, similarity.least_deviation());
    (cohort.stand(), asked.iter().map(|&rival| cohort.of_rival(rival)).collect())
}

/// How many of so many rivals count.
fn kept(rivals: usize) -> Option<usize> {
    (rivals >= LEAST_IMPOSTORS).then(|| rivals - rivals / LEFT_OUT)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Similarities to document 0.
    struct Given(Vec<f64>);

    impl Similarity for Given {
        fn row(&self, _: usize, others: &[usize]) -> Vec<f64> {
            others.iter().map(|&other| self.0[other]).collect()
        }

        fn emptied(&self) -> Box<dyn Similarity> {
            Box::new(Self(Vec::new()))
        }

        fn extend(&mut self, _: &[Vec<&str>], _: &[Vec<&str>]) {}

        fn truncate(&mut self, count: usize) {
            self.0.truncate(count);
        }
    }

    /// Mean and deviation counted without sums of parts.
    fn plainly(value: f64, mut rivals: Vec<f64>) -> f64 {
        rivals.sort_by(f64::total_cmp);
        rivals.truncate(rivals.len() - rivals.len() / LEFT_OUT);
        let n = rivals.len() as f64;
        let mean = rivals.iter().sum::<f64>() / n;
        let variance = rivals.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
        (value - mean) / variance.sqrt()
    }

    #[test]
    fn a_candidate_is_set_against_the_others_without_the_nearest_fifth() {
        let values: Vec<f64> = (0..13).map(|n| f64::from((n * 7) % 13) / 3.0).collect();
        let given = Given(values.clone());
        let pool: Vec<usize> = (1..12).collect();
        let candidates: Vec<usize> = (1..13).collect();
        let found = scores(&given, 0, &candidates, &pool);
        for candidate in candidates {
            let rivals = pool.iter().filter(|&&rival| rival != candidate);
            let wanted = plainly(values[candidate], rivals.map(|&rival| values[rival]).collect());
            let score = found[candidate - 1].unwrap();
            assert!((score - wanted).abs() < 1e-9, "{candidate}: {score} {wanted}");
        }
    }

    #[test]
    fn other_accounts_of_the_same_hand_do_not_hide_it() {
        let mut values = vec![0.0, 9.0, 9.0, 9.0];
        values.extend((0..16).map(|n| f64::from(n % 4)));
        let everyone: Vec<usize> = (0..values.len()).collect();
        let score = scores(&Given(values), 0, &[1], &everyone)[0].unwrap();
        assert!(score > 6.0, "{score}");
    }

    #[test]
    fn few_rivals_and_rivals_all_alike_give_nothing() {
        let given = Given(vec![1.0; 9]);
        assert_eq!(scores(&given, 0, &[1], &[0, 1, 2, 3, 4, 5, 6]), [None]);
        assert_eq!(scores(&given, 0, &[1], &[2, 3, 4, 5, 6, 7]), [None]);
    }
}
