//! Two bags of counts: one distribution or two?
//!
//! In: counts of features a document. Out: ln of the ratio between the probability of the counts
//! of two documents under one distribution and under two, each drawn from a Dirichlet around the
//! frequencies of all documents. Its strength is found by maximum likelihood (Minka 2000). The
//! commonest features count, the others are one; a feature that either document lacks says nothing.

use rayon::prelude::*;

use super::similarity::Similarity;

/// Strengths that are tried: from `LEAST` to `MOST` in `STEPS` equal ratios.
const LEAST: f64 = 20.0;
const MOST: f64 = 50_000.0;
const STEPS: usize = 30;

/// Documents as counts of features.
#[derive(Debug)]
pub(crate) struct Polya {
    features: usize,
    /// For each document its features in ascending order with their counts.
    documents: Vec<Vec<(u32, u32)>>,
    /// ln Γ(c + α) − ln Γ(α) for each feature and count.
    rising: Vec<Vec<f64>>,
    /// ln Γ(n + A) − ln Γ(A), with A the strength.
    lengths: Vec<f64>,
    strength: f64,
}

impl Polya {
    /// `counts` a document by gram or word, in any order of features; the `features` commonest
    /// are kept, of those as common the first.
    pub(crate) fn new<F: Copy + Ord + Send + Sync>(
        counts: &[Vec<(F, u32)>],
        features: usize,
    ) -> Self {
        let mut all: Vec<(F, u32)> = counts.iter().flatten().copied().collect();
        all.sort_unstable();
        let mut totals: Vec<(u64, F)> = all
            .chunk_by(|a, b| a.0 == b.0)
            .map(|same| (same.iter().map(|&(_, count)| u64::from(count)).sum(), same[0].0))
            .collect();
        totals.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        totals.truncate(features);
        let mut kept: Vec<F> = totals.iter().map(|&(_, feature)| feature).collect();
        kept.sort_unstable();
        // The last feature is all the others.
        let rest = kept.len();
        let document = |counts: &Vec<(F, u32)>| {
            let mut own: Vec<(u32, u32)> = counts
                .iter()
                .map(|&(feature, count)| (kept.binary_search(&feature).unwrap_or(rest), count))
                .map(|(feature, count)| (feature as u32, count))
                .collect();
            own.sort_unstable();
            let merged = own.chunk_by(|a, b| a.0 == b.0);
            merged.map(|same| (same[0].0, same.iter().map(|&(_, count)| count).sum())).collect()
        };
        let documents: Vec<Vec<(u32, u32)>> = counts.iter().map(document).collect();
        Self::fitted(documents, rest + 1)
    }

    fn fitted(documents: Vec<Vec<(u32, u32)>>, features: usize) -> Self {
        let mut base = vec![1.0; features];
        for &(feature, count) in documents.iter().flatten() {
            base[feature as usize] += f64::from(count);
        }
        let total: f64 = base.iter().sum();
        for share in &mut base {
            *share /= total;
        }
        let strength = strength(&documents, &base);
        let mut most = vec![0_u32; features];
        for &(feature, count) in documents.iter().flatten() {
            most[feature as usize] = most[feature as usize].max(count);
        }
        let rising = most.iter().zip(&base).map(|(&most, share)| {
            let alpha = strength * share;
            (0..=2 * most).map(|count| rise(alpha, f64::from(count))).collect()
        });
        let rising = rising.collect();
        let length = |document: &Vec<(u32, u32)>| rise(strength, f64::from(sum(document)));
        let lengths = documents.iter().map(length).collect();
        Self { features, documents, rising, lengths, strength }
    }
}

/// ln Γ(count + alpha) − ln Γ(alpha).
fn rise(alpha: f64, count: f64) -> f64 {
    if count == 0.0 { 0.0 } else { libm::lgamma(count + alpha) - libm::lgamma(alpha) }
}

fn sum(document: &[(u32, u32)]) -> u32 {
    document.iter().map(|&(_, count)| count).sum()
}

/// The strength under which the documents are most probable.
fn strength(documents: &[Vec<(u32, u32)>], base: &[f64]) -> f64 {
    let ratio = libm::log(MOST / LEAST) / (STEPS - 1) as f64;
    let tried: Vec<f64> = (0..STEPS).map(|step| LEAST * libm::exp(ratio * step as f64)).collect();
    let probability = |&strength: &f64| -> f64 {
        let one = |document: &Vec<(u32, u32)>| {
            let cells = document
                .iter()
                .map(|&(feature, count)| rise(strength * base[feature as usize], f64::from(count)));
            cells.sum::<f64>() - rise(strength, f64::from(sum(document)))
        };
        documents.iter().map(one).sum()
    };
    let found: Vec<f64> = tried.par_iter().map(probability).collect();
    let best = (0..STEPS).max_by(|&a, &b| found[a].total_cmp(&found[b]).then(b.cmp(&a)));
    best.map_or(LEAST, |best| tried[best])
}

impl Similarity for Polya {
    fn row(&self, x: usize, others: &[usize]) -> Vec<f64> {
        let mut dense = vec![0_u32; self.features];
        for &(feature, count) in &self.documents[x] {
            dense[feature as usize] = count;
        }
        let words = sum(&self.documents[x]);
        let score = |&other: &usize| {
            let own = &self.documents[other];
            let cells = own.iter().filter(|&&(feature, _)| dense[feature as usize] > 0);
            let cells = cells.map(|&(feature, count)| {
                let (rising, of_x) = (&self.rising[feature as usize], dense[feature as usize]);
                rising[(of_x + count) as usize] - rising[of_x as usize] - rising[count as usize]
            });
            let both = rise(self.strength, f64::from(words + sum(own)));
            cells.sum::<f64>() - both + self.lengths[x] + self.lengths[other]
        };
        others.iter().map(score).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timing::log_probability;

    #[test]
    fn rows_are_the_ratio_of_the_formula() {
        let counts: Vec<Vec<(u8, u32)>> =
            vec![vec![(1, 3), (2, 1)], vec![(1, 2), (3, 4)], vec![(2, 5), (9, 1)]];
        let polya = Polya::new(&counts, 3);
        let dense = |document: &[(u32, u32)]| {
            let mut cells = vec![0.0; polya.features];
            for &(feature, count) in document {
                cells[feature as usize] = f64::from(count);
            }
            cells
        };
        let mut base = vec![1.0; polya.features];
        for document in &polya.documents {
            base.iter_mut().zip(dense(document)).for_each(|(sum, count)| *sum += count);
        }
        let total: f64 = base.iter().sum();
        let prior: Vec<f64> = base.iter().map(|x| polya.strength * x / total).collect();
        let [a, b, _] = &polya.documents[..] else { panic!("three documents") };
        let both: Vec<f64> = dense(a).iter().zip(dense(b)).map(|(x, y)| x + y).collect();
        let of = |counts: &[f64]| log_probability(counts.iter().copied(), &prior);
        let wanted = of(&both) - of(&dense(a)) - of(&dense(b));
        assert!((polya.row(0, &[1])[0] - wanted).abs() < 1e-9);
        assert_eq!(polya.row(0, &[1])[0], polya.row(1, &[0])[0]);
    }

    #[test]
    fn a_document_without_features_says_nothing() {
        let polya = Polya::new(&[vec![(1_u8, 2)], vec![]], 5);
        assert_eq!(polya.row(0, &[1]), [0.0]);
    }
}
