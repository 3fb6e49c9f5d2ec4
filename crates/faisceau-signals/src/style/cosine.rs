//! Cosine of tf-idf weights.
//!
//! In: counts of features a document. Out: the cosine of any two documents over the features that
//! at least two documents hold: tf = 1 + ln c, idf = ln((1+N)/(1+df)) + 1.

use rayon::prelude::*;

use super::inverted::Inverted;
use super::similarity::Similarity;

/// Documents as vectors of length 1.
#[derive(Debug)]
pub(crate) struct Cosine {
    features: usize,
    /// For each document its features in ascending order with their weights.
    documents: Vec<Vec<(u32, f64)>>,
}

impl Cosine {
    /// `counts` a document by gram or word, each feature once.
    pub(crate) fn new<F: Copy + Ord + Send + Sync>(counts: &[Vec<(F, u32)>]) -> Self {
        let total = counts.len() as f64;
        let mut held: Vec<F> = counts.iter().flatten().map(|&(feature, _)| feature).collect();
        held.par_sort_unstable();
        let vocabulary: Vec<(F, f64)> = held
            .chunk_by(|a, b| a == b)
            .filter(|documents| documents.len() > 1)
            .map(|documents| {
                (documents[0], libm::log((1.0 + total) / (1.0 + documents.len() as f64)) + 1.0)
            })
            .collect();
        let weigh = |counts: &Vec<(F, u32)>| {
            let weighed = counts.iter().filter_map(|&(feature, count)| {
                let index = vocabulary.binary_search_by_key(&feature, |&(f, _)| f).ok()?;
                Some((index as u32, (1.0 + libm::log(f64::from(count))) * vocabulary[index].1))
            });
            of_length_one(weighed.collect())
        };
        Self { features: vocabulary.len(), documents: counts.par_iter().map(weigh).collect() }
    }
}

fn of_length_one(mut vector: Vec<(u32, f64)>) -> Vec<(u32, f64)> {
    let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
    if length > 0.0 {
        for (_, weight) in &mut vector {
            *weight /= length;
        }
    }
    vector
}

impl Similarity for Cosine {
    fn row(&self, x: usize, others: &[usize]) -> Vec<f64> {
        let mut dense = vec![0.0; self.features];
        for &(feature, weight) in &self.documents[x] {
            dense[feature as usize] = weight;
        }
        let product = |&other: &usize| {
            let products =
                self.documents[other].iter().map(|&(feature, w)| w * dense[feature as usize]);
            products.sum()
        };
        others.iter().map(product).collect()
    }

    /// Features that one side alone holds add nothing, and both directions are the same sum.
    fn block(&self, xs: &[usize], others: &[usize]) -> Vec<Vec<f64>> {
        let documents = others.iter().map(|&other| self.documents[other].as_slice());
        let inverted = Inverted::new(self.features, documents);
        let mirrored = xs == others;
        let row = |(at, &x): (usize, &usize)| {
            let mut sums = vec![0.0; others.len()];
            for &(feature, weight) in &self.documents[x] {
                let mut holders = inverted.holders(feature);
                if mirrored {
                    holders = &holders[holders.partition_point(|(h, _)| (*h as usize) < at)..];
                }
                for &(holder, w) in holders {
                    sums[holder as usize] += w * weight;
                }
            }
            sums
        };
        let mut rows: Vec<Vec<f64>> = xs.par_iter().enumerate().map(row).collect();
        if mirrored {
            for at in 1..rows.len() {
                let (before, from) = rows.split_at_mut(at);
                for (value, row) in from[0].iter_mut().zip(before) {
                    *value = row[at];
                }
            }
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::super::grams::count;
    use super::*;

    #[test]
    fn like_documents_have_cosine_one_and_lone_features_are_left() {
        let counts: Vec<_> = ["ab", "ab", "ba"].map(|text| count(&[text], 2..=4)).to_vec();
        let cosine = Cosine::new(&counts);
        // "ab" is in two of three documents, as are "\na", "b\n", "\nab", "ab\n" and "\nab\n".
        assert_eq!(cosine.features, 6);
        let row = cosine.row(0, &[0, 1, 2]);
        assert!((row[0] - 1.0).abs() < 1e-12 && (row[1] - 1.0).abs() < 1e-12, "{row:?}");
        assert_eq!(row[2], 0.0);
    }
}
